"""Records about one workroom, its grant, its assessment and an award, in which every derived fact has an answer."""

from datetime import date
from decimal import Decimal

from desktop.models.allocation import Allocation, AllocationLine
from desktop.models.application import Application, Attestation
from desktop.models.assessment import Assessment, Award, Expert, Plan
from desktop.models.award_payment import AwardPayment
from desktop.models.document import Document
from desktop.models.grant import Expenditure, Grant
from desktop.models.office import Office
from desktop.models.outcome import Activity, Outcome, Publication
from desktop.models.person import Honour, Person
from desktop.models.publicity import Publicity
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, Member, Topic, Workroom
from desktop.services.derived.subject import Subject
from desktop.services.derived.tallies import TALLIED
from desktop.services.regulation import regulation

DAY = date(2026, 9, 1)
BEFORE = date(2026, 3, 1)
CITY = Office(id="o1", name="某市总工会", level="市级")
COUNTY = Office(id="o2", name="某县总工会", level="县级", parent_id="o1")
UNION = Office(id="o3", name="某公司工会", level="基层", parent_id="o2")
LEADER = Person(
    id="p0", name="周建成", status="违法违纪", title_rank="正高级", high_skill=True, frontline=True, unit_id="u1"
)
UNIT = Unit(
    id="u1",
    name="某公司",
    industry="煤炭",
    region="甲县",
    unit_is_legal_person=True,
    unit_union_sound=True,
    unit_type="企业",
    unit_class="国有企业",
)


def workroom(**values) -> Workroom:
    yes = (
        "venue_fixed",
        "venue_function_clear",
        "venue_independent",
        "equipment_ready",
        "unit_funding_provided",
        "unit_guides_rules",
        "development_plan",
        "topics_defined",
        "goals_defined",
        "team_structure_reasonable",
        "supported_by_region",
        "is_existing_rd_body",
        "app_registered",
        "in_audit_scope",
    )
    lists = {"venue_signs": ["牌匾"], "systems": ["活动开展"], "tags": ["人工智能"]}
    given = {
        "id": "w1",
        "name": "周建成创新工作室",
        "leader_id": "p0",
        "unit_id": "u1",
        "level": "市级",
        "state": "已撤销",
        "workroom_category": "技能型",
        "established_on": date(2020, 1, 1),
        "plaque_on": date(2022, 1, 1),
        "named_on": date(2022, 1, 1),
        "supported_on": date(2024, 1, 1),
        "venue_area_sqm": Decimal("25.5"),
        "named_levels": ["单位级", "市级"],
        "unit_funding_fen": 100,
        **dict.fromkeys(yes, True),
        **lists,
    }
    return Workroom(**{**given, **values})


def team() -> dict[str, object]:
    other = Person(id="p1", name="李四", frontline=False, unit_id="u2")
    second = Unit(id="u2", name="乙公司", industry="电力", region="乙县")
    left = Member(id="m9", workroom_id="w1", person_id="p9", role="领衔人", left_on=BEFORE)
    honour = Honour(id="h1", person_id="p0", kind="劳动模范", level="省级", title="", status="有效", authority="某省")
    return {
        "leader": LEADER,
        "honours": [honour],
        "members": [(Member(id="m1", person_id="p1", role="骨干成员", core=True), other)],
        "member_units": [UNIT, second],
        "former_leaders": [left],
    }


def work() -> dict[str, object]:
    kinds = ("技能培训", "技术交流", "师带徒", "展示宣传")
    outcome = Outcome(
        id="r1",
        name="甲",
        date=BEFORE,
        form="认定",
        level="市级",
        completed_by="周建成、李四",
        benefit_fen=100,
        benefit_social=True,
    )
    plans = [
        Plan(id=kind, year=2026, kind=kind, filed_on=BEFORE, sections=["成果研发"])
        for kind in ("年度计划", "年度总结", "资金预算", "绩效评价")
    ]
    platforms = ("职工之家APP", "职工之家APP", "单位网站")
    published = [
        Publication(id=str(n), title="甲", outcome_id=str(n), platform=platform, published_on=BEFORE)
        for n, platform in enumerate(platforms)
    ]
    return {
        "topics": [Topic(id="t1", name="甲", started_on=BEFORE, registered=True, host_id="p0", status="进行中")],
        "outcomes": [outcome],
        "publications": published,
        "activities": [Activity(id=kind, kind=kind, title="甲", date=BEFORE) for kind in kinds],
        "plans": plans,
    }


def reviews() -> dict[str, object]:
    marks = {"activity_normal": True, "output_not_obvious": False, "role_not_obvious": False}
    made = [
        Assessment(
            id=kind, kind=kind, year=2026, assessed_on=date(2026, 4, n), grade="合格", items=["制度建设"], **marks
        )
        for n, kind in enumerate(("年度考核", "周期考核", "专项考核"), start=1)
    ]
    offices = {"年度考核": UNION, "周期考核": COUNTY, "专项考核": COUNTY}
    experts = [Expert(id=str(n), name="专家", title_rank=rank) for n, rank in enumerate(("正高级", "正高级", "副高级"))]
    return {"assessments": made, "assessors": offices, "experts": experts}


def money() -> dict[str, object]:
    grant = Grant(
        id="g1",
        grant_total_fen=5_000_000,
        track="联盟",
        year=2026,
        regulation="nm-2026-fund",
        planned_on=BEFORE,
        received_on=BEFORE,
        received_fen=5_000_000,
        transferred_fen=5_000_000,
        workroom_id="w1",
        alliance_id="al",
        payee_account_type="基层工会账户",
    )
    earlier = Grant(id="g0", grant_total_fen=5_000_000, track="工作室", year=2025, regulation="nm-2026-fund")
    line = AllocationLine(id="l1", kind="reward", person_id="p1", role="骨干成员", amount_fen=100, tax_withheld_fen=1)
    line.result_ref = "甲"
    spent = Expenditure(id="e1", category="奖励", amount_fen=100, source="单位资金")
    return {
        "grant": grant,
        "prior_grants": [earlier],
        "allocation": Allocation(id="a1"),
        "lines": [(line, None)],
        "expenditures": [spent],
    }


def publicities() -> list[Publicity]:
    days = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 8)}
    return [Publicity(id=facts, facts=facts, **days) for facts in ("publicity", "unit_publicity")]


def papers() -> list[Document]:
    days = {"publicity_start": "2026-05-01", "publicity_end": "2026-05-08"}
    kinds = {"publicity": days, "recommendation": {}, "naming-decision": {}, "signature-sheet": {"tax_notice": "提示"}}
    return [Document(id=kind, kind=kind, data=data, issued_on=BEFORE) for kind, data in kinds.items()]


def whole_workroom(**more) -> Subject:
    application = Application(
        id="a1",
        regulation="nm-2026-fund",
        application_level="市级",
        track="工作室",
        year=2026,
        state="已推荐",
        reference_date=DAY,
        rank=1,
        review_opinion="同意",
    )
    steps = {"workrooms": [{"step": "更名", "date": BEFORE}], "assessments": [{"step": "自评", "date": BEFORE}]}
    records = {
        "workroom": workroom(),
        "unit": UNIT,
        "office": UNION,
        "superior": COUNTY,
        "application": application,
        "named_applications": [application],
        "alliance": Alliance(id="al", name="联盟", alliance_type="区域联盟", lead_workroom_id="w1"),
        "joined_alliances": ["al"],
        "documents": papers(),
        "publicities": publicities(),
        "counts": dict.fromkeys(sorted(TALLIED), 1),
        "steps": steps,
        "attestations": [Attestation(id="f", subject_id="a1", fact="steps_done", value=[{"step": "推荐"}])],
    }
    records |= team() | work() | reviews() | money() | more
    return Subject(on=DAY, regulation="nm-2026-fund", law=regulation("nm-2026-fund"), **records)


def whole_award() -> Subject:
    award = Award(
        id="w",
        regulation="wx-2021-award",
        award_kind="十大发明专利",
        award_year=2026,
        award_fen=300_000,
        project_name="甲",
        rank=1,
        person_id="p0",
    )
    return Subject(
        on=DAY,
        regulation="wx-2021-award",
        law=regulation("wx-2021-award"),
        award=award,
        awardee=LEADER,
        unit=UNIT,
        documents=papers(),
        publicities=publicities(),
        steps={"awards": [{"step": step, "date": BEFORE} for step in ("授予五一劳动奖章", "撤销奖励")]},
        payments=[(AwardPayment(kind="发放", amount_fen=500_000, paid_on=BEFORE, receipt_number="1"), False)],
    )
