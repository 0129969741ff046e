"""Working days of 2021 to 2026, day by day against the State Council's notices on holidays of those years."""

from datetime import date, timedelta

import pytest

from desktop.rules.calendar import WorkdayTable, count_workdays, workday_after

# Each year's notice: first and last day of every holiday, then the days off that are worked instead.
NOTICES = {
    2021: (
        "01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07",
        "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    ),
    2022: (
        "01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07 12-31/12-31",
        "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    ),
    2023: (
        "01-01/01-02 01-21/01-27 04-05/04-05 04-29/05-03 06-22/06-24 09-29/10-06",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "01-01/01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10/06-10 09-15/09-17 10-01/10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01/01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}
# The working days of each year, as the labour ministry's and the notices' days together give them.
WORKED = {2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}
TABLE = WorkdayTable()


def days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


def off_and_worked(year: int) -> tuple[set[date], set[date]]:
    ranges, extra = NOTICES[year]
    off = set()
    for part in ranges.split():
        start, end = (date.fromisoformat(f"{year}-{day}") for day in part.split("/"))
        off |= {start + timedelta(n) for n in range((end - start).days + 1)}
    return off, {date.fromisoformat(f"{year}-{day}") for day in extra.split()}


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_every_day_of_the_year_is_as_the_notice_says(year: int):
    off, worked = off_and_worked(year)
    for day in days(year):
        expected = day in worked or (day.weekday() < 5 and day not in off)
        assert TABLE.is_workday(day) is expected, day


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_a_year_has_its_number_of_working_days(year: int):
    assert count_workdays(date(year, 1, 1), date(year, 12, 31), TABLE) == WORKED[year]


def test_every_day_worked_instead_is_a_saturday_or_sunday():
    assert all(day.weekday() >= 5 for year in NOTICES for day in off_and_worked(year)[1])


def test_a_publicity_over_a_saturday_that_is_worked_is_five_working_days():
    """Hubei's notice of 14 to 18 September 2021."""
    assert count_workdays(date(2021, 9, 14), date(2021, 9, 18), TABLE) == 5
    assert workday_after(date(2021, 9, 13), 5, TABLE) == date(2021, 9, 18)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2021-09-18", 5, "2021-09-27"),
        ("2022-01-28", 5, "2022-02-09"),
        ("2022-12-30", 5, "2023-01-09"),
        ("2023-09-28", 5, "2023-10-11"),
        ("2024-02-09", 5, "2024-02-22"),
        ("2025-09-30", 5, "2025-10-14"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-09-30", 5, "2026-10-13"),
    ],
)
def test_five_full_working_days_after_a_day_step_over_holidays(start: str, count: int, end: str):
    assert workday_after(date.fromisoformat(start), count, TABLE) == date.fromisoformat(end)
