"""The page is opened from the desk's menu, built only then, and stays up to date beside the window."""

import subprocess
import sys

from PySide6.QtCore import Qt

from desktop.errors import NotAllowed
from desktop.views.regulations.reading_page import ReadingPage
from tests.views.regulations.test_regulations_view import LIMIT, set_limit, stricter


def test_the_menu_opens_one_page_and_only_when_asked(window, qtbot, settled):
    assert "regulations_box" not in vars(window.menu)
    window.menu.regulations.trigger()
    box = window.menu.regulations_box
    qtbot.waitExposed(box)
    assert box.isVisible()
    assert box.view.settings.model.rowCount() == 21
    box.close()
    window.menu.regulations.trigger()
    assert window.menu.regulations_box is box
    assert box.isVisible()
    box.close()
    settled(window)


def test_it_follows_changes_while_seen_and_reads_anew_when_opened(window, qtbot, settled):
    window.menu.regulations.trigger()
    box = window.menu.regulations_box
    qtbot.waitExposed(box)
    before = box.view.values()[LIMIT]
    set_limit(box.view, LIMIT, 9)
    assert box.view.values()[LIMIT] == 9
    box.close()
    window.undo()
    assert box.view.values()[LIMIT] == 9
    window.menu.regulations.trigger()
    assert box.view.values()[LIMIT] == before
    set_limit(box.view, LIMIT, 8)
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.view.values()[LIMIT] == before
    box.close()
    settled(window)


def test_a_file_being_weighed_is_kept_while_the_page_is_closed(window, qtbot, settled, tmp_path):
    window.menu.regulations.trigger()
    box = window.menu.regulations_box
    box.view.show_record("file", str(stricter(tmp_path, "2026-09-01")))
    box.close()
    qtbot.waitUntil(lambda: box.view.weighed is not None, timeout=10_000)
    window.menu.regulations.trigger()
    assert box.view.right.currentWidget() is box.view.pack
    assert box.view.pack.isVisible()
    box.close()
    settled(window)


def test_the_page_of_progress_says_how_far(qtbot):
    page = ReadingPage()
    qtbot.addWidget(page)
    page.show_reading("new.toml")
    assert "new.toml" in page.words.text()
    assert page.bar.maximum() == 0
    page.show_progress(50, 200)
    assert (page.bar.value(), page.bar.maximum(), page.bar.text()) == (50, 200, "50 / 200")
    with qtbot.waitSignal(page.cancelled):
        qtbot.mouseClick(page.cancel, Qt.MouseButton.LeftButton)


def test_the_menu_does_not_wait_for_the_page():
    words = "import sys, desktop.views.desk_menu; print([n for n in sys.modules if 'views.regulations' in n])"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_refused_undo_is_said_on_the_page_that_is_seen(window, qtbot, settled):
    window.menu.regulations.trigger()
    box = window.menu.regulations_box
    qtbot.waitExposed(box)
    window.operations.failed.emit(NotAllowed("不能撤销。"))
    assert box.view.strip.text() == "不能撤销。"
    box.view.strip.clear()
    box.close()
    window.operations.failed.emit(NotAllowed("不能撤销。"))
    assert box.view.strip.text() == ""
    settled(window)
