"""The left of the page: the regulations with their ticks, and under them the texts that the database keeps."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import formats, theme
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.regulations.law_table import LawTableModel
from desktop.views.regulations.tick_table import TickTable
from desktop.views.table_view import TableView

SHORT: Final = 8
"""How much of a version names it to a person."""


def _day(row: dict[str, Any], key: str) -> str:
    return formats.date_text(row[key]) if row[key] else ""


TEXTS: Final = (
    Column("title", "办法", 0),
    Column("version", "版本", 84, show=lambda row: str(row["version"])[:SHORT]),
    Column("origin", "状态", 60, show=lambda row: "不能读" if row["fault"] else str(row["origin"])),
    Column("effective_on", "起用", 116, show=lambda row: _day(row, "effective_on")),
    Column("adopted_on", "采用", 120, show=lambda row: _day(row, "adopted_on")),
)


class LawPane(QWidget):
    """`laws.ticked` follows a tick; `weigh_requested(version)` asks what a kept text would change."""

    weigh_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.laws, self.texts = LawTableModel(), RecordTableModel(TEXTS)
        self.law_table, self.text_table = TickTable(dense=True), TableView(dense=True)
        self.law_table.setModel(self.laws)
        self.law_table.setAccessibleName("适用办法")
        self.text_table.setModel(self.texts)
        self.text_table.setAccessibleName("采用和存档的文本")
        self.weigh = Button("看影响", "view", "link", "选中的文本如果采用，哪些结论会变")
        self.fault = theme.label(role="warn", wrap=True)
        self.nothing = theme.label("还没有采用过办法文件，各办法都按程序自带的文本。", "quiet", wrap=True)
        head = QHBoxLayout()
        head.addWidget(theme.label("采用和存档的文本", "strong"), 1)
        head.addWidget(self.weigh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(theme.label("勾选本工会适用的办法；一个也不选，就按全部现行办法。", "quiet", wrap=True))
        layout.addWidget(self.law_table, 3)
        layout.addLayout(head)
        layout.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.text_table, 2)
        layout.addWidget(self.fault)
        layout.addStretch(0)

    def _connect_signals(self) -> None:
        self.text_table.selectionModel().selectionChanged.connect(lambda *_: self._show_selected())
        self.text_table.opened.connect(lambda _row: self._weigh())
        self.weigh.clicked.connect(self._weigh)

    def show_laws(self, laws: Sequence[dict[str, Any]], texts: Sequence[dict[str, Any]]) -> None:
        """Show the regulations (`law_rows`) and the texts kept (`regulation_pack.adopted`)."""
        titles = {law["id"]: law["title"] for law in laws}
        self.laws.set_rows(laws)
        self.texts.set_rows(
            [
                {**text, "id": f"{text['version']} {text['origin']}", "title": titles.get(text["regulation"], "")}
                for text in texts
            ]
        )
        self.nothing.setVisible(not texts)
        self.text_table.setVisible(bool(texts))
        self.weigh.setVisible(bool(texts))
        self._show_selected()

    def _selected(self) -> dict[str, Any] | None:
        return next((self.texts.record(row) for row in self.text_table.selected_rows()), None)

    def _show_selected(self) -> None:
        row = self._selected()
        self.weigh.setEnabled(row is not None and not row["fault"])
        self.fault.setText(row["fault"] if row is not None else "")
        self.fault.setVisible(bool(self.fault.text()))

    def _weigh(self) -> None:
        row = self._selected()
        if row is not None and not row["fault"]:
            self.weigh_requested.emit(row["version"])
