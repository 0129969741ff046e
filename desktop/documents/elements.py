"""What stands on a page: a flow of titles, paragraphs and tables down the 版心, and the page numbers."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from desktop.documents.page import Book, Node, Page
from desktop.documents.styles import (
    BODY,
    BOTTOM,
    CELL,
    FOLIO_TEXT,
    HEADLINE,
    HEIGHT,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PITCH,
    RIGHT,
    SMALL,
    TEXT,
    TITLE_PITCH,
    TOP,
    WIDTH,
    Style,
)
from desktop.documents.tables import FRAME, Align, SetTable, Table
from desktop.documents.text import Line, Span, Typesetter
from desktop.documents.titles import break_title

FOLIO_DASH_TOP = 269.0
"""Ink top of the page number's dash, mm: 7 mm below the 版心 (clause 7.5)."""
FOLIO_BLANK = 1.0
"""Blank between page number and the 版心's side, in characters of its size."""


def title_lines(setter: Typesetter, text: str, width: float, style: Style, field: str) -> tuple[str, ...]:
    """Return a title's lines, each at most `width` mm wide as its typeface sets it."""
    widest = width * MM / style.size
    while True:
        lines = break_title(text, widest)
        over = max(setter.width(line, style, field) for line in lines) / MM - width
        if over <= 0 or widest < 2:
            return lines
        widest -= max(over * MM / style.size, 0.1)


class Flow:
    """A column that fills page after page from the top of the 版心; all lengths in mm.

    A landscape flow is turned 90° counter-clockwise (clause 8): its 版心 is 225 wide and 156 high. `scale` stretches or
    shrinks the room that a form leaves for hands; `blanks` keeps what stayed blank under each page but the last.
    """

    def __init__(self, book: Book, setter: Typesetter, landscape: bool = False, node: Node | None = None) -> None:
        self.book, self.setter, self.landscape = book, setter, landscape
        self.node = node or book.root
        self.left, self.width = (PAGE_HEIGHT - BOTTOM, HEIGHT) if landscape else (LEFT, WIDTH)
        self.top, self.bottom = (LEFT, LEFT + WIDTH) if landscape else (TOP, BOTTOM)
        self.page = book.new_page()
        self.y = self.top
        self.scale = 1.0
        self.blanks: list[float] = []

    def give(self, height: float, most: float = 2.0) -> float:
        """Return a height in mm that may give way, at the flow's scale but at most `most` times as high."""
        return height * min(self.scale, most)

    @property
    def room(self) -> float:
        """Height left on this page, mm."""
        return self.bottom - self.y

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self.blanks.append(self.room)
        self.page = self.book.new_page()
        self.y = self.top

    def need(self, height: float) -> None:
        """Begin a new page unless `height` mm are left on this one."""
        if self.room + 0.05 < height and self.y > self.top:
            self.new_page()

    def space(self, height: float) -> None:
        """Leave `height` mm blank."""
        self.y += height

    @contextmanager
    def canvas(self) -> Iterator[Page]:
        """Give the page to draw on, turned where the flow is landscape."""
        if not self.landscape:
            yield self.page
            return
        with self.page.turned():
            yield self.page

    def line(self, line: Line, style: Style, node: Node, pitch: float = PITCH, align: Align = Align.START) -> None:
        """Draw one set line and go down by `pitch`."""
        self.need(style.em)
        free = self.width - (line.width + line.indent) / MM
        shift = {Align.START: 0.0, Align.CENTRE: free / 2, Align.END: free}[align]
        with self.canvas() as page, page.tagged(node):
            page.glyphs(self.left + shift, self.y, line.placed, style)
        self.y += pitch

    def title(self, text: str, field: str = "title", style: Style = HEADLINE, pitch: float = TITLE_PITCH) -> None:
        """Set a centred title, broken at word boundaries."""
        node = self.node.child("H1")
        for part in title_lines(self.setter, text, self.width, style, field):
            self.line(self.setter.single(part, style, field), style, node, pitch, Align.CENTRE)

    def text(
        self,
        text: str,
        field: str,
        style: Style = TEXT,
        indent: float = 2.0,
        align: Align = Align.START,
        pitch: float | None = None,
    ) -> None:
        """Set a paragraph; `indent` is its first line's, in characters; smaller sizes stand 1.6 of their size apart."""
        step = pitch or (PITCH if style.size == BODY else style.em * 1.6)
        first = indent * (CELL * MM if style.size == BODY else style.size)
        node = self.node.child("P")
        justify = align is Align.START
        for line in self.setter.lines([Span(text, style)], self.width * MM, field, first, 0.0, justify):
            self.line(line, style, node, step, align)

    def table(self, table: Table) -> None:
        """Set a ruled table at the 版心's left edge, over as many pages as it takes."""
        ready = SetTable(table, self.setter)
        node = self.node.child("Table")
        whole = self.bottom - self.top - FRAME
        for index, part in enumerate(ready.parts(min(self.room, whole), whole)):
            if index:
                self.new_page()
            if not part:
                continue
            # The frame's outer half must not stand over the 版心's upper edge.
            self.y = max(self.y, self.top + FRAME / 2)
            with self.canvas() as page:
                self.y = ready.draw(page, self.left, self.y, part, node)


def number_pages(book: Book, setter: Typesetter, unnumbered: Iterable[int] = (), first: int = 1) -> None:
    """Print — 1 — under every page but those of the given indexes: odd ones right, even ones left (clause 7.5)."""
    skipped = set(unnumbered)
    for page in book.pages:
        if page.index not in skipped:
            _number(page, setter, first + page.index)


def _number(page: Page, setter: Typesetter, number: int) -> None:
    line = setter.single(f"— {number} —", FOLIO_TEXT, "页码")
    dash = line.placed[0].font
    top_of_dash, _ = dash.ink("—")
    # The standard places the dash itself, not the line of type: 一字线上距版心下边缘7 mm.
    baseline = FOLIO_DASH_TOP + top_of_dash * FOLIO_TEXT.em
    blank = FOLIO_BLANK * FOLIO_TEXT.em
    x = RIGHT - blank - line.width / MM if number % 2 else LEFT + blank
    page.glyphs(x, baseline - 0.88 * FOLIO_TEXT.em, line.placed, FOLIO_TEXT)


def print_code(book: Book, setter: Typesetter, code: str) -> None:
    """Print a form's short code small in the foot margin of every page, so that paper and record can be matched."""
    for page in book.pages:
        line = setter.single(code, SMALL, "编码")
        page.glyphs(LEFT + (WIDTH - line.width / MM) / 2, BOTTOM + 14, line.placed, SMALL)
