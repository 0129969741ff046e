"""Choosing a workroom by a few letters of its name, unit or leader, as the registry's own search does."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.services import registry
from desktop.views import theme

SHOWN = 50
COLUMNS = ("name", "unit", "leader", "level", "id")


class WorkroomPicker(QWidget):
    """A search line over a list of hits; `chosen` follows Enter or a double click."""

    picked = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._path: Path | None = None
        self._registry: registry.Registry | None = None
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText("名称、单位、领衔人，或拼音首字母")
        self.line.setAccessibleName("查找工作室")
        self.line.setClearButtonEnabled(True)
        self.hits = QListWidget()
        self.hits.setAccessibleName("找到的工作室")
        self.hits.setMinimumHeight(theme.px(176))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.line)
        column.addWidget(self.hits, 1)

    def _connect_signals(self) -> None:
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._choose)
        self.line.installEventFilter(self)
        self.hits.currentItemChanged.connect(lambda *_: self.picked.emit(self.workroom_id()))
        self.hits.itemActivated.connect(lambda _item: self._choose())

    def load(self, path: Path) -> None:
        """Read the registry's keys anew, keeping what is typed and picked."""
        kept = self.workroom_id()
        self._path = path
        self._registry = registry.load_registry(path)
        self._search(self.line.text())
        self.pick(kept)

    def workroom_id(self) -> str:
        """Return the picked workroom's id, or an empty string."""
        item = self.hits.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def pick(self, workroom_id: str) -> None:
        """Pick a workroom among those shown."""
        for row in range(self.hits.count()):
            if self.hits.item(row).data(Qt.ItemDataRole.UserRole) == workroom_id:
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
        if self._registry is None or self._path is None:
            return
        found = registry.search(self._registry, text)
        rows = [self._registry.rows[position] for position in found.positions[:SHOWN]]
        self.hits.clear()
        for values in registry.page(self._path, rows, COLUMNS):
            self.hits.addItem(_item(values))
        self.hits.setCurrentRow(0 if text.strip() and self.hits.count() else -1)
        self.picked.emit(self.workroom_id())

    def _choose(self) -> None:
        if self.workroom_id():
            self.chosen.emit(self.workroom_id())


def _item(values: tuple[Any, ...]) -> QListWidgetItem:
    name, unit, leader, level, workroom_id = (str(value or "") for value in values[-5:])
    item = QListWidgetItem("　".join(part for part in (name, leader, level) if part))
    item.setToolTip(f"{name}\n{unit}")
    item.setData(Qt.ItemDataRole.UserRole, workroom_id)
    return item
