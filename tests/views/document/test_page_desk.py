import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from reportlab.lib.units import mm

from desktop.views.document.page_desk import PageDesk
from tests.views.document.test_printing import A4, pdf_with_square


@pytest.fixture
def desk(qtbot):
    desk = PageDesk()
    qtbot.addWidget(desk, before_close_func=lambda shown: shown.clear())
    desk.resize(640, 700)
    desk.show()
    desk.set_pdf(pdf_with_square(((A4, 30), (A4, 30), ((297 * mm, 210 * mm), 30))))
    return desk


def test_fits_the_widest_page_into_the_view(desk):
    widest = 297 / 25.4 * 96 * desk.zoom()
    assert widest == pytest.approx(desk.viewport().width() - 32, abs=1)
    desk.resize(900, 700)
    assert 297 / 25.4 * 96 * desk.zoom() == pytest.approx(desk.viewport().width() - 32, abs=1)


def test_keys_turn_pages_and_zoom(desk, qtbot):
    desk.set_zoom(1.0)
    seen = []
    desk.page_changed.connect(lambda page, count: seen.append((page, count)))
    qtbot.keyClick(desk, Qt.Key.Key_PageDown)
    qtbot.keyClick(desk, Qt.Key.Key_PageDown)
    assert desk.current_page() == 2
    assert seen == [(1, 3), (2, 3)]
    qtbot.keyClick(desk, Qt.Key.Key_Home)
    assert desk.current_page() == 0
    qtbot.keyClick(desk, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert desk.zoom() == 0.9
    qtbot.keyClick(desk, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert desk.zoom() == 1.0
    qtbot.keyClick(desk, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert desk.zoom() != 1.0


def test_shows_the_square_of_the_page_in_black(desk):
    desk.set_zoom(1.0)
    image = desk.viewport().grab().toImage()
    left = (desk.viewport().width() - round(210 / 25.4 * 96)) // 2
    x = max(left, 16) + round(40 / 25.4 * 96)
    assert image.pixelColor(x, 16 + round(40 / 25.4 * 96)) == QColor("black")


def test_draws_only_what_is_in_sight(qtbot):
    desk = PageDesk()
    qtbot.addWidget(desk, before_close_func=lambda shown: shown.clear())
    desk.resize(500, 400)
    desk.show()
    desk.set_pdf(pdf_with_square(((A4, 30),) * 40))
    desk.grab()
    assert {page for page, _ in desk._images} <= {0, 1}
    desk.go_to_page(20)
    desk.grab()
    assert 20 in {page for page, _ in desk._images}
    assert len(desk._images) <= 8


def test_a_new_paper_keeps_zoom_and_clear_empties(desk):
    desk.set_zoom(1.5)
    desk.set_pdf(pdf_with_square())
    assert (desk.zoom(), desk.page_count()) == (1.5, 2)
    desk.fit_page()
    assert round(297 / 25.4 * 96 * desk.zoom()) <= desk.viewport().height()
    desk.clear()
    assert desk.page_count() == 0
    desk.grab()
