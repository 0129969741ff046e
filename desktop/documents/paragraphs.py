"""The body of an official paper as set lines: levels of headings, attendance lists, the statement of attachments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.embedding import Placed
from desktop.documents.official import joined
from desktop.documents.page import Node
from desktop.documents.styles import CELL, LABEL, LEVELS, MM, TEXT, WIDTH
from desktop.documents.text import CLOSING, OPENING, TOKEN, Line, Span, Typesetter

NUMERALS = "一二三四五六七八九十百"
LEVEL_MARKS = (
    (1, re.compile(f"[{NUMERALS}]+、")),
    (2, re.compile(f"（[{NUMERALS}]+）")),
    (3, re.compile(r"\d+[.．](?!\d)")),
    (4, re.compile(r"（\d+）")),
)
ATTENDANCE = re.compile("(出席|请假|列席)：")
LONGEST_HEADING = 40
"""Characters; a longer first sentence is text, and only its number takes the heading's face."""
FULL = WIDTH * MM
EM = CELL * MM


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the grid with the structure element it belongs to; without `line` it is blank.

    A `heading` must not be the last line of a page.
    """

    line: Line | None
    node: Node | None
    body: bool = True
    heading: bool = False


BLANK = TextLine(None, None, body=False)


def level_of(paragraph: str) -> int:
    """Return the level of heading that a paragraph's beginning sets (1 to 4), or 0."""
    return next((level for level, mark in LEVEL_MARKS if mark.match(paragraph)), 0)


def heading_length(paragraph: str) -> int:
    """Return how many characters at a paragraph's beginning take its heading's face."""
    for _, mark in LEVEL_MARKS:
        found = mark.match(paragraph)
        if found:
            sentence = paragraph.find("。") + 1 or len(paragraph)
            return sentence if sentence <= LONGEST_HEADING else found.end()
    return 0


def paragraph_spans(paragraph: str) -> list[Span]:
    """Return a paragraph in its faces: the heading sentence in its level's, the rest in 仿宋 (clause 7.3.3)."""
    level = level_of(paragraph)
    if level not in (1, 2):
        return [Span(paragraph, TEXT)]
    end = heading_length(paragraph)
    spans = [Span(paragraph[:end], LEVELS[level])]
    return [*spans, Span(paragraph[end:], TEXT)] if end < len(paragraph) else spans


def body_lines(
    setter: Typesetter, paragraphs: Sequence[str], field: str, root: Node, minutes: bool = False
) -> list[TextLine]:
    """Return the lines of the body, each paragraph indented by two cells."""
    lines: list[TextLine] = []
    for index, paragraph in enumerate(paragraphs):
        name = f"{field}[{index}]"
        label = ATTENDANCE.match(paragraph) if minutes else None
        if label:
            if lines and not any(mark.line is None for mark in lines):
                lines.append(BLANK)
            lines += _attendance(setter, paragraph, label.end(), name, root)
            continue
        node = root.child("P" if not level_of(paragraph) else f"H{level_of(paragraph) + 1}")
        set_lines = setter.lines(paragraph_spans(paragraph), FULL, name, first=2 * EM)
        heading = level_of(paragraph) in (1, 2) and heading_length(paragraph) == len(paragraph)
        lines += [TextLine(line, node, heading=heading) for line in set_lines]
    return lines


def spread_lines(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines with a body of one line set wider apart over two, as clause 7.3.5.5 allows (调整字距)."""
    bodies = [index for index, text in enumerate(lines) if text.body]
    text = lines[bodies[0]] if len(bodies) == 1 else BLANK
    turn = _turnover(text.line.text) if text.line else 0
    if text.line is None or not turn:
        return list(lines)
    first, last = text.line.placed[:turn], text.line.placed[turn:]
    step = (FULL - 3 * EM) / max(len(first) - 1, 1) if len(first) > 1 else 2 * EM
    wide = [TextLine(_spaced(first, 2 * EM, step), text.node), TextLine(_spaced(last, 0.0, step), text.node)]
    return [*lines[: bodies[0]], *wide, *lines[bodies[0] + 1 :]]


def _turnover(text: str) -> int:
    """Return how many characters a line keeps when its last two words turn over; 0 where it cannot be broken."""
    tokens = TOKEN.findall(text)
    for count in range(max(len(tokens) - 2, 1), 0, -1):
        if tokens[count:] and tokens[count][0] not in CLOSING and tokens[count - 1][-1] not in OPENING:
            return sum(map(len, tokens[:count]))
    return 0


def _spaced(placed: Sequence[Placed], start: float, step: float) -> Line:
    moved = [Placed(one.char, one.font, start + index * step) for index, one in enumerate(placed)]
    return Line(moved, start, moved[-1].x + EM - start, "".join(one.char for one in placed))


def _attendance(setter: Typesetter, paragraph: str, label: int, field: str, root: Node) -> list[TextLine]:
    """Set 出席, 请假, 列席 with turnovers aligned behind the colon (clause 10.3)."""
    spans = [Span(paragraph[:label], LABEL), Span(paragraph[label:], TEXT)]
    node = root.child("P")
    return [TextLine(line, node) for line in setter.lines(spans, FULL, field, 2 * EM, (2 + label) * EM, False)]


def addressee_lines(setter: Typesetter, names: Sequence[str], root: Node) -> list[TextLine]:
    """Return the 主送机关, flush left with its turnovers, closed by a full-width colon (clause 7.3.2)."""
    if not names:
        return []
    text = joined(names) + "："
    node = root.child("P")
    return [TextLine(line, node, body=False) for line in setter.lines([Span(text, TEXT)], FULL, "to")]


def attachment_lines(setter: Typesetter, titles: Sequence[str], root: Node) -> list[TextLine]:
    """Return the 附件说明 after a blank line; turnovers align with the name's first character (clause 7.3.4)."""
    lines = [BLANK] if titles else []
    label = setter.width("附件：", TEXT, "attachments")
    for index, title in enumerate(titles):
        field = f"attachments[{index}].title"
        number = f"{index + 1}." if len(titles) > 1 else ""
        lead = ("附件：" if index == 0 else "") + number
        hang = 2 * EM + label + setter.width(number, TEXT, field)
        first = 2 * EM if index == 0 else 2 * EM + label
        node = root.child("P")
        set_lines = _hanging(setter, lead, title.rstrip("。；，、.;"), field, first, hang)
        lines += [TextLine(line, node, body=False) for line in set_lines]
    return lines


def _hanging(setter: Typesetter, lead: str, text: str, field: str, first: float, hang: float) -> list[Line]:
    return setter.lines([Span(lead, TEXT), Span(text, TEXT)], FULL, field, first, hang, False)
