"""牌匾: the face of a plaque at its true size, on a page of that size."""

from collections.abc import Sequence
from typing import NamedTuple

from desktop.documents.fields import Fields
from desktop.documents.kind import Data, Kind, Schema, Setting
from desktop.documents.numerals import plaque_date
from desktop.documents.page import Book, Page
from desktop.documents.styles import BLACK, MM, RED, Role, Style
from desktop.documents.text import Typesetter
from desktop.documents.titles import break_title, width_of
from desktop.errors import BadInput

USUAL = (600, 400)
"""mm; the plaque that such offices usually order. The size is a field: an office's own decides."""
SMALLEST, LARGEST = 150, 2000
FRAME, INSET = 1.2, 0.035
"""mm; and the frame's distance from the edge as a part of the height."""
LEADING = 1.25
SHRINKS = (1.0, 0.92, 0.85, 0.78, 0.7, 0.6, 0.5)
FIELDS: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "issuer"],
    "properties": {
        "title": {"type": "string", "title": "称号"},
        "name": {"type": "string", "title": "工作室名称"},
        "unit_name": {"type": "string", "title": "所在单位"},
        "issuer": {"type": "string", "title": "授牌机关"},
        "date": {"type": "string", "format": "date", "title": "授牌日期"},
        "width_mm": {"type": "integer", "title": "宽（毫米）", "default": USUAL[0], "minimum": SMALLEST},
        "height_mm": {"type": "integer", "title": "高（毫米）", "default": USUAL[1], "minimum": SMALLEST},
    },
}


def book(data: Data, setting: Setting) -> Book:
    """Return the face on one page of the plaque's size; BadInput names a wrong field."""
    fields, setter = Fields(data), setting.setter()
    title, name, unit = fields.text("title", longest=60), fields.text("name", ""), fields.text("unit_name", "")
    issuer, day = fields.text("issuer", longest=60), fields.day("date")
    size = (_side(fields, "width_mm", USUAL[0]), _side(fields, "height_mm", USUAL[1]))
    fields.done()
    made = Book(title, setting.store, size)
    face = _Face(made.new_page(), setter, *size)
    face.frame()
    shown = name if name != title else ""
    above = [
        _Text(title, "title", 0.14, RED, Role.TITLE, 0.0),
        _Text(shown, "name", 0.075, BLACK, Role.TITLE, 0.055),
        _Text(unit, "unit_name", 0.05, BLACK, Role.KAI, 0.035),
    ]
    below = [
        _Text(issuer, "issuer", 0.055, BLACK, Role.TITLE, 0.0),
        _Text(plaque_date(day) if day else "", "date", 0.045, BLACK, Role.KAI, 0.02),
    ]
    face.block([text for text in above if text.words], 0.10, 0.73)
    face.block([text for text in below if text.words], 0.76, 0.92)
    return made


def _side(fields: Fields, name: str, usual: int) -> float:
    side = fields.whole(name) if fields.has(name) else usual
    if not SMALLEST <= side <= LARGEST:
        raise BadInput(f"“{fields.path(name)}”应在{SMALLEST}到{LARGEST}毫米之间，现在是{side}。", fields.path(name))
    return float(side)


class _Face:
    """The plaque's page with its width and height in mm."""

    def __init__(self, page: Page, setter: Typesetter, width: float, height: float) -> None:
        self.page, self.setter, self.width, self.height = page, setter, width, height

    def frame(self) -> None:
        """Draw a heavy frame with a fine one inside it."""
        for inset, weight in ((INSET, FRAME), (INSET + 0.012, FRAME / 3)):
            edge = inset * self.height
            self.page.box(edge, edge, self.width - 2 * edge, self.height - 2 * edge, weight)

    def block(self, texts: Sequence["_Text"], top: float, bottom: float) -> None:
        """Set texts one under the other, centred between two parts of the height, smaller where they need more."""
        for shrink in SHRINKS:
            ready = [self._lines(text, shrink) for text in texts]
            high = sum(text.gap * self.height * (index > 0) for index, text in enumerate(texts))
            high += sum((len(lines) * LEADING - LEADING + 1) * style.em for lines, style in ready)
            if high <= (bottom - top) * self.height:
                break
        y = (top + bottom) / 2 * self.height - high / 2
        for index, (text, (lines, style)) in enumerate(zip(texts, ready, strict=True)):
            y += text.gap * self.height * (index > 0)
            for line in lines:
                self._line(line, text.field, style, y)
                y += LEADING * style.em
            y -= (LEADING - 1) * style.em

    def _lines(self, text: "_Text", shrink: float) -> tuple[Sequence[str], Style]:
        most = text.most * shrink * self.height
        lines = break_title(text.words, max(8.0, 0.82 * self.width / most))
        em = min(most, 0.84 * self.width / max(map(width_of, lines)))
        return lines, Style(text.role, round(em * MM, 1), text.colour)

    def _line(self, words: str, field: str, style: Style, top: float) -> None:
        line = self.setter.single(words, style, field)
        with self.page.tagged(self.page.book.root.child("P")):
            self.page.glyphs((self.width - line.width / MM) / 2, top, line.placed, style)


class _Text(NamedTuple):
    """A text of the face: its field, largest em and gap above as parts of the height, colour and typeface."""

    words: str
    field: str
    most: float
    colour: tuple[float, float, float]
    role: Role
    gap: float


KIND = Kind(id="plaque", name="牌匾", fields=FIELDS, book=book)
