"""A table of the records that belong to a workroom, edited in place, with adding and deleting."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import stacked
from desktop.views.desk import Desk
from desktop.views.icons import Button, IconButton
from desktop.views.message_strip import MessageStrip
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

SHOWN_ROWS: Final = 12
"""Rows up to which the table grows instead of scrolling inside the page."""


class ChildTable(QWidget):
    """Rows of one noun. `title` names one of them (成员); `fresh` gives what a new row starts with, if added here."""

    added = Signal(str)

    def __init__(
        self,
        desk: Desk,
        strip: MessageStrip,
        noun: str,
        title: str,
        columns: Sequence[Column],
        fresh: Callable[[], dict[str, Any]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._strip = strip
        self.noun = noun
        self._title = title
        self._columns = tuple(columns)
        self._fresh = fresh
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.model = RecordTableModel(self._columns)
        self.table = TableView(dense=True)
        self.table.setAccessibleName(f"{self._title}列表")
        self.table.setModel(self.model)
        self.nothing = theme.label(f"还没有{self._title}。", "quiet", wrap=True)
        self.add_button = Button(f"添加{self._title}", "add", "link")
        if self._fresh is None:
            self.add_button.hide()
        self.delete_button = IconButton("delete", f"删除选中的{self._title}")
        self.delete_button.setEnabled(False)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addWidget(self.add_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.delete_button)
        stacked(self.nothing, self.table, self.foot, on=self, margins=0, spacing=4)

    def _connect_signals(self) -> None:
        self.model.edited.connect(self._save)
        self.add_button.clicked.connect(self.add)
        self.delete_button.clicked.connect(lambda: self._delete(self.table.selected_rows()))
        self.table.delete_requested.connect(self._delete)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())

    def show_rows(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show these records."""
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._fit()
        self._show_buttons()

    def _fit(self) -> None:
        self.table.setFixedHeight(self.table.content_height(min(self.model.rowCount(), SHOWN_ROWS)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the bar that scrolls sideways, when there is one."""
        super().resizeEvent(event)
        self._fit()

    def _show_buttons(self) -> None:
        self.delete_button.setEnabled(bool(self.table.selected_rows()))
        self.delete_button.setVisible(self.model.rowCount() > 0)
        self.add_button.setEnabled(not self._desk.operations.read_only)

    def count(self) -> int:
        """Return how many records are shown."""
        return self.model.rowCount()

    # -- changes ---------------------------------------------------------------------------------------------------

    def _save(self, row: int, key: str, value: Any) -> None:
        from desktop.services import records

        data = {"id": self.model.record(row)["id"], key: value}
        column = next(column for column in self._columns if column.key == key)
        self._desk.operations.run(
            f"修改{self._title}的{column.title}",
            lambda session: records.put_records(session, self.noun, data),
            lambda _value: self._strip.clear(),
            self._strip.show_error,
        )

    def add(self) -> None:
        """Add a row and begin to type in it."""
        if self._fresh is not None:
            self.put(self._fresh())

    def put(self, record: dict[str, Any]) -> None:
        """Add this record."""
        from desktop.services import records

        self._desk.operations.run(
            f"添加{self._title}",
            lambda session: records.put_records(session, self.noun, record)[0]["id"],
            self._added,
            self._strip.show_error,
        )

    def _added(self, record_id: str) -> None:
        self.added.emit(record_id)
        # The row is there once the page has been read again.
        QTimer.singleShot(0, lambda: self._go_to(record_id))

    def _go_to(self, record_id: str) -> None:
        row = self.model.row_of(record_id)
        column = next((number for number, column in enumerate(self._columns) if column.editable), -1)
        if row >= 0:
            self.table.selectRow(row)
        if row >= 0 and column >= 0 and self._fresh is not None:
            index = self.model.index(row, column)
            self.table.setCurrentIndex(index)
            self.table.setFocus()
            self.table.edit(index)

    def _delete(self, rows: list[int]) -> None:
        from desktop.services import records

        ids = [self.model.record(row)["id"] for row in rows]

        def change(session: Any) -> None:
            for record_id in ids:
                records.delete_record(session, self.noun, record_id)

        def done(_value: Any) -> None:
            words = f"已删除{len(ids)}条{self._title}。"
            self._strip.show_message(words, "info", "撤销", self._desk.operations.undo)

        self._desk.operations.run(f"删除{self._title}", change, done, self._strip.show_error)
