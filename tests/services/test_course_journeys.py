"""Every workflow of every regulation is walked through the services, from its beginning to each of its ends."""

import contextlib
import hashlib
from datetime import date
from itertools import pairwise

import pypdfium2
import pytest

from desktop.rules.calendar import chinese
from desktop.services import course, records
from desktop.services.journal import history
from desktop.services.regulation import bundled
from desktop.services.road import page as course_page
from desktop.services.road.papers import papers_of
from tests.services.journeys import Journey, paths, standing

WAYS = [
    pytest.param(law.id, flow, way, id=f"{flow.id}-{number}")
    for law in bundled().values()
    for flow in law.workflows
    for number, way in enumerate(paths(flow))
]


def test_the_ways_take_every_transition_and_reach_every_end():
    for law in bundled().values():
        for flow in law.workflows:
            ways = paths(flow)
            taken = {pair for way in ways for pair in pairwise(way)}
            assert taken == {(step.from_, step.to) for step in flow.transition}
            ends = {state for state in flow.states if flow.is_final(state)}
            assert ends <= {way[-1] for way in ways}


@pytest.mark.parametrize(("law_id", "flow", "way"), WAYS)
def test_the_whole_way_is_walked_with_its_papers(county, law_id, flow, way):
    journey = Journey(county, law_id, flow, way)
    journey.go()
    with county.reading() as session:
        road = course.road_of(session, flow.noun, journey.record_id, flow.id, journey.on)
        assert [flow.initial, *(step.to_state for step in road.done)] == list(way)
        assert road.chain.disputed == ()
        steps = records.list_records(session, "steps", {"subject_id": journey.record_id})
        made = [record["id"] for record in records.list_records(session, "documents")]
        linked = {step["document_id"] for step in steps if step["document_id"]}
        assert linked <= set(made)
        check_meaning(session, journey, flow, way)
        check_evidence(session, journey, flow)
    unwind(journey)


def unwind(journey):
    """Taken back one after another, the steps leave the records as each found them, and their papers void."""
    with journey.county.reading() as session:
        road = course.road_of(session, journey.flow.noun, journey.record_id, journey.flow.id, journey.on)
    for step, before in zip(reversed(road.done), reversed(journey.before), strict=True):
        with journey.county.writing() as session:
            back = course.take_back(session, step.id, journey.by, journey.on, "误点")
            assert (back["state"], back["kept"]) == (step.from_state, [])
            assert standing(session, journey.flow.noun) == before
    with journey.county.reading() as session:
        papers = {one["id"]: one["state"] for one in records.list_records(session, "documents")}
        assert all(papers[step.document_id] == "已作废" for step in road.done if step.document_id)


def check_evidence(session, journey, flow):
    """Each step tells who, when and by which article, and hangs on the paper that was really made for it."""
    page = course_page.page(session, flow.noun, journey.record_id, journey.on)
    shown = next(one for one in page.ways if one.road.workflow.id == flow.id)
    made = {filed["id"] for _out, filed in journey.made}
    steps = {(one.from_, one.to): one for one in flow.transition}
    for behind in shown.behind:
        step = steps[behind.done.from_state, behind.done.to_state]
        assert behind.source == step.source
        assert bool(behind.cite) is (step.source == "text"), "what the text does not write prints no article"
        if any(paper.kind for paper in papers_of(step.paper, flow.noun)):
            assert behind.done.document_id in made
        written = history.history(session, "steps", behind.done.id)
        assert {(one.action, one.operator) for one in written} == {("新增", journey.by)}
        assert len({one.hash for one in written}) == 1
    for out, filed in journey.made:
        check_paper(session, out, filed)


def check_paper(session, out, filed):
    """A paper can be opened, shows its number and day, is the file that was filed, and its filing is in the log."""
    content = out.read_bytes()
    assert hashlib.sha256(content).hexdigest() == filed["sha256"]
    with contextlib.closing(pypdfium2.PdfDocument(content)) as pdf:
        assert filed["pages"] in (None, len(pdf))
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)
    assert text
    if filed["document_number"]:
        assert filed["document_number"] in text
        assert chinese(date.fromisoformat(filed["issued_on"])) in text
    assert {one.action for one in history.history(session, "documents", filed["id"])} == {"新增"}


def check_meaning(session, journey, flow, way):
    """The workroom, its plaques and the record say what the way means."""
    room = records.get_record(session, "workrooms", journey.room)
    for state, rank in flow.names.items():
        if state in way:
            assert room["state"] == "已命名"
            assert rank in room["named_levels"]
    marks = {mark for mark, states in flow.marks.items() if way[-1] in states}
    if "revoked" in marks:
        assert room["state"] == "已撤销"
    if "exited" in marks:
        assert room["state"] == "已退出"
    if flow.marks.get("plaque") and set(flow.marks["plaque"]) & set(way):
        (plaque,) = records.list_records(session, "plaques")
        assert (plaque["workroom_id"], plaque["state"]) == (journey.room, "在用")
    if flow.noun == "applications" and "refused" in marks:
        assert records.get_record(session, "applications", journey.record_id)["state"] == "未通过"


CHANGED_ONCE = {
    "jy-change": ["原申报单位工会上报", "县级或市直基层工会审核", "市总工会审批", "更名", "更换领衔人", "变更完成"],
    "nm-build-change": ["触发（撤销荣誉、退休、调离、离职）", "变更审核", "新领衔人在任"],
    "wxm-change": ["申请变更", "按命名程序考核", "保留牌匾（不再补贴）"],
}


@pytest.mark.parametrize("flow_id", sorted(CHANGED_ONCE))
def test_a_second_change_of_leader_is_a_round_of_its_own(county, flow_id):
    law, flow = next((law, flow) for law in bundled().values() for flow in law.workflows if flow.id == flow_id)
    once = CHANGED_ONCE[flow_id]
    journey = Journey(county, law.id, flow, [flow.initial, *once, *once], papers=False)
    for to in once:
        journey.take(to)
    with county.reading() as session:
        waits = [one for one in course.waiting(session, journey.on) if one.record_id == journey.record_id]
        assert flow.id not in [one.workflow for one in waits]
    for to in once:
        with county.reading() as session:
            (step,) = [one for one in way_of(session, journey).ahead if one.gate.transition.to == to]
            assert not step.back
        journey.take(to)
    with county.reading() as session:
        road = course.road_of(session, "workrooms", journey.record_id, flow.id, journey.on)
        assert [step.to_state for step in road.done] == once * 2


def way_of(session, journey):
    page = course_page.page(session, "workrooms", journey.record_id, journey.on)
    return next(way for way in page.ways if way.road.workflow.id == journey.flow.id)
