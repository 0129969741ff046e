"""A large card with one action: its icon, name, sentence and button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import ROOM, Wide, beside, stacked
from desktop.views.icons import Button, PlainIcon


class ActionCard(QFrame):
    """`body` takes what belongs to the action; `button` starts it, `links` are the lesser ones."""

    def __init__(
        self, icon: str, title: str, words: str, button: Button, *links: Button, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._texts = (icon, title, words)
        self.button = button
        self.links = links
        self._build_layout()

    def _build_layout(self) -> None:
        icon, title, words = self._texts
        self.setProperty("role", "card")
        self.setMinimumHeight(theme.px(200))
        self.setMaximumHeight(theme.px(290))
        head = beside(PlainIcon(icon, 32), theme.label(title, "heading"), ROOM, spacing=12)
        self.words = theme.label(words, "quiet", wrap=True)
        self.body = QVBoxLayout()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for link in self.links:
            foot.addWidget(link)
        foot.addStretch(1)
        foot.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        stacked(head, self.words, Wide(self.body), foot, on=self, margins=(20, 16, 16, 14), spacing=10)
