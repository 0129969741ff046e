"""The kinds of paper under the steps of the journey, as a list model with headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from desktop.services.document import KindInfo
from desktop.views import theme

Index = QModelIndex | QPersistentModelIndex
KIND_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Entry:
    """A heading (no kind) or a kind."""

    title: str
    kind: str = ""


class KindListModel(QAbstractListModel):
    """Holds headings and kinds in the order of the journey; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def set_kinds(self, kinds: Sequence[KindInfo]) -> None:
        """Show these kinds, each step's under its heading."""
        entries: list[Entry] = []
        for step in dict.fromkeys(kind.step for kind in kinds):
            entries.append(Entry(step))
            entries.extend(Entry(kind.title, kind.id) for kind in kinds if kind.step == step)
        if entries != self._entries:
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()

    def row_of(self, kind: str) -> int:
        """Return the row of a kind, or -1."""
        return next((row for row, entry in enumerate(self._entries) if kind and entry.kind == kind), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's words, its kind's id, a heading's quiet colour."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"　{entry.title}" if entry.kind else entry.title
        if role == KIND_ROLE:
            return entry.kind
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.title
        if role == Qt.ItemDataRole.ForegroundRole and not entry.kind:
            return QColor(theme.tokens().quiet)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only kinds be chosen."""
        flags = super().flags(index)
        heading = index.isValid() and not self._entries[index.row()].kind
        return Qt.ItemFlag.NoItemFlags if heading else flags
