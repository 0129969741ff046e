"""The payments and recoveries of one prize: day and receipt number are put right here, a wrong one is deleted."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.desk import Desk
from desktop.views.message_strip import MessageStrip
from desktop.views.record_table_model import Column
from desktop.views.registry.child_table import ChildTable

COLUMNS: Final = (
    Column("paid_on", "日期", 140, "date", True),
    Column("kind", "类别", 80),
    Column("amount_yuan", "金额（元）", 120, "money"),
    Column("receipt_number", "银行回执号", 180, editable=True),
    Column("filed", "回执附件", 90, show=lambda row: "已附" if row["filed"] else ""),
    Column("note", "备注", 0, editable=True),
)


class PrizePayments(QWidget):
    """Shows the payments of the prize chosen above."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self._desk = desk
        self.title = theme.label("", "strong", wrap=True)
        self.rows = ChildTable(desk, strip, "award_payments", "发放记录", COLUMNS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        # The table has the foot of the page below it: its own would only take room.
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.rows.delete_button)
        column.addLayout(head)
        column.addWidget(self.rows)

    def show_award(self, award_id: str, name: str) -> None:
        """Show the payments of an award; without one there is nothing to show."""
        from desktop.services.funds import prizes

        found = self._desk.operations.read(lambda session: prizes.payment_rows(session, award_id)) if award_id else []
        self.title.setText(f"发放和追回：{name}")
        self.rows.show_rows(found)
        self.setHidden(not found)
