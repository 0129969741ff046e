"""A publicity on the road: its clock, the objections raised, and how they were settled."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.views import formats, theme
from desktop.views.icons import Button, PlainIcon


class PublicityCard(QFrame):
    """Tells what was asked for: an objection to register, one to settle, or the result to record."""

    objection_requested = Signal(str)
    settling_requested = Signal(dict)
    closing_requested = Signal(str)
    calendar_requested = Signal(int)

    def __init__(self, one: Any) -> None:
        super().__init__()
        self._one = one
        self._build_layout()

    def _build_layout(self) -> None:
        record, clock = self._one.record, self._one.clock
        self.setProperty("role", "card")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(PlainIcon("clock"), 0, Qt.AlignmentFlag.AlignTop)
        ended = f"；结果：{record['result']}" if record["result"] else ""
        words = f"{record['at_state'] or '公示'}：{clock.sentence}{ended}"
        head.addWidget(theme.label(words, "warn" if clock.unknown else "", wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.addLayout(head)
        for objection in self._one.objections:
            column.addLayout(self._objection(objection))
        column.addLayout(self._actions(record, clock))

    def _objection(self, objection: dict[str, Any]) -> QHBoxLayout:
        row = QHBoxLayout()
        state = objection["finding"] and f"经核实{objection['finding']}：{objection['handling']}"
        words = (
            f"异议（{formats.date_text(objection['received_on'])}）：{objection['content']}　{state or '还没有办结'}"
        )
        row.addWidget(theme.label(words, "" if state else "warn", wrap=True), 1)
        if not state:
            settle = Button("核实处理…", role="link")
            settle.clicked.connect(lambda: self.settling_requested.emit(objection))
            row.addWidget(settle)
        return row

    def _actions(self, record: dict[str, Any], clock: Any) -> QHBoxLayout:
        row = QHBoxLayout()
        add = Button("登记异议…", "add", role="link")
        add.clicked.connect(lambda: self.objection_requested.emit(record["id"]))
        row.addWidget(add)
        if clock.over and not record["result"]:
            close = Button("登记公示结果", role="link")
            close.clicked.connect(lambda: self.closing_requested.emit(record["id"]))
            row.addWidget(close)
        if clock.unknown is not None:
            enter = Button(f"录入{clock.unknown.year}年的放假安排", "calendar", role="link")
            enter.clicked.connect(lambda: self.calendar_requested.emit(clock.unknown.year))
            row.addWidget(enter)
        row.addStretch(1)
        return row
