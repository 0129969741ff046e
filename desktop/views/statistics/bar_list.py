"""One breakdown as a card of quiet bars; every bar opens the records it counts, by hand or by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
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

LINE: Final = Qt.ItemDataRole.UserRole
ROW: Final = 30
LABEL: Final = 0.36
LEAST_BAR: Final = 48
MOST_SEEN: Final = 12


@dataclass(frozen=True)
class BarLine:
    """One bar: its words, what is said beside it, its length from 0 to 1, and the figure whose list it opens."""

    label: str
    said: str
    share: float
    key: str
    words: str


def lines_of(breakdown: Any) -> list[BarLine]:
    """Return a breakdown's bars: as long as its amounts where it sums any, else as its counts."""
    measured = [abs(one.count if one.amount is None else one.amount) for one in breakdown.figures]
    most = max(measured, default=0) or 1
    return [
        BarLine(one.words, figure_words(one, breakdown.unit), value / most, breakdown.key, one.words)
        for one, value in zip(breakdown.figures, measured, strict=True)
    ]


def figure_words(figure: Any, unit: str) -> str:
    """Return a figure as said beside its bar: its count, and its money in 万元 or its people where there are any."""
    if figure.amount is None:
        return f"{figure.count:,}"
    amount = f"{formats.ten_thousands(figure.amount)}万元" if unit == "元" else f"{figure.amount:,}{unit}"
    return f"{figure.count:,}　{amount}"


class BarDelegate(QStyledItemDelegate):
    """Draws label, bar and number; the widest of all `labels` and of all numbers (`said`) set their columns."""

    said: tuple[str, ...] = ("",)
    labels: tuple[str, ...] = ("",)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line."""
        return QSize(120, theme.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one figure."""
        tokens, line = theme.tokens(), index.data(LINE)
        rect, state = QRect(option.rect), option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, QColor(tokens.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.hover))
        inner = rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        metrics = painter.fontMetrics()
        label, number = self.columns(metrics, inner.width())
        words = metrics.elidedText(line.label, Qt.TextElideMode.ElideRight, label - theme.px(8))
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.text))
        painter.drawText(QRect(inner.left(), inner.top(), label, inner.height()), centre, words)
        room = inner.width() - label - number
        bar = QRectF(inner.left() + label, inner.center().y() - theme.px(4), room * line.share, theme.px(10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.edge))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(QColor(tokens.quiet))
        place = QRect(inner.right() - number, inner.top(), number, inner.height())
        painter.drawText(place, centre | Qt.AlignmentFlag.AlignRight, line.said)

    def columns(self, metrics: QFontMetrics, width: int) -> tuple[int, int]:
        """Return the widths in px of labels and numbers: each in full, as long as the bars keep their least."""
        number = max(metrics.horizontalAdvance(said) for said in self.said) + theme.px(12)
        widest = max(metrics.horizontalAdvance(label) for label in self.labels) + theme.px(8)
        return min(max(round(width * LABEL), widest), width - number - theme.px(LEAST_BAR)), number


class BarList(QFrame):
    """`opened(key, words)` follows a click or Enter on a bar."""

    opened = Signal(str, str)

    def __init__(self, title: str, lines: Sequence[BarLine], note: str = "") -> None:
        super().__init__()
        self.title, self.lines = title, tuple(lines)
        self.setProperty("role", "card")
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(title)
        self.list.setMouseTracking(True)
        delegate = BarDelegate(self.list)
        delegate.said = tuple(line.said for line in self.lines) or ("",)
        delegate.labels = tuple(line.label for line in self.lines) or ("",)
        self.list.setItemDelegate(delegate)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, theme.px(10), 2, theme.px(6))
        head = theme.label(title, "strong", wrap=True)
        head.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        column.addWidget(head)
        column.addWidget(self.list)
        if note:
            words = theme.label(note, "small", wrap=True)
            words.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(4))
            column.addWidget(words)
        column.addStretch(1)
        self._fill()
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)

    def _fill(self) -> None:
        for line in self.lines:
            item = QListWidgetItem(f"{line.label} {line.said}")
            item.setData(LINE, line)
            item.setToolTip(f"{line.label}：{line.said}（点开看名单）")
            self.list.addItem(item)
        self.list.setFixedHeight(theme.px(ROW) * min(len(self.lines), MOST_SEEN) + theme.px(4))

    def _open(self, item: QListWidgetItem) -> None:
        line = item.data(LINE)
        self.opened.emit(line.key, line.words)
