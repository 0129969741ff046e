"""Printing a PDF at its true size on any printer Qt knows."""

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.errors import DesktopError
from desktop.views.document.raster import POINTS_PER_INCH, Raster

LEAST_DOTS_PER_INCH = 300
MOST_DOTS_PER_INCH = 600


def print_pdf(pdf: bytes, printer: QPrinter) -> int:
    """Print every wanted page so that a millimetre of the file is a millimetre of paper; return how many pages."""
    printer.setFullPage(True)
    with Raster(pdf) as paper:
        wanted = _wanted_pages(printer, paper.page_count())
        set_page(printer, paper.page_size(wanted[0]))
        painter = QPainter()
        if not painter.begin(printer):
            name = printer.printerName()
            raise DesktopError("打印机没有接受任务。请检查打印机是否开机、连接和缺纸，再打印一次。", name)
        try:
            for position, index in enumerate(wanted):
                if position:
                    set_page(printer, paper.page_size(index))
                    printer.newPage()
                _paint_page(painter, printer, paper, index)
        finally:
            painter.end()
    return len(wanted)


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
