"""What can be done with the paper in front, as buttons at the top."""

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, beside
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
        beside(
            Wide(theme.label("公文生成", "title")),
            self.print,
            self.pdf,
            self.word,
            self.sheet,
            self.stamp,
            self.issue,
            on=self,
            margins=0,
            spacing=theme.px(8),
        )

    def show_actions(self, formats: Collection[str], ready: bool) -> None:
        """Show the formats a kind has; nothing can be done until there is a paper."""
        self.word.setVisible("docx" in formats)
        self.sheet.setVisible("xlsx" in formats)
        for button in (self.print, self.pdf, self.word, self.sheet, self.stamp, self.issue):
            button.setEnabled(ready)
