"""How Chinese characters and words read, as syllables without tones, from the table in the program's resources."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from desktop.paths import resource_folder

FILE: Final = ("pinyin", "readings.txt")


class Table(NamedTuple):
    """All characters in the order of their syllables, where each syllable's begin, and the words by first character."""

    letters: str
    starts: "array[int]"
    syllables: list[str]
    words: dict[str, str]


@cache
def table() -> Table:
    """Return the table, read once: compact, because it stays in memory beside everything else."""
    text = resource_folder().joinpath(*FILE).read_text(encoding="utf-8")
    _head, said, words = text.split("\n\n")
    syllables, groups = zip(*(line.split(" ") for line in said.split("\n")), strict=True)
    starts = array("I", accumulate(map(len, groups[:-1]), initial=0))
    rests = {line[0]: f"{line[1:]} " for line in words.split("\n") if line}
    return Table("".join(groups), starts, list(syllables), rests)


@lru_cache(maxsize=65536)
def syllable(letter: str) -> str:
    """Return how a character reads by itself; one that the table lacks comes back as it is."""
    known = table()
    place = known.letters.find(letter)
    return known.syllables[bisect_right(known.starts, place) - 1] if place >= 0 else letter


@lru_cache(maxsize=65536)
def word_syllables(word: str) -> tuple[str, ...]:
    """Return how a word of the table reads, or any other text letter by letter."""
    line, mark = table().words.get(word[:1], ""), f" {word[1:]}="
    start = line.find(mark) + len(mark)
    if start < len(mark):
        return tuple(map(syllable, word))
    return tuple(line[start : line.index(" ", start)].split(","))


def words(run: str) -> Iterator[str]:
    """Cut Chinese text into words of the table, the longest first, and letters between them."""
    while run:
        known, longest, length = table().words.get(run[0], ""), 1, 2
        while length <= len(run) and f" {run[1:length]}" in known:
            if _ends(known, run[1:length]):
                longest = length
            length += 1
        if longest == 1 and known and length > len(run):
            # The rest begins a word that goes on beyond it: it is read letter by letter.
            yield from run
            return
        yield run[:longest]
        run = run[longest:]


def _ends(known: str, rest: str) -> bool:
    return f" {rest} " in known or f" {rest}=" in known
