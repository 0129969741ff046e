"""Days: anniversaries, trailing windows, and working days by the State Council's calendar."""

from __future__ import annotations

import calendar as months
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

LONGEST_PERIOD = 3660


def add_months(day: date, count: int) -> date:
    """Return the corresponding day so many months later, or the last day of a month that has none.

    民法典第二百零二条: without a corresponding day the period ends on the last day of the month.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        return date.max if count > 0 else date.min
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def add_years(day: date, count: int) -> date:
    """Return the corresponding day so many years later; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * count)


def in_window(day: date, end: date, years: int) -> bool:
    """Say whether a day lies in the window of so many years that ends on `end`, both ends included.

    A day is still inside when its own anniversary has not passed, so that counting back agrees with counting forward
    (29 February counts back to 1 March of a common year).
    """
    return day <= end <= add_years(day, years)


def window_start(end: date, years: int) -> date:
    """Return the first day inside the window of so many years that ends on `end`."""
    start = add_years(end, -years)
    return start if in_window(start, end, years) else start + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnknownYear:
    """The holidays of a year are not known; a person must enter them. Given back instead of a number."""

    year: int

    @property
    def message(self) -> str:
        """Return the request to the user."""
        return f"还没有{self.year}年的放假和调休安排，请按国务院办公厅通知录入后再计算工作日。"


@dataclass(frozen=True, slots=True)
class WorkdayTable:
    """Which days are worked: the office's own entries first, then the published calendar.

    `holidays` and `extra_workdays` are the office's corrections; `known_years` are years that it has entered itself.
    """

    holidays: Collection[date] = frozenset()
    extra_workdays: Collection[date] = frozenset()
    known_years: Collection[int] = frozenset()

    def is_workday(self, day: date) -> bool | None:
        """Say whether a day is worked; None when the year's calendar is not known."""
        if day in self.extra_workdays:
            return True
        if day in self.holidays:
            return False
        published = published_year(day.year)
        if published is not None:
            holidays, worked = published
            return day in worked or (day.weekday() < 5 and day not in holidays)
        return day.weekday() < 5 if day.year in self.known_years else None

    def knows(self, days: Iterable[date]) -> UnknownYear | None:
        """Return the first year among the days whose calendar is not known."""
        return next((UnknownYear(day.year) for day in days if self.is_workday(day) is None), None)


@lru_cache(maxsize=64)
def published_year(year: int) -> tuple[frozenset[date], frozenset[date]] | None:
    """Return the published holidays and extra working days of a year, or None where none are known."""
    from chinese_calendar import constants

    if not any(day.year == year for day in constants.holidays):
        return None
    return (
        frozenset(day for day in constants.holidays if day.year == year),
        frozenset(day for day in constants.workdays if day.year == year),
    )


def days_of(start: date, end: date) -> list[date]:
    """Return every day from start to end, both included; empty when reversed, at most ten years."""
    length = min((end - start).days + 1, LONGEST_PERIOD)
    return [start + timedelta(days=n) for n in range(max(length, 0))]


def count_workdays(start: date, end: date, table: WorkdayTable) -> int | UnknownYear:
    """Count the working days from start to end, both included, or say which year is not known."""
    days = days_of(start, end)
    return table.knows(days) or sum(1 for day in days if table.is_workday(day))


def workday_after(start: date, count: int, table: WorkdayTable) -> date | UnknownYear:
    """Return the day on which so many working days after `start` (not counted) are full."""
    day, left = start, count
    while left > 0:
        day += timedelta(days=1)
        worked = table.is_workday(day)
        if worked is None:
            return UnknownYear(day.year)
        left -= worked
    return day


def chinese(day: date) -> str:
    """Return a date as the clerk reads it: 2026年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
