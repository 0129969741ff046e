"""附件 pages: label on the first line, title on the third, then paragraphs or a table, upright or turned (7.3.7, 8)."""

from collections.abc import Sequence

from desktop.documents.elements import Flow, title_lines
from desktop.documents.grid import meet_grid
from desktop.documents.official import Attachment, TableData
from desktop.documents.page import Book
from desktop.documents.paragraphs import TextLine, body_lines
from desktop.documents.styles import HEADLINE, HEIGHT, LABEL, MM, PITCH, TEXT, WIDTH, Role, Style
from desktop.documents.tables import PADDING, Align, Cell, Row, Table
from desktop.documents.text import Typesetter
from desktop.errors import Unprintable

TABLE_SIZES = (12.0, 10.5, 9.0)
NARROW = 4.0
"""Characters; a column of longer texts may be narrowed to this and set in several lines."""
MOST_LINES = 3.0
"""A table turns to landscape when upright its columns would hold less than a third of their text on one line."""
ROW_HEIGHT = 9.0
WIDEST_TITLE = 24.0 * HEADLINE.em
"""mm; on a turned page too a title's line has at most 24 characters."""


def draw_attachments(book: Book, setter: Typesetter, attachments: Sequence[Attachment]) -> Flow | None:
    """Draw every attachment that has content, each on a new page; return the last flow."""
    flow = None
    for index, attachment in enumerate(attachments):
        if attachment.body or attachment.table:
            label = f"附件{index + 1}" if len(attachments) > 1 else "附件"
            flow = _draw(book, setter, attachment, label, f"attachments[{index}]")
    return flow


def _draw(book: Book, setter: Typesetter, attachment: Attachment, label: str, field: str) -> Flow:
    table, landscape = None, False
    if attachment.table:
        table, landscape = fit_table(setter, attachment.table, f"{field}.table")
    flow = Flow(book, setter, landscape)
    node = book.root.child("P")
    flow.line(setter.single(label, LABEL, field), LABEL, node)
    _title(flow, attachment.title, f"{field}.title")
    if table:
        flow.table(table)
        return flow
    _text(flow, body_lines(setter, attachment.body, f"{field}.body", book.root))
    return flow


def _text(flow: Flow, lines: Sequence[TextLine]) -> None:
    """Set the lines down the grid; headings stay with the line after them."""
    for index, line in enumerate(lines):
        headings = next((count for count, other in enumerate(lines[index:]) if not other.heading), 0)
        flow.need(headings * PITCH + TEXT.em)
        if line.line and line.node:
            flow.line(line.line, TEXT, line.node)


def _title(flow: Flow, title: str, field: str) -> None:
    """Set the title on the third line so that what follows its blank line stands on the grid again."""
    lines = title_lines(flow.setter, title, min(flow.width, WIDEST_TITLE), HEADLINE, field)
    flow.y = flow.top + 2 * PITCH
    meeting = meet_grid(flow.y, len(lines), 1, flow.top)
    node = flow.node.child("H1")
    for part in lines:
        line = flow.setter.single(part, HEADLINE, field)
        flow.line(line, HEADLINE, node, meeting.title_pitch, Align.CENTRE)
    if meeting.row > 18:
        raise Unprintable("附件标题太长，一页放不下正文，请缩短。", field)
    flow.y = flow.top + (meeting.row - 1) * PITCH


def fit_table(setter: Typesetter, data: TableData, field: str) -> tuple[Table, bool]:
    """Return a table's columns fitted to the page and whether it must be turned; Unprintable where it cannot fit."""
    for size in TABLE_SIZES:
        natural, least = _column_widths(setter, data, size, field)
        for width, landscape in ((WIDTH, False), (HEIGHT, True)):
            crowded = sum(natural) > MOST_LINES * width and not landscape
            if sum(least) <= width and not crowded:
                return _unturned(setter, data, size, width, field), landscape
    raise Unprintable(f"{field}列太多，横排最小字号也放不下，请分成几张表。", field)


def _unturned(setter: Typesetter, data: TableData, size: float, width: float, field: str) -> Table:
    """Return the table at a size that fits, or at the next smaller one where that alone spares its cells turnovers."""
    for tried in (size, *(smaller for smaller in TABLE_SIZES[:2] if smaller < size)):
        natural, _ = _column_widths(setter, data, tried, field)
        if sum(natural) <= width:
            return _table(data, share_width(natural, natural, width), tried, field)
    natural, least = _column_widths(setter, data, size, field)
    return _table(data, share_width(natural, least, width), size, field)


def _column_widths(setter: Typesetter, data: TableData, size: float, field: str) -> tuple[list[float], list[float]]:
    """Return each column's natural and least width in mm at a type size."""
    natural, least = [], []
    for index, column in enumerate(data.columns):
        texts = [row[index] for row in data.rows]
        head = setter.width(column, Style(Role.HEI, size), field)
        widest = max([head, *(setter.width(text, Style(Role.FANGSONG, size), field) for text in texts)])
        longest = max(_longest_word(text) for text in [column, *texts]) * size
        padding = 2 * PADDING + 0.6
        natural.append(widest / MM + padding)
        least.append(max(min(widest, NARROW * size), min(longest, widest)) / MM + padding)
    return natural, least


def _longest_word(text: str) -> float:
    """Return the length in characters of a text's longest number or foreign word, which a cell keeps on one line."""
    longest = current = 0.0
    for char in text:
        current = current + 0.6 if char.isascii() and char != " " else 0.0
        longest = max(longest, current)
    return min(longest, 14.0)


def share_width(natural: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Share `width` mm among columns: what they need if there is room, else the long ones give way down to `least`.

    A column that needs no more than its even part keeps what it needs.
    """
    total = sum(natural)
    if total <= width:
        return [column + (width - total) * column / total for column in natural]
    kept: dict[int, float] = {}
    for index in sorted(range(len(natural)), key=lambda index: natural[index]):
        rest = [other for other in range(len(natural)) if other not in kept]
        room = width - sum(kept.values())
        others = sum(least[other] for other in rest if other != index)
        if natural[index] > room / len(rest) or natural[index] + others > room:
            break
        kept[index] = natural[index]
    long = [index for index in range(len(natural)) if index not in kept]
    lowest = sum(least[index] for index in long)
    spare, wish = width - sum(kept.values()) - lowest, sum(natural[index] for index in long) - lowest
    return [
        kept[index] if index in kept else least[index] + spare * (natural[index] - least[index]) / wish
        for index in range(len(natural))
    ]


def _table(data: TableData, widths: Sequence[float], size: float, field: str) -> Table:
    head_style, style = Style(Role.HEI, size), Style(Role.FANGSONG, size)
    head = Row([Cell(column, head_style, field=field) for column in data.columns], ROW_HEIGHT)
    rows = [
        Row([Cell(text, style, _side(text), field=f"{field}.rows[{index}]") for text in row], ROW_HEIGHT)
        for index, row in enumerate(data.rows)
    ]
    return Table(widths, [head, *rows], head=1, field=field)


def _side(text: str) -> Align:
    return Align.START if len(text) > 12 else Align.CENTRE
