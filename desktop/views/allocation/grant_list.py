"""The grants there are, as a table to choose from: whose, of which year, how much, and how far its sharing out is."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget

from desktop.views import theme
from desktop.views.allocation.plan_bar import PlanBar
from desktop.views.allocation.prize_page import PrizePage
from desktop.views.arranging import Wide, stacked
from desktop.views.desk import Desk
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

COLUMNS = (
    Column("workroom_name", "工作室或联盟", 0),
    Column("year", "年度", 72, "number"),
    Column("grant_total_yuan", "金额（元）", 100, "money"),
    Column("regulation_title", "办法", 150),
    Column("state", "资金状态", 150),
    Column("allocation_state", "分配", 88, show=lambda grant: str(grant.get("allocation_state") or "未分配")),
)


class GrantList(QStackedWidget):
    """Lists grants; `chosen` carries the id of the one opened with Enter or a double click; prizes are a step away."""

    chosen = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.prizes = PrizePage(desk)
        self.plan = PlanBar(desk, self.selected)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        self.prize_button = Button("成果奖奖金", "medal")
        head = QHBoxLayout()
        head.addWidget(theme.label("补助资金", "heading"), 1)
        head.addWidget(self.prize_button)
        self.model = RecordTableModel(COLUMNS, self)
        self.table = TableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("补助资金")
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        stacked(
            head,
            theme.label("双击或按回车打开一笔；成员和角色从台账带入。", "quiet", wrap=True),
            self.plan,
            Wide(self.table),
            on=card,
            margins=(theme.px(20), theme.px(16), theme.px(20), theme.px(16)),
            spacing=theme.px(8),
        )
        self.addWidget(card)
        self.addWidget(self.prizes)

    def _connect_signals(self) -> None:
        self.table.opened.connect(lambda row: self.chosen.emit(str(self.model.record(row)["id"])))
        self.prize_button.clicked.connect(lambda: self.show_prizes(True))
        self.prizes.left.connect(lambda: self.show_prizes(False))
        for part in (self.prizes, self.plan):
            part.failed.connect(self.failed)

    def selected(self) -> list[str]:
        """Return the ids of the grants that are selected."""
        return [str(self.model.record(row)["id"]) for row in self.table.selected_rows()]

    def mark(self, grant_id: str) -> None:
        """Put the cursor on a grant."""
        self.table.selectRow(self.model.row_of(grant_id))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_award(self, award_id: str) -> None:
        """Show the prize of an award."""
        self.show_prizes(True)
        self.prizes.show_award(award_id)

    def show_prizes(self, prizes: bool) -> None:
        """Show the prizes of awards, or the grants again."""
        self.setCurrentIndex(1 if prizes else 0)

    def show_grants(self, grants: Sequence[Mapping[str, Any]]) -> bool:
        """List grants in the order given; return whether there is anything to show, grants or prizes."""
        self.model.set_rows([dict(grant) for grant in grants])
        prizes = self.prizes.show_years()
        self.prize_button.setVisible(prizes)
        planning = self.plan.show_plan()
        if prizes and not grants and not planning:
            self.setCurrentIndex(1)
        return prizes or planning or bool(grants)
