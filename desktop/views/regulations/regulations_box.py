"""The window of 办法与工具设置 beside the main one: it stays, hidden, so that a file being weighed is not lost."""

from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.desk import Desk
from desktop.views.operation import EVERYTHING
from desktop.views.regulations.regulations_view import RegulationsView

SIZE = (1280, 660)


class RegulationsBox(QDialog):
    """Shows the page and brings it up to date while it is seen; Ctrl+Z and Ctrl+Y act as in the main window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setWindowTitle("办法与工具设置")
        self.view = RegulationsView(self._desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.resize(*(theme.px(side) for side in SIZE))

    def _connect_signals(self) -> None:
        operations = self._desk.operations
        operations.changed.connect(self._changed)
        operations.failed.connect(self._tell)
        QShortcut(QKeySequence("Ctrl+Z"), self, operations.undo)
        QShortcut(QKeySequence("Ctrl+Y"), self, operations.redo)
        QShortcut(QKeySequence("F5"), self, lambda: self.view.refresh(EVERYTHING))

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew each time it is opened."""
        super().showEvent(event)
        if not event.spontaneous():
            self.view.arrive()

    def _changed(self, nouns: frozenset[str]) -> None:
        if self.isVisible() and (nouns & self.view.nouns or EVERYTHING & nouns):
            self.view.refresh(nouns)

    def _tell(self, error: DesktopError) -> None:
        if self.isVisible():
            self.view.tell(error)
