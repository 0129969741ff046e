"""Evaluating conditions on spans, windows, calendar years and limits."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.rules import messages_time as say
from desktop.rules.calendar import add_months, add_years, in_window
from desktop.rules.checks_time import Cycle, Gap, NotAfter, Recent, Span, Within, YearEq, YearGap, Yearly
from desktop.rules.context import Context
from desktop.rules.facts import ABSENT, Item
from desktop.rules.filters import Truth, all_of, lacking, matches, undecided
from desktop.rules.outcome import Outcome, holds, unknown, untested


def span(check: Span, ctx: Context) -> Outcome:
    """True when `to` has reached the corresponding day; the day itself counts."""
    start, end = ctx.get(check.from_), ctx.get(check.to)
    if start is None or end is None:
        absent = check.from_ if start is None else check.to
        return holds(False, say.no_date(ctx.label(absent), f"满{say.length(check.years, check.months)}"))
    if missing := ctx.missing(check.from_, check.to):
        return unknown(*missing)
    due = add_months(start, 12 * check.years + check.months)
    return holds(end >= due, say.span(check, start, end, due, ctx))


def within(check: Within, ctx: Context) -> Outcome:
    """True when the day lies in the trailing window, both ends included; a later day does not."""
    day, end = ctx.get(check.from_), ctx.get(check.to)
    if day is None or end is None:
        return holds(False, say.no_date(ctx.label(check.from_), f"在近{check.years}年内"))
    if missing := ctx.missing(check.from_, check.to):
        return unknown(*missing)
    return holds(in_window(day, end, check.years), say.within(ctx.label(check.from_), day, end, check.years))


def recent(check: Recent, ctx: Context) -> Outcome:
    """True when enough matching rows lie in the window; rows that do not say leave it open."""
    rows, end = ctx.get(check.list), ctx.get(check.to)
    if end is None:
        return holds(False, say.no_date(ctx.label(check.to), "有判断日期"))
    if missing := ctx.missing(check.list, check.to):
        return unknown(*missing)
    sure = 0
    gaps: list[tuple[str, ...]] = []
    for number, item in enumerate(rows or (), 1):
        truth = all_of((_dated(item, check.date, end, check.years), matches(check.where, item, ctx)))
        sure += truth is True
        if truth is None:
            gaps.append(_gaps(check.list, number, item, check.date, check, ctx))
    said = say.recent(check, sure, end, ctx)
    if sure >= check.min:
        return holds(True, said)
    if sure + len(gaps) >= check.min:
        return unknown(*(name for gap in gaps for name in gap), said=said)
    return holds(False, said)


def _dated(item: Item, field: str, end: date, years: int) -> Truth:
    day = item.get(field, ABSENT)
    return None if day is ABSENT else isinstance(day, date) and in_window(day, end, years)


def _gaps(name: str, number: int, item: Item, field: str, check: Recent | Yearly, ctx: Context) -> tuple[str, ...]:
    dated = lacking(name, number, item, (field,))
    open_filter = matches(check.where, item, ctx) is None
    return dated + (undecided(name, number, item, check.where) if open_filter else ())


def yearly(check: Yearly, ctx: Context) -> Outcome:
    """True when each complete calendar year has enough rows; the first and the current year are not tested."""
    start, end = ctx.get(check.from_), ctx.get(check.to)
    if start is None or end is None:
        absent = check.from_ if start is None else check.to
        return holds(False, say.no_date(ctx.label(absent), "有日期才能逐年检查"))
    if missing := ctx.missing(check.from_, check.to):
        return unknown(*missing)
    years = range(max(start.year + 1, end.year - check.lookback), end.year)
    if not years:
        return untested("还没有一个完整的自然年，到期再查")
    rows = ctx.get(check.list)
    if rows is ABSENT:
        return unknown(check.list)
    return _each_year(check, years, rows or (), ctx)


def _each_year(check: Yearly, years: range, rows: tuple[Item, ...], ctx: Context) -> Outcome:
    sure = dict.fromkeys(years, 0)
    maybe = dict.fromkeys(years, 0)
    gaps: list[str] = []
    for number, item in enumerate(rows, 1):
        truth = matches(check.where, item, ctx)
        spans = _years_of(item, check)
        if truth is False:
            continue
        if truth is None or spans is None:
            gaps.extend(_gaps(check.list, number, item, check.year or check.date, check, ctx))
        for year in spans if spans is not None else years:
            if year in sure:
                (sure if truth and spans is not None else maybe)[year] += 1
    said = say.yearly(check, sure, ctx)
    if all(count >= check.min for count in sure.values()):
        return holds(True, said)
    if all(sure[year] + maybe[year] >= check.min for year in years):
        return unknown(*gaps, said=said)
    return holds(False, said)


def _years_of(item: Item, check: Yearly) -> range | None:
    """Return the years a row counts in: its year (or its date's), up to its end year; None when it does not say."""
    value = item.get(check.year or check.date, ABSENT)
    if value is ABSENT and check.year:
        value = item.get("date", ABSENT)
    if value is ABSENT:
        return None
    first = value.year if isinstance(value, date) else value
    if not isinstance(first, int):
        return range(0)
    last = item.get("end_year")
    return range(first, max(first, last if isinstance(last, int) else first) + 1)


def gap(check: Gap, ctx: Context) -> Outcome:
    """True when nothing has come for so many years since the later of `since` and the last row before `to`."""
    since, end = ctx.get(check.since), ctx.get(check.to)
    if since is None or end is None:
        return holds(False, say.no_date(ctx.label(check.since), "有起算日期"))
    if missing := ctx.missing(check.since, check.to):
        return unknown(*missing)
    rows = ctx.get(check.list)
    latest: date = since
    open_rows: list[str] = []
    for number, item in enumerate(() if rows is ABSENT else rows or (), 1):
        truth, day = matches(check.where, item, ctx), item.get(check.date, ABSENT)
        if truth and isinstance(day, date) and day <= end:
            latest = max(latest, day)
        elif truth is None or (truth and day is ABSENT):
            open_rows.extend(undecided(check.list, number, item, check.where) if truth is None else ())
            open_rows.extend(lacking(check.list, number, item, (check.date,)))
    due = add_years(latest, check.years)
    made_out = end > due if check.strictly_after else end >= due
    said = say.gap(check, latest, due, ctx)
    if made_out and (rows is ABSENT or open_rows):
        return unknown(*(open_rows or (check.list,)), said=said)
    return holds(made_out, said)


def year_eq(check: YearEq, ctx: Context) -> Outcome:
    """True when the calendar years agree, the offset added."""
    value, other = ctx.get(check.fact), ctx.get(check.year)
    if value is None or other is None:
        return holds(False, say.no_date(ctx.label(check.fact), "有年份"))
    if missing := ctx.missing(check.fact, check.year):
        return unknown(*missing)
    year, wanted = _year(value), _year(other) + check.offset
    return holds(year == wanted, say.year_eq(check, year, wanted, ctx))


def _year(value: Any) -> int:
    return value.year if isinstance(value, date) else int(value)


def year_gap(check: YearGap, ctx: Context) -> Outcome:
    """True when the calendar years lie at most so far apart; never done does not hold."""
    first, last = ctx.get(check.from_), ctx.get(check.to)
    if first is None or last is None:
        return holds(False, say.no_date(ctx.label(check.from_), f"不超过{check.max}个年度"))
    if missing := ctx.missing(check.from_, check.to):
        return unknown(*missing)
    return holds(last.year - first.year <= check.max, say.year_gap(check, first, last, ctx))


def cycle(check: Cycle, ctx: Context) -> Outcome:
    """True when the year is the base year or a whole number of cycles later."""
    value = ctx.get(check.fact)
    if value is ABSENT:
        return unknown(check.fact)
    if value is None:
        return holds(False, say.no_date(ctx.label(check.fact), "有年份"))
    year = _year(value)
    return holds(year >= check.base and (year - check.base) % check.every == 0, say.cycle(check, year, ctx))


def not_after(check: NotAfter, ctx: Context) -> Outcome:
    """True when the date is not later than its limit, the limit's own day included."""
    day, limit = ctx.get(check.fact), ctx.get(check.limit or check.year)
    if day is None or limit is None:
        absent = check.fact if day is None else check.limit or check.year
        return holds(False, say.no_date(ctx.label(absent), "有日期"))
    if missing := ctx.missing(check.fact, check.limit or check.year):
        return unknown(*missing)
    last = limit if check.limit else date(_year(limit), *map(int, check.month_day.split("-")))
    return holds(day <= last, say.not_after(ctx.label(check.fact), day, last))
