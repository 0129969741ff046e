"""The kinds of paper in the order of the journey, as a list model, and how its rows are painted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.services.document import KindInfo
from desktop.views import theme

Index = QModelIndex | QPersistentModelIndex
KIND_ROLE = Qt.ItemDataRole.UserRole + 1
STEP_ROLE = Qt.ItemDataRole.UserRole + 2
"""The step of the journey, on the first of its kinds only."""
ROW = 32
STEP_WIDTH = 56


class KindListModel(QAbstractListModel):
    """Holds the kinds that records can fill."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kinds: list[KindInfo] = []

    def set_kinds(self, kinds: Sequence[KindInfo]) -> None:
        """Show these kinds."""
        if list(kinds) != self._kinds:
            self.beginResetModel()
            self._kinds = list(kinds)
            self.endResetModel()

    def row_of(self, kind: str) -> int:
        """Return the row of a kind, or -1."""
        return next((row for row, info in enumerate(self._kinds) if info.id == kind), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of kinds."""
        return 0 if parent.isValid() else len(self._kinds)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a kind's name, its id, its step, or the sentence a screen reader says."""
        if not index.isValid() or index.row() >= len(self._kinds):
            return None
        kind = self._kinds[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return kind.title
        if role == KIND_ROLE:
            return kind.id
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{kind.step}：{kind.title}"
        if role == STEP_ROLE:
            first = index.row() == 0 or self._kinds[index.row() - 1].step != kind.step
            return kind.step if first else ""
        return None


class KindDelegate(QStyledItemDelegate):
    """Draws the step in the quiet colour, then the kind."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the row's size."""
        return QSize(0, theme.px(ROW))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw background, step and name."""
        rect: QRect = option.rect
        tokens = theme.tokens()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.selected))
            painter.fillRect(QRect(rect.left(), rect.top(), theme.px(3), rect.height()), QColor(tokens.focus))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.hover))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(rect.adjusted(theme.px(12), 0, 0, 0), middle, index.data(int(STEP_ROLE)))
        painter.setPen(QColor(tokens.text))
        room = rect.adjusted(theme.px(STEP_WIDTH), 0, -theme.px(8), 0)
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, name)
