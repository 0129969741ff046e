"""A workroom's activities, publications and plans by hand, and the way to their roads."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.views.ledgers.year_view import YearView
from tests.views.input_method import commit_text
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, YearView(desk)) as found:
        yield found


@pytest.fixture
def room(view):
    def put(session):
        return records.put_records(session, "workrooms", {"name": "空白工作室"})[0]

    made = []
    view.operations.run("新增", put, made.append)
    return made[0]


def put_cell(table, key, value):
    column = next(number for number, one in enumerate(table.model.columns) if one.key == key)
    table.model.setData(table.model.index(table.table.currentIndex().row(), column), value)


def test_a_workroom_is_chosen_by_its_name(view, room):
    assert view.stack.currentWidget() is view.nothing
    view.room.setFocus()
    commit_text(view.room.control, "空白")
    view.room.choose_first()
    assert view.room_id == room["id"]
    assert view.stack.currentWidget() is not view.nothing
    assert view.shown_record() == ("workrooms", room["id"])


@pytest.mark.parametrize(
    ("noun", "key", "value"),
    [
        ("activities", "title", "班前培训"),
        ("publications", "platform", "职工之家"),
        ("plans", "content", "开展两个课题"),
    ],
)
def test_a_line_is_added_edited_deleted_and_undone(qtbot, view, room, noun, key, value):
    view.show_record("workrooms", room["id"])
    table = view.tables[noun]
    qtbot.mouseClick(table.add_button, LEFT)
    qtbot.waitUntil(lambda: table.table.currentIndex().isValid())
    put_cell(table, key, value)
    (stored,) = view.operations.read(lambda session: records.list_records(session, noun, {"workroom_id": room["id"]}))
    assert stored[key] == value
    table.table.selectRow(0)
    qtbot.mouseClick(table.delete_button, LEFT)
    assert table.count() == 0
    view.operations.undo()
    assert table.count() == 1


def test_the_latest_stands_first(view, room):
    def put(session):
        for year in (2024, 2026, 2025):
            records.put_records(session, "plans", {"workroom_id": room["id"], "year": year, "kind": "年度计划"})

    view.operations.run("准备", put)
    view.show_record("workrooms", room["id"])
    assert [row["year"] for row in view.tables["plans"].model.rows()] == [2026, 2025, 2024]


def test_a_plan_leads_to_its_road_and_back_to_its_workroom(qtbot, view, room):
    given = {"workroom_id": room["id"], "year": date.today().year, "kind": "年度计划"}
    made = []
    view.operations.run("准备", lambda session: records.put_records(session, "plans", given), made.extend)
    view.show_record("plans", made[0]["id"])
    assert view.room_id == room["id"]
    assert not view.roads["publications"].isEnabled()
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.roads["plans"], LEFT)
    assert gone.args == ["course", "plans", made[0]["id"]]


def test_a_workroom_that_is_gone_is_told(view):
    view.show_record("workrooms", "00000000-0000-4000-8000-000000000000")
    assert "找不到" in view.strip.text()
