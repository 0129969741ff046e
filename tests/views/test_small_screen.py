"""A 1366×768 screen with print set to 150 %: 910×512 px for the whole window, its frame included."""

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.services import records
from desktop.views import catalogue
from desktop.views.panes import fit_screen

ROOM = (910, 496)


@pytest.mark.parametrize("name", [tab.view for tab in catalogue.TABS])
def test_no_view_needs_more_than_a_small_screen_with_large_print(window, settled, name):
    window.resize(*ROOM)
    window.show_view(name)
    settled(window)
    least = window.minimumSizeHint()
    assert least.width() <= ROOM[0]
    assert least.height() <= ROOM[1]
    assert window.size().toTuple() == ROOM, "what asks for room for a moment makes the window larger for good"


def test_a_search_never_widens_a_small_window(window, settled):
    window.resize(*ROOM)
    window.show_view("registry")
    settled(window)
    tools = window.view("registry").tools
    tools.field.setText("z")
    for found, total in ((22_336, 150_000), (150_000, 150_000), (0, 150_000)):
        tools.show_count(found, total)
        settled(window)
        assert window.minimumSizeHint().width() <= ROOM[0]
        assert tools.count.text() == f"{found:,} 个"
        assert f"{total:,} 个" in tools.count.toolTip()
    assert window.size().toTuple() == ROOM
    window.resize(1366, 600)
    settled(window)
    assert tools.count.text() == "找到 0 个，共 150,000 个"
    assert window.minimumSizeHint().width() <= ROOM[0]


def test_a_list_with_every_kind_of_doubt_keeps_to_a_small_screen(window, settled, qtbot, tmp_path):
    window.resize(*ROOM)
    window.show_view("imports")
    settled(window)
    view = window.view("imports")
    room = window.operations.read(lambda session: records.list_records(session, "workrooms"))[0]
    book = Workbook()
    book.active.append(["工作室", "姓名", "学历", "性别", "加入日期"])
    leader = window.operations.read(lambda session: records.get_record(session, "people", room["leader_id"]))["name"]
    book.active.append([room["name"], leader, "博士", "男", "2020-02-30"])
    for number in range(6):
        book.active.append([room["name"], f"新人{number}", f"怪词{number}", "男", "2020-02-01"])
    book.save(tmp_path / "名册.xlsx")
    view.open_file(tmp_path / "名册.xlsx")
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.mapping)
    assert window.minimumSizeHint().height() <= ROOM[1]
    view.mapping.go_on.click()
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.review)
    settled(window)
    assert view.review.words.isVisible()
    assert view.review.fault_part.isVisible()
    view.review.meeting_part.show()
    settled(window)
    least = window.minimumSizeHint()
    assert (least.width() <= ROOM[0], least.height() <= ROOM[1]) == (True, True), least
    assert window.size().toTuple() == ROOM


def test_sharing_out_a_grant_keeps_to_a_small_screen(window, settled):
    window.resize(*ROOM)
    window.show_view("allocation")
    settled(window)
    view = window.view("allocation")
    for grant in view.list.model.rows():
        view.open_grant(grant["id"])
        for side in (view.spent, view.way):
            settled(window)
            least = window.minimumSizeHint()
            assert (least.width() <= ROOM[0], least.height() <= ROOM[1]) == (True, True), (side.text(), least)
            side.click()
    settled(window)
    assert window.size().toTuple() == ROOM, "a view that for a moment asks for more widens the window for good"


def test_every_application_keeps_to_a_small_screen(window, settled):
    window.resize(*ROOM)
    window.show_view("wizard")
    settled(window)
    view = window.view("wizard")
    for draft in view.chooser.drafts.rows():
        view.open_application(draft["id"])
        settled(window)
        assert window.minimumSizeHint().width() <= ROOM[0]
        form = view.page.form
        assert all(form.rect().right() >= row.mapTo(form, row.rect().topRight()).x() for row in form.rows()), (
            "an answer is cut off"
        )
    assert window.size().toTuple() == ROOM, "a line that is never folded widens the window for good"


def test_a_window_larger_than_the_screen_fills_it(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    window.resize(room.width() + 1, 100)
    fit_screen(window)
    assert window.windowState() & Qt.WindowState.WindowMaximized
    assert window.width() <= room.width()


def test_a_window_that_fits_keeps_its_size(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    fit_screen(window)
    assert not window.windowState() & Qt.WindowState.WindowMaximized
    assert (window.width(), window.height()) == (400, 300)


def test_on_a_narrow_window_every_tab_is_in_sight_and_the_form_is_not_cut(window, settled):
    window.resize(*ROOM)
    window.show_view("registry")
    settled(window)
    bar = window.navigation.bar
    assert bar.tabRect(bar.count() - 1).right() <= bar.width()
    scroll = next(area for area in window.current().findChildren(QScrollArea) if area.isVisible())
    page = scroll.widget()
    assert page.width() <= scroll.viewport().width()
    window.resize(1366, 768)
    settled(window)
    assert not bar.property("tight")


def test_the_first_page_of_the_wizard_shows_whole_names_and_days_on_a_small_screen(window, settled):
    window.resize(*ROOM)
    window.show_view("wizard")
    settled(window)
    chooser = window.view("wizard").chooser
    hits, table, day = chooser.picker.hits, chooser.table, chooser.on.control
    # Two names over two lines each, or four short ones: whole names come before more of them.
    assert hits.viewport().height() >= 4 * hits.fontMetrics().height()
    assert hits.viewport().height() >= 2 * hits.sizeHintForRow(0)
    assert day.width() > day.fontMetrics().horizontalAdvance(day.text())
    assert table.horizontalScrollBar().maximum() == 0
    hidden = [column.key for number, column in enumerate(chooser.drafts.columns) if table.isColumnHidden(number)]
    assert hidden == ["regulation_title", "reference_date"]
    window.resize(1366, 768)
    settled(window)
    hidden = [column.key for number, column in enumerate(chooser.drafts.columns) if table.isColumnHidden(number)]
    # All of them are under one regulation: its name would tell nothing apart.
    assert hidden == ["regulation_title"]
