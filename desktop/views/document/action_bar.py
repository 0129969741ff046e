"""What can be done with the paper in front, as buttons at the top."""

from collections.abc import Collection

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views import theme
from desktop.views.icons import Button


class ActionBar(QWidget):
    """The view's title and its actions; only what suits the kind is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.print = Button("打印", "print", tip="Ctrl+P")
        self.pdf = Button("存PDF", "save", tip="Ctrl+S")
        self.word = Button("存Word", "word")
        self.sheet = Button("存Excel", "table")
        self.stamp = Button("用印…", "stamp", tip="出文并加盖已登记的印章，或给已出的文用印；记入用印登记")
        self.issue = Button("出文", "send", role="primary")
        self.print.setShortcut("Ctrl+P")
        self.pdf.setShortcut("Ctrl+S")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(theme.label("公文生成", "title"), 1)
        for button in (self.print, self.pdf, self.word, self.sheet, self.stamp, self.issue):
            row.addWidget(button)

    def show_actions(self, formats: Collection[str], ready: bool) -> None:
        """Show the formats a kind has; nothing can be done until there is a paper."""
        self.word.setVisible("docx" in formats)
        self.sheet.setVisible("xlsx" in formats)
        for button in (self.print, self.pdf, self.word, self.sheet, self.stamp, self.issue):
            button.setEnabled(ready)
