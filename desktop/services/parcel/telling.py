"""How far long work on a package is: told commit by commit, and stopped where the hearer raises."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias, TypeVar

Item = TypeVar("Item")
Progress: TypeAlias = Callable[[int, int, str], object]
"""Hears done, total (0 when unknown) and words; what it raises ends the work, and nothing is changed."""
STRIDE: Final = 16


def no_progress(_done: int, _total: int, _words: str) -> None:
    """Hear nothing."""


def told(items: Iterable[Item], total: int, words: str, report_progress: Progress) -> Iterator[Item]:
    """Yield the items and tell every few of them how far the work is."""
    for done, item in enumerate(items):
        if done % STRIDE == 0:
            report_progress(done, total, words)
        yield item
