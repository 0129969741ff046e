"""What a second reading of the texts settled: own tracks, every spelling, hints that bind later, first rounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.paths import resource_folder
from desktop.rules.catalogue import load_all
from desktop.rules.evaluator import judge

LAWS = load_all(resource_folder() / "regulations")
FUND, BUILD, MODEL, STAFF = "nm-2026-fund", "nm-2026-build", "wx-2021-model", "wx-2021-staff"
AWARD, HENAN, JIEYANG, TONGLIAO = "wx-2021-award", "hn-2024", "jy-2022", "tl-2020"


def earlier(**fields: Any) -> dict[str, Any]:
    return {"prior_grants": [{"regulation": FUND, "same_year": True, **fields}]}


def honour(kind: str, level: str, **more: str) -> dict[str, Any]:
    return {"leader_honours": [{"kind": kind, "level": level, **more}]}


def done(*steps: str) -> dict[str, Any]:
    return {"steps_done": [{"step": step, "date": f"2026-07-0{day}"} for day, step in enumerate(steps, 1)]}


def spent(reward: object, repeated: object, other: object) -> dict[str, Any]:
    return {
        "grant_total_yuan": 50000,
        "rewards": [{"name": "甲", "role": "领衔人", "amount_yuan": reward}],
        "expenses": [
            {"category": "成员奖励", "amount_yuan": repeated},
            {"category": "技能培训", "amount_yuan": other},
            {"category": "技能培训", "amount_yuan": 99999, "source": "单位资金"},
        ],
    }


CASES: list[tuple[str, str, dict[str, Any], str]] = [
    (FUND, "4c", {**earlier(track="工作室"), "track": "联盟"}, "pass"),
    (FUND, "4c", {**earlier(track="联盟"), "track": "联盟"}, "fail"),
    (FUND, "4c", {**earlier(), "track": "联盟"}, "fail"),
    (FUND, "4c", earlier(track="工作室"), "unknown"),
    (FUND, "4c", {"prior_grants": None}, "pass"),
    (FUND, "4c", {"prior_grants": [{"regulation": FUND}]}, "unknown"),
    (FUND, "4d", {"prior_grants": [{"regulation": FUND, "same_year": False}]}, "warn"),
    (FUND, "5a", {"core_members_excl_leader": 4, "track": "联盟"}, "n/a"),
    (FUND, "5a", {"core_members_excl_leader": 4, "track": "工作室"}, "warn"),
    (FUND, "2a", honour("三八红旗手", "省级"), "warn"),
    (FUND, "2a", honour("技术能手", "国家级"), "warn"),
    (FUND, "2a", honour("首席技师", "省级"), "fail"),
    (FUND, "2a", honour("劳动模范", "省级", authority="河北省人民政府"), "warn"),
    (FUND, "2a", honour("劳动模范", "国家级", authority="中共中央、国务院"), "pass"),
    (FUND, "2a", honour("五一劳动奖章", "全国", status="已撤销"), "fail"),
    (BUILD, "7.1c", honour("先进工作者", "省部级", authority="教育部"), "warn"),
    (BUILD, "7.1c", honour("劳动模范", "自治区级", authority="自治区党委、政府"), "pass"),
    (FUND, "3", spent(30000, 30000, 20000), "pass"),
    (FUND, "3", spent("30000.00", 30000, "20000.01"), "fail"),
    (FUND, "9b", {"publications": [{}]}, "unknown"),
    (BUILD, "8d", {"track": "工作室", "rewards": [{"name": "甲", "role": "领衔人", "amount_yuan": 1}]}, "unknown"),
    (BUILD, "8b", {"track": "工作室", "grant_total_yuan": 0, "supported_by_region": False}, "n/a"),
    (AWARD, "18", {"payments": [{"bank_receipt": True}, {}]}, "unknown"),
    (AWARD, "18", {"payments": [{"bank_receipt": False}, {}]}, "fail"),
    (AWARD, "9", done("基层推荐", "复查", "专家分专业集中评审", "社会公示"), "pass"),
    (AWARD, "11", done("资格审查", "专家评审", "建议名单", "主席研究"), "pass"),
    (AWARD, "11b", done("社会公示", "主席研究"), "fail"),
    (HENAN, "6a", done("推荐", "专家随机抽取", "资格审查", "专家审核", "建议名单", "发文公布"), "pass"),
    (HENAN, "6a", done("推荐", "资格审查", "专家审核", "专家随机抽取", "建议名单", "发文公布"), "fail"),
    (JIEYANG, "7", {"leader_changed": False, "change_steps_done": []}, "n/a"),
    (JIEYANG, "2", {"leader_honours": [], "leader_superb_craft": True}, "warn"),
    (JIEYANG, "2", {"leader_honours": [], "leader_superb_craft": False}, "fail"),
    (STAFF, "6a", {"application_level": "示范性", "naming_year": 2026, "batch_no_in_year": 3}, "n/a"),
    (STAFF, "13b", {"superior_union_kind": "直属单位工会", "entry_district_payment": None}, "n/a"),
    (MODEL, "21a", {"superior_union_kind": "局（公司）工会", "entry_district_receipt": "其他"}, "n/a"),
    (TONGLIAO, "1", {"city_workroom_total": 119, "reference_date": "2020-12-31"}, "warn"),
    (TONGLIAO, "1", {"city_workroom_total": 119, "reference_date": "2021-01-01"}, "n/a"),
    (HENAN, "4.1b", {"leader_title_rank": "高级"}, "pass"),
    (HENAN, "4.1b", {"leader_title_rank": "副高"}, "pass"),
    (HENAN, "4.1b", {"leader_title_rank": "高级技师"}, "warn"),
    (AWARD, "4.1c", {"award_kind": "十大先进操作法", "first_person_title_rank": "高级职称"}, "fail"),
    (AWARD, "4.1c", {"award_kind": "十大先进操作法", "first_person_title_rank": "高级技师"}, "pass"),
]


@pytest.mark.parametrize(("law", "rule", "facts", "status"), CASES)
def test_as_the_second_reading_has_it(law: str, rule: str, facts: dict[str, Any], status: str) -> None:
    assert judge(LAWS[law], facts).finding(f"{law}-{rule}").status == status


PATENT = (
    "中国专利奖",
    "中国专利金奖",
    "中国专利奖银奖",
    "中国专利奖（优秀奖）",
    "第二十五届中国专利奖金奖",
    "第25届中国专利优秀奖",
    "中国发明专利奖",
    "省专利发明奖",
    "江苏省专利奖优秀奖",
    "2024年度江苏省专利奖",
)
SCIENCE = (
    "国家科技进步奖",
    "国家科学技术进步奖二等奖",
    "江苏省科学技术奖一等奖",
    "2023年江苏省科学技术奖",
    "省科学技术进步奖",
    "无锡市科学技术奖三等奖",
    "市科技进步奖",
)


@pytest.mark.parametrize("kind", ["十大科技创新成果", "十大先进操作法", "十大发明专利", "十佳金点子"])
@pytest.mark.parametrize(
    "name", [*PATENT, *SCIENCE, "无锡市专利奖", "宜兴市科学技术奖", "江苏省优秀技术创新成果一等奖"]
)
def test_earlier_prizes_in_every_spelling(kind: str, name: str) -> None:
    verdict = judge(LAWS[AWARD], {"award_kind": kind, "prior_awards": ["厂级奖", name]})
    work = kind in ("十大科技创新成果", "十大先进操作法")
    science = ("fail" if name in SCIENCE else "pass") if work else "n/a"
    patent = ("fail" if name in PATENT else "pass") if kind == "十大发明专利" else "n/a"
    assert verdict.finding(f"{AWARD}-4.1a").status == science
    assert verdict.finding(f"{AWARD}-4.2a").status == patent


@pytest.mark.parametrize(
    ("named_on", "day", "status"),
    [("2024-05-01", date(2026, 12, 31), "n/a"), ("2023-12-31", date(2026, 1, 1), "fail")],
)
def test_the_first_round_of_assessment_is_not_asked_for_before_it_is_due(named_on: str, day: date, status: str) -> None:
    facts = {"last_cycle_assessed_on": None, "named_on": named_on}
    assert judge(LAWS[JIEYANG], facts, on=day).finding(f"{JIEYANG}-10a").status == status


@pytest.mark.parametrize(
    ("published", "day", "status"),
    [
        (2, date(2027, 1, 9), "n/a"),
        (2, date(2027, 1, 10), "fail"),
        (3, date(2026, 2, 1), "pass"),
        (3, date(2027, 1, 10), "pass"),
    ],
)
def test_publishing_is_judged_when_its_twelve_months_are_over(published: int, day: date, status: str) -> None:
    facts = {"published_results_in_period": published, "support_notice_on": "2026-01-10"}
    assert judge(LAWS[FUND], facts, on=day).finding(f"{FUND}-9a").status == status


def test_what_only_hints_when_applying_binds_when_paying() -> None:
    facts: dict[str, Any] = {"leader_honours": [], "core_members_excl_leader": 3}
    applying = judge(LAWS[FUND], facts, stage="申报")
    assert (applying.finding(f"{FUND}-2a").status, applying.eligible) == ("warn", True)
    paying = judge(LAWS[FUND], facts, stage="拨付")
    assert (paying.finding(f"{FUND}-2a").status, paying.eligible) == ("fail", False)


SAID: list[tuple[str, str, dict[str, Any], str]] = [
    (BUILD, "7.5", {"systems": [f"{name}制度" for name in ("设备设施管理", "资金(经费)使用", "创新活动记录")]}, "fail"),
    (
        TONGLIAO,
        "2.5a",
        {"systems": ["团队学习制度", "活动开展", "创新计划", "成果发布", "奖励激励", "内部管理制度"]},
        "pass",
    ),
    (MODEL, "5.3", {"venue_signs": ["工作室牌匾", "团队介绍", "工作职责", "目标任务", "管理办法"]}, "pass"),
    (MODEL, "21a", {"entry_district_receipt": "上级补助收入-专项补助"}, "pass"),
    (MODEL, "21a", {"entry_district_receipt": "上级补助收入——专项补助"}, "pass"),
    (MODEL, "21a", {"entry_district_receipt": "上级补助收入专项补助"}, "fail"),
    (STAFF, "13b", {"entry_district_payment": "业务支出－专项业务费"}, "pass"),
    (STAFF, "5a", {"unit_type": "国有企业", "unit_is_legal_person": True, "unit_union_sound": True}, "pass"),
    (STAFF, "5a", {"unit_type": "机关", "unit_is_legal_person": True, "unit_union_sound": True}, "fail"),
    (AWARD, "7.1b", {"award_kind": "十大发明专利", "patent_type": "发明"}, "pass"),
    (AWARD, "7.1b", {"award_kind": "十大发明专利", "patent_type": "实用新型专利"}, "fail"),
    (AWARD, "4.1b", {"award_kind": "十大职工科技创新成果", "first_person_is_unit_head": True}, "fail"),
    (AWARD, "14d", {"award_kind": "金点子", "award_yuan": "1999.99"}, "fail"),
    (BUILD, "8b", {"track": "创新工作室", "grant_total_yuan": "49999.99"}, "fail"),
    (BUILD, "14b", {"track": "创新工作室联盟", "grant_total_yuan": 100000}, "pass"),
    (MODEL, "6b", {"application_level": "示范性劳模创新工作室", "naming_year": 2025}, "warn"),
    (MODEL, "15.1", {"leader_status": "已办理退休", "change_impossible": True}, "fail"),
    (BUILD, "13a", {"leader_status": "撤销荣誉"}, "fail"),
    (
        BUILD,
        "7.8b",
        {"reference_date": "2026-06-01", "results": [{"date": "2025-06-01", "level": "自治区产业工会"}]},
        "pass",
    ),
    (
        TONGLIAO,
        "3c",
        {
            "application_level": "市级",
            "application_date": "2026-06-01",
            "results": [{"date": "2024-06-01", "form": "发明专利"}],
        },
        "pass",
    ),
]


@pytest.mark.parametrize(("law", "rule", "facts", "status"), SAID)
def test_words_of_every_day_open_the_same_rule(law: str, rule: str, facts: dict[str, Any], status: str) -> None:
    assert judge(LAWS[law], facts).finding(f"{law}-{rule}").status == status
