"""Conditions on dates: corresponding days, windows, calendar years, limits, periods in days, order of steps."""

from __future__ import annotations

import pytest

from tests.rules.small_laws import find, status

TWO_YEARS = '{ op = "span", from = "established_on", to = "reference_date", years = 2 }'


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-06-02", "2026-06-01", "fail"),
        ("2024-06-01", "2026-06-01", "pass"),
        ("2024-05-31", "2026-06-01", "pass"),
        ("2024-02-29", "2026-02-27", "fail"),
        ("2024-02-29", "2026-02-28", "pass"),
        ("2024-02-28", "2026-02-28", "pass"),
        ("2026-02-28", "2028-02-28", "pass"),
        ("2026-02-28", "2028-02-29", "pass"),
        ("2026-03-01", "2028-02-29", "fail"),
        ("2027-01-01", "2026-06-01", "fail"),
        (None, "2026-06-01", "fail"),
    ],
)
def test_full_years_are_reached_on_the_corresponding_day(start: str | None, end: str, expected: str) -> None:
    assert status(TWO_YEARS, {"established_on": start, "reference_date": end}) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [("2025-08-31", "2026-02-27", "fail"), ("2025-08-31", "2026-02-28", "pass"), ("2025-08-30", "2026-02-28", "pass")],
)
def test_months_end_on_the_last_day_where_there_is_no_corresponding_one(start: str, end: str, expected: str) -> None:
    check = '{ op = "span", from = "established_on", to = "reference_date", months = 6 }'
    assert status(check, {"established_on": start, "reference_date": end}) == expected


def test_the_day_on_which_the_years_are_full_is_said() -> None:
    finding = find(TWO_YEARS, {"established_on": "2024-11-03", "reference_date": "2026-09-01"})
    assert finding.cure == "2026年11月3日起满2年"
    assert "1年9个月" in finding.actual
    assert find(TWO_YEARS, {"established_on": "2024-11-03"}).missing == ("reference_date",)


FIVE = '{ op = "within", from = "implemented_on", to = "reference_date", years = 5 }'


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2021-05-31", "fail"), ("2021-06-01", "pass"), ("2026-06-01", "pass"), ("2026-06-02", "fail"), (None, "fail")],
)
def test_the_trailing_window(day: str | None, expected: str) -> None:
    assert status(FIVE, {"implemented_on": day, "reference_date": "2026-06-01"}) == expected


RECENT = (
    '{ op = "recent", list = "results", date = "date", to = "reference_date", years = 2, min = 1,'
    ' where = { field = "level", min_level = "市级" } }'
)


@pytest.mark.parametrize(
    ("end", "day", "expected"),
    [
        ("2026-06-01", "2024-05-31", "fail"),
        ("2026-06-01", "2024-06-01", "pass"),
        ("2026-06-01", "2026-06-01", "pass"),
        ("2026-06-01", "2026-06-02", "fail"),
        ("2028-02-29", "2026-02-28", "fail"),
        ("2028-02-29", "2026-03-01", "pass"),
        ("2026-02-28", "2024-02-27", "fail"),
        ("2026-02-28", "2024-02-28", "pass"),
        ("2026-02-28", "2024-02-29", "pass"),
        ("2026-03-01", "2024-02-29", "fail"),
    ],
)
def test_results_of_the_last_two_years(end: str, day: str, expected: str) -> None:
    assert status(RECENT, {"reference_date": end, "results": [{"date": day, "level": "盟市级"}]}) == expected


def test_rows_that_do_not_say_leave_it_open_only_where_they_could_decide() -> None:
    on = {"reference_date": "2026-06-01"}
    good = {"date": "2026-01-01", "level": "市级"}
    assert status(RECENT, {**on, "results": [good, {}]}) == "pass"
    assert find(RECENT, {**on, "results": [{"level": "市级"}]}).missing == ("results[1].date",)
    assert find(RECENT, {**on, "results": [{"date": "2026-01-01"}]}).missing == ("results[1].level",)
    assert status(RECENT, {**on, "results": [{"date": "2020-01-01"}]}) == "fail"
    assert status(RECENT, {**on, "results": [{"date": "2026-01-01", "level": None}]}) == "fail"
    assert status(RECENT, {**on, "results": [{"date": None, "level": "市级"}]}) == "fail"
    assert status(RECENT, {**on, "results": None}) == "fail"
    assert status(RECENT, on) == "unknown"


YEARLY = (
    '{ op = "yearly", list = "projects", year = "year", from = "established_on", to = "reference_date",'
    " lookback = 2, min = 1 }"
)


@pytest.mark.parametrize(
    ("start", "years", "expected"),
    [
        ("2023-01-01", [2024, 2025], "pass"),
        ("2023-01-01", [2024], "fail"),
        ("2023-01-01", [2025, 2025], "fail"),
        ("2023-01-01", [2023, 2026], "fail"),
        ("2024-12-31", [2025], "pass"),
        ("2025-01-01", [], "n/a"),
        ("2026-05-01", [], "n/a"),
        ("2027-01-01", [], "n/a"),
    ],
)
def test_each_complete_calendar_year(start: str, years: list[int], expected: str) -> None:
    facts = {"established_on": start, "reference_date": "2026-06-01", "projects": [{"year": year} for year in years]}
    assert status(YEARLY, facts) == expected


def test_a_project_over_two_years_counts_in_both_and_a_date_gives_its_year() -> None:
    facts = {"established_on": "2023-01-01", "reference_date": "2026-06-01"}
    assert status(YEARLY, {**facts, "projects": [{"year": 2024, "end_year": 2025}]}) == "pass"
    assert status(YEARLY, {**facts, "projects": [{"date": "2024-03-01"}, {"date": "2025-12-31"}]}) == "pass"
    assert status(YEARLY, {**facts, "projects": None}) == "fail"
    assert status(YEARLY, {**facts, "projects": [{}, {}]}) == "unknown"
    assert status(YEARLY, {**facts, "projects": [{"year": 2024}, {}]}) == "unknown"
    assert status(YEARLY, facts) == "unknown"


def test_without_a_complete_year_the_list_is_not_asked_for() -> None:
    assert status(YEARLY, {"established_on": "2025-06-01", "reference_date": "2026-06-01"}) == "n/a"


def test_the_years_that_are_short_are_named() -> None:
    facts = {"established_on": "2023-01-01", "reference_date": "2026-06-01", "projects": [{"year": 2025}]}
    assert "2024年不足1项" in find(YEARLY, facts).message


GAP = (
    '{ op = "gap", list = "results", date = "date", since = "plaque_on", to = "reference_date", years = 3,'
    " strictly_after = %s }"
)


@pytest.mark.parametrize(
    ("strict", "plaque", "last", "end", "expected"),
    [
        ("false", "2020-01-01", "2023-05-01", "2026-04-30", "pass"),
        ("false", "2020-01-01", "2023-05-01", "2026-05-01", "fail"),
        ("true", "2020-01-01", "2023-05-01", "2026-05-01", "pass"),
        ("true", "2020-01-01", "2023-05-01", "2026-05-02", "fail"),
        ("true", "2024-01-01", "2020-05-01", "2026-05-02", "pass"),
        ("true", "2023-01-01", None, "2026-01-02", "fail"),
        ("true", "2023-01-01", "2026-02-01", "2026-01-02", "fail"),
        ("true", None, "2020-01-01", "2026-01-02", "pass"),
    ],
)
def test_years_without_a_result(strict: str, plaque: str | None, last: str | None, end: str, expected: str) -> None:
    facts: dict[str, object] = {"plaque_on": plaque, "reference_date": end}
    facts["results"] = [{"date": last}] if last else []
    assert status(GAP % strict, facts, 'polarity = "ground"') == expected


def test_a_gap_is_open_only_while_missing_results_could_close_it() -> None:
    ground = 'polarity = "ground"'
    assert status(GAP % "true", {"plaque_on": "2025-01-01", "reference_date": "2026-01-01"}, ground) == "pass"
    assert status(GAP % "true", {"plaque_on": "2020-01-01", "reference_date": "2026-01-01"}, ground) == "unknown"
    silent = {"plaque_on": "2020-01-01", "reference_date": "2026-01-01", "results": [{}]}
    assert find(GAP % "true", silent, ground).missing == ("results[1].date",)


@pytest.mark.parametrize(("day", "expected"), [("2025-12-31", "fail"), ("2024-06-01", "fail"), ("2026-01-01", "pass")])
def test_the_calendar_year_of_a_date(day: str, expected: str) -> None:
    check = '{ op = "year_eq", fact = "granted_on", year = "award_year", offset = -1 }'
    assert status(check, {"granted_on": day, "award_year": 2027}) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [("2024-01-01", "pass"), ("2024-12-31", "pass"), ("2023-12-31", "fail"), ("2026-05-01", "pass"), (None, "fail")],
)
def test_calendar_years_between_two_dates(last: str | None, expected: str) -> None:
    check = '{ op = "year_gap", from = "last_assessed_on", to = "reference_date", max = 2 }'
    assert status(check, {"last_assessed_on": last, "reference_date": "2026-06-01"}) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2010, "fail"), (2011, "fail"), (2012, "pass"), (2013, "fail"), (2026, "pass"), (None, "fail")],
)
def test_a_cycle_begins_with_its_base_year(year: int | None, expected: str) -> None:
    assert status('{ op = "cycle", fact = "naming_year", base = 2012, every = 2 }', {"naming_year": year}) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-12-31", "pass"), ("2027-01-01", "fail"), ("2025-01-01", "pass"), (None, "fail")]
)
def test_a_day_of_the_year_as_limit(day: str | None, expected: str) -> None:
    check = '{ op = "not_after", fact = "annual_report_on", year = "report_year", month_day = "12-31" }'
    assert status(check, {"annual_report_on": day, "report_year": 2026}) == expected


@pytest.mark.parametrize(("day", "expected"), [("2026-06-05", "pass"), ("2026-06-06", "fail"), ("2026-06-04", "pass")])
def test_another_date_as_limit(day: str, expected: str) -> None:
    check = '{ op = "not_after", fact = "unit_publicity_end", limit = "recommended_on" }'
    assert status(check, {"unit_publicity_end": day, "recommended_on": "2026-06-05"}) == expected


DAYS = '{ op = "period_days", start = "unit_publicity_start", end = "unit_publicity_end", min = 5, unit = "%s" }'


@pytest.mark.parametrize(
    ("unit", "start", "end", "expected"),
    [
        ("calendar", "2026-06-01", "2026-06-04", "fail"),
        ("calendar", "2026-06-01", "2026-06-05", "warn"),
        ("calendar", "2026-06-01", "2026-06-06", "pass"),
        ("calendar", "2026-06-06", "2026-06-01", "fail"),
        ("calendar", "2026-06-01", "2026-06-01", "fail"),
        ("workday", "2026-06-01", "2026-06-04", "fail"),
        ("workday", "2026-06-01", "2026-06-05", "warn"),
        ("workday", "2026-06-01", "2026-06-07", "warn"),
        ("workday", "2026-06-01", "2026-06-08", "pass"),
        # 2026-10-01 to 10-07 are holidays, 10-10 (a Saturday) is worked.
        ("workday", "2026-09-30", "2026-10-11", "fail"),
        ("workday", "2026-09-30", "2026-10-12", "warn"),
        ("workday", "2026-09-30", "2026-10-13", "pass"),
    ],
)
def test_days_of_publicity(unit: str, start: str, end: str, expected: str) -> None:
    assert status(DAYS % unit, {"unit_publicity_start": start, "unit_publicity_end": end}) == expected


def test_an_unknown_year_counts_monday_to_friday_and_warns() -> None:
    facts: dict[str, object] = {"unit_publicity_start": "2031-06-02", "unit_publicity_end": "2031-06-13"}
    finding = find(DAYS % "workday", facts)
    assert finding.status == "warn"
    assert "还没有2031年的放假安排" in finding.message
    assert status(DAYS % "workday", {**facts, "holidays": [], "extra_workdays": []}) == "pass"
    assert status(DAYS % "workday", {**facts, "unit_publicity_end": "2031-06-04"}) == "fail"


def test_entered_holidays_stand_over_the_published_ones() -> None:
    facts: dict[str, object] = {"unit_publicity_start": "2026-06-01", "unit_publicity_end": "2026-06-08"}
    assert status(DAYS % "workday", {**facts, "holidays": ["2026-06-03"]}) == "warn"
    assert status(DAYS % "workday", {**facts, "holidays": ["2026-06-03"], "extra_workdays": ["2026-06-07"]}) == "pass"


STEPS = '{ op = "steps", fact = "steps_done", order = ["推荐", "资格审查|复查", "公示"] }'


def steps(*done: tuple[str, str | None]) -> dict[str, object]:
    return {"steps_done": [{"step": step, "date": day} for step, day in done]}


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ((("推荐", "2026-07-01"), ("资格审查", "2026-07-02"), ("公示", "2026-07-03")), "pass"),
        ((("推荐", "2026-07-01"), ("复查", "2026-07-01"), ("公示", "2026-07-01")), "pass"),
        ((("公示", "2026-07-03"), ("推荐", "2026-07-01"), ("复查", "2026-07-02"), ("别的", "2020-01-01")), "pass"),
        ((("推荐", "2026-07-01"), ("公示", "2026-07-03")), "fail"),
        ((("推荐", "2026-07-01"), ("复查", "2026-07-04"), ("公示", "2026-07-03")), "fail"),
        ((("推荐", "2026-07-01"), ("复查", None), ("公示", "2026-07-03")), "fail"),
        ((("推荐", "2026-07-05"), ("推荐", "2026-07-01"), ("复查", "2026-07-02"), ("公示", "2026-07-03")), "pass"),
        ((), "fail"),
    ],
)
def test_steps_in_order(done: tuple[tuple[str, str | None], ...], expected: str) -> None:
    assert status(STEPS, steps(*done)) == expected


def test_what_is_wrong_with_the_steps_is_said() -> None:
    turned = steps(("推荐", "2026-07-01"), ("复查", "2026-07-04"), ("公示", "2026-07-03"))
    assert "公示（2026年7月3日）早于资格审查（2026年7月4日）" in find(STEPS, turned).message
    assert "缺少步骤：资格审查" in find(STEPS, steps(("推荐", "2026-07-01"), ("公示", "2026-07-03"))).message
    undated: dict[str, object] = {"steps_done": [{"step": "推荐"}, {"step": "复查"}, {"step": "公示"}]}
    assert find(STEPS, undated).status == "unknown"
    assert status(STEPS, {"steps_done": None}) == "fail"
    assert status(STEPS, {}) == "unknown"
