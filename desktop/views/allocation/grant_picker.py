"""Choosing the grant to share out, by typing any part of its workroom, year or state."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from desktop.views import formats, theme


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
        self.setMinimumWidth(theme.px(420))
        self.setMaxVisibleItems(14)
        self.setAccessibleName("补助资金")
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText("选择一笔补助：输入工作室名称查找")
        completer = QCompleter(self.model(), self)
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
        entries = [(grant_words(grant), str(grant["id"])) for grant in grants]
        if entries != [(self.itemText(row), self.itemData(row)) for row in range(self.count())]:
            self.clear()
            for words, grant_id in entries:
                self.addItem(words, grant_id)
        self.setCurrentIndex(self.findData(chosen) if chosen else -1)
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _choose(self, row: int) -> None:
        self.chosen.emit(str(self.itemData(row)))

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
