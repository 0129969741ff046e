"""Counting the register: all breakdowns of one table in one reading of it, folded into figures."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.services.figures.groups import BLANK, GROUPS, Family, Group, group_of


@dataclass(frozen=True)
class Figure:
    """One number: its group's words, how many records, and their sum (分 or 人次) where the breakdown sums any."""

    words: str
    count: int
    amount: int | None = None


@dataclass(frozen=True)
class Breakdown:
    """One chart and table; `unit` is that of the figures' amounts, 元 meaning that they are 分."""

    key: str
    title: str
    part: str
    noun: str
    unit: str
    figures: tuple[Figure, ...]

    @property
    def total(self) -> Figure:
        """All groups together."""
        amount = sum(one.amount or 0 for one in self.figures) if self.unit else None
        return Figure("合计", sum(one.count for one in self.figures), amount)


def breakdowns(session: Session, on: date) -> list[Breakdown]:
    """Return every breakdown of the register as it stands on a day; empty ones are left out."""
    counted = _counted(session, GROUPS.values(), on)
    return [counted[key] for key in GROUPS if counted[key].figures]


def breakdown(session: Session, key: str, on: date) -> Breakdown:
    """Return one breakdown; years in their order, named orders as named, else the greatest first."""
    return _counted(session, [group_of(key)], on)[key]


def _counted(session: Session, groups: Iterable[Group], on: date) -> dict[str, Breakdown]:
    families: dict[Family, list[Group]] = defaultdict(list)
    for group in groups:
        families[group.family].append(group)
    return {
        group.key: _breakdown(group, rows, place, asked, on)
        for family, asked in families.items()
        for rows in (_rows(session, family, asked, on),)
        for place, group in enumerate(asked)
    }


def _rows(session: Session, family: Family, groups: Sequence[Group], on: date) -> list[Any]:
    """Return, for each combination of the groups' raw values, count and sums; a table is read once, however many."""
    model: Any = family.model
    words = [group.words.raw.label(f"w{place}") for place, group in enumerate(groups)]
    sums = [func.sum(amount) for amount in _amounts(groups)]
    query = select(*words, func.count(), *sums).select_from(model).where(family.condition(on))
    if family.joined is not None:
        query = query.outerjoin(*family.joined)
    return list(session.execute(query.group_by(*words)))


def _amounts(groups: Sequence[Group]) -> list[Any]:
    found: list[Any] = []
    for group in groups:
        if group.amount is not None and not any(group.amount is one for one in found):
            found.append(group.amount)
    return found


def _breakdown(group: Group, rows: Sequence[Any], place: int, asked: Sequence[Group], on: date) -> Breakdown:
    counts: dict[str, int] = defaultdict(int)
    sums: dict[str, int] = defaultdict(int)
    at = len(asked)
    amounts = _amounts(asked)
    summed = next((at + 1 + n for n, one in enumerate(amounts) if one is group.amount), None)
    for row in rows:
        words = group.words.fold(row[place], on)
        counts[words] += row[at]
        if summed is not None:
            sums[words] += int(row[summed] or 0)
    figures = [Figure(words, count, sums[words] if summed is not None else None) for words, count in counts.items()]
    noun = group.family.model.__tablename__
    return Breakdown(group.key, group.title, group.part, noun, group.unit, tuple(sorted(figures, key=_order(group))))


def _order(group: Group) -> Callable[[Figure], tuple[Any, ...]]:
    def place(figure: Figure) -> tuple[Any, ...]:
        known = group.order.index(figure.words) if figure.words in group.order else len(group.order)
        return (figure.words == BLANK, known, figure.words if group.yearly else "", -figure.count, figure.words)

    return place
