"""Everyday words and the common ones they stand for: ranks, honours, expense categories, roles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from desktop.paths import resource_folder
from desktop.rules.table_reader import Table, parse, read_text

DASHES = re.compile("[-‐‑–—―]+")
# What stands round an award's own name: its session or year before it, its grade after it.
ROUND_AWARD = re.compile(
    r"^(?:第[一二三四五六七八九十百0-9]+届|[0-9]{4}年度?)+"
    r"|(?<=奖)[(]?(?:特等奖|[一二三四]等奖|[金银铜]奖|优秀奖)[)]?$"
)
# What says no more than “cost” at the end of an expense's word.
COST = re.compile("(?:费用|费|支出|开支|开销|款)$")
RANKS: Mapping[str, int] = {"单位级": 1, "县级": 2, "市级": 3, "省级": 4, "国家级": 5}


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return a word as it is compared: full-width and half-width forms alike, no blanks, one kind of dash."""
    return DASHES.sub("-", re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)))


@lru_cache(maxsize=20_000)
def bare_name(word: str) -> str:
    """Return a folded word without the session, year and grade of an award, and without 制度 at its end."""
    return ROUND_AWARD.sub("", fold(word)).removesuffix("制度")


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabularies; each maps a folded everyday word to the common word."""

    levels: Mapping[str, str]
    honours: Mapping[str, str]
    categories: Mapping[str, tuple[str, ...]]
    starts: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, str]
    others: Mapping[str, str]

    def rank(self, level: str, own: Mapping[str, str]) -> int | None:
        """Return the rank 1 to 5 of a level word, the regulation's own words first; None when nobody knows it."""
        folded = fold(level)
        common = own.get(folded) or self.levels.get(folded)
        return RANKS[common] if common else None

    def honour(self, kind: str) -> str:
        """Return the common kind of an honour (先进工作者 and 劳动模范 are one honour)."""
        return self.honours.get(fold(kind), fold(kind))

    def category(self, word: str) -> tuple[str, ...]:
        """Return every category an expense's word falls under, itself first: by its whole, its beginning, its end."""
        folded = fold(word)
        bare = COST.sub("", folded)
        found = [folded, *self.categories.get(folded, ())]
        found += [kind for start, kinds in self.starts.items() if bare.startswith(start) for kind in kinds]
        found += [kind for end, kinds in self.ends.items() if bare.endswith(end) for kind in kinds]
        return tuple(dict.fromkeys(found))

    def other(self, word: str) -> str:
        """Return the common word for any other word; an award whatever its session and grade, a system without 制度."""
        bare = bare_name(word)
        return self.others.get(fold(word)) or self.others.get(bare, bare)

    def role(self, word: str) -> str:
        """Return the common name of a member's role."""
        return self.roles.get(fold(word), fold(word))


def _inverse(table: Table, key: str, allowed: Mapping[str, int] | None = None) -> dict[str, str]:
    inner = table.table(key)
    found: dict[str, str] = {}
    for common in inner.names():
        if allowed is not None and common not in allowed:
            inner.refuse("这里只能用五个通用级别。", common)
        found[fold(common)] = fold(common)
        found.update({fold(word): fold(common) for word in inner.words(common, empty=True)})
    return found


def _under(table: Table, key: str) -> dict[str, tuple[str, ...]]:
    inner = table.table(key)
    found: dict[str, tuple[str, ...]] = {}
    for common in inner.names():
        for word in inner.words(common, empty=True):
            found[fold(word)] = (*found.get(fold(word), ()), fold(common))
    return found


def load_words(path: Path) -> Words:
    """Read the vocabularies or raise BadRegulation."""
    data, source = parse(path.name, read_text(path))
    table = Table(source, data, "")
    words = Words(
        levels=_inverse(table, "level", RANKS),
        honours=_inverse(table, "honour"),
        categories=_under(table, "category"),
        starts=_under(table, "category_start"),
        ends=_under(table, "category_end"),
        roles=_inverse(table, "role"),
        others=_inverse(table, "title") | _inverse(table, "award") | _inverse(table, "word"),
    )
    table.done()
    return words


@lru_cache(maxsize=1)
def common_words() -> Words:
    """Return the program's own vocabularies, read once."""
    return load_words(resource_folder() / "regulations" / "words.toml")
