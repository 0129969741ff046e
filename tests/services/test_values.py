"""Values at the door: money, conditions, searches – read exactly or refused with field and value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import BadInput
from desktop.services import money, records
from desktop.services.search.text import latin_key, matches, narrows, native_key, plain, terms

WORDS = st.lists(st.text(alphabet="甲乙丙abC12 ", max_size=6), max_size=4)


@pytest.mark.parametrize(
    ("given_", "fen"),
    [
        ("5000", 500_000),
        ("5,000.00", 500_000),
        (" 0.01 ", 1),
        (12, 1200),
        (0.1, 10),
        (Decimal("19.99"), 1999),
        ("-3.50", -350),
        ("0", 0),
    ],
)
def test_money_is_read_to_the_fen(given_, fen):
    assert money.fen(given_) == fen


@pytest.mark.parametrize("bad", ["", "五千", "1.234", "0.001", "NaN", "Infinity", None, True, "1元", [], "1.2.3"])
def test_what_is_no_amount_is_refused(bad):
    with pytest.raises(BadInput, match="金额写法不对"):
        money.fen(bad)


@given(st.integers(-(10**15), 10**15))
def test_money_goes_out_and_comes_back(fen):
    text = money.yuan(fen)
    assert money.fen(text) == fen
    assert text[-3] == "."


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([], {}),
        (["level=县级"], {"level": "县级"}),
        ([" name = 甲 = 乙 "], {"name": "甲 = 乙"}),
        (["unit_id="], {"unit_id": ""}),
        (["level=县级", "level=市级"], {"level": "市级"}),
    ],
)
def test_conditions_are_split_at_the_first_sign(texts, found):
    assert records.conditions(texts) == found


@pytest.mark.parametrize("bad", ["level", "=县级", " = ", ""])
def test_a_condition_without_field_is_refused(bad):
    with pytest.raises(BadInput, match="字段=值"):
        records.conditions([bad])


@pytest.fixture
def rooms(session):
    rows = [
        {"name": "甲工作室", "tags": ["智能_制造", "100%"], "venue_fixed": True, "venue_area_sqm": 60.5},
        {"name": "乙工作室", "tags": ["智能制造"], "venue_fixed": False, "established_on": "2024-02-29"},
        {"name": "丙工作室", "unit_funding_yuan": "1500.00"},
    ]
    records.put_records(session, "workrooms", rows)
    return session


def names(session, **where):
    return [row["name"][0] for row in records.list_records(session, "workrooms", where)]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"venue_fixed": "是"}, {"甲"}),
        ({"venue_fixed": "false"}, {"乙"}),
        ({"venue_fixed": ""}, {"丙"}),
        ({"tags": "智能制造"}, {"乙"}),
        ({"tags": "智能_制造"}, {"甲"}),
        ({"tags": "100%"}, {"甲"}),
        ({"tags": "%"}, set()),
        ({"tags": ""}, {"丙"}),
        ({"venue_area_sqm": "60.5"}, {"甲"}),
        ({"venue_area_sqm": "60.50"}, {"甲"}),
        ({"unit_funding_yuan": "1500"}, {"丙"}),
        ({"established_on": "2024-02-29"}, {"乙"}),
        ({"name": "甲工作室", "venue_fixed": "否"}, set()),
        ({"unit": "没有这家"}, set()),
        ({"id": "nobody"}, set()),
    ],
)
def test_conditions_find_by_value_and_never_by_pattern(rooms, where, found):
    assert set(names(rooms, **where)) == found


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"venue_fixed": "也许"}, "是或否"),
        ({"invented": "1"}, "没有“invented”这个字段"),
        ({"established_on": "去年"}, "日期"),
        ({"venue_area_sqm": "大"}, "数字"),
    ],
)
def test_a_condition_that_cannot_be_read_is_refused(rooms, where, words):
    with pytest.raises(BadInput, match=words):
        names(rooms, **where)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", ()), ("  ", ()), ("甲 乙", ("甲", "乙")), ("　ＡＢＣ　甲", ("abc", "甲")), ("甲\n甲", ("甲", "甲"))],
)
def test_a_search_is_its_words(text, words):
    assert terms(text) == words


@given(st.text(max_size=20))
def test_comparing_forms_are_settled(text):
    assert plain(plain(text)) == plain(text)
    assert terms(" ".join(terms(text))) == terms(text)


@given(WORDS, st.lists(st.sampled_from(["甲", "乙", "a", "1", "ab"]), max_size=3))
def test_the_keys_find_what_the_texts_hold(texts, words):
    plainly = [plain(text) for text in texts]
    wanted = all(any(word in text for text in plainly) for word in words)
    assert matches(native_key(texts), latin_key(texts, []), tuple(words)) is wanted


@given(WORDS, st.text(alphabet="甲乙ab", max_size=4), st.text(alphabet="甲乙ab", max_size=3))
def test_what_narrows_finds_no_more(texts, earlier, more):
    first, second = terms(earlier), terms(f"{earlier}{more}")
    keys = native_key(texts), latin_key(texts, [])
    if narrows(first, second) and all(word.isascii() for word in (*first, *second)) and matches(*keys, second):
        assert matches(*keys, first)


def test_adding_a_letter_narrows_and_another_word_does_not_widen():
    assert narrows(("周",), ("周建",))
    assert narrows(("周",), ("周", "县"))
    assert not narrows(("周建",), ("周",))
    assert narrows((), ("周",))
