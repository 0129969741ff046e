"""Setting text: cells and widths, tokens that stay whole, line breaks by the punctuation rules, justified lines."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from desktop.documents.embedding import Placed
from desktop.documents.fonts import Font, FontBook
from desktop.documents.styles import BODY, CELL, MM, Style

CLOSING = frozenset("、。，．；：？！）」』】〕〗》〉〞”’｝］—…～·％‰℃%,.;:?!)]}")
OPENING = frozenset("（「『【〔〖《〈〝“‘｛［￥$([{")
CHINESE_MARKS = frozenset("“”‘’—…·")
SQUEEZABLE_AFTER = frozenset("、。，．；：）」』】〕〗》〉”’｝］")
SQUEEZABLE_BEFORE = frozenset("（「『【〔〖《〈“‘｛［")
MOST_SQUEEZE = 0.5
"""Part of its cell that a punctuation mark may give up: its empty half."""
MOST_KEPT = 4096
WIDEST_TOKEN = 14.0
"""Cells; a longer unbroken word (an address of the net, say) may be broken anywhere."""

TOKEN = re.compile(
    r"[A-Za-z\u2160-\u216b]{0,4}〔\d{4}〕\d+号?"
    r"|\d{1,2}月\d{1,2}日"
    r"|[＋+\-−±]?\d+(?:[.,:：/／]\d+)*(?:～\d+(?:\.\d+)?)?(?:[%％‰℃]|[十百千]?[万亿]{0,2}[元年月日人个项名家天号条岁次]|[十百千]?[万亿]{1,2})?"
    r"|[A-Za-z0-9\u00c0-\u024f_@#&'./:~+-]+"
    r"|——|……"
    r"|.",
    re.DOTALL,
)


class Glyph(NamedTuple):
    """A character with its font, the width it takes and how far its ink starts inside that width (pt)."""

    char: str
    font: Font
    width: float
    shift: float


@dataclass(slots=True)
class Token:
    """Characters that stay on one line together."""

    glyphs: list[Glyph]
    width: float
    no_start: bool
    no_end: bool


class Span(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: its characters, its indent and width in pt, and its plain text."""

    placed: Sequence[Placed]
    indent: float
    width: float
    text: str


@lru_cache(maxsize=4096)
def is_full(char: str) -> bool:
    """Tell whether a character takes a whole cell."""
    return unicodedata.east_asian_width(char) in "WF" or char in CHINESE_MARKS


class Typesetter:
    """Turns text into glyphs and lines with one book of fonts; keeps what it has looked up."""

    def __init__(self, fonts: FontBook) -> None:
        self.fonts = fonts
        self._glyphs: dict[tuple[Style, str], Glyph] = {}
        self._words: dict[tuple[Style, str], Token] = {}
        self._lines: dict[Any, list[Line]] = {}

    def glyph(self, char: str, style: Style, field: str) -> Glyph:
        """Return a character's glyph; body size stands in cells of 15.79 pt, other sizes in their em."""
        key = (style, char)
        found = self._glyphs.get(key)
        if found is None:
            found = self._glyphs[key] = self._make(char, style, field)
        return found

    def _make(self, char: str, style: Style, field: str) -> Glyph:
        font = self.fonts.pick(style.role, char, field)
        cell = CELL * MM if style.size == BODY else style.size
        own = font.advance(char) * style.size
        if not is_full(char) and own < 0.95 * style.size:
            return Glyph(char, font, own * cell / style.size, 0.0)
        slack = max(cell - own, 0.0) if own < 0.9 * cell else 0.0
        part = 1.0 if char in OPENING else 0.0 if char in SQUEEZABLE_AFTER else 0.5
        return Glyph(char, font, cell, slack * part)

    def glyphs(self, text: str, style: Style, field: str) -> list[Glyph]:
        """Return the glyphs of a text; raise Unprintable for a character that no font has."""
        return [self.glyph(char, style, field) for char in text]

    def width(self, text: str, style: Style, field: str) -> float:
        """Return the natural width of a text on one line, pt."""
        return sum(glyph.width for glyph in self.glyphs(text, style, field))

    def single(self, text: str, style: Style, field: str, tracking: float = 0.0) -> Line:
        """Set a text on one line, whatever its width, with `tracking` pt added between its characters."""
        key = (text, style, tracking)
        found = self._lines.get(key)
        if found is None:
            found = self._keep(key, [self._single(text, style, field, tracking)])
        return found[0]

    def _keep(self, key: Any, lines: list[Line]) -> list[Line]:
        """Remember set lines: the papers of a batch share most of theirs."""
        if len(self._lines) >= MOST_KEPT:
            self._lines.clear()
        self._lines[key] = lines
        return lines

    def _single(self, text: str, style: Style, field: str, tracking: float) -> Line:
        placed, x = [], 0.0
        for glyph in self.glyphs(text, style, field):
            placed.append(Placed(glyph.char, glyph.font, x + glyph.shift))
            x += glyph.width + tracking
        return Line(placed, 0.0, x - tracking if placed else 0.0, text)

    def lines(
        self,
        spans: Sequence[Span],
        width: float,
        field: str,
        first: float = 0.0,
        rest: float = 0.0,
        justify: bool = True,
        most: float = math.inf,
    ) -> list[Line]:
        """Break a paragraph into lines of `width` pt, the first indented by `first` pt and the others by `rest`.

        A justified line that would need more than `most` pt between its characters stays ragged.
        """
        key = (tuple(spans), width, first, rest, justify, most)
        found = self._lines.get(key)
        if found is None:
            found = self._keep(key, self._broken(spans, width, field, first, rest, most if justify else 0.0))
        return list(found)

    def _broken(
        self, spans: Sequence[Span], width: float, field: str, first: float, rest: float, most: float
    ) -> list[Line]:
        tokens = list(self._tokens(spans, field, width - max(first, rest)))
        lines: list[Line] = []
        position = 0
        while position < len(tokens):
            indent = rest if lines else first
            room = width - indent
            end = _break(tokens, position, room)
            taken = _trimmed(tokens[position:end])
            lines.append(_set_line(taken, indent, room, most if end < len(tokens) else 0.0))
            position = end
            # A space at a break belongs to no line.
            while position < len(tokens) and tokens[position].glyphs[0].char == " ":
                position += 1
        return lines

    def _tokens(self, spans: Sequence[Span], field: str, room: float) -> Iterator[Token]:
        for span in spans:
            most = min(WIDEST_TOKEN * span.style.size, room)
            for text in TOKEN.findall(span.text):
                token = self._words.get((span.style, text)) or self._word(text, span.style, field)
                if token.width > most:
                    yield from (_token([glyph]) for glyph in token.glyphs)
                else:
                    yield token

    def _word(self, text: str, style: Style, field: str) -> Token:
        token = _token(self.glyphs(text, style, field))
        # Single characters come again and again, long words hardly ever.
        if len(text) == 1:
            self._words[style, text] = token
        return token


def _token(glyphs: list[Glyph]) -> Token:
    first, last = glyphs[0].char, glyphs[-1].char
    return Token(glyphs, sum(glyph.width for glyph in glyphs), first in CLOSING, last in OPENING)


def _break(tokens: list[Token], start: int, room: float) -> int:
    """Return where the line that begins at token `start` ends: after squeezed punctuation, or before the last token."""
    width, end = 0.0, start
    while end < len(tokens) and width + tokens[end].width <= room + 0.01:
        width += tokens[end].width
        end += 1
    if end == len(tokens):
        return end
    pushed_in = _push_in(tokens, start, end, width, room)
    pushed_out = _push_out(tokens, start, end)
    if pushed_in == end and pushed_out == end:
        return end
    hole = room - sum(token.width for token in tokens[start:pushed_out])
    if pushed_in and (pushed_out < end or hole > tokens[start].glyphs[0].width):
        return pushed_in
    return pushed_out


def _allowed(tokens: list[Token], position: int) -> bool:
    """Tell whether a line may end before token `position`."""
    return position >= len(tokens) or not (tokens[position].no_start or tokens[position - 1].no_end)


def _push_in(tokens: list[Token], start: int, end: int, width: float, room: float) -> int:
    """Return the end reached when punctuation is squeezed to take a little more in, or 0 when that is impossible."""
    for position in range(end + 1, min(end + 3, len(tokens)) + 1):
        width += tokens[position - 1].width
        line = tokens[start:position]
        if width - room > _squeezable(line) + 0.01:
            return 0
        if _allowed(tokens, position):
            return position
    return 0


def _push_out(tokens: list[Token], start: int, end: int) -> int:
    """Return the last allowed break at or before `end`; a line always takes at least one token."""
    for position in range(end, start, -1):
        if _allowed(tokens, position):
            return position
    return max(end, start + 1)


def _squeezable(line: Sequence[Token]) -> float:
    return sum(before + after for before, after in _squeezes([glyph for token in line for glyph in token.glyphs]))


def _squeezes(glyphs: Sequence[Glyph]) -> list[tuple[float, float]]:
    """Return what each mark can give up before and after it, pt; of two that meet only the first gives."""
    found, given = [], False
    for glyph in glyphs:
        half = glyph.width * MOST_SQUEEZE
        before = half if glyph.char in SQUEEZABLE_BEFORE and not given else 0.0
        given = glyph.char in SQUEEZABLE_AFTER
        found.append((before, half if given else 0.0))
    if found:
        # The outer marks keep their cells, so that no box stands over the 版心's edges.
        found[0] = (0.0, found[0][1])
        found[-1] = (found[-1][0], 0.0)
    return found


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Drop the spaces at a line's end, which would push its edge in."""
    end = len(tokens)
    while end > 1 and tokens[end - 1].glyphs[0].char == " ":
        end -= 1
    return tokens[:end]


def _set_line(tokens: list[Token], indent: float, room: float, most: float) -> Line:
    glyphs = [glyph for token in tokens for glyph in token.glyphs]
    natural = sum(glyph.width for glyph in glyphs)
    excess = natural - room
    squeezes, squeeze = [(0.0, 0.0)] * len(glyphs), 0.0
    if excess > 0.01:
        squeezes = _squeezes(glyphs)
        available = sum(before + after for before, after in squeezes)
        squeeze = min(excess / available, 1.0) if available else 0.0
    stretch = _stretches(tokens, room - natural, most) if excess < -0.01 else [0.0] * len(glyphs)
    placed, x = [], indent
    for glyph, (before, after), extra in zip(glyphs, squeezes, stretch, strict=True):
        x -= before * squeeze
        placed.append(Placed(glyph.char, glyph.font, x + glyph.shift))
        x += glyph.width - after * squeeze + extra
    return Line(placed, indent, x - indent, "".join(glyph.char for glyph in glyphs))


def _stretches(tokens: Sequence[Token], hole: float, most: float) -> list[float]:
    """Return the space to add after each glyph so that the line fills its width; words and numbers stay tight.

    None is added where it would be more than `most` pt.
    """
    gaps: list[bool] = []
    for token in tokens:
        gaps += [False] * (len(token.glyphs) - 1) + [True]
    gaps[-1] = False
    if hole > most * sum(gaps) or not any(gaps):
        return [0.0] * len(gaps)
    each = hole / sum(gaps)
    return [each if gap else 0.0 for gap in gaps]
