"""What a check is evaluated in: the facts, the regulation's own words, and how other rules of it came out."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from desktop.rules.check_base import Check
from desktop.rules.facts import ABSENT, Facts
from desktop.rules.outcome import Outcome
from desktop.rules.regulation import Regulation
from desktop.rules.words import RANKS, common_words, fold


@lru_cache(maxsize=256)
def level_words(regulation: Regulation) -> tuple[dict[str, str], dict[str, str]]:
    """Return the regulation's words of rank (folded) to the common ones, and the common ones to its first word."""
    words = {fold(word): common for word, common in regulation.levels.items()}
    return words, {common: word for word, common in reversed(list(regulation.levels.items()))}


class Context:
    """One evaluation: facts under a regulation."""

    def __init__(
        self,
        regulation: Regulation,
        facts: Facts,
        evaluate: Callable[[Check, Context], Outcome],
        status_of: Callable[[str], tuple[str, tuple[str, ...]]],
    ) -> None:
        self.regulation = regulation
        self.facts = facts
        self.evaluate = evaluate
        self.status_of = status_of
        self.words = common_words()
        self._levels, self._level_names = level_words(regulation)

    def get(self, name: str) -> Any:
        """Return a fact's parsed value, None, or ABSENT."""
        return self.facts.get(name)

    def missing(self, *names: str) -> tuple[str, ...]:
        """Return those of the named facts of which nothing was said."""
        return tuple(name for name in names if self.facts.get(name) is ABSENT)

    def label(self, name: str) -> str:
        """Return a fact's Chinese name."""
        fact = self.facts.dictionary.facts.get(name)
        return fact.label if fact is not None else self.facts.dictionary.label(name)

    def unit(self, name: str) -> str:
        """Return a fact's unit."""
        return self.facts.dictionary.facts[name].unit

    def is_money(self, name: str) -> bool:
        """Say whether a fact is an amount (kept in 分)."""
        return self.facts.dictionary.facts[name].type == "money"

    def field_is_money(self, name: str) -> bool:
        """Say whether a field of list rows is an amount (kept in 分)."""
        return self.facts.dictionary.item_fields.get(name) == "money"

    def rank(self, level: str) -> int | None:
        """Return the rank 1 to 5 of a level word, or None when it is not known."""
        return self.words.rank(level, self._levels)

    def level_word(self, common: str) -> str:
        """Return this region's word for a common rank."""
        return self._level_names.get(common, common)

    def at_least(self, level: str, least: str) -> bool | None:
        """Say whether a level word reaches a common rank; None when the word is not known."""
        rank = self.rank(level)
        return None if rank is None else rank >= RANKS[least]
