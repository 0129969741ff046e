"""One piece of work on the database: kept whole, or not at all; never left open."""

import sqlite3
from contextlib import closing

import pytest

from desktop.errors import BadInput, DesktopError, StorageFault
from desktop.models.database import Database
from desktop.services import identity, office, records, store


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "desk.db"
    store.found(made, "左旗总工会", "县级", "左旗", regulations=("nm-2026-build",), operator="王敏")
    return made


@pytest.fixture
def desk(path):
    with store.opened(path) as opened:
        yield opened


def units(desk: Database) -> list[str]:
    with store.reading(desk) as session:
        return sorted(row["name"] for row in records.list_records(session, "units"))


def test_the_office_made_is_the_one_that_opens(tmp_path):
    made = store.found(tmp_path / "a.db", "右旗总工会", "县级", "右旗", regulations=("nm-2026-fund",))
    with store.opened(tmp_path / "a.db") as desk, store.reading(desk) as session:
        own = office.own_office(session)
        assert (own.name, own.level, own.region) == ("右旗总工会", "县级", "右旗")
        assert own.regulations == ["nm-2026-fund"]
        assert own.id == identity.own_office_id(session)
        assert identity.identity_document(session) == made


def test_an_unknown_regulation_leaves_no_file(tmp_path):
    with pytest.raises(DesktopError, match="no-such"):
        store.found(tmp_path / "a.db", "左旗总工会", "县级", "左旗", regulations=("no-such",))
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize(("name", "level"), [("", "县级"), ("左旗总工会", "乡级"), ("左旗总工会", "")])
def test_an_office_without_name_or_level_is_not_made(tmp_path, name, level):
    with pytest.raises(BadInput):
        store.found(tmp_path / "a.db", name, level, "左旗")
    assert not (tmp_path / "a.db").exists()


def test_a_database_is_not_made_twice(path):
    with pytest.raises(StorageFault, match="已经存在"):
        store.found(path, "右旗总工会", "县级", "右旗")
    with store.opened(path) as desk, store.reading(desk) as session:
        assert office.own_office(session).name == "左旗总工会"


def test_work_that_ends_well_is_kept_and_signed(desk):
    with store.writing(desk, "李出纳") as session:
        records.put_records(session, "units", {"name": "甲厂"})
    assert units(desk) == ["甲厂"]
    assert session.info["sealed"].hashes


def fail(desk: Database, error: Exception) -> None:
    with store.writing(desk, "王敏") as session:
        records.put_records(session, "units", {"name": "甲厂"})
        raise error


def test_work_that_fails_is_given_up_whole(desk):
    with pytest.raises(BadInput):
        fail(desk, BadInput("不行。"))
    assert units(desk) == []


def test_after_a_failure_the_next_work_is_taken(desk):
    with pytest.raises(sqlite3.IntegrityError):
        fail(desk, sqlite3.IntegrityError("made up"))
    with store.writing(desk, "王敏") as session:
        records.put_records(session, "units", {"name": "乙厂"})
    assert units(desk) == ["乙厂"]


def test_work_without_a_change_seals_nothing(desk):
    with store.writing(desk, "王敏") as session:
        records.list_records(session, "units")
    assert "sealed" not in session.info or not session.info["sealed"].hashes


def test_the_same_values_again_are_no_change(desk):
    with store.writing(desk, "王敏") as session:
        (unit,) = records.put_records(session, "units", {"name": "甲厂"})
    with store.writing(desk, "王敏") as again:
        records.put_records(again, "units", {"id": unit["id"], "name": "甲厂"})
    sealed = again.info.get("sealed")
    assert sealed is None or sealed.changed == ()


def test_a_reader_sees_nothing_unfinished(desk):
    with store.writing(desk, "王敏") as session:
        records.put_records(session, "units", {"name": "甲厂"})
        session.flush()
        assert units(desk) == []
    assert units(desk) == ["甲厂"]


def test_a_closed_database_can_be_moved(path, tmp_path):
    with store.opened(path) as desk, store.writing(desk, "王敏") as session:
        records.put_records(session, "units", {"name": "甲厂"})
    assert not path.with_name(path.name + "-wal").exists()
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT name FROM units").fetchall() == [("甲厂",)]


def test_a_place_without_a_database_is_told(tmp_path):
    with pytest.raises(StorageFault, match="找不到"), store.opened(tmp_path / "none.db"):
        pytest.fail("opened nothing")
    assert not (tmp_path / "none.db").exists()


def test_a_parent_given_is_the_parent_kept(path, tmp_path):
    with store.opened(path) as desk, store.reading(desk) as session:
        parent = identity.identity_document(session)
        parent_id = identity.own_office_id(session)
    store.found(tmp_path / "child.db", "某厂工会", "基层", "左旗", parent=parent)
    with store.opened(tmp_path / "child.db") as desk, store.reading(desk) as session:
        own = office.own_office(session)
        assert own.parent_id == parent_id
        assert records.get_record(session, "offices", parent_id)["name"] == "左旗总工会"
