"""One version of a regulation as text, and the texts that come with the program; all of it without a database."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from desktop.paths import resource_folder
from desktop.rules.catalogue import OTHER_FILES
from desktop.rules.loader import load_text
from desktop.rules.regulation import Regulation
from desktop.rules.table_reader import read_text
from desktop.rules.tuning import Setting, tuned

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
def bundled_texts() -> dict[str, LawText]:
    """Return the texts that come with the program, by regulation id in the order of file names; read once."""
    found = {}
    for path in sorted((resource_folder() / "regulations").glob("*.toml")):
        if path.name not in OTHER_FILES:
            text = read_text(path)
            law = parsed(text, path.name)
            found[law.id] = LawText(law.id, version_of(text), text, path.name, effective_on=law.effective_on)
    return found


@lru_cache(maxsize=64)
def parsed(text: str, name: str) -> Regulation:
    """Return the regulation that a file's text holds; BadRegulation for one that this program cannot read."""
    return load_text(text, name)


@lru_cache(maxsize=64)
def _tuned(text: str, name: str, settings: Settings) -> Regulation:
    return tuned(parsed(text, name), settings)


def law_of(text: LawText, settings: Settings = ()) -> Regulation:
    """Return a version as a regulation, with the office's own limits where the text leaves them open."""
    return _tuned(text.text, text.name, settings) if settings else parsed(text.text, text.name)
