"""What travels of a meeting (集体研究): its step to the county concerned, votes and minutes to its own side alone."""

from itertools import pairwise

import pytest

from desktop.services import course, document, records
from desktop.services.attestations import write_facts
from desktop.services.regulation import bundled
from desktop.services.review import collective
from tests.services.counties import put
from tests.services.desks import carry, conflicts_of, make_desk, pack, require_sound, take
from tests.services.journeys import filled, first_day, paths, whole_facts

LAW = bundled()["jy-2022"]
FLOW = next(flow for flow in LAW.workflows if flow.id == "jy-naming")
MEETING = "集体研究"
WAY = next(way for way in paths(FLOW) if MEETING in way)
FACTS = whole_facts(LAW.id, FLOW.id, WAY)
DAY = first_day(FACTS)
SAT = ["王主席", "李副主席", "赵部长"]


@pytest.fixture
def tree(tmp_path):
    region = make_desk(tmp_path, "某区总工会", "省级")
    city = make_desk(tmp_path, "甲市总工会", "市级", region)
    counties = [make_desk(tmp_path, name, "县级", city) for name in ("乙县总工会", "丙县总工会")]
    yield region, city, counties
    for desk in (region, city, *counties):
        desk.database.close()


def apply_at(desk):
    """Enter an application at a county that stands before the city's meeting; returns its id."""
    with desk.edit() as session:
        put(session, "offices", id=desk.office, regulations=[LAW.id])
        room = put(session, "workrooms", name=f"{desk.path.stem}周建成创新工作室", office_id=desk.office)
        given = {"regulation": LAW.id, "state": "已推荐", "reference_date": DAY.isoformat(), "year": DAY.year}
        made = put(session, "applications", workroom_id=room, **given)
        write_facts(session, made, {k: v for k, v in FACTS.items() if k != "reference_date"}, DAY, "王敏")
        about = {"subject_noun": "applications", "subject_id": made, "regulation": LAW.id, "workflow": FLOW.id}
        for number, (start, end) in enumerate(pairwise(WAY[: WAY.index(MEETING)]), 1):
            moved = {"from_state": start, "to_state": end, "position": number, "taken_on": DAY.isoformat()}
            put(session, "steps", **about, **moved, taken_by="王敏")
    return made


def meet(city, applications):
    """Hold one meeting over the applications of both counties and file its minutes."""
    named, put_off = applications
    opinions = {
        named: {"conclusion": "社会公示", "agreed": 3, "opposed": 0, "abstained": 0},
        put_off: {"conclusion": "缓议", "note": "材料待补"},
    }
    with city.edit("陈科长") as session:
        put(session, "offices", id=city.office, regulations=[LAW.id])
        meeting = collective.Meeting(FLOW.id, MEETING, DAY, "王主席", SAT, opinions, discussion="丙县一件缓议")
        made = collective.decide(session, "applications", meeting, "陈科长")
        where = ("meeting-minutes", "collective_decisions", [made["id"]])
        given = {one.name: filled(one) for one in document.paper_data(session, *where, None, DAY).missing}
        document.issue(session, *where, city.path.parent / "minutes.pdf", given, None, DAY)
    return made["id"]


def road(desk, application):
    with desk.database.reading() as session:
        return course.road_of(session, "applications", application, FLOW.id, DAY)


def meetings(desk):
    with desk.database.reading() as session:
        return records.list_records(session, "collective_decisions")


def test_a_meeting_reaches_each_county_by_its_step_and_the_office_above_whole(tree, tmp_path):
    region, city, counties = tree
    applications = [apply_at(desk) for desk in counties]
    for desk in counties:
        assert carry(desk, city, tmp_path)["applied"]
    before = [road(city, one).state for one in applications]
    assert before == [WAY[WAY.index(MEETING) - 1]] * 2
    meeting = meet(city, applications)
    assert [road(city, one).state for one in applications] == [MEETING, before[1]]
    for desk in counties:
        carry(city, desk, tmp_path)
    assert road(counties[0], applications[0]).state == MEETING
    assert road(counties[0], applications[0]).done[-1].reason == "集体研究结论：社会公示（同意3票、反对0票、弃权0票）"
    assert road(counties[1], applications[1]).state == before[1]
    for desk in counties:
        # Who sat, how the others fared and the minutes are the city's.
        assert meetings(desk) == []
        assert desk.value("SELECT count(*) FROM documents WHERE kind = 'meeting-minutes'") == 0
    carry(city, region, tmp_path)
    (above,) = meetings(region)
    assert above == meetings(city)[0]
    assert (above["id"], above["present"], above["subjects"]) == (meeting, SAT, applications)
    assert above["opinions"][applications[1]] == {"conclusion": "缓议", "note": "材料待补"}
    with region.database.reading() as session:
        assert records.get_record(session, "documents", above["document_id"])["kind"] == "meeting-minutes"
        (told,) = collective.listed(session, applications[0])
    assert told["id"] == meeting
    for desk in (region, city, *counties):
        assert conflicts_of(desk) == []
    require_sound([region, city, *counties])


def test_the_counties_next_step_agrees_with_the_meeting_that_it_never_saw(tree, tmp_path):
    _region, city, counties = tree
    applications = [apply_at(desk) for desk in counties]
    for desk in counties:
        carry(desk, city, tmp_path)
    meet(city, applications)
    twice = pack(city, counties[0], tmp_path)
    assert take(counties[0], twice)["applied"]
    assert not take(counties[0], twice)["applied"]
    with counties[0].edit() as session:
        taken = course.advance(
            session, "applications", applications[0], "社会公示", "王敏", DAY, "来文", workflow=FLOW.id
        )
    assert taken["from"] == MEETING
    carry(counties[0], city, tmp_path)
    assert road(city, applications[0]).state == "社会公示"
    assert road(city, applications[0]).chain.disputed == ()
