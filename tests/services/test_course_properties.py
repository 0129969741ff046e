"""Random steps at random records reach no state against the workflow; record, papers and history agree."""

import random
from datetime import timedelta

import pytest

from desktop.errors import DesktopError, NotAllowed
from desktop.rules.evaluator import judge as judged
from desktop.services import course, document, records
from desktop.services.attestations import write_facts
from desktop.services.journal import history
from desktop.services.regulation import bundled
from desktop.services.road import page as course_page
from desktop.services.road.chain import read_chain, steps_of
from desktop.services.road.papers import papers_of
from desktop.services.road.road import facts_for, model_of
from tests.services.journeys import GROUNDS, Journey, filled, paths

FLOWS = [(law.id, flow) for law in bundled().values() for flow in law.workflows]
APPLICATION_STATES = {"filed": "已提交", "recommended": "已推荐", "supported": "已推荐", "refused": "未通过"}


def withdraw(session, noun, record_id, reasons, by, day, **at):
    return course.withdraw(session, noun, record_id, reasons[""], by, day, **at)


def issue(session, noun, record_id, flow, day):
    """Issue the first paper of a step ahead that records can make, into the folder of the test."""
    way = next(way for way in course_page.page(session, noun, record_id, day).ways if way.road.workflow.id == flow.id)
    papers = [paper for ahead in way.ahead for paper in ahead.papers if paper.kind]
    if not papers:
        raise NotAllowed("没有文书。", noun)
    paper = papers[0]
    ids = [record_id if paper.noun == noun else session.info["room"]]
    draft = document.paper_data(session, paper.kind, paper.noun, ids, None, day)
    given = {one.name: filled(one) for one in draft.missing}
    return document.issue(session, paper.kind, paper.noun, ids, session.info["folder"] / "一.pdf", given, None, day)


def throw(session, chance, flow, noun, record_id, day, eager):
    """Do one random thing to a record; when `eager`, try a step that stands ahead, else any state."""
    road = course.road_of(session, noun, record_id, flow.id, day)
    ahead = [gate.transition.to for gate in road.gates]
    to = chance.choice(ahead if eager and ahead else flow.states)
    leader = chance.choice(session.info["people"])
    kind = chance.random()
    rows = records.list_records(session, "steps", {"subject_id": record_id})
    rows.sort(key=lambda row: row["position"])
    if rows and kind < 0.15:
        return course.take_back(session, chance.choice(rows)["id"], "王敏", day, "误点")
    if rows and kind < 0.2:
        when = day - timedelta(days=chance.randrange(40))
        return course.amend(session, chance.choice(rows)["id"], "王敏", day, "写错", when)
    if kind < 0.25:
        under_way = road.begun and bool(road.gates) and not flow.is_marked(road.state, "rest") and road.hold is None
        hold = course.send_back if chance.random() < 0.5 else withdraw
        held = hold(session, noun, record_id, {"": "缺"}, "王敏", day, workflow=flow.id)
        assert under_way, "nothing was under way that could be held"
        return held
    if kind < 0.4:
        return course.close(session, record_id, "补了", "王敏", day, flow.id)
    if kind < 0.52:
        return issue(session, noun, record_id, flow, day)
    grounds = []
    for gate in road.gates:
        if gate.transition.to == to:
            grounds = [one.rule for one in gate.opened_by]
    details = {"leader_id": leader, "name": "新的名称", "due_on": (day + timedelta(days=30)).isoformat()}
    why_not, free = hindrance(session, road, to, day), unclaimed(session, road, to)
    reason = chance.choice(("来文", "来文", ""))
    taken = course.advance(
        session, noun, record_id, to, "王敏", day, reason, workflow=flow.id, grounds=grounds, details=details
    )
    assert not why_not, (to, why_not)
    assert (taken["document_id"] in free) if free else taken["document_id"] is None, "a step hangs on its own paper"
    return taken


LEAVING = ("refused", "exited", "revoked")


def hindrance(session, road, to, day):
    """Say what stands against a step, found without the gates: the text of the workflow and the rules judged anew."""
    flow, record = road.workflow, session.get(model_of(road.noun), road.record_id)
    step = next((one for one in flow.transition if (one.from_, one.to) == (road.state, to)), None)
    if step is None:
        return "没有这一步"
    if course.open_hold(session, road.record_id) and not any(flow.is_marked(to, mark) for mark in LEAVING):
        return "退回或撤回"
    if not set(step.after) <= {flow.initial, *(one.to_state for one in road.done)}:
        return "还没有办理应先办理的"
    if road.done and day < road.done[-1].on:
        return "日期早于上一步"
    found = judged(road.regulation, facts_for(session, road.noun, record, road.regulation, day), on=day).findings
    status = {one.rule: one.status for one in found}
    bad = [rule for rule in step.requires if status[rule] in ("fail", "unknown")]
    if step.opened_by and not any(status[rule] in ("fail", "warn") for rule in step.opened_by):
        bad.append("没有事由")
    return bad


def unclaimed(session, road, to):
    """Return the papers in force that a step to a state would rest on: issued for it, about the record or its room."""
    steps = [one for one in road.workflow.transition if (one.from_, one.to) == (road.state, to)]
    kinds = {paper.kind for step in steps for paper in papers_of(step.paper, road.noun) if paper.kind}
    about = {road.record_id, session.info["room"]}
    claimed = {row["document_id"] for row in records.list_records(session, "steps")}
    issued = records.list_records(session, "documents", {"state": "已签发"})
    return {
        one["id"] for one in issued if one["kind"] in kinds and one["subject_id"] in about and one["id"] not in claimed
    }


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


def papers_agree(session, walked):
    """A step that stands rests on a paper in force, one taken back on a void one; no paper serves two steps."""
    standing = [step.document_id for step in walked.done if step.document_id]
    back = {step.document_id for step in walked.taken_back if step.document_id}
    assert len(set(standing)) == len(standing)
    assert not back & set(standing)
    states = {document_id: records.get_record(session, "documents", document_id)["state"] for document_id in standing}
    assert set(states.values()) <= {"已签发"}
    assert all(records.get_record(session, "documents", one)["state"] == "已作废" for one in back)


def holds_agree(session, noun, record_id):
    """At most one hold is open; the record says so; each closed one ended no earlier than it began."""
    kept = course.holds(session, record_id)
    open_ones = [one for one in kept if one.closed_on is None]
    assert len(open_ones) <= 1
    assert all(one.closed_on >= one.opened_on for one in kept if one.closed_on is not None)
    record = records.get_record(session, noun, record_id)
    if noun in ("applications", "awards"):
        means = {"退回补正": "退回修改", "撤回": "已撤回"}
        assert (record["state"] in means.values()) is bool(open_ones)
        assert not open_ones or record["state"] == means[open_ones[0].kind]
    if noun == "applications":
        assert bool(record["returned_reason"]) is (bool(open_ones) and open_ones[0].kind == "退回补正")


def history_agrees(session, noun, record_id):
    """The last change of a field in the history is what the record holds."""
    record = records.get_record(session, noun, record_id)
    last = {}
    for change in history.history(session, noun, record_id):
        last[change.field] = change
    for field in ("state", "level", "leader_id", "name", "named_on"):
        if field in last and field in record and last[field].action != "新增":
            assert last[field].new == record[field], (field, last[field])


def agree(session, flow, noun, record_id, walked):
    record = records.get_record(session, noun, record_id)
    held = course.open_hold(session, record_id)
    papers_agree(session, walked)
    holds_agree(session, noun, record_id)
    history_agrees(session, noun, record_id)
    if noun in ("grants", "assessments") and walked.done:
        assert record["state"] == walked.state
    if noun == "awards" and walked.done and held is None:
        assert record["state"] == walked.state
    if noun == "applications" and held is None:
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


def test_every_workflow_and_every_kind_of_record_that_has_one_is_thrown_at():
    nouns = {"applications", "awards", "grants", "assessments", "plans", "publications", "workrooms"}
    assert {flow.noun for _law, flow in FLOWS} == nouns
    assert len(FLOWS) == len({flow.id for _law, flow in FLOWS}) == 30


@pytest.mark.parametrize(("law_id", "flow"), FLOWS, ids=[flow.id for _, flow in FLOWS])
def test_no_state_is_reached_against_the_workflow(county, law_id, flow):
    chance = random.Random(flow.id)
    # From the beginning much is out of reach of chance: the record stands somewhere on one of the ways first.
    journey = Journey(county, law_id, flow, chance.choice(paths(flow)), papers=False)
    record_id = journey.record_id
    for to in journey.way[1 : 1 + chance.randrange(1, max(2, len(journey.way) - 1))]:
        journey.take(to)
    with county.writing() as session:
        write_facts(session, record_id, GROUNDS.get(law_id, {}) if chance.random() < 0.5 else {}, journey.on)
    day, done, refused = journey.on, 0, 0
    for number in range(30):
        day += timedelta(days=chance.randrange(3))
        try:
            with county.writing() as session:
                know(session, county)
                session.info |= {"room": journey.room, "folder": county.path.parent}
                throw(session, chance, flow, flow.noun, record_id, day, eager=number % 3 > 0)
            done += 1
        except DesktopError:
            refused += 1
        with county.reading() as session:
            know(session, county)
            judge(session, flow, flow.noun, record_id)
    assert refused
    assert done
    unwind(county, flow, record_id, day)
    with county.reading() as session:
        steps = records.list_records(session, "steps", {"subject_id": record_id})
        for step in steps:
            changes = history.history(session, "steps", step["id"])
            assert changes[0].operator == "王敏"
            # A step is written once and never edited.
            assert {change.action for change in changes} == {"新增"}


def unwind(county, flow, record_id, day):
    """Take every step back that stands, the last first: all agrees each time, and their papers are void."""
    with county.reading() as session:
        know(session, county)
        rows = [row for row in session.info["steps"](record_id) if row.workflow == flow.id]
        standing = [step.id for step in read_chain(rows, flow.initial).done]
    for step_id in reversed(standing):
        with county.writing() as session:
            if course.open_hold(session, record_id):
                course.close(session, record_id, "补了", "王敏", day)
            course.take_back(session, step_id, "王敏", day, "误点")
        with county.reading() as session:
            know(session, county)
            judge(session, flow, flow.noun, record_id)


def know(session, county):
    session.info["people"] = county.ids["people"]
    session.info["steps"] = lambda record_id: [
        row for _, flow in FLOWS for row in steps_of(session, record_id, flow.id)
    ]
