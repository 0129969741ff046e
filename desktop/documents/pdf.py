"""The bridge to reportlab: a canvas without a default font, and streams and texts as PDF/A wants them."""

import zlib
from io import BytesIO

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject
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


class Ready(PDFObject):  # type: ignore[misc]
    """An object whose bytes are ready; one that must be referred to before it is written gets its body later."""

    def __init__(self, body: bytes = b"") -> None:
        self.body = body

    def format(self, _document: PDFDocument) -> bytes:
        """Return the bytes."""
        return self.body


def place(document: PDFDocument, thing: PDFObject) -> str:
    """Give an object its number in a file and return the reference to it."""
    name = document.Reference(thing).name
    return f"{document.idToObjectNumberAndVersion[name][0]} 0 R"


def replace(document: PDFDocument, thing: PDFObject, body: str) -> None:
    """Write ready bytes in the place of an object that reportlab made; PDF syntax is ASCII."""
    document.idToObject[document.Reference(thing).name] = Ready(body.encode("ascii"))


def stream(packed: bytes, entries: str = "", plain: bool = False) -> bytes:
    """Return dictionary and data of a stream packed beforehand; PDF/A asks for a line end before endstream."""
    filtered = "" if plain else "/Filter/FlateDecode"
    head = f"<<{entries}{filtered}/Length {len(packed)}>>"
    return b"%b\nstream\n%b\nendstream" % (head.encode("ascii"), packed)


HEADER = b"%%PDF-%d.%d\n%%\x93\x8c\x8b\x9e\n" % VERSION


def file_bytes(document: PDFDocument) -> bytes:
    """Return the file of reportlab's objects in the order of their numbers; most of them have their bytes ready."""
    document.info.digest(document.signature)
    catalogue, info = place(document, document.Catalog), place(document, document.info)
    pieces, offsets, at = [HEADER], [b"0000000000 65535 f \n"], len(HEADER)
    # Formatting may give numbers to further objects.
    while (name := document.numberToId.get(len(offsets))) is not None:
        piece = b"%d 0 obj\n%b\nendobj\n" % (len(offsets), document.idToObject[name].format(document))
        offsets.append(b"%010d 00000 n \n" % at)
        pieces.append(piece)
        at += len(piece)
    size = len(offsets)
    trailer = f"/Root {catalogue}/Info {info}/Size {size}/ID".encode("ascii")
    pieces += [b"xref\n0 %d\n" % size, *offsets]
    pieces.append(b"trailer\n<<%b%b>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, document.ID(), at))
    return b"".join(pieces)


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
