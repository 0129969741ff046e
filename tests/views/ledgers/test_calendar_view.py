"""The table of days worked by hand: published days, own entries, a year that is not known."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.services import publicity
from desktop.views.ledgers.calendar_view import CalendarView
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, CalendarView(desk)) as found:
        yield found


def turn_to(view, year):
    view.show_record("", str(year))


def table_of(view):
    return view.operations.read(publicity.workday_table)


def test_a_published_year_is_listed_with_its_make_up_days(view):
    turn_to(view, 2021)
    days = {row["day"]: row for row in view.model.rows()}
    assert days["2021-09-18"]["kind"] == "调休上班"
    assert days["2021-10-01"]["kind"] == "放假"
    assert {row["source"] for row in view.model.rows()} == {"国务院办公厅通知"}
    row = view.model.row_of("2021-09-18")
    assert view.model.index(row, 1).data() == "星期六"
    assert not view.take_back.isEnabled()


def test_an_unknown_year_asks_and_its_first_day_is_entered(qtbot, view):
    far = date.today().year + 2
    turn_to(view, far)
    assert view.stack.currentWidget() is view.nothing
    qtbot.mouseClick(view.nothing.action, LEFT)
    view.form.editors["day"].set_value(f"{far}-10-01")
    view.form.editors["name"].set_value("国庆节")
    qtbot.mouseClick(view.form.accept, LEFT)
    (row,) = view.model.rows()
    assert (row["day"], row["kind"], row["name"], row["source"]) == (f"{far}-10-01", "放假", "国庆节", "本会录入")
    assert far in table_of(view).known_years
    view.operations.undo()
    assert view.stack.currentWidget() is view.nothing


def test_a_published_day_is_changed_in_its_cell_and_restored(qtbot, view):
    turn_to(view, 2021)
    row = view.model.row_of("2021-09-18")
    view.model.setData(view.model.index(row, 2), "放假")
    assert date(2021, 9, 18) in table_of(view).holidays
    row = view.model.row_of("2021-09-18")
    assert view.model.record(row)["source"] == "本会录入"
    view.table.selectRow(row)
    assert view.take_back.isEnabled()
    qtbot.mouseClick(view.take_back, LEFT)
    assert view.model.record(view.model.row_of("2021-09-18"))["source"] == "国务院办公厅通知"
    assert date(2021, 9, 18) not in table_of(view).holidays


def test_a_day_of_another_year_turns_to_that_year(qtbot, view):
    turn_to(view, 2021)
    qtbot.mouseClick(view.enter, LEFT)
    qtbot.mouseClick(view.form.accept, LEFT)
    assert "请填写日期" in view.strip.text()
    view.form.editors["day"].set_value("2022-05-20")
    view.form.editors["kind"].set_value("调休上班")
    qtbot.mouseClick(view.form.accept, LEFT)
    assert view.year.value() == 2022
    assert view.model.row_of("2022-05-20") >= 0
