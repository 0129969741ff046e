"""Choosing the grant to share out, by typing any part of its workroom, year or state."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from desktop.views import formats, theme

Index = QModelIndex | QPersistentModelIndex
SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)


class GrantWords(QAbstractListModel):
    """Grants in words with their ids, taken whole: adding them one by one takes long where there are thousands."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.grants: Sequence[Mapping[str, Any]] = []

    def set_grants(self, grants: Sequence[Mapping[str, Any]]) -> None:
        """Show other grants."""
        if grants != self.grants:
            self.beginResetModel()
            self.grants = grants
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of grants."""
        return 0 if parent.isValid() else len(self.grants)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return a grant's words, or its id."""
        if not index.isValid() or role not in (*SPOKEN, Qt.ItemDataRole.UserRole):
            return None
        grant = self.grants[index.row()]
        return grant_words(grant) if role in SPOKEN else str(grant["id"])


class GrantPicker(QComboBox):
    """A list of grants that narrows as one types; `chosen` carries a grant's id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumWidth(theme.px(160))
        # Not by the widest entry: that would set every one of thousands to measure it.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(30)
        self.setMaxVisibleItems(14)
        self.setAccessibleName("补助资金")
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText("选择一笔补助：输入工作室名称查找")
        self._words = GrantWords(self)
        self.setModel(self._words)
        completer = QCompleter(self._words, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def _connect_signals(self) -> None:
        self.activated.connect(self._choose)
        line = self.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._put_back)

    def show_grants(self, grants: Sequence[Mapping[str, Any]], chosen: str) -> None:
        """List the grants and show the chosen one."""
        self._words.set_grants(grants)
        row = next((row for row, grant in enumerate(grants) if grant["id"] == chosen), -1) if chosen else -1
        self.setCurrentIndex(row)
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _choose(self, row: int) -> None:
        self.chosen.emit(str(self._words.grants[row]["id"]))

    def _put_back(self) -> None:
        # Half a name typed and left must not look like a choice.
        if self.currentText() != self.itemText(self.currentIndex()):
            self.setEditText(self.itemText(self.currentIndex()))


def grant_words(grant: Mapping[str, Any]) -> str:
    """Name a grant in one line."""
    total = formats.money_text(formats.fen_of_yuan(grant.get("grant_total_yuan")))
    year = f"{grant['year']}年" if grant.get("year") else ""
    return "　".join(
        part
        for part in (
            str(grant.get("workroom_name") or "（未登记工作室）"),
            year,
            f"{total} 元",
            str(grant.get("state") or ""),
        )
        if part
    )
