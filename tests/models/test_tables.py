"""The tables: what they refuse, what they fill in, how they name each other, and that they fit together."""

import sqlite3
import uuid
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from desktop.models import capture
from desktop.models.base import canonical_json, new_id
from desktop.models.capture import Sealed
from desktop.models.fields import nouns
from desktop.models.tables import NOUNS, SYNCED, Base
from desktop.models.workroom import Workroom
from tests.models.rows import full_row, insert, least_row

NAMES = sorted(nouns())


@pytest.mark.parametrize("noun", NAMES)
def test_what_is_required_cannot_be_left_out(raw, noun):
    for field in nouns()[noun].fields:
        if field.required:
            with pytest.raises(sqlite3.IntegrityError, match=f"NOT NULL constraint failed: {noun}.{field.name}"):
                insert(raw, noun, {**full_row(noun), field.name: None})


@pytest.mark.parametrize("noun", NAMES)
def test_what_is_not_required_may_be_left_out(raw, noun):
    empty = {field.name: None for field in nouns()[noun].fields if not field.required}
    insert(raw, noun, least_row(noun, **empty))
    assert raw.execute(f'SELECT count(*) FROM "{noun}"').fetchone() == (1,)


@pytest.mark.parametrize("noun", NAMES)
def test_two_records_never_share_an_id(raw, noun):
    insert(raw, noun, least_row(noun))
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        insert(raw, noun, least_row(noun))


@pytest.mark.parametrize("noun", NAMES)
def test_every_reference_is_checked_but_only_at_the_end(raw, noun):
    insert(raw, noun, full_row(noun))
    broken = raw.execute(f"PRAGMA foreign_key_check('{noun}')").fetchall()
    targets = sorted(field.target for field in nouns()[noun].fields if field.target is not None)
    assert sorted(parent for _, _, parent, _ in broken) == targets
    if targets:
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            raw.execute("COMMIT")


def test_every_reference_has_an_index(raw):
    for noun in nouns().values():
        firsts = {
            raw.execute(f"SELECT name FROM pragma_index_info('{index}') WHERE seqno = 0").fetchone()[0]
            for _, index, *_ in raw.execute(f"SELECT * FROM pragma_index_list('{noun.name}')").fetchall()
        }
        for field in noun.fields:
            if field.target is not None or field.name == "subject_id":
                assert field.name in firsts, (noun.name, field.name)


def test_every_exchanged_table_is_listed_once_and_by_its_name():
    assert len(SYNCED) == len(NOUNS) == len({model.__tablename__ for model in SYNCED})
    titled = {
        mapper.class_
        for mapper in Base.registry.mappers
        if any("title" in column.info for column in mapper.local_table.columns)
    }
    assert titled == set(SYNCED)


def test_ids_are_random_uuids_of_version_4():
    made = [new_id() for _ in range(2000)]
    assert len(set(made)) == len(made)
    for text in made:
        found = uuid.UUID(text)
        assert (str(found), found.version, found.variant) == (text, 4, uuid.RFC_4122)
    assert {text[19] for text in made} == set("89ab")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"乙": "𠮷"}, '{"乙":"𠮷"}'),
        ([], "[]"),
        ('引"号', '"引\\"号"'),
    ],
)
def test_equal_values_are_equal_text(value, text):
    assert canonical_json(value) == text


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), [float("-inf")]])
def test_numbers_that_are_none_are_not_written(bad):
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(bad)


@pytest.fixture
def writing(opened):
    capture.attach_sealer(opened.engine, lambda connection, info: Sealed((), ()))
    with opened.writing() as session:
        yield session


@pytest.mark.parametrize("area", [Decimal("60.5"), Decimal("0.01"), Decimal(0), Decimal("99999.99"), None])
def test_an_area_comes_back_as_it_went(writing, area):
    writing.add(Workroom(id="w", name="甲", venue_area_sqm=area))
    writing.flush()
    writing.expire_all()
    assert writing.scalar(select(Workroom.venue_area_sqm)) == area
    stored = writing.connection().exec_driver_sql("SELECT typeof(venue_area_sqm) FROM workrooms").scalar()
    assert stored == ("null" if area is None else "integer")


def test_an_area_is_kept_to_two_places(writing):
    writing.add(Workroom(id="w", name="甲", venue_area_sqm=Decimal("60.504")))
    writing.flush()
    writing.expire_all()
    assert writing.scalar(select(Workroom.venue_area_sqm)) == Decimal("60.5")


def test_lists_come_back_as_they_went_and_are_their_own(writing):
    writing.add_all([Workroom(id="a", name="甲", tags=["乙", "甲", "𠮷"]), Workroom(id="b", name="乙")])
    writing.flush()
    writing.expire_all()
    first, second = writing.scalars(select(Workroom).order_by(Workroom.id))
    assert first.tags == ["乙", "甲", "𠮷"]
    assert second.tags == second.named_levels == []
    second.tags.append("x")
    assert second.named_levels == []


def test_a_new_record_stands_on_its_defaults(writing):
    writing.add(Workroom(name="甲"))
    writing.flush()
    made = writing.scalars(select(Workroom)).one()
    assert (made.level, made.state, made.kind, made.note) == ("单位级", "已建成", "劳模工匠", "")
    assert (made.venue_fixed, made.unit_funding_fen, made.named_on) == (None, None, None)
    uuid.UUID(made.id)


def test_days_come_back_as_days(writing):
    writing.add(Workroom(id="w", name="甲", named_on=date(2024, 2, 29)))
    writing.flush()
    writing.expire_all()
    assert writing.scalar(select(Workroom.named_on)) == date(2024, 2, 29)
