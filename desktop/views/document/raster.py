"""A PDF's pages as images at any resolution, and their true sizes."""

from types import TracebackType
from typing import Any, Self

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72.0
MM_PER_INCH = 25.4


class Raster:
    """An open PDF whose pages can be drawn; sizes are in pt, resolutions in dots per inch."""

    def __init__(self, pdf: bytes) -> None:
        # pypdfium2 loads a large library: only when a page is first looked at.
        import pypdfium2

        self._document: Any = pypdfium2.PdfDocument(pdf)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the document."""
        self._document.close()

    def page_count(self) -> int:
        """Return how many pages the paper has."""
        return len(self._document)

    def page_size(self, index: int) -> QSizeF:
        """Return a page's width and height in pt."""
        width, height = self._document.get_page_size(index)
        return QSizeF(width, height)

    def page_size_mm(self, index: int) -> QSizeF:
        """Return a page's width and height in mm."""
        return self.page_size(index) * (MM_PER_INCH / POINTS_PER_INCH)

    def draw(self, index: int, dots_per_inch: float) -> QImage:
        """Return one page drawn at the resolution, white where the paper is bare."""
        page = self._document[index]
        bitmap = page.render(scale=dots_per_inch / POINTS_PER_INCH, prefer_bgrx=True)
        # BGRx bytes are what a little-endian machine reads as 32-bit RGB; the copy outlives pdfium's buffer.
        image = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
        ).copy()
        bitmap.close()
        page.close()
        return image
