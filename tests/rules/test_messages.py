"""What the findings say: figures and lists in words, and cures that cure – exactly, and not one 分 or day sooner."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import phrases
from desktop.rules.messages_time import length, ran
from tests.rules.small_laws import find, status

FEN = st.integers(0, 10**11)
DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))
NUM = '{ op = "num", fact = "grant_total_yuan", min = 20000, max = 30000 }'
SHARE = '{ op = "ratio", list = "rewards", fields = ["amount_yuan"], den = "grant_total_yuan", min_pct = %s }'
MOST = '{ op = "ratio", list = "rewards", fields = ["amount_yuan"], den = "grant_total_yuan", max_pct = %s }'
SUM = '{ op = "sum_le", lists = ["rewards"], fields = ["amount_yuan"], max_fact = "grant_total_yuan" }'
SPAN = '{ op = "span", from = "established_on", to = "reference_date", years = %d }'


def said_fen(text: str) -> int:
    """Read the first amount of a sentence back in 分."""
    found = re.search(r"([\d,]+)\.(\d\d)元", text)
    assert found is not None, text
    return int(found[1].replace(",", "")) * 100 + int(found[2])


def yuan(fen: int) -> str:
    return phrases.plain_yuan(fen)


@pytest.mark.parametrize(
    ("fen", "text", "plain"),
    [
        (0, "0.00元", "0.00"),
        (1, "0.01元", "0.01"),
        (99, "0.99元", "0.99"),
        (-5, "-0.05元", "-0.05"),
        (-123_456_789, "-1,234,567.89元", "-1234567.89"),
        (5_000_000, "50,000.00元", "50000.00"),
    ],
)
def test_money_in_words(fen: int, text: str, plain: str) -> None:
    assert phrases.yuan(fen) == text
    assert phrases.plain_yuan(fen) == plain


@given(st.integers(-(10**12), 10**12))
def test_money_in_json_is_exact(fen: int) -> None:
    assert Decimal(phrases.plain_yuan(fen)) * 100 == fen


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5, "人", "5人"),
        (Decimal("25.50"), "㎡", "25.5㎡"),
        (Decimal("100"), "㎡", "100㎡"),
        (Decimal("1E+2"), "㎡", "100㎡"),
        (Decimal("0.10"), "", "0.1"),
        (100, "天", "100天"),
    ],
)
def test_figures_keep_their_whole_part(value: int | Decimal, unit: str, text: str) -> None:
    assert phrases.figure(value, unit) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (3, 5, "60%"),
        (2_999_999, 5_000_000, "约59.99%"),
        (3_000_001, 5_000_000, "约60%"),
        (1, 3, "约33.33%"),
        (1, 8, "12.5%"),
        (0, 7, "0%"),
        (7, 7, "100%"),
        (1, 100_000, "约0%"),
    ],
)
def test_shares_are_cut_and_never_rounded_up(part: int, whole: int, text: str) -> None:
    assert phrases.percent(part, whole) == text


@given(FEN, st.integers(1, 10**11))
def test_a_share_said_plainly_is_exact_and_about_is_below(part: int, whole: int) -> None:
    text = phrases.percent(part, whole)
    told = Fraction(text.removeprefix("约").removesuffix("%")) / 100
    if text.startswith("约"):
        assert told < Fraction(part, whole) < told + Fraction(1, 10_000)
    else:
        assert told == Fraction(part, whole)


def test_long_lists_are_cut_and_counted() -> None:
    words = [f"第{number}" for number in range(1, 8)]
    assert phrases.listed(words[:6]) == "第1、第2、第3、第4、第5、第6"
    assert phrases.listed(words) == "第1、第2、第3、第4、第5、第6等7项"
    assert phrases.listed(iter(words[:1])) == "第1"
    assert phrases.listed([]) == ""


def test_sentences_are_joined_without_empty_and_repeated_ones() -> None:
    assert phrases.joined(["甲", "", "乙", "甲"]) == "甲；乙"
    assert phrases.joined([]) == ""


@pytest.mark.parametrize(("years", "months", "text"), [(2, 0, "2年"), (0, 6, "6个月"), (1, 6, "1年6个月"), (0, 0, "")])
def test_lengths(years: int, months: int, text: str) -> None:
    assert length(years, months) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-01-01", "2026-01-31", "30天"),
        ("2026-01-31", "2026-02-28", "28天"),
        ("2026-01-01", "2026-02-01", "1个月"),
        ("2024-11-03", "2026-09-01", "1年9个月"),
        ("2024-11-01", "2026-11-01", "2年"),
        ("2026-09-01", "2026-09-01", "0天"),
    ],
)
def test_how_long_something_ran(start: str, end: str, text: str) -> None:
    assert ran(date.fromisoformat(start), date.fromisoformat(end)) == text


def test_what_begins_later_has_not_run() -> None:
    assert ran(date(2026, 9, 2), date(2026, 9, 1)) == "还没有开始（2026年9月2日才开始）"


@given(st.integers(0, 6_000_000))
def test_the_gap_of_an_amount_is_exact(fen: int) -> None:
    finding = find(NUM, {"grant_total_yuan": yuan(fen)})
    if finding.status == "pass":
        assert 2_000_000 <= fen <= 3_000_000
        return
    missing = said_fen(finding.cure)
    assert finding.cure.startswith("增加" if fen < 2_000_000 else "减少")
    assert (2_000_000 - fen if fen < 2_000_000 else fen - 3_000_000) == missing > 0


def shared(check: str, part: int, whole: int) -> dict[str, object]:
    return {
        "grant_total_yuan": yuan(whole),
        "rewards": [{"name": "甲", "role": "领衔人", "amount_yuan": yuan(part)}],
    }


@given(st.integers(0, 5_000_000), st.integers(1, 5_000_000), st.sampled_from(["60", "33.33", "0.5", "100"]))
def test_what_is_to_be_added_is_just_enough(part: int, whole: int, pct: str) -> None:
    check = SHARE % pct
    finding = find(check, shared(check, part, whole))
    if finding.status == "fail":
        more = said_fen(finding.cure)
        assert status(check, shared(check, part + more, whole)) == "pass"
        assert status(check, shared(check, part + more - 1, whole)) == "fail"


@given(st.integers(0, 5_000_000), st.integers(1, 5_000_000), st.sampled_from(["40", "33.33", "0.5"]))
def test_what_is_to_be_taken_away_is_just_enough(part: int, whole: int, pct: str) -> None:
    check = MOST % pct
    finding = find(check, shared(check, part, whole))
    if finding.status == "fail":
        less = said_fen(finding.cure)
        assert status(check, shared(check, part - less, whole)) == "pass"
        assert status(check, shared(check, part - less + 1, whole)) == "fail"


@given(FEN, FEN)
def test_a_sum_above_its_total_says_by_how_much(part: int, whole: int) -> None:
    finding = find(SUM, shared(SUM, part, whole))
    assert finding.status == ("pass" if part <= whole else "fail")
    if part > whole:
        assert said_fen(finding.cure) == part - whole


@given(DAYS, st.integers(1, 5), st.integers(0, 2500))
def test_the_day_from_which_the_years_are_full_is_the_first_such_day(start: date, years: int, ahead: int) -> None:
    check = SPAN % years
    end = start + timedelta(ahead)
    finding = find(check, {"established_on": start.isoformat(), "reference_date": end.isoformat()})
    if finding.status == "fail":
        due = date(*map(int, re.match(r"(\d+)年(\d+)月(\d+)日起", finding.cure).groups()))  # type: ignore[union-attr]
        facts = {"established_on": start.isoformat()}
        assert due > end
        assert status(check, {**facts, "reference_date": due.isoformat()}) == "pass"
        assert status(check, {**facts, "reference_date": (due - timedelta(1)).isoformat()}) == "fail"


@given(st.integers(0, 40), st.integers(1, 20))
def test_what_passes_needs_no_cure_and_what_fails_says_its_article(value: int, least: int) -> None:
    check = f'{{ op = "num", fact = "team_total_incl_leader", min = {least} }}'
    finding = find(check, {"team_total_incl_leader": value})
    assert finding.status == ("pass" if value >= least else "fail")
    assert finding.required == f"不少于{least}人"
    assert f"{value}人" in finding.message
    if finding.status == "fail":
        assert finding.cure == f"增加{least - value}人即符合"
