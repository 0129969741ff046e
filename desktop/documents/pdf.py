"""The bridge to reportlab: a canvas without a default font, and streams and texts as PDF/A wants them."""

import zlib
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFObject, PDFStream
from reportlab.pdfbase.pdfdoc import format as pdf_bytes
from reportlab.pdfgen.canvas import Canvas

COMPRESSION = 6
VERSION = (1, 7)
LANGUAGE = "zh-CN"


class DeskCanvas(Canvas):  # type: ignore[misc]
    """A reportlab canvas that brings no font of its own into the file (PDF/A embeds every font)."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(BytesIO(), (width, height), invariant=1, pdfVersion=VERSION, lang=LANGUAGE)

    def _make_preamble(self) -> None:
        self._preamble = ""

    @property
    def document(self) -> PDFDocument:
        """The file under construction."""
        return self._doc

    def operators(self, code: str) -> None:
        """Draw with operators that the canvas has no method for: glyph positioning, marked content."""
        self._code.append(code)


class Stream(PDFStream):  # type: ignore[misc]
    """A stream whose data is packed beforehand, so that several files can share the work."""

    def __init__(self, packed: bytes, entries: dict[str, Any] | None = None, plain: bool = False) -> None:
        given = dict(entries or {}) if plain else {**(entries or {}), "Filter": "/FlateDecode"}
        super().__init__(PDFDictionary(given), packed, [])

    def format(self, document: PDFDocument) -> bytes:
        """Return dictionary and data; PDF/A asks for a line end before endstream."""
        entries = PDFDictionary({**self.dictionary.dict, "Length": len(self.content)})
        return b"%b\nstream\n%b\nendstream" % (pdf_bytes(entries, document), self.content)


class Raw(PDFObject):  # type: ignore[misc]
    """An object whose bytes are ready."""

    def __init__(self, body: str) -> None:
        self.body = body

    def format(self, _document: PDFDocument) -> bytes:
        """Return the bytes."""
        return self.body.encode("ascii")


def pack(data: bytes) -> bytes:
    """Return data compressed as streams carry it."""
    return zlib.compress(data, COMPRESSION)


def text_string(text: str) -> str:
    """Return a text as a PDF string (UTF-16 with its mark)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def number(value: float) -> str:
    """Return a number in PDF syntax, to a ten-thousandth."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
