"""历程: every change of a record, the newest first: when, who, what from, what to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.icons import Button
from desktop.views.value_words import value_words

FIRST: Final = 12
NEW: Final = "新增"


@dataclass(frozen=True)
class HistoryLine:
    """One commit's change of the record, in words."""

    at: str
    who: str
    words: str


def history_lines(session: Any, noun: str, record_id: str) -> list[HistoryLine]:
    """Return a record's changes in words, the newest first."""
    from desktop.services.journal import history

    lines = []
    for _hash, group in groupby(history.history(session, noun, record_id), key=lambda change: change.hash):
        changes = list(group)
        who = "　".join(filter(None, (changes[0].operator, changes[0].office_name)))
        if any(change.action == NEW for change in changes):
            words = f"{NEW}（{len(changes)}项内容）"
        else:
            words = "；".join(_words(session, noun, change) for change in changes)
        lines.append(HistoryLine(moment_words(changes[0].at), who, words))
    return lines[::-1]


def _words(session: Any, noun: str, change: Any) -> str:
    if not change.field:
        return str(change.action)
    old, new = (value_words(session, noun, change.field, value) for value in (change.old, change.new))
    return f"{change.title or change.field}：{old} → {new}"


def moment_words(at: str) -> str:
    """Return a commit's claimed time as 2026年9月3日 14:05."""
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


class HistoryList(QWidget):
    """Shows the newest changes, and all of them on demand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[HistoryLine] = ()
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(2, 1)
        self.more = Button("", role="link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._rows)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect_signals(self) -> None:
        self.more.clicked.connect(lambda: self._fill(len(self._lines)))

    def show_lines(self, lines: Sequence[HistoryLine]) -> None:
        """Show changes, the newest first."""
        if list(lines) != list(self._lines):
            self._lines = lines
            self._fill(FIRST)

    def _fill(self, count: int) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, line in enumerate(self._lines[:count]):
            for column, (words, role) in enumerate(((line.at, "small"), (line.who, "small"), (line.words, ""))):
                self._rows.addWidget(theme.label(words, role, wrap=column == 2), row, column, Qt.AlignmentFlag.AlignTop)
        left = len(self._lines) - count
        self.more.setVisible(left > 0)
        self.more.setText(f"再看更早的 {left} 条")
