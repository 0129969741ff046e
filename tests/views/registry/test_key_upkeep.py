"""Search keys that wait are made beside the living window, in short pieces."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select

from desktop.models.search import WorkroomKey
from desktop.services import records
from desktop.services.search import upkeep
from desktop.views.operation import Operations
from desktop.views.registry import key_upkeep
from desktop.views.registry.key_upkeep import KeyUpkeep
from desktop.views.registry.registry_source import RegistrySource


@pytest.fixture
def earlier(county, monkeypatch):
    """A county whose keys are of the form of before; keys are made two at a time."""
    with closing(sqlite3.connect(county)) as file, file:
        file.execute("UPDATE workroom_keys SET latin = 'old'")
        file.execute("PRAGMA user_version = 0")
    monkeypatch.setattr(upkeep.make_some, "__defaults__", (2,))
    monkeypatch.setattr(key_upkeep, "PIECE_SECONDS", 0.01)
    monkeypatch.setattr(key_upkeep, "BEGIN_AFTER_MS", 10)
    return county


def left(path):
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT count(*) FROM workroom_keys WHERE latin = 'old'").fetchone()[0]


def test_opening_makes_the_keys_and_the_search_finds_by_them(earlier, operations, qtbot):
    source = RegistrySource(operations)
    source.reload()
    qtbot.waitUntil(lambda: source.registry is not None)
    assert not len(source.search("cxgzs").positions)
    qtbot.waitUntil(lambda: left(earlier) == 0 and not source.upkeep.is_working)
    qtbot.waitUntil(lambda: len(source.search("cxgzs").positions) > 0)
    assert upkeep.outstanding(earlier) == 0
    source.close()


def test_edits_go_on_between_the_pieces(earlier, operations, qtbot):
    made = KeyUpkeep(operations, lambda: None)
    made.begin()
    room = operations.read(lambda session: records.list_records(session, "workrooms", {})[0])
    while made.is_working:
        # Not put off until the work is done: it is saved when this returns.
        change = {"id": room["id"], "note": f"{left(earlier)}"}
        assert operations.run(
            "修改备注", lambda session, change=change: records.put_records(session, "workrooms", change)
        )
        qtbot.wait(1)
    assert left(earlier) == 0


def test_other_work_has_its_turn(earlier, operations, qtbot):
    made = KeyUpkeep(operations, lambda: None)
    made.begin()
    seen = []
    operations.in_background("别的", lambda _progress: left(earlier), seen.append)
    qtbot.waitUntil(lambda: not made.is_working)
    assert 0 < seen[0] < 12


def test_cancelled_it_stays_so_until_the_next_opening(earlier, operations, qtbot):
    ends = []
    made = KeyUpkeep(operations, lambda: ends.append(1))
    made.begin()
    operations.cancel()
    qtbot.waitUntil(lambda: not made.is_working)
    waiting = upkeep.outstanding(earlier)
    assert waiting > 0
    made.begin_later()
    qtbot.wait(60)
    assert (made.is_working, upkeep.outstanding(earlier), ends) == (False, waiting, [])
    again = KeyUpkeep(operations, lambda: ends.append(2))
    again.begin_later()
    qtbot.waitUntil(lambda: ends == [2])
    assert upkeep.outstanding(earlier) == 0


def test_closing_the_window_meanwhile_loses_nothing(earlier, qtbot):
    first = Operations(earlier, operator="王敏")
    first.open_now()
    KeyUpkeep(first, lambda: None).begin()
    first.close()
    second = Operations(earlier, operator="王敏")
    second.open_now()
    made = KeyUpkeep(second, lambda: None)
    made.begin()
    qtbot.waitUntil(lambda: not made.is_working)
    assert (left(earlier), upkeep.outstanding(earlier)) == (0, 0)
    second.close()


def test_a_window_that_only_reads_makes_nothing(earlier, qtbot):
    opened = Operations(earlier, operator="王敏", read_only=True)
    opened.open_now()
    made = KeyUpkeep(opened, lambda: None)
    made.begin()
    assert not made.is_working
    assert left(earlier) == 12
    opened.close()


def test_a_file_held_by_another_program_is_tried_again_at_the_next_opening(earlier, operations, qtbot, monkeypatch):
    from desktop.errors import StorageFault
    from desktop.services import store

    def held(*_):
        raise StorageFault("数据库正被另一个程序写入。", "")

    told = []
    operations.failed.connect(told.append)
    made = KeyUpkeep(operations, lambda: None)
    with monkeypatch.context() as patched:
        patched.setattr(store, "writing", held)
        made.begin()
        qtbot.waitUntil(lambda: not made.is_working)
    assert told == []
    made.begin()
    qtbot.waitUntil(lambda: not made.is_working)
    with operations.database.reading() as session:
        assert "old" not in set(session.scalars(select(WorkroomKey.latin)))
