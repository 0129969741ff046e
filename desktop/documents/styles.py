"""The measures of GB/T 9704-2012 as numbers: page, grid, type sizes, rules and colours."""

from dataclasses import dataclass
from enum import StrEnum

MM = 72 / 25.4
"""Points in a millimetre."""

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, LEFT = 37.0, 28.0
WIDTH, HEIGHT = 156.0, 225.0
RIGHT, BOTTOM = LEFT + WIDTH, TOP + HEIGHT
LINES, CELLS = 22, 28

CELL = WIDTH / CELLS
"""Width of one character cell, mm (clause 5.2.3)."""
PITCH = 29.55 / MM
"""Distance of two lines, mm: a character and 7/8 of a character (clause 3) make 29.61 pt.

A hair less keeps the tails of Latin letters and brackets on line 22 inside the 版心.
"""
TIGHT_PITCH = (HEIGHT - CELL) / LINES
"""Pitch of a page of 23 lines, mm: what clause 7.3.5.5 allows to keep a seal with its text."""
LEAST_PITCH = 1.3 * CELL
"""The closest that lines are set, mm, where a body of few lines must share its page with the seals."""

BODY, TITLE, IMPRINT, FOLIO = 16.0, 22.0, 14.0, 14.0
"""Type sizes in pt: 3号, 2号, 4号, 4号."""
TITLE_PITCH = (TITLE + BODY * 7 / 8) / MM
ASCENT = 0.88
"""Part of the em above the baseline."""

HEAVY_RULE, THIN_RULE, RED_RULE = 0.35, 0.25, 0.5
"""Rule weights in mm: 版记 first and last, 版记 middle, 版头 ([P] 0.35 to 0.5)."""

BLACK = (0.0, 0.0, 0.0)
RED = (0.86, 0.0, 0.0)


class Role(StrEnum):
    """The classes of typeface that the standard names."""

    FANGSONG = "仿宋"
    HEI = "黑体"
    KAI = "楷体"
    SONG = "宋体"
    TITLE = "小标宋"
    MONGOLIAN = "蒙文"


@dataclass(frozen=True)
class Style:
    """A typeface class at a size in pt, in a colour (RGB, each 0 to 1)."""

    role: Role = Role.FANGSONG
    size: float = BODY
    colour: tuple[float, float, float] = BLACK

    @property
    def em(self) -> float:
        """Height and width of one full character, mm."""
        return self.size / MM


TEXT = Style()
LEVELS = {1: Style(Role.HEI), 2: Style(Role.KAI), 3: TEXT, 4: TEXT}
"""The faces of the four levels of headings (clause 7.3.3)."""
HEADLINE = Style(Role.TITLE, TITLE)
LABEL = Style(Role.HEI)
SIGNER = Style(Role.KAI)
IMPRINT_TEXT = Style(Role.FANGSONG, IMPRINT)
FOLIO_TEXT = Style(Role.SONG, FOLIO)
SMALL = Style(Role.FANGSONG, 10.5)


def line_top(number: int, pitch: float = PITCH) -> float:
    """Return the em-box top in mm of line `number` (1 to 22) of the grid."""
    return TOP + (number - 1) * pitch
