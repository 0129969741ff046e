"""The list of workrooms as a windowed table model: a vector of rows, and their words read as they are shown."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.services.registry import BY_KEY, COLUMNS
from desktop.services.registry import Column as ListedColumn
from desktop.views import formats
from desktop.views.record_table_model import LEFT, RIGHT, Column
from desktop.views.registry.registry_source import RegistrySource

Index = QModelIndex | QPersistentModelIndex
FIRST_ROWS: Final = 40
"""Rows read before the list itself is."""
AHEAD: Final = 28
"""Rows read in one go: about a screenful, so that a jump reads once and little that is not seen."""
KEPT: Final = 2800
"""Rows kept in memory; when there are more, all of them are read again as they are shown."""
KINDS: Final = {"text": "text", "date": "date", "area": "number", "count": "number"}
ID: Final = "id"
ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
PAINTED, SIDE, TEXT = 7, 1, 5
"""How many things Qt's delegate asks at once of a cell that it paints, and where alignment and words are among them."""
ANSWERED: Final = frozenset({ALIGNMENT, DISPLAY, int(Qt.ItemDataRole.ToolTipRole)})
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
        self._words: dict[int, tuple[str, ...]] = {}
        self._ids: dict[int, str] = {}
        self._take_columns(keys or default_columns())

    def _take_columns(self, keys: Sequence[str]) -> None:
        known = [key for key in keys if key in BY_KEY]
        self.columns = tuple(_column(BY_KEY[key]) for key in known or default_columns())
        self._keys = (*(column.key for column in self.columns), ID)
        self._take_kinds()

    def _take_kinds(self) -> None:
        self._kinds = [column.kind for column in self.columns]
        self._sides = [int(RIGHT if kind == "number" else LEFT) for kind in self._kinds]

    def set_columns(self, keys: Sequence[str]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self._take_columns(keys)
        self._forget()
        self.endResetModel()

    def _forget(self) -> None:
        self._words.clear()
        self._ids.clear()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_first_page(self) -> None:
        """Show the length of the list and its first rows, before the list itself is read."""
        total, rows = self._source.first_page(self._keys, FIRST_ROWS)
        self.beginResetModel()
        self._count = total
        self._forget()
        self._keep(range(len(rows)), rows)
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

    def position_of(self, row: int | None) -> int:
        """Return where a row is shown, or -1."""
        try:
            return -1 if row is None else self._rows.index(row)
        except ValueError:
            return -1

    def record_id(self, position: int) -> str:
        """Return the id of the workroom at a position, or an empty string."""
        if position not in self._ids and 0 <= position < self._count:
            self._read(position)
        return self._ids.get(position, "")

    # -- Qt --------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, reading its row when it is not at hand."""
        if role not in ANSWERED or not index.isValid():
            return None
        if role == ALIGNMENT:
            return self._sides[index.column()]
        words = self._words.get(index.row()) or self._read(index.row())
        return words[index.column()] if words else ""

    def multiData(self, index: Index, roleDataSpan: Any) -> None:
        """Answer at once what Qt's delegate asks of a cell that it paints: of seven questions two have an answer."""
        if len(roleDataSpan) != PAINTED or (text := roleDataSpan[TEXT]).role() != DISPLAY:
            super().multiData(index, roleDataSpan)
            return
        row, column = index.row(), index.column()
        words = self._words.get(row) or self._read(row)
        # Both are always set: what was said of the cell before is still there. The other five stay empty.
        text.setData(words[column] if words else "")
        roleDataSpan[SIDE].setData(self._sides[column])

    def _read(self, position: int) -> tuple[str, ...] | None:
        """Read the rows from a position on that are not at hand; those before it when what follows is."""
        known = self._words
        if position + 1 in known:
            first = position
            while first > 0 and position - first < AHEAD - 1 and first - 1 not in known:
                first -= 1
            places = range(first, position + 1)
        else:
            last = min(position + AHEAD, len(self._rows))
            places = range(position, next((place for place in range(position, last) if place in known), last))
        rows = self._rows[places.start : places.stop]
        found = self._source.values(rows, self._keys)
        self._keep(places, [found.get(row, ()) for row in rows])
        return self._words.get(position)

    def _keep(self, places: Iterable[int], rows: Iterable[tuple[Any, ...]]) -> None:
        """Keep rows as they are shown; of one that was deleted meanwhile nothing is."""
        if len(self._words) > KEPT:
            self._forget()
        for place, values in zip(places, rows, strict=True):
            self._words[place] = tuple(map(_words, values, self._kinds)) or ("",) * len(self.columns)
            self._ids[place] = values[-1] if values else ""

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
