"""工具设置: the limits that no regulation sets, each with its rule, what the program brings and what holds here."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, Display, Index, RecordTableModel
from desktop.views.table_view import TableView

NOTE: Final = "工具提示，非规定条文"
SETTINGS: Final = (
    Column("law", "办法", 0),
    Column("title", "规则", 0, show=lambda row: f"{row['article']} {row['title']}"),
    Column("words", "界限", 104),
    Column("bundled", "自带", 60, "number"),
    Column("value", "现在", 72, "number", editable=True),
)


class SettingTableModel(RecordTableModel):
    """Values that differ from the program's stand in the colour of a hint."""

    def data(self, index: Index, role: int = Display) -> Any:
        """Return also the colour of a changed value, and at each row that it is no article."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.ForegroundRole and self.columns[index.column()].key == "value":
            return QColor(theme.tokens().warn) if self.record(index.row())["changed"] else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{super().data(index, Display)}\n{NOTE}"
        return super().data(index, role)


class SettingPane(QWidget):
    """`changed(rule, parameter, value)` follows each edit; None asks for the program's own value again."""

    changed = Signal(str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.model = SettingTableModel(SETTINGS)
        self.table = TableView(dense=True)
        self.table.setModel(self.model)
        self.table.setAccessibleName("工具设置")
        self.count = theme.label(role="quiet")
        self.restore = Button("恢复自带的值", "undo", "link")
        head = beside(theme.label("工具设置", "heading"), Wide(self.count), self.restore, spacing=8)
        words = f"{NOTE}：条文没有写明的界限，由本工会自己定，只用来提醒。双击“现在”一栏修改；清空就恢复自带的值。"
        stacked(head, theme.label(words, "quiet", wrap=True), Wide(self.table), on=self, margins=0, spacing=8)

    def _connect_signals(self) -> None:
        self.model.edited.connect(lambda row, _key, value: self._ask(row, value))
        self.restore.clicked.connect(self._restore)
        self.table.delete_requested.connect(lambda _rows: self._restore())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())

    def show_settings(self, settings: Sequence[dict[str, Any]], titles: dict[str, str]) -> None:
        """Show the settings (`Setting.as_dict`), naming their regulations."""
        self.model.set_rows(
            [
                {**one, "id": f"{one['rule']} {one['parameter']}", "law": titles.get(one["regulation"], "")}
                for one in settings
            ]
        )
        changed = sum(one["changed"] for one in settings)
        self.count.setText(f"共{len(settings)}项，" + (f"改过{changed}项" if changed else "都是自带的值"))
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.restore.setEnabled(any(self.model.record(row)["changed"] for row in self.table.selected_rows()))

    def _ask(self, row: int, value: object) -> None:
        record = self.model.record(row)
        self.changed.emit(record["rule"], record["parameter"], value)

    def _restore(self) -> None:
        for row in self.table.selected_rows():
            if self.model.record(row)["changed"]:
                self._ask(row, None)
