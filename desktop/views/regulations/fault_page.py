"""What is wrong with a file of rules: the sentence, and file, line and key with the lines around."""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.arranging import ROOM, Wide, beside, stacked
from desktop.views.icons import Button, StatusIcon

AROUND = 2
"""How many lines are shown before and after the faulty one."""


@dataclass(frozen=True)
class Fault:
    """Where a file of rules is wrong; `line` 0 and an empty `key` when the fault is not at one place."""

    file: str
    line: int
    key: str
    message: str


def fault_of(error: DesktopError, file: str) -> Fault:
    """Read file, line and key out of a refusal to load `file`."""
    place = error.where.removeprefix(file).strip()
    line = re.match(r"第(\d+)行\s*", place)
    key = place[line.end() :] if line else place
    # A file that is no TOML at all has its line only in the sentence.
    number = line or re.search(r"第(\d+)行", error.message)
    return Fault(file, int(number[1]) if number else 0, key, error.message)


def lines_around(path: Path, line: int) -> str:
    """Return the lines about a line, numbered and that one marked; empty when the file cannot be read."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    first = max(line - AROUND, 1)
    shown = enumerate(lines[first - 1 : line + AROUND], first) if line else ()
    return "\n".join(f"{'▸' if number == line else '　'} {number}　{words}" for number, words in shown)


class FaultPage(QWidget):
    """`again` asks to read the same file once more, `left` to go back."""

    again = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.message = theme.label(role="strong", wrap=True)
        self.file, self.line, self.key = (theme.label() for _ in range(3))
        self.lines = theme.label(role="quote", wrap=True)
        self.lines.setTextFormat(Qt.TextFormat.PlainText)
        self.retry = Button("改好了，重新读入", "refresh")
        self.back = Button("返回")
        head = beside(
            StatusIcon("fail"), Wide(theme.label("这份办法文件不能采用", "heading")), self.back, self.retry, spacing=8
        )
        stacked(head, self._card(), ROOM, on=self, margins=0, spacing=12)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        places: tuple[tuple[str, QLabel], ...] = (("文件", self.file), ("行", self.line), ("键", self.key))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (words, label) in enumerate(places):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAccessibleName(words)
            grid.addWidget(theme.label(words, "quiet"), row, 0)
            grid.addWidget(label, row, 1)
        stacked(self.message, grid, self.lines, on=card, margins=(16, 12, 16, 12), spacing=12)
        return card

    def _connect_signals(self) -> None:
        self.retry.clicked.connect(self.again)
        self.back.clicked.connect(self.left)

    def show_fault(self, fault: Fault, lines: str) -> None:
        """Show a fault and the lines about it."""
        self.message.setText(fault.message)
        self.file.setText(fault.file)
        self.line.setText(f"第{fault.line}行" if fault.line else "没有对应的行")
        self.key.setText(fault.key or "没有对应的键")
        self.lines.setText(lines)
        self.lines.setVisible(bool(lines))
