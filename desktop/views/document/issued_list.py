"""The papers already issued for a record, to look at and print again."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.views import formats, theme

ROWS = 3


class IssuedList(QWidget):
    """A short list; hidden while nothing was issued. `opened` carries the filed paper."""

    opened = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._build_layout()
        self._connect_signals()
        self.hide()

    def _build_layout(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("已出的文")
        self.list.setFixedHeight(theme.px(34) * ROWS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(theme.label("已出的文", "strong"))
        column.addWidget(self.list)

    def _connect_signals(self) -> None:
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.list.itemClicked.connect(lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole)))

    def show_papers(self, papers: Sequence[Mapping[str, Any]], kind: str = "") -> None:
        """List the papers of one kind, the latest first."""
        wanted = [paper for paper in papers if paper["kind"] == kind]
        self.list.clear()
        for paper in wanted:
            self.list.addItem(_item(paper))
        self.setVisible(bool(wanted))


def _item(paper: Mapping[str, Any]) -> QListWidgetItem:
    name = paper["document_number"] or paper["title"] or paper["short_code"]
    item = QListWidgetItem(f"{formats.date_text(paper['issued_on'])}　{name}　{paper['state']}")
    item.setToolTip(str(paper["title"]))
    item.setData(Qt.ItemDataRole.UserRole, dict(paper))
    return item
