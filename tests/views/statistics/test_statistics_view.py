"""统计 by hand and key: a number opens its list and the way back, both are exported."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from desktop.views.statistics.statistics_view import StatisticsView
from tests.views.showing import shown


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, StatisticsView(desk)) as found:
        yield found


def test_every_breakdown_is_a_card_with_a_name(view):
    titles = [card.list.accessibleName() for card in view.cards]
    assert titles[0] == "工作室（按级别）"
    assert len(titles) == len(set(titles)) > 8


def test_enter_on_a_bar_opens_exactly_its_records_and_back(qtbot, view):
    card = view.cards[0]
    figure = card.breakdown.figures[0]
    card.list.setCurrentRow(0)
    card.list.setFocus()
    qtbot.keyClick(card.list, Qt.Key.Key_Return)
    assert view.table.model().rowCount() == figure.count
    assert f"（{figure.count}）" in view.title.text()
    with qtbot.waitSignal(view.desk.go) as gone:
        view.table.opened.emit(0)
    assert gone.args[:2] == ["registry", "workrooms"]
    qtbot.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert view.stack.currentIndex() == 0


@pytest.mark.parametrize("listed", [False, True])
def test_the_list_and_the_report_are_exported(qtbot, view, tmp_path, listed):
    if listed:
        view.show_list("level", view.cards[0].breakdown.figures[0].words)
    out = tmp_path / "统计.xlsx"
    view.export_to(out)
    qtbot.waitUntil(lambda: "已导出" in view.strip.text(), timeout=10_000)
    count = view.cards[0].breakdown.figures[0].count if listed else sum(len(c.breakdown.figures) for c in view.cards)
    assert load_workbook(out).active.max_row == count + 1
