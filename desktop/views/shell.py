"""The outermost window: on the screen at once with its first frame, and furnished when the rest is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

TITLE: Final = "创新工作室管理"


class Shell(QMainWindow):
    """Holds whatever page is in the window, and asks it when the window is to be closed."""

    def __init__(self, geometry: str = "") -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.resize(1280, 720)
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        room = self.screen().availableSize()
        if self.width() > room.width() or self.height() > room.height():
            from desktop.views.panes import fit_screen

            fit_screen(self)

    def furnish(self, page: QWidget) -> None:
        """Put a page in the window, in the place of the one before."""
        self.setCentralWidget(page)
        page.show()

    def tell(self, words: str) -> None:
        """Say in the window's middle that its page could not be built."""
        from PySide6.QtWidgets import QLabel

        label = QLabel(words)
        label.setWordWrap(True)
        label.setMargin(24)
        self.furnish(label)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the page finish: it saves what is being typed and releases the database."""
        page = self.centralWidget()
        if page is not None and not page.close():
            event.ignore()
            return
        super().closeEvent(event)
