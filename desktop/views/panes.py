"""Keeping to the screen: how wide side panes begin, and a window no larger than the screen it is shown on."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.views import theme

YIELDING: Final = 0.4
"""How much of the print's growth a side pane follows."""


def pane_width(width: int) -> int:
    """Return a side pane's width in px: it grows with the print, but less than the print does."""
    return round(width + (theme.px(width) - width) * YIELDING)


def lone_card(page: QWidget, inner_px: int) -> QVBoxLayout:
    """Put one card in the middle of a page and return its column; `inner_px` is its width at scale 1."""
    card = QFrame()
    card.setProperty("role", "card")
    card.setFixedWidth(theme.px(inner_px + 64))
    column = QVBoxLayout(card)
    column.setContentsMargins(32, 28, 32, 24)
    column.setSpacing(12)
    layout = QVBoxLayout(page)
    layout.addStretch(2)
    layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(3)
    return column


def set_words(words: str, width_px: int) -> QLabel:
    """Return a quiet paragraph of a fixed width.

    A wrapped label guesses its height before it knows its width; told here, nothing below it is squeezed.
    """
    label = theme.label(words, "quiet", wrap=True)
    label.setFixedWidth(theme.px(width_px))
    label.setFixedHeight(label.heightForWidth(theme.px(width_px)))
    return label


def fit_screen(window: QWidget) -> None:
    """Fill the screen with a window that would reach over its edges: print set large on a small screen."""
    screen = window.screen()
    if screen is None:
        return
    room = screen.availableSize()
    if window.width() > room.width() or window.height() > room.height():
        window.resize(window.size().boundedTo(room))
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
