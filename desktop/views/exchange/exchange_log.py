"""历次交换: every package carried and brought, the latest first, and what can be done about each."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import ROOM, beside
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.status_line import moment_text
from desktop.views.table_view import TableView


def _moment(record: dict[str, Any]) -> str:
    return moment_text(datetime.fromisoformat(record["at"]).replace(tzinfo=None), date.today())


def _direction(record: dict[str, Any]) -> str:
    words = "带回" if record["direction"] == "import" else "带走"
    return f"{words}（已撤销）" if record["undone_at"] else words


COLUMNS: Final = (
    Column("at", "时间", 140, show=_moment),
    Column("direction", "方向", 120, show=_direction),
    Column("partner", "对方", 0),
    Column("number", "编号", 70, "number"),
    Column("commits", "修改", 90, "number"),
    Column("receipt", "回执", 130, show=lambda record: receipt_words(record["receipt"])),
)


def receipt_words(said: dict[str, Any] | None) -> str:
    """Return what a receipt says of a whole package; nothing where there is none."""
    if said is None:
        return ""
    return f"退回 {said['returned']} 条" if said["returned"] else "已接收"


def partner_names(row: dict[str, Any], names: dict[str, str]) -> str:
    """Return the other side of an exchange by name; a package made for several names them all."""
    raw = str(row["with"])
    ids = json.loads(raw) if raw.startswith("[") else [raw]
    return "、".join(names.get(office, office) for office in ids if office)


class ExchangeLog(QWidget):
    """Each signal carries the id of an import: to be taken back, looked at, or reported on paper."""

    undo_requested = Signal(str)
    opened = Signal(str)
    report_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.model = RecordTableModel(COLUMNS)
        self.table = TableView(dense=True)
        self.table.setModel(self.model)
        self.table.setAccessibleName("历次交换")
        self.nothing = theme.label("还没有交换过。每次带走和带回都会记在这里。", "quiet")
        self.look_button = Button("查看变化", "view")
        self.report_button = Button("打印报告…", "print")
        self.undo_button = Button("撤销此次导入", "undo")
        self.buttons = (self.look_button, self.report_button, self.undo_button)
        head = beside(theme.label("历次交换", "strong"), ROOM, *self.buttons, spacing=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)

    def _connect_signals(self) -> None:
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())
        self.table.opened.connect(lambda _row: self._tell(self.opened))
        self.look_button.clicked.connect(lambda: self._tell(self.opened))
        self.report_button.clicked.connect(lambda: self._tell(self.report_requested))
        self.undo_button.clicked.connect(lambda: self._tell(self.undo_requested))

    def show_exchanges(self, rows: Sequence[dict[str, Any]], names: dict[str, str]) -> None:
        """Show the packages made and taken in, naming the offices."""
        self.model.set_rows([{**row, "partner": partner_names(row, names)} for row in rows])
        self.nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        for button in self.buttons:
            button.setVisible(any(row["direction"] == "import" for row in rows))
        self._show_buttons()

    def _show_buttons(self) -> None:
        row = self._selected()
        for button in self.buttons:
            button.setEnabled(row is not None and not row["undone_at"])

    def _selected(self) -> dict[str, Any] | None:
        rows = [self.model.record(row) for row in self.table.selected_rows()]
        return next((row for row in rows if row["direction"] == "import"), None)

    def _tell(self, signal: Any) -> None:
        row = self._selected()
        if row is not None and not row["undone_at"]:
            signal.emit(row["id"])
