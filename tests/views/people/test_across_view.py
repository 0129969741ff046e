"""A person's and a unit's page: what is listed, edited in place, jumped to, and gone."""

import pytest

from desktop.services import records
from desktop.views.people.across_view import PersonView, UnitView
from tests.views.showing import shown


@pytest.fixture
def room(desk):
    rooms = desk.operations.read(lambda session: records.list_records(session, "workrooms"))
    return next(room for room in rooms if room["leader_id"] and room["unit_id"])


def get(desk, noun, record_id):
    return desk.operations.read(lambda session: records.get_record(session, noun, record_id))


def test_a_person_is_shown_and_edited(desk, qtbot, room):
    with shown(qtbot, PersonView(desk)) as view:
        assert view.stack.currentIndex() == 0
        view.show_record("people", room["leader_id"])
        assert view.title.text() == get(desk, "people", room["leader_id"])["name"]
        assert (room["name"], "领衔人") in {(place["name"], place["role"]) for place in view.models["places"].rows()}
        view.form.editors["phone"].control.setText("1380000")
        view.form.editors["phone"].commit()
        assert get(desk, "people", room["leader_id"])["phone"] == "1380000"
        assert "1380000" in view.remarks.text()


def test_a_unit_lists_its_workrooms_and_goes_to_one(desk, qtbot, room):
    with shown(qtbot, UnitView(desk)) as view:
        view.show_record("units", room["unit_id"])
        place = view.models["workrooms"].row_of(room["id"])
        assert place >= 0
        with qtbot.waitSignal(desk.go) as gone:
            view.tables["workrooms"].opened.emit(place)
        assert gone.args == ["registry", "workrooms", room["id"]]


def test_one_that_is_gone_is_told(desk, qtbot):
    ids = []
    desk.operations.run(
        "新增", lambda session: records.put_records(session, "people", {"name": "李四"})[0]["id"], ids.append
    )
    with shown(qtbot, PersonView(desk)) as view:
        view.show_record("people", ids[0])
        assert not view.tables["places"].isVisible()
        desk.operations.run("删除", lambda session: records.delete_record(session, "people", ids[0]))
        assert view.stack.currentIndex() == 0
        assert "找不到" in view.strip.text()


def test_a_unit_leads_to_its_people(desk, qtbot, room):
    with shown(qtbot, UnitView(desk)) as view:
        view.show_record("units", room["unit_id"])
        person = view.models["people"].record(0)["id"]
        with qtbot.waitSignal(desk.go) as gone:
            view.tables["people"].opened.emit(0)
        assert gone.args == ["people", "people", person]
        assert view.shown_record() == ("units", room["unit_id"])
