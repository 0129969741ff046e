"""The window over a sample county, as a person meets it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import FIRST_FONTS, load_fonts
from desktop.settings import Settings
from desktop.views import theme
from desktop.views.arranging import stacked
from desktop.views.desk import Desk
from desktop.views.field_editor import FieldEditor
from desktop.views.main_window import MainWindow
from desktop.views.operation import Operations
from tests.views.county import make_county

OPERATOR = "王敏"
PATIENCE_MS = 60_000
"""How long a test waits for what must happen: a busy machine takes its time, and only what is broken never comes."""

for waiting in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
    waiting.__kwdefaults__["timeout"] = PATIENCE_MS


@pytest.fixture(scope="session", autouse=True)
def _look(qapp: QApplication) -> None:
    load_fonts(FIRST_FONTS)
    theme.apply(qapp)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A database file with a sample county of 12 workrooms."""
    return make_county(tmp_path / "county.db")


@pytest.fixture
def operations(county: Path, qtbot: QtBot) -> Iterator[Operations]:
    """The operations over the county, open."""
    opened = Operations(county, operator=OPERATOR)
    opened.open_now()
    yield opened
    opened.close()


@pytest.fixture
def desk(operations: Operations) -> Iterator[Desk]:
    """The desk over the county."""
    made = Desk(operations, Settings(operator=OPERATOR))
    yield made
    made.registry.close()


@pytest.fixture
def window(county: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window on the county, shown, its database open and its list read."""
    operations = Operations(county, operator=OPERATOR)
    shown = MainWindow(Desk(operations, Settings(operator=OPERATOR)))
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show_view("registry")
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    operations.open_now()
    qtbot.waitUntil(lambda: shown.desk.registry.registry is not None and not operations.is_busy())
    yield shown
    shown.close()


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[MainWindow], None]:
    """Wait until the window has nothing left to do in the background."""

    def wait(shown: MainWindow) -> None:
        qtbot.wait(5)
        qtbot.waitUntil(lambda: not shown.operations.is_busy(), timeout=10_000)

    return wait


@pytest.fixture
def placed(qtbot: QtBot) -> Callable[[FieldEditor], FieldEditor]:
    """Place an editor before another field and put the cursor into it; `told` keeps what it commits."""
    holders = []

    def place(editor: FieldEditor) -> FieldEditor:
        holder = QWidget()
        holders.append(holder)
        stacked(editor, QLineEdit(), on=holder)
        qtbot.addWidget(holder)
        holder.show()
        holder.activateWindow()
        editor.setFocus()
        qtbot.waitUntil(editor.has_focus)
        editor.told = []
        editor.committed.connect(editor.told.append)
        return editor

    return place
