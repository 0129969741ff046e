"""集体研究 by hand: the form of the meeting, its step and card, its minutes, undo, and what a lower office meets."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.services import identity, records
from desktop.views.course.course_view import CourseView
from desktop.views.course.decision_form import DecisionForm, recusals_of
from desktop.views.course.step_form import StepForm
from tests.views.county import make_county
from tests.views.course.test_course_books import stand_at
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def county(tmp_path):
    return make_county(tmp_path / "city.db", regulations=("jy-2022",))


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, CourseView(desk)) as found:
        yield found


def at_city(view, level="市级"):
    own = view.operations.read(identity.own_office_id)
    change = {"id": own, "level": level}
    view.operations.run("本级", lambda session: records.put_records(session, "offices", change))


def row_to(view, state):
    return next(row for row in view.road.ahead_rows if row.ahead.gate.transition.to == state)


def asked(qtbot, view):
    at_city(view)
    record_id = stand_at(view, "专家评审")
    qtbot.mouseClick(row_to(view, "集体研究").take, LEFT)
    form = view.road.form
    assert isinstance(form, DecisionForm)
    return record_id, form


def kept(view):
    return view.operations.read(lambda session: records.list_records(session, "collective_decisions"))


def test_a_meeting_is_recorded_with_its_step_and_undone_with_it(qtbot, view):
    record_id, form = asked(qtbot, view)
    qtbot.mouseClick(form.accept, LEFT)
    assert "主持人和出席人员" in view.strip.text()
    assert view.road.form is form
    form.editors["chair"].set_value("王主席")
    form.editors["present"].set_value(["王主席", "李副主席", "赵部长"])
    form.editors["recusals"].set_value("赵部长：曾任该单位工会主席")
    _box, conclusion, votes = form.lines[record_id]
    assert conclusion.value() == "社会公示"
    votes["agreed"].set_value(2)
    qtbot.mouseClick(form.accept, LEFT)
    assert "可以打印会议纪要" in view.strip.text()
    assert view.road.way().road.state == "集体研究"
    (card,) = view.road.meetings
    (meeting,) = kept(view)
    assert meeting["recusals"] == {"赵部长": "曾任该单位工会主席"}
    assert meeting["opinions"] == {record_id: {"agreed": 2, "conclusion": "社会公示"}}
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(card.minutes, LEFT)
    assert gone.args == ["document", "collective_decisions.meeting-minutes", meeting["id"]]
    view.operations.undo()
    assert kept(view) == []
    assert view.road.way().road.state == "专家评审"


def test_records_at_the_same_step_are_decided_together(qtbot, view):
    other = stand_at(view, "专家评审")
    record_id, form = asked(qtbot, view)
    assert set(form.lines) == {other, record_id}
    box, conclusion, _votes = form.lines[other]
    assert not box.isChecked()
    assert not conclusion.isEnabled()
    qtbot.mouseClick(form.names[other], LEFT)
    conclusion.set_value("缓议")
    for name, value in (("chair", "王主席"), ("present", ["王主席"])):
        form.editors[name].set_value(value)
    qtbot.mouseClick(form.accept, LEFT)
    (meeting,) = kept(view)
    assert meeting["opinions"][other]["conclusion"] == "缓议"
    assert view.road.way().road.state == "集体研究"
    view.show_record("applications", other)
    assert view.road.way().road.state == "专家评审"
    assert "缓议" in view.road.meetings[0].findChildren(type(view.count))[-1].text()


def test_the_meeting_of_an_office_above_is_recorded_by_its_letter(qtbot, view):
    stand_at(view, "专家评审")
    qtbot.mouseClick(row_to(view, "集体研究").take, LEFT)
    assert isinstance(view.road.form, StepForm)
    assert "reason" in view.road.form.editors
    assert "依据（来文，必填）" in [label.text() for label in view.road.form.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", {}),
        ("赵部长：亲属", {"赵部长": "亲属"}),
        ("赵部长: 亲属; 钱委员：曾任职；", {"赵部长": "亲属", "钱委员": "曾任职"}),
        ("赵部长", {"赵部长": ""}),
    ],
)
def test_recusals_are_typed_in_one_line(typed, read):
    assert recusals_of(typed) == read
