"""Every workflow of every regulation is walked through the services, from its beginning to each of its ends."""

from itertools import pairwise

import pytest

from desktop.services import course, records
from desktop.services.regulation import bundled
from tests.services.counties import County
from tests.services.journeys import Journey, paths

WAYS = [
    pytest.param(law.id, flow, way, id=f"{flow.id}-{number}")
    for law in bundled().values()
    for flow in law.workflows
    for number, way in enumerate(paths(flow))
]


@pytest.fixture
def county(tmp_path):
    made = County(tmp_path)
    yield made
    made.database.close()


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
