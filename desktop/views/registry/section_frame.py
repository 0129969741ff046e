"""A section of a record's page: its heading and what stands under it, on a card."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import ROOM, beside, stacked


class SectionFrame(QFrame):
    """A titled card; `body` takes the content."""

    def __init__(self, section: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._title = title
        self._build_layout()

    def _build_layout(self) -> None:
        self.setProperty("role", "card")
        self.heading = theme.label(self._title, "strong")
        self.note = theme.label(role="quiet")
        head = beside(self.heading, self.note, ROOM, spacing=8)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        stacked(head, self.body, on=self, margins=(16, 12, 16, 12), spacing=8)

    def show_note(self, words: str) -> None:
        """Say something quiet beside the heading, a count for instance."""
        self.note.setText(words)
