"""Composing an official paper: 版头, title, body, closing, attachments and 版记 laid on pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.documents.attachments import draw_attachments
from desktop.documents.closing import DEFAULT_DIAMETER, Closing, solve_closing
from desktop.documents.elements import number_pages, title_lines
from desktop.documents.grid import Meeting, meet_grid
from desktop.documents.imprint import Imprint, draw_imprint, set_imprint
from desktop.documents.kind import Setting
from desktop.documents.letterhead import Head, draw_head, mark_text, measure_head
from desktop.documents.official import Form, OfficialPaper
from desktop.documents.page import Book, Node, Page
from desktop.documents.paragraphs import TextLine, addressee_lines, attachment_lines, body_lines, spread_lines
from desktop.documents.styles import (
    BOTTOM,
    HEADLINE,
    LEAST_PITCH,
    LEFT,
    LINES,
    MM,
    PITCH,
    TEXT,
    TIGHT_PITCH,
    TOP,
    WIDTH,
    line_top,
)
from desktop.documents.text import Typesetter
from desktop.errors import BadInput, Unprintable


@dataclass(frozen=True)
class Row:
    """A text line in its place: the em-box top on its page, mm."""

    top: float
    text: TextLine


@dataclass(frozen=True)
class Opening:
    """The top of the first page measured: 版头, title lines, their meeting with the grid, the text's first y in mm."""

    head: Head | None
    title: Sequence[str]
    meeting: Meeting
    start: float


def compose(paper: OfficialPaper, setting: Setting) -> bytes:
    """Return the paper as a PDF/A-2b file; Unprintable where the standard's own rules cannot fit it."""
    return compose_book(paper, setting).finish()


def compose_book(paper: OfficialPaper, setting: Setting) -> Book:
    """Return the paper's finished pages."""
    setter = setting.setter()
    book = Book(paper.title, setting.store)
    opening = _measure_opening(setter, paper)
    text = Node("Sect")
    receivers = addressee_lines(setter, paper.to, text)
    moved = _crowds_out(opening, receivers)
    if moved:
        text.kids.clear()
    titles = [attachment.title for attachment in paper.attachments]
    lines = [] if moved else receivers
    lines += body_lines(setter, paper.body, "body", text, minutes=paper.form is Form.MINUTES)
    lines += attachment_lines(setter, titles, text)
    closing = solve_closing(setter, paper, _diameters(paper, setting))
    opening, pages = _plan(opening, lines, closing.depth)
    _draw_opening(book.new_page(), setter, paper, opening)
    book.root.kids.append(text)
    _draw_rows(book, pages)
    bottom = pages[-1][-1].top + TEXT.em
    _draw_closing(book.pages[-1], closing, bottom, setting)
    _finish_pages(book, setter, paper, bottom + closing.depth, paper.to if moved else ())
    return book


def _crowds_out(opening: Opening, receivers: Sequence[TextLine]) -> bool:
    """Tell whether the 主送机关 leave the first page no line of text and so move to the 版记 (clause 7.3.2)."""
    return bool(receivers) and opening.start + len(receivers) * PITCH > BOTTOM - TEXT.em + 0.05


def receivers_move(paper: OfficialPaper, setting: Setting) -> bool:
    """Tell whether a paper's 主送机关 stand in its 版记, not over its text."""
    setter = setting.setter()
    return _crowds_out(_measure_opening(setter, paper), addressee_lines(setter, paper.to, Node("Sect")))


def _finish_pages(book: Book, setter: Typesetter, paper: OfficialPaper, content: float, moved: Sequence[str]) -> None:
    """Add attachments, 版记 and page numbers to the text, which ends `content` mm down its last page."""
    flow = draw_attachments(book, setter, paper.attachments)
    imprint = set_imprint(setter, paper, moved)
    unnumbered = {0} if paper.form is Form.LETTER else set()
    if imprint:
        last = flow.y if flow and not flow.landscape else BOTTOM if flow else content
        unnumbered |= _place_imprint(book, imprint, last)
    number_pages(book, setter, unnumbered)


def _diameters(paper: OfficialPaper, setting: Setting) -> list[float]:
    """Return a seal diameter in mm for every organ; a seal is given for each organ or for none."""
    if not setting.seals:
        return [DEFAULT_DIAMETER] * len(paper.issuers)
    if len(setting.seals) != len(paper.issuers):
        raise BadInput(f"有{len(paper.issuers)}个发文机关，给了{len(setting.seals)}枚印章，请每个机关给一枚。", "seal")
    if not paper.sealed:
        raise BadInput("这份公文不加盖印章，请去掉印章或把sealed设为true。", "seal")
    return [seal.diameter for seal in setting.seals]


def _measure_opening(setter: Typesetter, paper: OfficialPaper) -> Opening:
    """Measure 版头 and title; refuse a title that leaves the first page no line of text (clause 7.3.2).

    A joint paper whose organs' names leave no room bears the lead organ's alone (clause 7.2.4).
    """
    title = title_lines(setter, paper.title, WIDTH - 0.15 * HEADLINE.em, HEADLINE, "title")
    head = None if paper.form is Form.PLAIN else measure_head(setter, paper)
    meeting = meet_grid(head.below, len(title), head.gaps) if head else meet_grid(TOP, len(title), 2)
    if meeting.row > LINES and paper.joint and not paper.mark:
        return _measure_opening(setter, replace(paper, mark=mark_text(paper)))
    if meeting.row > LINES:
        raise Unprintable("标题太长，首页显示不了正文，请缩短标题。", "title")
    return Opening(head, title, meeting, line_top(meeting.row))


def _draw_opening(page: Page, setter: Typesetter, paper: OfficialPaper, opening: Opening) -> None:
    """Draw 版头 and title, the title one gap's slack below the 版头 that has taken its own."""
    slack, base = opening.meeting.slack, TOP
    if opening.head:
        draw_head(page, setter, paper, opening.head, slack)
        base = opening.head.below + (opening.head.gaps - 2) * slack
    with page.tagged(page.book.root.child("H1")):
        for index, part in enumerate(opening.title):
            line = setter.single(part, HEADLINE, "title")
            top = base + slack + index * opening.meeting.title_pitch
            page.glyphs(LEFT + (WIDTH - line.width / MM) / 2, top, line.placed, HEADLINE)


def _plan(opening: Opening, lines: Sequence[TextLine], depth: float) -> tuple[Opening, list[list[Row]]]:
    """Share the text over pages; one that a little less line distance keeps on its first page is set so (7.3.5.5)."""
    pages = _fill(lines, opening.start)
    if _closes(pages[-1], depth):
        return opening, pages
    tight = _tightened(opening, lines, depth, TIGHT_PITCH)
    if tight:
        return tight
    carried = _carry_over(lines, opening.start, depth) or _carry_statement(lines, opening.start, depth)
    if carried:
        return opening, carried
    return _squeezed(opening, lines, depth)


def _tightened(
    opening: Opening, lines: Sequence[TextLine], depth: float, least: float
) -> tuple[Opening, list[list[Row]]] | None:
    """Set the whole text on the first page with its lines closer, at least `least` mm apart; None where it is more."""
    gaps = opening.head.gaps if opening.head else 2
    start = opening.start - gaps * opening.meeting.slack
    pitch = (BOTTOM - depth - TEXT.em - start) / max(len(lines) - 1, 1)
    if not least <= pitch <= PITCH + opening.meeting.slack or not any(text.body for text in lines):
        return None
    pitch = min(pitch, PITCH)
    tight = replace(opening, meeting=replace(opening.meeting, slack=0.0), start=start)
    return tight, [[Row(start + index * pitch, text) for index, text in enumerate(lines)]]


def _squeezed(opening: Opening, lines: Sequence[TextLine], depth: float) -> tuple[Opening, list[list[Row]]]:
    """Keep a very short body with its seals: lines still closer, else its characters wider apart (7.3.5.5)."""
    tight = _tightened(opening, lines, depth, LEAST_PITCH)
    if tight:
        return tight
    for text in (lines, spread_lines(lines)):
        carried = _carry_over(text, opening.start, depth, LEAST_PITCH)
        if carried:
            return opening, carried
    raise Unprintable("署名、印章和正文排不到同一页上，请增加正文，或减少附件说明的行数。", "body")


def _carry_over(lines: Sequence[TextLine], start: float, depth: float, least: float = PITCH) -> list[list[Row]] | None:
    """Begin the last page earlier, so that the closing of `depth` mm stands under two lines of the body, or one.

    The last page's lines may stand as close as `least` mm; None where no page can hold the closing with text.
    """
    found: list[tuple[bool, int, list[list[Row]]]] = []
    for position in range(len(lines) - 1, 0, -1):
        bodies = sum(text.body for text in lines[position:])
        if lines[position].line is None or not bodies or lines[position - 1].heading:
            continue
        first, last = _fill(lines[:position], start), _fill(lines[position:], TOP)
        if len(last) > 1 or not any(row.text.body for row in first[0]):
            break
        page = _closer(last[0], depth, least)
        if _closes(page, depth):
            found.append((bodies != 2, len(found), [*first, page]))
    return min(found, key=lambda choice: choice[:2])[2] if found else None


def _carry_statement(lines: Sequence[TextLine], start: float, depth: float) -> list[list[Row]] | None:
    """Begin the last page inside a long 附件说明, which is text to the seal as the body is (clause 7.3.5.1).

    It takes whole entries, at least two lines, and no more than it must; None where that is impossible.
    """
    bodies = [index for index, text in enumerate(lines) if text.body]
    for position in range(len(lines) - 2, bodies[-1] if bodies else len(lines), -1):
        if lines[position].line is None or lines[position].node is lines[position - 1].node:
            continue
        first, last = _fill(lines[:position], start), _fill(lines[position:], TOP)
        if len(last) == 1 and _fits(last[0], depth) and any(row.text.body for row in first[0]):
            return [*first, *last]
    return None


def _closer(page: list[Row], depth: float, least: float) -> list[Row]:
    """Return a page's rows so close, at least `least` mm apart, that the closing fits under them."""
    pitch = (BOTTOM - depth - TEXT.em - TOP) / max(len(page) - 1, 1)
    if not least <= pitch < PITCH:
        return page
    return [Row(TOP + index * pitch, row.text) for index, row in enumerate(page)]


def _fill(lines: Sequence[TextLine], start: float) -> list[list[Row]]:
    """Fill pages down the grid from y `start` mm of the first; none begins blank or ends with a heading."""
    pages: list[list[Row]] = [[]]
    top = start
    for text in lines:
        if top > BOTTOM - TEXT.em + 0.1:
            pages.append(_carried(pages[-1]))
            top = TOP + len(pages[-1]) * PITCH
        if text.line is None and not pages[-1]:
            continue
        pages[-1].append(Row(top, text))
        top += PITCH
    for page in pages:
        while page and page[-1].text.line is None:
            page.pop()
    return [page for page in pages if page]


def _carried(page: list[Row]) -> list[Row]:
    """Take the headings off a page's foot, as long as text stays above them; return them at the next page's top."""
    end = len(page)
    while end and page[end - 1].text.heading:
        end -= 1
    if not any(row.text.body for row in page[:end]):
        return []
    headings = [row.text for row in page[end:]]
    del page[end:]
    return [Row(TOP + index * PITCH, text) for index, text in enumerate(headings)]


def _closes(page: Sequence[Row], depth: float) -> bool:
    """Tell whether the closing fits under a page's last line, on a page that shows text of the body."""
    return _fits(page, depth) and any(row.text.body for row in page)


def _fits(page: Sequence[Row], depth: float) -> bool:
    """Tell whether `depth` mm are left under a page's last line."""
    return page[-1].top + TEXT.em + depth <= BOTTOM + 0.05


def _draw_rows(book: Book, pages: Sequence[Sequence[Row]]) -> None:
    for index, rows in enumerate(pages):
        page = book.pages[0] if index == 0 else book.new_page()
        for row in rows:
            if row.text.line and row.text.node:
                with page.tagged(row.text.node):
                    page.glyphs(LEFT, row.top, row.text.line.placed, TEXT)


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
