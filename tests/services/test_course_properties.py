"""Random steps at random records reach no state against the workflow; record, papers and history agree."""

import random
from datetime import timedelta

import pytest

from desktop.errors import DesktopError
from desktop.services import course, records
from desktop.services.attestations import write_facts
from desktop.services.journal import history
from desktop.services.regulation import bundled
from desktop.services.road.chain import read_chain, steps_of
from tests.services.counties import County
from tests.services.journeys import GROUNDS, Journey, paths

FLOWS = [(law.id, flow) for law in bundled().values() for flow in law.workflows]
APPLICATION_STATES = {"filed": "已提交", "recommended": "已推荐", "supported": "已推荐", "refused": "未通过"}


def throw(session, chance, flow, noun, record_id, day, eager):
    """Do one random thing to a record; when `eager`, try a step that stands ahead, else any state."""
    road = course.road_of(session, noun, record_id, flow.id, day)
    ahead = [gate.transition.to for gate in road.gates]
    to = chance.choice(ahead if eager and ahead else flow.states)
    leader = chance.choice(session.info["people"])
    kind = chance.random()
    rows = records.list_records(session, "steps", {"subject_id": record_id})
    if rows and kind < 0.15:
        return course.take_back(session, chance.choice(rows)["id"], "王敏", day, "误点")
    if rows and kind < 0.2:
        when = day - timedelta(days=chance.randrange(40))
        return course.amend(session, chance.choice(rows)["id"], "王敏", day, "写错", when)
    if kind < 0.25 and noun == "applications":
        return course.send_back(session, noun, record_id, {"": "缺"}, "王敏", day)
    if kind < 0.4:
        return course.close(session, record_id, "补了", "王敏", day)
    grounds = []
    for gate in road.gates:
        if gate.transition.to == to:
            grounds = [one.rule for one in gate.opened_by]
    details = {"leader_id": leader, "name": "新的名称", "due_on": (day + timedelta(days=30)).isoformat()}
    return course.advance(
        session, noun, record_id, to, "王敏", day, "来文", workflow=flow.id, grounds=grounds, details=details
    )


def judge(session, flow, noun, record_id):
    """The steps that stand form a lawful walk; the record says what the last of them means."""
    rows = [row for row in session.info["steps"](record_id) if row.workflow == flow.id]
    walked = read_chain(rows, flow.initial)
    lawful = {(step.from_, step.to) for step in flow.transition}
    state, day, passed = walked.done[0].from_state if walked.done else walked.state, None, {flow.initial}
    for step in walked.done:
        assert (step.from_state, step.to_state) in lawful
        assert step.from_state == state
        assert day is None or step.on >= day
        after = next(one.after for one in flow.transition if (one.from_, one.to) == (step.from_state, step.to_state))
        assert set(after) <= passed | {state}
        state, day = step.to_state, step.on
        passed.add(state)
    assert walked.disputed == ()
    agree(session, flow, noun, record_id, walked)


def agree(session, flow, noun, record_id, walked):
    record = records.get_record(session, noun, record_id)
    held = course.open_hold(session, record_id)
    if noun in ("grants", "awards", "assessments") and walked.done:
        assert record["state"] == walked.state
    if noun == "applications" and held is not None:
        assert record["state"] == "退回修改"
    elif noun == "applications":
        means = [
            APPLICATION_STATES[mark]
            for step in walked.done
            for mark, states in flow.marks.items()
            if step.to_state in states and mark in APPLICATION_STATES
        ]
        named = [step.to_state for step in walked.done if step.to_state in flow.names]
        if walked.done and walked.done[-1].to_state in flow.names:
            assert record["state"] == "已命名"
        elif means and not named:
            assert record["state"] == means[-1]
        elif not walked.done:
            assert record["state"] == "草稿"
    if noun == "workrooms" and any(flow.is_marked(walked.state, mark) for mark in ("revoked", "exited")):
        assert record["state"] in ("已撤销", "已退出")


@pytest.fixture
def county(tmp_path):
    made = County(tmp_path)
    yield made
    made.database.close()


@pytest.mark.parametrize(("law_id", "flow"), FLOWS, ids=[flow.id for _, flow in FLOWS])
def test_no_state_is_reached_against_the_workflow(county, law_id, flow):
    chance = random.Random(flow.id)
    longest = max(paths(flow), key=len)
    journey = Journey(county, law_id, flow, longest)
    record_id = journey.record_id
    with county.writing() as session:
        write_facts(session, record_id, GROUNDS.get(law_id, {}) if chance.random() < 0.5 else {}, journey.on)
    day, done, refused = journey.on, 0, 0
    for number in range(40):
        day += timedelta(days=chance.randrange(3))
        try:
            with county.writing() as session:
                know(session, county)
                throw(session, chance, flow, flow.noun, record_id, day, eager=number % 3 > 0)
            done += 1
        except DesktopError:
            refused += 1
        with county.reading() as session:
            know(session, county)
            judge(session, flow, flow.noun, record_id)
    assert refused
    assert done
    with county.reading() as session:
        steps = records.list_records(session, "steps", {"subject_id": record_id})
        for step in steps:
            changes = history.history(session, "steps", step["id"])
            assert changes[0].operator == "王敏"
            # A step is written once and never edited.
            assert {change.action for change in changes} == {"新增"}


def know(session, county):
    session.info["people"] = county.ids["people"]
    session.info["steps"] = lambda record_id: [
        row for _, flow in FLOWS for row in steps_of(session, record_id, flow.id)
    ]
