"""The application as a process and around the window: first paint, second window, faults, language, the walk."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox

from desktop import __main__ as door
from desktop import app
from desktop.services import integrity, records, store
from desktop.settings import Settings
from desktop.views import faults as faults_log
from desktop.views.restore_box import restoring
from tests.views.county import make_county

ROOT = Path(__file__).resolve().parents[2]
FIRST, SECOND = "第一个口令至少八字", "第二个口令至少八字"
HEAVY = ("sqlalchemy", "alembic", "reportlab", "openpyxl", "pypinyin", "pikepdf", "pypdfium2", "lxml", "docx", "PIL")


def started(*arguments, code="", **environment):
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "desktop"]
    return subprocess.Popen(
        [*command, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_first_paint_waits_for_nothing_heavy(county):
    code = f"""
import json, sys
from PySide6.QtWidgets import QApplication
from desktop import app
from desktop.views.desk import Desk
told = Desk.note_painted
def note(desk):
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    rows = shown[0].centralWidget().current().model.rowCount()
    print(json.dumps([[m for m in {HEAVY!r} if m in sys.modules], rows]), flush=True)
    told(desk)
Desk.note_painted = note
sys.exit(app.main(['--database', sys.argv[1], '--smoke']))
"""
    done = started(str(county), code=code)
    out, err = done.communicate(timeout=60)
    assert done.returncode == 0, err
    assert json.loads(out.splitlines()[0]) == [[], 12]


def test_smoke_on_a_new_data_folder_opens_and_closes(tmp_path):
    done = started("--smoke", WORKROOM_DESK_DATA=str(tmp_path / "fresh"))
    _out, err = done.communicate(timeout=60)
    assert done.returncode == 0, err
    assert not list((tmp_path / "fresh").rglob("*.db"))


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--smoke"], True),
        (["--database", "x"], True),
        (["--database=x"], True),
        (["--database", "x", "--smoke"], True),
        (["list", "workrooms"], False),
        (["--database", "x", "list"], False),
        (["--help"], False),
    ],
)
def test_the_door_knows_window_from_command(words, window):
    assert door._is_for_window(words) is window


def test_a_second_window_opens_read_only_and_says_so(county, qtbot):
    first, second = (app.DeskSession(county, Settings(operator="王敏")) for _ in range(2))
    try:
        for session in (first, second):
            session.open_window()
            qtbot.waitUntil(
                lambda session=session: (
                    session.window is not None
                    and session.window.operations.is_ready
                    and not session.window.operations.is_busy()
                ),
                timeout=10_000,
            )
        assert not first.window.operations.read_only
        assert second.window.operations.read_only
        assert "另一个窗口" in second.window.current().strip.text()
        assert second.window.status.saved.text() == "只读"
        second.window.current().add()
        assert "只读" in second.window.current().strip.text()
        assert second.window.current().model.rowCount() == 12
    finally:
        second.close()
        first.close()


def test_the_lock_of_a_killed_window_does_not_hold(county, qtbot):
    code = "import sys; from desktop import app; sys.exit(app.main(['--database', sys.argv[1]]))"
    running = started(str(county), code=code)
    lock = Path(f"{county}.window")
    qtbot.waitUntil(lambda: lock.exists() and lock.stat().st_size > 0, timeout=20_000)
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=10)
    session = app.DeskSession(county, Settings())
    try:
        session.open_window()
        qtbot.waitUntil(lambda: session.window is not None and session.window.operations.is_ready, timeout=10_000)
        assert not session.window.operations.read_only
    finally:
        session.close()


def test_a_lock_that_was_cut_off_before_it_was_written_does_not_hold(county, qtbot):
    Path(f"{county}.window").touch()
    session = app.DeskSession(county, Settings())
    try:
        session.open_window()
        qtbot.waitUntil(lambda: session.window is not None and session.window.operations.is_ready, timeout=10_000)
        assert not session.window.operations.read_only
    finally:
        session.close()


def test_what_was_shown_as_saved_survives_a_kill(tmp_path):
    path = make_county(tmp_path / "county.db")
    code = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop import app
from desktop.services import records
from desktop.settings import Settings
application = app.make_application(Settings())
session = app.DeskSession(Path(sys.argv[1]), Settings(operator="王敏"))
session.open_window()
numbers = iter(range(100000))
def edit():
    # A fault a tick would fill the pipe that nobody reads, and the program would stand still.
    if session.window is None:
        return
    operations = session.window.operations
    if operations.is_ready and not operations.is_busy():
        room = session.window.current().model.record_id(0)
        number = next(numbers)
        saved = operations.run("改", lambda s: records.put_records(s, "workrooms", {"id": room, "note": str(number)}))
        if saved:
            print(room, number, session.window.status.saved.text(), flush=True)
timer = QTimer(interval=1)
timer.timeout.connect(edit)
timer.start()
application.exec()
"""
    running = started(str(path), code=code)
    patience = threading.Timer(60, running.kill)
    patience.start()
    lines = [running.stdout.readline() for _ in range(25)]
    patience.cancel()
    time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    rest, _err = running.communicate(timeout=10)
    room, number, *_said = [line for line in [*lines, *rest.splitlines(keepends=True)] if line.endswith("\n")][
        -1
    ].split()
    with store.opened(path) as database, store.reading(database) as session:
        assert int(records.get_record(session, "workrooms", room)["note"]) >= int(number)


def test_a_fault_is_logged_and_told(tmp_path, monkeypatch, qtbot):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    faults, told = faults_log.Faults(), []
    faults.happened.connect(told.append)
    faults.install()
    try:
        raise ZeroDivisionError("除以零")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert told == [str(faults.log)]
    assert "除以零" in faults.log.read_text(encoding="utf-8")
    faults.log.write_text("x" * (faults_log.LOG_BYTES + 1), encoding="utf-8")
    faults._write("后来的")
    assert "后来的" in faults.log.read_text(encoding="utf-8")
    assert faults.log.with_suffix(".log.1").exists()


def test_the_window_tells_a_fault_in_words(county, qtbot):
    session = app.DeskSession(county, Settings(operator="王敏"))
    session.open_window()
    try:
        session.tell_fault("某处.log")
        assert "已记入日志" in session.window.current().strip.text()
    finally:
        session.close()


def reopened(session, qtbot):
    """Wait until the window is in use; the first paint and the daily backup are over then."""
    qtbot.waitUntil(lambda: session.window.operations.is_ready, timeout=10_000)
    qtbot.waitUntil(lambda: not session.window.operations.is_busy(), timeout=10_000)
    return session.window


def test_a_wrong_date_is_told_when_the_window_opens(county, qtbot, monkeypatch):
    class Reset(date):
        @classmethod
        def today(cls):
            return cls(1970, 1, 1)

    monkeypatch.setattr(app, "date", Reset)
    session = app.DeskSession(county, Settings(operator="王敏"))
    session.open_window()
    try:
        assert "1970年1月1日" in reopened(session, qtbot).current().strip.text()
    finally:
        session.close()


def rooms(window):
    return window.operations.read(lambda inside: {room["name"] for room in records.list_records(inside, "workrooms")})


def test_a_backup_is_restored_and_the_window_opens_anew(county, qtbot, tmp_path):
    session = app.DeskSession(county, Settings(operator="王敏"))
    session.open_window()
    try:
        before = reopened(session, qtbot)
        kept = rooms(before)
        backup = tmp_path / "kept.db"
        integrity.backup(before.operations.database, backup)
        before.operations.run("新增", lambda inside: records.put_records(inside, "workrooms", {"name": "后来的"}))
        before.desk.rework_wanted.emit(restoring(backup))
        qtbot.waitUntil(lambda: session.window is not before, timeout=10_000)
        after = reopened(session, qtbot)
        assert rooms(after) == kept
        assert not after.operations.read_only
        assert "恢复前的数据另存在" in after.current().strip.text()
        after.operations.run("新增", lambda inside: records.put_records(inside, "workrooms", {"name": "又来的"}))
        assert "又来的" in rooms(after)
    finally:
        session.close()


def test_a_file_that_is_no_backup_changes_nothing(county, qtbot, tmp_path):
    session = app.DeskSession(county, Settings(operator="王敏"))
    session.open_window()
    try:
        before = reopened(session, qtbot)
        kept = rooms(before)
        wrong = tmp_path / "photo.db"
        wrong.write_bytes(b"no database" * 1000)
        before.desk.rework_wanted.emit(restoring(wrong))
        qtbot.waitUntil(lambda: session.window is not before, timeout=10_000)
        after = reopened(session, qtbot)
        assert rooms(after) == kept
        assert str(wrong) in after.current().strip.text()
    finally:
        session.close()


def protect(window, **typed):
    """Fill in the box of the passphrase and press what is named."""
    box = window.menu.show_protection()
    press = typed.pop("press", "accept_button")
    for name, value in typed.items():
        getattr(box, name).set_value(value)
    getattr(box, press).click()
    return box


def test_a_passphrase_is_put_on_the_database_changed_and_taken_away(county, qtbot):
    session = app.DeskSession(county, Settings(operator="王敏"))
    session.open_window()
    try:
        window = reopened(session, qtbot)
        kept = rooms(window)
        for typed, encrypted in (
            ({"fresh": FIRST, "again": FIRST}, True),
            ({"passphrase": FIRST, "fresh": SECOND, "again": SECOND}, True),
            ({"passphrase": SECOND, "press": "take_away"}, False),
        ):
            before = session.window
            protect(before, **typed)
            qtbot.waitUntil(lambda before=before: session.window is not before, timeout=20_000)
            window = reopened(session, qtbot)
            assert rooms(window) == kept
            assert store.is_encrypted(county) is encrypted
            assert "口令" in window.current().strip.text()
    finally:
        session.close()


def test_the_present_passphrase_and_both_new_ones_must_agree(county, qtbot):
    session = app.DeskSession(county, Settings(operator="王敏"))
    session.open_window()
    try:
        window = reopened(session, qtbot)
        box = protect(window, fresh="太短", again="太短")
        assert "至少8个字符" in box.fresh.error()
        box.fresh.set_value(FIRST)
        box.accept_button.click()
        assert "不同" in box.again.error()
        box.again.set_value(FIRST)
        box.accept_button.click()
        qtbot.waitUntil(lambda: session.window is not window, timeout=20_000)
        wrong = protect(reopened(session, qtbot), passphrase="记错了的口令", fresh=SECOND, again=SECOND)
        assert "口令不对" in wrong.passphrase.error()
        wrong.reject()
        assert store.is_encrypted(county)
    finally:
        session.close()


def test_qts_own_buttons_speak_chinese(qapp, qtbot):
    app.speak_chinese()
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "").startswith("取消")


def test_a_new_office_goes_from_the_first_page_to_the_register(tmp_path, qtbot):
    session = app.DeskSession(tmp_path / "data" / "desk.db", Settings())
    session.open_window()
    page = session.first_run
    assert session.window is None
    try:
        with qtbot.waitSignal(page.made, timeout=20_000):
            page.sample.click()
        qtbot.waitUntil(lambda: session.window is not None and session.window.operations.is_ready, timeout=10_000)
        assert session.window.current().model.rowCount() == 37
        assert not page.isVisible()
    finally:
        session.close()


def test_the_road_is_walked_and_leaves_its_files(tmp_path):
    walked = subprocess.run(
        [sys.executable, "-m", "desktop.app", "--walk", str(tmp_path / "demo")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    files = [Path(line) for line in walked.stdout.splitlines()[1:]]
    assert "offscreen" in walked.stdout.splitlines()[0]
    assert {file.suffix for file in files} == {".png", ".xlsx", ".pdf", ".wrpack"}
    assert all(file.stat().st_size > 1000 for file in files)
