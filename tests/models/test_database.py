"""The file: made once, opened safely, written by one at a time, and copied whole or not at all."""

import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from desktop.errors import StorageFault
from desktop.models import capture, database, refresh
from desktop.models.capture import Sealed
from desktop.models.unit import Unit


@pytest.fixture
def sealed(opened):
    def seal(connection, info):
        capture.driver(connection).execute("DELETE FROM sync_dirty")
        return Sealed((), ())

    capture.attach_sealer(opened.engine, seal)
    return opened


def keep(opened, name):
    with opened.writing() as session:
        session.add(Unit(name=name))
        session.commit()


def names(opened):
    with opened.reading() as session:
        return sorted(session.scalars(text("SELECT name FROM units")))


def test_a_file_is_never_made_over_another(tmp_path):
    path = tmp_path / "kept.db"
    path.write_bytes(b"mine")
    with pytest.raises(StorageFault, match="不会覆盖"):
        database.create_database(path)
    assert path.read_bytes() == b"mine"


def test_folders_on_the_way_are_made(tmp_path):
    database.create_database(tmp_path / "新" / "夹" / "a.db").close()
    assert (tmp_path / "新" / "夹" / "a.db").is_file()


def test_a_place_where_no_folder_can_be_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFault, match="建不了文件夹"):
        database.create_database(tmp_path / "file" / "a.db")


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(StorageFault, match="找不到数据库文件"):
        database.open_database(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_an_empty_file_stays_as_it_is(tmp_path):
    (tmp_path / "a.db").write_bytes(b"")
    with pytest.raises(StorageFault, match="这个文件是空的"):
        database.open_database(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes() == b""
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("recursive_triggers", 1)],
)
def test_every_connection_is_set_for_safety(opened, pragma, value):
    with opened.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_what_is_committed_is_there_after_opening_again(sealed):
    keep(sealed, "甲")
    sealed.close()
    again = database.open_database(sealed.path)
    assert names(again) == ["甲"]
    again.close()


def test_what_is_not_committed_is_not_there(sealed):
    with sealed.writing() as session:
        session.add(Unit(name="甲"))
        session.flush()
    assert names(sealed) == []


def test_a_reader_sees_one_state_while_another_writes(sealed):
    keep(sealed, "甲")
    with sealed.reading() as session:
        count = text("SELECT count(*) FROM units")
        assert session.scalar(count) == 1
        keep(sealed, "乙")
        assert session.scalar(count) == 1
    assert names(sealed) == ["乙", "甲"]


def test_the_second_writer_is_told_to_wait(sealed, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    other = database.connect(sealed.path)
    with sealed.writing() as session:
        session.add(Unit(name="甲"))
        session.flush()
        with pytest.raises(StorageFault, match="另一个程序写入"), database.translated(sealed.path):
            keep(other, "乙")
    other.close()
    assert names(sealed) == []


def test_after_a_refusal_the_next_change_is_taken(sealed):
    def refuse(connection, info):
        raise PermissionError("not yours")

    seal = capture._sealers[sealed.engine.dialect]
    capture.attach_sealer(sealed.engine, refuse)
    with pytest.raises(PermissionError):
        keep(sealed, "甲")
    capture.attach_sealer(sealed.engine, seal)
    keep(sealed, "乙")
    assert names(sealed) == ["乙"]


def test_after_a_refusal_the_lock_is_free_for_others(sealed, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    capture._sealers.pop(sealed.engine.dialect)
    with pytest.raises(RuntimeError):
        keep(sealed, "甲")
    with closing(sqlite3.connect(sealed.path, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")


def test_a_copy_of_a_live_file_is_whole(sealed, tmp_path):
    keep(sealed, "甲")
    with sealed.writing() as session:
        session.add(Unit(name="乙"))
        session.flush()
        database.copy_database(sealed.path, tmp_path / "夹" / "copy.db")
    with closing(sqlite3.connect(tmp_path / "夹" / "copy.db")) as copy:
        assert copy.execute("SELECT name FROM units").fetchall() == [("甲",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert [path.name for path in (tmp_path / "夹").iterdir()] == ["copy.db"]


def test_a_copy_that_fails_leaves_the_older_one(tmp_path):
    (tmp_path / "junk.db").write_bytes(b"no database at all " * 100)
    (tmp_path / "copy.db").write_bytes(b"older")
    with pytest.raises(StorageFault, match="最近的备份"):
        database.copy_database(tmp_path / "junk.db", tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == b"older"


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("database is locked", "关闭另一个窗口"),
        ("database or disk is full", "清理磁盘空间"),
        ("attempt to write a readonly database", "检查文件夹权限"),
        ("unable to open database file", "检查文件夹权限"),
        ("disk I/O error", "检查磁盘"),
    ],
)
def test_each_fault_of_the_disk_says_what_to_do(tmp_path, reason, advice):
    with pytest.raises(StorageFault, match=advice) as told, database.translated(tmp_path / "a.db"):
        raise sqlite3.OperationalError(reason)
    assert str(tmp_path / "a.db") in told.value.message


@pytest.mark.parametrize(("free", "advice"), [(0, "磁盘已满"), (10**9, "disk I/O error")])
def test_an_error_of_reading_on_a_full_disk_is_told_as_a_full_disk(tmp_path, monkeypatch, free, advice):
    monkeypatch.setattr(database.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    with pytest.raises(StorageFault, match=advice), database.translated(tmp_path / "a.db"):
        raise sqlite3.OperationalError("disk I/O error")


def test_a_broken_reference_is_no_fault_of_the_file(tmp_path):
    with pytest.raises(sqlite3.IntegrityError), database.translated(tmp_path / "a.db"):
        raise sqlite3.IntegrityError("FOREIGN KEY constraint failed")


@pytest.fixture
def hooks(monkeypatch):
    monkeypatch.setattr(refresh, "_functions", [])
    return refresh._functions


def test_what_is_derived_is_brought_up_to_date_in_order_and_once(opened, hooks):
    told = []

    @refresh.register
    def first(connection, changed):
        told.append(("first", list(changed)))

    @refresh.register
    def second(connection, changed):
        told.append(("second", list(changed)))

    refresh.register(first)
    with opened.engine.begin() as connection:
        refresh.run(connection, [("units", "u")])
    assert told == [("first", [("units", "u")]), ("second", [("units", "u")])]


def test_a_hook_that_fails_is_not_passed_over(opened, hooks):
    later = []

    @refresh.register
    def fails(connection, changed):
        raise ValueError("broken")

    refresh.register(lambda connection, changed: later.append(changed))
    with opened.engine.begin() as connection, pytest.raises(ValueError, match="broken"):
        refresh.run(connection, [])
    assert later == []
