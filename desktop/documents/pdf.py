"""The PDF file format's outer shell: numbered objects, streams, strings, cross-reference table."""

import hashlib
import zlib

HEADER = b"%PDF-1.7\n%\xe5\x85\xac\xe6\x96\x87\n"
COMPRESSION = 6


class PdfFile:
    """A PDF under construction: objects are added in any order and numbered as they come."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        """Take an object number whose body is set later."""
        return self.add(b"")

    def add(self, body: bytes) -> int:
        """Add an object and return its number."""
        self._objects.append(body)
        return len(self._objects)

    def set(self, number: int, body: bytes) -> None:
        """Give a reserved object its body."""
        self._objects[number - 1] = body

    def finish(self, root: int, info: int) -> bytes:
        """Return the file; the same objects always give the same bytes."""
        parts, offsets, position = [HEADER], [], len(HEADER)
        for number, body in enumerate(self._objects, start=1):
            part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            offsets.append(position)
            position += len(part)
            parts.append(part)
        content = b"".join(parts)
        rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        count = len(offsets) + 1
        identity = hashlib.md5(content, usedforsecurity=False).hexdigest().upper().encode()
        table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, rows)
        keys = b"/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (count, root, info, identity, identity)
        return b"%b%btrailer\n<<%b>>\nstartxref\n%d\n%%%%EOF\n" % (content, table, keys, position)


def stream(entries: str, data: bytes, compress: bool = True) -> bytes:
    """Return a stream object's body; `entries` are further dictionary entries."""
    if compress:
        data = zlib.compress(data, COMPRESSION)
        entries += "/Filter/FlateDecode"
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries.encode(), len(data), data)


def text_string(text: str) -> str:
    """Return a text as a PDF string (UTF-16 with its mark)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def number(value: float) -> str:
    """Return a number in PDF syntax, to a ten-thousandth."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
