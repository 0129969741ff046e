"""The reward table's cells: the amount with its cap as a thin bar, and editors whose keystrokes the figures follow."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from desktop.views import formats, theme
from desktop.views.allocation.allocation_table_model import AMOUNT, NOTE, OVER_ROLE, SHARE_ROLE, AllocationTableModel
from desktop.views.field_editor import FieldEditor
from desktop.views.record_table_model import VALUE_ROLE
from desktop.views.table_view import CellDelegate

Index = QModelIndex | QPersistentModelIndex
BAR = 3


class AmountDelegate(CellDelegate):
    """Paints and edits the cells of the reward table."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the column's editor; an amount is told to the model while it is typed."""
        editor = super().createEditor(parent, option, index)
        model, row = index.model(), index.row()
        if index.column() == AMOUNT and isinstance(editor, FieldEditor) and isinstance(model, AllocationTableModel):
            editor.edited.connect(lambda amount: model.type_amount(row, formats.fen_of_yuan(amount)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell's value; an amount that is being typed, and that the figures already follow, is left alone."""
        if index.column() == AMOUNT and isinstance(editor, FieldEditor):
            typed = formats.fen_of_yuan(editor.value()) == formats.fen_of_yuan(index.data(int(VALUE_ROLE)))
            if editor.has_focus() or typed:
                return
        super().setEditorData(editor, index)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Let go of an amount that was typed and then given up."""
        model = index.model()
        if index.column() == AMOUNT and isinstance(model, AllocationTableModel):
            model.put_back(index.row())
        super().destroyEditor(editor, index)

    def initStyleOption(self, option: Any, index: Index) -> None:
        """Colour what is above its cap, and the plea for a reason."""
        super().initStyleOption(option, index)
        if index.data(int(OVER_ROLE)) and index.column() in (AMOUNT, NOTE):
            asks = index.column() == AMOUNT or not index.data(int(VALUE_ROLE))
            if asks:
                color = theme.status_color("warn")
                option.palette.setColor(option.palette.ColorRole.Text, color)
                option.palette.setColor(option.palette.ColorRole.HighlightedText, color)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw the cell, and under an amount the bar of its cap."""
        super().paint(painter, option, index)
        share = index.data(int(SHARE_ROLE)) if index.column() == AMOUNT else None
        if share is not None:
            _draw_bar(painter, QRectF(option.rect), *share)


def _draw_bar(painter: QPainter, rect: QRectF, given: int, cap: int) -> None:
    """Draw how much of the cap is taken: quiet within it, green at it, amber above."""
    tokens = theme.tokens()
    inset, height = theme.px(8), theme.px(BAR)
    groove = QRectF(rect.left() + inset, rect.bottom() - height - theme.px(3), rect.width() - 2 * inset, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.line))
    painter.drawRoundedRect(groove, height / 2, height / 2)
    if given > 0:
        color = tokens.warn if given > cap else tokens.passed if given == cap else tokens.focus
        painter.setBrush(QColor(color))
        groove.setWidth(groove.width() * min(given / cap, 1.0))
        painter.drawRoundedRect(groove, height / 2, height / 2)
    painter.restore()
