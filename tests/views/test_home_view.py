"""首页: what waits is shown and leads to where it is done; the pictures of the years."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.services import records, today
from desktop.views.year_bars import Bar, YearBars


@pytest.fixture
def home(window, settled):
    window.show_view("home")
    settled(window)
    return window.view("home")


def texts(part):
    return [part.list.item(row).text() for row in range(part.list.count())]


def test_the_lists_are_those_of_the_service(window, home):
    found = window.operations.read(lambda session: today.today(session, date.today()))
    for part, tasks in ((home.due, found.due), (home.returned, found.returned), (home.papers, found.papers)):
        assert texts(part) == [f"{task.title} {task.detail}" for task in tasks]
        assert part.count.text() == (str(len(tasks)) if tasks else "")
    assert found.due


def test_an_entry_leads_to_its_place(window, home, qtbot):
    entry = next(row for row in range(home.due.list.count()) if "申报" in home.due.list.item(row).text())
    with qtbot.waitSignal(window.desk.go) as gone:
        home.due.list.itemClicked.emit(home.due.list.item(entry))
    assert gone.args[:2] == ["wizard", "applications"]
    assert window.current() is window.view("wizard")


def test_enter_opens_the_marked_entry(window, home, qtbot):
    home.due.list.setFocus()
    home.due.list.setCurrentRow(0)
    with qtbot.waitSignal(window.desk.go):
        qtbot.keyClick(home.due.list, Qt.Key.Key_Return)


def test_a_draft_given_up_leaves_the_list(window, home):
    before = home.due.list.count()
    drafts = window.operations.read(lambda session: records.list_records(session, "applications", {"state": "草稿"}))
    window.operations.run(
        "撤回", lambda session: records.put_records(session, "applications", {"id": drafts[0]["id"], "state": "已撤回"})
    )
    assert home.due.list.count() == before - 1


def test_empty_lists_say_so(home):
    home.returned.show_entries([])
    assert home.returned.stack.currentWidget() is home.returned.nothing
    assert home.returned.nothing.text()


def test_the_year_picture_counts_the_register(window, home):
    picture = window.operations.read(lambda session: today.year_picture(session, date(2026, 9, 1)))
    rooms = window.operations.read(lambda session: records.list_records(session, "workrooms"))
    assert picture.workrooms == len(rooms) == sum(count for _level, count in picture.by_level)
    assert [year for year, _count in picture.named] == [2022, 2023, 2024, 2025, 2026]
    named = sum(1 for room in rooms if (room["named_on"] or "") >= "2022")
    assert sum(count for _year, count in picture.named) == named
    grants = window.operations.read(lambda session: records.list_records(session, "grants"))
    assert sum(count for _year, count, _fen in picture.grants) == len(grants)


def test_bars_can_be_drawn_and_heard(qtbot):
    chart = YearBars("历年命名")
    qtbot.addWidget(chart)
    chart.resize(300, 160)
    empty = chart.grab().toImage()
    chart.show_bars([Bar("2025", 0, "0"), Bar("2026", 3, "3")])
    assert chart.grab().toImage() != empty
    assert "2026 3" in chart.accessibleDescription()
