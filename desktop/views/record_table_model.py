"""A table model over records (dicts in JSON form) for the tables inside forms; an edit is told by a signal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.views import formats

Index = QModelIndex | QPersistentModelIndex
Display: Final = Qt.ItemDataRole.DisplayRole
VALUE_ROLE: Final = Qt.ItemDataRole.UserRole
"""The raw value of a cell."""
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column:
    """One column: `kind` is text, money, date, number, bool, list or choice; `width` in px, 0 stretches."""

    key: str
    title: str
    width: int = 120
    kind: str = "text"
    editable: bool = False
    choices: tuple[str, ...] = ()
    show: Callable[[dict[str, Any]], str] | None = None


class ColumnTableModel(QAbstractTableModel):
    """A table that knows its columns: how many, their titles, aligned like their cells."""

    columns: tuple[Column, ...] = ()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Display) -> Any:
        """Return a column's title, aligned like its cells."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Display:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.columns[section].kind in ("money", "number") else LEFT
        return None


class RecordTableModel(ColumnTableModel):
    """Shows a list of dicts. An edit emits `edited(row, key, value)` and changes nothing itself."""

    edited = Signal(int, str, object)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[dict[str, Any]] = []

    def set_rows(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show other records; the same ids in the same order only refresh, so that selection and cursor stay."""
        fresh = list(rows)
        same = [row.get("id") for row in fresh] == [row.get("id") for row in self._rows]
        if same and fresh:
            self._rows = fresh
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def record(self, row: int) -> dict[str, Any]:
        """Return the record of a row."""
        return self._rows[row]

    def first_of(self, rows: Sequence[int]) -> dict[str, Any] | None:
        """Return the record of the first of some rows; None where there is none, or no longer."""
        return self._rows[rows[0]] if rows and rows[0] < len(self._rows) else None

    def rows(self) -> list[dict[str, Any]]:
        """Return all records shown."""
        return list(self._rows)

    def row_of(self, record_id: str) -> int:
        """Return the row that shows a record, or -1."""
        return next((row for row, record in enumerate(self._rows) if record.get("id") == record_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of records."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Display) -> Any:
        """Return a cell's words, its raw value, its alignment."""
        if not index.isValid():
            return None
        column, record = self.columns[index.column()], self._rows[index.row()]
        if role == Display:
            return self._words(column, record)
        if role in (Qt.ItemDataRole.EditRole, VALUE_ROLE):
            return record.get(column.key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.kind in ("money", "number") else LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._words(column, record) or None
        return None

    def _words(self, column: Column, record: dict[str, Any]) -> str:
        if column.show is not None:
            return column.show(record)
        return formats.value_text(record.get(column.key), column.kind)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell of an edit."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        column = self.columns[index.column()]
        if not column.editable or value == self._rows[index.row()].get(column.key):
            return False
        self.edited.emit(index.row(), column.key, value)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell which cells can be edited."""
        flags = super().flags(index)
        if index.isValid() and self.columns[index.column()].editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags
