"""The reward table on the screen: typing moves down the amounts, a note is asked beside a row above its cap."""

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from desktop.services.allotment import AllocationSheet
from desktop.views import theme
from desktop.views.allocation.allocation_table_model import AMOUNT, NOTE, AllocationTableModel
from desktop.views.allocation.amount_delegate import AmountDelegate
from desktop.views.table_view import TableView

ROW = 40


class AmountTable(TableView):
    """Enter in an amount goes to the amount below; above the cap it goes to the note first."""

    def move_on(self) -> None:
        """Go where the next thing is typed."""
        current, model = self.currentIndex(), self.model()
        assert isinstance(model, AllocationTableModel)
        row, column = current.row(), current.column()
        wants_note = column == AMOUNT and model.over_fen(row) > 0 and not model.lines()[row].note
        if wants_note:
            target = model.index(row, NOTE)
        elif column in (AMOUNT, NOTE) and row + 1 < model.rowCount():
            target = model.index(row + 1, AMOUNT)
        elif column < AMOUNT:
            target = model.index(row, AMOUNT)
        else:
            return
        self.setCurrentIndex(target)
        self.edit(target)


class RewardTable(QWidget):
    """The table and its model."""

    def __init__(self) -> None:
        super().__init__()
        self._build_layout()

    def _build_layout(self) -> None:
        self.model = AllocationTableModel(self)
        self.table = AmountTable()
        self.table.setItemDelegate(AmountDelegate(self.table))
        self.table.setModel(self.model)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.table.setAccessibleName("奖励分配表")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def show_sheet(self, sheet: AllocationSheet) -> None:
        """Show what is saved."""
        self.model.show_sheet(sheet)
        if self.table.columnWidth(AMOUNT) != theme.px(self.model.columns[AMOUNT].width):
            self.table.lay_out_columns()
        self.table.horizontalHeader().setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)

    def begin(self) -> None:
        """Put the cursor on the first amount."""
        if self.model.rowCount() and not self.model.read_only:
            self.table.setFocus()
            self.table.setCurrentIndex(self.model.index(0, AMOUNT))
