"""The first frame: the same picture as the page that follows, today's rows in it, no record's value kept."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from desktop import app
from desktop.services import records, store
from desktop.settings import Settings
from desktop.views import first_frame, formats, frame_keeping, theme
from desktop.views.first_frame import FirstFrame
from desktop.views.shell import Shell

LOADED_FIRST = {
    *("desktop", "desktop.app", "desktop.paths", "desktop.settings"),
    *("desktop.errors", "desktop.models", "desktop.models.cipher", "desktop.views.faults"),
    *("desktop.services", "desktop.services.search", "desktop.services.search.pages"),
    *("desktop.views", "desktop.views.binding", "desktop.views.first_frame", "desktop.views.shell"),
    *("desktop.views.dressing", "desktop.views.start_options", "desktop.views.stylesheet"),
}
"""The program's own modules that the first frame waits for."""


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder of its own, in which nothing is kept yet, and a screen as large as the window."""
    monkeypatch.setattr("desktop.views.panes.fit_screen", lambda _window: None)
    monkeypatch.setenv("WORKROOM_DESK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def opened(county, qtbot, settings=None, *, to_the_end=True):
    """Start the program over the county; wait for its page, if wanted, and return what the window shows first."""
    session = app.DeskSession(county, settings or Settings())
    session.open_window()
    first = session.shell.centralWidget()
    if to_the_end:
        qtbot.waitUntil(lambda: session.window is not None and session.window.operations.is_ready, timeout=60_000)
        qtbot.waitUntil(lambda: not session.window.operations.is_busy(), timeout=60_000)
    return session, first


@pytest.fixture
def kept(county, data, qtbot):
    """The county after a first start, which kept its picture."""
    session, first = opened(county, qtbot)
    assert first is session.window
    session.close()
    assert first_frame.file().exists()
    return county


def test_the_first_frame_is_the_picture_of_the_page_that_follows(kept, qtbot, monkeypatch):
    monkeypatch.setattr(app.DeskSession, "_after_first_paint", lambda _session, keep: None)
    session, first = opened(kept, qtbot, to_the_end=False)
    assert isinstance(first, FirstFrame)
    assert session.window is None
    assert len(first.rows) == 12
    before = session.shell.grab().toImage()
    qtbot.waitUntil(lambda: session.window is not None and session.window.desk.is_painted)
    after = session.shell.grab().toImage()
    table = session.window.current().table.viewport()
    place = QRect(table.mapTo(session.shell, QPoint(0, 0)), table.size())
    assert before.copy(place) == after.copy(place)
    head = QRect(place.left(), place.top() - 30, place.width(), 30)
    assert before.copy(head) == after.copy(head)
    session.close()


def test_the_rows_are_of_today(kept, qtbot, operations):
    with store.writing(operations.database, "王敏") as session:
        name = "阿尔法新工作室"
        office = records.list_records(session, "offices")[0]["id"]
        records.put_records(session, "workrooms", {"name": name, "office_id": office})
    shown, first = opened(kept, qtbot, to_the_end=False)
    assert (first.total, first.rows[0][0], first._count.text()) == (13, name, "13 个")
    shown.close()


def test_no_value_of_a_record_is_kept(kept):
    picture = QImage(str(first_frame.file()))
    told = json.loads(picture.text(first_frame.TOLD))
    whole = QImage(*told["for"]["size"], QImage.Format.Format_RGB32)
    painter = QPainter(whole)
    for source, height, target, drawn in told["blocks"]:
        painter.drawImage(QRect(0, target, whole.width(), drawn), picture, QRect(0, source, whole.width(), height))
    painter.end()
    for name, color in (("table", theme.tokens().surface), ("count", theme.tokens().window)):
        part = whole.copy(QRect(*told[name]))
        empty = QImage(part.size(), part.format())
        empty.fill(QColor(color))
        assert part == empty
    assert "工作室" not in json.dumps(told, ensure_ascii=False)


def test_a_picture_of_another_look_is_not_shown_and_made_again(kept, qtbot):
    for change in ({"theme": "dark"}, {"large_print": True}):
        assert first_frame.kept(Settings().changed(**change), None, 1.0) is None
    settings = Settings().changed(registry_columns=("name", "unit"))
    session, first = opened(kept, qtbot, settings)
    assert first is session.window
    session.close()
    assert first_frame.kept(Settings(), None, 1.0) is None
    picture = first_frame.kept(settings, None, 1.0)
    assert [key for key, *_place in json.loads(picture.text(first_frame.TOLD))["columns"]] == ["name", "unit"]


def test_a_picture_of_another_program_or_none_at_all_is_not_shown(kept, qtbot, monkeypatch):
    size = (1280, 720)
    with monkeypatch.context() as patch:
        patch.setattr(first_frame, "_stamp", lambda: 1)
        assert first_frame.kept(Settings(), None, 1.0) is None
    assert first_frame.kept(Settings(), None, 1.0) is not None
    assert first_frame.kept(Settings(), None, 1.5) is None
    assert first_frame.kept(Settings(), (4000, 3000), 1.0) is None
    for damaged in (b"", b"\x89PNG", b"none"):
        first_frame.file().write_bytes(damaged)
        assert first_frame.kept(Settings(), size, 1.0) is None
    bare = QImage(2, 2, QImage.Format.Format_RGB32)
    bare.setText(first_frame.TOLD, "[1]")
    bare.save(str(first_frame.file()))
    assert first_frame.kept(Settings(), size, 1.0) is None


def test_an_older_database_and_an_empty_one_are_shown_by_their_page(kept, tmp_path):
    picture = QImage(str(first_frame.file()))
    older = tmp_path / "older.db"
    older.write_bytes(b"")
    frame = FirstFrame(picture, older)
    assert (frame.total, frame.rows) == (0, [])
    frame.deleteLater()


def test_a_frame_in_a_window_of_another_size_stays_blank(kept, qtbot):
    frame = FirstFrame(QImage(str(first_frame.file())), kept)
    qtbot.addWidget(frame)
    frame.resize(frame.minimumWidth() + 300, 700)
    with qtbot.waitSignal(frame.painted):
        frame.show()
    assert not frame._list.isVisible()


def test_a_page_that_cannot_be_built_is_told_in_the_window(kept, qtbot, monkeypatch):
    session, _first = opened(kept, qtbot, to_the_end=False)
    session.tell_fault("somewhere.log")
    assert "somewhere.log" in session.shell.centralWidget().text()
    session.close()


def test_closing_before_the_page_is_built_ends_quietly(kept, qtbot):
    session, _first = opened(kept, qtbot, to_the_end=False)
    session.close()
    assert not session.shell.isVisible()


def test_a_page_that_refuses_keeps_the_window_open(qtbot):
    class Busy(Shell):
        pass

    shell = Busy()
    qtbot.addWidget(shell)
    from PySide6.QtWidgets import QWidget

    class Page(QWidget):
        refuses = True

        def closeEvent(self, event):
            event.setAccepted(not self.refuses)

    page = Page()
    shell.furnish(page)
    shell.show()
    assert not shell.close()
    page.refuses = False
    assert shell.close()


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40))
def test_folding_a_picture_loses_nothing(rows):
    whole = QImage(3, len(rows), QImage.Format.Format_RGB32)
    for number, shade in enumerate(rows):
        for place in range(3):
            whole.setPixelColor(place, number, QColor(shade * 80, place, 0))
    small, blocks = frame_keeping.folded(whole)
    assert small.height() == sum(1 for number, shade in enumerate(rows) if not number or rows[number - 1] != shade)
    drawn = {}
    for source, height, target, high in blocks:
        assert height == high or height == 1
        for step in range(high):
            drawn[target + step] = source + (step if height == high else 0)
    assert [bytes(small.constScanLine(drawn[row])) for row in range(len(rows))] == [
        bytes(whole.constScanLine(row)) for row in range(len(rows))
    ]


@given(st.text("工作室abcIW", max_size=30), st.integers(0, 200))
def test_a_cut_text_fits_and_says_that_it_is_cut(text, width):
    metrics = QFontMetrics(QFont("Desk Sans"))
    told = first_frame.elided(metrics, text, width)
    if metrics.horizontalAdvance(text) <= width:
        assert told == text
    else:
        assert told.endswith("…")
        assert text.startswith(told[:-1])
        assert told == "…" or metrics.horizontalAdvance(told) <= width


def test_values_are_said_as_the_list_says_them():
    assert first_frame.words("县级", "text") == "县级"
    assert first_frame.words(None, "text") == ""
    for value, kind in (("2020-05-01", "date"), (3, "number"), (None, "date")):
        assert first_frame.words(value, kind) == formats.value_text(value, kind)


FIRST = """
import json, sys
from desktop.views import binding
binding.load()
from desktop.views import first_frame
def told(*_rest):
    from PySide6 import QtCore, QtWidgets
    ours = sorted(name for name in sys.modules if name.partition(".")[0] == "desktop")
    spaces = ["Qt" in QtCore.__dict__, "QStyle" in QtWidgets.__dict__, "PySide6.QtSvg" in sys.modules]
    print(json.dumps([ours, spaces]), flush=True)
usual = first_frame._List.paintEvent
def paint(self, event):
    usual(self, event)
    told()
first_frame._List.paintEvent = paint
from desktop import app
sys.exit(app.main(["--database", sys.argv[1], "--smoke"]))
"""


SCREEN = {"name": "", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


def test_the_first_frame_waits_for_nothing_else(county, data, tmp_path):
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={screens}"}

    def started():
        done = subprocess.run(
            [sys.executable, "-c", FIRST, str(county)],
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
            env=environment,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    assert started() == []  # the first start has no picture yet
    started()  # the second has the place in which the first left the window
    modules, spaces = json.loads(started()[0])
    assert set(modules) == LOADED_FIRST
    assert spaces == [False, False, False]
