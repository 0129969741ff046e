"""How wide side panes begin, so that a large print does not push the middle of the window off the screen."""

from typing import Final

from desktop.views import theme

YIELDING: Final = 0.4
"""How much of the print's growth a side pane follows."""


def pane_width(width: int) -> int:
    """Return a side pane's width in px: it grows with the print, but less than the print does."""
    return round(width + (theme.px(width) - width) * YIELDING)
