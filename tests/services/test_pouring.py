"""Very many rows at once leave the same behind as the triggers do row by row, whole or not at all."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.models import capture, pouring
from desktop.models.database import Database, create_database
from desktop.services import records
from desktop.services.record.insertion import insert_checked
from desktop.services.search import keys as search_keys
from tests.services.test_record_insertion import whole


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new file with every trigger, and nobody to seal its changes."""
    made = create_database(tmp_path / "own.db")
    yield made
    made.close()


def raw_of(session: Session) -> sqlite3.Connection:
    return capture.driver(session.connection())


def triggers(raw: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))


def left_behind(session: Session, monkeypatch: pytest.MonkeyPatch, worth_it: int) -> object:
    """Put a few of everything, some of it named before it is there; return the marks and the stale keys."""
    monkeypatch.setattr(pouring, "WORTH_IT", worth_it)
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    rooms = [whole("workrooms", id=f"{n:08d}-0000-4000-8000-000000000000", name=f"工作室{n}") for n in range(4)]
    unit, person = (f"0000000{n}-1111-4000-8000-000000000000" for n in (1, 2))
    rooms[1]["unit_id"], rooms[2]["leader_id"] = unit, person
    insert_checked(session, "workrooms", rooms)
    search_keys.refresh(session)
    insert_checked(session, "units", [whole("units", id=unit, name="迟到的单位")])
    insert_checked(session, "people", [whole("people", id=person, name="迟到的人")])
    after_late = stale(session)
    search_keys.refresh(session)
    member = {"id": "00000001-2222-4000-8000-000000000000", "workroom_id": rooms[0]["id"], "person_id": person}
    insert_checked(session, "members", [whole("members", **member, role="骨干成员")])
    after_member = stale(session)
    search_keys.refresh(session)
    outcome = whole("outcomes", id="00000001-3333-4000-8000-000000000000", workroom_id=rooms[3]["id"], name="夹具")
    insert_checked(session, "outcomes", [outcome])
    marks = raw_of(session).execute("SELECT noun, id, before FROM sync_dirty ORDER BY noun, id").fetchall()
    return after_late, after_member, stale(session), marks, triggers(raw_of(session))


def stale(session: Session) -> list[str]:
    found = raw_of(session).execute("SELECT workroom_id FROM workroom_keys WHERE stale = 1 ORDER BY workroom_id")
    return [row[0] for row in found]


def test_the_same_is_marked_as_by_the_triggers(database, monkeypatch):
    with database.writing() as session:
        one_by_one = left_behind(session, monkeypatch, 10**9)
        session.rollback()
    with database.writing() as session:
        at_once = left_behind(session, monkeypatch, 1)
        session.rollback()
    assert at_once == one_by_one
    assert len(at_once[3]) == 8
    assert [len(part) for part in at_once[:3]] == [2, 1, 1]


def test_a_refused_row_leaves_nothing_and_every_trigger(session: Session, monkeypatch):
    monkeypatch.setattr(pouring, "WORTH_IT", 1)
    before = triggers(raw_of(session))
    people = [whole("people", name="甲"), whole("people", name="乙")]
    people[1]["id"] = people[0]["id"]
    with pytest.raises(sqlite3.IntegrityError):
        insert_checked(session, "people", people)
    assert triggers(raw_of(session)) == before
    session.rollback()
    assert records.list_records(session, "people", {}) == []
    assert triggers(raw_of(session)) == before


def test_many_more_rows_than_one_statement_takes(session: Session):
    rows = [whole("people", name=f"职工{number}") for number in range(pouring.WORTH_IT + 17)]
    insert_checked(session, "people", rows)
    marked = raw_of(session).execute("SELECT count(*) FROM sync_dirty WHERE noun = 'people'").fetchone()[0]
    assert marked == len(rows) == len(records.list_records(session, "people", {}))
