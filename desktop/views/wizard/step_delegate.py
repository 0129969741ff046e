"""Paints a step: status icon, title, and the count at the right edge."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate

from desktop.views import theme
from desktop.views.icons import STATUS_ICONS, pixmap
from desktop.views.wizard.step_list_model import COUNT_ROLE, STATUS_ROLE

ROW, BAR = 40, 12
SIDE = 18


class StepDelegate(QStyledItemDelegate):
    """Draws the row of one step."""

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the row's size: a title that does not fit beside its count takes more lines."""
        view, metrics = self.parent(), option.fontMetrics
        # The view's own width: its bar comes and goes with the rows' heights.
        width = view.width() - theme.px(BAR) if isinstance(view, QAbstractItemView) else 0
        room = width - theme.px(20) - theme.px(SIDE) - theme.px(12)
        if room <= 0:
            return QSize(0, theme.px(ROW))
        beside = room - _taken(metrics, _count(metrics, index, room))
        lines = metrics.boundingRect(QRect(0, 0, beside, 1000), int(Qt.TextFlag.TextWordWrap), str(index.data()))
        return QSize(0, max(theme.px(ROW), lines.height() + theme.px(14)))

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw background, icon, title and count."""
        rect: QRect = option.rect
        tokens, state = theme.tokens(), option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.selected))
            painter.fillRect(QRect(rect.left(), rect.top(), theme.px(3), rect.height()), QColor(tokens.focus))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.hover))
        status = index.data(int(STATUS_ROLE))
        side = theme.px(SIDE)
        color = theme.status_color(status).name()
        image = pixmap(STATUS_ICONS[status], color, side, option.widget.devicePixelRatioF())
        painter.drawPixmap(rect.left() + theme.px(12), rect.center().y() - side // 2, image)
        self._write(painter, rect.adjusted(theme.px(20) + side, 0, -theme.px(12), 0), tokens, index)

    def _write(
        self, painter: QPainter, rect: QRect, tokens: theme.Tokens, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        metrics = painter.fontMetrics()
        count = _count(metrics, index, rect.width())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(rect, int(middle | Qt.AlignmentFlag.AlignRight), count)
        painter.setPen(QColor(tokens.text))
        room = rect.adjusted(0, 0, -_taken(metrics, count), 0)
        flags = int(middle | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, index.data(int(Qt.ItemDataRole.DisplayRole)))


def _taken(metrics: QFontMetrics, count: str) -> int:
    return metrics.horizontalAdvance(count) + theme.px(8)


def _count(metrics: QFontMetrics, index: QModelIndex | QPersistentModelIndex, room: int) -> str:
    """Return the count: its number alone where the words behind it would cut the title."""
    count, title = str(index.data(int(COUNT_ROLE))), str(index.data())
    whole = metrics.horizontalAdvance(title) + _taken(metrics, count) <= room
    return count if whole else count.split(" ")[0]
