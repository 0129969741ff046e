"""Rows and columns: their order, margins, spacing, and who takes the room that is left."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QWidget

from desktop.views.arranging import ROOM, Wide, beside, stacked

WAYS = {"stacked": (stacked, "y", "height"), "beside": (beside, "x", "width")}


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def way(request):
    return request.param


def labels(qtbot, count):
    made = [QLabel() for _ in range(count)]
    for one in made:
        one.setFixedSize(10, 10)
        qtbot.addWidget(one)
    return made


def test_parts_stand_in_their_order_within_margins_and_spacing(qtbot, way):
    arrange, along, _extent = way
    page, (first, second) = QWidget(), labels(qtbot, 2)
    qtbot.addWidget(page)
    arrange(first, second, ROOM, on=page, margins=(3, 3, 5, 7), spacing=4).setGeometry(QRect(0, 0, 100, 100))
    assert first.parent() is second.parent() is page
    assert [getattr(one, along)() for one in (first, second)] == [3, 3 + 10 + 4]


def test_one_number_is_every_margin_and_none_is_the_styles(qtbot, way):
    arrange, *_ = way
    assert set(arrange(margins=6).getContentsMargins()) == {6}
    assert set(arrange(margins=0, spacing=0).getContentsMargins()) == {0}
    page, other = QWidget(), QWidget()
    for one in (page, other):
        qtbot.addWidget(one)
    plain = arrange(on=page)
    assert plain.getContentsMargins() == type(plain)(other).getContentsMargins()
    assert plain.spacing() == other.layout().spacing()


def test_the_room_left_goes_to_the_wide_parts_by_their_shares(qtbot, way):
    arrange, _along, extent = way
    page, parts = QWidget(), [QWidget() for _ in range(3)]
    for one in (page, *parts):
        qtbot.addWidget(one)
    layout = arrange(parts[0], Wide(parts[1]), Wide(parts[2], 3), on=page, margins=0, spacing=0)
    layout.setGeometry(QRect(0, 0, 400, 400))
    assert [getattr(one, extent)() for one in parts] == [0, 100, 300]


def test_a_row_stands_in_a_column_and_may_be_wide(qtbot):
    page, (name, button, below) = QWidget(), labels(qtbot, 3)
    qtbot.addWidget(page)
    stacked(beside(name, ROOM, button, spacing=0), Wide(beside(below)), on=page, margins=0, spacing=0)
    page.layout().setGeometry(QRect(0, 0, 200, 100))
    assert (name.x(), button.x()) == (0, 190)
    assert name.y() == button.y() < below.y()
