"""A return or withdrawal on the road: what it was for, until when, and how it ended."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.views import formats, theme
from desktop.views.icons import Button


class HoldCard(QFrame):
    """`answer_requested` asks to end a hold that is still open."""

    answer_requested = Signal()

    def __init__(self, hold: Any) -> None:
        super().__init__()
        self.setProperty("role", "strip-info" if hold.closed_on else "strip-warn")
        row = QHBoxLayout(self)
        row.addWidget(theme.label(told(hold), wrap=True), 1)
        if not hold.closed_on:
            self.done = Button("已补正" if hold.kind == "退回补正" else "恢复办理")
            self.done.clicked.connect(self.answer_requested)
            row.addWidget(self.done)


def told(hold: Any) -> str:
    """Return a hold in words, its general reason first."""
    ordered = sorted(hold.reasons.items(), key=lambda one: bool(one[0]))
    named = [f"{name}：{words}" if name else words for name, words in ordered]
    words = f"{hold.kind}（{formats.date_text(hold.opened_on)}，{hold.opened_by}）：{'；'.join(named)}"
    if hold.due_on and not hold.closed_on:
        words += f"。期限 {formats.date_text(hold.due_on)}"
    if hold.closed_on:
        words += f"。{formats.date_text(hold.closed_on)}办结{'：' + hold.answer if hold.answer else ''}"
    return words
