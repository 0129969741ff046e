"""The grants there are, as a table to choose from: whose, of which year, how much, and how far its sharing out is."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.views import theme
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

COLUMNS = (
    Column("workroom_name", "工作室", 0),
    Column("year", "年度", 72, "number"),
    Column("grant_total_yuan", "金额（元）", 120, "money"),
    Column("regulation_title", "办法", 260),
    Column("state", "资金状态", 160),
    Column("allocation_state", "分配", 88, show=lambda grant: str(grant.get("allocation_state") or "未分配")),
)


class GrantList(QFrame):
    """Lists grants; `chosen` carries the id of the one opened with Enter or a double click."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setProperty("role", "card")
        self.model = RecordTableModel(COLUMNS, self)
        self.table = TableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("补助资金")
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(8))
        column.addWidget(theme.label("补助资金", "heading"))
        column.addWidget(theme.label("双击或按回车打开一笔；成员和角色从台账带入。", "quiet", wrap=True))
        column.addWidget(self.table, 1)

    def _connect_signals(self) -> None:
        self.table.opened.connect(lambda row: self.chosen.emit(str(self.model.record(row)["id"])))

    def show_grants(self, grants: Sequence[Mapping[str, Any]]) -> None:
        """List grants in the order given."""
        self.model.set_rows([dict(grant) for grant in grants])
