"""Values of a list held against those that are kept: the same for people is the same here."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.sheet.comparing import key_of, only, same, words_of

PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**6), 10**6), st.text(max_size=8), st.lists(st.text(max_size=4))
)


@given(PLAIN)
def test_a_value_is_the_same_as_itself(value):
    assert same(value, value)


@pytest.mark.parametrize("stored", [None, "", []])
@pytest.mark.parametrize("given_value", [None, "", []])
def test_nothing_is_nothing_however_it_is_held(stored, given_value):
    assert same(stored, given_value)


@given(st.integers(-(10**6), 10**6), st.sampled_from(["", ".0", ".00"]))
def test_a_number_is_the_same_however_many_places_are_written(number, places):
    assert same(number, f"{number}{places}")
    assert not same(number, f"{number + 1}{places}")


@pytest.mark.parametrize(
    ("stored", "given_value"),
    [
        (0, ""),
        (0, None),
        (False, ""),
        (True, "1"),
        (5, "五"),
        (5, "nan"),
        (5.5, "5"),
        ("甲", "乙"),
        (["甲"], ["乙"]),
        ("0", ""),
    ],
)
def test_what_differs_for_people_differs(stored, given_value):
    assert not same(stored, given_value)


def test_decimals_count_by_value():
    assert same(48.5, "48.50")
    assert same(Decimal("48.5"), 48.5)


@given(st.text(alphabet="甲乙 aA\u3000Ａ", max_size=10))
def test_names_are_compared_without_spaces_and_folded(name):
    assert key_of(name) == key_of(f" {name} ") == key_of(name.upper())
    assert " " not in key_of(name)


def test_values_are_shown_as_people_write_them():
    assert [words_of(one) for one in (True, False, None, ["甲", "乙"], [], 0, "文")] == [
        "是",
        "否",
        "",
        "甲、乙",
        "",
        "0",
        "文",
    ]
    assert only({"a": 1, "b": None}, ("b", "c")) == {"b": None}
