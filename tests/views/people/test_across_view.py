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


@pytest.mark.parametrize(
    ("field", "typed", "refused", "doubted"),
    [
        ("id_number", "11010519491231002x", "", ""),
        ("id_number", "810000199408230021", "", ""),
        ("id_number", "110105194912310021", "校验位不符", ""),
        ("id_number", "110105491231002", "15位旧号码", ""),
        ("bank_account", "6222 0200 0000 0000 002", "", "校验位不符"),
        ("bank_account", "4111-1111-1111-1111", "", ""),
        ("phone", "+86 138 0013 8000", "", ""),
        ("phone", "138001380001", "", "不像电话号码"),
        ("birth_date", "2019-01-01", "", "不满16周岁"),
    ],
)
def test_what_cannot_be_right_is_said_beside_the_field_at_once(desk, qtbot, field, typed, refused, doubted):
    ids = []
    put = {"name": "王五", "phone": "13800138000"}
    desk.operations.run("新增", lambda session: records.put_records(session, "people", put)[0]["id"], ids.append)
    with shown(qtbot, PersonView(desk)) as view:
        view.show_record("people", ids[0])
        editor = view.form.editors[field]
        before = get(desk, "people", ids[0])[field]
        if field == "birth_date":
            editor.set_value(typed)
            editor.committed.emit(typed)
        else:
            editor.control.setText(typed)
            editor.commit()
        assert refused in editor.error() if refused else editor.error() == ""
        qtbot.waitUntil(lambda: doubted in editor.remark() if doubted else editor.remark() == "")
        assert (get(desk, "people", ids[0])[field] == before) is bool(refused)


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
