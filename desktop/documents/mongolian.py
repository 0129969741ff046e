"""Traditional Mongolian beside the mark: shaped words running down, columns from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass

import uharfbuzz as hb

from desktop.documents.fonts import Font, FontBook
from desktop.documents.page import Page
from desktop.documents.pdf import number
from desktop.documents.styles import MM, Role
from desktop.errors import Unprintable

COLUMN = 1.15
"""Distance of two columns as a multiple of the type size."""
SMALLEST, LARGEST = 9.0, 20.0
LONGEST = 26.0
"""Longest column beside a mark, mm."""
FIELD = "mongolian_mark"


@dataclass(frozen=True)
class Column:
    """Shaped glyphs of one column: (glyph, advance in em) in order, their text, and their lowest ink in em."""

    text: str
    glyphs: tuple[tuple[int, float], ...]
    lowest: float = 0.0

    @property
    def length(self) -> float:
        """Length downwards in em."""
        return sum(advance for _, advance in self.glyphs)


@dataclass(frozen=True)
class MongolianMark:
    """A Mongolian mark set into columns of one size (pt)."""

    columns: tuple[Column, ...]
    size: float
    font: Font

    @property
    def height(self) -> float:
        """Length of the longest column, mm."""
        return max(column.length for column in self.columns) * self.size / MM

    @property
    def width(self) -> float:
        """Width of all columns, mm."""
        return len(self.columns) * COLUMN * self.size / MM

    @property
    def baseline(self) -> float:
        """Place of a column's baseline, from its left edge, in em: the em box, descender left, is in its middle."""
        ascent, descent = self.font.vertical
        return COLUMN / 2 - (ascent + descent) / 2000

    @property
    def overhang(self) -> float:
        """How far the first column's ink would stand out at the left, mm."""
        return max(-(self.baseline + self.columns[0].lowest), 0.0) * self.size / MM

    def draw(self, page: Page, left: float, top: float) -> None:
        """Draw the columns with the block's top-left corner at (left, top) mm; no ink stands left of it."""
        for index, column in enumerate(self.columns):
            x = (left + self.overhang + index * COLUMN * self.size / MM) * MM
            self._draw_column(page, column, x, (page.height - top) * MM)

    def _draw_column(self, page: Page, column: Column, x: float, y: float) -> None:
        used = page.book.store.use(self.font)
        # Turned clockwise the baseline runs down.
        baseline = x + self.size * self.baseline
        codes = "".join(used.glyph_code(glyph) for glyph, _ in column.glyphs)
        matrix = f"0 -1 1 0 {number(baseline)} {number(y)} Tm"
        page.shaped(
            f"q BT /{used.name} {number(self.size)} Tf 0.86 0 0 rg {matrix} <{codes}> Tj ET Q", column.text, self.font
        )


def set_mongolian(text: str, fonts: FontBook, height: float, width: float) -> MongolianMark:
    """Set a mark into columns at most `height` mm long and `width` mm wide in all; Unprintable where it cannot be."""
    font = fonts.chain(Role.MONGOLIAN)[0]
    for char in text:
        if not char.isspace() and char >= "\u1820":
            fonts.pick(Role.MONGOLIAN, char, FIELD)
    words = [shape(word, font) for word in text.split()]
    size = LARGEST
    while size >= SMALLEST:
        columns = _columns(words, shape(" ", font), height * MM / size)
        if columns and len(columns) * COLUMN * size / MM <= width:
            return MongolianMark(tuple(columns), size, font)
        size -= 0.5
    raise Unprintable("蒙古文标志太长，在发文机关标志旁边放不下，请缩短。", FIELD)


def shape(text: str, font: Font) -> Column:
    """Return a word's joined glyphs."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Mong", "mn"
    hb.shape(font.shaper, buffer)
    upem = font.face.upem
    pairs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    boxes = (font.shaper.get_glyph_extents(info.codepoint) for info, _ in pairs)
    lowest = min((box.y_bearing + box.height for box in boxes if box.height), default=0) / upem
    return Column(text, tuple((info.codepoint, place.x_advance / upem) for info, place in pairs), lowest)


def _columns(words: Sequence[Column], space: Column, longest: float) -> list[Column]:
    """Fill columns of `longest` em word by word; empty where a word is longer."""
    columns: list[Column] = []
    for word in words:
        if word.length > longest:
            return []
        last = columns[-1] if columns else None
        if last and last.length + space.length + word.length <= longest:
            glyphs = last.glyphs + space.glyphs + word.glyphs
            columns[-1] = Column(f"{last.text} {word.text}", glyphs, min(last.lowest, word.lowest))
        else:
            columns.append(word)
    return columns
