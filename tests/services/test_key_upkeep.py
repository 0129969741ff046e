"""Search keys of an earlier form are made again piece by piece, wherever that is broken off."""

from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desktop.models import key_form
from desktop.models.change import SyncCommit, SyncDirty
from desktop.models.database import Database, connect, copy_database
from desktop.models.search import WorkroomKey
from desktop.services import records, registry, store
from desktop.services.search import keys as search_keys
from desktop.services.search import upkeep
from tests.services.test_registry import found

EARLIER = "PRAGMA user_version = 0"


def fill(session: Session, count: int) -> list[str]:
    """Add workrooms of the same leader and make their keys."""
    leader = records.put_records(session, "people", {"name": "张建成"})[0]["id"]
    rooms = [{"name": f"第{number}工作室", "leader_id": leader} for number in range(count)]
    ids = [row["id"] for row in records.put_records(session, "workrooms", rooms)]
    search_keys.refresh(session)
    return ids


@pytest.fixture
def earlier(database: Database) -> list[str]:
    """Seven workrooms in a file whose keys have the form of before: nobody is found by mixed typing."""
    with database.writing() as session:
        ids = fill(session, 7)
        session.execute(update(WorkroomKey).values(latin="zjc\nzhangjiancheng"))
        session.connection().exec_driver_sql(EARLIER)
        session.commit()
    return ids


def make(database: Database, limit: int) -> int:
    with store.writing(database, "") as session:
        return upkeep.make_some(session, limit)


def test_a_new_file_waits_for_nothing(database: Database):
    assert upkeep.outstanding(database.path) == 0
    with database.writing() as session:
        fill(session, 3)
        session.commit()
    assert upkeep.outstanding(database.path) == 0
    assert make(database, 2) == 0


def test_keys_of_an_earlier_form_are_made_again_in_pieces(database: Database, earlier: list[str]):
    assert upkeep.outstanding(database.path) == 7
    assert found(database, "zhangjc") == []
    left = []
    while make(database, 3):
        left.append((upkeep.outstanding(database.path), len(found(database, "zhangjc"))))
    assert left == [(4, 3), (1, 6), (0, 7)]
    assert found(database, "zhangjc") == found(database, "zjc")


def test_all_at_once_and_again_changes_nothing(database: Database, earlier: list[str]):
    assert make(database, 100) == 7
    assert make(database, 100) == 0
    assert upkeep.outstanding(database.path) == 0


def test_a_piece_broken_off_leaves_no_trace(database: Database, earlier: list[str]):
    make(database, 2)
    with store.writing(database, "") as session:
        assert upkeep.make_some(session, 2) == 2
        session.rollback()
    assert upkeep.outstanding(database.path) == 5
    assert len(found(database, "zhangjc")) == 2
    with database.reading() as session:
        row = session.connection().exec_driver_sql(key_form.READ).scalar_one()
    assert key_form.done(row) == 2


def test_another_opening_goes_on_where_the_last_one_stopped(database: Database, earlier: list[str], tmp_path: Path):
    make(database, 4)
    copy_database(database.path, tmp_path / "backup.db")
    database.close()
    for opened in (connect(database.path), connect(tmp_path / "backup.db")):
        assert upkeep.outstanding(opened.path) == 3
        assert make(opened, 100) == 3
        assert len(found(opened, "zhangjc")) == 7
        opened.close()


def test_what_changes_meanwhile_is_made_first_and_what_is_new_is_not_made_twice(database: Database, earlier: list[str]):
    make(database, 2)
    with database.writing() as session:
        records.put_records(session, "workrooms", {"id": earlier[6], "name": "改名工作室"})
        session.execute(update(WorkroomKey).where(WorkroomKey.workroom_id == earlier[6]).values(stale=1))
        session.commit()
    assert upkeep.outstanding(database.path) == 5
    assert make(database, 3) == 1
    assert "改名工作室" in found(database, "gaimgzs")
    assert make(database, 100) == 5
    with database.writing() as session:
        fill(session, 2)
        session.commit()
    assert upkeep.outstanding(database.path) == 0
    assert len(found(database, "zhangjc")) == 9


def test_an_empty_file_of_before_is_done_at_once(database: Database):
    with database.writing() as session:
        session.connection().exec_driver_sql(EARLIER)
        session.commit()
    assert upkeep.outstanding(database.path) == 0
    assert make(database, 5) == 0
    with registry.connected(database.path) as connection:
        assert key_form.done(connection.execute(key_form.READ).fetchone()[0]) == key_form.ALL


def test_upkeep_is_no_change_of_the_register(database: Database, earlier: list[str]):
    with database.reading() as session:
        before = session.scalars(select(SyncCommit.id)).all(), session.scalars(select(SyncDirty.id)).all()
    while make(database, 3):
        pass
    with database.reading() as session:
        assert (session.scalars(select(SyncCommit.id)).all(), session.scalars(select(SyncDirty.id)).all()) == before
        made = {row.workroom_id: (row.native, row.latin) for row in session.scalars(select(WorkroomKey))}
    with database.writing() as session:
        search_keys.rebuild(session)
        assert {row.workroom_id: (row.native, row.latin) for row in session.scalars(select(WorkroomKey))} == made


@pytest.mark.parametrize("form", [0, 1, key_form.CURRENT + 1])
@pytest.mark.parametrize("row", [0, 5, key_form.ALL])
def test_rows_of_another_form_count_for_nothing(form: int, row: int):
    assert key_form.done(form << key_form.PLACES | row) == 0


@pytest.mark.parametrize("row", [0, 1, 150_000, key_form.ALL, key_form.ALL + 5])
def test_what_is_written_is_what_is_read(row: int):
    assert key_form.done(int(key_form.write(row).rpartition("=")[2])) == min(row, key_form.ALL)
    assert int(key_form.write(row).rpartition("=")[2]) < 1 << 31
