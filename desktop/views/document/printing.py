"""Printing a PDF at its true size on any printer Qt knows."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.errors import DesktopError
from desktop.views.document.raster import POINTS_PER_INCH, Raster

LEAST_DOTS_PER_INCH = 300
MOST_DOTS_PER_INCH = 600


def print_pdf(pdf: bytes, printer: QPrinter) -> int:
    """Print every wanted page so that a millimetre of the file is a millimetre of paper; return how many pages.

    Copies that the printer cannot make by itself are sent page by page; on both sides each copy begins on a new sheet.
    """
    printer.setFullPage(True)
    with Raster(pdf) as paper:
        wanted = _wanted_pages(printer, paper.page_count())
        set_page(printer, paper.page_size(wanted[0]))
        painter = QPainter()
        if not painter.begin(printer):
            name = printer.printerName()
            raise DesktopError("打印机没有接受任务。请检查打印机是否开机、连接和缺纸，再打印一次。", name)
        try:
            size = paper.page_size(wanted[0])
            for position, index in enumerate(sides(wanted, *_by_hand(printer))):
                size = size if index is None else paper.page_size(index)
                if position:
                    set_page(printer, size)
                    printer.newPage()
                if index is not None:
                    _paint_page(painter, printer, paper, index)
        finally:
            painter.end()
    return len(wanted)


def sides(pages: Sequence[int], copies: int, collated: bool, both_sides: bool) -> list[int | None]:
    """Return the pages in the order of printing; None is a bare side, so that each copy has its own sheets."""
    if not collated:
        turned: list[int | None] = []
        for start in range(0, len(pages), 2 if both_sides else 1):
            sheet = list(pages[start : start + (2 if both_sides else 1)])
            bare = [None] if both_sides and len(sheet) == 1 and copies > 1 else []
            turned += [*sheet, *bare] * copies
        return _without_last_bare(turned)
    bare = [None] if both_sides and len(pages) % 2 and copies > 1 else []
    return _without_last_bare([*pages, *bare] * copies)


def _without_last_bare(order: list[int | None]) -> list[int | None]:
    return order[:-1] if order and order[-1] is None else order


def _by_hand(printer: QPrinter) -> tuple[int, bool, bool]:
    """Return copies, collation and both sides as this program must see to them itself."""
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    return copies, printer.collateCopies(), is_on_both_sides(printer)


def is_on_both_sides(printer: QPrinter) -> bool:
    """Tell whether both sides of each sheet are printed."""
    return printer.duplex() != QPrinter.DuplexMode.DuplexNone


def set_page(printer: QPrinter, size_pt: QSizeF) -> None:
    """Give the printer this page's size (pt) and direction, with no margin of its own."""
    upright = QSizeF(min(size_pt.width(), size_pt.height()), max(size_pt.width(), size_pt.height()))
    page = QPageSize(upright, QPageSize.Unit.Point, matchPolicy=QPageSize.SizeMatchPolicy.FuzzyMatch)
    wide = size_pt.width() > size_pt.height()
    direction = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    layout = QPageLayout(page, direction, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)


def _wanted_pages(printer: QPrinter, count: int) -> list[int]:
    first, last = printer.fromPage(), printer.toPage()
    if first <= 0:
        return list(range(count))
    return list(range(min(first, count) - 1, min(max(last, first), count)))


def _paint_page(painter: QPainter, printer: QPrinter, paper: Raster, index: int) -> None:
    dots = printer.resolution()
    size = paper.page_size(index)
    target = QRectF(0, 0, size.width() * dots / POINTS_PER_INCH, size.height() * dots / POINTS_PER_INCH)
    image = paper.draw(index, min(max(dots, LEAST_DOTS_PER_INCH), MOST_DOTS_PER_INCH))
    painter.drawImage(target, image)
