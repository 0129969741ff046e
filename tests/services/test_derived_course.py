"""Facts about courses, papers, reviews, awards and the whole register: what counts, and when nothing is known."""

from datetime import date
from decimal import Decimal

import pytest

from desktop.models.application import Application, Attestation
from desktop.models.assessment import Assessment, Award, Expert, Plan
from desktop.models.document import Document
from desktop.models.grant import Expenditure, Grant
from desktop.models.office import Office
from desktop.models.outcome import Activity, Outcome, Publication
from desktop.models.person import Person
from desktop.models.workroom import Member, Workroom
from desktop.services.derived import award as derived_award
from desktop.services.derived import course as derived_course
from desktop.services.derived import fact as derived_fact
from desktop.services.derived import money as derived_money
from desktop.services.derived import review as derived_review
from desktop.services.derived import team as derived_team
from desktop.services.derived import work as derived_work
from desktop.services.derived.fact import ABSENT
from desktop.services.derived.subject import Subject
from desktop.services.facts import sheet_of
from desktop.services.regulation import regulation
from tests.services.full_subject import LEADER, whole_award, whole_workroom

DAY = date(2026, 9, 1)


def subject(**records) -> Subject:
    records.setdefault("workroom", Workroom(id="w1", name="甲", leader_id="p0", state="已命名", named_levels=[]))
    return Subject(on=records.pop("on", DAY), regulation="nm-2026-fund", **records)


def attested(fact: str, value) -> Attestation:
    return Attestation(id=fact, subject_id="a1", fact=fact, value=value, attested_by="王敏", attested_on=DAY)


def test_steps_come_from_a_person_the_money_and_the_states_and_a_persons_date_stands():
    grant = Grant(id="g", grant_total_fen=1, received_on=date(2026, 7, 1))
    given = attested("steps_done", [{"step": "上级工会收款", "date": "2026-06-30"}])
    passed = {"grants": [{"step": "支出完毕", "date": DAY}], "workrooms": [{"step": "更名", "date": DAY}]}
    found = derived_course.steps_done(subject(grant=grant, attestations=[given], steps=passed))
    assert found == [{"step": "上级工会收款", "date": "2026-06-30"}, {"step": "支出完毕", "date": DAY}]
    assert derived_course.steps_done(subject()) is ABSENT
    assert derived_course.steps_done(subject(grant=Grant(id="g", grant_total_fen=1))) == []


def test_a_paper_tells_its_days_only_once_issued_and_only_while_in_force():
    paper = Document(id="d", kind="publicity", issued_on=date(2026, 9, 2), data={"publicity_start": "2026-09-03"})
    assert derived_course.publicity_start(subject(documents=[paper])) is ABSENT
    assert derived_course.publicity_start(subject(documents=[paper], on=date(2026, 9, 2))) == "2026-09-03"
    assert derived_course.publicity_end(subject(documents=[paper], on=date(2026, 9, 2))) is ABSENT


def test_a_decision_publishes_the_list_and_commends_an_award():
    paper = Document(id="d", kind="naming-decision", issued_on=DAY, data={})
    assert derived_course.list_published(subject(documents=[paper])) is True
    assert derived_course.list_published(subject()) is ABSENT
    assert derived_course.commended(subject(documents=[paper])) is ABSENT
    assert derived_course.commended(whole_award()) is True
    praise = Document(id="e", kind="commendation", issued_on=DAY, data={})
    assert derived_course.commended(subject(award=Award(id="b"), documents=[praise])) is True
    assert derived_course.commended(subject(award=Award(id="b"))) is ABSENT


@pytest.mark.parametrize(
    ("state", "opinion", "value"), [("已推荐", "", True), ("草稿", "同意", True), ("草稿", " ", ABSENT)]
)
def test_a_review_shows_in_the_opinion_or_in_the_state(state, opinion, value):
    application = Application(id="a", regulation="r", state=state, review_opinion=opinion)
    assert derived_course.recommender_reviewed(subject(application=application)) is value


@pytest.mark.parametrize(
    ("law", "reviewed", "before"),
    [("wx-2021-model", "初审考核", "单位工会申请"), ("wx-2021-staff", "下级工会考核", "单位工会申请")],
)
def test_a_review_shows_in_its_step_on_the_road(law, reviewed, before):
    application = Application(id="a", regulation=law, state="已提交", review_opinion="")

    def told(*steps):
        passed = {"applications": [{"step": step, "date": DAY} for step in steps]}
        return derived_course.recommender_reviewed(subject(application=application, law=regulation(law), steps=passed))

    assert told(before) is ABSENT
    assert told(before, reviewed) is True


def test_an_award_is_recommended_on_the_day_its_union_did_so():
    passed = [{"step": "本单位公示", "date": DAY}, {"step": "基层推荐", "date": date(2026, 9, 9)}]
    award = Award(id="b")
    given = {"award": award, "law": regulation("wx-2021-award")}
    assert derived_course.recommended_on(subject(**given, steps={"awards": passed})) == date(2026, 9, 9)
    assert derived_course.recommended_on(subject(**given, steps={"awards": passed[:1]})) is ABSENT


def test_the_day_of_application_is_that_of_submission_once_there_is_one():
    application = Application(id="a", regulation="r", reference_date=DAY, submitted_on=date(2026, 8, 1), year=2026)
    assert derived_course.application_date(subject(application=application)) == date(2026, 8, 1)
    application.submitted_on = None
    assert derived_course.application_date(subject(application=application)) == DAY
    assert derived_course.naming_year(subject(application=application)) == 2026
    assert derived_course.naming_year(subject()) is ABSENT


def test_what_a_workroom_was_named():
    named = Workroom(id="w", name="x", state="已撤销", named_levels=["市级"], level="市级")
    assert derived_course.named_by_city(subject(workroom=named)) is True
    assert derived_course.named_by_city(subject()) is False
    assert derived_course.named_by_unit(subject(workroom=named)) is ABSENT
    assert derived_course.naming_revoked(subject(workroom=named)) is True
    assert derived_course.naming_revoked(subject()) is ABSENT


def test_a_named_workroom_without_assessment_has_known_none_and_others_are_unknown():
    named = Workroom(id="w", name="x", named_on=date(2022, 1, 1))
    assert derived_review.last_cycle_assessed_on(subject(workroom=named)) is None
    assert derived_review.last_cycle_assessed_on(subject()) is ABSENT
    made = [
        Assessment(id="1", kind="周期考核", assessed_on=date(2024, 1, 1)),
        Assessment(id="2", kind="周期考核", assessed_on=date(2026, 1, 1)),
        Assessment(id="3", kind="年度考核", assessed_on=date(2026, 6, 1)),
    ]
    assert derived_review.last_cycle_assessed_on(subject(assessments=made)) == date(2026, 1, 1)
    judged = subject(assessments=made, assessment=made[1])
    assert derived_review.last_cycle_assessed_on(judged) == date(2024, 1, 1)
    assert derived_review.last_assessed_on(subject(assessments=made)) == date(2026, 6, 1)


def test_who_assessed_and_who_recommended():
    made = [Assessment(id="1", kind="年度考核", assessed_on=DAY, year=2026)]
    county = Office(id="o", name="某县总工会", level="县级")
    found = subject(assessments=made, assessors={"1": county}, office=county)
    assert derived_review.assessor(found) == "某县总工会"
    assert derived_review.district_assessment_filed(found) is True
    assert derived_review.unit_assessment_filed(found) is ABSENT
    assert derived_review.assessment_filed(found) is True
    assert derived_review.recommender(found) is ABSENT
    recommended = subject(office=county, named_applications=[Application(id="a", regulation="r", state="已推荐")])
    assert derived_review.recommender(recommended) == "某县总工会"


def test_a_new_leader_is_assessed_only_after_the_change():
    left = Member(id="m", workroom_id="w1", person_id="p9", role="领衔人", left_on=date(2026, 5, 1))
    before = Assessment(id="1", kind="专项考核", assessed_on=date(2026, 4, 30), grade="合格")
    after = Assessment(id="2", kind="专项考核", assessed_on=date(2026, 5, 1), grade="不合格")
    assert derived_review.reassessment_grade(subject(assessments=[before], former_leaders=[left])) is ABSENT
    assert derived_review.reassessment_grade(subject(assessments=[before, after], former_leaders=[left])) == "不合格"
    assert derived_team.leader_changed(subject(leader=LEADER, former_leaders=[left])) is True
    same = Member(id="m", workroom_id="w1", person_id="p0", role="领衔人", left_on=DAY)
    assert derived_team.leader_changed(subject(leader=LEADER, former_leaders=[same])) is ABSENT


def test_the_latest_filed_summary_is_the_report():
    plans = [
        Plan(id="1", year=2024, kind="年度总结", filed_on=date(2025, 1, 5), sections=["成果研发"]),
        Plan(id="2", year=2025, kind="年度总结", filed_on=date(2025, 12, 30), sections=["成果转化"]),
        Plan(id="3", year=2026, kind="年度总结", filed_on=None, sections=["建设发展"]),
    ]
    found = subject(plans=plans)
    assert derived_review.annual_report_on(found) == date(2025, 12, 30)
    assert derived_review.report_year(found) == 2025
    assert derived_review.report_sections(found) == ["成果转化"]
    assert derived_review.running_reports_in_year(found) is ABSENT
    assert derived_review.running_reports_in_year(subject(plans=plans, on=date(2025, 12, 31))) == 2


def test_activities_of_the_kind_speak_for_the_measure_and_silence_says_nothing():
    held = [Activity(id="1", kind="互学互鉴", date=DAY), Activity(id="2", kind="展示宣传", date=date(2026, 9, 2))]
    found = subject(activities=held)
    assert derived_review.exchange_held(found) is True
    assert derived_review.training_measures(found) is ABSENT
    assert derived_review.publicity_count(found) == 0
    assert derived_review.publicity_done(found) is ABSENT
    assert derived_review.activity_records(found) is True


@pytest.mark.parametrize(
    ("senior", "others", "share"), [(1, 1, Decimal(50)), (26, 25, Decimal("50.98")), (1, 2, Decimal("33.33"))]
)
def test_the_share_of_senior_experts_is_cut_not_rounded(senior, others, share):
    ranks = ["正高级"] * senior + ["副高级"] * others
    pool = [Expert(id=str(n), name="x", title_rank=rank) for n, rank in enumerate(ranks)]
    assert derived_review.pool_senior_share_pct(subject(experts=pool)) == share
    assert derived_review.pool_senior_share_pct(subject()) is ABSENT


def test_a_platform_counts_as_listed_when_the_regulation_names_it():
    law = regulation("nm-2026-fund")
    published = [
        Publication(id="1", title="甲", platform="“职工之家”APP", published_on=DAY),
        Publication(id="2", title="乙", platform="单位网站", published_on=DAY),
        Publication(id="3", title="丙", platform="单位网站", published_on=date(2027, 1, 1)),
    ]
    found = derived_work.publications(subject(law=law, publications=published))
    assert [item["platform_listed"] for item in found] == [True, False]
    silent = derived_work.publications(subject(law=regulation("tl-2020"), publications=published))
    assert "platform_listed" not in silent[0]


def test_the_leader_is_named_whole_among_those_who_completed_an_outcome():
    recognised = Outcome(id="1", name="x", form="认定", completed_by="李四、周建成")
    longer = Outcome(id="2", name="x", form="认定", completed_by="周建成林")
    assert derived_work.leader_led_result(subject(leader=LEADER, outcomes=[recognised])) is True
    assert derived_work.leader_led_result(subject(leader=LEADER, outcomes=[longer])) is ABSENT
    recognised.form = "未认定"
    assert derived_work.leader_led_result(subject(leader=LEADER, outcomes=[recognised])) is ABSENT


def test_benefit_in_money_is_a_benefit():
    paid = Outcome(id="1", name="x", benefit_fen=1, benefit_economic=None, benefit_social=False)
    none = Outcome(id="2", name="x", benefit_economic=False, benefit_social=False)
    assert derived_work.result_has_benefit(subject(outcomes=[paid])) is True
    assert derived_work.result_has_benefit(subject(outcomes=[none])) is False
    assert derived_work.result_has_benefit(subject()) is ABSENT


def test_what_the_unit_paid():
    own = Expenditure(id="1", category="成员奖励", amount_fen=150, source="单位资金")
    granted = Expenditure(id="2", category="成员奖励", amount_fen=100, source="补助资金")
    assert derived_money.unit_matching_yuan(subject(expenditures=[own, granted])) == "1.50"
    assert derived_money.unit_reward_given(subject(expenditures=[own])) is True
    assert derived_money.unit_reward_given(subject(expenditures=[granted])) is ABSENT
    assert derived_money.unit_matching_given(subject(expenditures=[granted])) is ABSENT


@pytest.mark.parametrize(("sum_fen", "same"), [(2_000_000, True), (4_000_000, False), (3_000_000, None)])
def test_an_earlier_grant_is_of_the_same_title_when_its_sum_is_that_titles(sum_fen, same):
    law = regulation("wx-2021-model")
    now = Grant(id="g2", regulation=law.id, grant_total_fen=2_000_000, track="工作室", year=2026)
    earlier = Grant(id="g1", regulation=law.id, grant_total_fen=sum_fen, track="工作室", year=2024)
    found = derived_money.prior_grants(subject(law=law, grant=now, prior_grants=[earlier]))
    assert found[0].get("same_title") is same
    assert found[0]["same_year"] is False


@pytest.mark.parametrize(
    ("level", "above", "value"), [("市级", "", "市直"), ("县级", "市级", "旗县"), ("基层", "市级", "市直")]
)
def test_where_a_unit_belongs(level, above, value):
    office, superior = Office(id="o", name="x", level=level), Office(id="p", name="y", level=above)
    assert derived_team.unit_affiliation(subject(office=office, superior=superior)) == value
    assert derived_team.unit_affiliation(subject()) is ABSENT


def award(**person) -> Subject:
    one = Person(id="p", name="x", **{"frontline": None, "title_rank": "", **person})
    return subject(workroom=None, award=Award(id="w", award_kind="十佳金点子", project_name="x"), awardee=one)


def test_the_first_person_of_an_award():
    assert derived_award.first_person_frontline(award()) is ABSENT
    assert derived_award.first_person_frontline(award(frontline=False)) is False
    assert derived_award.first_person_roles(award(frontline=True, title_rank="中级")) == ["一线职工", "专业技术人员"]
    assert derived_award.first_person_roles(award()) is ABSENT
    assert derived_award.awardee_rank(award()) == 1
    assert derived_award.award_yuan(award()) is ABSENT
    assert derived_award.award_yuan(whole_award()) == "3000.00"
    assert derived_award.award_revoked(award()) is ABSENT


def test_a_persons_word_stands_against_an_empty_register_but_not_against_its_records():
    room = Workroom(id="w1", name="甲", leader_id="p0", named_levels=[], venue_fixed=False)
    given = [
        attested("results", [{"date": "2025-01-01", "level": "市级"}]),
        attested("venue_fixed", True),
        attested("named_this_year", 9),
    ]
    sheet = sheet_of(subject(workroom=room, attestations=given, counts={"named_this_year": 3}))
    assert sheet.facts["results"] == [{"date": "2025-01-01", "level": "市级"}]
    assert sheet.facts["named_this_year"] == 9
    assert sheet.facts["venue_fixed"] is False
    assert sheet.sources["results"].by == "王敏"


def test_the_record_itself_speaks_before_its_workroom():
    both = [attested("leader_expertise", False), attested("leader_expertise", True)]
    assert sheet_of(whole_workroom(attestations=both)).facts["leader_expertise"] is True


@pytest.mark.parametrize(
    ("applied", "tags", "level", "told"),
    [
        ("市级", ["示范性"], "市级", "市级"),
        ("", ["示范性"], "市级", "示范性"),
        ("", ["数智特色"], "市级", "市级"),
        ("", [], "省级", ABSENT),
    ],
)
def test_a_grant_goes_by_what_was_applied_for_else_by_the_workrooms_title(applied, tags, level, told):
    room = Workroom(id="w1", name="甲", state="已命名", tags=tags, level=level)
    law, grant = regulation("wx-2021-model"), Grant(id="g", grant_total_fen=1)
    application = Application(id="a1", application_level=applied) if applied else None
    known = {"law": law, "workroom": room, "application": application}
    assert derived_fact.application_level(subject(grant=grant, **known)) == told
    if not applied:
        # Without a grant nobody asked for money yet: what is applied for is for a person to say.
        assert derived_fact.application_level(subject(**known)) is ABSENT


def test_a_medal_given_on_the_road_was_proposed():
    given = {"award": Award(id="b"), "steps": {"awards": [{"step": "授予五一劳动奖章", "date": DAY}]}}
    assert derived_award.medal_proposed(subject(**given)) is True
    assert derived_award.medal_proposed(subject(award=Award(id="b"))) is ABSENT


def test_a_workroom_on_the_road_to_another_leader_is_changing_it_and_its_money_is_not_touched():
    begun = {"workrooms": [{"step": "申请变更", "date": DAY}]}
    law = regulation("wx-2021-model")
    assert derived_team.leader_changed(subject(law=law, steps=begun)) is True
    assert derived_team.leader_changed(subject(law=law)) is ABSENT
    assert derived_team.leader_changed(subject(law=law, steps=begun, grant=Grant(id="g"))) is ABSENT
    assert derived_team.leader_changed(subject(law=regulation("tl-2020"), steps=begun)) is ABSENT
