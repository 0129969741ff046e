"""Keeping to the screen: how wide side panes begin, and a window no larger than the screen it is shown on."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.views import theme

YIELDING: Final = 0.4
"""How much of the print's growth a side pane follows."""


def pane_width(width: int) -> int:
    """Return a side pane's width in px: it grows with the print, but less than the print does."""
    return round(width + (theme.px(width) - width) * YIELDING)


def fit_screen(window: QWidget) -> None:
    """Fill the screen with a window that would reach over its edges: print set large on a small screen."""
    screen = window.screen()
    if screen is None:
        return
    room = screen.availableSize()
    if window.width() > room.width() or window.height() > room.height():
        window.resize(window.size().boundedTo(room))
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
