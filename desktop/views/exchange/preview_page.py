"""What a package would change, record by record and field by field, before anything is written."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

# Tells the words of a value: noun, field, value.
Describe: TypeAlias = Callable[[str, str, Any], str]
KINDS: Final = {"new": "新增", "changed": "修改", "deleted": "删除"}


RECORDS: Final = (
    Column("kind", "变化", 64, show=lambda record: KINDS[record["kind"]]),
    Column("noun_title", "种类", 96),
    Column("label", "内容", 0),
    Column("count", "栏目", 56, "number", show=lambda record: str(len(record["fields"]))),
)
FIELDS: Final = (
    Column("title", "栏目", 140),
    Column("old", "现在", 0),
    Column("new", "带回后", 0),
)


class PreviewPage(QWidget):
    """`accepted` follows 带回, `refused` 不带回; nothing is written before."""

    accepted = Signal()
    refused = Signal()

    def __init__(self, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.title = theme.label(role="heading", wrap=True)
        self.summary = theme.label(role="quiet", wrap=True)
        self.take = Button("带回到本机", "import", "primary")
        self.leave = Button("不带回")
        self.note = MessageStrip()
        self.records = RecordTableModel(RECORDS)
        self.fields = RecordTableModel(FIELDS)
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
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.summary)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        head.addWidget(self.leave)
        head.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.note)
        layout.addWidget(splitter, 1)

    def _connect_signals(self) -> None:
        self.take.clicked.connect(self.accepted)
        self.leave.clicked.connect(self.refused)
        self.record_table.selectionModel().currentRowChanged.connect(
            lambda current, _previous: self._show_fields(current.row())
        )

    def show_preview(self, package: dict[str, Any], result: dict[str, Any]) -> None:
        """Show a package (`exchange.inspect`) and what importing it would do (`import_package` with preview)."""
        made = datetime.fromisoformat(package["made_at"])
        self.title.setText(f"{package['maker']['name']} 的第 {package['number']} 号数据包")
        self.summary.setText(f"{made.year}年{made.month}月{made.day}日 {made:%H:%M} 制作。{change_words(result)}")
        self.records.set_rows(result["changes"])
        self.take.setEnabled(bool(result["applied"]) or bool(result["waiting"]))
        self._show_note(result)
        if result["changes"]:
            self.record_table.selectRow(0)
        else:
            self.fields.set_rows([])

    def _show_note(self, result: dict[str, Any]) -> None:
        self.note.clear()
        waiting = [item["text"] for item in result["waiting"]]
        if waiting:
            more = f"（共{len(waiting)}项）" if len(waiting) > 1 else ""
            self.note.show_message(f"{waiting[0]}{more}。收到以后会自动补上。", "warn")
        elif not result["applied"]:
            self.note.show_message("这个数据包里的内容本机都已经有了，不用再带回。", "info", "返回", self.refused.emit)

    def _show_fields(self, row: int) -> None:
        if not 0 <= row < self.records.rowCount():
            self.fields.set_rows([])
            return
        record = self.records.record(row)
        noun = record["noun"]
        self.fields.set_rows(
            [
                {**field, **{side: self._describe(noun, field["field"], field[side]) for side in ("old", "new")}}
                for field in record["fields"]
            ]
        )


def change_words(result: dict[str, Any]) -> str:
    """Return the counts of an import in a sentence."""
    counts = result["counts"]
    parts = [f"{words} {counts[kind]} 条" for kind, words in KINDS.items() if counts.get(kind)]
    parts += [f"两边都改过 {len(result['conflicts'])} 处"] if result["conflicts"] else []
    parts += [f"还在等待 {len(result['waiting'])} 项"] if result["waiting"] else []
    return ("，".join(parts) or "没有新的变化") + "。"
