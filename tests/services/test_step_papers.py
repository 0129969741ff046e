"""Papers as the steps of the courses name them, and what they say under 揭阳, 河南 and 通辽 by the texts themselves."""

import pytest

from desktop.services import document, identity, records
from desktop.services.paper.kinds import COMPOSERS
from desktop.services.paper.recipes import RECIPES
from desktop.services.road.papers import kind_near, papers_of
from tests.services.counties import DAY
from tests.services.paper_county import LAWS, PaperCounty

UNMADE = {"拨付通知", "经费补助拨付通知", "补助资金指标下达通知"}
"""Papers of the money, which are made from the grant and not from the application."""


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    made = PaperCounty(tmp_path_factory.mktemp("steps"))
    yield made
    made.database.close()


@pytest.fixture
def office(county):
    """Make this office another one for a test: its level and name."""
    with county.reading() as session:
        own = identity.own_office_id(session)
        before = records.get_record(session, "offices", own)

    def become(level, name):
        county.put("offices", id=own, level=level, name=name)

    yield become
    county.put("offices", id=own, level=before["level"], name=before["name"])


def steps(*laws):
    return [(law, flow, step) for law in laws for flow in LAWS[law].workflows for step in flow.transition]


def body(county, kind, noun, ids, **typed):
    with county.reading() as session:
        return document.paper_data(session, kind, noun, ids, typed, DAY)


@pytest.mark.parametrize("law", ["jy-2022", "hn-2024", "tl-2020"])
def test_every_paper_of_a_step_can_be_made_from_it(law):
    for _law, flow, step in steps(law):
        for paper in papers_of(step.paper, flow.noun):
            assert paper.kind or (flow.noun == "applications" and paper.name in UNMADE), (flow.id, paper.name)


def test_a_step_leads_only_to_papers_that_its_regulation_uses():
    for law, flow, step in steps(*LAWS):
        for paper in papers_of(step.paper, flow.noun):
            recipe = RECIPES.get(paper.kind)
            assert recipe is None or recipe.used_by(LAWS[law]), (flow.id, paper.name, paper.kind)


@pytest.mark.parametrize(
    ("name", "noun", "kind"),
    [
        ("省级推荐报告", "applications", "upward-recommendation"),
        ("推荐报告", "applications", "recommendation"),
        ("推荐汇总表", "applications", "recommendation"),
        ("初审意见", "assessments", "cycle-opinion"),
        ("专家评审意见表", "assessments", "expert-review"),
        ("评估考核表", "workrooms", "assessment-sheet"),
        ("变更（退出）审批表", "workrooms", "change-request"),
        ("核验未通过记录", "workrooms", "look-back"),
        ("未列入告知", "applications", "refusal"),
        ("支出明细账", "grants", "expense-detail"),
    ],
)
def test_the_paper_that_a_step_names_is_the_one_it_leads_to(name, noun, kind):
    (paper,) = papers_of(name, noun)
    assert paper.kind == kind
    assert paper.noun in COMPOSERS[kind].nouns


def test_naming_is_not_the_end_of_a_naming():
    assert papers_of("撤销命名决定", "workrooms")[0].kind == "revocation"
    assert papers_of("命名决定", "workrooms")[0].kind == ""
    assert kind_near("审核意见", "workrooms") == ""


@pytest.mark.parametrize(
    ("kind", "noun", "article", "other"),
    [
        ("first-review", "applications", "第六条", "第十条"),
        ("expert-review", "applications", "第六条", "第十条"),
        ("expert-review", "assessments", "第十条", "第六条"),
        ("meeting-minutes", "applications", "第六条", "第十条"),
        ("meeting-minutes", "assessments", "第十条", "第六条"),
    ],
)
def test_a_paper_rests_on_the_article_of_its_own_course(county, kind, noun, article, other):
    data = body(county, kind, noun, county.made[noun, "jy-2022"][:1]).data
    words = str(data.get("basis", "")) + str(data.get("articles", "")) + str(data.get("body", ""))
    assert article in words
    assert other not in words


@pytest.mark.parametrize(("level", "act"), [("市级", "拟命名"), ("县级", "拟推荐")])
def test_who_names_makes_public_what_is_to_be_named(county, office, level, act):
    office(level, "揭阳市总工会" if level == "市级" else "榕城区总工会")
    data = body(county, "publicity", "applications", county.made["applications", "jy-2022"]).data
    assert act in data["title"]
    assert act in data["attachments"][0]["title"]
    assert act in data["body"][0]


@pytest.mark.parametrize(
    ("kind", "noun", "law", "name", "to"),
    [
        ("naming-decision", "applications", "jy-2022", "揭阳市总工会", "各县（市、区）总工会、市直基层工会"),
        ("assessment-result", "assessments", "jy-2022", "揭阳市总工会", "各县（市、区）总工会、市直基层工会"),
        (
            "name-list",
            "applications",
            "hn-2024",
            "河南省教科文卫体工会委员会",
            "各省辖市、济源示范区教科文卫体工会，省教科文卫体工会直属基层工会，各委员单位",
        ),
    ],
)
def test_what_goes_to_all_offices_is_addressed_as_the_text_does(county, office, kind, noun, law, name, to):
    ids = county.made[noun, law]
    assert body(county, kind, noun, ids).data["to"] != [to]
    office("省级", name)
    assert body(county, kind, noun, ids).data["to"] == [to]


def test_the_report_of_a_year_goes_to_the_department_that_the_text_names(county):
    for law, to in (("jy-2022", "某盟总工会生产保护部"), ("wx-2021-staff", "某盟总工会")):
        assert body(county, "assessment-report", "assessments", county.made["assessments", law]).data["to"] == [to]


def test_henan_recommends_upward_to_the_provincial_federation_by_article_eight(county, office):
    office("省级", "河南省教科文卫体工会委员会")
    room = [county.ids["room"]]
    data = body(county, "upward-recommendation", "workrooms", room, regulation="hn-2024").data
    assert data["to"] == ["河南省总工会"]
    assert "第八条" in data["body"][0]


@pytest.mark.parametrize(
    ("law", "said"),
    [
        ("hn-2024", ("第九条、第十一条", "补助工作经费", "不得截留、挤占和挪用")),
        ("jy-2022", ("第十二条、第十三条", "专款专用，单独核算", "不能用于接待餐费和人员福利奖金")),
    ],
)
def test_money_is_passed_on_with_what_the_text_says_of_it(county, law, said):
    text = "".join(body(county, "disbursement-notice", "grants", county.made["grants", law][:1]).data["body"])
    assert all(one in text for one in said)
    assert "支持建设补助资金" not in text


def test_a_decision_to_take_the_plaque_down_rests_on_its_ground(county):
    draft = body(county, "revocation", "workrooms", [county.ids["room"]], regulation="jy-2022")
    ground = next(field for field in draft.fields if field.name == "ground").choices[2]
    text = "".join(
        body(county, "revocation", "workrooms", [county.ids["room"]], regulation="jy-2022", ground=ground).data["body"]
    )
    assert "第八条（二），经研究" in text
    assert "第十一条" not in text


def test_a_change_is_looked_at_by_what_the_text_says_of_changes(county):
    typed = {"change": "更换领衔人", "cause": "退休", "new_leader": "骨干0"}
    data = body(county, "change-check", "workrooms", [county.ids["room"]], regulation="jy-2022", **typed).data
    assert [(row["title"], row.get("actual", "")) for row in data["rows"][:3]] == [
        ("变更种类", "更换领衔人"),
        ("变更原因", "退休"),
        ("新领衔人", "骨干0"),
    ]
    assert {row["article"] for row in data["rows"]} == {"—", "第六条", "第七条"}
    again = body(county, "change-check", "workrooms", [county.ids["room"]], regulation="wx-2021-model").data
    assert len(again["rows"]) > 8


def test_training_and_other_activities_stand_apart_and_nobody_is_counted_who_was_not(county):
    room = county.ids["room"]
    about = {"workroom_id": room, "date": "2026-05-10"}
    county.put("activities", **about, kind="技能培训", title="焊工培训", people_count=20)
    county.put("activities", **about, kind="展示宣传", title="成果展")
    data = body(county, "annual-report", "workrooms", [room], regulation="jy-2022").data
    parts = {section["title"]: section.get("text", []) for section in data["sections"]}
    assert "2026年5月10日，焊工培训，20人参加。" in parts["培训"]
    assert "2026年5月10日，成果展。" in parts["活动"]
    assert not any("成果展" in line for line in parts["培训"])
    assert "，0人" not in str(parts)


def test_a_workroom_is_assessed_under_tongliao_by_the_points_of_the_text(county):
    data = body(county, "assessment-sheet", "workrooms", [county.ids["room"]], regulation="tl-2020").data
    assert {row["title"] for row in data["rows"]} >= {"制度", "课题项目", "挂牌后成果", "无成果年数"}
    assert data["title"] == "职工创新工作室评估考核表"


def test_the_result_of_a_round_tells_the_grade_that_the_meeting_found(county):
    (one,) = county.made["assessments", "jy-2022"]
    county.put("assessments", id=one, grade="")
    assert body(county, "assessment-result", "assessments", [one]).warnings
    about = {"subject_noun": "assessments", "subjects": [one], "workflow": "jy-cycle", "at_state": "集体研究"}
    county.put(
        "collective_decisions", **about, met_on="2026-08-30", title="考核", opinions={one: {"conclusion": "优秀"}}
    )
    draft = body(county, "assessment-result", "assessments", [one])
    assert not draft.warnings
    assert any(line.startswith("优秀（1家）") for line in draft.data["body"])
    county.put("assessments", id=one, grade="合格")


def test_records_of_one_name_are_told_apart_by_their_kind(county):
    with county.reading() as session:
        told = [one.detail for one in document.subjects(session, "assessment-report")]
    assert told
    assert all("周期考核" in detail for detail in told)
