"""Days: anniversaries, windows, working days, years whose calendar nobody knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.calendar import (
    UnknownYear,
    WorkdayTable,
    add_months,
    add_years,
    chinese,
    count_workdays,
    days_of,
    in_window,
    published_year,
    window_start,
    workday_after,
)
from tests.rules.small_laws import on

DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2024-02-28", 1, "2025-02-28"),
        ("2023-02-28", 1, "2024-02-28"),
        ("2026-09-01", 2, "2028-09-01"),
        ("2026-09-01", -2, "2024-09-01"),
        ("2024-02-29", -1, "2023-02-28"),
    ],
)
def test_corresponding_days(start: str, years: int, end: str) -> None:
    assert add_years(on(start), years) == on(end)


def test_months_and_the_ends_of_time() -> None:
    assert add_months(on("2025-12-31"), 2) == on("2026-02-28")
    assert add_months(on("2026-01-31"), 1) == on("2026-02-28")
    assert add_months(on("2026-03-31"), -1) == on("2026-02-28")
    assert add_years(on("2026-01-01"), 10**6) == date.max
    assert add_years(on("2026-01-01"), -(10**6)) == date.min


@given(day=DAYS, years=st.integers(1, 40))
def test_counting_back_agrees_with_counting_forward(day: date, years: int) -> None:
    first = window_start(day, years)
    assert in_window(first, day, years)
    assert not in_window(first - timedelta(days=1), day, years)
    assert add_years(first, years) >= day


@given(day=DAYS, years=st.integers(0, 40))
def test_the_day_after_an_anniversary_is_never_earlier(day: date, years: int) -> None:
    assert add_years(day, years) <= add_years(day + timedelta(days=1), years)


def test_the_published_calendar() -> None:
    table = WorkdayTable()
    assert table.is_workday(on("2026-10-01")) is False
    assert table.is_workday(on("2026-10-10")) is True
    assert table.is_workday(on("2026-10-11")) is False
    assert table.is_workday(on("2026-09-01")) is True
    assert published_year(1900) is None


def test_the_offices_own_entries_come_first() -> None:
    table = WorkdayTable(holidays={on("2026-09-01")}, extra_workdays={on("2026-10-01")})
    assert table.is_workday(on("2026-09-01")) is False
    assert table.is_workday(on("2026-10-01")) is True


def test_a_year_nobody_knows_asks_and_never_guesses() -> None:
    table = WorkdayTable()
    assert table.is_workday(on("2035-05-02")) is None
    asked = count_workdays(on("2035-05-01"), on("2035-05-10"), table)
    assert isinstance(asked, UnknownYear)
    assert asked.year == 2035
    assert "2035年" in asked.message
    assert isinstance(workday_after(on("2034-12-30"), 5, table), UnknownYear)
    entered = WorkdayTable(known_years={2035})
    assert count_workdays(on("2035-05-01"), on("2035-05-10"), entered) == 8


def test_counting_working_days() -> None:
    table = WorkdayTable()
    assert count_workdays(on("2026-06-01"), on("2026-06-05"), table) == 5
    assert count_workdays(on("2026-06-05"), on("2026-06-01"), table) == 0
    assert workday_after(on("2026-06-01"), 5, table) == on("2026-06-08")
    assert workday_after(on("2026-09-30"), 1, table) == on("2026-10-08")
    assert workday_after(on("2026-06-01"), 0, table) == on("2026-06-01")


def test_periods_without_end_are_cut() -> None:
    assert len(days_of(date.min, date.max)) == 3660
    assert days_of(on("2026-01-02"), on("2026-01-01")) == []


def test_dates_as_the_clerk_reads_them() -> None:
    assert chinese(on("2026-09-01")) == "2026年9月1日"
