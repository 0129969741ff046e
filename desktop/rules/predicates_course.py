"""Evaluating periods counted in days and the order of steps."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.rules import messages_time as say
from desktop.rules.calendar import UnknownYear, WorkdayTable, chinese, count_workdays, days_of, workday_after
from desktop.rules.checks_time import PeriodDays, Steps
from desktop.rules.context import Context
from desktop.rules.facts import ABSENT, Item
from desktop.rules.outcome import Outcome, holds, unknown
from desktop.rules.words import fold


def period_days(check: PeriodDays, ctx: Context) -> Outcome:
    """Pass when enough days lie after the first; warn when only the first makes it enough; else fail.

    Where a year's holidays are not known Monday to Friday are counted, and what would pass warns.
    """
    start, end = ctx.get(check.start), ctx.get(check.end)
    if start is None or end is None:
        absent = check.start if start is None else check.end
        return holds(False, say.no_date(ctx.label(absent), f"满{check.min}天"))
    if missing := ctx.missing(check.start, check.end):
        return unknown(*missing)
    table, guessed = _table(start, end, ctx) if check.unit == "workday" else (None, 0)
    strict = _count(start + timedelta(days=1), end, table) if end > start else 0
    loose = _count(start, end, table)
    status = "pass" if strict >= check.min else "warn" if loose >= check.min else "fail"
    if guessed and status == "pass":
        status = "warn"
    said = say.period(check, start, end, strict, _full(check, start, table), guessed)
    return Outcome(None, said, status=status)


def _table(start: date, end: date, ctx: Context) -> tuple[WorkdayTable, int]:
    holidays, extra = ctx.get("holidays"), ctx.get("extra_workdays")
    years = range(start.year, end.year + 2)
    entered = years if holidays is not ABSENT else ()
    own = WorkdayTable(
        frozenset(() if holidays is ABSENT else holidays or ()),
        frozenset(() if extra is ABSENT else extra or ()),
        frozenset(entered),
    )
    unsure = own.knows(days_of(start, end))
    if unsure is None:
        return own, 0
    return WorkdayTable(own.holidays, own.extra_workdays, frozenset(years)), unsure.year


def _count(start: date, end: date, table: WorkdayTable | None) -> int:
    if table is None:
        return max((end - start).days + 1, 0)
    count = count_workdays(start, end, table)
    return 0 if isinstance(count, UnknownYear) else count


def _full(check: PeriodDays, start: date, table: WorkdayTable | None) -> date | None:
    if check.min > 366:
        return None
    if table is None:
        return start + timedelta(days=check.min)
    day = workday_after(start, check.min, table)
    return None if isinstance(day, UnknownYear) else day


def steps(check: Steps, ctx: Context) -> Outcome:
    """True when every step is done and dates can be read without going back; the same day is in order.

    A step may stand under several names, divided by |. A step done twice counts with whichever date fits.
    """
    rows = ctx.get(check.fact)
    if rows is ABSENT:
        return unknown(check.fact)
    lacking: list[str] = []
    undated: list[str] = []
    reversed_at, previous, name_before = "", date.min, ""
    for step in check.order:
        found = _rows_of(step, rows or ())
        dates = sorted(item["date"] for _, item in found if isinstance(item.get("date"), date))
        name = step.split("|")[0]
        if not dates:
            missing = [f"{check.fact}[{n}].date" for n, item in found if "date" not in item]
            undated.extend(missing)
            lacking.extend(() if missing else (name,))
            continue
        fitting = [day for day in dates if day >= previous]
        if not fitting and not reversed_at:
            reversed_at = f"{name}（{chinese(dates[-1])}）早于{name_before}（{chinese(previous)}）"
        previous, name_before = (fitting[0] if fitting else previous), name
    said = say.steps(check, lacking, reversed_at, ctx)
    if lacking or reversed_at:
        return holds(False, said)
    return unknown(*undated, said=said) if undated else holds(True, said)


def _rows_of(step: str, rows: tuple[Item, ...]) -> list[tuple[int, Item]]:
    names = {fold(name) for name in step.split("|")}
    return [(number, item) for number, item in enumerate(rows, 1) if fold(str(item.get("step") or "")) in names]
