"""The list of workrooms as a windowed table model: a vector of rows, and pages of values read as they are shown."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.services.registry import BY_KEY, COLUMNS
from desktop.services.registry import Column as ListedColumn
from desktop.views import formats
from desktop.views.record_table_model import LEFT, RIGHT, Column
from desktop.views.registry.registry_source import RegistrySource

Index = QModelIndex | QPersistentModelIndex
PAGE: Final = 40
KEPT: Final = 64
"""Pages kept in memory; the least recently shown goes first."""
KINDS: Final = {"text": "text", "date": "date", "area": "number", "count": "number"}
ID: Final = "id"
ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
ANSWERED: Final = frozenset({ALIGNMENT, int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)})
FIRST: Final = ("name", "leader", "level", "state")
"""What must be seen even when the list is narrow beside an open record."""


def default_columns() -> tuple[str, ...]:
    """Return the keys of the columns shown when nothing was chosen."""
    first = [key for key in FIRST if key in BY_KEY]
    return (*first, *(column.key for column in COLUMNS if column.shown and column.key not in first))


def _column(listed: ListedColumn) -> Column:
    return Column(listed.key, listed.title, listed.width, KINDS[listed.kind])


def _words(value: Any, kind: str) -> str:
    return value if kind == "text" and type(value) is str else formats.value_text(value, kind)


class WorkroomTableModel(QAbstractTableModel):
    """Shows the rows at some positions of the register; `sort_wanted(key, descending)` follows a click on a head."""

    sort_wanted = Signal(str, bool)

    def __init__(self, source: RegistrySource, keys: Sequence[str] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.columns: tuple[Column, ...] = ()
        self._rows = array("q")
        self._count = 0
        self._pages: OrderedDict[int, list[tuple[Any, ...]]] = OrderedDict()
        self._words: dict[int, list[tuple[str, ...]]] = {}
        self._take_columns(keys or default_columns())

    def _take_columns(self, keys: Sequence[str]) -> None:
        known = [key for key in keys if key in BY_KEY]
        self.columns = tuple(_column(BY_KEY[key]) for key in known or default_columns())
        self._keys = (*(column.key for column in self.columns), ID)

    def set_columns(self, keys: Sequence[str]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self._take_columns(keys)
        self._forget()
        self.endResetModel()

    def _forget(self) -> None:
        self._pages.clear()
        self._words.clear()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_first_page(self) -> None:
        """Show the length of the list and its first rows, before the list itself is read."""
        total, rows = self._source.first_page(self._keys, PAGE)
        self.beginResetModel()
        self._count = total
        self._forget()
        self._pages[0] = rows
        self.endResetModel()

    def show_rows(self, rows: array[int]) -> None:  # type: ignore[type-arg, unused-ignore]
        """Show these rows of the register, in this order."""
        if not self._rows and self._count == len(rows):
            # The list behind the first page has arrived: what is on the screen stays as it is.
            self._rows = rows
            return
        self.beginResetModel()
        self._rows = rows
        self._count = len(rows)
        self._forget()
        self.endResetModel()

    def forget_pages(self) -> None:
        """Read what is on the screen again, because records changed."""
        self._forget()
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.columns) - 1))

    def row_number(self, position: int) -> int | None:
        """Return the register's own number of the row at a position."""
        return self._rows[position] if 0 <= position < len(self._rows) else None

    def position_of(self, row: int | None) -> int:
        """Return where a row is shown, or -1."""
        try:
            return -1 if row is None else self._rows.index(row)
        except ValueError:
            return -1

    def record_id(self, position: int) -> str:
        """Return the id of the workroom at a position, or an empty string."""
        values = self._values(position) if 0 <= position < self._count else None
        return str(values[-1]) if values else ""

    # -- Qt --------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, reading its page when it is not at hand."""
        # Asked some seven times for each cell that is painted: most questions have no answer.
        if role not in ANSWERED or not index.isValid():
            return None
        if role == ALIGNMENT:
            return RIGHT if self.columns[index.column()].kind == "number" else LEFT
        number, offset = divmod(index.row(), PAGE)
        words = self._words.get(number) or self._put_in_words(number)
        return words[offset][index.column()] if offset < len(words) else ""

    def _put_in_words(self, number: int) -> list[tuple[str, ...]]:
        """Say a page's values as they are shown, once for all the times that they are painted."""
        kinds = [column.kind for column in self.columns]
        page = self._pages.get(number) or self._read(number)
        self._words[number] = words = [tuple(map(_words, values, kinds)) for values in page]
        return words

    def _values(self, position: int) -> tuple[Any, ...] | None:
        number, offset = divmod(position, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._read(number)
        else:
            self._pages.move_to_end(number)
        return page[offset] if offset < len(page) else None

    def _read(self, number: int) -> list[tuple[Any, ...]]:
        rows = self._rows[number * PAGE : (number + 1) * PAGE]
        page = self._source.page(rows, self._keys)
        self._pages[number] = page
        while len(self._pages) > KEPT:
            gone, _page = self._pages.popitem(last=False)
            self._words.pop(gone, None)
        return page

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title, aligned like its cells."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.columns[section].kind == "number" else LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; the register reads it from the database."""
        if 0 <= column < len(self.columns):
            self.sort_wanted.emit(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
