"""Every version of every regulation that an open database knows, and which of them applies on a day."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, BadRegulation
from desktop.models import capture
from desktop.models.regulation_text import RegulationText, ToolSetting
from desktop.paths import resource_folder
from desktop.rules.catalogue import OTHER_FILES
from desktop.rules.loader import load_text
from desktop.rules.regulation import Regulation, Rule
from desktop.rules.table_reader import read_text
from desktop.rules.tuning import Setting, read_setting, tuned
from desktop.services import identity
from desktop.services.journal.ownership import ancestors

BUNDLED, ADOPTED, ARCHIVED = "随程序", "施行", "存档"
Settings = tuple[Setting, ...]


@dataclass(frozen=True)
class LawText:
    """One version of one regulation: its TOML `text`, known by the text's SHA-256; `origin` says where it came from.

    It applies from `effective_on`; None means from the beginning (bundled texts without a date of their own).
    """

    regulation: str
    version: str
    text: str
    name: str
    origin: str = BUNDLED
    effective_on: date | None = None
    adopted_on: date | None = None


def version_of(text: str) -> str:
    """Return what a version is known by: the SHA-256 of the file's text."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def bundled() -> dict[str, LawText]:
    """Return the texts that come with the program, by regulation id in the order of file names; read once."""
    found = {}
    for path in sorted((resource_folder() / "regulations").glob("*.toml")):
        if path.name not in OTHER_FILES:
            text = read_text(path)
            law = _parsed(text, path.name)
            found[law.id] = LawText(law.id, version_of(text), text, path.name, effective_on=law.effective_on)
    return found


@lru_cache(maxsize=64)
def _parsed(text: str, name: str) -> Regulation:
    return load_text(text, name)


@lru_cache(maxsize=64)
def _tuned(text: str, name: str, settings: Settings) -> Regulation:
    return tuned(_parsed(text, name), settings)


def law_of(text: LawText, settings: Settings = ()) -> Regulation:
    """Return a version as a regulation, with the office's own limits where the text leaves them open."""
    return _tuned(text.text, text.name, settings) if settings else _parsed(text.text, text.name)


def chain(session: Session) -> list[str]:
    """Return this office and those above it, the nearest first: whose rules and settings hold here."""
    own = identity.own_office_id(session)
    return [own, *ancestors(capture.driver(session.connection()), own)]


def texts(session: Session) -> list[LawText]:
    """Return all versions that this database knows: bundled, adopted here or above, and archived ones."""
    return [*bundled().values(), *(text for text in stored(session) if not fault_of(text))]


def known_ids(session: Session) -> set[str]:
    """Return the ids of all regulations held here, in force or not: those of the program and of its database."""
    return {text.regulation for text in bundled().values()} | {*session.scalars(select(RegulationText.regulation))}


def stored(session: Session) -> list[LawText]:
    """Return the versions in the database, those included that this program cannot read (see `fault_of`)."""
    offices = chain(session)
    rows = session.scalars(select(RegulationText).order_by(RegulationText.adopted_on, RegulationText.id))
    return [_row(row, row.office_id in offices) for row in rows]


@lru_cache(maxsize=64)
def fault_of(text: LawText) -> str:
    """Return in a sentence why a stored version cannot be used here; empty for one that can.

    A text from an office with a newer program may hold what this one does not know: it is left aside, not obeyed.
    """
    if version_of(text.text) != text.version:
        return "文本与它的校验值不符。"
    try:
        law = _parsed(text.text, text.name)
    except BadRegulation as error:
        return error.message
    return "" if law.id == text.regulation else f"文本里的编号是“{law.id}”。"


def _row(row: RegulationText, binding: bool) -> LawText:
    origin = ADOPTED if binding and row.state == ADOPTED else ARCHIVED
    return LawText(
        row.regulation, row.version, row.text, f"{row.regulation}.toml", origin, row.effective_on, row.adopted_on
    )


def applying(known: Iterable[LawText], on: date) -> dict[str, LawText]:
    """Return for each regulation the version that applies on a day: the latest that has begun, else the earliest.

    Of two that begin on one day the adopted one replaces the bundled one, and a later adoption an earlier one.
    """
    versions: dict[str, list[LawText]] = {}
    for text in known:
        if text.origin != ARCHIVED:
            versions.setdefault(text.regulation, []).append(text)
    return {name: _applying(sorted(found, key=_precedence), on) for name, found in versions.items()}


def _applying(versions: Sequence[LawText], on: date) -> LawText:
    return next((text for text in reversed(versions) if (text.effective_on or date.min) <= on), versions[0])


def _precedence(text: LawText) -> tuple[date, bool, date]:
    return (text.effective_on or date.min, text.origin == ADOPTED, text.adopted_on or date.min)


def settings_of(session: Session) -> dict[str, Settings]:
    """Return the tool settings that hold here, by rule id; of several offices' the nearest counts."""
    offices = chain(session)
    rows: Sequence[ToolSetting] = session.scalars(select(ToolSetting).order_by(ToolSetting.id)).all()
    found: dict[tuple[str, str], Any] = {}
    for office in reversed(offices):
        found |= {(row.rule, row.parameter): row.value for row in rows if row.office_id == office}
    by_rule: dict[str, list[tuple[str, str, Any]]] = {}
    for (rule, parameter), value in sorted(found.items(), key=lambda item: item[0]):
        by_rule.setdefault(rule, []).append((rule, parameter, value))
    return {rule: tuple(settings) for rule, settings in by_rule.items()}


def with_settings(text: LawText, settings: dict[str, Settings]) -> Regulation:
    """Return a version with those of the settings that concern its rules."""
    return law_of(text, _fitting(law_of(text), settings))


def tuned_law(law: Regulation, settings: dict[str, Settings]) -> Regulation:
    """Return a regulation that is no known version yet with those of the settings that concern its rules."""
    return tuned(law, _fitting(law, settings))


def _fitting(law: Regulation, settings: dict[str, Settings]) -> Settings:
    return tuple(one for rule in law.rules for one in settings.get(rule.id, ()) if _usable(rule, one))


def _usable(rule: Rule, setting: Setting) -> bool:
    """Say whether a stored setting still fits its rule; one that a newer text outdated is passed over."""
    try:
        read_setting(rule, *setting[1:])
    except BadInput:
        return False
    return True
