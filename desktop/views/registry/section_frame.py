"""A section of a record's page: its heading and what stands under it, on a card."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import theme


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
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.note)
        head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(self.body)

    def show_note(self, words: str) -> None:
        """Say something quiet beside the heading, a count for instance."""
        self.note.setText(words)
