"""Long work beside the window: in order, one at a time, followed on the window's thread, stopped when asked."""

import threading

import pytest

from desktop.errors import BadInput
from desktop.views.background import Background, CancelledError, Progress


@pytest.fixture
def background(qtbot):
    made = Background()
    yield made
    made.close()


def test_what_follows_runs_on_the_windows_thread(background, qtbot):
    threads = {}

    def work(_progress):
        threads["work"] = threading.current_thread()
        return 7

    def then(value):
        threads["then"], threads["value"] = threading.current_thread(), value

    with qtbot.waitSignal(background.rested):
        background.start("做", work, then, None, writes=False)
    assert threads["value"] == 7
    assert threads["then"] is threading.main_thread()
    assert threads["work"] is not threading.main_thread()


def test_work_is_done_in_order_and_never_two_at_once(background, qtbot):
    running, seen, most = [], [], []

    def work(number):
        def run(_progress):
            running.append(number)
            most.append(len(running))
            running.remove(number)
            return number

        return run

    with qtbot.waitSignal(background.rested):
        for number in range(5):
            background.start(str(number), work(number), seen.append, None, writes=False)
    assert seen == [0, 1, 2, 3, 4]
    assert max(most) == 1


def test_a_refusal_goes_to_who_asked_else_to_all(background, qtbot):
    mine, all_of_them = [], []
    background.failed.connect(all_of_them.append)

    def refuse(_progress):
        raise BadInput("不行。")

    for otherwise in (mine.append, None):
        with qtbot.waitSignal(background.rested):
            background.start("做", refuse, pytest.fail, otherwise, writes=True)
    assert [str(error) for error in mine] == [str(error) for error in all_of_them] == ["不行。"]


def test_after_a_refusal_what_waits_is_still_done(background, qtbot):
    done = []

    def refuse(_progress):
        raise BadInput("不行。")

    with qtbot.waitSignal(background.rested):
        background.start("一", refuse, None, None, writes=False)
        background.start("二", lambda _progress: 2, done.append, None, writes=False)
    assert done == [2]


def test_cancelled_work_tells_nobody(background, qtbot):
    started, told = threading.Event(), []
    background.failed.connect(told.append)

    def work(progress):
        started.set()
        while True:
            progress.report(1, 0)

    background.start("久", work, told.append, told.append, writes=False)
    assert started.wait(5)
    with qtbot.waitSignal(background.rested):
        background.cancel()
    assert told == []
    assert not background.is_busy()


def test_it_knows_whether_anything_that_writes_is_under_way_or_waits(background, qtbot):
    gate = threading.Event()
    assert not background.is_writing()
    with qtbot.waitSignal(background.rested):
        background.start("读", lambda _progress: gate.wait(5), None, None, writes=False)
        assert (background.is_busy(), background.is_writing()) == (True, False)
        background.start("写", lambda _progress: None, None, None, writes=True)
        assert background.is_writing()
        gate.set()
    assert (background.is_busy(), background.is_writing()) == (False, False)


def test_progress_is_told_in_the_words_of_the_work_or_its_own(background, qtbot):
    told = []
    background.working.connect(lambda *words: told.append(words))

    def work(progress):
        progress.report(1, 3)
        progress.report(2, 3, "第二份")

    with qtbot.waitSignal(background.rested):
        background.start("导出", work, None, None, writes=False)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [("导出", 0, 0), ("导出", 1, 3), ("第二份", 2, 3)]


def test_closing_drops_what_waits_and_ends_what_runs(qtbot):
    made, ran, started = Background(), [], threading.Event()

    def work(progress):
        started.set()
        while True:
            progress.report(0, 0)

    made.start("久", work, None, None, writes=True)
    made.start("后", ran.append, None, None, writes=True)
    assert started.wait(5)
    made.close()
    assert not made._thread.is_alive()
    assert ran == []


def test_a_stopped_progress_stops_at_its_next_report():
    told = []
    progress = Progress(lambda *words: told.append(words))
    progress.report(1, 2, "一")
    progress.cancel()
    with pytest.raises(CancelledError):
        progress.report(2, 2)
    assert told == [(1, 2, "一")]
