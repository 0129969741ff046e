"""A card of things to do: a heading with its count, and two-line entries that open where they are done."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.views import theme
from desktop.views.icons import PlainIcon

ENTRY: Final = Qt.ItemDataRole.UserRole
ROW_PX: Final = 52


class Entry(Protocol):
    """What the card shows of one thing to do."""

    @property
    def title(self) -> str:
        """What is to be done."""
        ...

    @property
    def detail(self) -> str:
        """Why, or under which regulation."""
        ...


class EntryDelegate(QStyledItemDelegate):
    """Draws a title over a quiet detail."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(120, theme.px(ROW_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the entry, marked when it is chosen or under the pointer."""
        tokens, entry, rect = theme.tokens(), index.data(ENTRY), QRect(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, QColor(tokens.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.hover))
        inner = rect.adjusted(theme.px(12), theme.px(6), -theme.px(12), -theme.px(6))
        half = inner.height() // 2
        for text, color, top in ((entry.title, tokens.text, 0), (entry.detail, tokens.quiet, half)):
            line = QRect(inner.left(), inner.top() + top, inner.width(), half)
            words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.setPen(QColor(color))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


class TaskList(QFrame):
    """`opened(entry)` follows a click or Enter."""

    opened = Signal(object)

    def __init__(self, title: str, icon: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = (title, icon, nothing)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        title, icon, nothing = self._texts
        self.setProperty("role", "card")
        self.count = theme.label("", "figure")
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(PlainIcon(icon))
        self.title = theme.label(title, "strong")
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(title)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = theme.label(nothing, "quiet", wrap=True)
        self.nothing.setContentsMargins(12, 0, 12, 0)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 12, 2, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)

    def _connect_signals(self) -> None:
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)

    def set_title(self, title: str) -> None:
        """Head the card anew."""
        self.title.setText(title)
        self.list.setAccessibleName(title)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these things to do."""
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(f"{entry.title} {entry.detail}")
            item.setData(ENTRY, entry)
            item.setToolTip(f"{entry.title}\n{entry.detail}")
            self.list.addItem(item)
        self.count.setText(str(len(entries)) if entries else "")
        self.stack.setCurrentWidget(self.list if entries else self.nothing)

    def _open(self, item: QListWidgetItem) -> None:
        entry: Any = item.data(ENTRY)
        self.opened.emit(entry)
