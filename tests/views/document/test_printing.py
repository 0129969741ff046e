import io

import pytest
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.views.document.printing import print_pdf
from desktop.views.document.raster import Raster

A4 = (210 * mm, 297 * mm)


def pdf_with_square(pages=((A4, 50), (A4, 50))):
    """Pages with one black square of 20 mm, its corner `offset` mm from the left and the top edge."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for size, offset in pages:
        canvas.setPageSize(size)
        canvas.rect(offset * mm, size[1] - (offset + 20) * mm, 20 * mm, 20 * mm, fill=1, stroke=0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def black_box_mm(image, dots):
    """Left, top, right and bottom of the black in mm."""
    black = QColor("black").rgb()
    xs = [x for x in range(image.width()) if any(image.pixel(x, y) == black for y in range(0, image.height(), 5))]
    ys = [y for y in range(image.height()) if any(image.pixel(x, y) == black for x in range(0, image.width(), 5))]
    return [value * 25.4 / dots for value in (xs[0], ys[0], xs[-1] + 1, ys[-1] + 1)]


@pytest.fixture
def printer(qapp, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(300)
    return printer


def test_a_page_is_drawn_at_its_size_and_place(qapp):
    with Raster(pdf_with_square()) as paper:
        assert paper.page_count() == 2
        assert paper.page_size_mm(0).width() == pytest.approx(210, abs=0.05)
        image = paper.draw(0, 100)
    assert (image.width(), image.height()) == (827, 1170)
    assert black_box_mm(image, 100) == pytest.approx([50, 50, 70, 70], abs=0.4)


def test_print_keeps_true_size_to_a_third_of_a_millimetre(printer, tmp_path):
    assert print_pdf(pdf_with_square(), printer) == 2
    with Raster((tmp_path / "out.pdf").read_bytes()) as printed:
        assert printed.page_count() == 2
        assert printed.page_size_mm(0).height() == pytest.approx(297, abs=0.4)
        assert black_box_mm(printed.draw(1, 150), 150) == pytest.approx([50, 50, 70, 70], abs=0.35)


def test_a_wide_page_is_printed_wide(printer, tmp_path):
    wide = (A4[1], A4[0])
    print_pdf(pdf_with_square(((A4, 30), (wide, 40))), printer)
    with Raster((tmp_path / "out.pdf").read_bytes()) as printed:
        assert printed.page_size_mm(0).width() == pytest.approx(210, abs=0.4)
        assert printed.page_size_mm(1).width() == pytest.approx(297, abs=0.4)
        assert black_box_mm(printed.draw(1, 100), 100) == pytest.approx([40, 40, 60, 60], abs=0.4)


def test_only_the_wanted_pages_are_printed(printer, tmp_path):
    printer.setFromTo(2, 2)
    assert print_pdf(pdf_with_square(((A4, 10), (A4, 100))), printer) == 1
    with Raster((tmp_path / "out.pdf").read_bytes()) as printed:
        assert printed.page_count() == 1
        assert black_box_mm(printed.draw(0, 100), 100)[0] == pytest.approx(100, abs=0.4)
