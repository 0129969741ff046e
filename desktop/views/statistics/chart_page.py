"""The page of charts: targets and coverage first, then each part's breakdowns in as many columns as are readable."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import stacked
from desktop.views.statistics.bar_list import BarLine, BarList, lines_of

COLUMN_PX: Final = 380
HEAD: Final = "目标和覆盖"
PART_ONLY: Final = "本库只有本级登记的部分；全域总数由制定办法的工会统计。"
WHOLE: Final = "全部"


class ChartPage(QScrollArea):
    """`opened(key, words)` tells which number was chosen."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[BarList] = []
        self._parts: list[tuple[QWidget, QGridLayout, list[BarList]]] = []
        self._columns = 0
        inside = QWidget()
        inside.setObjectName("page")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, theme.px(8), 0)
        self._column.setSpacing(theme.px(12))
        self._column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(inside)

    def show_figures(self, breakdowns: Sequence[Any], targets: Sequence[Any], coverage: Sequence[Any]) -> None:
        """Show the figures as they now stand; where one was in the page it stays there."""
        at = self.verticalScrollBar().value()
        self._clear()
        first = [*_target_cards(targets), *([BarList("覆盖情况", _coverage_lines(coverage))] if coverage else [])]
        self._add_part(HEAD, first)
        for part in dict.fromkeys(one.part for one in breakdowns):
            self._add_part(part, [BarList(one.title, lines_of(one)) for one in breakdowns if one.part == part])
        self._columns = 0
        self._place()
        self.verticalScrollBar().setValue(at)

    def _clear(self) -> None:
        for part, _grid, _cards in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self.cards = [], []

    def _add_part(self, title: str, cards: list[BarList]) -> None:
        if not cards:
            return
        part, grid = QWidget(), QGridLayout()
        grid.setSpacing(theme.px(12))
        stacked(theme.label(title, "heading"), grid, on=part, margins=0)
        self._column.insertWidget(self._column.count() - 1, part)
        for card in cards:
            card.opened.connect(self.opened)
        self._parts.append((part, grid, cards))
        self.cards += cards

    def _place(self) -> None:
        columns = max(1, self.viewport().width() // theme.px(COLUMN_PX))
        if columns == self._columns:
            return
        for _part, grid, cards in self._parts:
            for column in range(max(columns, self._columns)):
                grid.setColumnStretch(column, 1 if column < columns else 0)
            for number, card in enumerate(cards):
                grid.addWidget(card, number // columns, number % columns)
        self._columns = columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out anew."""
        super().resizeEvent(event)
        self._place()


def _target_cards(targets: Sequence[Any]) -> list[BarList]:
    """Return one card for each regulation that sets targets."""
    found = []
    for law in dict.fromkeys(one.law for one in targets):
        own = [one for one in targets if one.law == law]
        lines = [
            BarLine(one.title, f"{one.held:,} / {one.wanted:,}", min(one.held / one.wanted, 1.0), one.key, WHOLE)
            for one in own
            if one.wanted
        ]
        words = [] if all(one.is_whole for one in own) else [PART_ONLY]
        words += [one.message for one in own if one.is_whole and one.status == "n/a"]
        found.append(BarList(f"{law}（{own[0].article}）", lines, "　".join(words)))
    return found


def _coverage_lines(coverage: Sequence[Any]) -> list[BarLine]:
    return [
        BarLine(one.title, f"{one.count:,} / {one.whole:,}", one.count / one.whole, one.key, one.words)
        for one in coverage
    ]
