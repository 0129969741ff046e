"""Capture: every table's every change leaves a mark with the state before, and nothing is committed unsealed."""

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desktop.models import capture
from desktop.models.capture import Sealed
from desktop.models.fields import nouns
from desktop.models.unit import Unit
from tests.models.rows import full_row, insert, least_row, marks, value

NAMES = sorted(nouns())


def settled(raw):
    """Forget the marks so far, as sealing does."""
    raw.execute("DELETE FROM sync_dirty")


def before(row, noun):
    return [row[name] for name in nouns()[noun].names]


@pytest.mark.parametrize("noun", NAMES)
def test_a_new_record_is_marked_without_a_past(raw, noun):
    insert(raw, noun, least_row(noun))
    assert marks(raw) == {(noun, "x"): None}


@pytest.mark.parametrize("noun", NAMES)
def test_a_change_of_any_field_is_marked_with_all_fields_before(raw, noun):
    row = full_row(noun)
    insert(raw, noun, row)
    for field in nouns()[noun].fields:
        settled(raw)
        raw.execute(f'UPDATE "{noun}" SET "{field.name}" = ? WHERE id = ?', (value(field, 1), "x"))
        assert json.loads(marks(raw)[noun, "x"]) == before(row, noun), field.name
        row[field.name] = value(field, 1)


@pytest.mark.parametrize("noun", NAMES)
def test_a_deletion_is_marked_with_what_went(raw, noun):
    row = full_row(noun)
    insert(raw, noun, row)
    settled(raw)
    raw.execute(f'DELETE FROM "{noun}"')
    assert {pair: json.loads(kept) for pair, kept in marks(raw).items()} == {(noun, "x"): before(row, noun)}


@pytest.mark.parametrize("noun", NAMES)
def test_a_replacement_is_marked_with_what_it_replaced(raw, noun):
    row = full_row(noun)
    insert(raw, noun, row)
    settled(raw)
    insert(raw, noun, full_row(noun, number=1), verb="INSERT OR REPLACE")
    assert json.loads(marks(raw)[noun, "x"]) == before(row, noun)


@pytest.mark.parametrize("noun", NAMES)
def test_the_id_of_a_record_never_changes(raw, noun):
    insert(raw, noun, least_row(noun))
    with pytest.raises(Exception, match="never changes"):
        raw.execute(f"UPDATE \"{noun}\" SET id = 'y'")
    raw.execute(f'UPDATE "{noun}" SET id = id')


def test_the_first_state_of_a_transaction_is_kept(raw):
    insert(raw, "units", least_row("units", name="一"))
    settled(raw)
    for name in ("二", "三"):
        raw.execute("UPDATE units SET name = ?", (name,))
    raw.execute("DELETE FROM units")
    (kept,) = marks(raw).values()
    assert json.loads(kept)[nouns()["units"].names.index("name")] == "一"


def test_a_record_made_and_changed_in_one_transaction_has_no_past(raw):
    insert(raw, "units", least_row("units"))
    raw.execute("UPDATE units SET name = '改'")
    assert marks(raw) == {("units", "x"): None}


def test_records_of_one_id_in_two_tables_are_marked_apart(raw):
    for noun in ("units", "people"):
        insert(raw, noun, least_row(noun))
    assert set(marks(raw)) == {("units", "x"), ("people", "x")}


def test_many_rows_in_one_statement_are_each_marked(raw):
    for number in range(20):
        insert(raw, "units", least_row("units", f"u{number}"))
    settled(raw)
    raw.execute("UPDATE units SET region = '某县' WHERE id < 'u15'")
    told = {record for (record,) in raw.execute("SELECT id FROM units WHERE region = '某县'")}
    assert {record for _, record in marks(raw)} == told
    assert 0 < len(told) < 20


def test_nothing_is_marked_by_reading_or_by_changing_nobody(raw):
    insert(raw, "units", least_row("units"))
    settled(raw)
    raw.execute("SELECT * FROM units").fetchall()
    raw.execute("UPDATE units SET name = '改' WHERE id = 'nobody'")
    raw.execute("DELETE FROM units WHERE id = 'nobody'")
    assert marks(raw) == {}
    assert not capture.has_dirty(raw)


def test_local_tables_leave_no_mark(raw):
    raw.execute("INSERT INTO workroom_keys (workroom_id) VALUES ('w')")
    raw.execute("UPDATE workroom_keys SET native = '甲'")
    raw.execute("DELETE FROM workroom_keys")
    assert marks(raw) == {}


def test_text_that_looks_like_a_number_stays_text(raw):
    insert(raw, "units", least_row("units", credit_code="007", phone="1e5"))
    settled(raw)
    raw.execute("UPDATE units SET name = '改'")
    (kept,) = marks(raw).values()
    row = dict(zip(nouns()["units"].names, json.loads(kept), strict=True))
    assert (row["credit_code"], row["phone"]) == ("007", "1e5")


def units(database):
    with database.engine.connect() as connection:
        return connection.execute(text("SELECT count(*) FROM units")).scalar()


def test_a_change_that_nobody_seals_is_not_committed(opened):
    with opened.writing() as session:
        session.add(Unit(name="甲"))
        with pytest.raises(RuntimeError, match="without a sealer"):
            session.commit()
    assert units(opened) == 0


def test_the_sealer_sees_the_transaction_and_its_word_is_kept(opened):
    seen = []

    def seal(connection, info):
        raw = capture.driver(connection)
        seen.append((marks(raw), info["operator"]))
        settled(raw)
        return Sealed(("ab",), (("units", "u"),))

    capture.attach_sealer(opened.engine, seal)
    with opened.writing() as session:
        session.info["operator"] = "王敏"
        session.add(Unit(id="u", name="甲"))
        session.commit()
        assert session.info["sealed"] == Sealed(("ab",), (("units", "u"),))
        session.commit()
    assert seen == [({("units", "u"): None}, "王敏")]
    assert units(opened) == 1


def test_a_transaction_that_only_reads_asks_no_sealer(opened):
    asked = []
    capture.attach_sealer(opened.engine, lambda connection, info: asked.append(info) or Sealed((), ()))
    with opened.reading() as session:
        session.execute(text("SELECT 1"))
        session.commit()
    assert asked == []


def test_a_decision_is_sealed_though_no_record_changed(opened):
    asked = []
    capture.attach_sealer(opened.engine, lambda connection, info: asked.append(info["decisions"]) or Sealed((), ()))
    with opened.writing() as session:
        session.info["decisions"] = ["take theirs"]
        session.execute(text("SELECT 1"))
        session.commit()
    assert asked == [["take theirs"]]


def test_a_sealer_that_fails_leaves_nothing(opened):
    def fail(connection, info):
        raise OSError("no pen")

    capture.attach_sealer(opened.engine, fail)
    with opened.writing() as session:
        session.add(Unit(name="甲"))
        with pytest.raises(OSError, match="no pen"):
            session.commit()
    assert units(opened) == 0


def test_a_change_taken_back_is_not_sealed(opened):
    asked = []
    capture.attach_sealer(opened.engine, lambda connection, info: asked.append(1) or Sealed((), ()))
    with opened.writing() as session:
        session.add(Unit(name="甲"))
        session.flush()
        session.rollback()
    assert asked == []
    assert units(opened) == 0


def test_two_databases_have_each_their_own_sealer(opened, tmp_path):
    from desktop.models.database import create_database

    other = create_database(tmp_path / "other.db")
    told = []
    for name, database in (("one", opened), ("other", other)):

        def seal(connection, info, name=name):
            told.append(name)
            settled(capture.driver(connection))
            return Sealed((), ())

        capture.attach_sealer(database.engine, seal)
    with other.writing() as session:
        session.add(Unit(name="甲"))
        session.commit()
    other.close()
    assert told == ["other"]


def test_a_record_that_names_nobody_is_refused_when_it_is_committed(opened):
    capture.attach_sealer(opened.engine, lambda connection, info: Sealed((), ()))
    with opened.writing() as session:
        session.add(Unit(name="甲", office_id="nobody"))
        session.flush()
        with pytest.raises(IntegrityError):
            session.commit()
    assert units(opened) == 0
