"""牌匾: the face of a plaque at its true size, on a page of that size."""

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
    face.centred(title, "title", 0.30 if name else 0.38, 0.15, RED, Role.TITLE)
    if name and name != title:
        face.centred(name, "name", 0.60, 0.075, BLACK, Role.TITLE)
    if unit:
        face.centred(unit, "unit_name", 0.715, 0.05, BLACK, Role.KAI)
    face.centred(issuer, "issuer", 0.83, 0.055, BLACK, Role.TITLE)
    if day:
        face.centred(plaque_date(day), "date", 0.905, 0.045, BLACK, Role.KAI)
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

    def centred(
        self, text: str, field: str, middle: float, most: float, colour: tuple[float, float, float], role: Role
    ) -> None:
        """Set a text centred at a part of the height, as large as `most` of the height and the width allow."""
        lines = break_title(text, max(8.0, 0.78 * self.width / (most * self.height)))
        widest = max(map(width_of, lines))
        em = min(most * self.height, 0.8 * self.width / widest)
        style = Style(role, round(em * MM, 1), colour)
        top = middle * self.height - (len(lines) * 1.35 - 0.35) * style.em / 2
        for index, part in enumerate(lines):
            line = self.setter.single(part, style, field)
            left = (self.width - line.width / MM) / 2
            with self.page.tagged(self.page.book.root.child("P")):
                self.page.glyphs(left, top + index * 1.35 * style.em, line.placed, style)


KIND = Kind(id="plaque", name="牌匾", fields=FIELDS, book=book)
