"""What people type and read: money, dates, numbers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.views import formats


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("5000", 500_000),
        ("5,000.5", 500_050),
        ("0.5万", 500_000),
        ("3 万元", 3_000_000),
        ("５０００元", 500_000),
        ("¥1，200", 120_000),
        ("-20", -2_000),
        (".5", 50),
        ("", None),
        ("  ", None),
    ],
)
def test_money_is_read_as_people_write_it(typed, fen):
    assert formats.parse_money(typed) == fen


@pytest.mark.parametrize(
    ("typed", "word"), [("五千", "不是金额"), ("1.234", "两位小数"), ("1e9", "不是金额"), ("9" * 20, "过大")]
)
def test_bad_money_is_refused_in_words(typed, word):
    with pytest.raises(ValueError, match=word):
        formats.parse_money(typed)


@given(st.integers(-(10**12), 10**12))
def test_money_survives_being_shown(fen):
    assert formats.parse_money(formats.money_text(fen)) == fen
    assert formats.fen_of_yuan(formats.yuan_of_fen(fen)) == fen


@pytest.mark.parametrize(
    "typed", ["2026-9-1", "2026.09.01", "20260901", "2026年9月1日", "２０２６／９／１", "2026 - 9 - 1"]
)
def test_dates_are_read_as_people_write_them(typed):
    assert formats.parse_date(typed) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "word"), [("2026-2-30", "没有2026年2月30日"), ("去年", "不是日期"), ("2026-9", "不是日期")]
)
def test_bad_dates_are_refused_in_words(typed, word):
    with pytest.raises(ValueError, match=word):
        formats.parse_date(typed)


@given(st.dates())
def test_dates_survive_being_shown(day):
    assert formats.parse_date(f"{day.year:04d}年{day.month}月{day.day}日") == day


def test_numbers_have_at_most_two_places():
    assert formats.parse_number("25.50") == Decimal("25.5")
    assert formats.parse_number("３０") == 30
    assert formats.number_text(25.0) == "25"
    assert formats.number_text(100) == "100"
    for bad in ("1.234", "abc", "NaN", "1e30"):
        with pytest.raises(ValueError, match=r"数字|两位|过大"):
            formats.parse_number(bad)


def test_values_are_shown_by_kind():
    assert formats.value_text("50000.00", "money") == "50,000.00"
    assert formats.value_text("2026-09-01", "date") == "2026年9月1日"
    assert formats.value_text(True, "bool") == "是"
    assert formats.value_text(["甲", "乙"], "list") == "甲、乙"
    assert formats.value_text(None, "money") == ""
    assert formats.ten_thousands(5_000_000) == "5"
    assert formats.ten_thousands(1_234_500) == "1.23"


def test_lists_of_words_may_be_parted_by_any_comma():
    assert formats.parse_words("牌匾、制度，图表,  ；") == ["牌匾", "制度", "图表"]
