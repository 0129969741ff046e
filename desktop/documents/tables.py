"""Ruled tables: cells, rows, heights; split over pages at row boundaries with the head repeated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.documents.page import Node, Page
from desktop.documents.styles import MM, Role, Style
from desktop.documents.text import Line, Span, Typesetter
from desktop.errors import Unprintable

PADDING = 1.2
"""Space between a cell's rule and its text, mm."""
LOOSEST = 0.15
"""Space between the characters of a justified line, as a part of the size, beyond which a cell's line stays ragged."""
LEADING = 1.35
"""Line distance inside cells as a multiple of the type size."""
FRAME, INNER = 0.35, 0.2
"""Rule weights of the outer frame and between cells, mm."""
CELL_TEXT = Style(Role.FANGSONG, 12)
CELL_HEAD = Style(Role.HEI, 12)


class Align(StrEnum):
    """Where a cell's text stands, across or down."""

    START = "start"
    CENTRE = "centre"
    END = "end"


@dataclass(frozen=True)
class Cell:
    """A cell: paragraphs of text, spans, and for opinion boxes the lines at its foot (（盖章）, 年 月 日).

    `indent` is the first-line indent in characters; `vertical` stacks the characters of a narrow label;
    `foot_indent` is the blank right of the foot, in characters; `field` names the data field for errors.
    """

    text: str | Sequence[str] = ""
    style: Style = CELL_TEXT
    align: Align = Align.CENTRE
    valign: Align = Align.CENTRE
    columns: int = 1
    rows: int = 1
    foot: Sequence[str] = ()
    foot_indent: float = 1.0
    indent: float = 0.0
    vertical: bool = False
    field: str = ""


@dataclass(frozen=True)
class Row:
    """A row of cells, at least `height` mm high.

    A breakable row may go on over the page's end, line by line; a row to `keep` stays with the row after it.
    """

    cells: Sequence[Cell]
    height: float = 0.0
    breakable: bool = False
    keep: bool = False


@dataclass(frozen=True)
class Table:
    """Column widths in mm, rows, and how many of the first rows are the head that every page repeats."""

    widths: Sequence[float]
    rows: Sequence[Row]
    head: int = 0
    field: str = "表格"


@dataclass
class _Box:
    """A cell set in its place: column, width, and its lines."""

    cell: Cell
    column: int
    width: float
    lines: list[Line]

    @property
    def pitch(self) -> float:
        return self.cell.style.em * LEADING

    @property
    def foot_height(self) -> float:
        return len(self.cell.foot) * self.pitch + (self.pitch * 0.5 if self.cell.foot else 0.0)

    @property
    def height(self) -> float:
        lines = len(self.lines) * self.pitch - (self.pitch - self.cell.style.em if self.lines else 0.0)
        return lines + self.foot_height + 2 * PADDING


@dataclass
class SetRow:
    """A row with its boxes and height in mm; rows joined by a spanning cell share a group."""

    boxes: list[_Box]
    height: float
    breakable: bool
    group: int


class SetTable:
    """A table measured and ready to draw, page by page."""

    def __init__(self, table: Table, setter: Typesetter) -> None:
        self.table, self.setter = table, setter
        self.width = sum(table.widths)
        # The frame's outer half stays inside the 版心, turned or not.
        part = (self.width - FRAME) / self.width
        self._edges = [FRAME / 2 + part * sum(table.widths[:index]) for index in range(len(table.widths) + 1)]
        self.rows = self._measure()
        self.head = self.rows[: table.head]
        self.body = self.rows[table.head :]

    @property
    def head_height(self) -> float:
        """Height of the repeated head, mm."""
        return sum(row.height for row in self.head)

    @property
    def height(self) -> float:
        """Height of the whole table on one page, mm."""
        return sum(row.height for row in self.rows)

    def _measure(self) -> list[SetRow]:
        rows: list[SetRow] = []
        covered = [0] * len(self.table.widths)
        group = 0
        kept = False
        for row in self.table.rows:
            if not any(covered) and not kept:
                group += 1
            kept = row.keep
            boxes = list(self._boxes(row, covered))
            height = max([row.height, *(box.height for box in boxes if box.cell.rows == 1)])
            rows.append(SetRow(boxes, height, row.breakable, group))
            covered = [max(left - 1, 0) for left in covered]
        for index, set_row in enumerate(rows):
            _grow_for_spans(rows, index, set_row)
        return rows

    def _boxes(self, row: Row, covered: list[int]) -> Iterator[_Box]:
        column = 0
        for cell in row.cells:
            while column < len(covered) and covered[column]:
                column += 1
            if column + cell.columns > len(covered):
                raise Unprintable(f"{self.table.field}有一行的格数多于列数。", self.table.field)
            width = self._edges[column + cell.columns] - self._edges[column]
            yield _Box(cell, column, width, self._lines(cell, width))
            covered[column : column + cell.columns] = [cell.rows] * cell.columns
            column += cell.columns

    def _lines(self, cell: Cell, width: float) -> list[Line]:
        field = cell.field or self.table.field
        paragraphs = [cell.text] if isinstance(cell.text, str) else list(cell.text)
        if cell.vertical:
            return [self.setter.single(char, cell.style, field) for text in paragraphs for char in text]
        room = (width - 2 * PADDING) * MM
        if room < cell.style.size:
            raise Unprintable(f"{field}的一列太窄，放不下一个字。", field)
        indent = cell.indent * cell.style.size
        justify, most = cell.align is Align.START, LOOSEST * cell.style.size
        return [
            line
            for text in paragraphs
            for line in self.setter.lines([Span(text, cell.style)], room, field, indent, 0.0, justify, most)
        ]

    def parts(self, first_room: float, room: float) -> Iterator[list[SetRow]]:
        """Yield the rows for each page, `first_room` mm on the first and `room` on the others; the head leads each."""
        part, used = list(self.head), self.head_height
        limit = first_room
        queue = list(_groups(self.body))
        while queue:
            group = queue.pop(0)
            height = sum(row.height for row in group)
            if used + height <= limit + 0.01:
                part += group
                used += height
                continue
            split = _split_row(group, limit - used)
            if split:
                part.append(split[0])
                queue.insert(0, [split[1]])
            else:
                self._check_fits(group, part, height, limit, room)
                queue.insert(0, group)
            if len(part) > len(self.head) or limit < room:
                yield part if len(part) > len(self.head) else []
            part, used, limit = list(self.head), self.head_height, room
        yield part

    def _check_fits(
        self, group: Sequence[SetRow], part: list[SetRow], height: float, limit: float, room: float
    ) -> None:
        if len(part) == len(self.head) and limit >= room and self.head_height + height > room:
            text = next((line.text for row in group for box in row.boxes for line in box.lines), "")
            raise Unprintable(
                f"{self.table.field}里“{text[:12]}…”这一行内容太多，一页放不下，请分成几行或移到附件。",
                self.table.field,
            )

    def draw(self, page: Page, x: float, y: float, part: Sequence[SetRow], node: Node) -> float:
        """Draw the rows of one page with the top-left corner at (x, y); return the y below them."""
        top = y
        tops = [top + sum(row.height for row in part[:index]) for index in range(len(part) + 1)]
        for index, row in enumerate(part):
            line = node.child("TR")
            for box in row.boxes:
                height = tops[min(index + box.cell.rows, len(part))] - tops[index]
                left = x + self._edges[box.column]
                page.box(left, tops[index], box.width, height, INNER)
                self._fill(page, box, left, tops[index], height, line)
        page.box(x + FRAME / 2, top, self.width - FRAME, tops[-1] - top, FRAME)
        return tops[-1]

    def _fill(self, page: Page, box: _Box, left: float, top: float, height: float, row: Node) -> None:
        if not box.lines and not box.cell.foot:
            return
        field = box.cell.field or self.table.field
        with page.tagged(row.child("TD")):
            inner = height - 2 * PADDING - box.foot_height
            text_height = len(box.lines) * box.pitch - (box.pitch - box.cell.style.em)
            y = top + PADDING + _shift(box.cell.valign, inner - text_height)
            for line in box.lines:
                free = box.width - 2 * PADDING - (line.width + line.indent) / MM
                page.glyphs(left + PADDING + _shift(box.cell.align, free), y, line.placed, box.cell.style)
                y += box.pitch
            y = top + height - PADDING - box.foot_height + box.pitch * 0.25
            for text in box.cell.foot:
                line = self.setter.single(text, box.cell.style, field)
                blank = PADDING + box.cell.foot_indent * box.cell.style.em
                page.glyphs(left + box.width - blank - line.width / MM, y, line.placed, box.cell.style)
                y += box.pitch


def _shift(align: Align, free: float) -> float:
    return {Align.START: 0.0, Align.CENTRE: free / 2, Align.END: free}[align]


def _grow_for_spans(rows: Sequence[SetRow], index: int, row: SetRow) -> None:
    """Make the last row under a spanning cell high enough for the cell's text."""
    for box in row.boxes:
        spanned = rows[index : index + box.cell.rows]
        lacking = box.height - sum(each.height for each in spanned)
        if lacking > 0:
            spanned[-1].height += lacking


def _groups(rows: Sequence[SetRow]) -> Iterator[list[SetRow]]:
    group: list[SetRow] = []
    for row in rows:
        if group and row.group != group[0].group:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _split_row(group: Sequence[SetRow], room: float) -> tuple[SetRow, SetRow] | None:
    """Split a breakable row at a line so that its first part is at most `room` mm high; None where it cannot."""
    row = group[0]
    if len(group) > 1 or not row.breakable:
        return None
    counts = [int((room - 2 * PADDING) // box.pitch) for box in row.boxes]
    # No single line is left over for the next page.
    counts = [count - (len(box.lines) - count == 1) for box, count in zip(row.boxes, counts, strict=True)]
    if min(counts) < 2 or all(len(box.lines) <= count for box, count in zip(row.boxes, counts, strict=True)):
        return None
    first = [
        replace(box, cell=replace(box.cell, foot=(), valign=Align.START), lines=box.lines[:count])
        for box, count in zip(row.boxes, counts, strict=True)
    ]
    rest = [replace(box, lines=box.lines[count:]) for box, count in zip(row.boxes, counts, strict=True)]
    height = max(box.height for box in rest)
    return SetRow(first, room, True, row.group), SetRow(rest, height, True, row.group)
