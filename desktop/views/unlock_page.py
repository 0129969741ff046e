"""The page before an encrypted database: it asks for the passphrase and opens nothing without it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.panes import lone_card, set_words

INNER_PX: Final = 420
WORDS: Final = (
    "这台电脑上的数据库已用口令加密。请输入口令；忘记口令时没有别的办法打开它，只能用恢复份额重建，再从上级取回数据。"
)


class UnlockPage(QWidget):
    """`unlocked` follows when the passphrase was right; until then nothing of the database is read."""

    unlocked = Signal()

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._path = path
        self._build_layout()
        self.passphrase.returnPressed.connect(self._try)
        self.open.clicked.connect(self._try)
        self.passphrase.setFocus()

    def _build_layout(self) -> None:
        self.strip = MessageStrip()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName("口令")
        self.passphrase.setPlaceholderText("口令")
        self.open = Button("打开", role="primary")
        self._fill(lone_card(self, INNER_PX))

    def _fill(self, layout: QVBoxLayout) -> None:
        layout.addWidget(theme.label("请输入口令", "title"))
        layout.addWidget(set_words(WORDS, INNER_PX))
        layout.addWidget(self.strip)
        layout.addWidget(self.passphrase)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.open)
        layout.addLayout(buttons)

    def _try(self) -> None:
        from desktop.services import store

        try:
            store.unlock(self._path, self.passphrase.text())
        except DesktopError as error:
            self.strip.show_message(error.message, "fail")
            self.passphrase.selectAll()
            self.passphrase.setFocus()
            return
        self.unlocked.emit()
