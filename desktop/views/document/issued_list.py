"""The papers already issued for a record, to look at and print again."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.views import formats, theme
from desktop.views.document.replacing import replaceable
from desktop.views.icons import Button

ROWS = 3


class IssuedList(QWidget):
    """A short list; hidden while nothing was issued. `opened` carries the filed paper, `replacing` one to be void."""

    opened = Signal(dict)
    replacing = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._build_layout()
        self._connect_signals()
        self.hide()

    def _build_layout(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("已出的文")
        # The number and the state come first; a day that finds no room stands in the hint.
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(theme.px(34) * ROWS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.replace_button = Button("作废、重发…", role="link", tip="选一份已出的文，写明理由作废，或另取文号重发")
        row = QHBoxLayout()
        row.addWidget(theme.label("已出的文", "strong"), 1)
        row.addWidget(self.replace_button)
        column.addLayout(row)
        column.addWidget(self.list)

    def _connect_signals(self) -> None:
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.list.itemClicked.connect(lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.list.currentItemChanged.connect(lambda *_: self._allow())
        self.replace_button.clicked.connect(lambda: self.replacing.emit(self.paper()))

    def paper(self) -> dict[str, Any] | None:
        """Return the paper that the cursor is on."""
        item = self.list.currentItem()
        return dict(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def _allow(self) -> None:
        self.replace_button.setEnabled(replaceable(self.paper()))

    def show_papers(self, papers: Sequence[Mapping[str, Any]], kind: str = "") -> None:
        """List the papers of one kind, the latest first."""
        wanted = [paper for paper in papers if paper["kind"] == kind]
        self.list.clear()
        for paper in wanted:
            self.list.addItem(_item(paper))
        self.list.setCurrentRow(0)
        self._allow()
        self.setVisible(bool(wanted))


def _item(paper: Mapping[str, Any]) -> QListWidgetItem:
    name = paper["document_number"] or paper["title"] or paper["short_code"]
    item = QListWidgetItem(f"{name}　{paper['state']}　{formats.date_text(paper['issued_on'])}")
    why = f"\n作废：{paper['void_reason']}" if paper.get("void_reason") else ""
    item.setToolTip(f"{paper['title']}　{formats.date_text(paper['issued_on'])}{why}")
    item.setData(Qt.ItemDataRole.UserRole, dict(paper))
    return item
