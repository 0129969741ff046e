"""The records a paper can be made for: one is chosen by the cursor, several by ticks."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.services.paper.subjects import PaperSubject

Index = QModelIndex | QPersistentModelIndex


AT_ONCE: Final = 60
"""So many rows are laid out at a time: the view measures each, and after years there are thousands."""


class SubjectListModel(QAbstractListModel):
    """Holds the records that match the search, and shows more as one scrolls; ticks are kept while one searches on."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.many = False
        self._all: list[PaperSubject] = []
        self._matching: list[PaperSubject] = []
        self._shared: set[str] = set()
        self._seen = 0
        self._ticked: list[str] = []
        self._words = ""

    def set_subjects(self, subjects: Sequence[PaperSubject], *, many: bool) -> None:
        """Show other records; those ticked and still there stay ticked."""
        if list(subjects) == self._all and many == self.many:
            return
        self._all, self.many = list(subjects), many
        counted = Counter(subject.title for subject in self._all)
        self._shared = {title for title, count in counted.items() if count > 1}
        known = {subject.id for subject in subjects} if many and self._ticked else frozenset()
        self._ticked = [ticked for ticked in self._ticked if ticked in known]
        self._filter()

    def search(self, words: str) -> None:
        """Show only the records whose words hold what is typed."""
        self._words = words.strip()
        self._filter()

    def ticked(self) -> list[str]:
        """Return the ticked records in the order of the list."""
        ticked = set(self._ticked)
        return [subject.id for subject in self._all if subject.id in ticked]

    def tick(self, ids: Sequence[str]) -> None:
        """Tick these records and no others."""
        self._ticked = list(ids)
        self._redraw()
        self.ticks_changed.emit()

    def subject(self, row: int) -> PaperSubject:
        """Return the record of a row."""
        return self._matching[row]

    def count(self) -> int:
        """Return how many records match the search."""
        return len(self._matching)

    def matching(self) -> list[str]:
        """Return the ids of all records that match the search, shown or still to come."""
        return [subject.id for subject in self._matching]

    def row_of(self, record_id: str) -> int:
        """Return the row of a record, shown from now on, or -1 when it does not match the search."""
        found = next((row for row, subject in enumerate(self._matching) if subject.id == record_id), -1)
        if found >= self._seen:
            self._show_to(found + AT_ONCE)
        return found

    def _filter(self) -> None:
        self.beginResetModel()
        self._matching = [one for one in self._all if not self._words or self._words in f"{one.title} {one.detail}"]
        self._seen = min(AT_ONCE, len(self._matching))
        self.endResetModel()

    def _show_to(self, rows: int) -> None:
        rows = min(rows, len(self._matching))
        self.beginInsertRows(QModelIndex(), self._seen, rows - 1)
        self._seen = rows
        self.endInsertRows()

    def _redraw(self) -> None:
        if self._seen:
            self.dataChanged.emit(self.index(0), self.index(self._seen - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of records shown."""
        return 0 if parent.isValid() else self._seen

    def canFetchMore(self, parent: Index) -> bool:
        """Say whether there are more."""
        return not parent.isValid() and self._seen < len(self._matching)

    def fetchMore(self, parent: Index) -> None:
        """Show some more; the view asks when one has scrolled to the end."""
        if self.canFetchMore(parent):
            self._show_to(self._seen + AT_ONCE)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a record's words, with what tells it from its namesakes, and its tick."""
        if not index.isValid() or index.row() >= self._seen:
            return None
        subject = self._matching[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{subject.title}　{subject.detail}" if subject.title in self._shared else subject.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{subject.title}　{subject.detail}"
        if role == Qt.ItemDataRole.CheckStateRole and self.many:
            return Qt.CheckState.Checked if subject.id in self._ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick."""
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole or not self.many:
            return False
        record_id = self._matching[index.row()].id
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.append(record_id)
        else:
            self._ticked = [ticked for ticked in self._ticked if ticked != record_id]
        self.dataChanged.emit(index, index)
        self.ticks_changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let records be ticked where several are taken."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self.many and index.isValid() else flags
