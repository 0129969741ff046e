"""The one road for every change: commit, refusal, undo, long work, cancelling, read-only."""

import threading

import pytest

from desktop.errors import BadInput, NotAllowed
from desktop.services import records
from desktop.views import operation
from desktop.views.background import CancelledError, Progress
from desktop.views.operation import Operations


def first_room(operations):
    return operations.read(lambda session: records.list_records(session, "workrooms")[0])


def rename(room, name):
    return lambda session: records.put_records(session, "workrooms", {"id": room["id"], "name": name})


def name_of(operations, room):
    return operations.read(lambda session: records.get_record(session, "workrooms", room["id"])["name"])


def test_a_change_is_committed_and_told(operations, qtbot):
    room, told = first_room(operations), []
    operations.changed.connect(told.append)
    with qtbot.waitSignal(operations.saved):
        assert operations.run("改名", rename(room, "新名"), told.append)
    assert name_of(operations, room) == "新名"
    assert told[0] == frozenset({"workrooms"})
    assert told[1][0]["name"] == "新名"


def test_undo_and_redo_go_back_and_forth(operations):
    room = first_room(operations)
    for name in ("一", "二"):
        operations.run(f"改名为{name}", rename(room, name))
    assert operations.undo_words == "改名为二"
    operations.undo()
    assert name_of(operations, room) == "一"
    operations.undo()
    assert name_of(operations, room) == room["name"]
    assert operations.undo_words == ""
    operations.redo()
    operations.redo()
    assert name_of(operations, room) == "二"
    operations.undo()
    assert name_of(operations, room) == "一"
    operations.run("改名为三", rename(room, "三"))
    assert operations.redo_words == ""


def test_a_refusal_changes_nothing_and_says_why(operations):
    room, told, failed = first_room(operations), [], []
    operations.failed.connect(failed.append)

    def half(session):
        records.put_records(session, "workrooms", {"id": room["id"], "name": "写了一半"})
        raise BadInput("不行，因为……")

    assert not operations.run("改名", half, None, told.append)
    assert not operations.run("改名", half)
    assert [str(error) for error in told + failed] == ["不行，因为……"] * 2
    assert name_of(operations, room) == room["name"]
    assert operations.undo_words == ""


def test_what_cannot_be_undone_is_not_offered(operations):
    room = first_room(operations)
    operations.run("签发", rename(room, "签发了"), undoable=False)
    assert operations.undo_words == ""


def test_a_change_that_changes_nothing_is_no_step(operations):
    room = first_room(operations)
    assert operations.run("改名", rename(room, room["name"]))
    assert operations.undo_words == ""


def test_read_only_refuses_every_change(county, qtbot):
    operations = Operations(county, read_only=True)
    told = []
    try:
        assert not operations.run("改名", rename(first_room(operations), "新"), None, told.append)
        operations.run_long(
            "改名", lambda session, progress: rename(first_room(operations), "新")(session), None, told.append
        )
        qtbot.waitUntil(lambda: len(told) == 2)
    finally:
        operations.close()
    assert all(isinstance(error, NotAllowed) for error in told)


def test_long_work_reports_and_quick_changes_wait_for_it(operations, qtbot):
    room, gate, seen = first_room(operations), threading.Event(), []
    operations.working.connect(lambda words, done, total: seen.append((words, done, total)))

    def work(session, progress):
        rename(room, "长")(session)
        progress.report(1, 3, "一步")
        gate.wait(5)
        return "好"

    done = []
    operations.run_long("长的工作", work, done.append)
    qtbot.waitUntil(lambda: ("一步", 1, 3) in seen)
    assert not operations.run("短的", rename(room, "短"), done.append)
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done[0] == "好" or done[1] == "好"
    assert name_of(operations, room) == "短"
    operations.undo()
    operations.undo()
    assert name_of(operations, room) == room["name"]


def test_cancelled_work_leaves_nothing(operations, qtbot):
    room, begun, failed = first_room(operations), threading.Event(), []
    operations.failed.connect(failed.append)

    def work(session, progress):
        rename(room, "取消了")(session)
        begun.set()
        for step in range(1000):
            progress.report(step, 1000)
            threading.Event().wait(0.005)

    with qtbot.waitSignal(operations.rested):
        operations.run_long("长的工作", work)
        begun.wait(5)
        operations.cancel()
    assert failed == []
    assert name_of(operations, room) == room["name"]


def test_a_refusal_in_long_work_is_told(operations, qtbot):
    def work(session, progress):
        raise BadInput("读不到")

    with qtbot.waitSignal(operations.failed) as told:
        operations.read_long("读", work)
    assert told.args[0].message == "读不到"


def test_a_fault_in_long_work_is_not_swallowed(operations, qtbot):
    with qtbot.captureExceptions() as caught:
        operations.in_background("算", lambda progress: 1 / 0)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_commits_carry_the_operator(operations):
    from desktop.services.journal import history

    room = first_room(operations)
    operations.operator = "赵会计"
    operations.run("改名", rename(room, "赵改的"))
    changes = operations.read(lambda session: history.history(session, "workrooms", room["id"]))
    assert changes[-1].operator == "赵会计"


@pytest.mark.parametrize("times", [1, 2])
def test_opening_twice_keeps_one_database(county, qtbot, times):
    operations = Operations(county)
    try:
        for _ in range(times):
            operations.open_in_background()
        operations.open_now()
        opened = operations.database
        qtbot.waitUntil(lambda: not operations.is_busy())
        assert operations.database is opened
    finally:
        operations.close()


@pytest.fixture
def everything_beside(monkeypatch):
    monkeypatch.setattr(operation, "AT_ONCE", 0)


def test_a_large_change_is_taken_back_and_done_again_beside_the_window(operations, everything_beside, qtbot):
    room, told = first_room(operations), []
    for name in ("一", "二"):
        operations.run(f"改名为{name}", rename(room, name))
    operations.working.connect(lambda words, _done, _total: told.append(words))
    operations.undo()
    assert operations.is_busy()
    assert operations.undo_words == "改名为一"
    operations.undo()
    qtbot.waitUntil(lambda: not operations.is_busy() and name_of(operations, room) == room["name"])
    assert "撤销：改名为二" in told
    assert (operations.undo_words, operations.redo_words) == ("", "改名为一")
    operations.redo()
    operations.redo()
    qtbot.waitUntil(lambda: not operations.is_busy() and name_of(operations, room) == "二")
    assert (operations.undo_words, operations.redo_words) == ("改名为二", "")


def test_a_large_undo_given_up_changes_nothing_and_may_be_asked_again(
    operations, everything_beside, qtbot, monkeypatch
):
    monkeypatch.setattr("desktop.services.journal.drafting.TOLD_EVERY", 1)
    room = first_room(operations)
    operations.run("改名", rename(room, "新名"))
    with monkeypatch.context() as patched:
        patched.setattr(Progress, "report", lambda self, *_: (_ for _ in ()).throw(CancelledError))
        operations.undo()
        qtbot.waitUntil(lambda: not operations.is_busy())
    assert name_of(operations, room) == "新名"
    assert operations.undo_words == "改名"
    operations.undo()
    qtbot.waitUntil(lambda: not operations.is_busy())
    assert name_of(operations, room) == room["name"]


def test_a_large_undo_that_is_refused_is_told(operations, everything_beside, qtbot):
    room, failed = first_room(operations), []
    operations.failed.connect(failed.append)
    operations.run("改名", rename(room, "新名"))
    operations.read_only = True
    operations.undo()
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], NotAllowed)
    assert name_of(operations, room) == "新名"


def test_a_small_change_is_taken_back_at_once(operations):
    room = first_room(operations)
    operations.run("改名", rename(room, "新名"))
    operations.undo()
    assert not operations.is_busy()
    assert name_of(operations, room) == room["name"]
