"""揭阳 in the window: a change refused and asked for again, each ground to take the plaque down, a step put right."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from desktop.services import records, tasks
from desktop.services.regulation import bundled
from tests.views.county import make_county
from tests.views.journeys.founding import name_only
from tests.views.journeys.walking import Walker

LEFT = Qt.MouseButton.LeftButton
LAW = bundled()["jy-2022"]
FLOWS = {flow.id: flow for flow in LAW.workflows}
NONE = {
    "leader_violation": False,
    "leader_replaced_or_renamed": False,
    "major_accident": False,
    "serious_hazard": False,
    "fraud_found": False,
    "assessment_grade": "合格",
    "activity_normal": True,
    "rectified": False,
    "running_after_rectification": True,
    "unit_applies_removal": False,
    "other_removal_ground": False,
    "rectification_result": "整改到位",
}
FAILED = {"assessment_grade": "不合格", "activity_normal": False}
GROUNDS = {
    "jy-2022-8.1": {"leader_violation": True},
    "jy-2022-8.2": {"serious_hazard": True},
    "jy-2022-8.3": {"fraud_found": True},
    "jy-2022-8.4": {**FAILED, "rectified": True, "running_after_rectification": False},
    "jy-2022-8.5": {"unit_applies_removal": True},
}
TO_REVOKE = ("已命名", "发现情形", "核实", "摘牌")


@pytest.fixture
def county(tmp_path):
    return make_county(tmp_path / "county.db", workrooms=2, regulations=(LAW.id,))


@pytest.fixture
def room(window):
    """A named workroom with its plaque on the wall."""

    def put(session):
        found = name_only(session, "市级", "2025-03-01")
        hung = {"workroom_id": found, "title": "创新工作室", "number": "〔2025〕1", "awarded_on": "2025-03-01"}
        records.put_records(session, "plaques", {**hung, "state": "在用"})
        return found

    found = []
    window.operations.run("命名", put, found.append)
    return found[0]


def walker(qtbot, window, flow, way, **answers):
    made = Walker(qtbot, window, LAW.id, FLOWS[flow], way, papers=False)
    made.answers = {**made.answers, **answers}
    return made


def read(window, noun, record_id):
    return window.operations.read(lambda session: records.get_record(session, noun, record_id))


def alarms(window, title):
    found = window.operations.read(lambda session: tasks.waiting(session, date.today()))
    return [one for one in found if one.title == title]


def test_a_change_that_was_refused_is_asked_for_again_and_done(qtbot, window, room):
    way = (
        "领衔人离职、退休、已故等",
        "原申报单位工会上报",
        "不同意变更",
        "原申报单位工会上报",
        "县级或市直基层工会审核",
        "市总工会审批",
        "更换领衔人",
        "更名",
        "变更完成",
    )
    before = read(window, "workrooms", room)
    journey = walker(qtbot, window, "jy-change", way)
    journey.go("workrooms", room)
    after = read(window, "workrooms", room)
    assert after["name"] == f"{journey.leader}劳模和工匠人才创新工作室"
    assert after["leader_id"] != before["leader_id"]
    assert after["state"] == "已命名"
    taken = [(one.done.from_state, one.done.to_state) for one in journey.course.road.way().behind]
    assert taken == list(pairwise(way))


def test_a_new_leader_without_the_new_name_is_held_back(qtbot, window, room):
    way = ("领衔人离职、退休、已故等", "原申报单位工会上报", "县级或市直基层工会审核", "市总工会审批", "更换领衔人")
    journey = walker(qtbot, window, "jy-change", way)
    journey.go("workrooms", room)
    done = journey.row("变更完成")
    assert not done.take.isEnabled()
    assert any("应先办理：更名" in label.text() for label in done.findChildren(QLabel))
    journey.take("更名")
    journey.take("变更完成")
    assert journey.course.road.way().road.state == "变更完成"


@pytest.mark.parametrize("ground", sorted(GROUNDS))
def test_the_plaque_comes_down_on_each_ground_alone_and_is_taken_back(qtbot, window, room, ground):
    journey = walker(qtbot, window, "jy-revoke", TO_REVOKE, **{**NONE, **GROUNDS[ground]})
    offered = []
    fill = journey.fill

    def look(form):
        offered.extend(form.grounds)
        fill(form)

    journey.fill = look
    journey.go("workrooms", room)
    assert offered == [ground]
    assert read(window, "workrooms", room)["state"] == "已撤销"
    assert len(alarms(window, "牌匾待收回")) == 1
    link = next(one for one in journey.course.road.findChildren(QAbstractButton) if one.text() == "牌匾台账")
    qtbot.mouseClick(link, LEFT)
    ledger = window.current()
    assert ledger is window.view("plaques")
    ledger.table.selectRow(0)
    qtbot.mouseClick(ledger.recover, LEFT)
    ledger.form.editors["by"].set_value("李四")
    qtbot.mouseClick(ledger.form.accept, LEFT)
    assert ledger.model.record(0)["state"] == "已收回"
    assert alarms(window, "牌匾待收回") == []


def test_without_a_ground_the_plaque_stays_and_the_road_says_so(qtbot, window, room):
    journey = walker(qtbot, window, "jy-revoke", TO_REVOKE[:-1], **NONE)
    journey.go("workrooms", room)
    row = journey.row("摘牌")
    assert not row.take.isEnabled()
    journey.answer("摘牌")
    row = journey.row("摘牌")
    assert not row.take.isEnabled()
    assert any("没有查明的退出事由" in label.text() for label in row.findChildren(QLabel))
    journey.take("情形不成立")
    journey.take("已命名")
    assert read(window, "workrooms", room)["state"] == "已命名"


def test_a_report_entered_by_mistake_is_taken_back_with_its_reason_and_entered_again(qtbot, window, room):
    made = []
    given = {"workroom_id": room, "regulation": LAW.id, "year": 2026, "kind": "年度考核"}
    window.operations.run(
        "考核", lambda session: records.put_records(session, "assessments", given)[0]["id"], made.append
    )
    journey = walker(qtbot, window, "jy-annual", ("年度运行", "已报告"))
    journey.go("assessments", made[0])
    course = journey.course
    back = next(one for one in course.road.findChildren(QAbstractButton) if one.text() == "更正…")
    qtbot.mouseClick(back, LEFT)
    form = course.road.form
    qtbot.mouseClick(form.accept, LEFT)
    assert "理由" in course.strip.text()
    form.editors["reason"].set_value("点错了工作室")
    qtbot.mouseClick(form.accept, LEFT)
    assert course.road.way().road.state == "年度运行", course.strip.text()
    journey.take("已报告")
    assert course.road.way().road.state == "已报告"
