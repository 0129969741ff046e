"""A collective decision on the road: when, who, what was found of this record, and its minutes."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.views import formats, theme
from desktop.views.icons import Button, PlainIcon


class MeetingCard(QFrame):
    """`minutes_requested(meeting id)` asks for the paper."""

    minutes_requested = Signal(str)

    def __init__(self, meeting: dict[str, Any]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(PlainIcon("people"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(theme.label(told(meeting), wrap=True), 1)
        self.minutes = Button("会议纪要", "document", role="link", tip="到“公文生成”做这次会议的纪要")
        self.minutes.clicked.connect(lambda: self.minutes_requested.emit(meeting["id"]))
        row.addWidget(self.minutes, 0, Qt.AlignmentFlag.AlignTop)


def told(meeting: dict[str, Any]) -> str:
    """Return a meeting in one sentence."""
    out = f"，回避{len(meeting['recusals'])}人" if meeting["recusals"] else ""
    together = f"，同会研究{len(meeting['subjects'])}件" if len(meeting["subjects"]) > 1 else ""
    where = f"（{meeting['place']}）" if meeting["place"] else ""
    paper = "，纪要已出" if meeting["document_id"] else ""
    day = formats.date_text(meeting["met_on"])
    who = f"{meeting['chair']}主持，出席{len(meeting['present'])}人{out}{together}"
    return f"{meeting['said']}。{day}{where}，{who}{paper}"
