"""What a finished page really shows: its characters with places and faces, and its ink, measured from the PDF."""

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageChops

from desktop.documents.styles import MM
from desktop.errors import BadInput

DPI = 300
PIXEL = 25.4 / DPI
SAME_LINE = 1.2
"""Baselines nearer than this, mm, are one line."""
DARK, RED_EXCESS = 140, 80
FULL_ROW = 235
"""Mean of a row's ink (0 to 255) from which it counts as a rule across."""


@dataclass(frozen=True)
class Glyphs:
    """A character: advance box across and baseline in mm, size in pt, font name, whether it is red or turned."""

    char: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str
    red: bool
    turned: bool


@dataclass(frozen=True)
class MeasuredLine:
    """The characters on one baseline, from left to right."""

    chars: tuple[Glyphs, ...]

    @property
    def text(self) -> str:
        """The line's text."""
        return "".join(char.char for char in self.chars)

    @property
    def x0(self) -> float:
        """Left edge of the first character's box, mm."""
        return self.chars[0].x0

    @property
    def x1(self) -> float:
        """Right edge of the last character's box, mm."""
        return self.chars[-1].x1

    @property
    def centre(self) -> float:
        """Middle between the edges, mm."""
        return (self.x0 + self.x1) / 2

    @property
    def baseline(self) -> float:
        """The baseline below the page's top, mm."""
        return self.chars[0].baseline

    @property
    def size(self) -> float:
        """The commonest type size, pt."""
        sizes = [round(char.size, 1) for char in self.chars]
        return max(set(sizes), key=sizes.count)


@dataclass(frozen=True)
class Box:
    """A rectangle of ink, mm from the page's top-left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle, mm."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


class MeasuredPage:
    """One page of a finished PDF."""

    def __init__(self, page: pdfium.PdfPage, index: int) -> None:
        self.index = index
        self._page = page
        self.width, self.height = (side / MM for side in page.get_size())

    @cached_property
    def lines(self) -> list[MeasuredLine]:
        """The upright lines from top to bottom, blanks left out."""
        rows: list[list[Glyphs]] = []
        upright = (char for char in self.chars if not char.turned and not char.char.isspace())
        for char in sorted(upright, key=lambda one: one.baseline):
            if rows and abs(rows[-1][0].baseline - char.baseline) < SAME_LINE:
                rows[-1].append(char)
            else:
                rows.append([char])
        return [MeasuredLine(tuple(sorted(row, key=lambda one: one.x0))) for row in rows]

    @cached_property
    def chars(self) -> list[Glyphs]:
        """Every character, in the order of the file."""
        return list(self._read())

    def _read(self) -> Iterator[Glyphs]:
        text = self._page.get_textpage()
        left, bottom = ctypes.c_double(), ctypes.c_double()
        box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        count = raw.FPDFText_CountChars(text)
        for index in range(count):
            code = raw.FPDFText_GetUnicode(text, index)
            if raw.FPDFText_IsGenerated(text, index) == 1 or code < 32 or 0xDC00 <= code < 0xE000:
                continue
            raw.FPDFText_GetLooseCharBox(text, index, box)
            raw.FPDFText_GetCharOrigin(text, index, left, bottom)
            raw.FPDFText_GetMatrix(text, index, matrix)
            scale = (matrix.c**2 + matrix.d**2) ** 0.5
            yield Glyphs(
                chr(_joined(text, index, code, count)),
                box.left / MM,
                box.right / MM,
                self.height - bottom.value / MM,
                raw.FPDFText_GetFontSize(text, index) * scale,
                _font_name(text, index),
                _is_red(text, index),
                abs(matrix.b) > abs(matrix.a),
            )

    @cached_property
    def image(self) -> Image.Image:
        """The page as pixels, 300 to the inch."""
        picture: Image.Image = self._page.render(scale=DPI / 72).to_pil()
        return picture.convert("RGB")

    @cached_property
    def dark(self) -> Image.Image:
        """Black ink: white where every colour is dark."""
        red, green, blue = self.image.split()
        lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        return lightest.point([255 if value < DARK else 0 for value in range(256)])

    @cached_property
    def red(self) -> Image.Image:
        """Red ink: white where red stands clearly above green."""
        red, green, _ = self.image.split()
        return ImageChops.subtract(red, green).point([255 if value > RED_EXCESS else 0 for value in range(256)])

    def ink(self, mask: Image.Image, area: Box | None = None) -> Box | None:
        """Return the box of ink of a mask inside an area, or None."""
        area = area or Box(0, 0, self.width, self.height)
        corner = (round(area.x0 / PIXEL), round(area.y0 / PIXEL))
        found = mask.crop((*corner, round(area.x1 / PIXEL), round(area.y1 / PIXEL))).getbbox()
        if found is None:
            return None
        x0, y0, x1, y1 = found
        return Box(*((corner[i % 2] + value) * PIXEL for i, value in enumerate((x0, y0, x1, y1))))

    def rules(self, mask: Image.Image, x0: float, x1: float) -> list[Box]:
        """Return the horizontal rules that run from `x0` to `x1` mm at least, from top to bottom."""
        strip = mask.crop((round(x0 / PIXEL), 0, round(x1 / PIXEL), mask.height))
        means = strip.resize((1, mask.height), Image.Resampling.BOX).tobytes()
        rules, start = [], None
        for row, mean in enumerate((*means, 0)):
            if mean >= FULL_ROW and start is None:
                start = row
            elif mean < FULL_ROW and start is not None:
                across = self.ink(mask, Box(0, start * PIXEL, self.width, row * PIXEL))
                if across:
                    rules.append(across)
                start = None
        return rules


def _joined(text: pdfium.PdfTextPage, index: int, code: int, count: int) -> int:
    """Return a code point, joining a pair of surrogates."""
    if 0xD800 <= code < 0xDC00 and index + 1 < count:
        low = raw.FPDFText_GetUnicode(text, index + 1)
        return int(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))
    return int(code)


def _font_name(text: pdfium.PdfTextPage, index: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    return buffer.value.decode("utf-8", "replace").partition("+")[2] or buffer.value.decode("utf-8", "replace")


def _is_red(text: pdfium.PdfTextPage, index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    return red.value >= 180 and green.value <= 60 and blue.value <= 60


def open_pdf(data: bytes) -> list[MeasuredPage]:
    """Return a PDF's pages; BadInput where the file cannot be read."""
    try:
        document = pdfium.PdfDocument(io.BytesIO(data))
        return [MeasuredPage(document[index], index) for index in range(len(document))]
    except pdfium.PdfiumError as error:
        raise BadInput("这个PDF文件打不开，可能已损坏或有密码。", "file") from error
