"""Days on a paper that a person should look at twice: what is said, and that nothing is said without cause."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.paper.days import LONG_PAST, unusual_days, unusual_period

TODAY = date(2026, 9, 1)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def said(day, printed=None, today=TODAY):
    return list(unusual_days({"date": day, **({"printed_on": printed} if printed else {})}, today))


@given(DAYS, DAYS)
def test_a_day_is_doubted_ahead_of_today_or_long_past_and_never_both(day, today):
    words = said(day.isoformat(), today=today)
    past = (today - day).days
    assert len(words) == (past < 0) + (past > LONG_PAST)
    assert all(("还没有到" in one) == (past < 0) for one in words)


def test_the_limit_of_the_long_past_is_its_last_day():
    assert said((TODAY - timedelta(LONG_PAST)).isoformat()) == []
    (words,) = said((TODAY - timedelta(LONG_PAST + 1)).isoformat())
    assert words == "成文日期2026年6月2日已过去91天，请核对。"


@given(DAYS, DAYS)
def test_a_paper_is_printed_on_its_day_or_later(day, printed):
    words = [one for one in said(day.isoformat(), printed.isoformat()) if "印发日期" in one]
    assert bool(words) == (printed < day)


@given(DAYS, DAYS)
def test_a_publicity_ends_after_it_begins(start, end):
    given_days = {"publicity_start": start.isoformat(), "publicity_end": end.isoformat()}
    words = list(unusual_period(given_days, {}))
    assert bool(words) == (end < start)
    assert list(unusual_period({"publicity_start": start.isoformat()}, {})) == []


@given(DAYS, DAYS)
def test_a_time_limit_lies_after_the_day_of_the_paper(due, day):
    words = list(unusual_period({"deadline": due.isoformat()}, {"date": day.isoformat()}))
    assert bool(words) == (due <= day)


def test_what_is_no_day_is_not_compared():
    for odd in ("", "2026-13-01", "九月一日", None, 20260901, ["2026-09-01"]):
        assert said(odd) == []
        assert (
            list(unusual_period({"publicity_start": odd, "publicity_end": odd, "deadline": odd}, {"date": odd})) == []
        )
    assert said(TODAY.isoformat(), "明天") == []
