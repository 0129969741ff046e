"""Clicks and types at random through the whole window: `python -m tests.random_clicks SEED STEPS [FOLDER]`.

Whatever a hand does, no step may fail as a program fault, and the database must verify afterwards; the last steps
before a fault are told. The same seed goes the same way as long as background work keeps its pace.
"""

import os
import sys
import tempfile
import time
import traceback
from collections import deque
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QAbstractListModel, Qt, QTimer
from PySide6.QtGui import QDesktopServices, QInputMethodEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from desktop.app import import_the_rest
from desktop.services import integrity
from desktop.settings import Settings
from desktop.views.catalogue import TABS
from desktop.views.desk import Desk
from desktop.views.dressing import make_application
from desktop.views.main_window import MainWindow
from desktop.views.operation import Operations
from tests.views.county import OPERATOR, make_county

KINDS = (QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QTabBar)
WORDS = (
    "王敏", "2026-11-21", "50000", "abc", "𠮷", "", "  ", "-1", "2026年13月40日", "9" * 30, "11010119900307803X",
    "宏", "=1+1", "a\tb", "第七条", '"', "%", "2027",
)  # fmt: skip
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_F2)
ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SIZES = ((910, 496), (1280, 720), (1366, 768))
FORMATS = ("pdf", "xlsx", "docx", "csv", "wrpack")


class Clicker:
    """One hand: chooses what is visible and enabled in the topmost window, and does something to it."""

    def __init__(self, window: MainWindow, chance: Random, folder: Path) -> None:
        self.window, self.chance, self.folder = window, chance, folder
        self.trail: deque[str] = deque(maxlen=14)
        self.faults = 0

    def answer_dialogs(self) -> None:
        """Stand in for the dialogs of the system: files of the folder, no printer, no other program."""
        chance, folder = self.chance, self.folder

        def to_open(*_words: Any, **_more: Any) -> tuple[str, str]:
            files = sorted(str(path) for path in folder.iterdir() if path.is_file())
            return chance.choice(["", *files]), ""

        def to_save(*_words: Any, **_more: Any) -> tuple[str, str]:
            return str(folder / f"out{chance.randrange(99)}.{chance.choice(FORMATS)}"), ""

        QFileDialog.getOpenFileName = to_open  # type: ignore[assignment]
        QFileDialog.getSaveFileName = to_save  # type: ignore[assignment]
        QFileDialog.getExistingDirectory = lambda *_words, **_more: chance.choice(["", str(folder)])  # type: ignore[method-assign, assignment]
        QDesktopServices.openUrl = lambda *_words: True  # type: ignore[method-assign, assignment]
        QPrintDialog.exec = lambda _dialog: 0  # type: ignore[method-assign, assignment]

    def step(self) -> None:
        """Do one thing; a failure of the program is told and counted."""
        try:
            self._any()
        except RuntimeError as error:
            # What was chosen may go while it is used; anything else is a fault.
            if "already deleted" not in str(error):
                self.tell(type(error), error, error.__traceback__)
        except Exception as error:
            self.tell(type(error), error, error.__traceback__)

    def tell(self, kind: Any, error: Any, trace: Any) -> None:
        """Tell of a fault and of the last steps before it (as `sys.excepthook`)."""
        self.faults += 1
        sys.stdout.write("".join(traceback.format_exception(kind, error, trace)) + f"{list(self.trail)}\n")

    def see_to_dialogs(self) -> None:
        """Go on within a dialog that waits in a loop of its own."""
        if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
            self.step()

    def _any(self) -> None:
        draw = self.chance.random()
        if draw < 0.06:
            self.window.show_view(self.chance.choice(TABS).view)
            self.trail.append(type(self.window.current()).__name__)
        elif draw < 0.11:
            key, held = self.chance.choice(
                [(Qt.Key.Key_Z, CONTROL), (Qt.Key.Key_Z, CONTROL), (Qt.Key.Key_Y, CONTROL), (Qt.Key.Key_Left, ALT)]
            )
            self.trail.append(key.name)
            QTest.keyClick(self.window, key, held)
        else:
            self._use(self._topmost())

    def _topmost(self) -> QWidget:
        modal = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        boxes = [box for box in QApplication.topLevelWidgets() if box.isVisible() and isinstance(box, QDialog)]
        return modal or (boxes[-1] if boxes else self.window)

    def _use(self, top: QWidget) -> None:
        if isinstance(top, QMenu):
            self._choose(top)
            return
        found = [
            one for one in top.findChildren(QWidget) if isinstance(one, KINDS) and not isinstance(one, QHeaderView)
        ]
        found = [one for one in found if one.isVisible() and one.isEnabled()]
        if not found or (isinstance(top, QDialog) and self.chance.random() < 0.1):
            self.trail.append(f"Esc {type(top).__name__}")
            QTest.keyClick(top, Qt.Key.Key_Escape)
            return
        one: Any = self.chance.choice(found)
        words = one.text() if isinstance(one, QAbstractButton | QLineEdit) else one.accessibleName()
        self.trail.append(f"{type(top).__name__}/{type(one).__name__}:{words}")
        self._act_on(one)

    def _choose(self, menu: QMenu) -> None:
        actions = [one for one in menu.actions() if one.isEnabled() and not one.isSeparator()]
        menu.close()
        if actions and self.chance.random() < 0.8:
            action = self.chance.choice(actions)
            self.trail.append(f"menu {action.text()}")
            action.trigger()

    def _act_on(self, one: Any) -> None:
        if isinstance(one, QAbstractButton):
            QTest.mouseClick(one, Qt.MouseButton.LeftButton)
        elif isinstance(one, QComboBox):
            if one.count():
                one.setCurrentIndex(self.chance.randrange(one.count()))
                one.activated.emit(one.currentIndex())
        elif isinstance(one, QTabBar):
            one.setCurrentIndex(self.chance.randrange(max(1, one.count())))
        elif isinstance(one, QAbstractItemView):
            self._pick(one)
        else:
            self._type(one)

    def _pick(self, view: QAbstractItemView) -> None:
        model = view.model()
        if model is None or not model.rowCount():
            return
        column = 0 if isinstance(model, QAbstractListModel) else self.chance.randrange(model.columnCount())
        index = model.index(self.chance.randrange(min(model.rowCount(), 50)), column)
        view.scrollTo(index)
        place = view.visualRect(index).center()
        view.setCurrentIndex(index)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        if self.chance.random() < 0.4:
            QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        if self.chance.random() < 0.2:
            QTest.keyClick(view, self.chance.choice(KEYS))

    def _type(self, field: Any) -> None:
        field.setFocus()
        if self.chance.random() < 0.5:
            field.selectAll()
        typed = QInputMethodEvent()
        typed.setCommitString(self.chance.choice(WORDS))
        QApplication.sendEvent(field, typed)
        QTest.keyClick(field, self.chance.choice(ENDS))


def _settle(application: QApplication, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        application.processEvents()
        time.sleep(0.002)


def walk(seed: int, steps: int, folder: Path) -> int:
    """Take so many steps on a sample county in the folder; return 0 when nothing failed and the database is whole."""
    os.environ["WORKROOM_DESK_DATA"] = str(folder)
    application, chance = make_application(Settings()), Random(seed)
    import_the_rest()
    operations = Operations(make_county(folder / "county.db"), operator=OPERATOR)
    operations.open_now()
    window = MainWindow(Desk(operations, Settings(operator=OPERATOR)))
    hand = Clicker(window, chance, folder)
    hand.answer_dialogs()
    sys.excepthook = hand.tell
    timer = QTimer(interval=400)
    timer.timeout.connect(hand.see_to_dialogs)
    timer.start()
    window.resize(*chance.choice(SIZES))
    window.show()
    window.show_view(TABS[1].view)
    for _ in range(steps):
        hand.step()
        _settle(application, 0.3 if operations.is_busy() else 0.025)
    timer.stop()
    while operations.is_busy():
        _settle(application, 0.05)
    found = integrity.verify(operations.database)
    window.close()
    sys.stdout.write(
        f"seed {seed}: {hand.faults} faults in {steps} steps; database {'whole' if found['ok'] else found}\n"
    )
    return int(bool(hand.faults) or not found["ok"])


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as made:
        sys.exit(walk(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3] if len(sys.argv) > 3 else made)))
