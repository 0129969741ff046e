"""冲突: what was edited apart, many alike settled at once, the others one by one; nothing else waits for them."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.exchange.conflict_card import ConflictCard
from desktop.views.icons import Button

SHOWN_AT_ONCE: Final = 20
"""Cards cost widgets: a long list is shown in portions."""


class AlikeRow(QFrame):
    """A group of conflicts that one decision settles: `settled(ids, office)`."""

    settled = Signal(object, str)

    def __init__(self, group: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = group
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setProperty("role", "card")
        group = self._group
        words = f"{group.noun_title}的{group.title}：{len(group.ids)} 处情形相同，可以一次定下"
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(theme.label(words, wrap=True), 1)
        self.buttons = []
        for office, name in group.offices:
            button = Button(f"全部取{name}的")
            self.buttons.append((button, office))
            layout.addWidget(button)

    def _connect_signals(self) -> None:
        for button, office in self.buttons:
            button.clicked.connect(lambda _checked=False, office=office: self.settled.emit(self._group.ids, office))


class ConflictList(QWidget):
    """All disputes in words, with the groups that are alike above them."""

    taken = Signal(str, str)
    given = Signal(str, object)
    opened = Signal(str, str)
    settled = Signal(object, str)
    left = Signal()
    more_wanted = Signal()

    def __init__(self, make_editor: Callable[[dict[str, Any]], Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_editor = make_editor
        self.cards: list[ConflictCard] = []
        self.groups: list[AlikeRow] = []
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.title = theme.label(role="heading")
        self.words = theme.label("没有定下以前，其他工作照常办理；用到这些内容的公文会提示。", "quiet", wrap=True)
        self.back = Button("返回")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        inside = QWidget()
        inside.setObjectName("page")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self.more = Button("再列出一些")
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        stacked(head, self.words, Wide(area), on=self, margins=0, spacing=8)

    def _connect_signals(self) -> None:
        self.back.clicked.connect(self.left)
        self.more.clicked.connect(self.more_wanted)

    def show_conflicts(self, conflicts: Sequence[dict[str, Any]], groups: Sequence[Any], total: int) -> None:
        """Show these of `total` disputes, each value with its `words` and `papers`, and the groups that are alike."""
        for old in (*self.cards, *self.groups):
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.groups = [AlikeRow(group) for group in groups]
        self.cards = [ConflictCard(conflict, self._make_editor(conflict)) for conflict in conflicts]
        for place, row in enumerate(self.groups):
            row.settled.connect(self.settled)
            self._column.insertWidget(place, row)
        for place, card in enumerate(self.cards, start=len(self.groups)):
            card.taken.connect(self.taken)
            card.given.connect(self.given)
            card.opened.connect(self.opened)
            self._column.insertWidget(place, card)
        self.more.setVisible(len(conflicts) < total)
        self.words.setVisible(total > 0)
        self.title.setText(f"两边都改过的 {total} 处，请定下" if total else "没有冲突，都已定下")
