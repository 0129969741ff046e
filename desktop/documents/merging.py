"""Several finished PDFs as one."""

import io
from collections.abc import Sequence

import pikepdf


def merged(files: Sequence[bytes]) -> bytes:
    """Return one PDF of all pages in order; the files' own page numbers stay as they are printed."""
    with pikepdf.Pdf.open(io.BytesIO(files[0])) as book:
        for content in files[1:]:
            with pikepdf.Pdf.open(io.BytesIO(content)) as part:
                book.pages.extend(part.pages)
        if len(files) > 1:
            unstructured(book)
        out = io.BytesIO()
        book.save(out, deterministic_id=True)
    return out.getvalue()


def unstructured(book: pikepdf.Pdf) -> None:
    """Drop the structure of a file joined of several: the first one's tree would claim the marks of every page."""
    for name in ("/StructTreeRoot", "/MarkInfo"):
        if name in book.Root:
            del book.Root[name]
    for page in book.pages:
        for name in ("/StructParents", "/Tabs"):
            if name in page:
                del page[name]
