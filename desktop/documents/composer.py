"""Composing an official paper: 版头, title, body, closing, attachments and 版记 laid on pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.attachments import draw_attachments
from desktop.documents.closing import DEFAULT_DIAMETER, Closing, solve_closing
from desktop.documents.elements import number_pages
from desktop.documents.grid import Meeting, meet_grid
from desktop.documents.imprint import Imprint, draw_imprint, set_imprint
from desktop.documents.kind import Setting
from desktop.documents.letterhead import Head, draw_head, measure_head
from desktop.documents.official import Form, OfficialPaper
from desktop.documents.page import Book, Node, Page
from desktop.documents.paragraphs import TextLine, addressee_lines, attachment_lines, body_lines
from desktop.documents.styles import BOTTOM, HEADLINE, LEFT, LINES, MM, PITCH, TEXT, TOP, WIDTH, line_top
from desktop.documents.text import Typesetter
from desktop.documents.titles import break_title
from desktop.errors import BadInput, Unprintable


@dataclass(frozen=True)
class Row:
    """A text line in its place: row of the grid (from 1) on its page."""

    number: int
    text: TextLine


def compose(paper: OfficialPaper, setting: Setting) -> bytes:
    """Return the paper as a PDF/A-2b file; Unprintable where the standard's own rules cannot fit it."""
    return compose_book(paper, setting).finish()


def compose_book(paper: OfficialPaper, setting: Setting) -> Book:
    """Return the paper's finished pages."""
    setter = setting.setter()
    book = Book(paper.title, setting.store)
    page = book.new_page()
    diameters = _diameters(paper, setting)
    start = _draw_opening(page, setter, paper)
    root = book.root
    titles = [attachment.title for attachment in paper.attachments]
    receivers = addressee_lines(setter, paper.to, Node("P")) if paper.to else []
    moved = bool(receivers) and start + len(receivers) > LINES
    lines = [] if moved else addressee_lines(setter, paper.to, root)
    lines += body_lines(setter, paper.body, "body", root, minutes=paper.form is Form.MINUTES)
    lines += attachment_lines(setter, titles, root)
    closing = solve_closing(setter, paper, diameters)
    pages = paginate(lines, start, closing.depth)
    _draw_rows(book, pages)
    bottom = line_top(pages[-1][-1].number) + TEXT.em
    _draw_closing(book.pages[-1], closing, bottom, setting)
    content = bottom + closing.depth
    flow = draw_attachments(book, setter, paper.attachments)
    imprint = set_imprint(setter, paper, paper.to if moved else ())
    unnumbered = {0} if paper.form is Form.LETTER else set()
    if imprint:
        last = flow.y if flow and not flow.landscape else BOTTOM if flow else content
        unnumbered |= _place_imprint(book, imprint, last)
    number_pages(book, setter, unnumbered)
    return book


def _diameters(paper: OfficialPaper, setting: Setting) -> list[float]:
    """Return a seal diameter in mm for every organ; a seal is given for each organ or for none."""
    if not setting.seals:
        return [DEFAULT_DIAMETER] * len(paper.issuers)
    if len(setting.seals) != len(paper.issuers):
        raise BadInput(f"有{len(paper.issuers)}个发文机关，给了{len(setting.seals)}枚印章，请每个机关给一枚。", "seal")
    if not paper.sealed:
        raise BadInput("这份公文不加盖印章，请去掉印章或把sealed设为true。", "seal")
    return [seal.diameter for seal in setting.seals]


def _draw_opening(page: Page, setter: Typesetter, paper: OfficialPaper) -> int:
    """Draw 版头 and title; return the row where 主送 or the body begins."""
    title = break_title(paper.title, WIDTH * MM / HEADLINE.size - 0.15)
    if paper.form is Form.PLAIN:
        return _draw_title(page, setter, title, TOP, meet_grid(TOP, len(title), 2))
    head: Head = measure_head(setter, paper)
    meeting = meet_grid(head.below, len(title), head.gaps)
    draw_head(page, setter, paper, head, meeting.slack)
    return _draw_title(page, setter, title, head.below + (head.gaps - 2) * meeting.slack, meeting)


def _draw_title(page: Page, setter: Typesetter, title: Sequence[str], base: float, meeting: Meeting) -> int:
    """Draw the title one slack below `base`; refuse one that leaves the first page no line of text (clause 7.3.2)."""
    if meeting.row > LINES:
        raise Unprintable("标题太长，首页显示不了正文，请缩短标题。", "title")
    node = page.book.root.child("H1")
    with page.tagged(node):
        for index, part in enumerate(title):
            line = setter.single(part, HEADLINE, "title")
            top = base + meeting.slack + index * meeting.title_pitch
            page.glyphs(LEFT + (WIDTH - line.width / MM) / 2, top, line.placed, HEADLINE)
    return meeting.row


def paginate(lines: Sequence[TextLine], start: int, depth: float) -> list[list[Row]]:
    """Share lines over pages from row `start` of the first; the closing of `depth` mm keeps to a page with text."""
    pages = _fill(lines, start)
    if _closes(pages[-1], depth):
        return pages
    for kept in _last_counts(pages[-1]):
        head, tail = pages[-1][:-kept], pages[-1][-kept:]
        if len(pages) == 1 and not any(row.text.body for row in head):
            continue
        moved = _fill([row.text for row in tail], 1)[0]
        if _closes(moved, depth):
            return [*pages[:-1], *([head] if head else []), moved]
    raise Unprintable("署名、印章和正文排不到同一页上，请调整正文或附件说明的行数。", "body")


def _fill(lines: Sequence[TextLine], start: int) -> list[list[Row]]:
    """Fill pages of 22 lines; a blank line is never the first of a page."""
    pages: list[list[Row]] = [[]]
    row = start
    for text in lines:
        if row > LINES:
            pages.append([])
            row = 1
        if text.line is None and not pages[-1]:
            continue
        pages[-1].append(Row(row, text))
        row += 1
    while pages[-1] and pages[-1][-1].text.line is None:
        pages[-1].pop()
    return pages if pages[-1] else pages[:-1]


def _closes(page: Sequence[Row], depth: float) -> bool:
    """Tell whether the closing fits under a page's last line, on a page that shows text of the body."""
    below = line_top(page[-1].number) + TEXT.em + depth
    return below <= BOTTOM + 0.05 and any(row.text.body for row in page)


def _last_counts(page: Sequence[Row]) -> list[int]:
    """Return how many of a page's last lines may go over with the closing: two lines of the body at least, or one."""
    counts = []
    for count in range(1, len(page) + 1):
        bodies = sum(row.text.body for row in page[-count:])
        if bodies and page[-count].text.line is not None:
            counts.append((bodies != 2, count))
    return [count for _, count in sorted(counts)]


def _draw_rows(book: Book, pages: Sequence[Sequence[Row]]) -> None:
    for index, rows in enumerate(pages):
        page = book.pages[0] if index == 0 else book.new_page()
        for row in rows:
            if row.text.line and row.text.node:
                with page.tagged(row.text.node):
                    page.glyphs(LEFT, line_top(row.number), row.text.line.placed, TEXT)


def _draw_closing(page: Page, closing: Closing, bottom: float, setting: Setting) -> None:
    for line in closing.lines:
        with page.tagged(page.book.root.child("P")):
            page.glyphs(line.x, bottom + line.drop, line.line.placed, TEXT)
    if setting.seals:
        for place in closing.seals:
            seal, side = setting.seals[place.organ], place.diameter
            page.picture(place.x - side / 2, bottom + place.drop - side / 2, side, side, seal.picture)


def _place_imprint(book: Book, imprint: Imprint, content: float) -> set[int]:
    """Draw the 版记 on the last page, an even one; return the pages that then carry no number (7.4.1, 7.5)."""
    fits = content + PITCH <= BOTTOM - imprint.height
    if not imprint.ruled:
        draw_imprint(book.pages[-1] if fits else book.new_page(), imprint)
        return set()
    if len(book.pages) % 2 == 0 and not fits:
        book.new_page()
        draw_imprint(book.new_page(), imprint)
        return {len(book.pages) - 2, len(book.pages) - 1}
    draw_imprint(book.pages[-1] if len(book.pages) % 2 == 0 else book.new_page(), imprint)
    return set()
