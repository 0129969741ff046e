"""Regulation packs: reading a new or changed file of rules, and taking it into use from its day on."""

import re
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.models.regulation_text import RegulationText
from desktop.paths import resource_folder
from desktop.rules.loader import load_text
from desktop.rules.regulation import Regulation, Rule
from desktop.rules.table_reader import read_text
from desktop.services import identity
from desktop.services.law import law_texts
from desktop.services.law.carried import summary
from desktop.services.law.keeping import text_id
from desktop.services.law.text import ADOPTED, LawText, bundled_texts, law_of, version_of

SHORTEST = 8
"""How much of a version must be given to name it."""


@dataclass(frozen=True)
class Pack:
    """A file of rules that could be read: the regulation, its very text, and the issued text that came with it."""

    law: Regulation
    text: str
    name: str
    issued_text: str = ""

    @property
    def version(self) -> str:
        """What this text is known by."""
        return version_of(self.text)


@dataclass(frozen=True)
class PackReport:
    """What a pack holds and how it differs from the version now known under the same id (`replaces`, empty for none).

    `unquoted` are rules whose sentence does not stand word for word in the issued text; `notes` are sentences to read
    before it is adopted.
    """

    pack: Pack
    replaces: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    unquoted: tuple[str, ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the command line prints it."""
        return {
            **summary(self.pack.law),
            "version": self.pack.version,
            "replaces": self.replaces or None,
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": list(self.changed),
            "unquoted": list(self.unquoted),
            "notes": list(self.notes),
        }


def read_pack(path: Path) -> Pack:
    """Read a file of rules; BadRegulation names file, line and key of the first thing that cannot be taken.

    The issued text is looked for beside it and in a folder `issued`, under the name that the file gives.
    """
    text = read_text(path)
    law = load_text(text, path.name)
    for folder in (path.parent, path.parent / "issued", resource_folder() / "regulations" / "issued"):
        # Only the bare name counts: a pack must not make the program read files elsewhere.
        found = folder / Path(law.issued_text).name
        if found.is_file():
            return Pack(law, text, path.name, read_text(found))
    return Pack(law, text, path.name)


def stored_pack(session: Session, version: str) -> Pack:
    """Return a text that came with a package, by its version or the beginning of it; NotFound for none or several."""
    found = {text.version: text for text in law_texts.texts(session) if text.version.startswith(version)}
    if len(found) != 1 or len(version) < SHORTEST:
        raise NotFound(f"没有版本号以“{version}”开头的办法文本，或不止一份。请用 regulation adopted 查看。", version)
    text = next(iter(found.values()))
    row = session.scalars(select(RegulationText).filter_by(version=text.version)).first()
    return Pack(law_of(text), text.text, text.name, row.issued_text if row is not None else "")


def named_pack(session: Session, name: Path) -> Pack:
    """Return the pack of a file, or where no such file is, the text that came with a package and has this version.

    A version may be shortened to its first characters. BadRegulation, NotFound.
    """
    words = name.name
    is_version = bool(words) and not set(words) - set("0123456789abcdef")
    return stored_pack(session, words) if is_version and not name.exists() else read_pack(name)


def report(pack: Pack, session: Session | None = None) -> PackReport:
    """Compare a pack with the version now known under its id, and its quotes with the issued text."""
    present = _present(pack.law, session)
    old = {rule.id: rule for rule in law_of(present).rules} if present is not None else {}
    new = {rule.id: rule for rule in pack.law.rules}
    unquoted = tuple(rule.id for rule in pack.law.rules if pack.issued_text and not _quoted(rule, pack.issued_text))
    return PackReport(
        pack=pack,
        replaces=present.version if present is not None else "",
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=tuple(name for name, rule in new.items() if name in old and not _alike(rule, old[name])),
        unquoted=unquoted,
        notes=tuple(_notes(pack, present, unquoted)),
    )


def _present(law: Regulation, session: Session | None) -> LawText | None:
    if session is None:
        return bundled_texts().get(law.id)
    on = law.effective_on or date.today()
    return law_texts.applying(law_texts.texts(session), on).get(law.id)


def _alike(rule: Rule, other: Rule) -> bool:
    return all(getattr(rule, part.name) == getattr(other, part.name) for part in fields(rule))


def _quoted(rule: Rule, issued: str) -> bool:
    return _bare(rule.text) in _bare(issued)


def _bare(text: str) -> str:
    return re.sub(r"[\s*]", "", text)


def _notes(pack: Pack, present: LawText | None, unquoted: tuple[str, ...]) -> list[str]:
    notes = []
    if not pack.issued_text:
        notes.append(f"没有随附印发原文“{pack.law.issued_text}”，条文引文没有核对。")
    if unquoted:
        notes.append(f"有{len(unquoted)}条规则的引文与印发原文不是逐字一致，请核对：{'、'.join(unquoted[:5])}。")
    if pack.law.effective_on is None:
        notes.append("文件没有写施行日期，采用后从采用之日起执行。")
    if present is not None and present.version == pack.version:
        notes.append("与现在使用的文本完全相同。")
    return notes


def adopt(session: Session, pack: Pack, by: str, on: date, note: str = "") -> dict[str, Any]:
    """Take a pack into use for this office and those beneath; returns the record.

    It applies from its own day of effect, else from `on`; what was decided before keeps its version. NotAllowed when
    the same text is in use already, BadInput without a name.
    """
    if not by.strip():
        raise BadInput("请写明由谁采用。", "by")
    own = identity.own_office_id(session)
    kept = session.get(RegulationText, text_id(own, pack.version))
    present = _present(pack.law, session)
    if present is not None and present.version == pack.version:
        raise NotAllowed(f"“{pack.law.title}”的这份文本已在使用，不必再采用。", pack.law.id)
    row = kept or RegulationText(id=text_id(own, pack.version), office_id=own, version=pack.version, text=pack.text)
    row.regulation, row.title, row.issued_text = pack.law.id, pack.law.title, pack.issued_text
    row.state, row.effective_on = ADOPTED, pack.law.effective_on or on
    row.adopted_on, row.adopted_by, row.note = on, by.strip(), note
    session.add(row)
    session.flush()
    return {
        "id": row.id,
        "regulation": row.regulation,
        "title": row.title,
        "version": row.version,
        "effective_on": row.effective_on.isoformat(),
        "adopted_on": on.isoformat(),
    }


def adopted(session: Session) -> list[dict[str, Any]]:
    """Return the versions that this database holds beside the bundled ones, without their texts."""
    return [
        {
            "regulation": text.regulation,
            "version": text.version,
            "origin": text.origin,
            "effective_on": text.effective_on.isoformat() if text.effective_on else None,
            "adopted_on": text.adopted_on.isoformat() if text.adopted_on else None,
            "fault": law_texts.fault_of(text),
        }
        for text in law_texts.stored(session)
    ]
