"""Filing an award asks what the worker can know; the publicity and the ranking come later, on its road."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.errors import NotAllowed
from desktop.rules.workflow import looked_at_later
from desktop.services import application, course, document, publicity
from desktop.services.attestations import write_facts
from desktop.services.regulation import bundled
from desktop.services.review.scoring import items_for
from desktop.services.road.papers import papers_of
from tests.services.counties import put

LAW = "wx-2021-award"
LATER = {"wx-2021-award-10a", "wx-2021-award-10b", "wx-2021-award-10c"}
WHOLE = json.loads((Path(__file__).parents[1] / "data" / "whole_workrooms.json").read_text(encoding="utf-8"))
AWARDS = {one["facts"]["award_kind"]: one["facts"] for one in WHOLE if one["regulation"] == LAW}
ON_THE_ROAD = (
    "unit_publicity_start",
    "unit_publicity_end",
    "publicity_start",
    "publicity_end",
    "recommendation_ranked",
)
OF_THE_RECORD = ("award_kind", "award_year", "award_yuan", "reference_date")
DAY = date(2026, 6, 1)


def filed(county, kind, **changed):
    """Put an award of which only what a worker knows at its filing is told."""
    facts = {name: value for name, value in AWARDS[kind].items() if name not in (*ON_THE_ROAD, *OF_THE_RECORD)}
    with county.writing() as session:
        person = put(session, "people", name="李一线", frontline=True)
        given = {"person_id": person, "project_name": "甲", "reference_date": DAY.isoformat(), "award_year": DAY.year}
        award = put(session, "awards", regulation=LAW, award_kind=kind, **given)
        write_facts(session, award, facts | changed, DAY, "王敏")
    return award


@pytest.mark.parametrize("kind", sorted(AWARDS))
def test_an_award_is_filed_before_it_is_public_and_ranked(county, kind):
    award = filed(county, kind)
    with county.writing() as session:
        draft = application.draft(session, award, DAY)
        assert not LATER & {rule for page in draft.pages for rule in page.rules}
        assert application.submit(session, award, "王敏", DAY)["state"] == "已提交"


def test_what_the_worker_can_know_is_asked_at_once(county):
    award = filed(county, "十佳金点子", first_person_frontline=False, applied_by_person=False)
    with county.writing() as session, pytest.raises(NotAllowed, match="还不能提交") as refused:
        application.submit(session, award, "王敏", DAY)
    assert "公示" not in str(refused.value)


def test_the_road_still_holds_what_was_not_public_long_enough(county):
    award = filed(county, "十佳金点子")
    with county.writing() as session:
        application.submit(session, award, "王敏", DAY)
        for to in ("职工自主申报", "本单位公示"):
            course.advance(session, "awards", award, to, "王敏", DAY, "依据：来文", workflow="wxa-award")
        short = {
            "unit_publicity_start": DAY.isoformat(),
            "unit_publicity_end": (DAY + timedelta(days=3)).isoformat(),
        }
        write_facts(session, award, short, DAY, "王敏")
        with pytest.raises(NotAllowed, match="公示"):
            course.advance(session, "awards", award, "基层推荐", "王敏", DAY, "依据：来文", workflow="wxa-award")


def test_only_what_no_filing_asks_for_is_left_to_the_road():
    left = {
        (law.id, noun): looked_at_later(law, noun) for law in bundled().values() for noun in ("applications", "awards")
    }
    assert left[LAW, "awards"] >= LATER
    for (law_id, noun), rules in left.items():
        flows = [flow for flow in bundled()[law_id].workflows if flow.noun == noun]
        asked = {
            rule
            for flow in flows
            for step in flow.transition
            if flow.is_marked(step.to, "filed")
            for rule in step.requires
        }
        assert not rules & asked
        assert asked or not rules


def test_the_entry_form_lists_only_what_is_asked_at_the_filing(county):
    award = filed(county, "十佳金点子")
    with county.reading() as session:
        draft = document.paper_data(session, "award-entry", "awards", [award], {}, DAY)
        later = document.paper_data(session, "qualification-check", "awards", [award], {}, DAY)
    assert not [row for row in draft.data["rows"] if "公示" in row["title"] or "排序" in row["title"]]
    assert not [words for words in draft.warnings if "公示" in words]
    assert [words for words in later.warnings if "公示" in words]
    assert not [words for words in later.warnings if words.count("待补") > 1]


def test_each_publicity_prints_the_days_of_its_own(county):
    award = filed(county, "十佳金点子")
    with county.writing() as session:
        publicity.begin(session, "awards", award, DAY, 5, publicity.PLAIN, facts="unit_publicity")
        unit = document.paper_data(session, "unit-publicity", "awards", [award], {}, DAY)
        social = document.paper_data(session, "social-publicity", "awards", [award], {}, DAY)
    assert "公示时间：2026年6月1日至2026年6月6日。" in unit.data["body"]
    assert {"publicity_start", "publicity_end"} <= {field.name for field in social.missing}
    with county.writing() as session:
        publicity.begin(session, "awards", award, date(2026, 6, 15), 5, publicity.WORKING)
        social = document.paper_data(session, "social-publicity", "awards", [award], {}, DAY)
        unit = document.paper_data(session, "unit-publicity", "awards", [award], {}, DAY)
    assert any("公示时间：2026年6月15日至" in words for words in social.data["body"])
    assert "公示时间：2026年6月1日至2026年6月6日。" in unit.data["body"]


def test_lists_of_projects_stand_award_by_award_each_in_its_own_order(county):
    kinds = ("十佳金点子", "十大科技创新成果", "十佳金点子", "十大科技创新成果")
    with county.writing() as session:
        put_one = {"regulation": LAW, "reference_date": DAY.isoformat(), "award_year": DAY.year}
        ids = [
            put(session, "awards", **put_one, award_kind=kind, project_name=f"{kind}{rank}", rank=rank)
            for kind, rank in zip(kinds, (2, 2, 1, 1), strict=True)
        ]
    with county.reading() as session:
        listed = document.paper_data(session, "award-ranking", "awards", ids, {}, DAY).data["attachments"][0]["table"]
        paid = document.paper_data(session, "award-payment", "awards", ids, {}, DAY).data["rows"]
        praised = document.paper_data(session, "commendation", "awards", ids, {}, DAY).data["attachments"][0]["table"]
    wanted = ["十大科技创新成果1", "十大科技创新成果2", "十佳金点子1", "十佳金点子2"]
    assert [row[1] for row in listed["rows"]] == wanted
    assert [row["name"] for row in paid] == wanted
    assert [(row[1], row[-1]) for row in praised["rows"]] == list(
        zip(wanted, ("5,000.00", "5,000.00", "2,000.00", "2,000.00"), strict=True)
    )


@pytest.mark.parametrize("kind", sorted(AWARDS))
def test_experts_give_points_for_the_conditions_of_the_award_alone(county, kind):
    award = filed(county, kind)
    with county.reading() as session:
        assert items_for(session, "awards", award) == (kind,)


def test_a_unions_recommendation_tells_how_long_each_project_was_public_and_how_that_ended(county):
    award = filed(county, "十佳金点子")
    with county.writing() as session:
        unit = put(session, "units", name="宏昌机械制造有限公司", union_name="宏昌机械制造有限公司工会")
        put(session, "awards", id=award, unit_id=unit)
        held = publicity.begin(session, "awards", award, DAY, 5, publicity.PLAIN, facts="unit_publicity")
        publicity.close(session, held["id"], "王敏", date(2026, 6, 8))
        draft = document.paper_data(session, "award-opinion", "awards", [award], {}, DAY)
    (row,) = draft.data["attachments"][0]["table"]["rows"]
    assert draft.data["issuer"] == "宏昌机械制造有限公司工会"
    assert row[-1] == "2026年6月1日至2026年6月6日，无异议"
    assert "同意推荐" in draft.data["body"][-1]
    named = papers_of("推荐意见", "awards")
    assert [paper.kind for paper in named] == ["award-opinion"]
