"""A QR code in a form: words that a telephone reads off the paper, beside lines that tell what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reportlab.graphics.barcode.qr import QrCodeWidget

from desktop.documents.elements import Flow
from desktop.documents.fields import Fields
from desktop.documents.forms.blocks import SMALL_TEXT
from desktop.documents.kind import Schema
from desktop.documents.page import Picture
from desktop.documents.pdf import pack

DOTS: Final = 8
"""Dots of the image to a module: it stays sharp at any printer's resolution."""
QUIET_ZONE: Final = 4
"""Modules left white on each side (ISO/IEC 18004)."""


@lru_cache(maxsize=8)
def code_picture(text: str) -> Picture:
    """Return the QR code of a text, error correction M."""
    made = QrCodeWidget(text, barLevel="M").qr
    made.make()
    count = made.getModuleCount()
    side = (count + 2 * QUIET_ZONE) * DOTS
    blank = b"\xff" * (3 * side)
    lines = [blank] * (QUIET_ZONE * DOTS)
    for row in range(count):
        dark = b"".join((b"\x00" if made.isDark(row, place) else b"\xff") * (3 * DOTS) for place in range(count))
        margin = b"\xff" * (3 * QUIET_ZONE * DOTS)
        lines += [margin + dark + margin] * DOTS
    lines += [blank] * (QUIET_ZONE * DOTS)
    return Picture(side, side, pack(b"".join(lines)))


@dataclass(frozen=True)
class QuickCode:
    """The lines of the field `name` as a QR code of `side` mm in the middle, with `words` under it."""

    name: str
    title: str
    words: tuple[str, ...] = ()
    side: float = 52.0

    def properties(self) -> dict[str, Schema]:
        """Return the schema of the lines."""
        return {self.name: {"type": "array", "title": self.title, "items": {"type": "string"}}}

    def required(self) -> Sequence[str]:
        """Return the lines."""
        return (self.name,)

    def draw(self, flow: Flow, fields: Fields) -> None:
        """Set the code whole on one page."""
        picture = code_picture("\n".join(fields.texts(self.name, required=True)))
        flow.space(3)
        flow.need(self.side)
        left = flow.left + (flow.width - self.side) / 2
        with flow.canvas() as page:
            page.picture(left, flow.y, self.side, self.side, picture)
        flow.space(self.side + 2)
        for line in self.words:
            flow.text(line, self.name, SMALL_TEXT)
        flow.space(3)
