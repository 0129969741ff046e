"""What is seen while a file is read and weighed: what, how far, and 取消."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.views import theme
from desktop.views.arranging import ROOM, Wide, beside, stacked
from desktop.views.icons import Button


class ReadingPage(QWidget):
    """`cancelled` follows 取消."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.words = theme.label(role="heading", wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("进度")
        self.cancel = Button("取消")
        row = beside(Wide(self.bar), self.cancel, spacing=8)
        stacked(self.words, row, ROOM, on=self, margins=0, spacing=12)

    def _connect_signals(self) -> None:
        self.cancel.clicked.connect(self.cancelled)

    def show_reading(self, name: str) -> None:
        """Begin."""
        self.words.setText(f"正在看“{name}”会改变哪些结论……")
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the work is; `total` 0 when unknown."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setFormat(f"{done} / {total}" if total else "")
