"""冲突: values of one field edited apart, side by side with who and where; take one, or give a new one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.editors import TextEditor
from desktop.views.icons import Button


class ConflictCard(QFrame):
    """One dispute. `taken(id, write)` follows 取这个, `given(id, text)` a new value."""

    taken = Signal(str, str)
    given = Signal(str, str)

    def __init__(self, conflict: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conflict = conflict
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setProperty("role", "card")
        conflict = self._conflict
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.buttons: list[tuple[Button, str]] = []
        for row, value in enumerate(conflict["values"]):
            button = Button("取这个")
            button.setAccessibleName(f"取 {value['office']} 的：{value['words']}")
            self.buttons.append((button, value["write"]))
            grid.addWidget(theme.label(value["words"], "strong", wrap=True), row, 0)
            grid.addWidget(theme.label(_author(value), "quiet", wrap=True), row, 1)
            grid.addWidget(button, row, 2)
        self.other = TextEditor()
        self.other.set_placeholder("都不对？另填一个，按回车")
        self.other.setAccessibleName("另填一个值")
        if conflict["kind"] != "edit":
            self.other.hide()
        grid.addWidget(self.other, len(conflict["values"]), 0, 1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(theme.label(f"{conflict['noun_title']}“{conflict['label']}” · {conflict['title']}", "strong"))
        layout.addLayout(grid)

    def _connect_signals(self) -> None:
        number = self._conflict["id"]
        for button, write in self.buttons:
            button.clicked.connect(lambda _checked=False, write=write: self.taken.emit(number, write))
        self.other.entered.connect(lambda: self.given.emit(number, str(self.other.value() or "")))


def _author(value: dict[str, Any]) -> str:
    try:
        moment = f"{datetime.fromisoformat(value['at']):%Y-%m-%d %H:%M}"
    except ValueError:
        moment = ""
    return "　".join(part for part in (value["office"], value["operator"], moment) if part)


class ConflictList(QWidget):
    """All disputes; nothing else in the program waits for them."""

    taken = Signal(str, str)
    given = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[ConflictCard] = []
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.title = theme.label(role="heading")
        self.back = Button("返回")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        inside = QWidget()
        inside.setObjectName("page")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(area, 1)

    def _connect_signals(self) -> None:
        self.back.clicked.connect(self.left)

    def show_conflicts(self, conflicts: Sequence[dict[str, Any]]) -> None:
        """Show these disputes."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.deleteLater()
        self.cards = [ConflictCard(conflict) for conflict in conflicts]
        for place, card in enumerate(self.cards):
            card.taken.connect(self.taken)
            card.given.connect(self.given)
            self._column.insertWidget(place, card)
        self.title.setText(f"两边都改过的 {len(conflicts)} 处，请逐一定下" if conflicts else "没有冲突，都已定下")
