"""The editor of a field that names another record: typed and chosen from what is found, or newly added."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QRect, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton

from desktop.views import icons, theme
from desktop.views.editors import TextEditor

WAIT_MS: Final = 150
WIDEST_PX: Final = 480
"""How wide the list of answers may become at scale 1."""
Found = list[tuple[str, str]]


class ReferenceEditor(TextEditor):
    """Holds the id of a record and shows its name.

    `find(text)` returns (id, words) of a few records; `describe(id)` the name of one; `create(text)`, when given, makes
    a new record of that name and returns its id. `open_wanted(id)` asks for the record's own page, once `offer_page`
    was called.
    """

    open_wanted = Signal(str)

    def __init__(
        self,
        find: Callable[[str], Found],
        describe: Callable[[str], str],
        create: Callable[[str], str | None] | None = None,
    ) -> None:
        self._find = find
        self._describe = describe
        self._create = create
        self._id: str | None = None
        self._found: Found = []
        self._page: QAction | None = None
        super().__init__()

    def offer_page(self, words: str) -> None:
        """Show a sign in the field that leads to the page of the record it names (F4)."""
        self._page = self.control.addAction(
            icons.icon(self.control, "jump", theme.tokens().focus), QLineEdit.ActionPosition.TrailingPosition
        )
        self._page.setToolTip(f"{words}（F4）")
        for button in self.control.findChildren(QToolButton):
            button.setAccessibleName(words)
        self._page.triggered.connect(self._open)
        self._page.setVisible(bool(self._id))

    def _open(self) -> None:
        if self._id and self._page is not None:
            self.open_wanted.emit(self._id)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_F4:
            self._open()
            return True
        return super()._key(event)

    def _make_control(self) -> QLineEdit:
        control = super()._make_control()
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setMaxVisibleItems(10)
        self._completer.setWidget(control)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        return control

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.control.textEdited.connect(lambda _text: self._wait.start())
        self._wait.timeout.connect(self.offer)
        self._completer.activated.connect(self._choose)

    def offer(self) -> None:
        """Show what the typed text finds, and the offer to add it."""
        text = self.control.text().strip()
        if not text or self._composing:
            return
        self._found = self._find(text)
        words = [words for _id, words in self._found]
        if self._create is not None:
            words.append(self._new_words(text))
        self._words.setStringList(words)
        if words and self.control.hasFocus():
            self._completer.complete(self._room())

    def _room(self) -> QRect:
        """Return where the answers stand: under the field, wider than it where a whole name needs that."""
        needed = self._completer.popup().sizeHintForColumn(0) + theme.px(24)
        return QRect(0, 0, max(self.control.width(), min(needed, theme.px(WIDEST_PX))), self.control.height())

    def _new_words(self, text: str) -> str:
        return f"＋ 新增“{text}”"

    def _choose(self, words: str) -> None:
        text = self.control.text().strip()
        chosen: str | None = next((found for found, shown in self._found if shown == words), None)
        if chosen is None and self._create is not None:
            chosen = self._create(text)
        if chosen is not None:
            self._show(chosen)
            self._typed()
            self.commit()

    def set_value_back_to_empty(self) -> None:
        """Empty the field after its choice was used."""
        self._timer.stop()
        self._value = self._saved = None
        self._show(None)

    def choose_first(self) -> None:
        """Take the first answer, as Enter does when the list is open."""
        self.offer()
        if self._words.stringList():
            self._choose(self._words.stringList()[0])

    def _show(self, value: Any) -> None:
        self._id = value or None
        if self._page is not None:
            self._page.setVisible(bool(self._id))
        self._shown = self._describe(value) if value else ""
        self.control.setText(self._shown)
        self.control.setCursorPosition(0)

    _shown = ""

    def _read(self) -> str | None:
        text = self.control.text().strip()
        if not text:
            return None
        if text != self._shown:
            raise ValueError("请从下面列出的里面选一个" + ("，或选“新增”" if self._create is not None else ""))
        return self._id
