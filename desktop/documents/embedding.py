"""Fonts inside a PDF: which characters were used, and the subset font objects that carry them."""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument

from desktop.documents.fonts import Font
from desktop.documents.pdf import Raw, Stream, number, pack

SYMBOLIC = 4
DROPPED_TABLES = {
    int.from_bytes(tag.encode("ascii"), "big")
    for tag in ("GSUB", "GPOS", "GDEF", "name", "post", "vhea", "vmtx", "OS/2", "BASE", "gasp", "cmap")
}


@dataclass(eq=False)
class UsedFont:
    """A font and what was drawn with it; each character gets its own code, so that text extracts right."""

    font: Font
    name: str
    codes: dict[str, str] = field(default_factory=dict)
    glyphs: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    built: "_Subset | None" = None

    def code(self, char: str) -> str:
        """Return the four hex digits that draw a character."""
        found = self.codes.get(char)
        if found is None:
            found = self.codes[char] = self._new(self.font.glyph(char), char)
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

    def use(self, font: Font) -> UsedFont:
        """Return the record of a font's used characters."""
        found = self._used.get(font)
        if found is None:
            found = self._used[font] = UsedFont(font, f"F{len(self._used) + 1}")
        return found

    def embed(self, document: PDFDocument, names: Iterable[str]) -> PDFDictionary:
        """Write the named fonts into a file; return its font dictionary."""
        by_name = {used.name: used for used in self._used.values()}
        return PDFDictionary({name: by_name[name].subset().write(document) for name in sorted(names)})


@dataclass(frozen=True)
class _Subset:
    """The finished parts of one subset font, packed once and written into any number of files."""

    count: int
    name: str
    program: bytes
    length: int
    mapping: bytes
    unicode: bytes
    widths: str
    descriptor: dict[str, Any]

    def write(self, document: PDFDocument) -> Any:
        """Write the font's six objects; return the reference to the font itself."""
        reference = document.Reference
        # Codes alone do not tell 甲 from 乙: the file's identity must know the characters.
        document.updateSignature(self.unicode)
        file = reference(Stream(self.program, {"Length1": self.length}))
        system = {"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}
        descendant = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": f"/{self.name}",
            "CIDSystemInfo": PDFDictionary(system),
            "FontDescriptor": reference(PDFDictionary({**self.descriptor, "FontFile2": file})),
            "DW": 1000,
            "W": Raw(f"[1[{self.widths}]]"),
            "CIDToGIDMap": reference(Stream(self.mapping)),
        }
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{self.name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": PDFArray([reference(PDFDictionary(descendant))]),
            "ToUnicode": reference(Stream(self.unicode)),
        }
        return reference(PDFDictionary(font))


def _build(used: UsedFont) -> _Subset:
    font = used.font
    program, new_numbers = _cut(font, used.glyphs)
    scale = 1000 / font.face.upem
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
    name = f"{tag}+{font.name}"
    return _Subset(
        count=len(used.glyphs),
        name=name,
        program=pack(program),
        length=len(program),
        mapping=pack(b"\0\0" + b"".join(new_numbers[glyph].to_bytes(2, "big") for glyph in used.glyphs)),
        unicode=pack(_unicode_map(used.texts)),
        widths=" ".join(number(font.glyph_advance(glyph) * scale) for glyph in used.glyphs),
        descriptor=_descriptor(font, name),
    )


def _descriptor(font: Font, name: str) -> dict[str, Any]:
    """Return the entries of a font descriptor; the font file is added when it is written."""
    box = struct.unpack(">4h", bytes(font.face.reference_table("head").data)[36:44])
    ascent, descent = font.vertical
    return {
        "Type": "/FontDescriptor",
        "FontName": f"/{name}",
        "Flags": SYMBOLIC,
        "FontBBox": PDFArray([round(value * 1000 / font.face.upem) for value in box]),
        "ItalicAngle": 0,
        "Ascent": ascent,
        "Descent": descent,
        "CapHeight": ascent,
        "StemV": 80,
    }


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
