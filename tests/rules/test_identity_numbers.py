"""Identity numbers, credit codes, bank cards and telephone numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from desktop.rules import identity_numbers as numbers

TODAY = date(2026, 9, 1)


def _id(first_seventeen: str) -> str:
    return first_seventeen + numbers.id_check_character(first_seventeen)


def test_the_standards_own_example_is_right():
    assert numbers.id_number_fault("11010519491231002X", TODAY) == ""
    assert numbers.id_number_fault("440524188001010014", TODAY) == ""


@pytest.mark.parametrize("prefix", ["150502", "810000", "820000", "830000", "710000", "911124"])
def test_every_kind_of_holder_is_taken(prefix: str):
    assert numbers.id_number_fault(_id(prefix + "19800229" + "012"), TODAY) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("150502800101001", "15位"),
        ("1505021980010100", "有16位"),
        ("15050219800101001x", "大写X"),
        (_id("16050219800101001"), "地区码16"),
        (_id("98450219800101001"), "地区码84"),
        (_id("15050219810229001"), "出生日期19810229"),
        (_id("15050220260902001"), "今天之后"),
        (_id("15050218491231001"), "过早"),
        ("110105194912310021", "校验位"),
        ("１10105194912310020", "数字"),
    ],
)
def test_a_wrong_number_says_why(number: str, words: str):
    assert words in numbers.id_number_fault(number, TODAY)


@given(st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_seen(place: int, shift: int):
    right = "11010519491231002X"
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert numbers.id_number_fault(wrong, TODAY) != ""


def test_birth_and_gender_are_read():
    assert numbers.birth_date_in("11010519491231002X") == date(1949, 12, 31)
    assert numbers.gender_in("11010519491231002X") == "女"
    assert numbers.gender_in("440524188001010014") == "男"


def test_a_right_credit_code():
    assert numbers.credit_code_fault("91110000600037341L") == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91110000600037341", "有17位"),
        ("91110000600037341M", "校验位"),
        ("9111000060003734I1", "不使用的字母"),
        ("01110000600037341L", "格式"),
    ],
)
def test_a_wrong_credit_code_says_why(code: str, words: str):
    assert words in numbers.credit_code_fault(code)


def test_village_collectives_begin_with_a_letter():
    body = "N2150502MF0000001"
    assert numbers.credit_code_fault(body + numbers.uscc.calc_check_digit(body)) == ""


def test_bank_cards():
    assert numbers.bank_card_fault("4111111111111111") == ""
    assert "校验位" in numbers.bank_card_fault("4111111111111112")
    assert "数字" in numbers.bank_card_fault("4111 1111")
    assert "同一个数字" in numbers.bank_card_fault("0" * 16)
    for length, fits in ((11, False), (12, True), (19, True), (20, False)):
        number = "6" * (length - 2)
        whole = next(one for last in range(100) if luhn.is_valid(one := f"{number}{last:02d}"))
        assert (numbers.bank_card_fault(whole) == "") is fits


def test_the_numbers_that_went_before_the_credit_code_are_called_by_name():
    assert "组织机构代码" in numbers.credit_code_fault("MA0000002")
    assert "注册号" in numbers.credit_code_fault("150000000000001")


@pytest.mark.parametrize(
    "number", ["810000199408230021", "830000199201300022", "911124198108030024", "110105200002290021"]
)
def test_specimens_of_cards_are_right(number: str):
    """Hong Kong, Taiwan, a permanent resident from Canada, and one born on a leap day."""
    assert numbers.id_number_fault(number, date(2026, 1, 1)) == ""


def test_the_edges_of_births():
    def number(born: str) -> str:
        first = f"150502{born}001"
        return first + numbers.id_check_character(first)

    today = date(2026, 11, 21)
    assert numbers.id_number_fault(number("20261121"), today) == ""
    assert "今天之后" in numbers.id_number_fault(number("20261122"), today)
    assert "不存在" in numbers.id_number_fault(number("20230229"), today)
    assert numbers.id_number_fault(number("18500101"), today) == ""
    assert "过早" in numbers.id_number_fault(number("18491231"), today)


@pytest.mark.parametrize(
    "phone",
    [
        "13800000001", "0475-8210000", "8210000", "13800000001、0475-8210000", "400-800-8888", "138 0000 0001",
        "138-0000-0001", "+86 138 0000 0001", "86-13800000001", "(0475)8210000", "（0475） 8210000",
        "0475-8210000转101", "0475-8210000 转 8", "010-88886666-101", "13800000001/13900000001",
        "13800000001 13900000001", "12351", "95588", "800-810-8888", "008613800000001", "8821000",
    ],
)  # fmt: skip
def test_telephones_that_can_be_dialled(phone: str):
    assert numbers.phone_fault(phone) == ""


@pytest.mark.parametrize(
    "phone", ["1380000000", "12800000001", "电话", "0475 82", "138000000011", "0475-", "13800000001、1", "1234"]
)
def test_telephones_that_cannot(phone: str):
    assert "电话" in numbers.phone_fault(phone)
