from datetime import date

import pytest

from desktop.errors import BadInput, NotAllowed
from desktop.services import application, beginning
from desktop.services.beginning import ALLIANCE, OUTCOME, WORKROOM, Beginning
from desktop.services.questions import kinds_of
from desktop.services.regulation import catalogue, regulation

DAY = date(2026, 9, 1)
AWARD, MODEL, NM = "wx-2021-award", "wx-2021-model", "nm-2026-build"


def begin(county, law, subject, record_id, **more):
    with county.writing() as session:
        return beginning.begin(session, Beginning(law, DAY, subject, record_id, **more))


def test_each_regulation_names_its_subjects_and_kinds():
    found = {law.id: (beginning.subjects_of(law), beginning.default_kind(law)) for law in catalogue().values()}
    assert found == {
        "hn-2024": ((WORKROOM,), ""),
        "jy-2022": ((WORKROOM,), ""),
        "nm-2026-build": ((WORKROOM, ALLIANCE), ""),
        "nm-2026-fund": ((WORKROOM, ALLIANCE), ""),
        "tl-2020": ((WORKROOM,), "市级"),
        "wx-2021-award": ((OUTCOME,), "十大科技创新成果"),
        "wx-2021-model": ((WORKROOM,), "市级"),
        "wx-2021-staff": ((WORKROOM,), "市级"),
    }


def test_words_that_no_rule_tells_apart_are_one_kind():
    assert kinds_of(regulation("tl-2020")) == ("旗县级", "市级")


def test_an_answer_that_no_rule_names_is_offered_too(county):
    award = begin(county, AWARD, OUTCOME, county.ids["leader"], kind="十佳金点子", project="甲")
    assert begin(county, AWARD, OUTCOME, county.ids["leader"], kind="十佳金点子", project="甲")["id"] == award["id"]
    with county.reading() as session:
        draft = application.draft(session, award["id"])
    asked = {one.fact: one for page in draft.pages for one in page.inputs}
    assert asked["project_origin"].choices == ("职工自选", "政府投资", "企业开发")
    assert asked["award_kind"].choices == kinds_of(draft.regulation)


def test_the_newest_day_is_listed_first(county):
    begin(county, NM, WORKROOM, county.ids["room"])
    with county.writing() as session:
        later = Beginning(AWARD, date(2026, 10, 1), OUTCOME, county.ids["leader"], "十佳金点子", "乙")
        beginning.begin(session, later)
        assert [row["noun"] for row in application.drafts(session)] == ["awards", "applications"]


def test_another_level_is_another_application(county):
    city = begin(county, MODEL, WORKROOM, county.ids["room"], kind="市级")
    model = begin(county, MODEL, WORKROOM, county.ids["room"], kind="示范性")
    assert (city["application_level"], model["application_level"]) == ("市级", "示范性")
    assert begin(county, MODEL, WORKROOM, county.ids["room"], kind="市级")["id"] == city["id"] != model["id"]
    assert begin(county, MODEL, WORKROOM, county.ids["room"])["id"] in (city["id"], model["id"])


def test_a_draft_without_a_level_takes_the_one_chosen(county):
    bare = begin(county, MODEL, WORKROOM, county.ids["room"])
    chosen = begin(county, MODEL, WORKROOM, county.ids["room"], kind="示范性")
    assert (bare["application_level"], chosen["application_level"]) == ("", "示范性")
    assert chosen["id"] == bare["id"]


def test_an_alliance_is_judged_by_the_records_of_its_lead_workroom(county):
    alliance = county.put("alliances", name="装备制造联盟", lead_workroom_id=county.ids["room"])
    begun = begin(county, NM, ALLIANCE, alliance)
    assert (begun["alliance_id"], begun["workroom_id"], begun["track"]) == (alliance, None, "联盟")
    with county.reading() as session:
        draft = application.draft(session, begun["id"])
        (listed,) = application.drafts(session)
    assert draft.title == listed["workroom_name"] == "装备制造联盟"
    assert draft.sheet.facts["leader_name"] == "周建成"
    assert draft.sheet.facts["track"] == "联盟"


def test_an_award_is_listed_beside_the_others_with_its_kind(county):
    begin(county, NM, WORKROOM, county.ids["room"])
    award = begin(county, AWARD, OUTCOME, county.ids["leader"], kind="十佳金点子", project=" 换刀提醒 ")
    with county.reading() as session:
        rows = application.drafts(session)
    assert [(row["noun"], row["workroom_name"], row["kind"], row["stage"]) for row in rows] == [
        ("applications", "周建成劳模工匠创新工作室", "", "申报"),
        ("awards", "换刀提醒", "十佳金点子", "申报"),
    ]
    assert rows[1]["id"] == award["id"]


@pytest.mark.parametrize(
    ("law", "subject", "more", "words"),
    [
        (AWARD, OUTCOME, {"kind": "", "project": "甲"}, "奖项"),
        (AWARD, OUTCOME, {"kind": "十佳金点子", "project": " "}, "名称"),
        (MODEL, WORKROOM, {"kind": "国家级"}, "市级、示范性"),
    ],
)
def test_what_is_not_yet_chosen_is_named(county, law, subject, more, words):
    with pytest.raises(BadInput, match=words):
        begin(county, law, subject, county.ids["leader" if subject == OUTCOME else "room"], **more)


def test_a_regulation_without_alliances_takes_none(county):
    alliance = county.put("alliances", name="装备制造联盟")
    with pytest.raises(NotAllowed, match="不受理联盟"):
        begin(county, "jy-2022", ALLIANCE, alliance)


@pytest.mark.parametrize(
    ("text", "found"), [("周", ["周建成"]), ("zjc", ["周建成"]), ("宏昌 骨干1", ["骨干1"]), ("%", [])]
)
def test_people_are_found_by_letters_of_name_or_unit(county, text, found):
    with county.reading() as session:
        assert [one.name for one in beginning.find_candidates(session, OUTCOME, text)] == found


def test_alliances_are_found_by_their_own_name_or_their_leads(county):
    county.put("alliances", name="装备制造联盟", lead_workroom_id=county.ids["room"])
    county.put("alliances", name="煤炭联盟")
    with county.reading() as session:
        assert len(beginning.find_candidates(session, ALLIANCE, "")) == 2
        (found,) = beginning.find_candidates(session, ALLIANCE, "周建成")
    assert (found.name, found.detail) == ("装备制造联盟", "周建成劳模工匠创新工作室")
