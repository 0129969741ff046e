"""The window's first frame: the page around the list as it last stood, and the first workrooms of today drawn into it.

Qt's widgets, the stylesheet and our own modules take longer to load than the rest of the start. So what never changes
between two starts (tabs, heads, buttons: no record's value) is kept as a picture, and one widget draws it together with
the first page of the register, read by plain SQLite. The page itself takes its place as soon as it is built.

No namespace of Qt that brings hundreds of enumerators is touched here: numbers stand for a few of its flags.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from desktop.errors import DesktopError
from desktop.paths import data_folder
from desktop.services.search import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from desktop.settings import Settings

NAME: Final = "first-frame.png"
TOLD: Final = "frame"
"""The picture's text that says what belongs where in it."""
LEFT: Final = 0x181
RIGHT: Final = 0x182
"""Qt's flags for one line in the middle of a cell's height, at its left or right side."""
PADDING: Final = 11
"""What a cell keeps free on both sides, in px: the stylesheet's 8 and the style's 3."""
ELLIPSIS: Final = "…"


def file() -> Path:
    """Return where the picture lies."""
    return data_folder() / NAME


def made_for(settings: Settings, size: Sequence[int], ratio: float) -> dict[str, Any]:
    """Return what the picture depends on; when any of it is different, the picture is of no use."""
    return {
        "program": _stamp(),
        "theme": settings.theme,
        "large": settings.large_print,
        "columns": list(settings.registry_columns),
        "size": list(size),
        "ratio": ratio,
    }


def _stamp() -> int:
    """Return when the program last changed: newest of the modules that build the page, or of the frozen program."""
    if hasattr(sys, "frozen"):
        return os.stat(sys.executable).st_mtime_ns  # noqa: PTH116
    here = os.path.dirname(__file__)  # noqa: PTH120
    newest = 0
    for folder in (here, f"{here}/registry"):
        with os.scandir(folder) as entries:
            newest = max(newest, *(entry.stat().st_mtime_ns for entry in entries if entry.name.endswith(".py")))
    return newest


def kept(settings: Settings, size: tuple[int, int] | None, ratio: float) -> QImage | None:
    """Return the picture if there is one of a window of this size (px; None for any) on a screen of this ratio."""
    path = file()
    if not path.exists():
        return None
    picture = QImage(str(path))
    told = _told(picture)
    if not told:
        return None
    # A window that is to be smaller than its page can be is given the page's least size.
    fitting = told["for"]["size"] if size is None else tuple(map(max, size, told["least"]))
    return picture if told["for"] == made_for(settings, fitting, ratio) else None


def _told(picture: QImage) -> dict[str, Any]:
    try:
        told = json.loads(picture.text(TOLD))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


class FirstFrame(QWidget):
    """Draws the kept picture, and over it the first workrooms; `painted` follows when all is drawn."""

    painted = Signal()

    def __init__(self, picture: QImage, database: Path) -> None:
        super().__init__()
        self._picture = picture
        self._told = told = _told(picture)
        font = QFont()
        font.setFamilies(told["families"])
        font.setPixelSize(told["px"])
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        self.setFont(font)
        self.setMinimumSize(*told["least"])
        self.total, self.rows = self._read(database)
        self._count = QLabel(f"{self.total:,} 个", self)
        self._count.setGeometry(*told["count"])
        self._count.setPalette(_inked(told["quiet"]))
        self._list = _List(self, picture, told, self.rows)
        self._list.painted.connect(self.painted)

    def _read(self, database: Path) -> tuple[int, list[tuple[Any, ...]]]:
        _x, _y, _width, height = self._told["table"]
        keys = [key for key, *_place in self._told["columns"]]
        try:
            return pages.first_page(database, keys, height // self._told["row"] + 1)
        except DesktopError:
            # An older database is brought up to date after the first paint; what is wrong is told by who opens it.
            return 0, []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, when the window has the size that it was made of."""
        if [self.width(), self.height()] != self._told["for"]["size"]:
            self._count.hide()
            self._list.hide()
            self.painted.emit()
            return
        painter = QPainter(self)
        scale = 1 / self._told["for"]["ratio"]
        painter.scale(scale, scale)
        width = self._picture.width()
        for source, height, target, drawn in self._told["blocks"]:
            painter.drawImage(QRect(0, target, width, drawn), self._picture, QRect(0, source, width, height))
        painter.end()


class _List(QWidget):
    """Draws the rows of the first frame, in the list's place."""

    painted = Signal()

    def __init__(self, parent: QWidget, picture: QImage, told: dict[str, Any], rows: list[tuple[Any, ...]]) -> None:
        super().__init__(parent)
        self._picture, self._told, self._rows = picture, told, rows
        self.setGeometry(*told["table"])
        self.setPalette(_inked(told["text"]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each row: its background from the foot of the picture, its words over it."""
        told, picture = self._told, self._picture
        step, ratio = told["row"], told["for"]["ratio"]
        high, foot = round(step * ratio), picture.height()
        painter, metrics = QPainter(self), QFontMetrics(self.font())
        for number, row in enumerate(self._rows):
            top = number * step
            # The first row is marked, as the cursor begins there.
            ground = QRect(0, foot - 2 * high if number == 0 else foot - high, round(self.width() * ratio), high)
            painter.drawImage(QRect(0, top, self.width(), step), picture, ground)
            for (_key, kind, left, wide), value in zip(told["columns"], row, strict=True):
                place = QRect(left + PADDING, top, wide - 2 * PADDING, step - 2)
                side = RIGHT if kind == "number" else LEFT
                painter.drawText(place, side, elided(metrics, words(value, kind), place.width()))
        painter.end()
        self.painted.emit()


def _inked(color: str) -> QPalette:
    # A pen of a colour would bring all of Qt's namespace; a palette does not.
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(color))
    return palette


def words(value: Any, kind: str) -> str:
    """Return a cell's words, as the list shows them."""
    if kind == "text":
        return value or ""
    from desktop.views import formats

    return formats.value_text(value, kind)


def elided(metrics: QFontMetrics, text: str, width: int) -> str:
    """Cut a text to a width in px, with an ellipsis where something is missing."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    while text and metrics.horizontalAdvance(text + ELLIPSIS) > width:
        text = text[:-1]
    return text + ELLIPSIS
