"""The form over one record: each field is saved by itself, refused beside itself, and never to another record."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.services import records
from desktop.views import theme
from desktop.views.record_form import TWO_COLUMNS_PX, RecordForm
from tests.views.input_method import type_text

FIELDS = ("name", "level", "unit_id", "venue_area_sqm", "venue_fixed", "named_on", "unit_funding_yuan", "tags", "note")


@pytest.fixture
def rooms(desk):
    return desk.operations.read(lambda session: records.list_records(session, "workrooms"))


@pytest.fixture
def form(desk, rooms, qtbot):
    made = RecordForm(desk, "workrooms", FIELDS)
    qtbot.addWidget(made)
    made.resize(theme.px(TWO_COLUMNS_PX) + 100, 500)
    made.show()
    made.activateWindow()
    made.show_record(rooms[0])
    return made


def test_the_name_of_a_unit_is_read_whole(form):
    control = form.editors["unit_id"].control
    assert control.fontMetrics().horizontalAdvance("内蒙古宏昌重型机械制造有限责任公司") < control.width() - theme.px(
        48
    )
    assert form.editors["level"].control.width() < control.width()


def stored(desk, room):
    return desk.operations.read(lambda session: records.get_record(session, "workrooms", room["id"]))


def retype(qtbot, editor, text):
    editor.control.setFocus()
    editor.control.selectAll()
    type_text(qtbot, editor.control, text)
    editor.commit()


def test_every_field_shows_what_is_stored(form, rooms):
    for name in FIELDS:
        assert form.editors[name].value() == rooms[0][name], name
        assert form.editors[name].error() == ""


def test_every_field_is_named_and_labelled(form):
    buddies = {label.buddy() for label in form.findChildren(QLabel) if label.buddy() is not None}
    for name, editor in form.editors.items():
        assert editor.accessibleName() == form._specs[name].title
        assert editor.control in buddies


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("name", "新名字工作室", "新名字工作室"),
        ("venue_area_sqm", "88.25", 88.25),
        ("named_on", "2026.3.1", "2026-03-01"),
        ("unit_funding_yuan", "1.5万", "15000.00"),
        ("tags", "智能制造，绿色", ["智能制造", "绿色"]),
    ],
)
def test_a_field_is_stored_as_it_is_left(form, desk, rooms, qtbot, name, typed, value):
    with qtbot.waitSignal(form.saved) as saved:
        retype(qtbot, form.editors[name], typed)
    assert saved.args == [name]
    now = stored(desk, rooms[0])
    assert now[name] == value
    assert {key for key in now if now[key] != rooms[0][key]} == {name}


def test_an_emptied_date_is_emptied_in_the_record(form, desk, rooms, qtbot):
    retype(qtbot, form.editors["named_on"], "2026-3-1")
    form.editors["named_on"].control.clear()
    form.editors["named_on"].commit()
    assert stored(desk, rooms[0])["named_on"] is None


def test_a_refusal_stands_under_its_field_and_changes_nothing(form, desk, rooms, qtbot):
    form.editors["name"].control.setFocus()
    form.editors["name"].control.clear()
    form.editors["name"].commit()
    assert form.editors["name"].error()
    assert stored(desk, rooms[0])["name"] == rooms[0]["name"]
    retype(qtbot, form.editors["name"], "又有了名字")
    assert form.editors["name"].error() == ""
    assert stored(desk, rooms[0])["name"] == "又有了名字"


def test_bad_text_is_not_stored(form, desk, rooms, qtbot):
    retype(qtbot, form.editors["unit_funding_yuan"], "很多")
    qtbot.keyClick(form.editors["unit_funding_yuan"].control, Qt.Key.Key_Return)
    assert "不是金额" in form.editors["unit_funding_yuan"].error()
    assert stored(desk, rooms[0])["unit_funding_yuan"] == rooms[0]["unit_funding_yuan"]


def test_what_is_being_typed_goes_to_its_own_record(form, desk, rooms, qtbot):
    editor = form.editors["note"]
    editor.control.setFocus()
    editor.control.selectAll()
    type_text(qtbot, editor.control, "写给第一个")
    form.show_record(rooms[1])
    assert stored(desk, rooms[0])["note"] == "写给第一个"
    assert stored(desk, rooms[1])["note"] == rooms[1]["note"]
    assert editor.value() == rooms[1]["note"]


def test_showing_another_record_stores_nothing(form, desk, rooms):
    form.show_record(rooms[1])
    form.show_record(rooms[0])
    assert [stored(desk, room) for room in rooms[:2]] == rooms[:2]


def test_a_form_without_a_record_takes_nothing(form, desk, rooms, qtbot):
    form.show_record(None)
    assert form.record_id == ""
    assert form.editors["name"].value() is None
    type_text(qtbot, form.editors["name"].control, "谁")
    form.editors["name"].commit()
    form._save("name", "谁")
    assert stored(desk, rooms[0]) == rooms[0]


def test_each_field_is_one_step_back(form, desk, rooms, qtbot):
    retype(qtbot, form.editors["note"], "一")
    retype(qtbot, form.editors["name"], "二")
    desk.operations.undo()
    now = stored(desk, rooms[0])
    assert (now["note"], now["name"]) == ("一", rooms[0]["name"])
    desk.operations.undo()
    assert stored(desk, rooms[0])["note"] == rooms[0]["note"]


def test_a_narrow_form_stands_in_one_column(form):
    level, area = form.editors["level"], form.editors["venue_area_sqm"]
    tops = {editor.mapTo(form, editor.rect().topLeft()).x() for editor in (level, area, form.editors["venue_fixed"])}
    assert len(tops) == 2
    form.resize(theme.px(TWO_COLUMNS_PX) - 40, 700)
    form.layout().activate()
    tops = {editor.mapTo(form, editor.rect().topLeft()).x() for editor in (level, area, form.editors["venue_fixed"])}
    assert len(tops) == 1


def test_a_value_that_is_no_choice_any_more_is_kept(form, rooms):
    form.show_record({**rooms[1], "level": "街道级"})
    assert form.editors["level"].value() == "街道级"
    assert form.editors["level"].control.currentText() == "街道级"


def test_what_is_doubtful_is_said_beside_the_field_and_saved_all_the_same(desk, form, rooms, qtbot):
    editor = form.editors["named_on"]
    begun = stored(desk, rooms[0])["established_on"]
    retype(qtbot, editor, "1990-01-01")
    qtbot.waitUntil(lambda: "早于开始运行日期" in editor.remark())
    assert begun in editor.remark()
    assert editor.error() == ""
    assert not editor.control.property("invalid")
    assert editor.control.accessibleDescription() == editor.remark()
    assert stored(desk, rooms[0])["named_on"] == "1990-01-01"
    retype(qtbot, editor, "2099-01-01")
    qtbot.waitUntil(lambda: "在今天之后" in editor.remark())
    retype(qtbot, editor, date.today().isoformat())
    qtbot.waitUntil(lambda: editor.remark() == "")
    retype(qtbot, editor, "1990-01-01")
    form.show_record(stored(desk, rooms[1]))
    assert editor.remark() == ""
    form.show_record(stored(desk, rooms[0]))
    assert "早于开始运行日期" in editor.remark()


def test_a_refusal_goes_before_a_doubt(desk, form, rooms, qtbot):
    editor = form.editors["name"]
    retype(qtbot, editor, rooms[1]["name"])
    qtbot.waitUntil(lambda: "同名的工作室" in editor.remark())
    assert editor._remark.isVisible()
    editor.set_error("不能为空")
    assert not editor._remark.isVisible()
    editor.set_error("")
    assert editor._remark.isVisible()


def test_a_doubt_is_said_while_typing_before_anything_is_saved(desk, rooms, qtbot):
    form = RecordForm(desk, "people", ("name", "phone"))
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    person = desk.operations.read(lambda session: records.list_records(session, "people"))[0]
    form.show_record(person)
    form.editors["phone"].control.setFocus()
    form.editors["phone"].control.clear()
    qtbot.keyClicks(form.editors["phone"].control, "123")
    qtbot.waitUntil(lambda: "不像电话号码" in form.editors["phone"].remark())
    assert desk.operations.read(lambda s: records.get_record(s, "people", person["id"]))["phone"] == person["phone"]
