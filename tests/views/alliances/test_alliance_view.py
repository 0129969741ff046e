"""Alliances by hand: founding, members, the grant, and the ways to the application and the paper."""

import pytest
from PySide6.QtCore import Qt

from desktop.services import alliance, records
from desktop.views.alliances.alliance_view import AllianceView
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot, desk):
    desk.operations.run("清空", _empty)
    with shown(qtbot, AllianceView(desk)) as found:
        yield found


def _empty(session):
    for noun in ("grants", "alliances"):
        for row in records.list_records(session, noun):
            if noun == "alliances" or row["alliance_id"]:
                records.delete_record(session, noun, row["id"])


@pytest.fixture
def rooms(view):
    return view.operations.read(lambda session: records.list_records(session, "workrooms"))


def found(qtbot, view, rooms, name="装备制造联盟"):
    qtbot.mouseClick(view.found, LEFT)
    form = view.form
    form.editors["name"].set_value(name)
    form.editors["kind"].set_value("产业联盟")
    form.editors["lead_id"].set_value(rooms[0]["id"])
    form.more.click()
    for editor, room in zip(form.members, rooms[1:], strict=False):
        editor.set_value(room["id"])
    qtbot.mouseClick(form.accept, LEFT)


def test_an_alliance_is_founded_from_the_empty_page(qtbot, view, rooms):
    assert view.stack.currentWidget() is view.nothing
    qtbot.mouseClick(view.nothing.action, LEFT)
    qtbot.mouseClick(view.form.accept, LEFT)
    assert "联盟名称" in view.strip.text()
    qtbot.mouseClick(view.form.cancel, LEFT)
    found(qtbot, view, rooms)
    assert view.form is None
    assert view.chosen()["name"] == "装备制造联盟"
    names = [row["workroom_name"] for row in view.models["members"].rows()]
    assert sorted(names) == sorted(room["name"] for room in rooms[:3])
    lead = next(row for row in view.models["members"].rows() if row["lead"])
    assert lead["workroom_id"] == rooms[0]["id"]
    assert view.fields.editors["alliance_type"].value() == "产业联盟"
    view.operations.undo()
    assert view.stack.currentWidget() is view.nothing


def test_a_field_is_edited_in_place(view, rooms, qtbot):
    found(qtbot, view, rooms)
    editor = view.fields.editors["name"]
    editor.control.selectAll()
    qtbot.keyClicks(editor.control, "ABC")
    editor.commit()
    assert view.chosen()["name"] == "ABC"


def test_a_member_joins_and_leaves(qtbot, view, rooms):
    found(qtbot, view, rooms)
    qtbot.mouseClick(view.join, LEFT)
    view.form.editors["workroom_id"].set_value(rooms[1]["id"])
    qtbot.mouseClick(view.form.accept, LEFT)
    assert "已经在这个联盟里" in view.strip.text()
    view.form.editors["workroom_id"].set_value(rooms[4]["id"])
    qtbot.mouseClick(view.form.accept, LEFT)
    assert view.models["members"].rowCount() == 4
    row = next(n for n, one in enumerate(view.models["members"].rows()) if one["workroom_id"] == rooms[4]["id"])
    view.tables["members"].selectRow(row)
    qtbot.mouseClick(view.leave, LEFT)
    qtbot.mouseClick(view.form.accept, LEFT)
    left = next(one for one in view.models["members"].rows() if one["workroom_id"] == rooms[4]["id"])
    assert left["left_on"]
    assert view.chosen()["members"] == 3


def test_the_lead_workroom_cannot_leave(qtbot, view, rooms):
    found(qtbot, view, rooms)
    row = next(n for n, one in enumerate(view.models["members"].rows()) if one["lead"])
    view.tables["members"].selectRow(row)
    qtbot.mouseClick(view.leave, LEFT)
    qtbot.mouseClick(view.form.accept, LEFT)
    assert "牵头工作室不能退出" in view.strip.text()


def test_the_grant_is_entered_and_its_road_opened(qtbot, view, rooms):
    found(qtbot, view, rooms)
    qtbot.mouseClick(view.grant, LEFT)
    view.form.editors["year"].set_value(2026)
    assert view.form.editors["total"].value() == "100000.00", "the sum that the text gives"
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.form.accept, LEFT)
    sheet = view.operations.read(lambda session: alliance.sheet(session, view.chosen()["id"]))
    assert gone.args == ["course", "grants", sheet.grants[0]["id"]]
    assert (sheet.grants[0]["track"], sheet.grants[0]["grant_total_yuan"]) == ("联盟", "100000.00")
    assert view.models["grants"].rowCount() == 1


def test_the_page_leads_to_the_application_and_the_paper(qtbot, view, rooms):
    found(qtbot, view, rooms)
    one = view.chosen()["id"]
    for button, where in ((view.apply, ["wizard", "alliances"]), (view.task, ["document", "alliances.alliance-task"])):
        with qtbot.waitSignal(view.desk.go) as gone:
            qtbot.mouseClick(button, LEFT)
        assert gone.args == [*where, one]


def test_a_jump_with_a_workroom_begins_an_alliance_led_by_it(view, rooms):
    view.show_record("workrooms", rooms[2]["id"])
    assert view.form.editors["lead_id"].value() == rooms[2]["id"]
