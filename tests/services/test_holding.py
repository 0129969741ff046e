"""Holds of every kind of record: a plan returned by field, a change by paper, each stopping its own road alone."""

from datetime import date

import pytest

from desktop.errors import BadInput, NotAllowed
from desktop.services import course, records
from desktop.services.attestations import write_facts
from desktop.services.road import page
from desktop.services.road.hold import in_order
from tests.services.counties import DAY, County

YEAR, CHANGE, RECTIFY = "nm-build-year", "nm-build-change", "nm-build-rectify"
LEFT = "触发（撤销荣誉、退休、调离、离职）"
BY = "王敏"


@pytest.fixture
def county(tmp_path):
    made = County(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def plan(county):
    return county.put("plans", workroom_id=county.ids["room"], year=2026, kind="年度计划")


def way_of(session, noun, record_id, flow):
    return next(way for way in page.page(session, noun, record_id, DAY).ways if way.road.workflow.id == flow)


def advance(county, noun, record_id, flow, to, **more):
    with county.writing() as session:
        return course.advance(session, noun, record_id, to, BY, DAY, "来文", workflow=flow, **more)


def test_a_plan_is_sent_back_by_its_fields_and_papers_and_goes_on_once_answered(county, plan):
    advance(county, "plans", plan, YEAR, "已有计划")
    with county.reading() as session:
        way = way_of(session, "plans", plan, YEAR)
    assert way.may_hold
    assert way.parts[0] == "年度创新工作计划"
    assert {"内容", "包含部分", "提交日期"} <= set(way.parts)
    assert not {"工作室", "类别"} & set(way.parts)
    with county.writing() as session:
        course.send_back(
            session, "plans", plan, {"内容": "没有写目标"}, BY, DAY, workflow=YEAR, due_on=date(2026, 9, 9)
        )
    with county.reading() as session:
        way = way_of(session, "plans", plan, YEAR)
        (waits,) = [one for one in course.waiting(session, DAY) if one.record_id == plan]
    assert ([one.stopped for one in way.ahead], way.may_hold) == (["退回补正"], False)
    assert (waits.held, waits.due, waits.due_words) == ("退回补正", date(2026, 9, 9), "退回补正期限")
    with pytest.raises(NotAllowed, match="办结以后才能到“已有总结”"):
        advance(county, "plans", plan, YEAR, "已有总结")
    with pytest.raises(BadInput, match="补正了什么"), county.writing() as session:
        course.close(session, plan, " ", BY, DAY, YEAR)
    with county.writing() as session:
        course.close(session, plan, "已补", BY, DAY, YEAR)
    assert advance(county, "plans", plan, YEAR, "已有总结")["to"] == "已有总结"


def test_a_change_that_was_sent_back_stops_no_other_road_of_its_workroom(county):
    room = county.ids["room"]
    county.put("workrooms", id=room, state="已命名")
    with county.writing() as session:
        course.tell(session, "workrooms", room, CHANGE, "leader_status", "退休", BY, DAY)
        with pytest.raises(NotAllowed, match="没有正在办理的事项"):
            course.withdraw(session, "workrooms", room, "误报", BY, DAY, workflow=CHANGE)
    advance(county, "workrooms", room, CHANGE, LEFT, grounds=["nm-2026-build-13a"])
    with county.writing() as session:
        course.send_back(session, "workrooms", room, {"变更（退出）申请": "没有盖章"}, BY, DAY, workflow=CHANGE)
    with pytest.raises(NotAllowed, match="退回补正"):
        advance(county, "workrooms", room, CHANGE, "变更审核")
    assert advance(county, "workrooms", room, RECTIFY, "不能正常开展活动")["to"] == "不能正常开展活动"
    with county.writing() as session:
        course.withdraw(session, "workrooms", room, "记错了", BY, DAY, workflow=RECTIFY)
    with county.reading() as session:
        held = {one.workflow: one.held for one in course.waiting(session, DAY) if one.record_id == room}
        kinds = {flow: course.open_hold(session, room, flow).kind for flow in (CHANGE, RECTIFY)}
        shown = {flow: [one.kind for one in way_of(session, "workrooms", room, flow).holds] for flow in kinds}
    assert kinds == held == {CHANGE: "退回补正", RECTIFY: "撤回"}
    assert shown == {CHANGE: ["退回补正"], RECTIFY: ["撤回"]}
    with county.writing() as session:
        course.close(session, room, "继续", BY, DAY, RECTIFY)
    with county.reading() as session:
        assert course.open_hold(session, room, RECTIFY) is None
        assert course.open_hold(session, room, CHANGE).kind == "退回补正"


def test_holds_of_one_day_stand_in_the_order_in_which_they_were_recorded(county, plan):
    for number in range(6):
        with county.writing() as session:
            course.send_back(session, "plans", plan, {"": f"第{number}次"}, BY, DAY, workflow=YEAR)
        with county.writing() as session:
            course.close(session, plan, "已补", BY, DAY, YEAR)
    with county.writing() as session:
        course.send_back(session, "plans", plan, {"": "还开着"}, BY, DAY, workflow=YEAR)
        # What is not written to the change log yet is the latest.
        assert [one.reasons[""] for one in course.holds(session, plan)] == [*(f"第{n}次" for n in range(6)), "还开着"]
    with county.reading() as session:
        found = course.holds(session, plan)
        assert [one.reasons[""] for one in found] == [*(f"第{n}次" for n in range(6)), "还开着"]
        assert in_order(session, reversed(found)) == found
        assert records.get_record(session, "holds", found[-1].id)["closed_on"] is None


def test_whose_turn_it_is_goes_by_the_steps_that_lead_on(county, applied):
    """The office that recommended may send back or correct, but what waits then waits for the office above."""
    county.set_office(level="市级")
    county.put("applications", id=applied, state="已推荐")
    about = {"subject_noun": "applications", "subject_id": applied, "regulation": "nm-2026-build"}
    moved = {"from_state": "已建成", "to_state": "拟推荐", "taken_on": "2026-08-01", "position": 1}
    county.put("steps", **about, workflow="nm-build-support", **moved)
    with county.reading() as session:
        (found,) = [one for one in course.waiting(session, DAY) if one.record_id == applied]
        way = way_of(session, "applications", applied, "nm-build-support")
    assert (found.next_step, found.turn) == ("列入年度支持计划", "above")
    assert {one.gate.transition.to: (one.turn, one.back) for one in way.ahead} == {
        "列入年度支持计划": ("above", False),
        "未列入": ("above", False),
        "已建成": ("own", True),
    }


def test_records_of_one_workroom_are_told_apart_when_they_are_looked_for(county, applied):
    county.add_grant(regulation="nm-2026-fund")
    with county.reading() as session:
        name = records.get_record(session, "workrooms", county.ids["room"])["name"]
        found = {one.noun: one.due_words for one in page.find(session, name)}
    assert "建设管理办法" in found["applications"]
    assert "补助资金使用管理办法" in found["grants"]
    assert found["workrooms"] == ""


def successor(county, *, skilled):
    """Return a person without honours who is, or is not, highly skilled, after a change has come to its review."""
    room = county.ids["room"]
    county.put("workrooms", id=room, state="已命名")
    person = county.put("people", name="赵继任", high_skill=skilled, status="在职")
    with county.writing() as session:
        course.tell(session, "workrooms", room, CHANGE, "leader_status", "退休", BY, DAY)
    advance(county, "workrooms", room, CHANGE, LEFT, grounds=["nm-2026-build-13a"])
    advance(county, "workrooms", room, CHANGE, "变更审核")
    with county.writing() as session:
        write_facts(session, room, {"leader_expertise": True, "leader_led_result": True}, DAY, BY)
    return room, person


def test_the_conditions_of_a_leader_are_asked_of_the_new_one(county):
    room, person = successor(county, skilled=False)
    before = county.get("workrooms", room)["leader_id"]
    with pytest.raises(NotAllowed, match="新领衔人：第七条（一）"), county.writing() as session:
        course.advance(
            session, "workrooms", room, "新领衔人在任", BY, DAY, workflow=CHANGE, details={"leader_id": person}
        )
    assert county.get("workrooms", room)["leader_id"] == before
    advance(county, "workrooms", room, CHANGE, "新领衔人在任", details={"leader_id": person})
    assert county.get("workrooms", room)["leader_id"] == person


def test_a_new_leader_who_meets_them_needs_no_reason(county):
    room, person = successor(county, skilled=True)
    with county.writing() as session:
        course.advance(
            session, "workrooms", room, "新领衔人在任", BY, DAY, workflow=CHANGE, details={"leader_id": person}
        )
    assert county.get("workrooms", room)["leader_id"] == person
