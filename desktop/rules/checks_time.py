"""Conditions on dates, years, periods and the order of steps."""

# ruff: noqa: RUF009 -- a parameter is declared by a call; the value it makes is never shared
from __future__ import annotations

from dataclasses import dataclass

from desktop.rules.check_base import Check, Filter, param


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Check):
    """`to` lies at least so many years or months after `from`; the corresponding day counts."""

    from_: str = param("fact", "date", key="from")
    to: str = param("fact", "date")
    years: int = param("count", default=0)
    months: int = param("count", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within(Check):
    """`from` lies inside the trailing window of so many years that ends on `to`."""

    from_: str = param("fact", "date", key="from")
    to: str = param("fact", "date")
    years: int = param("count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent(Check):
    """Enough matching items inside the trailing window."""

    list: str = param("fact", "list<item>")
    date: str = param("word")
    to: str = param("fact", "date")
    years: int = param("count")
    min: int = param("count")
    where: Filter | None = param("filter", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly(Check):
    """Enough matching items in each complete calendar year of running, looking back so many years."""

    list: str = param("fact", "list<item>")
    from_: str = param("fact", "date", key="from")
    to: str = param("fact", "date")
    lookback: int = param("count")
    min: int = param("count")
    year: str = param("word", default="")
    date: str = param("word", default="")
    where: Filter | None = param("filter", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Check):
    """No item for so many years since the later of `since` and the last item."""

    list: str = param("fact", "list<item>")
    date: str = param("word")
    since: str = param("fact", "date")
    to: str = param("fact", "date")
    years: int = param("count")
    strictly_after: bool = param("flag", default=False)
    where: Filter | None = param("filter", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEq(Check):
    """The calendar year of a date or year equals another year plus an offset."""

    fact: str = param("fact", "date", "year")
    year: str = param("fact", "year", "date")
    offset: int = param("integer", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGap(Check):
    """Two dates lie at most so many calendar years apart."""

    from_: str = param("fact", "date", key="from")
    to: str = param("fact", "date")
    max: int = param("count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle(Check):
    """A year that fits a cycle of so many years counted from a base year."""

    fact: str = param("fact", "year", "count", "date")
    base: int = param("count")
    every: int = param("positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAfter(Check):
    """A date not later than another fact's date, or than a day of the year a fact names."""

    fact: str = param("fact", "date")
    limit: str = param("fact", "date", default="")
    year: str = param("fact", "year", "date", default="")
    month_day: str = param("month_day", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodDays(Check):
    """A period of enough days; only with its first day counted it warns."""

    start: str = param("fact", "date")
    end: str = param("fact", "date")
    min: int = param("count")
    unit: str = param("word", choices=("calendar", "workday"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Check):
    """All steps done, their dates never reversed."""

    fact: str = param("fact", "list<step>")
    order: tuple[str, ...] = param("words")
