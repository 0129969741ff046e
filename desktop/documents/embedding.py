"""Fonts inside a PDF: which characters were used, and the subset font objects that carry them."""

import hashlib
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFDocument

from desktop.documents.fonts import Font
from desktop.documents.pdf import Ready, number, pack, place, stream

SYMBOLIC = 4
DROPPED_TABLES = {
    int.from_bytes(tag.encode("ascii"), "big")
    for tag in ("GSUB", "GPOS", "GDEF", "name", "post", "vhea", "vmtx", "OS/2", "BASE", "gasp", "cmap")
}


FONT = attrgetter("font")
MOST_KEPT = 4096
"""Lines whose operators a store remembers."""


class Placed(NamedTuple):
    """A character, its font, and its origin in pt right of the line's start."""

    char: str
    font: Font
    x: float


class Run(NamedTuple):
    """Text operators of characters in one font, before and after the place on the page; `x` is its start in pt."""

    font: str
    x: float
    before: str
    after: str


@dataclass(eq=False)
class UsedFont:
    """A font and what was drawn with it; each character gets its own code, so that text extracts right."""

    font: Font
    name: str
    codes: dict[str, str] = field(default_factory=dict)
    widths: dict[str, float] = field(default_factory=dict)
    glyphs: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    built: "_Subset | None" = None

    def code(self, char: str) -> str:
        """Return the four hex digits that draw a character."""
        found = self.codes.get(char)
        if found is None:
            found = self.codes[char] = self._new(self.font.glyph(char), char)
            self.widths[char] = self.font.advance(char) * 1000
        return found

    def glyph_code(self, glyph: int) -> str:
        """Return the code of a shaped glyph, whose text stands in an ActualText around it."""
        key = f"glyph {glyph}"
        if key not in self.codes:
            self.codes[key] = self._new(glyph, "")
        return self.codes[key]

    def _new(self, glyph: int, text: str) -> str:
        self.glyphs.append(glyph)
        self.texts.append(text)
        return f"{len(self.glyphs):04X}"

    def subset(self) -> "_Subset":
        """Return the finished subset, built again only when characters were added since."""
        if self.built is None or self.built.count != len(self.glyphs):
            self.built = _build(self)
        return self.built


class FontStore:
    """The fonts of one PDF, or of a batch of PDFs that share their subsets."""

    def __init__(self) -> None:
        self._used: dict[Font, UsedFont] = {}
        self._runs: dict[tuple[int, float, float], tuple[Sequence[Placed], list[Run]]] = {}

    def use(self, font: Font) -> UsedFont:
        """Return the record of a font's used characters."""
        found = self._used.get(font)
        if found is None:
            found = self._used[font] = UsedFont(font, f"F{len(self._used) + 1}")
        return found

    def runs(self, placed: Sequence[Placed], size: float, squeeze: float) -> list[Run]:
        """Return the operators that draw a line of characters at a size in pt; the same line is worked out once."""
        key = (id(placed), size, squeeze)
        found = self._runs.get(key)
        if found is None:
            if len(self._runs) >= MOST_KEPT:
                self._runs.clear()
            # The line is kept with its operators, so that no other takes its identity.
            found = self._runs[key] = (placed, list(self._draw(placed, size, squeeze)))
        return found[1]

    def _draw(self, placed: Sequence[Placed], size: float, squeeze: float) -> Iterator[Run]:
        unit = size * squeeze / 1000
        for font, group in groupby(placed, key=FONT):
            used = self.use(font)
            codes, widths = used.codes, used.widths
            pieces: list[str] = []
            first = reached = 0.0
            for char, _, x in group:
                code = codes.get(char) or used.code(char)
                gap = (reached - x) / unit
                if pieces and (gap > 0.05 or gap < -0.05):
                    pieces.append(f">{gap:.1f}<")
                elif not pieces:
                    first = x
                pieces.append(code)
                reached = x + widths[char] * unit
            before = f"/{used.name} {number(size)} Tf {number(squeeze)} 0 0 1 "
            yield Run(used.name, first, before, f" Tm[<{''.join(pieces)}>]TJ ")

    def embed(self, document: PDFDocument, names: Iterable[str]) -> str:
        """Write the named fonts into a file; return its font dictionary."""
        by_name = {used.name: used for used in self._used.values()}
        return "<<" + "".join(f"/{name} {by_name[name].subset().write(document)}" for name in sorted(names)) + ">>"


@dataclass(frozen=True)
class _Subset:
    """The finished parts of one subset font, packed once and written into any number of files."""

    count: int
    name: str
    program: bytes
    mapping: bytes
    unicode: bytes
    widths: str
    descriptor: str

    def write(self, document: PDFDocument) -> str:
        """Write the font's six objects; return the reference to the font itself."""
        # Codes alone do not tell 甲 from 乙: the file's identity must know the characters.
        document.updateSignature(self.unicode)
        file = place(document, Ready(self.program))
        descriptor = place(document, Ready(f"<<{self.descriptor}/FontFile2 {file}>>".encode("ascii")))
        mapping = place(document, Ready(self.mapping))
        descendant = (
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{self.name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor}/DW 1000/W[1[{self.widths}]]/CIDToGIDMap {mapping}>>"
        )
        inner = place(document, Ready(descendant.encode("ascii")))
        unicode = place(document, Ready(self.unicode))
        font = (
            f"<</Type/Font/Subtype/Type0/BaseFont/{self.name}/Encoding/Identity-H"
            f"/DescendantFonts[{inner}]/ToUnicode {unicode}>>"
        )
        return place(document, Ready(font.encode("ascii")))


def _build(used: UsedFont) -> _Subset:
    font = used.font
    program, new_numbers = _cut(font, used.glyphs)
    scale = 1000 / font.face.upem
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
    name = f"{tag}+{font.name}"
    return _Subset(
        count=len(used.glyphs),
        name=name,
        program=stream(pack(program), f"/Length1 {len(program)}"),
        mapping=stream(pack(b"\0\0" + b"".join(new_numbers[glyph].to_bytes(2, "big") for glyph in used.glyphs))),
        unicode=stream(pack(_unicode_map(used.texts))),
        widths=" ".join(number(font.glyph_advance(glyph) * scale) for glyph in used.glyphs),
        descriptor=_descriptor(font, name),
    )


def _descriptor(font: Font, name: str) -> str:
    """Return the entries of a font descriptor; the font file is added when it is written."""
    box = struct.unpack(">4h", bytes(font.face.reference_table("head").data)[36:44])
    ascent, descent = font.vertical
    corners = " ".join(str(round(value * 1000 / font.face.upem)) for value in box)
    return (
        f"/Type/FontDescriptor/FontName/{name}/Flags {SYMBOLIC}/FontBBox[{corners}]/ItalicAngle 0"
        f"/Ascent {ascent}/Descent {descent}/CapHeight {ascent}/StemV 80"
    )


def _cut(font: Font, glyphs: Sequence[int]) -> tuple[bytes, dict[int, int]]:
    """Return the subset font file and its old-to-new glyph numbers."""
    request = hb.SubsetInput()
    request.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    request.drop_table_tag_set.update(DROPPED_TABLES)
    request.glyph_set.update(glyphs)
    plan = hb.SubsetPlan(font.preprocessed, request)
    numbers = dict(plan.old_to_new_glyph_mapping)
    return bytes(plan.execute().blob.data), numbers


def _unicode_map(texts: Sequence[str]) -> bytes:
    """Return a ToUnicode CMap; characters outside the basic plane are written as UTF-16 surrogates."""
    entries = [
        f"<{code:04X}><{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts, start=1) if text
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n{body}\nendcmap\n"
        "CMapName currentdict/CMap defineresource pop end end\n"
    ).encode()
