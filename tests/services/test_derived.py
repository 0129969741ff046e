"""Each derived fact against small registers: what it counts, what it leaves out, and when it cannot tell."""

from datetime import date
from decimal import Decimal

import pytest

from desktop.models.allocation import Allocation, AllocationLine
from desktop.models.assessment import Assessment, Plan
from desktop.models.grant import Expenditure, Grant
from desktop.models.outcome import Activity, Outcome, Publication
from desktop.models.person import Honour, Person
from desktop.models.unit import Unit
from desktop.models.workroom import Member, Topic, Workroom
from desktop.services.derived import course as derived_course
from desktop.services.derived import money as derived_money
from desktop.services.derived import review as derived_review
from desktop.services.derived import team as derived_team
from desktop.services.derived import work as derived_work
from desktop.services.derived.fact import ABSENT, DERIVATIONS
from desktop.services.derived.subject import Subject

DAY = date(2026, 9, 1)
LEADER = Person(id="p0", name="周建成", status="在职", title_rank="副高级", frontline=True, unit_id="u1")


def person(number: int, **values) -> Person:
    return Person(id=f"p{number}", name=f"成员{number}", **{"frontline": None, "unit_id": "u1", **values})


def member(number: int, role: str = "骨干成员", core: bool = True, **values) -> tuple[Member, Person]:
    one = person(number, **values)
    return Member(id=f"m{number}-{role}", person_id=one.id, role=role, core=core), one


def subject(**records) -> Subject:
    records.setdefault("workroom", Workroom(id="w1", name="周建成创新工作室", leader_id="p0", state="已建成"))
    return Subject(on=records.pop("on", DAY), regulation="nm-2026-build", leader=LEADER, **records)


def test_the_team_counts_the_leader_once_whether_listed_or_not():
    listed = (Member(id="m0", person_id="p0", role="领衔人", core=True), LEADER)
    four = [member(n) for n in range(1, 5)]
    assert derived_team.team_total_incl_leader(subject(members=four)) == 5
    assert derived_team.team_total_incl_leader(subject(members=[listed, *four])) == 5
    assert derived_team.core_members_excl_leader(subject(members=[listed, *four])) == 4


def test_an_empty_roll_leaves_the_team_unknown():
    for fact in ("team_total_incl_leader", "core_members_excl_leader", "backbone_count", "other_count", "roster"):
        assert DERIVATIONS[fact](subject()) is ABSENT, fact


def test_a_person_of_two_roles_counts_once_in_the_higher():
    twice = [member(1, "骨干成员"), member(1, "其他参与人员"), member(2, "其他参与人员")]
    assert derived_team.backbone_count(subject(members=twice)) == 1
    assert derived_team.other_count(subject(members=twice)) == 1
    assert derived_team.team_total_incl_leader(subject(members=twice)) == 3


def test_two_leaders_are_counted():
    second = member(9, "领衔人")
    assert derived_team.leader_count(subject(members=[second])) == 2
    assert derived_team.leader_count(subject(workroom=Workroom(id="w", name="x"))) == 0


@pytest.mark.parametrize(
    ("marks", "members", "share"),
    [
        ((True, True), 3, 100),
        ((True, False), 2, Decimal("66.66")),
        ((False, False), 1, Decimal("33.33")),
        ((None, True), 2, ABSENT),
    ],
)
def test_frontline_workers(marks, members, share):
    found = subject(members=[member(n + 1, frontline=mark) for n, mark in enumerate(marks)])
    assert derived_team.frontline_members(found) == members
    assert derived_team.frontline_share_pct(found) == share


def test_honours_keep_level_status_and_authority():
    honour = Honour(
        id="h", person_id="p0", kind="劳动模范", level="省级", title="", status="已撤销", authority="自治区总工会"
    )
    assert derived_team.leader_honours(subject(honours=[honour])) == [
        {"kind": "劳动模范", "level": "省级", "title": "", "status": "已撤销", "authority": "自治区总工会"}
    ]
    assert derived_team.leader_honours(subject()) == []


def test_crossing_units_and_areas():
    units = [
        Unit(id="u1", name="甲", industry="煤炭", region="甲旗"),
        Unit(id="u2", name="乙", industry="", region="乙旗"),
    ]
    found = subject(members=[member(1, unit_id="u1"), member(2, unit_id="u2")], member_units=units)
    assert derived_team.cross_unit(found) is True
    assert derived_team.cross_industry(found) is ABSENT
    assert derived_team.cross_area(found) is True
    assert derived_team.cross_unit(subject(members=[member(1)])) is False


def test_a_topic_over_years_counts_in_each_and_a_running_one_up_to_the_day():
    long = Topic(id="t1", name="甲", started_on=date(2024, 11, 1), ended_on=date(2025, 2, 1), status="已完成")
    running = Topic(id="t2", name="乙", started_on=date(2025, 5, 1), status="进行中", registered=True)
    undated = Topic(id="t3", name="丙", status="进行中")
    found = derived_work.projects(subject(topics=[long, running, undated]))
    assert [(item["name"], item["year"]) for item in found] == [("甲", 2024), ("甲", 2025), ("乙", 2025), ("乙", 2026)]
    assert found[-1]["registered"] is True
    assert "registered" not in found[0]


def test_outcomes_become_results_with_level_only_when_recognised():
    found = derived_work.results(
        subject(
            outcomes=[
                Outcome(id="o1", name="甲", date=date(2025, 6, 1), form="认定", level="市级"),
                Outcome(id="o2", name="乙", date=date(2025, 6, 1), form="未认定", level="市级"),
                Outcome(id="o3", name="丙", date=None, form="认定", level="市级"),
            ]
        )
    )
    assert [(item["name"], item["level"], item["recognised"]) for item in found] == [
        ("甲", "市级", True),
        ("乙", None, False),
    ]


def test_trainings_and_counts():
    held = [
        Activity(id="a1", kind="技能培训", date=date(2025, 3, 1)),
        Activity(id="a2", kind="展示宣传", date=date(2025, 3, 1)),
    ]
    found = subject(activities=held)
    assert derived_work.trainings(found) == [{"date": date(2025, 3, 1), "year": 2025}]
    assert derived_work.activity_count(found) == 2


@pytest.mark.parametrize(("marks", "value"), [((True, None), True), ((False, False), False), ((False, None), ABSENT)])
def test_benefit(marks, value):
    outcomes = [Outcome(id=str(n), name="x", benefit_economic=mark) for n, mark in enumerate(marks)]
    assert derived_work.benefit_economic(subject(outcomes=outcomes)) is value
    assert derived_work.benefit_social(subject()) is ABSENT


def supported(on: date, *published: date) -> Subject:
    room = Workroom(id="w1", name="x", supported_on=date(2026, 3, 15), state="已命名")
    return subject(
        on=on,
        workroom=room,
        publications=[Publication(id=str(n), published_on=day, platform="APP") for n, day in enumerate(published)],
    )


def test_publications_are_pending_until_three_or_until_the_support_year_ends():
    inside = (date(2026, 3, 15), date(2027, 3, 14))
    assert derived_work.published_results_in_period(supported(date(2027, 3, 14), *inside)) is ABSENT
    assert derived_work.published_results_in_period(supported(date(2027, 3, 14), *inside, date(2026, 5, 1))) == 3
    assert derived_work.published_results_in_period(supported(date(2027, 3, 15), *inside)) == 2
    assert derived_work.published_results_in_period(supported(date(2026, 3, 14), *inside)) is ABSENT


def test_the_same_outcome_published_twice_is_one():
    found = supported(date(2027, 4, 1), date(2026, 4, 1), date(2026, 5, 1))
    for publication in found.publications:
        publication.outcome_id = "o1"
    assert derived_work.published_results_in_period(found) == 1


def test_never_named_is_known_only_for_one_that_no_level_named():
    assert derived_work.named_on(subject()) is None
    named = Workroom(id="w", name="x", state="已命名", named_levels=["县级"])
    assert derived_work.named_on(subject(workroom=named)) is ABSENT
    dated = Workroom(id="w", name="x", state="已命名", named_on=DAY, named_levels=["县级"])
    assert derived_work.named_on(subject(workroom=dated)) == DAY


def test_plans_on_file_are_of_the_year_and_filed():
    plans = [
        Plan(id="1", year=2026, kind="年度计划", filed_on=date(2026, 1, 5)),
        Plan(id="2", year=2026, kind="年度总结", filed_on=None),
        Plan(id="3", year=2025, kind="资金预算", filed_on=date(2025, 1, 5)),
    ]
    found = subject(plans=plans)
    assert derived_work.annual_plan_filed(found) is True
    assert derived_work.annual_summary_filed(found) is ABSENT
    assert derived_work.fund_budget_filed(found) is ABSENT


def test_the_latest_assessment_up_to_the_day_answers():
    done = [
        Assessment(id="1", assessed_on=date(2025, 12, 1), activity_normal=True, grade="合格", items=[]),
        Assessment(id="2", assessed_on=date(2026, 8, 1), activity_normal=False, grade="", items=["制度建设"]),
        Assessment(id="3", assessed_on=date(2026, 12, 1), activity_normal=True, grade="优秀", items=[]),
    ]
    found = subject(assessments=done)
    assert derived_work.activity_normal(found) is False
    assert derived_work.assessment_grade(found) is ABSENT
    assert derived_work.assessment_items(found) == ["制度建设"]
    assert derived_review.last_assessed_on(found) == date(2026, 8, 1)


def grant(**values) -> Grant:
    return Grant(
        **{"id": "g1", "grant_total_fen": 5_000_000, "track": "工作室", "year": 2026, "regulation": "r", **values}
    )


def test_money_is_given_to_the_fen():
    found = subject(grant=grant(received_fen=5_000_000, transferred_fen=4_999_999))
    assert derived_money.grant_total_yuan(found) == "50000.00"
    assert derived_money.received_yuan(found) == "50000.00"
    assert derived_money.transferred_yuan(found) == "49999.99"
    assert derived_money.yuan(-5) == "-0.05"


def test_rewards_name_person_role_and_result():
    line = AllocationLine(
        id="l1", kind="reward", person_id="p1", role="骨干成员", amount_fen=500_000, tax_withheld_fen=0
    )
    running = AllocationLine(id="l2", kind="operating", category="技能培训", amount_fen=100, tax_withheld_fen=0)
    line.result_ref = running.result_ref = ""
    found = subject(
        grant=grant(), allocation=Allocation(id="a1"), lines=[(line, person(1)), (running, None)], members=[member(1)]
    )
    assert derived_money.rewards(found) == [
        {
            "name": "成员1",
            "person_id": "p1",
            "role": "骨干成员",
            "amount_yuan": "5000.00",
            "tax_withheld_yuan": "0.00",
            "result_ref": "",
        }
    ]
    assert derived_money.reward_total_yuan(found) == "5000.00"
    assert derived_money.operating_total_yuan(found) == "1.00"


def test_a_reward_paid_as_expense_is_not_counted_beside_its_allocation():
    paid = Expenditure(id="e1", category="成员奖励", amount_fen=500_000, source="补助资金")
    trained = Expenditure(id="e2", category="技能培训", amount_fen=100, source="补助资金")
    with_lines = subject(grant=grant(), allocation=Allocation(id="a1"), expenditures=[paid, trained])
    assert [item["category"] for item in derived_money.expenses(with_lines)] == ["技能培训"]
    assert len(derived_money.expenses(subject(grant=grant(), expenditures=[paid, trained]))) == 2


def test_days_in_transit_run_until_the_transfer():
    assert derived_money.transfer_days(subject(grant=grant(received_on=date(2026, 8, 2)))) == 30
    moved = grant(received_on=date(2026, 8, 2), transferred_on=date(2026, 8, 5))
    assert derived_money.transfer_days(subject(grant=moved)) == 3


def test_steps_carry_the_dates_that_are_known():
    found = subject(grant=grant(planned_on=date(2026, 6, 1), received_on=date(2026, 7, 1)))
    assert derived_course.steps_done(found) == [
        {"step": "年度支持建设计划", "date": date(2026, 6, 1)},
        {"step": "上级工会收款", "date": date(2026, 7, 1)},
    ]


def test_earlier_grants_say_whether_of_the_same_year_and_none_is_known_to_be_none():
    earlier = [grant(id="g0", year=2025), grant(id="g2", year=2026)]
    found = subject(grant=grant(), prior_grants=earlier)
    assert [item["same_year"] for item in derived_money.prior_grants(found)] == [False, True]
    assert derived_money.prior_grants(subject(grant=grant())) is None


def test_columns_answer_only_when_filled():
    room = Workroom(id="w", name="x", venue_area_sqm=Decimal("24.99"), systems=[], venue_fixed=False, tags=["人工智能"])
    found = subject(workroom=room)
    assert DERIVATIONS["venue_area_sqm"](found) == Decimal("24.99")
    assert DERIVATIONS["venue_fixed"](found) is False
    assert DERIVATIONS["systems"](found) is ABSENT
    assert DERIVATIONS["tags"](found) == ["人工智能"]
    assert DERIVATIONS["leader_title_rank"](found) == "副高级"


def test_counts_are_known_only_to_the_office_above_all():
    assert DERIVATIONS["named_this_year"](subject()) is ABSENT
    assert DERIVATIONS["named_this_year"](subject(counts={"named_this_year": 7})) == 7
