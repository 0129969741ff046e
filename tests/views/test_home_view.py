"""首页: what waits is shown and leads to where it is done; the pictures of the years."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.services import application, records, today
from desktop.services.tasks import Alarm
from desktop.views.task_list import ENTRY
from desktop.views.year_bars import Bar, YearBars


@pytest.fixture
def home(window, settled):
    window.show_view("home")
    settled(window)
    return window.view("home")


def texts(part):
    return [part.list.item(row).text() for row in range(part.list.count())]


def entries(part):
    return [part.list.item(row).data(ENTRY) for row in range(part.list.count())]


def members(home, title):
    """Return the things to do of a title, told one by one or in one line."""
    found = [one for one in entries(home.due) if one.title.startswith(title)]
    return [each for one in found for each in (one.members or (one,))]


def entry_of(home, title):
    """Return the list and row of a thing to do; the line that stands for several is opened first."""
    row = next(row for row, one in enumerate(entries(home.due)) if one.title.startswith(title))
    if not entries(home.due)[row].members:
        return home.due, row
    home.due.list.itemClicked.emit(home.due.list.item(row))
    return home.group, 0


def test_the_lists_are_those_of_the_service(window, home):
    found = window.operations.read(lambda session: today.today(session, date.today()))
    for part, tasks in ((home.due, found.due), (home.returned, found.returned), (home.papers, found.papers)):
        assert texts(part) == [f"{task.title} {task.detail}" for task in tasks]
        assert part.count.text() == (str(len(tasks)) if tasks else "")
    assert found.due


def test_an_entry_leads_to_its_place(window, home, qtbot):
    part, row = entry_of(home, "申报还没有提交")
    with qtbot.waitSignal(window.desk.go) as gone:
        part.list.itemClicked.emit(part.list.item(row))
    assert gone.args[:2] == ["wizard", "applications"]
    assert window.current() is window.view("wizard")


def test_enter_opens_the_marked_entry(window, home, qtbot):
    part, row = entry_of(home, "申报还没有提交")
    part.list.setFocus()
    part.list.setCurrentRow(row)
    with qtbot.waitSignal(window.desk.go):
        qtbot.keyClick(part.list, Qt.Key.Key_Return)


def test_a_draft_given_up_leaves_the_list(window, home):
    before = len(members(home, "申报还没有提交"))
    drafts = window.operations.read(lambda session: records.list_records(session, "applications", {"state": "草稿"}))
    window.operations.run(
        "撤回", lambda session: records.put_records(session, "applications", {"id": drafts[0]["id"], "state": "已撤回"})
    )
    assert len(members(home, "申报还没有提交")) == before - 1


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


def more_drafts(session):
    """Begin four applications more."""
    for room in records.list_records(session, "workrooms")[:4]:
        application.start(session, room["id"], "nm-2026-build", date(2026, 9, 1))


def give_up(ids):
    return lambda session: [records.put_records(session, "applications", {"id": one, "state": "已撤回"}) for one in ids]


@pytest.mark.parametrize("count", [2, 3])
def test_things_alike_are_one_line_from_three_on(count):
    alarms = [Alarm("整改期限", f"{n}室", date(2026, 12, 1 + n), "course", "workrooms", str(n)) for n in range(count)]
    found = today._together(alarms)
    assert len(found) == (2 if count == 2 else 1)
    if count == 3:
        (line,) = found
        assert (line.title, line.detail) == ("整改期限：最早2026年12月1日", "共3件：0室、1室等")
        told = [(one.title, one.detail) for one in line.members]
        assert told == [(f"{n}室", f"2026年12月{n + 1}日") for n in range(3)]


def test_a_line_for_several_opens_their_list_and_follows_it(window, home, qtbot):
    window.operations.run("试", more_drafts)
    (line,) = [one for one in entries(home.due) if one.title == "申报还没有提交"]
    assert line.detail.startswith(f"共{len(line.members)}件：")
    assert len(line.members) >= 4
    part, row = entry_of(home, line.title)
    assert home.group.isVisible()
    assert home.group.title.text() == line.title
    assert part.list.count() == len(line.members)
    window.operations.run("撤回", give_up([line.members[0].record_id]))
    assert part.list.count() == len(line.members) - 1
    with qtbot.waitSignal(window.desk.go) as gone:
        part.list.itemClicked.emit(part.list.item(row))
    assert gone.args == ["wizard", "applications", line.members[1].record_id]
    window.show_view("home")
    qtbot.mouseClick(home.back, Qt.MouseButton.LeftButton)
    assert home.due.isVisible()


def test_a_list_that_is_done_gives_way_to_the_front(window, home):
    window.operations.run("试", more_drafts)
    entry_of(home, "申报还没有提交")
    assert home.group.isVisible()
    window.operations.run("撤回", give_up([one.record_id for one in members(home, "申报还没有提交")]))
    assert home.due.isVisible()
