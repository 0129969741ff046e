"""The search over everything (Ctrl+K): workrooms by all they are found by, people, units, and the pages themselves."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.views import icons, theme
from desktop.views.desk import Desk
from desktop.views.registry.lookup import found_workrooms

SHOWN: Final = 12
OTHERS: Final = 4
"""How many workrooms, and how many people and units each, are listed."""
WAIT_MS: Final = 60
TARGET: Final = Qt.ItemDataRole.UserRole


class SearchBox(QFrame):
    """A field with its answers under it; Enter goes to the one that is marked, Esc puts the box away."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._desk = desk
        self._build_layout()
        self._connect_signals()
        self.hide()

    def _build_layout(self) -> None:
        self.setProperty("role", "card")
        self.field = QLineEdit()
        self.field.setPlaceholderText("工作室、单位、人员或拼音首字母，如 zjc；也可以输入页名")
        self.field.setAccessibleName("搜索")
        self.answers = QListWidget()
        self.answers.setAccessibleName("搜索结果")
        self.answers.setProperty("role", "plain")
        self.answers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.answers, 1)

    def _connect_signals(self) -> None:
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self._timer.timeout.connect(self._search)
        self.answers.itemClicked.connect(self._go)
        self.field.installEventFilter(self)

    def open_box(self) -> None:
        """Open the box in the upper middle of the window, its field empty and ready."""
        self.move(QPoint((self._window.width() - self._width()) // 2, theme.px(56)))
        self.field.clear()
        self._search()
        self.show()
        self.raise_()
        self.field.setFocus()

    def _search(self) -> None:
        text = self.field.text().strip()
        self.answers.clear()
        for view, title, icon in self._pages(text):
            self._add(title, icon, (view, "", ""))
        for record in self._workrooms(text):
            # By what it is found matters more than what its name mostly says already.
            parts = (record["name"], record["why"] or record["leader"], record["unit"])
            words = "　".join(part for part in parts if part)
            self._add(words, "registry", ("registry", "workrooms", record["id"]))
        for noun, icon in (("people", "person"), ("units", "building")):
            for found in self._others(noun, text):
                self._add("　".join(filter(None, (found.name, found.beside))), icon, (noun, noun, found.id))
        if not self.answers.count():
            self._add(f"没有找到“{text}”。换一个词，或只输入名称的一部分。", "info", None)
        self.answers.setCurrentRow(0)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the answers need."""
        rows = sum(self.answers.sizeHintForRow(row) for row in range(self.answers.count()))
        room = self._window.height() - theme.px(160)
        self.answers.setFixedHeight(min(rows + theme.px(4), room))
        self.adjustSize()
        self.resize(self._width(), self.height())

    def _width(self) -> int:
        return min(theme.px(640), self._window.width() - 48)

    def _pages(self, text: str) -> list[tuple[str, str, str]]:
        from desktop.views.catalogue import ALONE, TABS

        pages = TABS if not text else (*TABS, *ALONE)
        return [(tab.view, tab.title, tab.icon) for tab in pages if text in tab.title]

    def _workrooms(self, text: str) -> list[dict[str, Any]]:
        if not text:
            return []
        return found_workrooms(self._desk.registry, text, SHOWN)

    def _others(self, noun: str, text: str) -> list[Any]:
        """Return the people or units of that name; none until the database is open."""
        if not text or not self._desk.operations.is_ready:
            return []
        from desktop.services.record.finding import find_some

        return list(self._desk.operations.read(lambda session: find_some(session, noun, text, OTHERS)))

    def _add(self, words: str, icon: str, target: tuple[str, str, str] | None) -> None:
        item = QListWidgetItem(icons.icon(self, icon, theme.tokens().quiet), words)
        item.setData(TARGET, target)
        item.setToolTip(words)
        self.answers.addItem(item)

    def _go(self, item: QListWidgetItem | None) -> None:
        target = item.data(TARGET) if item is not None else None
        if target:
            self.hide()
            self._desk.go.emit(*target)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the mark with the arrows, go with Enter, close with Esc or when the field is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps:
            last = self.answers.count() - 1
            self.answers.setCurrentRow(min(max(self.answers.currentRow() + steps[key], 0), last))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self._timer.stop()
                self._search()
            self._go(self.answers.currentItem())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False
