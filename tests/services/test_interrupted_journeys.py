"""Journeys that do not go straight on: sent back, withdrawn, objected to; each goes on, or ends in a refusal."""

from datetime import timedelta
from itertools import pairwise

import pytest

from desktop.errors import NotAllowed
from desktop.services import course, publicity, records
from desktop.services.journal import history
from desktop.services.regulation import bundled
from desktop.services.road import page
from tests.services.journeys import Journey, paths

MEANS = {"退回补正": "退回修改", "撤回": "已撤回"}
LEAVING = ("refused", "exited", "revoked")
"""Marks of the states to which a record may go even while it is held."""
FLOWS = [(law.id, flow) for law in bundled().values() for flow in law.workflows]


def through(flow, state):
    """Return the longest way of a flow that goes on from a state without refusing."""
    onward = [way for way in paths(flow) if not flow.is_marked(way[-1], "refused")]
    return max((way for way in onward if state in way[:-1]), key=len, default=None)


def held_flows():
    return [pytest.param(law, flow, id=flow.id) for law, flow in FLOWS]


@pytest.mark.parametrize(("law_id", "flow"), held_flows())
def test_at_every_state_a_record_is_sent_back_or_withdrawn_and_taken_up_again(county, law_id, flow):
    journey = Journey(county, law_id, flow, through(flow, flow.initial), papers=False)
    noun, record_id, times = flow.noun, journey.record_id, 0
    for state, to in pairwise(journey.way):
        kind = ("退回补正", "撤回")[times % 2]
        not_begun = state == flow.initial and not journey.before and noun in ("applications", "awards", "workrooms")
        if not_begun or flow.is_marked(state, "rest"):
            nothing_to_hold(journey, kind)
            journey.take(to)
            continue
        times += 1
        before = record_of(county, noun, record_id)
        with county.writing() as session:
            hold(session, journey, kind)
        if not any(flow.is_marked(to, mark) for mark in LEAVING):
            refuse(journey, to)
        held = record_of(county, noun, record_id)
        if noun in ("applications", "awards"):
            assert held["state"] == MEANS[kind]
        if state != flow.initial:
            assert waits_held(journey, kind)
        with county.writing() as session:
            course.close(session, record_id, "已补正", journey.by, journey.on, flow.id)
        assert record_of(county, noun, record_id) == before
        journey.take(to)
    if not any(step.from_ == journey.way[-1] for step in flow.transition):
        nothing_to_hold(journey, "退回补正")
    with county.reading() as session:
        kept = course.holds(session, record_id)
        assert [one.kind for one in kept] == [("退回补正", "撤回")[number % 2] for number in range(times)]
        for one in kept:
            told = history.history(session, "holds", one.id)
            assert {change.operator for change in told} == {journey.by}
            assert {change.field for change in told if change.action != "新增"} >= {"closed_on", "answer"}


def nothing_to_hold(journey, kind):
    """Where nothing is under way nothing is sent back or withdrawn, and the window offers neither."""
    with journey.county.writing() as session, pytest.raises(NotAllowed, match=r"没有正在办理的事项|还没有提交"):
        hold(session, journey, kind)
    with journey.county.reading() as session:
        found = page.page(session, journey.flow.noun, journey.record_id, journey.on).ways
    assert not next(way.may_hold for way in found if way.road.workflow.id == journey.flow.id)


def record_of(county, noun, record_id):
    with county.reading() as session:
        return records.get_record(session, noun, record_id)


def hold(session, journey, kind):
    where = (session, journey.flow.noun, journey.record_id)
    at = {"workflow": journey.flow.id}
    if kind == "撤回":
        return course.withdraw(*where, "申报单位要求撤回", journey.by, journey.on, **at)
    return course.send_back(*where, {"": "缺附件"}, journey.by, journey.on, **at)


def refuse(journey, to):
    with pytest.raises(NotAllowed, match=r"办结以后|没有办理流程"), journey.county.writing() as session:
        course.advance(
            session, journey.flow.noun, journey.record_id, to, journey.by, journey.on, "来文", workflow=journey.flow.id
        )


def waits_held(journey, kind):
    """Say whether the list of what waits names the record as held."""
    with journey.county.reading() as session:
        found = [one for one in course.waiting(session, journey.on) if one.record_id == journey.record_id]
    return kind in {one.held for one in found}


PUBLIC = [
    pytest.param(law, flow, state, id=f"{flow.id}-{state}")
    for law, flow in FLOWS
    for state in flow.marks.get("publicity", ())
]


def at_publicity(county, law_id, flow, state):
    """Return a journey that stands at a publicity which has begun, with an objection registered, and both ids."""
    journey = Journey(county, law_id, flow, through(flow, state), papers=False)
    for to in journey.way[1:]:
        journey.take(to)
        if to == state:
            break
    with county.writing() as session:
        where = {"workflow": flow.id, "at_state": state}
        begun = publicity.begin(session, flow.noun, journey.record_id, journey.on, 5, "自然日", **where)
        raised = publicity.register_objection(session, begun["id"], "成果不是本人完成", journey.by, journey.on)
    return journey, begun["id"], raised["id"]


def go_on(journey, reason="来文"):
    """Take the step after the publicity."""
    to = journey.way[len(journey.before) + 1]
    with journey.county.writing() as session:
        return course.advance(
            session, journey.flow.noun, journey.record_id, to, journey.by, journey.on, reason, workflow=journey.flow.id
        )


def settle(journey, objection, finding):
    with journey.county.writing() as session:
        publicity.settle_objection(session, objection, finding, "调查核实", journey.by, journey.on)


@pytest.mark.parametrize(("law_id", "flow", "state"), PUBLIC)
def test_an_objection_found_untrue_lets_the_record_go_on_once_it_is_settled(county, law_id, flow, state):
    journey, public, objection = at_publicity(county, law_id, flow, state)
    with pytest.raises(NotAllowed, match="公示到"):
        go_on(journey)
    journey.on += timedelta(days=8)
    with pytest.raises(NotAllowed, match="异议还没有办结"):
        go_on(journey)
    settle(journey, objection, "不成立")
    with county.writing() as session:
        assert publicity.close(session, public, journey.by, journey.on)["result"] == "无异议"
    for to in journey.way[len(journey.before) + 1 :]:
        journey.take(to)
    told(journey, public, objection)


@pytest.mark.parametrize(("law_id", "flow", "state"), PUBLIC)
def test_an_objection_upheld_ends_in_a_refusal_where_there_is_one_and_else_wants_a_reason(county, law_id, flow, state):
    journey, public, objection = at_publicity(county, law_id, flow, state)
    journey.on += timedelta(days=8)
    settle(journey, objection, "成立")
    with county.writing() as session:
        assert publicity.close(session, public, journey.by, journey.on)["result"] == "有异议"
    with pytest.raises(NotAllowed):
        go_on(journey, reason="")
    ways = {step.to for step in flow.transition if step.from_ == state}
    refusal = next((one for one in flow.marks.get("refused", ()) if one in ways), "")
    if refusal:
        journey.take(refusal)
        record = record_of(county, flow.noun, journey.record_id)
        assert record["state"] in ("未通过", refusal)
    else:
        assert go_on(journey, reason="异议涉及的一项已剔除")["to"] == journey.way[len(journey.before) + 1]
    told(journey, public, objection)


def told(journey, public, objection):
    """The publicity and the objection can be explained afterwards: who, when, what was found."""
    with journey.county.reading() as session:
        for noun, record_id, field in (("publicities", public, "result"), ("objections", objection, "finding")):
            changes = history.history(session, noun, record_id)
            assert {one.operator for one in changes} == {journey.by}
            assert any(one.field == field and one.new for one in changes if one.action != "新增")
