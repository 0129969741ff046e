"""The list of what waits: each entry says what it is, where it stands, what comes next, and by when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.views import formats, theme

Index = QModelIndex | QPersistentModelIndex
ENTRY: Final = Qt.ItemDataRole.UserRole
ROW: Final = 76
SOON: Final = 7
"""Days before the end of a term from which it is marked."""
TURNS: Final = {"own": "本级办理", "below": "等下级", "above": "等上级", "": ""}


def due_words(entry: Any, on: date) -> tuple[str, str]:
    """Return what is said of an entry's term, and its role (fail once over, warn when near, else quiet)."""
    if entry.due is None:
        return entry.due_words or (f"{formats.date_text(entry.since)}到此环节" if entry.since else ""), "quiet"
    left = (entry.due - on).days
    words = f"{entry.due_words}：{formats.date_text(entry.due)}"
    if left < 0:
        return f"{words}，已过{-left}天", "fail"
    return f"{words}，{'今天' if left == 0 else f'还有{left}天'}", "warn" if left <= SOON else "quiet"


class WaitingModel(QAbstractListModel):
    """Holds the entries that the search and the choice of turn let through."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on = date.today()
        self._all: list[Any] = []
        self._shown: list[Any] = []
        self._others: list[Any] = []
        self._verdicts: dict[tuple[str, str], str] = {}
        self._words = ""
        self._turn = ""

    def set_entries(
        self, entries: Sequence[Any], on: date, verdicts: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        """Show other entries, as seen on a day, with what the office above said of them by noun and id."""
        said = dict(verdicts or {})
        if (list(entries), on, said) == (self._all, self.on, self._verdicts):
            return
        self._all, self.on, self._verdicts = list(entries), on, said
        self._filter()

    def search(self, words: str, others: Sequence[Any] = ()) -> None:
        """Show only entries that hold what is typed, and after them other records that were found."""
        self._words, self._others = words.strip(), list(others)
        self._filter()

    def show_turn(self, turn: str) -> None:
        """Show only entries of one turn (own, below, above); "" shows all."""
        self._turn = turn
        self._filter()

    def _filter(self) -> None:
        self.beginResetModel()
        waiting = [one for one in self._all if self._lets_through(one)]
        shown = {one.record_id for one in waiting}
        self._shown = [*waiting, *(one for one in self._others if one.record_id not in shown)]
        self.endResetModel()

    def _lets_through(self, one: Any) -> bool:
        text = f"{one.title}{one.flow}{one.state}{one.next_step}"
        return (not self._turn or one.turn == self._turn) and all(word in text for word in self._words.split())

    def entry(self, row: int) -> Any:
        """Return the entry of a row."""
        return self._shown[row]

    def row_of(self, record_id: str, workflow: str = "") -> int:
        """Return the row of a record, or -1."""
        rows = (
            row
            for row, one in enumerate(self._shown)
            if one.record_id == record_id and (not workflow or one.workflow in ("", workflow))
        )
        return next(rows, -1)

    def standing(self, one: Any) -> tuple[str, str]:
        """Return whose turn an entry is, what the office above said, its term and its course; and these words' role."""
        words, role = due_words(one, self.on)
        verdict = self._verdicts.get((one.noun, one.record_id), "")
        return "　".join(filter(None, (TURNS[one.turn], verdict and f"回执：{verdict}", words, one.flow))), role

    def count(self, turn: str) -> int:
        """Return how many wait in all for a turn."""
        return sum(one.turn == turn for one in self._all)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of entries shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an entry, or its words for reading aloud and for the tooltip."""
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        if role == ENTRY:
            return one
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words, _role = self.standing(one)
            held = f"{one.held}。" if one.held else ""
            way = f"{one.flow}：{one.state} → {one.next_step}（{one.actor}）。" if one.flow else f"{one.state}。"
            return f"{one.title}\n{way}{held}{words}"
        return None


class WaitingDelegate(QStyledItemDelegate):
    """Draws three lines: what, where it stands and what comes next, by when; a mark tells whose turn it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Three lines."""
        return QSize(theme.px(200), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one entry."""
        tokens, one = theme.tokens(), index.data(ENTRY)
        rect, state = QRect(option.rect), option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.hover))
        inner = rect.adjusted(theme.px(12), theme.px(7), -theme.px(10), -theme.px(7))
        words, role = index.model().standing(one)  # type: ignore[attr-defined]
        color = {"fail": tokens.fail, "warn": tokens.warn}.get(role, tokens.quiet)
        held = f"【{one.held}】" if one.held else ""
        lines = (
            (one.title, tokens.text, Qt.TextElideMode.ElideMiddle),
            (
                f"{held}{one.state}" + (f" → {one.next_step}" if one.next_step else ""),
                tokens.text,
                Qt.TextElideMode.ElideRight,
            ),
            (words, color, Qt.TextElideMode.ElideRight),
        )
        height = inner.height() // len(lines)
        for number, (text, ink, elide) in enumerate(lines):
            line = QRect(inner.left(), inner.top() + number * height, inner.width(), height)
            painter.setPen(QColor(ink))
            shown = painter.fontMetrics().elidedText(text, elide, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRect(rect.left(), rect.top(), theme.px(3), rect.height()), QColor(tokens.focus))


class WaitingList(QListView):
    """`chosen(entry)` follows the cursor; Enter goes over to the road (`entered`)."""

    chosen = Signal(object)
    entered_road = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = WaitingModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(WaitingDelegate(self))
        self.setAccessibleName("待办")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setProperty("role", "plain")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ENTRY))

    def choose(self, record_id: str, workflow: str = "") -> bool:
        """Put the cursor on a record; False when it does not wait."""
        row = self.entries.row_of(record_id, workflow)
        if row >= 0:
            self.setCurrentIndex(self.entries.index(row))
        return row >= 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes over to the road."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_road.emit()
        else:
            super().keyPressEvent(event)
