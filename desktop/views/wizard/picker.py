"""Choosing one of many by a few letters typed: a search line over a list of hits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.services.beginning import Candidate
from desktop.views import theme
from desktop.views.arranging import Wide, stacked

LINE, TWO_LINES, MARGINS = 32, 52, 20


@dataclass(frozen=True)
class Hit:
    """One line of the list: the record's id, its words, and what is said of it under the pointer."""

    id: str
    words: str
    tip: str = ""


class Picker(QWidget):
    """A search line over a list of hits; `picked` follows each change, `chosen` Enter or a double click."""

    picked = Signal(str)
    chosen = Signal(str)

    def __init__(self, what: str, prompt: str) -> None:
        super().__init__()
        self._build_layout(what, prompt)
        self._connect_signals()

    def _build_layout(self, what: str, prompt: str) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(f"查找{what}")
        self.line.setClearButtonEnabled(True)
        self.hits = QListWidget()
        self.hits.setAccessibleName(f"找到的{what}")
        self.hits.setMinimumHeight(theme.px(48))
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.hits.setWordWrap(True)
        self._none = theme.label(f"没有找到{what}。", "quiet", wrap=True)
        self._none.hide()
        stacked(self.line, self._none, Wide(self.hits), on=self, margins=0, spacing=theme.px(6))

    def _connect_signals(self) -> None:
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._choose)
        self.line.installEventFilter(self)
        self.hits.currentItemChanged.connect(lambda *_: self.picked.emit(self.record_id()))
        self.hits.itemActivated.connect(lambda _item: self._choose())

    def found(self, text: str) -> Iterable[Hit] | None:
        """Return what a text finds; None when there is nothing to search in yet."""
        raise NotImplementedError

    def search_again(self) -> None:
        """Search anew, keeping what is typed and picked."""
        kept = self.record_id()
        self._search(self.line.text())
        self.pick(kept)

    def record_id(self) -> str:
        """Return the picked record's id, or an empty string."""
        item = self.hits.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def pick(self, record_id: str) -> None:
        """Pick a record among those shown."""
        for row in range(self.hits.count()):
            if self.hits.item(row).data(Qt.ItemDataRole.UserRole) == record_id:
                self.hits.setCurrentRow(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk the hits while the cursor stays in the line."""
        arrows = (Qt.Key.Key_Down, Qt.Key.Key_Up)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in arrows:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.hits.setCurrentRow(max(0, min(self.hits.currentRow() + step, self.hits.count() - 1)))
            return True
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        found = self.found(text)
        if found is None:
            return
        self.hits.clear()
        for hit in found:
            self.hits.addItem(_item(hit))
        self._fit_lines()
        self._none.setVisible(not self.hits.count())
        self.hits.setCurrentRow(0 if text.strip() and self.hits.count() else -1)
        self.picked.emit(self.record_id())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the hits the lines that they need at this width."""
        super().resizeEvent(event)
        self._fit_lines()

    def _fit_lines(self) -> None:
        """Let what is too long for one line take two: the same name may begin many."""
        metrics, room = self.hits.fontMetrics(), self.hits.viewport().width() - theme.px(MARGINS)
        for item in map(self.hits.item, range(self.hits.count())):
            height = LINE if metrics.horizontalAdvance(item.text()) <= room else TWO_LINES
            # Less than the list is wide: the line then takes the list's width and is cut with dots, not scrolled.
            item.setSizeHint(QSize(1, theme.px(height)))

    def _choose(self) -> None:
        if self.record_id():
            self.chosen.emit(self.record_id())


class CandidatePicker(Picker):
    """Picks an alliance, or the person to whose outcome an award goes."""

    def __init__(self, what: str, prompt: str) -> None:
        super().__init__(what, prompt)
        self._finder: Callable[[str], Iterable[Candidate]] | None = None
        self._is_stale = False

    def set_finder(self, finder: Callable[[str], Iterable[Candidate]]) -> None:
        """Search through `finder` from now on, anew as soon as the hits are looked at."""
        self._finder, self._is_stale = finder, True
        if self.isVisible():
            self._freshen()

    def pick(self, record_id: str) -> None:
        """Pick a record among those found."""
        self._freshen()
        super().pick(record_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Search for what is looked at now."""
        super().showEvent(event)
        self._freshen()

    def _freshen(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.search_again()

    def found(self, text: str) -> Iterable[Hit] | None:
        """Return the candidates with their detail."""
        if self._finder is None:
            return None
        return [
            Hit(one.id, "　".join(part for part in (one.name, one.detail) if part), one.detail)
            for one in self._finder(text)
        ]


def _item(hit: Hit) -> QListWidgetItem:
    item = QListWidgetItem(hit.words)
    item.setToolTip(hit.tip or hit.words)
    item.setData(Qt.ItemDataRole.UserRole, hit.id)
    return item
