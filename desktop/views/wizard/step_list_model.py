"""The wizard's steps with the verdict and count of each, as a list model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.views.icons import STATUS_WORDS

STATUS_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
ID_ROLE = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True)
class Step:
    """One step: a criterion's page, or the last page with the whole verdict."""

    id: str
    title: str
    status: str
    count: str


class StepListModel(QAbstractListModel):
    """Holds the steps; only the rows that changed are told anew."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps; the list is reset only when the steps themselves are others."""
        if [step.id for step in steps] != [step.id for step in self._steps]:
            self.beginResetModel()
            self._steps = list(steps)
            self.endResetModel()
            return
        for row, step in enumerate(steps):
            if step != self._steps[row]:
                self._steps[row] = step
                self.dataChanged.emit(self.index(row), self.index(row))

    def steps(self) -> list[Step]:
        """Return the steps in order."""
        return list(self._steps)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of steps."""
        return 0 if parent.isValid() else len(self._steps)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a step's title, status, count, or the sentence a screen reader says."""
        if not index.isValid() or index.row() >= len(self._steps):
            return None
        step = self._steps[index.row()]
        said = f"{step.title}，{STATUS_WORDS[step.status]}，{step.count}"
        return {
            int(Qt.ItemDataRole.DisplayRole): step.title,
            int(Qt.ItemDataRole.AccessibleTextRole): said,
            int(Qt.ItemDataRole.ToolTipRole): said,
            int(STATUS_ROLE): step.status,
            int(COUNT_ROLE): step.count,
            int(ID_ROLE): step.id,
        }.get(int(role))
