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
        out = io.BytesIO()
        book.save(out, deterministic_id=True)
    return out.getvalue()
