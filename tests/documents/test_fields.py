"""Plain data read strictly: every refusal names the field by its whole path."""

import math
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.fields import LONGEST_LINE, Fields, clean_text
from desktop.documents.money_fields import LARGEST_FEN, money
from desktop.errors import BadInput


def refused(call, where):
    with pytest.raises(BadInput) as caught:
        call()
    assert caught.value.where == where
    return caught.value.message


def test_a_text_loses_the_blanks_around_it():
    assert Fields({"name": "　 李喆\u00a0"}).text("name") == "李喆"


def test_a_missing_text_is_asked_for_and_an_optional_one_is_not():
    assert "缺少字段" in refused(lambda: Fields({}).text("name"), "name")
    assert "缺少字段" in refused(lambda: Fields({"name": None}).text("name"), "name")
    assert Fields({}).text("name", "") == ""
    assert Fields({"name": None}).text("name", "甲") == "甲"


def test_a_blank_text_is_refused_where_one_must_be_given():
    assert "空的" in refused(lambda: Fields({"name": " 　"}).text("name"), "name")
    assert Fields({"name": " 　"}).text("name", "") == ""


@pytest.mark.parametrize("value", [3, True, ["甲"], {"a": 1}, 2.5])
def test_what_is_no_text_is_refused(value):
    assert "应是文字" in refused(lambda: Fields({"name": value}).text("name"), "name")


def test_length_is_counted_after_the_blanks_are_gone():
    assert Fields({"name": " " * 50 + "甲" * LONGEST_LINE}).text("name") == "甲" * LONGEST_LINE
    message = refused(lambda: Fields({"name": "甲" * (LONGEST_LINE + 1)}).text("name"), "name")
    assert "301个字" in message
    assert "最多300个字" in message


@pytest.mark.parametrize(
    ("char", "said"),
    [("\n", "换行"), ("\r", "换行"), ("\u2028", "换行"), ("\t", "U+0009"), ("\0", "U+0000"), ("\u202e", "U+202E"),
     ("\u200b", "U+200B"), ("\ud800", "U+D800"), ("\ue000", "U+E000"), ("\U0010ffff", "U+10FFFF")],
)  # fmt: skip
def test_characters_that_no_paper_prints_are_named(char, said):
    assert said in refused(lambda: clean_text(f"甲{char}乙", "body[2]", 100), "body[2]")


@given(st.text(st.characters(categories=("L", "N", "P", "S"), exclude_characters="\ufeff"), min_size=1, max_size=60))
def test_every_text_of_letters_figures_and_marks_comes_back(text):
    assert Fields({"name": text}).text("name") == text.strip()


def test_one_text_counts_as_a_list_of_one():
    assert Fields({"to": "旗总工会"}).texts("to") == ("旗总工会",)
    assert Fields({"to": ["旗总工会", "市总工会"]}).texts("to") == ("旗总工会", "市总工会")
    assert Fields({}).texts("to") == ()


def test_lists_are_refused_by_the_item_that_is_wrong():
    assert "应是文字" in refused(lambda: Fields({"to": ["甲", 2]}).texts("to"), "to[1]")
    assert "列表" in refused(lambda: Fields({"to": 5}).texts("to"), "to")
    assert "不能为空" in refused(lambda: Fields({"to": []}).texts("to", required=True), "to")
    assert "空的" in refused(lambda: Fields({"to": ["甲", " "]}).texts("to"), "to[1]")
    refused(lambda: Fields({}).texts("to", required=True), "to")


@pytest.mark.parametrize("value", ["2026-9-3", "2026/09/03", "2026-02-30", "20260903", 20260903, "", ["2026-09-03"]])
def test_what_is_no_date_is_refused(value):
    assert "2026-09-03" in refused(lambda: Fields({"date": value}).day("date"), "date")


def test_dates_are_read_or_taken_as_they_are():
    assert Fields({"date": "2026-09-03"}).day("date") == date(2026, 9, 3)
    assert Fields({"date": date(2026, 9, 3)}).day("date") == date(2026, 9, 3)
    assert Fields({}).day("date") is None


@pytest.mark.parametrize("value", [True, "3", 3.0, None])
def test_a_whole_number_is_one(value):
    assert "整数" in refused(lambda: Fields({"year": value}).whole("year"), "year")


def test_flags_and_choices_take_only_their_words():
    assert Fields({"sealed": False}).flag("sealed", default=True) is False
    assert Fields({}).flag("sealed", default=True) is True
    assert "true" in refused(lambda: Fields({"sealed": 1}).flag("sealed", default=True), "sealed")
    assert Fields({"urgency": "特急"}).choice("urgency", ("特急", "加急")) == "特急"
    assert Fields({}).choice("urgency", ("特急",)) == ""
    assert "特急、加急" in refused(lambda: Fields({"urgency": "急"}).choice("urgency", ("特急", "加急")), "urgency")


def test_parts_know_their_place():
    parts = Fields({"rows": [{"name": "甲"}, {"name": ""}]}, "table").parts("rows")
    assert [part.path("name") for part in parts] == ["table.rows[0].name", "table.rows[1].name"]
    assert parts[0].text("name") == "甲"
    refused(lambda: parts[1].text("name"), "table.rows[1].name")
    assert Fields({}).parts("rows") == []
    assert Fields({}).part("table") is None
    assert "缺少" in refused(lambda: Fields({}).parts("rows", required=True), "rows")
    assert "列表" in refused(lambda: Fields({"rows": "甲"}).parts("rows"), "rows")
    assert "对象" in refused(lambda: Fields({"rows": ["甲"]}).parts("rows"), "rows[0]")
    assert "对象" in refused(lambda: Fields({"table": 3}).part("table"), "table")


def test_fields_that_nobody_asked_for_are_refused_with_what_there_is():
    fields = Fields({"name": "甲", "nmae": "乙"}, "rows[3]")
    fields.text("name")
    fields.has("note")
    message = refused(fields.done, "rows[3].nmae")
    assert "name、note" in message


def test_asking_whether_a_field_is_there_makes_it_known():
    fields = Fields({"note": None})
    assert not fields.has("note")
    fields.done()


@pytest.mark.parametrize(
    ("value", "fen"),
    [("5", 500), ("5.3", 530), ("1,234,567.89", 123456789), (50000, 5000000), (12.34, 1234), (0.1, 10), ("0", 0),
     (Decimal("0.01"), 1), ("5e3", 500000)],
)  # fmt: skip
def test_amounts_are_read_to_the_fen(value, fen):
    assert money(Fields({"a": value}), "a") == fen


@pytest.mark.parametrize(
    "value", ["0.001", -1, "-0.01", "五万", "", True, [], {}, math.nan, math.inf, "NaN", "1e20", "1.2.3", 0.005]
)
def test_what_is_no_amount_is_refused(value):
    assert "金额" in refused(lambda: money(Fields({"a": value}, "rows[0]"), "a"), "rows[0].a")


def test_a_missing_amount_is_asked_for_or_has_its_default():
    assert money(Fields({}), "a", 0) == 0
    assert "缺少" in refused(lambda: money(Fields({}), "a"), "a")


@given(st.integers(0, LARGEST_FEN))
def test_every_amount_written_out_is_read_back(fen):
    assert money(Fields({"a": f"{fen // 100}.{fen % 100:02d}"}), "a") == fen
    assert money(Fields({"a": f"{fen // 100:,}.{fen % 100:02d}"}), "a") == fen
