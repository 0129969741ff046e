"""A line that asks for a reason before a decision is taken back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.views import theme
from desktop.views.arranging import Wide, beside
from desktop.views.editors import TextEditor
from desktop.views.icons import Button


class ReasonRow(QFrame):
    """Words, a field and two buttons; hidden until asked for."""

    given = Signal(str)

    def __init__(self, words: str, action: str) -> None:
        super().__init__()
        self._words = words
        self.accept = Button(action)
        self.cancel = Button("取消", role="link")
        self._build_layout()
        self._connect_signals()
        self.hide()

    def _build_layout(self) -> None:
        self.setProperty("role", "strip-warn")
        self.reason = TextEditor()
        self.reason.setAccessibleName("理由")
        self.reason.set_placeholder("写明理由")
        beside(
            theme.label(self._words),
            Wide(self.reason),
            self.accept,
            self.cancel,
            on=self,
            margins=(theme.px(12), theme.px(6), theme.px(8), theme.px(6)),
            spacing=theme.px(8),
        )

    def _connect_signals(self) -> None:
        self.accept.clicked.connect(self._give)
        self.cancel.clicked.connect(self.hide)
        self.reason.entered.connect(self._give)

    def ask(self) -> None:
        """Show the line with the cursor in it."""
        self.reason.set_value("")
        self.show()
        self.reason.setFocus()

    def _give(self) -> None:
        words = self.reason.control.text().strip()
        if not words:
            self.reason.set_error("请写明理由。")
            return
        self.hide()
        self.given.emit(words)
