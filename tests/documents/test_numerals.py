import random
from datetime import date

import cn2an
import pytest

from desktop.documents.numerals import (
    DOCUMENT_NUMBER,
    amount_text,
    capital_amount,
    chinese_ordinal,
    date_text,
    document_number,
    read_date_text,
)
from desktop.errors import BadInput


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"), (1, "壹分"), (10, "壹角整"), (105, "壹元零伍分"), (10000, "壹佰元整"), (1000000, "壹万元整"),
        (1234500, "壹万贰仟叁佰肆拾伍元整"), (10500050, "壹拾万伍仟元伍角整"), (10000000100, "壹亿零壹元整"),
        (1000010000, "壹仟万零壹佰元整"), (10_0001_0000_0000_00, "壹拾万零壹亿元整"), (-100, "负壹元整"),
    ],
)  # fmt: skip
def test_amounts_in_capitals(fen, text):
    assert capital_amount(fen) == text


def test_capitals_of_whole_yuan_agree_with_another_library():
    source = random.Random(4)
    for _ in range(300):
        yuan = source.randrange(1, 10 ** source.randint(1, 11))
        assert capital_amount(yuan * 100) == cn2an.an2cn(str(yuan), "rmb"), yuan


def test_too_large_an_amount_is_refused():
    with pytest.raises(BadInput, match="太大"):
        capital_amount(10**18)


def test_amounts_in_figures():
    assert amount_text(5000000) == "50,000.00"
    assert amount_text(1) == "0.01"


def test_dates_are_written_and_read_without_padding():
    assert date_text(date(2026, 9, 3)) == "2026年9月3日"
    assert read_date_text("2026年12月31日") == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["二〇二六年九月三日", "2026年09月03日", "2026.9.3", "2026年2月30日", "26年9月3日"])
def test_wrong_dates_are_refused(text):
    with pytest.raises(BadInput, match="成文日期"):
        read_date_text(text)


def test_document_numbers():
    assert document_number("左中工发", 2026, 18) == "左中工发〔2026〕18号"
    assert DOCUMENT_NUMBER.fullmatch("左中工发〔2026〕18号")["serial"] == "18"


@pytest.mark.parametrize(
    "text", ["左中工发[2026]18号", "左中工发〔2026〕018号", "左中工发〔26〕18号", "左中工发〔2026〕第18号"]
)
def test_what_is_written_otherwise_is_no_document_number(text):
    assert DOCUMENT_NUMBER.fullmatch(text) is None


@pytest.mark.parametrize(
    ("code", "year", "serial"),
    [("", 2026, 1), ("工 发", 2026, 1), ("工发〔", 2026, 1), ("工发", 26, 1), ("工发", 2026, 0)],
)
def test_wrong_parts_of_a_number_are_refused(code, year, serial):
    with pytest.raises(BadInput) as refusal:
        document_number(code, year, serial)
    assert refusal.value.where.startswith("number.")


def test_ordinals():
    assert [chinese_ordinal(value) for value in (1, 10, 11, 20, 99)] == ["一", "十", "十一", "二十", "九十九"]
