"""The list of workrooms in memory, shared by the register and the search box, and kept up with changes."""

from collections import deque
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services import registry
from desktop.services.search.answers import Hits, Registry, search
from desktop.views.operation import Operations
from desktop.views.registry.key_upkeep import KeyUpkeep

SETTLE_MS: Final = 150
"""How long changes gather before the list is read again, in milliseconds."""
READ_AT_ONCE: Final = 2000
"""A list no longer than this is read within a frame or two."""
REMEMBERED: Final = 12
"""Answers kept: a letter taken back, or a word typed on, is then found among them."""
LISTED: Final = frozenset({"workrooms", "units", "people", "members", "outcomes", "offices", "documents"})


class RegistrySource(QObject):
    """Reads the register with plain SQLite, so that it can be shown before anything heavy is imported.

    `loaded` follows each reading of the whole list; `touched` each change, before the list is read again.
    """

    loaded = Signal()
    touched = Signal()

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self.sort = "name"
        self.descending = False
        self.registry: Registry | None = None
        self._reader: Any = None
        self._answers: deque[Hits] = deque(maxlen=REMEMBERED)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.reload)
        self.upkeep = KeyUpkeep(operations, self.reload, self)
        operations.changed.connect(self._changed)

    @property
    def reader(self) -> Any:
        """A connection that only reads, opened once."""
        if self._reader is None:
            self._reader = registry.open_reader(self._operations.path)
        return self._reader

    def first_page(self, columns: Sequence[str], rows: int) -> tuple[int, list[tuple[Any, ...]]]:
        """Return how many workrooms there are and the first `rows` of them."""
        return registry.first_page(self.reader, columns, rows)

    def page(self, rows: Sequence[int], columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return the values of some rows."""
        return registry.page(self.reader, rows, columns)

    def values(self, rows: Sequence[int], columns: Sequence[str]) -> dict[int, tuple[Any, ...]]:
        """Return the values of some rows, each by its row's number."""
        return registry.values_by_row(self.reader, rows, columns)

    def reasons(self, ids: Sequence[str], text: str) -> dict[str, str]:
        """Return by what some workrooms are found when their name, unit and leader do not say it."""
        from desktop.services.record import found_by

        return found_by.reasons(self.reader, ids, text)

    def ids(self, rows: Sequence[int]) -> list[str]:
        """Return the ids of the workrooms in some rows."""
        return registry.workroom_ids(self.reader, rows)

    def workroom_id(self, row: int) -> str | None:
        """Return the id of the workroom in a row."""
        return registry.workroom_id(self.reader, row)

    def row_of(self, record_id: str) -> int | None:
        """Return the row of a workroom."""
        return registry.row_of(self.reader, record_id)

    def search(self, text: str, level: str = "", state: str = "") -> Hits | None:
        """Return what a search finds, narrowing an earlier answer where it can; None until the list is read."""
        if self.registry is None:
            return None
        hits = search(self.registry, text, level, state, self._answers)
        self._answers.append(hits)
        return hits

    def sort_by(self, column: str, descending: bool) -> None:
        """Read the list in another order."""
        self.sort, self.descending = column, descending
        self.reload()

    def reload(self) -> None:
        """Read the list again beside the window."""
        path, sort, descending = self._operations.path, self.sort, self.descending
        self._operations.in_background(
            "读取台账", lambda _progress: registry.load_registry(path, sort, descending), self._take
        )

    def show_added(self, record_id: str) -> None:
        """Let a workroom just added be seen at once; a long list is put in its order again beside the window."""
        read = self.registry
        if read is None or len(read.rows) <= READ_AT_ONCE:
            self.reload_now()
        elif (row := self.row_of(record_id)) is not None:
            self._take(registry.with_new(self.reader, read, row))

    def show_removed(self, rows: Sequence[int]) -> None:
        """Let workrooms just removed be seen no more."""
        read = self.registry
        if read is None or len(read.rows) <= READ_AT_ONCE:
            self.reload_now()
        else:
            self._take(registry.without(read, rows))

    def reload_now(self) -> None:
        """Read the whole list while the window waits."""
        self._timer.stop()
        self._take(registry.load_registry(self.reader, self.sort, self.descending))

    def _take(self, read: Registry) -> None:
        self.registry = read
        self._answers.clear()
        self.loaded.emit()
        self._operations.when_ready(self.upkeep.begin_later)

    def _changed(self, nouns: frozenset[str]) -> None:
        if nouns & LISTED or "*" in nouns:
            self.touched.emit()
            self._timer.start()

    def close(self) -> None:
        """Release the file."""
        self._timer.stop()
        self.upkeep.close()
        if self._reader is not None:
            self._reader.close()
            self._reader = None
