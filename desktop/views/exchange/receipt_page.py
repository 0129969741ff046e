"""回执: of a package that was taken in, what is accepted and what is returned with a reason; and what came back so."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.editors import TextEditor
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

ITEMS: Final = (
    Column("verdict", "意见", 64),
    Column("noun_title", "种类", 100),
    Column("label", "内容", 0),
    Column("reason", "退回原因", 0),
)


class ReceiptPage(QWidget):
    """`returned(noun, id, reason)`, `accepted(noun, id)`, `written()`; of what came back `opened(noun, id)`."""

    returned = Signal(str, str, str)
    accepted = Signal(str, str)
    written = Signal()
    opened = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_ours = False
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.title = theme.label(role="heading")
        self.words = theme.label(role="quiet", wrap=True)
        self.back = Button("返回")
        self.write = Button("存回执到U盘", "export", "primary")
        head = beside(Wide(self.title), self.back, self.write, spacing=8)
        self.model = RecordTableModel(ITEMS)
        self.table = TableView(dense=True)
        self.table.setModel(self.model)
        self.table.setAccessibleName("逐条意见")
        self.reason = TextEditor()
        self.reason.set_placeholder("退回原因，对方会看到")
        self.reason.setAccessibleName("退回原因")
        self.give_back = Button("退回选中的", "undo")
        self.take = Button("改为接收", "pass")
        self.go = Button("到台账里修改", "jump")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for widget in (self.reason, self.give_back, self.take, self.go):
            foot.addWidget(widget, 1 if widget is self.reason else 0)
        stacked(head, self.words, Wide(self.table), foot, on=self, margins=0, spacing=8)

    def _connect_signals(self) -> None:
        self.back.clicked.connect(self.left)
        self.write.clicked.connect(self.written)
        self.give_back.clicked.connect(self._return)
        self.reason.entered.connect(self._return)
        self.take.clicked.connect(self._accept)
        self.go.clicked.connect(self._open)
        self.table.opened.connect(lambda _row: self._open() if self._is_ours else None)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())

    def show_items(self, items: Sequence[dict[str, Any]], maker: str, number: int) -> None:
        """Show what a receipt on an import says now, to be changed."""
        self._is_ours = False
        self.title.setText(f"回执：{maker}的第 {number} 号数据包")
        self.words.setText("没有退回的都算接收。退回的写明原因；回执带给对方后，会显示在对方的每一条内容上。")
        self._show([{**one, "key": one["id"]} for one in items])

    def show_returned(self, items: Sequence[dict[str, Any]]) -> None:
        """Show what the office above returned and nobody has changed since."""
        self._is_ours = True
        self.title.setText(f"上级退回的 {len(items)} 条" if items else "没有退回待改的内容")
        self.words.setText("改好以后，下次带走时会一并上报。")
        self._show([{**one, "key": one["id"]} for one in items])

    def _show(self, rows: list[dict[str, Any]]) -> None:
        self.model.set_rows(rows)
        for widget in (self.reason, self.give_back, self.take, self.write):
            widget.setVisible(not self._is_ours)
        self.go.setVisible(self._is_ours)
        if rows and not self.table.selected_rows():
            self.table.selectRow(0)
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self._chosen()
        self.give_back.setEnabled(bool(chosen))
        self.take.setEnabled(any(one["reason"] for one in chosen))
        self.go.setEnabled(bool(chosen))

    def _chosen(self) -> list[dict[str, Any]]:
        return [self.model.record(row) for row in self.table.selected_rows()]

    def _return(self) -> None:
        reason = str(self.reason.value() or "").strip()
        if not reason:
            self.reason.set_error("请写明退回的原因")
            self.reason.setFocus()
            return
        for one in self._chosen():
            self.returned.emit(one["noun"], one["id"], reason)

    def _accept(self) -> None:
        for one in self._chosen():
            self.accepted.emit(one["noun"], one["id"])

    def _open(self) -> None:
        for one in self._chosen()[:1]:
            self.opened.emit(one["noun"], one["id"])
