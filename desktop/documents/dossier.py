"""Binding a dossier: a contents page, then parts with bookmarks: listed records, papers and attachments."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from PIL import Image, UnidentifiedImageError

from desktop.documents.elements import Flow
from desktop.documents.embedding import FontStore
from desktop.documents.kind import Setting
from desktop.documents.merging import unstructured
from desktop.documents.page import Book
from desktop.documents.styles import LABEL, LEFT, MM, RIGHT, SMALL
from desktop.documents.tables import CELL_HEAD, CELL_TEXT, Align, Cell, Row, Table

STAMP_TOP = 12.0
"""Where the number of a page in the dossier stands, in mm from the page's upper edge."""
LONGEST_SIDE = 2000
"""Pixels to which a picture is reduced: enough for print on A4."""


@dataclass(frozen=True)
class Listing:
    """Records set as one table: heads, rows of text, the heads' widths in parts of the line."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Piece:
    """One bookmark of a part: its title and pages, or why it could not be bound."""

    title: str
    pdf: bytes = b""
    problem: str = ""


@dataclass(frozen=True)
class Part:
    """One part of the dossier."""

    title: str
    pieces: tuple[Piece, ...]


def listing_pdf(part: str, listings: Sequence[Listing]) -> bytes:
    """Set the records of one part, a table for each listing."""
    setting = Setting(store=FontStore())
    setter, book = setting.setter(), Book(part, setting.store)
    flow = Flow(book, setter)
    flow.title(part)
    for listing in listings:
        flow.space(4)
        flow.text(listing.title, "title", LABEL, indent=0)
        whole = sum(listing.parts)
        widths = [flow.width * share / whole for share in listing.parts]
        head = Row([Cell(text, CELL_HEAD) for text in listing.heads], 8)
        body = [Row([Cell(text, CELL_TEXT) for text in row], 8, breakable=True) for row in listing.rows]
        flow.table(Table(widths, [head, *body], head=1))
    return book.finish()


def attachment_pdf(content: bytes, media_type: str) -> Piece:
    """Return an attachment as pages: a PDF as it is, a picture on a page of its own size; else a problem in words."""
    try:
        if content.startswith(b"%PDF"):
            with pikepdf.Pdf.open(io.BytesIO(content)) as found:
                if not len(found.pages):
                    return Piece("", problem="PDF里没有页")
            return Piece("", content)
        with Image.open(io.BytesIO(content)) as picture:
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            out = io.BytesIO()
            picture.convert("RGB").save(out, "PDF", resolution=200)
        return Piece("", out.getvalue())
    except pikepdf.PasswordError:
        return Piece("", problem="PDF有密码，没有并入")
    except (pikepdf.PdfError, UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return Piece("", problem=f"不是PDF或图片（{media_type}），没有并入")


def bound(title: str, parts: Sequence[Part]) -> bytes:
    """Return the dossier as one PDF: contents first, a bookmark for every part and piece."""
    counts = [[_pages(piece.pdf) for piece in part.pieces] for part in parts]
    front = _pages(_contents(title, parts, counts, 0))
    with pikepdf.Pdf.open(io.BytesIO(_contents(title, parts, counts, front))) as book:
        with book.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("目录", 0))
            for part in parts:
                chapter = pikepdf.OutlineItem(part.title, len(book.pages))
                before = len(book.pages)
                for piece in part.pieces:
                    _append(book, chapter, piece)
                if len(book.pages) > before:
                    outline.root.append(chapter)
        unstructured(book)
        _stamp(book)
        out = io.BytesIO()
        book.save(out, deterministic_id=True)
    return out.getvalue()


def _stamp(book: pikepdf.Pdf) -> None:
    """Print on every page, at its outer upper corner, the number by which the contents name it."""
    setting = Setting(store=FontStore())
    setter, numbers = setting.setter(), Book("页号", setting.store)
    for number in range(1, len(book.pages) + 1):
        line = setter.single(f"第{number}页", SMALL, "页号")
        page = numbers.new_page()
        page.glyphs(RIGHT - line.width / MM if number % 2 else LEFT, STAMP_TOP, line.placed, SMALL)
    with pikepdf.Pdf.open(io.BytesIO(numbers.finish())) as found:
        for under, over in zip(book.pages, found.pages, strict=True):
            under.add_overlay(over, None)


def _append(book: pikepdf.Pdf, chapter: pikepdf.OutlineItem, piece: Piece) -> None:
    if piece.pdf:
        chapter.children.append(pikepdf.OutlineItem(piece.title, len(book.pages)))
        with pikepdf.Pdf.open(io.BytesIO(piece.pdf)) as part:
            book.pages.extend(part.pages)


def _pages(pdf: bytes) -> int:
    if not pdf:
        return 0
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as found:
        return len(found.pages)


def _contents(title: str, parts: Sequence[Part], counts: Sequence[Sequence[int]], front: int) -> bytes:
    """Set the contents with the page on which each piece begins, counted from the first page of the file."""
    setting = Setting(store=FontStore())
    setter, book = setting.setter(), Book(title, setting.store)
    flow = Flow(book, setter)
    flow.title(title)
    flow.space(4)
    rows, at = [Row([Cell("内容", CELL_HEAD), Cell("页", CELL_HEAD)], 8)], front + 1
    for part, pages in zip(parts, counts, strict=True):
        first = Cell(str(at) if sum(pages) else "（无）", CELL_TEXT)
        rows.append(Row([Cell(part.title, CELL_HEAD, Align.START), first], 8))
        for piece, count in zip(part.pieces, pages, strict=True):
            # What stands under the part's own name is not listed again beneath it.
            if not part.title.endswith(piece.title):
                line = Cell(f"　　{piece.title}", CELL_TEXT, Align.START)
                rows.append(Row([line, Cell(piece.problem or str(at), CELL_TEXT)], 8, breakable=True))
            at += count
    flow.table(Table([flow.width * 0.72, flow.width * 0.28], rows, head=1))
    return book.finish()
