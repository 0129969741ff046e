"""An order to put something right on the road: the problem, until when, what was done, what the second look found."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.views import formats, theme
from desktop.views.icons import Button, PlainIcon


class RectificationCard(QFrame):
    """Tells what was asked for: `report_requested(order)` to enter what the unit did."""

    report_requested = Signal(dict)

    def __init__(self, one: dict[str, Any], on: date) -> None:
        super().__init__()
        self._one = one
        self.setProperty("role", "card")
        words, role = summary(one, on)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(PlainIcon("edit"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(theme.label(words, role, wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.addLayout(head)
        for line in details(one):
            column.addWidget(theme.label(line, "quiet", wrap=True))
        self.report = Button("登记整改报告…" if not one["reported_on"] else "修改整改报告…", "edit", role="link")
        self.report.clicked.connect(lambda: self.report_requested.emit(one))
        column.addWidget(self.report, 0, Qt.AlignmentFlag.AlignLeft)
        self.report.setHidden(bool(one["result"]))


def summary(one: dict[str, Any], on: date) -> tuple[str, str]:
    """Return the order in a sentence and its role: fail once its last day is over without a result."""
    if one["result"]:
        return f"整改：{one['problem'] or '（没有写明问题）'}　结果：{one['result']}", ""
    words = f"整改：{one['problem'] or '（没有写明问题）'}"
    if not one["due_on"]:
        return f"{words}　没有定期限", "warn"
    left = (date.fromisoformat(one["due_on"]) - on).days
    rest = f"已过{-left}天" if left < 0 else "今天到期" if left == 0 else f"还有{left}天"
    return f"{words}　期限 {formats.date_text(one['due_on'])}，{rest}", "fail" if left < 0 else ""


def details(one: dict[str, Any]) -> list[str]:
    """Return what is known of its course, a line each."""
    lines = []
    if one["ordered_on"]:
        lines.append(f"{formats.date_text(one['ordered_on'])}责令整改")
    if one["reported_on"]:
        lines.append(f"{formats.date_text(one['reported_on'])}报告：{one['measures']}")
    if one["second_look_on"]:
        lines.append(f"{formats.date_text(one['second_look_on'])}“回头看”，{one['second_look_by']}")
    return lines
