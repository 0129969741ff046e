"""A row of questions that stands in a page while something is asked, and goes again."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget


class AskedRow(QObject):
    """Shows one `row` in `place`; `asking` tells whether it is there, `done` carries a sentence, `failed` a refusal."""

    done = Signal(str)
    failed = Signal(object)
    asking = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.place = QVBoxLayout()
        self.row: Any = None

    def show_row(self, row: QFrame, first: QWidget) -> None:
        """Show a row and put the cursor on `first`."""
        self.row = row
        self.place.addWidget(row)
        self.asking.emit(True)
        first.setFocus()

    def put_away(self) -> None:
        """Ask no more."""
        if self.row is not None:
            self.row.hide()
            self.row.deleteLater()
            self.row = None
            self.asking.emit(False)
