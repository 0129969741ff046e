"""支出明细: what was spent of a grant, a line an expense, edited in place."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, beside
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

SOURCES = ("补助资金", "单位资金", "其他")


def ledger_columns(categories: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns; `categories` are the uses offered."""
    return (
        Column("paid_on", "日期", 152, "date", editable=True),
        Column("category", "用途", 148, editable=True, choices=tuple(categories)),
        Column("amount_yuan", "金额（元）", 124, "money", editable=True),
        Column("source", "资金来源", 108, editable=True, choices=SOURCES),
        Column("payee", "收款方", 140, editable=True),
        Column("voucher_number", "凭证号", 104, editable=True),
        Column("note", "摘要", 0, editable=True),
    )


class LedgerPanel(QWidget):
    """The table of expenses and its buttons; tells what is to be saved, added or removed."""

    changed = Signal(str, str, object)
    add_requested = Signal()
    removed = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.model = RecordTableModel(ledger_columns(()), self)
        self.table = TableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("支出明细")
        self._none = theme.label("还没有登记支出。按“登记支出”或 Ctrl+N 添一行。", "quiet")
        self.add_button = Button("登记支出", "add")
        self.remove_button = Button("删除所选", "delete")
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        head = beside(Wide(theme.label("支出明细", "heading")), self.add_button, self.remove_button)
        inside.addLayout(head)
        inside.addWidget(self._none)
        inside.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def _connect_signals(self) -> None:
        self.model.edited.connect(lambda row, key, value: self.changed.emit(self.model.record(row)["id"], key, value))
        self.add_button.clicked.connect(self.add_requested)
        self.remove_button.clicked.connect(lambda: self._remove(self.table.selected_rows()))
        self.table.delete_requested.connect(self._remove)

    def show_ledger(self, expenses: Sequence[Mapping[str, Any]], categories: Sequence[str]) -> None:
        """Show the expenses of a grant, and the uses that may be chosen."""
        columns = ledger_columns(categories)
        if columns != self.model.columns:
            self.model.columns = columns
            self.table.lay_out_columns()
        self.model.set_rows([dict(expense) for expense in expenses])
        self._none.setVisible(not expenses)
        self.remove_button.setEnabled(bool(expenses))

    def edit_record(self, record_id: str) -> None:
        """Put the cursor into the first cell of an expense."""
        row = self.model.row_of(record_id)
        if row >= 0:
            self.table.setFocus()
            self.table.setCurrentIndex(self.model.index(row, 0))
            self.table.edit(self.model.index(row, 0))

    def _remove(self, rows: list[int]) -> None:
        ids = [self.model.record(row)["id"] for row in rows]
        if ids:
            self.removed.emit(ids)
