"""The register's list in memory, and what a search finds in it at each keystroke."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from operator import contains
from typing import Final

from desktop.services.search.text import narrows, terms

CLOSE_TOGETHER: Final = 4000
"""Keys that are laid out in memory in one go."""
APART: Final = "\0"
WHOLE: Final = bytes(range(256))


@dataclass
class Registry:
    """The list in its order: row numbers, level and state of each, and the keys once they are loaded."""

    rows: array[int]
    levels: bytearray
    states: bytearray
    level_names: list[str]
    state_names: list[str]
    native: list[str] = field(default_factory=list)
    latin: list[str] = field(default_factory=list)
    everywhere: array[int] = field(init=False)
    """All positions, made once for all searches that find everything."""

    def __post_init__(self) -> None:
        self.everywhere = array("I", range(len(self.rows)))

    @property
    def searchable(self) -> bool:
        """Whether the keys are in memory."""
        return len(self.native) == len(self.rows)


@dataclass(frozen=True)
class Hits:
    """What a search found: positions in the registry's order, and the question, so that a later one may narrow it."""

    positions: array[int]
    words: tuple[str, ...] = ()
    level: str = ""
    state: str = ""

    def rows(self, registry: Registry) -> array[int]:
        """Return the row numbers of what was found, in the registry's order."""
        if len(self.positions) == len(registry.rows):
            return registry.rows
        return array("q", map(registry.rows.__getitem__, self.positions))


def side_by_side(keys: Sequence[str]) -> list[str]:
    """Return the same keys, laid out in memory one after the other as they will be looked through.

    Keys that were read in another order lie scattered, and waiting for memory then takes most of a search's time.
    """
    laid: list[str] = []
    for start in range(0, len(keys), CLOSE_TOGETHER):
        some = keys[start : start + CLOSE_TOGETHER]
        copies = APART.join(some).split(APART)
        # A key may hold anything that came from elsewhere: one that holds the separator stays where it is.
        laid += copies if len(copies) == len(some) else some
    return laid


def search(registry: Registry, text: str, level: str = "", state: str = "", earlier: Iterable[Hits] = ()) -> Hits:
    """Return the positions whose key holds every word of the text, with the level and state if given.

    `earlier` are answers to questions about the same list: the same question is not looked up twice, and a narrower
    one only among what the narrowest of them found.
    """
    words = terms(text)
    known = [hits for hits in earlier if (hits.level, hits.state) == (level, state) and narrows(hits.words, words)]
    nearest = min(known, key=lambda hits: len(hits.positions), default=None)
    if nearest is None:
        nearest = Hits(_filtered(registry, level, state), (), level, state)
    positions = nearest.positions
    for word in sorted(set(words) - set(nearest.words), key=len, reverse=True):
        positions = _containing(registry.latin if word.isascii() else registry.native, word, positions)
    return Hits(positions, words, level, state)


def _filtered(registry: Registry, level: str, state: str) -> array[int]:
    positions = registry.everywhere
    for wanted, codes, names in (
        (level, registry.levels, registry.level_names),
        (state, registry.states, registry.state_names),
    ):
        if wanted:
            code = names.index(wanted) if wanted in names else -1
            asked = bytes(number == code for number in WHOLE)
            found = codes.translate(asked)
            positions = array("I", compress(positions, map(found.__getitem__, positions)))
    return positions


def _containing(keys: Sequence[str], word: str, positions: array[int]) -> array[int]:
    # Nothing is interpreted key by key: this runs between a keystroke and its paint.
    searched = keys if len(positions) == len(keys) else map(keys.__getitem__, positions)
    found = bytes(map(contains, searched, repeat(word)))
    return array("I", compress(positions, found)) if 0 in found else positions
