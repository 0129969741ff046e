"""A line that names what cannot be taken back, and asks before it is done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.views import theme
from desktop.views.arranging import Wide, beside
from desktop.views.icons import Button


class ConfirmRow(QFrame):
    """Words and two buttons; hidden until asked for. Escape or 取消 puts it away."""

    confirmed = Signal()
    asking = Signal(bool)

    def __init__(self, action: str) -> None:
        super().__init__()
        self._words = theme.label(wrap=True)
        self.accept = Button(action, role="primary")
        self.cancel = Button("取消")
        self._build_layout()
        self._connect_signals()
        self.hide()

    def _build_layout(self) -> None:
        self.setProperty("role", "strip-warn")
        self.cancel.setShortcut("Esc")
        beside(
            Wide(self._words),
            self.accept,
            self.cancel,
            on=self,
            margins=(theme.px(12), theme.px(8), theme.px(8), theme.px(8)),
            spacing=theme.px(8),
        )

    def _connect_signals(self) -> None:
        self.accept.clicked.connect(self._accept)
        self.cancel.clicked.connect(self.put_away)

    def ask(self, words: str) -> None:
        """Show the line; 取消 has the focus, so that Enter alone does nothing."""
        self._words.setText(words)
        self.show()
        self.asking.emit(True)
        self.cancel.setFocus()

    def put_away(self) -> None:
        """Ask no more."""
        self.hide()
        self.asking.emit(False)

    def words(self) -> str:
        """Return what is asked."""
        return self._words.text()

    def _accept(self) -> None:
        self.put_away()
        self.confirmed.emit()
