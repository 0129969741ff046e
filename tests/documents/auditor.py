"""A second pair of eyes: what a finished PDF shows, by pdfplumber and off its pixels, not by our own checks."""

import io
import re
from collections import Counter
from dataclasses import dataclass

import pdfplumber
import pypdfium2
from PIL import ImageChops

MM = 72 / 25.4
CELL, PITCH = 156 / 28, 156 / 28 * 15 / 8
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
DOTS = 300 / 25.4
"""Dots in a millimetre of the raster that ink is measured on."""
NEVER_FIRST = set("、。，．；：？！）」』】〕〗》〉”’｝］%％‰℃,.;:?!)]}")
NEVER_LAST = set("（「『【〔〖《〈“‘｛［([{")
FACES = {
    "FandolFang": "仿宋", "DeskSans": "黑体", "DeskKai": "楷体", "DeskSong": "宋体", "DeskBiaoSong": "小标宋",
    "DeskRare": "罕用字",
}  # fmt: skip
FOLIO = re.compile(r"—(\d+)—")
LEVELS = (("[一二三四五六七八九十百]+、", "黑体"), ("（[一二三四五六七八九十百]+）", "楷体"))


@dataclass(frozen=True)
class Char:
    """A character: box across and baseline in mm from the page's top-left, size in pt, class of face, red or not."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    face: str
    red: bool


class Line:
    """The characters on one baseline."""

    def __init__(self, chars):
        self.chars = sorted(chars, key=lambda char: char.x0)
        self.seen = [char for char in self.chars if char.text.strip()]
        self.text = "".join(char.text for char in self.seen)
        self.size = Counter(round(char.size, 1) for char in self.seen).most_common(1)[0][0]
        self.base = self.chars[0].base
        self.top = self.base - 0.88 * self.size / MM
        self.foot = self.top + self.size / MM
        self.x0, self.x1 = self.seen[0].x0, max(char.x1 for char in self.seen)
        self.middle = (self.x0 + self.x1) / 2
        self.red = self.seen[0].red
        self.face = Counter(char.face for char in self.seen).most_common(1)[0][0]

    def __repr__(self):
        return f"<{self.text[:12]} {self.x0:.1f}-{self.x1:.1f} y{self.top:.1f} {self.size}pt>"


@dataclass(frozen=True)
class Stroke:
    """A straight line: ends and weight in mm, red or not."""

    x0: float
    x1: float
    y: float
    weight: float
    red: bool


class Sheet:
    """One page: its lines of text, its rules, and the ink of its raster by colour."""

    def __init__(self, page, bitmap):
        self.number = page.page_number
        self.width, self.height = float(page.width) / MM, float(page.height) / MM
        chars = [_char(char, self.height) for char in page.chars if char["upright"]]
        self.turned = [char for char in page.chars if not char["upright"]]
        self.lines = _lines(chars)
        self.strokes = sorted((_stroke(line) for line in page.lines), key=lambda stroke: stroke.y)
        self.boxes = [tuple(float(box[key]) / MM for key in ("x0", "top", "x1", "bottom")) for box in page.rects]
        red, green, _ = bitmap.split()
        self._dark = red.point(lambda value: 255 if value < 140 else 0)
        excess = ImageChops.subtract(red, green)
        self._red = ImageChops.multiply(
            excess.point(lambda v: 255 if v > 60 else 0), red.point(lambda v: 255 * (v > 119))
        )

    @property
    def folio(self):
        """The line of the page number, or None."""
        found = [line for line in self.lines if FOLIO.fullmatch(line.text) and line.base > 265]
        return found[-1] if found else None

    @property
    def body(self):
        """Every line but the page number."""
        return [line for line in self.lines if line is not self.folio]

    @property
    def blank(self):
        """Whether nothing but a page number could stand here."""
        return not self.body and not self.turned

    def ink(self, x0=0.0, y0=0.0, x1=210.0, y1=297.0, red=False):
        """Return the box of dark (or red) ink inside an area, mm, or None."""
        mask = self._red if red else self._dark
        corner = max(0, int(x0 * DOTS)), max(0, int(y0 * DOTS))
        box = mask.crop((*corner, int(x1 * DOTS) + 1, int(y1 * DOTS) + 1)).getbbox()
        if box is None:
            return None
        return tuple((edge + corner[index % 2]) / DOTS for index, edge in enumerate(box))

    def seals(self, low):
        """Return the boxes of separate red shapes wider than 15 mm below `low` mm, by rows from the left."""
        area = self._red.crop((0, int(low * DOTS), self._red.width, int(264 * DOTS))).reduce(6)
        work, found = area.point(lambda value: 255 if value > 8 else 0), []
        while box := work.getbbox():
            first = work.crop((0, box[1], work.width, box[1] + 1)).getbbox()
            before = work.copy()
            _fill(work, first[0], box[1])
            edges = [edge * 6 / DOTS for edge in ImageChops.difference(before, work).getbbox()]
            if edges[2] - edges[0] > 15:
                found.append(self.ink(edges[0], edges[1] + low, edges[2], edges[3] + low, red=True))
        whole = [seal for seal in found if not any(_inside(seal, other) for other in found if other is not seal)]
        return sorted(whole, key=lambda seal: (round(seal[1] / 10), seal[0]))


def _fill(image, x, y):
    """Wipe out the shape that holds a dot, joined at edges or corners."""
    pixels, queue = image.load(), [(x, y)]
    pixels[x, y] = 0
    while queue:
        x, y = queue.pop()
        for near in ((x + across, y + down) for across in (-1, 0, 1) for down in (-1, 0, 1)):
            if 0 <= near[0] < image.width and 0 <= near[1] < image.height and pixels[near]:
                pixels[near] = 0
                queue.append(near)


def _inside(inner, outer):
    return all(inner[edge] >= outer[edge] - 0.5 for edge in (0, 1)) and all(
        inner[edge] <= outer[edge] + 0.5 for edge in (2, 3)
    )


def _char(char, height):
    colour = char["non_stroking_color"] or (0,)
    face = char["fontname"].partition("+")[2]
    return Char(
        char["text"],
        char["x0"] / MM,
        char["x1"] / MM,
        height - char["matrix"][5] / MM,
        char["size"],
        next((name for start, name in FACES.items() if face.startswith(start)), face),
        len(colour) == 3 and colour[0] > 0.5 and colour[1] < 0.3,
    )


def _lines(chars):
    rows = []
    for char in sorted(chars, key=lambda char: char.base):
        if rows and abs(rows[-1][-1].base - char.base) < 0.35:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [Line(row) for row in rows if any(char.text.strip() for char in row)]


def _stroke(line):
    colour = line["stroking_color"] or (0,)
    red = len(colour) == 3 and colour[0] > 0.5
    return Stroke(line["x0"] / MM, line["x1"] / MM, float(line["top"]) / MM, line["linewidth"] / MM, red)


def sheets(data):
    """Return every page of a PDF as the auditor sees it."""
    with pdfplumber.open(io.BytesIO(data)) as book, pypdfium2.PdfDocument(data) as raster:
        bitmaps = (page.render(scale=DOTS / MM).to_pil().convert("RGB") for page in raster)
        return [Sheet(page, bitmap) for page, bitmap in zip(book.pages, bitmaps, strict=True)]


def width(text):
    """Return a text's width in cells."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def squeezed(text):
    """Return a text without its blanks."""
    return "".join(text.split())


def title(pages):
    """Return the lines of the title on the first page."""
    return [line for line in pages[0].lines if abs(line.size - 22) < 0.6 and not line.red]


def running(pages):
    """Return page and line of everything in body size under the title, up to the first 附件."""
    under, found = title(pages)[-1].top + 1, []
    for page in pages:
        if page.number > 1 and page.body and re.fullmatch(r"附件\d*", page.body[0].text):
            break
        lines = [line for line in page.body if 15.4 < line.size < 16.6 and not line.red]
        found += [(page, line) for line in lines if page.number > 1 or line.top > under]
    return found


def paragraphs(pages, texts):
    """Find each paragraph's lines in the running text, in order; the text must be there whole."""
    lines, place, found = running(pages), 0, []
    first = squeezed(texts[0])
    while place < len(lines) and not first.startswith(lines[place][1].text):
        place += 1
    for text in map(squeezed, texts):
        said, own = "", []
        while place < len(lines) and len(said) < len(text):
            own.append(lines[place])
            said += own[-1][1].text
            place += 1
        assert said == text
        found.append(own)
    return found
