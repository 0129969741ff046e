"""Drawing the characters of the register once, unseen, while the window rests.

The first drawing of a Chinese character costs some twenty times the next ones; a list that fills with new names at
every keystroke would pay for them then.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, QRect, QTimer
from PySide6.QtGui import QFont, QPainter, QPixmap

if TYPE_CHECKING:
    from desktop.services.registry import Registry
    from desktop.views.registry.registry_source import RegistrySource

LOOKED_AT: Final = 4000
"""Of so many workrooms the characters are taken; nearly all that occur are among them."""
AT_MOST: Final = 3000
SLICE_MS: Final = 4
PAUSE_MS: Final = 12
BITE: Final = 8
"""Characters drawn between two looks at the clock."""


def characters(read: Registry) -> str:
    """Return the characters that are not ASCII in an even part of the register's keys."""
    step = max(1, len(read.native) // LOOKED_AT)
    found: set[str] = set()
    for key in read.native[::step]:
        found.update(key)
    return "".join(sorted(letter for letter in found if not letter.isascii()))[:AT_MOST]


class GlyphWarmer(QObject):
    """Draws each character once in a font, in slices of a few ms with rests between them."""

    def __init__(self, font: QFont, ratio: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._font = font
        self._seen: set[str] = set()
        self._waiting: list[str] = []
        self._canvas = QPixmap(max(1, round(32 * ratio)), max(1, round(32 * ratio)))
        self._canvas.setDevicePixelRatio(ratio)
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._draw)

    def follow(self, source: RegistrySource) -> None:
        """Draw what the register holds each time that it has been read."""
        source.loaded.connect(lambda: self.warm(characters(source.registry) if source.registry else ""))

    def is_busy(self) -> bool:
        """Tell whether characters wait to be drawn."""
        return self._timer.isActive()

    def warm(self, letters: Iterable[str]) -> None:
        """Draw these too, those of before not again."""
        new = [letter for letter in letters if letter not in self._seen]
        self._seen.update(new)
        self._waiting += new
        if self._waiting:
            self._timer.start()

    def _draw(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        painter = QPainter(self._canvas)
        painter.setFont(self._font)
        while self._waiting and clock.elapsed() < SLICE_MS:
            bite = "".join(self._waiting[-BITE:])
            del self._waiting[-BITE:]
            painter.drawText(QRect(0, 0, 32, 32), 0, bite)
        painter.end()
        if not self._waiting:
            self._timer.stop()
