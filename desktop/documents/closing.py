"""署名, 成文日期 and 印章: where they stand under the text, for any seal diameter and joint organs (clause 7.3.5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from desktop.documents.numerals import date_text
from desktop.documents.official import OfficialPaper
from desktop.documents.styles import CELL, LEFT, MM, PITCH, RIGHT, TEXT, WIDTH
from desktop.documents.text import Line, Span, Typesetter
from desktop.documents.titles import break_title
from desktop.errors import Unprintable

DEFAULT_DIAMETER = 42.0
"""mm; what a seal place is kept free for when no seal is given."""
SMALLEST_SEAL, LARGEST_SEAL = 20.0, 60.0
SEALED_BLANK, UNSEALED_BLANK = 4 * CELL, 2 * CELL
EM = TEXT.em
BETWEEN_SEALS = 3.0
LONGEST_SIGNATURE = 26
MOST_ROWS = 4


@dataclass(frozen=True)
class ClosingLine:
    """A line of the closing: its text, left edge and em-box top below the text's last em-box bottom, mm."""

    line: Line
    x: float
    drop: float


@dataclass(frozen=True)
class SealPlace:
    """Where an organ's seal goes: place in `issuers`, centre x, centre's depth below the text, diameter; mm."""

    organ: int
    x: float
    drop: float
    diameter: float


@dataclass(frozen=True)
class Closing:
    """A closing solved: lines, seal places, and its whole depth below the text, mm."""

    lines: Sequence[ClosingLine]
    seals: Sequence[SealPlace]
    depth: float


def solve_closing(setter: Typesetter, paper: OfficialPaper, diameters: Sequence[float]) -> Closing:
    """Return the closing of a paper; `diameters` in mm, one for each organ; Unprintable where names do not fit."""
    for diameter in diameters:
        if not SMALLEST_SEAL <= diameter <= LARGEST_SEAL:
            raise Unprintable(f"印章直径{diameter:g}毫米不合常规，应在20至60毫米之间。", "seal_diameter")
    date = setter.single(date_text(paper.date), TEXT, "date")
    if not paper.sealed:
        closing = _unsealed(setter, paper.issuers, date)
    elif paper.joint:
        closing = _joint(setter, paper.issuers, date, diameters)
    else:
        closing = _single(setter, paper.issuers[0], date, diameters[0])
    return _with_note(setter, paper.note, closing)


def seal_gap(diameter: float, blanks: int, rows: int = 1) -> float | None:
    """Return the gap in mm between text and seal for `blanks` blank lines and `rows` lines of signature, or None.

    The block of signature and date must lie below the seal's middle and inside the seal, whose top is within one line.
    """
    top = (blanks + 1) * PITCH - EM
    middle = top + (rows * PITCH + EM) / 2
    bottom = top + rows * PITCH + EM
    lowest = max(0.5, bottom - diameter + 0.5)
    highest = min(PITCH - 0.4, middle - diameter / 2 - 0.5)
    if lowest > highest:
        return None
    return min(max(middle - diameter / 6 - diameter / 2, lowest), highest)


def seal_geometry(diameter: float, rows: int = 1) -> tuple[int, float]:
    """Return the blank lines above the signature and the seal's gap in mm; two blank lines where they suit."""
    for blanks in (2, 1, 3, 0, 4):
        gap = seal_gap(diameter, blanks, rows)
        if gap is not None:
            return blanks, gap
    raise Unprintable(f"直径{diameter:g}毫米的印章压不住署名和成文日期，请核对直径。", "seal_diameter")


def _single(setter: Typesetter, issuer: str, date: Line, diameter: float) -> Closing:
    names = _signature(setter, issuer)
    blanks, gap = seal_geometry(diameter, len(names))
    widest = max(name.width for name in names) / MM
    centre = min(RIGHT - SEALED_BLANK - date.width / MM / 2, RIGHT - widest / 2, RIGHT - diameter / 2)
    top = (blanks + 1) * PITCH - EM
    lines = [_centred(name, centre, top + index * PITCH) for index, name in enumerate(names)]
    lines.append(_centred(date, centre, top + len(names) * PITCH))
    seal = SealPlace(0, centre, gap + diameter / 2, diameter)
    return Closing(lines, [seal], max(gap + diameter, lines[-1].drop + EM))


def _signature(setter: Typesetter, issuer: str) -> list[Line]:
    """Return an organ's name on one line, or on up to three where it is very long."""
    parts = (issuer,) if len(issuer) <= LONGEST_SIGNATURE else break_title(issuer, LONGEST_SIGNATURE - 2)
    if len(parts) > 3:
        raise Unprintable("发文机关署名太长，三行也排不下，请用规范化简称。", "issuer")
    return [setter.single(part, TEXT, "issuer") for part in parts]


def _centred(line: Line, centre: float, drop: float) -> ClosingLine:
    return ClosingLine(line, centre - line.width / MM / 2, drop)


def _unsealed(setter: Typesetter, issuers: Sequence[str], date: Line) -> Closing:
    """One blank line; organs two cells from the right, the date two cells right of their start (7.3.5.2)."""
    names = [line for issuer in issuers for line in _signature(setter, issuer)]
    widest, width = max(name.width for name in names) / MM, date.width / MM
    right = RIGHT - UNSEALED_BLANK
    left = right - widest
    if width > widest:
        # 如成文日期长于发文机关署名，应当使成文日期右空二字编排，并相应增加发文机关署名右空字数。
        left = right - width - 2 * CELL
    top = 2 * PITCH - EM
    lines = [ClosingLine(name, left, top + index * PITCH) for index, name in enumerate(names)]
    lines.append(ClosingLine(date, min(left + 2 * CELL, RIGHT - width), top + len(names) * PITCH))
    return Closing(lines, [], lines[-1].drop + EM)


def _joint(setter: Typesetter, issuers: Sequence[str], date: Line, diameters: Sequence[float]) -> Closing:
    """Signatures side by side with a seal each; the last seal presses the date as well (7.3.5.1)."""
    names = [setter.single(issuer, TEXT, "issuers") for issuer in issuers]
    widths = [max(name.width / MM, diameter) + BETWEEN_SEALS for name, diameter in zip(names, diameters, strict=True)]
    widths[-1] = max(widths[-1], date.width / MM + BETWEEN_SEALS)
    rows = _rows(widths)
    diameter = max(diameters)
    blanks, gap = seal_geometry(diameter)
    lines: list[ClosingLine] = []
    seals: list[SealPlace] = []
    sign = (blanks + 1) * PITCH - EM
    for index, row in enumerate(rows):
        down = index * (diameter + BETWEEN_SEALS)
        last = index == len(rows) - 1
        centres = _centres([widths[organ] for organ in row], date.width / MM, last)
        for organ, centre in zip(row, centres, strict=True):
            lines.append(_centred(names[organ], centre, sign + down))
            seals.append(SealPlace(organ, centre, gap + down + diameter / 2, diameters[organ]))
        if last:
            lines.append(_centred(date, centres[-1], sign + down + PITCH))
    depth = gap + (len(rows) - 1) * (diameter + BETWEEN_SEALS) + diameter
    return Closing(lines, seals, max(depth, lines[-1].drop + EM))


def _rows(widths: Sequence[float]) -> list[list[int]]:
    """Share the organs over as few rows as the 版心's width allows, evenly, in their order."""
    count = len(widths)
    for number in range(1, min(count, MOST_ROWS) + 1):
        sizes = [count // number + (index < count % number) for index in range(number)]
        starts = [0, *accumulate(sizes)]
        rows = [list(range(start, start + size)) for start, size in zip(starts, sizes, strict=False)]
        if all(sum(widths[organ] for organ in row) - BETWEEN_SEALS <= WIDTH for row in rows):
            return rows
    rows = _packed(widths)
    if len(rows) <= MOST_ROWS and max(widths) - BETWEEN_SEALS <= WIDTH:
        return rows
    raise Unprintable("联合行文的机关太多或名称太长，署名和印章排不下，请减少机关或用规范化简称。", "issuers")


def _packed(widths: Sequence[float]) -> list[list[int]]:
    """Fill row after row with as many organs as it takes."""
    rows: list[list[int]] = [[]]
    for organ, width in enumerate(widths):
        if rows[-1] and sum(widths[other] for other in rows[-1]) + width - BETWEEN_SEALS > WIDTH:
            rows.append([])
        rows[-1].append(organ)
    return rows


def _centres(widths: Sequence[float], date_width: float, last: bool) -> list[float]:
    """Return the centres of a row: the last row's ends over the date four cells from the right, others are centred."""
    total = sum(widths) - BETWEEN_SEALS
    right = LEFT + (WIDTH + total) / 2
    if last:
        wanted = RIGHT - SEALED_BLANK - date_width / 2 + (widths[-1] - BETWEEN_SEALS) / 2
        right = max(min(wanted, RIGHT), LEFT + total)
    return list(_leftward(widths, right))[::-1]


def _leftward(widths: Sequence[float], right: float) -> Iterator[float]:
    for width in reversed(widths):
        yield right - (width - BETWEEN_SEALS) / 2
        right -= width


def _with_note(setter: Typesetter, note: str, closing: Closing) -> Closing:
    """Add the 附注, left-blank two cells, on the line after the date (clause 7.3.6)."""
    if not note:
        return closing
    top = closing.lines[-1].drop + PITCH
    indent = 2 * CELL * MM
    set_lines = setter.lines([Span(note, TEXT)], WIDTH * MM, "note", indent, 0.0)
    lines = [ClosingLine(line, LEFT, top + index * PITCH) for index, line in enumerate(set_lines)]
    return Closing([*closing.lines, *lines], closing.seals, max(closing.depth, lines[-1].drop + EM))
