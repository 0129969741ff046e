"""What a package changes, record by record and field by field: before anything is written, and of past imports."""

from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSplitter, QToolButton, QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.exchange.change_rows import CONFLICT, KINDS, Describe, change_rows, change_words, counts, detail_rows
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

EVERY: Final = ""
RECORDS: Final = (
    Column("kind", "变化", 92, show=lambda record: KINDS[record["kind"]]),
    Column("noun_title", "种类", 92),
    Column("label", "内容", 0, show=lambda record: _label(record)),
    Column("count", "栏目", 56, "number", show=lambda record: str(len(record["fields"]) or "")),
)
FIELDS: Final = (
    Column("title", "栏目", 150),
    Column("old", "现在", 0),
    Column("new", "带回后", 0),
)
PARTIES: Final = (
    Column("title", "哪里填的", 150),
    Column("old", "谁、何时", 0),
    Column("new", "填写", 0),
)


class PreviewPage(QWidget):
    """`accepted` follows 带回, `refused` 不带回 or 返回, `printed` 打印报告, `receipted` 出回执 (of a past import)."""

    accepted = Signal()
    refused = Signal()
    printed = Signal()
    receipted = Signal()

    def __init__(self, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._rows: list[dict[str, Any]] = []
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.title = theme.label(role="heading", wrap=True)
        self.summary = theme.label(role="quiet", wrap=True)
        self.take = Button("带回到本机", "import", "primary")
        self.leave = Button("不带回")
        self.print = Button("打印报告…", "print")
        self.receipt = Button("出回执…", "send", tip="告诉对方哪些接收、哪些退回")
        self.note = MessageStrip()
        words = stacked(self.title, self.summary, spacing=4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        for button in (self.receipt, self.print, self.leave, self.take):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        stacked(head, self.note, self._build_kinds(), Wide(self._build_tables()), on=self, margins=0, spacing=8)

    def _build_kinds(self) -> QHBoxLayout:
        """One button for each kind of change, with its number; those without any are not shown."""
        self._kinds = QButtonGroup(self)
        self.kind_buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout()
        row.setSpacing(4)
        for kind in (EVERY, *KINDS):
            button = QToolButton()
            button.setCheckable(True)
            button.setProperty("role", "answer")
            self._kinds.addButton(button)
            self.kind_buttons[kind] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _build_tables(self) -> QSplitter:
        self.records, self.fields = RecordTableModel(RECORDS), RecordTableModel(FIELDS)
        self.parties = RecordTableModel(PARTIES)
        self.record_table, self.field_table = TableView(dense=True), TableView(dense=True)
        for table, model, name in (
            (self.record_table, self.records, "会变化的记录"),
            (self.field_table, self.fields, "会变化的栏目"),
        ):
            table.setModel(model)
            table.setAccessibleName(name)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(12)
        splitter.addWidget(self.record_table)
        splitter.addWidget(self.field_table)
        splitter.setSizes([600, 600])
        return splitter

    def _connect_signals(self) -> None:
        self.take.clicked.connect(self.accepted)
        self.leave.clicked.connect(self.refused)
        self.print.clicked.connect(self.printed)
        self.receipt.clicked.connect(self.receipted)
        self._kinds.buttonClicked.connect(lambda _button: self._show_rows())
        self.record_table.selectionModel().currentRowChanged.connect(
            lambda current, _previous: self._show_fields(current.row())
        )

    def show_preview(self, package: dict[str, Any], result: dict[str, Any]) -> None:
        """Show a package (`exchange.inspect`) and what importing it would do (`import_package` with preview)."""
        sealed = "，加密" if package.get("encrypted") else ""
        files = f"，文件 {package['files']} 个" if package["files"] else ""
        self._show(result, f"{_made(package)} 制作{sealed}，{package['commits']} 处修改{files}。{change_words(result)}")
        self.take.setVisible(True)
        self.take.setEnabled(bool(result["applied"]) or any(one["kind"] == "commit" for one in result["waiting"]))
        self.leave.setText("不带回")
        self.receipt.hide()
        self.note.clear()
        if not result["applied"] and not result["waiting"]:
            self.note.show_message("这个数据包里的内容本机都已经有了，不用再带回。", "info", "返回", self.refused.emit)
        elif result["waiting"]:
            self.note.show_message("还在等待的内容，收到以后会自动补上。", "warn")

    def show_past(self, result: dict[str, Any], *, may_answer: bool) -> None:
        """Show what a past import changed (`brought`); `may_answer` offers the receipt to the office beneath."""
        undone = "，已撤销" if result["undone_at"] else ""
        self._show(result, f"{_made(result)} 制作，已带回{undone}。{change_words(result)}")
        self.take.hide()
        self.leave.setText("返回")
        self.receipt.setVisible(may_answer and not result["undone_at"])
        self.note.clear()

    def _show(self, result: dict[str, Any], summary: str) -> None:
        self.title.setText(f"{result['maker']['name']} 的第 {result['number']} 号数据包")
        self.summary.setText(summary)
        self._rows = change_rows(result)
        found = counts(self._rows, result)
        for kind, button in self.kind_buttons.items():
            number = found.get(kind, sum(found.values()))
            button.setText(f"{KINDS.get(kind, '全部')} {number}")
            button.setVisible(kind == EVERY or number > 0)
        self.kind_buttons[EVERY].setChecked(True)
        self._show_rows()

    def _show_rows(self) -> None:
        kind = next(name for name, button in self.kind_buttons.items() if button.isChecked())
        self.records.set_rows([row for row in self._rows if kind in (EVERY, row["kind"])])
        if self.records.rowCount():
            self.record_table.selectRow(0)
        self._show_fields(0)

    def _show_fields(self, row: int) -> None:
        inside = 0 <= row < self.records.rowCount()
        record = self.records.record(row) if inside else None
        model = self.parties if record is not None and record["kind"] == CONFLICT else self.fields
        model.set_rows(detail_rows(record, self._describe) if record is not None else [])
        if self.field_table.model() is not model:
            self.field_table.setModel(model)


def _label(record: dict[str, Any]) -> str:
    return f"{record['title']}：{record['label']}" if record["kind"] == CONFLICT else str(record["label"])


def _made(package: dict[str, Any]) -> str:
    made = datetime.fromisoformat(package["made_at"])
    return f"{made.year}年{made.month}月{made.day}日 {made:%H:%M}"
