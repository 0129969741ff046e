"""The strip under a view's title that says what happened, what is wrong and what to do next."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.icons import Button, IconButton, StatusIcon

FADE_MS: Final = 8000
"""How long good news stays, in milliseconds; warnings and errors stay until they are dealt with."""
KINDS: Final = {"info": "unknown", "pass": "pass", "warn": "warn", "fail": "fail"}


class MessageStrip(QFrame):
    """One message with icon, words, perhaps one action, and a way to put it away; hidden when there is none.

    Good news goes by itself but leaves its room until the page is left or the next message comes: nothing may move
    under a hand that is about to click.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: Callable[[], object] | None = None
        self._is_built = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FADE_MS)
        self.hide()

    def _build_layout(self) -> None:
        self._icon = StatusIcon()
        self._words = theme.label(wrap=True)
        self._button = Button("", role="link")
        self._close = IconButton("close", "关闭提示")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.setSpacing(8)
        for widget in (self._icon, self._words, self._button, self._close):
            layout.addWidget(widget, 1 if widget is self._words else 0)

    def _connect_signals(self) -> None:
        self._close.clicked.connect(self.clear)
        self._button.clicked.connect(self._act)
        self._timer.timeout.connect(self._fade)

    def show_message(
        self, words: str, kind: str = "info", action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show `words`; `kind` is info, pass, warn or fail; `action` names the one thing that can be done about it."""
        if not self._is_built:
            # Made for the first message: a strip that stays empty costs nothing.
            self._is_built = True
            self._build_layout()
            self._connect_signals()
        self._action = on_action
        self._words.setText(words)
        self._icon.show_status(KINDS[kind])
        self._icon.setVisible(kind != "info")
        self._button.setText(action)
        self._button.setVisible(bool(action))
        theme.set_role(self, f"strip-{kind}")
        self.setAccessibleName(words)
        self.show()
        if kind in ("info", "pass") and not action:
            self._timer.start()
        else:
            self._timer.stop()

    def show_error(self, error: DesktopError) -> None:
        """Show a refusal: its sentence already says what, where and what next."""
        self.show_message(error.message, "fail")

    def text(self) -> str:
        """Return the words shown, or an empty string."""
        return "" if self.isHidden() else self._words.text()

    def clear(self) -> None:
        """Put the message away."""
        self._timer.stop()
        self._keep_room(False)
        self.hide()
        self.closed.emit()

    def _fade(self) -> None:
        """Let good news go without moving what stands below it."""
        page = self.parentWidget()
        self._keep_room(page is None or page.isVisible())
        self.hide()
        self.closed.emit()

    def _keep_room(self, kept: bool) -> None:
        policy, page = self.sizePolicy(), self.parentWidget()
        if policy.retainSizeWhenHidden() == kept:
            return
        policy.setRetainSizeWhenHidden(kept)
        self.setSizePolicy(policy)
        if page is not None and kept:
            page.installEventFilter(self)
        elif page is not None:
            page.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the room back once the page is out of sight."""
        if event.type() == QEvent.Type.Hide and watched is self.parentWidget():
            self._keep_room(False)
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()
