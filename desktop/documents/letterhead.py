"""The 版头: mark, number, signers and red rules of 文件, 上行文, 信函 and 纪要 (clauses 7.2 and 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.documents.mongolian import LONGEST, MongolianMark, set_mongolian
from desktop.documents.official import Form, OfficialPaper
from desktop.documents.page import Node, Page
from desktop.documents.signers import arrange, draw_signers, number_rows
from desktop.documents.styles import (
    ASCENT,
    CELL,
    LABEL,
    LEFT,
    MM,
    PAGE_WIDTH,
    PITCH,
    RED,
    RED_RULE,
    RIGHT,
    TEXT,
    WIDTH,
    Role,
    Style,
    line_top,
)
from desktop.documents.text import Line, Typesetter
from desktop.documents.titles import break_title
from desktop.errors import Unprintable

MARK_TOP = {Form.FILE: 72.0, Form.UPWARD: 72.0, Form.MINUTES: 72.0, Form.LETTER: 30.0}
"""Ink top of the mark, mm."""
MARK_WIDTH = 150.0
LARGEST_MARK, SMALLEST_MARK = 54.0, 24.0
MOST_LINES = 3
NARROWEST = 0.62
"""Glyphs of a long mark are narrowed to this part of their width before they are made smaller."""
SUFFIX = "文件"
RULE_GAP = 4.0
LETTER_RULES = 170.0
LETTER_FOOT = 277.0
LETTER_GAP = CELL * 7 / 8
THICK, THIN, APART = 0.9, 0.3, 0.5
"""Weights of a letter's double rule and the white between, mm."""
MONGOLIAN_GAP = 3.0


@dataclass(frozen=True)
class MarkLine:
    """One line of the mark: set text, style, narrowing, and place of its em box (mm)."""

    line: Line
    style: Style
    squeeze: float
    x: float
    top: float


@dataclass(frozen=True)
class Mark:
    """The whole mark ready to draw, and where its ink ends (mm)."""

    lines: Sequence[MarkLine]
    bottom: float
    mongolian: MongolianMark | None = None


def mark_text(paper: OfficialPaper) -> str:
    """Return the mark in words: as given, or made from the lead organ's name by the form."""
    if paper.mark:
        return paper.mark
    lead = paper.issuers[0]
    return {Form.LETTER: lead, Form.MINUTES: f"{lead}会议纪要"}.get(paper.form, lead + SUFFIX)


def set_mark(setter: Typesetter, paper: OfficialPaper) -> Mark:
    """Set the mark with its ink top where the form wants it; Unprintable where the names are too long."""
    top = MARK_TOP[paper.form]
    room, mongolian = MARK_WIDTH, None
    if paper.mongolian_mark:
        mongolian = set_mongolian(paper.mongolian_mark, setter.fonts, LONGEST, 0.25 * WIDTH)
        room = WIDTH - 2 * (mongolian.width + MONGOLIAN_GAP)
    if paper.joint and not paper.mark and paper.form in (Form.FILE, Form.UPWARD):
        lines = _joint(setter, paper.issuers, room, top)
        bottom = max(_ink(mark)[1] for mark in lines)
    else:
        lines, bottom = _plain_with_bottom(setter, mark_text(paper), room, top)
    if mongolian:
        bottom = max(bottom, top + mongolian.height)
    return Mark(lines, bottom, mongolian)


@lru_cache(maxsize=32)
def _plain_with_bottom(setter: Typesetter, text: str, room: float, top: float) -> tuple[list[MarkLine], float]:
    lines = _plain(setter, text, room, top)
    return lines, max(_ink(mark)[1] for mark in lines)


def _ink(mark: MarkLine) -> tuple[float, float]:
    """Return the ink's top and bottom on the page, mm."""
    inks = [placed.font.ink(placed.char) for placed in mark.line.placed]
    baseline = mark.top + ASCENT * mark.style.em
    high, low = max(ink[0] for ink in inks), min(ink[1] for ink in inks)
    return baseline - high * mark.style.em, baseline - low * mark.style.em


def _sized(count: float, room: float, largest: float) -> tuple[float, float]:
    """Return size (pt) and narrowing at which `count` characters fill at most `room` mm."""
    size = min(largest, room * MM / (count * NARROWEST))
    if size < SMALLEST_MARK:
        raise Unprintable("发文机关名称太长，发文机关标志排不下，请在mark里填规范化简称。", "mark")
    return size, min(1.0, room * MM / (count * size))


def _plain(setter: Typesetter, text: str, room: float, top: float) -> list[MarkLine]:
    """Set a mark in one line, or in two or three where it is very long, centred."""
    limit = room * MM / (SMALLEST_MARK * NARROWEST)
    parts = (text,) if len(text) <= limit else break_title(text, limit)
    if len(parts) > MOST_LINES:
        raise Unprintable("发文机关标志太长，三行也排不下，请填规范化简称。", "mark")
    size, squeeze = _sized(max(map(len, parts)), room, LARGEST_MARK if len(parts) == 1 else 36.0)
    lines: list[MarkLine] = []
    for index, part in enumerate(parts):
        y = top + index * size * 1.3 / MM
        lines.append(_mark_line(setter, part, size, squeeze, LEFT + WIDTH / 2, y))
    return _lifted(lines, top)


def _mark_line(
    setter: Typesetter, text: str, size: float, squeeze: float, centre: float, top: float, width: float = 0.0
) -> MarkLine:
    """Set one line of a mark about `centre`; with `width` (mm) its characters are spread over it."""
    style = Style(Role.TITLE, size, RED)
    tracking = 0.0
    if width and len(text) > 1:
        tracking = max((width * MM - len(text) * size * squeeze) / (len(text) - 1), 0.0)
    line = setter.single(text, style, "mark")
    step = size * squeeze + tracking
    placed = [glyph._replace(x=index * step) for index, glyph in enumerate(line.placed)]
    total = step * len(placed) - tracking
    return MarkLine(Line(placed, 0.0, total, text), style, squeeze, centre - total / MM / 2, top)


def _lifted(lines: Sequence[MarkLine], top: float) -> list[MarkLine]:
    """Move the lines so that their highest ink stands at `top`, not their em box."""
    offset = top - min(_ink(mark)[0] for mark in lines)
    return [MarkLine(mark.line, mark.style, mark.squeeze, mark.x, mark.top + offset) for mark in lines]


def _joint(setter: Typesetter, issuers: Sequence[str], room: float, top: float) -> list[MarkLine]:
    """Set the organs one under another, spread to one width, with 文件 at their right, centred in height."""
    count = len(issuers)
    suffix_size = min(LARGEST_MARK, 30.0 + 6.0 * count)
    suffix_width = 2 * suffix_size * 0.8 / MM
    gap = 4.0
    names = room - suffix_width - gap
    largest = {2: 40.0, 3: 34.0}.get(count, 28.0)
    size, squeeze = _sized(max(map(len, issuers)), names, largest)
    width = max(map(len, issuers)) * size * squeeze / MM
    left = LEFT + (WIDTH - width - gap - suffix_width) / 2
    pitch = size * 1.3 / MM
    lines = [
        _mark_line(setter, name, size, squeeze, left + width / 2, top + index * pitch, width)
        for index, name in enumerate(issuers)
    ]
    middle = top + ((count - 1) * pitch + size / MM) / 2
    centre = left + width + gap + suffix_width / 2
    lines.append(_mark_line(setter, SUFFIX, suffix_size, 0.8, centre, middle - suffix_size / MM / 2))
    return _lifted(lines, top)


def draw_mark(page: Page, mark: Mark, node: Node) -> None:
    """Draw the mark and its Mongolian."""
    with page.tagged(node.child("P")):
        for line in mark.lines:
            page.glyphs(line.x, line.top, line.line.placed, line.style, line.squeeze)
    if mark.mongolian:
        with page.tagged(node.child("P")):
            mark.mongolian.draw(page, LEFT, min(_ink(line)[0] for line in mark.lines))


@dataclass(frozen=True)
class Head:
    """A 版头 measured: the y where the title would begin without slack, and how many gaps can take slack."""

    mark: Mark
    below: float
    gaps: int


def measure_head(setter: Typesetter, paper: OfficialPaper) -> Head:
    """Measure the 版头: `below` is the title's em-box top without slack, two blank lines down."""
    mark = set_mark(setter, paper)
    if paper.form is Form.LETTER:
        return Head(mark, _letter_number_top(mark) + _letter_rows(paper) * PITCH - PITCH + TEXT.em + 2 * PITCH, 2)
    rule = _number_top(mark, 0.0) + (number_rows(setter, paper) - 1) * PITCH + _number_foot(setter, paper) + RULE_GAP
    return Head(mark, rule + 2 * PITCH, 3)


def _number_top(mark: Mark, slack: float) -> float:
    return mark.bottom + 2 * PITCH + slack


def _number_foot(setter: Typesetter, paper: OfficialPaper) -> float:
    """Return the depth of the number's ink under its em-box top, mm."""
    placed = setter.single(paper.number or "号", TEXT, "number").placed
    return (ASCENT - min(glyph.font.ink(glyph.char)[1] for glyph in placed)) * TEXT.em


def _letter_number_top(mark: Mark) -> float:
    return mark.bottom + RULE_GAP + THICK + APART + THIN + LETTER_GAP


def _letter_rows(paper: OfficialPaper) -> int:
    return max(1, len(_flags(paper)))


def _flags(paper: OfficialPaper) -> list[tuple[str, Style, str]]:
    """Return 份号, 密级 and 紧急程度 in their order with their faces and fields."""
    rows = [
        (paper.serial_copy, TEXT, "serial_copy"),
        (paper.secrecy, LABEL, "secrecy"),
        (paper.urgency, LABEL, "urgency"),
    ]
    return [row for row in rows if row[0]]


def draw_head(page: Page, setter: Typesetter, paper: OfficialPaper, head: Head, slack: float) -> None:
    """Draw the 版头 on the first page; `slack` mm widen each of its gaps, so that the body meets the grid."""
    root = page.book.root
    letter = paper.form is Form.LETTER
    number_top = _letter_number_top(head.mark) if letter else _number_top(head.mark, slack)
    if not letter:
        _draw_flags(page, setter, paper, line_top(1))
    draw_mark(page, head.mark, root)
    if letter:
        _draw_letter(page, setter, paper, head.mark, number_top)
        return
    _draw_number(page, setter, paper, number_top)
    rule = number_top + (number_rows(setter, paper) - 1) * PITCH + _number_foot(setter, paper) + RULE_GAP
    page.rule(LEFT, rule + RED_RULE / 2, RIGHT, rule + RED_RULE / 2, RED_RULE, RED)


def _draw_flags(page: Page, setter: Typesetter, paper: OfficialPaper, top: float) -> None:
    for index, (text, style, field) in enumerate(_flags(paper)):
        with page.tagged(page.book.root.child("P")):
            page.glyphs(LEFT, top + index * PITCH, setter.single(text, style, field).placed, style)


def _draw_number(page: Page, setter: Typesetter, paper: OfficialPaper, top: float) -> None:
    number = setter.single(paper.number, TEXT, "number")
    last = top + (number_rows(setter, paper) - 1) * PITCH
    upward = paper.form is Form.UPWARD
    x = LEFT + CELL if upward else LEFT + (WIDTH - number.width / MM) / 2
    if signers := arrange(setter, paper):
        draw_signers(page, signers, top)
    if paper.number:
        with page.tagged(page.book.root.child("P")):
            page.glyphs(x, last, number.placed, TEXT)


def _draw_letter(page: Page, setter: Typesetter, paper: OfficialPaper, mark: Mark, number_top: float) -> None:
    double_rule(page, mark.bottom + RULE_GAP, thick_first=True)
    double_rule(page, LETTER_FOOT - THICK - APART - THIN, thick_first=False)
    _draw_flags(page, setter, paper, number_top)
    if paper.number:
        number = setter.single(paper.number, TEXT, "number")
        with page.tagged(page.book.root.child("P")):
            page.glyphs(RIGHT - number.width / MM, number_top, number.placed, TEXT)


def double_rule(page: Page, top: float, thick_first: bool) -> None:
    """Draw a letter's red double rule with its upper edge at `top`, 170 mm wide, centred on the page (clause 10.1)."""
    left = (PAGE_WIDTH - LETTER_RULES) / 2
    upper, lower = (THICK, THIN) if thick_first else (THIN, THICK)
    page.rule(left, top + upper / 2, left + LETTER_RULES, top + upper / 2, upper, RED)
    y = top + upper + APART + lower / 2
    page.rule(left, y, left + LETTER_RULES, y, lower, RED)
