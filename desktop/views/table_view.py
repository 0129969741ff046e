"""The table that every view uses: quiet rows, Enter moves on, Delete asks, cells are edited by the shared editors."""

from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.views import theme
from desktop.views.choice_editors import ChoiceEditor, make_editor
from desktop.views.field_editor import FieldEditor
from desktop.views.record_table_model import VALUE_ROLE, Column

Index = QModelIndex | QPersistentModelIndex
ROW: Final = 36
DENSE_ROW: Final = 28
STRETCHED_AT_LEAST: Final = 132
TRUTHS: Final = ((None, ""), (True, "是"), (False, "否"))


class CellDelegate(QStyledItemDelegate):
    """Edits a cell with the editor of its column's kind; Enter and Tab hand the value over and move on."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the column's editor inside the cell."""
        column = _column(index)
        truth = column.kind == "bool" and not column.choices
        editor = ChoiceEditor(TRUTHS) if truth else make_editor(column.kind, column.choices)
        editor.setParent(parent)
        editor.setAccessibleName(column.title)
        editor.moves_on = False
        editor.committed.connect(lambda _value: self.commitData.emit(editor))
        editor.entered.connect(lambda: self._end(editor, QAbstractItemDelegate.EndEditHint.SubmitModelCache))
        editor.left.connect(lambda: self._end(editor, QAbstractItemDelegate.EndEditHint.NoHint))
        editor.abandoned.connect(lambda: self._give_up(editor))
        return editor

    def _end(self, editor: FieldEditor, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # Closing the editor takes its focus away, which would end it a second time.
        if editor.property("ended"):
            return
        editor.setProperty("ended", True)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)

    def _give_up(self, editor: FieldEditor) -> None:
        editor.setProperty("ended", True)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell's value."""
        assert isinstance(editor, FieldEditor)
        editor.set_value(index.data(VALUE_ROLE))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the value to the model; text that cannot be read leaves the cell as it was."""
        assert isinstance(editor, FieldEditor)
        if not editor.error():
            model.setData(_plain(index), editor.value())


def _column(index: Index) -> Column:
    columns: tuple[Column, ...] = index.model().columns  # type: ignore[attr-defined]
    return columns[index.column()]


def _plain(index: Index) -> QModelIndex:
    return index if isinstance(index, QModelIndex) else index.model().index(index.row(), index.column())


class TableView(QTableView):
    """A table of whole rows over one of our models; `opened(row)` follows Enter or a double click on a row."""

    opened = Signal(int)
    delete_requested = Signal(list)

    def __init__(self, *, dense: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dense = dense
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setShowGrid(False)
        self.setProperty("role", "dense" if self._dense else "")
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(CellDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(DENSE_ROW if self._dense else ROW))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setMinimumSectionSize(theme.px(48))

    def _connect_signals(self) -> None:
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Take a model and lay out its columns."""
        super().setModel(model)
        if model is not None:
            # The head marks no selected columns: finding them out would ask of each row whether it is selected.
            self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self.horizontalHeader()))
        self.lay_out_columns()

    def lay_out_columns(self) -> None:
        """Give every column the width it asks for; width 0 stretches."""
        for number, column in enumerate(self._columns()):
            if column.width:
                self.setColumnWidth(number, theme.px(column.width))
        self._stretch()

    def _columns(self) -> tuple[Column, ...]:
        return getattr(self.model(), "columns", ())

    def _stretch(self) -> None:
        """Share what is left of the width among the columns of width 0, each at least readable."""
        columns = self._columns()
        wide = [number for number, column in enumerate(columns) if column.width == 0]
        if wide:
            taken = sum(self.columnWidth(number) for number in range(len(columns)) if number not in wide)
            each = max((self.viewport().width() - taken) // len(wide), theme.px(STRETCHED_AT_LEAST))
            for number in wide:
                self.setColumnWidth(number, each)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the stretched columns their share."""
        super().resizeEvent(event)
        self._stretch()

    def content_height(self, rows: int) -> int:
        """Return the height in px at which `rows` rows are seen without scrolling up and down."""
        height = self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize() + 4
        columns = range(len(self._columns()))
        beyond = sum(self.columnWidth(number) for number in columns) > self.viewport().width() > theme.px(120)
        return height + (self.horizontalScrollBar().sizeHint().height() if beyond else 0)

    def selected_rows(self) -> list[int]:
        """Return the selected rows in order."""
        selection = self.selectionModel()
        # Whole rows are selected, in ranges: asking for an index of each would take seconds when all of many are.
        ranges: Any = selection.selection() if selection else ()
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits or opens, Delete asks to delete, Ctrl+C copies the rows as text with tabs."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() == Qt.Key.Key_Delete and self.selected_rows():
            self.delete_requested.emit(self.selected_rows())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        current = self.currentIndex()
        if current.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(current)
        else:
            self.opened.emit(current.row())

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Move on to the next editable cell when the edit was finished with Enter."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.move_on()

    def move_on(self) -> None:
        """Go to the next editable cell, row by row, and edit it."""
        model, current = self.model(), self.currentIndex()
        cells = model.rowCount() * model.columnCount()
        position = current.row() * model.columnCount() + current.column()
        for step in range(position + 1, cells):
            index = model.index(step // model.columnCount(), step % model.columnCount())
            if index.flags() & Qt.ItemFlag.ItemIsEditable and not self.isColumnHidden(index.column()):
                self.setCurrentIndex(index)
                self.edit(index)
                return

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard, cells parted by tabs, as a workbook takes them."""
        model = self.model()
        shown = [number for number in range(model.columnCount()) if not self.isColumnHidden(number)]
        lines = [
            "\t".join(str(model.index(row, number).data() or "") for number in shown) for row in self.selected_rows()
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
