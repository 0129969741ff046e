"""One breakdown as a card of quiet bars; every bar opens the records it counts, by hand or by key."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from desktop.views import formats, theme

FIGURE: Final = Qt.ItemDataRole.UserRole
SHARE: Final = Qt.ItemDataRole.UserRole + 1
ROW: Final = 30
LABEL: Final = 0.36
NUMBER: Final = 0.3
MOST_SEEN: Final = 8


def figure_words(figure: Any) -> str:
    """Return a figure as said beside its bar: its count, and its money in 万元 where there is any."""
    money = "" if figure.fen is None else f"　{formats.ten_thousands(figure.fen)}万元"
    return f"{figure.count}{money}"


class BarDelegate(QStyledItemDelegate):
    """Draws label, bar and number."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line."""
        return QSize(120, theme.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one figure."""
        tokens, figure = theme.tokens(), index.data(FIGURE)
        rect, state = QRect(option.rect), option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, QColor(tokens.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.hover))
        inner = rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        label, number = round(inner.width() * LABEL), round(inner.width() * NUMBER)
        words = painter.fontMetrics().elidedText(figure.words, Qt.TextElideMode.ElideRight, label - theme.px(8))
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.text))
        painter.drawText(QRect(inner.left(), inner.top(), label, inner.height()), centre, words)
        room = inner.width() - label - number
        bar = QRectF(inner.left() + label, inner.center().y() - theme.px(5), room * index.data(SHARE), theme.px(10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.edge))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(QColor(tokens.quiet))
        place = QRect(inner.right() - number, inner.top(), number, inner.height())
        painter.drawText(place, centre | Qt.AlignmentFlag.AlignRight, figure_words(figure))


class BarList(QFrame):
    """`opened(key, words)` follows a click or Enter on a bar."""

    opened = Signal(str, str)

    def __init__(self, breakdown: Any) -> None:
        super().__init__()
        self.breakdown = breakdown
        self.setProperty("role", "card")
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(breakdown.title)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(BarDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, theme.px(10), 2, theme.px(6))
        title = theme.label(breakdown.title, "strong")
        title.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        column.addWidget(title)
        column.addWidget(self.list)
        self._fill()
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)

    def _fill(self) -> None:
        figures = self.breakdown.figures
        most = max((abs(one.count if one.fen is None else one.fen) for one in figures), default=0) or 1
        for one in figures:
            item = QListWidgetItem(f"{one.words} {figure_words(one)}")
            item.setData(FIGURE, one)
            item.setData(SHARE, abs(one.count if one.fen is None else one.fen) / most)
            item.setToolTip(f"{one.words}：{figure_words(one)}（点开看名单）")
            self.list.addItem(item)
        self.list.setFixedHeight(theme.px(ROW) * min(len(figures), MOST_SEEN) + theme.px(4))

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(self.breakdown.key, item.data(FIGURE).words)
