"""Paints a step: status icon, title, and the count at the right edge."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.views import theme
from desktop.views.icons import STATUS_ICONS, pixmap
from desktop.views.wizard.step_list_model import COUNT_ROLE, STATUS_ROLE

ROW = 40
SIDE = 18


class StepDelegate(QStyledItemDelegate):
    """Draws the row of one step."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the row's size."""
        return QSize(0, theme.px(ROW))

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
        count = index.data(int(COUNT_ROLE))
        taken = painter.fontMetrics().horizontalAdvance(count) + theme.px(8)
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), count)
        painter.setPen(QColor(tokens.text))
        title = painter.fontMetrics().elidedText(
            index.data(int(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, rect.width() - taken
        )
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), title)
