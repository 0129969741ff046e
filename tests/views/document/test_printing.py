import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageLayout
from PySide6.QtPrintSupport import QPrinter
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.views.document.printable import cautions, cut_off, ink_of, margins_of, missing_sheet
from desktop.views.document.printing import print_pdf, sides
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


def set_margins(printer, *mm_sides):
    layout = printer.pageLayout()
    layout.setUnits(QPageLayout.Unit.Millimeter)
    layout.setMinimumMargins(QMarginsF(*mm_sides))
    printer.setPageLayout(layout)


@pytest.mark.parametrize("dots", [150, 300, 600])
def test_true_size_at_every_resolution(printer, tmp_path, dots):
    printer.setResolution(dots)
    print_pdf(pdf_with_square(((A4, 5), (A4, 180))), printer)
    with Raster((tmp_path / "out.pdf").read_bytes()) as printed:
        for page, offset in ((0, 5), (1, 180)):
            box = black_box_mm(printed.draw(page, 200), 200)
            assert box == pytest.approx([offset, offset, offset + 20, offset + 20], abs=0.3)


def test_copies_that_the_printer_does_not_make_are_sent(printer, tmp_path):
    assert not printer.supportsMultipleCopies()
    printer.setCopyCount(3)
    assert print_pdf(pdf_with_square(((A4, 10), (A4, 100))), printer) == 2
    with Raster((tmp_path / "out.pdf").read_bytes()) as printed:
        lefts = [black_box_mm(printed.draw(page, 60), 60)[0] for page in range(printed.page_count())]
    assert lefts == pytest.approx([10, 100] * 3, abs=0.6)


@pytest.mark.parametrize(
    ("pages", "copies", "collated", "both", "order"),
    [
        ([0, 1, 2], 1, True, True, [0, 1, 2]),
        ([0, 1, 2], 2, True, True, [0, 1, 2, None, 0, 1, 2]),
        ([0, 1, 2], 2, True, False, [0, 1, 2, 0, 1, 2]),
        ([0, 1], 2, True, True, [0, 1, 0, 1]),
        ([0, 1], 2, False, False, [0, 0, 1, 1]),
        ([0, 1, 2], 2, False, True, [0, 1, 0, 1, 2, None, 2]),
        ([4], 3, True, True, [4, None, 4, None, 4]),
    ],
)
def test_the_order_of_sides(pages, copies, collated, both, order):
    assert sides(pages, copies, collated, both) == order


@given(st.integers(1, 9), st.integers(1, 5), st.booleans(), st.booleans())
def test_every_copy_is_whole_and_begins_on_a_sheet_of_its_own(count, copies, collated, both):
    order = sides(range(count), copies, collated, both)
    assert sorted(page for page in order if page is not None) == sorted(list(range(count)) * copies)
    if not both:
        assert None not in order
        return
    sheets = [order[start : start + 2] for start in range(0, len(order), 2)]
    for sheet in sheets:
        first = sheet[0]
        assert first is not None
        assert first % 2 == 0, "a sheet begins with an odd page of the paper"
        if len(sheet) == 2 and sheet[1] is not None:
            assert sheet[1] == first + 1


def test_margins_that_cut_nothing_are_not_spoken_of(printer):
    set_margins(printer, 4, 4, 4, 4)
    assert margins_of(printer).left() == pytest.approx(4, abs=0.2)
    assert cautions(pdf_with_square(), printer) == []


def test_ink_in_a_margin_is_told_with_page_side_and_millimetres(printer):
    set_margins(printer, 6.4, 4, 4, 12.7)
    (words,) = cautions(pdf_with_square(((A4, 50), (A4, 3))), printer)
    assert words.startswith("第2页")
    assert re.search(r"左边有6\.[345]毫米打印不到，内容离纸边只有(2\.[5-9]|3\.[0-5])毫米", words)
    assert re.search(r"上边有(3\.9|4\.[01])毫米打印不到", words)
    assert "下边" not in words


def test_the_box_of_ink_is_measured(qapp):
    with Raster(pdf_with_square(((A4, 50),))) as paper:
        box = ink_of(paper, 0)
    assert [box.left(), box.top(), box.right(), box.bottom()] == pytest.approx([50, 50, 70, 70], abs=0.5)


def test_a_bare_page_loses_nothing():
    assert cut_off(None, QSizeF(210, 297), QMarginsF(9, 9, 9, 9)) == ""
    assert cut_off(QRectF(28, 37, 156, 225), QSizeF(210, 297), QMarginsF(9, 9, 9, 9)) == ""


def test_a_printer_without_the_sheet_is_told():
    a4, a3, letter = QSizeF(210, 297), QSizeF(297, 420), QSizeF(215.9, 279.4)
    assert missing_sheet([], a4) == ""
    assert missing_sheet([letter, a4], QSizeF(209.97, 297.04)) == ""
    assert missing_sheet([QSizeF(297, 210)], a4) == ""
    assert "210×297" in missing_sheet([letter, a3], a4)


def wait_for_paper(papers, qtbot):
    qtbot.waitUntil(lambda: papers.page_desk.page_count() > 0 and not papers.preview.is_busy(), timeout=20_000)


def test_the_window_says_what_would_be_cut_off_and_prints_all_the_same_if_told_to(papers, qtbot, printer, tmp_path):
    wait_for_paper(papers, qtbot)
    set_margins(printer, 60, 4, 4, 4)
    printer.setCopyCount(2)
    papers.outlet.ask_printer = lambda _window: printer
    with qtbot.waitSignal(papers.outlet.cautioned, timeout=20_000):
        papers.print_button.click()
    assert "左边有60" in papers.strip.text()
    assert not (tmp_path / "out.pdf").exists()
    with qtbot.waitSignal(papers.outlet.done, timeout=20_000):
        papers.strip._button.click()
    with Raster((tmp_path / "out.pdf").read_bytes()) as printed:
        assert printed.page_count() == 2 * papers.page_desk.page_count()
    assert "2份" in papers.strip.text()


def test_a_printer_that_loses_nothing_prints_at_once(papers, qtbot, printer, tmp_path):
    wait_for_paper(papers, qtbot)
    set_margins(printer, 4.2, 4.2, 4.2, 4.2)
    papers.outlet.ask_printer = lambda _window: printer
    with qtbot.waitSignal(papers.outlet.done, timeout=20_000):
        papers.print_button.click()
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
