"""A quiet bar chart: one value a bar, its words above it, its label below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views import theme

WIDEST: Final = 44


@dataclass(frozen=True)
class Bar:
    """One bar: `value` decides its height, `words` say it."""

    label: str
    value: float
    words: str


class YearBars(QWidget):
    """Bars on a hairline; a value of nothing has no bar and says 0."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        """A third of the page's width."""
        return QSize(theme.px(280), theme.px(180))

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self._bars = tuple(bars)
        said = "；".join(f"{bar.label} {bar.words}" for bar in bars)
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title, bars, words and labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens()
        line = float(painter.fontMetrics().height())
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, self._title)
        foot = self.height() - line - theme.px(6)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(0, int(foot), self.width(), int(foot))
        if self._bars:
            self._paint_bars(painter, top=line * 2.6, foot=foot, line=line)

    def _paint_bars(self, painter: QPainter, top: float, foot: float, line: float) -> None:
        tokens = theme.tokens()
        step = self.width() / len(self._bars)
        width = min(theme.px(WIDEST), step * 0.5)
        most = max(bar.value for bar in self._bars) or 1
        for number, bar in enumerate(self._bars):
            left = step * number
            # Where there is no room for bars, as in large print on a small screen, their words say it alone.
            height = max(0.0, foot - top) * bar.value / most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.edge))
            if height:
                painter.drawRoundedRect(QRectF(left + (step - width) / 2, foot - height, width, height), 3, 3)
            centre = Qt.AlignmentFlag.AlignHCenter
            painter.setPen(QColor(tokens.text))
            painter.drawText(QRectF(left, foot - height - line - 2, step, line), centre, bar.words)
            painter.setPen(QColor(tokens.quiet))
            painter.drawText(QRectF(left, foot + theme.px(4), step, line), centre, bar.label)
