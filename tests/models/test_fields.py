"""What the change log knows of each field: what it takes, how it stores, what stands where nobody wrote."""

from datetime import date
from decimal import Decimal

import pytest

from desktop.models.fields import nouns, referring
from desktop.models.tables import NOUNS, SYNCED
from tests.models.rows import kind

FIELDS = [(noun.name, field) for noun in nouns().values() for field in noun.fields]


def of(noun, name):
    found = nouns()[noun].field(name)
    assert found is not None
    return found


def test_every_exchanged_table_is_described_in_the_order_of_its_columns():
    for model in SYNCED:
        columns = [column.name for column in model.__table__.columns if column.name != "id"]
        assert list(nouns()[model.__tablename__].names) == columns


def test_parents_stand_before_those_that_refer_to_them():
    order = list(nouns())
    late = {
        (name, field.name)
        for name, field in FIELDS
        if field.target is not None and order.index(field.target) > order.index(name)
    }
    assert late == set()


def test_a_field_or_table_that_is_not_known_is_none():
    assert nouns()["units"].field("invented") is None
    assert nouns()["units"].field("id") is None
    assert "invented" not in nouns()


def test_every_field_has_a_chinese_title():
    silent = [(name, field.name) for name, field in FIELDS if not any("一" <= letter <= "鿿" for letter in field.title)]
    assert silent == []


def test_titles_are_told_apart_within_a_table():
    for noun in nouns().values():
        titles = [field.title for field in noun.fields]
        assert len(titles) == len(set(titles)), noun.name


def test_what_stands_where_nobody_wrote_can_be_shown():
    for name, field in FIELDS:
        if field.default is not None or not field.required:
            assert field.accepts(field.default), (name, field.name)


def test_money_is_whole_everywhere():
    money = [(name, field) for name, field in FIELDS if field.name.endswith("_fen")]
    assert len(money) >= 8
    for name, field in money:
        assert kind(field) == "integer", (name, field.name)
        for bad in (1.5, "100", "1.00"):
            assert not field.accepts(bad), (name, field.name, bad)


def test_no_column_holds_a_float():
    kinds = {type(column.type).__name__ for model in SYNCED for column in model.__table__.columns}
    assert kinds <= {"String", "Text", "Integer", "Boolean", "Date", "CanonicalJson", "Hundredths"}


def test_days_are_days():
    for name, field in FIELDS:
        if field.name.endswith("_on"):
            assert kind(field) == "date", (name, field.name)


@pytest.mark.parametrize("bad", ["", "2026-9-1", "20260901", "2026-02-30", "2026-09-01T00:00", "2026-W36-2", 20260901])
def test_a_day_that_cannot_be_shown_is_not_taken(bad):
    assert not of("workrooms", "named_on").accepts(bad)


@pytest.mark.parametrize("good", ["2026-09-01", "2024-02-29", "1949-10-01", None])
def test_a_day_is_taken_in_its_one_writing(good):
    assert of("workrooms", "named_on").accepts(good)


@pytest.mark.parametrize(
    ("value", "taken"), [(0, True), (1, True), (None, True), (2, False), (-1, False), ("1", False)]
)
def test_yes_no_and_unknown(value, taken):
    assert of("workrooms", "venue_fixed").accepts(value) is taken


def test_a_truth_that_must_be_told_is_not_left_out():
    assert not of("members", "core").accepts(None)
    assert of("members", "core").default == 1


@pytest.mark.parametrize(("value", "taken"), [('["甲"]', True), ("[]", True), ("[", False), ("", False), (7, False)])
def test_lists_are_json(value, taken):
    assert of("workrooms", "tags").accepts(value) is taken


def test_json_too_deep_to_read_is_not_taken():
    assert not of("attestations", "value").accepts("[" * 100_000 + "]" * 100_000)


@pytest.mark.parametrize("bad", ["NaN", "[Infinity]", '{"甲":-Infinity}'])
def test_numbers_that_json_does_not_know_are_not_taken(bad):
    assert not of("attestations", "value").accepts(bad)


@pytest.mark.parametrize("bad", ["5", "null", '"甲"', "{}", "[1]", "[null]"])
def test_a_list_of_words_is_nothing_else(bad):
    assert not of("workrooms", "tags").accepts(bad)


@pytest.mark.parametrize("bad", ["[]", "5", "null"])
def test_a_table_of_words_is_nothing_else(bad):
    assert not of("steps", "effects").accepts(bad)


@pytest.mark.parametrize("good", ["5", "null", "[]", "{}", "true", '"甲"', "1.5"])
def test_an_attested_value_may_be_anything(good):
    assert of("attestations", "value").accepts(good)


@pytest.mark.parametrize(("value", "taken"), [("", True), ("𠮷", True), (0, False), (None, False)])
def test_text_is_text(value, taken):
    assert of("units", "name").accepts(value) is taken


def test_values_are_stored_as_the_log_writes_them():
    assert of("workrooms", "venue_area_sqm").store(Decimal("60.5")) == 6050
    assert of("workrooms", "named_on").store(date(2026, 9, 1)) == "2026-09-01"
    assert of("workrooms", "tags").store(["乙", "甲"]) == '["乙","甲"]'
    assert of("steps", "effects").store({"乙": 1, "a": 2}) == '{"a":2,"乙":1}'
    truth = of("workrooms", "venue_fixed").store(True)
    assert (truth, type(truth)) == (1, int)
    for name in ("venue_area_sqm", "named_on", "tags", "venue_fixed"):
        assert of("workrooms", name).store(None) is None


def test_what_is_stored_is_what_is_taken():
    for name, value in {"venue_area_sqm": Decimal(1), "named_on": date.min, "tags": [], "venue_fixed": False}.items():
        field = of("workrooms", name)
        assert field.accepts(field.store(value)), name


def test_references_are_found_from_both_ends():
    pairs = {(target, pair) for target, found in referring().items() for pair in found}
    assert pairs == {(field.target, (name, field.name)) for name, field in FIELDS if field.target is not None}
    assert ("workrooms", "leader_id") in referring()["people"]
    assert set(referring()) == set(NOUNS)


def test_private_numbers_are_marked_sensitive():
    private = {(name, field.name) for name, field in FIELDS if field.sensitive}
    assert private >= {
        ("people", "id_number"),
        ("people", "phone"),
        ("people", "bank_account"),
        ("people", "bank_name"),
        ("units", "account_number"),
        ("objections", "raised_by"),
    }
    assert not {name for _, name in private} & {"name", "state", "level", "office_id"}


def test_choices_hold_their_own_default():
    for model in SYNCED:
        for column in model.__table__.columns:
            choices = column.info.get("choices")
            if choices and column.default is not None and not column.default.is_callable:
                assert column.default.arg in choices, column
            if choices:
                assert len(choices) == len(set(choices)), column
