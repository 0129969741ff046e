"""All regulations of a folder, and which of them are in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from desktop.errors import BadRegulation
from desktop.rules.fact_types import Fact
from desktop.rules.facts import Dictionary, dictionary
from desktop.rules.loader import load
from desktop.rules.regulation import Regulation

OTHER_FILES = frozenset({"facts.toml", "words.toml"})


def load_all(folder: Path) -> dict[str, Regulation]:
    """Read every regulation file of a folder, by id in the order of file names.

    Raises BadRegulation for a file that cannot be taken and for two files of one id.
    """
    found: dict[str, Regulation] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in OTHER_FILES:
            continue
        regulation = load(path)
        if regulation.id in found:
            raise BadRegulation(f"办法编号“{regulation.id}”在“{path.name}”里又用了一次，请删去一份。", path.name)
        found[regulation.id] = regulation
    return found


def known_facts(regulations: Iterable[Regulation]) -> Dictionary:
    """Return the dictionary with every fact that these regulations declare themselves."""
    own: list[Fact] = [fact for regulation in regulations for fact in regulation.own_facts]
    return dictionary().with_facts(own)


def in_force(regulations: Mapping[str, Regulation], on: date) -> list[Regulation]:
    """Return the regulations effective on a day and not replaced by another that is; none whose date is unknown.

    A regulation is replaced when another one in force names its id, document number or title as superseded.
    """
    effective = [law for law in regulations.values() if law.effective_on is not None and law.effective_on <= on]
    replaced = {word for law in effective for word in law.supersedes}
    return [law for law in effective if not replaced & {law.id, law.doc_no, law.title, f"《{law.title}》"}]
