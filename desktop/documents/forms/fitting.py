"""Fitting a form to its pages: the room for hands shrinks so that no page holds a remnant, and stretches to fill."""

from collections.abc import Callable

from desktop.documents.elements import Flow

SMALLEST, LARGEST = 0.6, 2.0
"""How far the heights that may give way are shrunk and stretched."""
STEPS = 4
MOST_PAGES = 12
"""A form of more pages is a long list: how its boxes stretch on the last of them is not worth setting it anew."""
MOST_BLANK = 30.0
"""mm that a stretched form may leave blank under a page that is not its last."""

Draw = Callable[[float], Flow]


def fitted(draw: Draw) -> Flow:
    """Return the flow of a form drawn at the best scale: on as few pages as its smallest room allows, well filled."""
    plain = draw(1.0)
    pages = len(plain.book.pages)
    if pages > MOST_PAGES:
        return plain
    if pages > 1:
        small = draw(SMALLEST)
        if len(small.book.pages) < pages:
            return _largest(draw, small, SMALLEST, 1.0)
    return _largest(draw, plain, 1.0, LARGEST)


def _largest(draw: Draw, fits: Flow, low: float, high: float) -> Flow:
    """Return the flow at the largest scale from `low` to `high` that needs no more pages than `fits`."""
    pages, blank = len(fits.book.pages), max([MOST_BLANK, *fits.blanks])
    whole = draw(high)
    if _good(whole, pages, blank):
        return whole
    for _ in range(STEPS):
        middle = (low + high) / 2
        tried = draw(middle)
        if _good(tried, pages, blank):
            fits, low = tried, middle
        else:
            high = middle
    return fits


def _good(flow: Flow, pages: int, blank: float) -> bool:
    return len(flow.book.pages) <= pages and max(flow.blanks, default=0.0) <= blank
