"""What a view shows when nothing is there yet: what belongs here, and the first step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.icons import Button, PlainIcon

NARROWEST, WIDEST = 280, 440
"""The width in px of its sentences: as wide as is well read, less where the page has less."""


class EmptyState(QWidget):
    """An icon, a sentence of what belongs here, and up to two actions: `first` and `second` tell which was chosen."""

    first = Signal()
    second = Signal()

    def __init__(
        self, icon_name: str, title: str, words: str, action: str = "", other: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._texts = (icon_name, title, words, action, other)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        icon_name, title, words, action, other = self._texts
        self._title = theme.label(title, "heading")
        self._words = theme.label(words, "quiet", wrap=True)
        self._words.setMinimumWidth(theme.px(NARROWEST))
        self._words.setMaximumWidth(theme.px(WIDEST))
        self.action = Button(action)
        self.other = Button(other)
        for button in (self.action, self.other):
            # Never shown before it has a parent: it would flash as a window of its own.
            if not button.text():
                button.hide()
        for text in (self._title, self._words):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(PlainIcon(icon_name, 40), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._title)
        layout.addLayout(_centred(self._words, share=100))
        layout.addSpacing(8)
        layout.addLayout(_centred(self.action, self.other))
        layout.addStretch(3)

    def _connect_signals(self) -> None:
        self.action.clicked.connect(self.first)
        self.other.clicked.connect(self.second)

    def set_texts(self, title: str, words: str) -> None:
        """Say something else, for instance that a search found nothing."""
        self._title.setText(title)
        self._words.setText(words)


def _centred(*widgets: QWidget, share: int = 0) -> QHBoxLayout:
    """Put widgets side by side in the middle; a label aligned by its own layout would be given too little height.

    With a share each takes what room there is, up to its greatest width, before any is left free at the sides.
    """
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget, share)
    row.addStretch(1)
    return row
