"""A card of things to do: a heading with its count, and entries that open where they are done."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
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
from desktop.views.text_lines import lines_of

ENTRY: Final = Qt.ItemDataRole.UserRole
SIDE_PX: Final = 12
ABOVE_PX: Final = 6
LINE_PX: Final = 20
"""What an entry keeps free at its sides, above and below, and the height of each of its lines."""


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
    """Draws a title over a quiet detail; both go on in a second line where the card is narrow."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As many lines as the entry needs in the list's width."""
        view = self.parent()
        assert isinstance(view, QListWidget)
        width = view.viewport().width()
        title, detail = _lines(index.data(ENTRY), view.font(), width - 2 * theme.px(SIDE_PX))
        return QSize(120, theme.px(ABOVE_PX * 2 + LINE_PX * len(title + detail)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the entry, marked when it is chosen or under the pointer."""
        tokens, rect = theme.tokens(), QRect(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, QColor(tokens.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.hover))
        inner = rect.adjusted(theme.px(SIDE_PX), theme.px(ABOVE_PX), -theme.px(SIDE_PX), -theme.px(ABOVE_PX))
        title, detail = _lines(index.data(ENTRY), painter.font(), inner.width())
        high = inner.height() // len(title + detail)
        for number, words in enumerate(title + detail):
            line = QRect(inner.left(), inner.top() + number * high, inner.width(), high)
            painter.setPen(QColor(tokens.text if number < len(title) else tokens.quiet))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def _lines(entry: Any, font: QFont, width: int) -> tuple[list[str], list[str]]:
    """Return the lines of an entry's title and detail; the detail of several at once is only a foretaste of them."""
    most = 1 if getattr(entry, "members", ()) else 2
    return lines_of(entry.title, font, width, 2), lines_of(entry.detail, font, width, most)


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
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
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
