"""内工办发〔2026〕12号, both regulations: boundaries beyond the shared cases, corrections of the second reading."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.rules.evaluator import judge
from desktop.rules.verdict import Finding
from tests.rules.all_laws import law_of
from tests.rules.test_shared_cases import CASES as SHARED

BUILD, FUND = law_of("nm-2026-build"), law_of("nm-2026-fund")


def found(rule: str, facts: dict[str, Any], stage: str | None = None) -> Finding:
    law = BUILD if rule.startswith("nm-2026-build") else FUND
    return judge(law, facts, stage=stage).finding(rule)


CASES: list[tuple[str, dict[str, Any], str]] = [
    # 建设办法第七条（一）
    ("nm-2026-build-7.1a", {"leader_count": 0}, "fail"),
    ("nm-2026-build-7.1a", {"leader_count": 2}, "warn"),
    ("nm-2026-build-7.1a", {"leader_count": None}, "fail"),
    (
        "nm-2026-build-7.1b",
        {"leader_expertise": True, "leader_led_result": True, "leader_high_skill": True, "leader_honours": []},
        "pass",
    ),
    (
        "nm-2026-build-7.1b",
        {"leader_expertise": True, "leader_led_result": False, "leader_honours": [{"kind": "工匠", "level": "县级"}]},
        "warn",
    ),
    (
        "nm-2026-build-7.1c",
        {"leader_honours": [{"kind": "劳动模范", "level": "省级", "authority": "陕西省政府"}]},
        "warn",
    ),
    ("nm-2026-build-7.1c", {"leader_honours": None}, "warn"),
    # 第七条（二）
    ("nm-2026-build-7.2a", {"team_total_incl_leader": 5, "core_members_excl_leader": 4}, "pass"),
    ("nm-2026-build-7.2b", {"established_on": "2024-06-02", "reference_date": "2026-06-01"}, "fail"),
    ("nm-2026-build-7.2b", {"established_on": "2024-02-29", "reference_date": "2026-02-28"}, "pass"),
    ("nm-2026-build-7.2c", {"team_structure_reasonable": False}, "fail"),
    # 第七条（三）至（七）
    ("nm-2026-build-7.3", {"venue_fixed": True, "venue_function_clear": True, "venue_area_sqm": 20}, "pass"),
    ("nm-2026-build-7.3b", {"venue_area_suitable": False}, "fail"),
    ("nm-2026-build-7.3b", {"venue_area_suitable": True, "venue_area_sqm": 1}, "pass"),
    ("nm-2026-build-7.5", {"systems": []}, "fail"),
    ("nm-2026-build-7.6", {"unit_funding_provided": False}, "fail"),
    ("nm-2026-build-7.7", {"development_plan": True, "topics_defined": False, "goals_defined": True}, "fail"),
    # 第七条（八）
    (
        "nm-2026-build-7.8a",
        {"established_on": "2024-03-01", "reference_date": "2026-06-01", "projects": [{"year": 2025}]},
        "pass",
    ),
    (
        "nm-2026-build-7.8b",
        {"reference_date": "2026-06-01", "results": [{"date": "2024-05-31", "level": "自治区级"}]},
        "fail",
    ),
    (
        "nm-2026-build-7.8b",
        {"reference_date": "2026-06-01", "results": [{"date": "2026-06-02", "level": "盟市级"}]},
        "fail",
    ),
    ("nm-2026-build-7.8d", {"results_effective": None}, "fail"),
    # 第八条、第十四条
    ("nm-2026-build-8b", {"track": "工作室", "grant_total_yuan": "49999.99"}, "fail"),
    ("nm-2026-build-8b", {"track": "工作室", "grant_total_yuan": 50000, "supported_by_region": False}, "n/a"),
    ("nm-2026-build-8c", {"track": "工作室", "supported_by_region": False}, "n/a"),
    ("nm-2026-build-8b", {"track": "工作室", "grant_total_yuan": 50000, "supported_by_region": True}, "pass"),
    ("nm-2026-build-8d", {"track": "工作室", "rewards": [{"name": "甲", "result_ref": None}]}, "warn"),
    ("nm-2026-build-8d", {"track": "工作室", "rewards": [{"name": "甲", "result_ref": "  "}]}, "warn"),
    ("nm-2026-build-8d", {"track": "工作室", "rewards": [{"name": "甲", "result_ref": "专利"}]}, "pass"),
    ("nm-2026-build-8d", {"track": "工作室", "rewards": [{"name": "甲"}]}, "unknown"),
    ("nm-2026-build-8e", {"track": "工作室", "expenses": [{"category": "技术交流", "amount_yuan": 1}]}, "pass"),
    ("nm-2026-build-8e", {"track": "工作室", "expenses": [{"category": "接待费", "amount_yuan": 1}]}, "pass"),
    ("nm-2026-build-14b", {"track": "联盟", "grant_total_yuan": 100000}, "pass"),
    ("nm-2026-build-14d", {"track": "联盟", "expenses": [{"category": "成员奖励", "amount_yuan": 1}]}, "warn"),
    # 第九条、第十三条
    ("nm-2026-build-9a", {"activity_normal": True}, "n/a"),
    ("nm-2026-build-9a1", {"activity_normal": False, "rectification_plan": True, "rectification_done": False}, "pass"),
    ("nm-2026-build-9a2", {"activity_normal": False, "rectification_plan": True, "rectification_done": False}, "fail"),
    ("nm-2026-build-9b", {"fund_budget_filed": False, "local_funds_arranged": False}, "n/a"),
    ("nm-2026-build-9b", {"fund_budget_filed": False}, "fail"),
    ("nm-2026-build-9c", {"performance_evaluation_filed": True}, "pass"),
    ("nm-2026-build-13a", {"leader_status": "离职"}, "fail"),
    ("nm-2026-build-13a", {"leader_status": "违法违纪"}, "warn"),
    ("nm-2026-build-13a", {"leader_status": None}, "pass"),
    ("nm-2026-build-13b", {"output_not_obvious": False, "role_not_obvious": True}, "fail"),
    ("nm-2026-build-13b", {"output_not_obvious": False, "role_not_obvious": False}, "pass"),
    ("nm-2026-build-13b", {"output_not_obvious": False}, "unknown"),
    ("nm-2026-build-13c", {"dynamic_management": False}, "fail"),
    ("nm-2026-build-13d", {"leader_status": "退休", "exit_mechanism": False}, "fail"),
    (
        "nm-2026-build-13d",
        {"leader_status": "在职", "output_not_obvious": False, "role_not_obvious": False, "exit_mechanism": False},
        "n/a",
    ),
    # 第五条、第二十条、第三条、第十条
    ("nm-2026-build-5a", {"venue_fixed": True, "equipment_ready": True, "unit_funding_provided": True}, "unknown"),
    ("nm-2026-build-5b1", {"annual_plan_filed": True, "annual_summary_filed": False}, "pass"),
    ("nm-2026-build-5b2", {"annual_plan_filed": True, "annual_summary_filed": False}, "fail"),
    ("nm-2026-build-5a", {"unit_guides_rules": False}, "fail"),
    ("nm-2026-build-5b1", {"annual_plan_filed": False}, "fail"),
    ("nm-2026-build-7.0", {"orientation_confirmed": False}, "fail"),
    ("nm-2026-build-7.4", {"equipment_ready": False}, "fail"),
    ("nm-2026-build-9a1", {"activity_normal": False, "rectification_plan": None}, "fail"),
    ("nm-2026-build-9c", {"performance_evaluation_filed": False}, "fail"),
    ("nm-2026-build-9d", {"in_audit_scope": False}, "fail"),
    ("nm-2026-build-9e", {"tracking_done": False}, "fail"),
    ("nm-2026-build-14c", {"track": "联盟", "fund_manager_workroom": "甲", "lead_workroom": "乙"}, "fail"),
    ("nm-2026-fund-9c", {"assessment_has_publishing_figures": False}, "fail"),
    ("nm-2026-fund-10a", {"inspection_filed": True, "performance_evaluation_filed": False}, "fail"),
    ("nm-2026-fund-13", {"reference_date": "2026-05-25"}, "n/a"),
    ("nm-2026-build-20", {"reference_date": "2026-05-26"}, "pass"),
    ("nm-2026-build-20", {"reference_date": "2026-05-25"}, "n/a"),
    ("nm-2026-build-3", {"union_mechanism": False}, "warn"),
    ("nm-2026-build-10a", {"appraisal_or_show_held": False}, "warn"),
    ("nm-2026-build-4a", {"region_workroom_total": 4999}, "warn"),
    ("nm-2026-build-4b", {"region_supported_total": 599}, "warn"),
    ("nm-2026-build-8a", {"supported_workrooms_this_year": 56}, "warn"),
    ("nm-2026-build-14a", {"supported_alliances_this_year": 4}, "pass"),
    # 资金办法第二条
    ("nm-2026-fund-2a", {"leader_honours": [{"kind": "三八红旗手", "level": "自治区级"}]}, "warn"),
    ("nm-2026-fund-2a", {"leader_honours": [{"kind": "技术能手", "level": "国家级"}]}, "warn"),
    ("nm-2026-fund-2a", {"leader_honours": [{"kind": "高级技师", "level": "国家级"}]}, "fail"),
    ("nm-2026-fund-2a", {"leader_honours": [{"kind": "劳动模范", "level": "省级", "authority": "山西省政府"}]}, "warn"),
    ("nm-2026-fund-2a", {"leader_honours": [{"kind": "先进工作者", "level": "省部级", "authority": "教育部"}]}, "warn"),
    ("nm-2026-fund-2a", {"leader_honours": [{"kind": "五一劳动奖章", "level": "全国"}]}, "pass"),
    ("nm-2026-fund-2a", {"leader_honours": None}, "fail"),
    ("nm-2026-fund-2b", {"supported_by_region": False}, "fail"),
    # 第三条
    (
        "nm-2026-fund-3",
        {
            "grant_total_yuan": "50000.00",
            "rewards": [{"name": "甲", "role": "领衔人", "amount_yuan": 30000}],
            "expenses": [
                {"category": "成员奖励", "amount_yuan": 30000},
                {"category": "技能培训", "amount_yuan": 20000},
                {"category": "设备购置", "amount_yuan": 90000, "source": "单位资金"},
            ],
        },
        "pass",
    ),
    # 第四条
    ("nm-2026-fund-4b", {"track": "工作室", "grant_total_yuan": "50000.00"}, "pass"),
    ("nm-2026-fund-4c", {"prior_grants": None}, "pass"),
    ("nm-2026-fund-4c", {"prior_grants": [{"regulation": "nm-2026-fund", "same_year": True}]}, "fail"),
    ("nm-2026-fund-4c", {"prior_grants": [{"regulation": "nm-2026-fund", "same_year": False}]}, "pass"),
    ("nm-2026-fund-4d", {"prior_grants": [{"regulation": "nm-2026-fund", "same_year": False}]}, "warn"),
    ("nm-2026-fund-4c", {"prior_grants": [{"regulation": "tl-2020", "same_year": True}]}, "pass"),
    ("nm-2026-fund-4c", {"prior_grants": [{"regulation": "nm-2026-fund"}]}, "unknown"),
    (
        "nm-2026-fund-4c",
        {"track": "联盟", "prior_grants": [{"regulation": "nm-2026-fund", "same_year": True, "track": "工作室"}]},
        "pass",
    ),
    (
        "nm-2026-fund-4c",
        {"track": "工作室", "prior_grants": [{"regulation": "nm-2026-fund", "same_year": True, "track": "工作室"}]},
        "fail",
    ),
    # 第五条
    ("nm-2026-fund-5a", {"core_members_excl_leader": 4}, "warn"),
    ("nm-2026-fund-5a", {"core_members_excl_leader": 5}, "pass"),
    ("nm-2026-fund-5b", {"cross_unit": False, "cross_industry": False, "cross_area": False}, "n/a"),
    ("nm-2026-fund-5b", {"cross_area": True}, "pass"),
    # 第六条
    ("nm-2026-fund-6.0", {"track": "工作室", "reward_total_yuan": 0}, "warn"),
    ("nm-2026-fund-6f", {"track": "工作室", "roster": ["甲"], "rewards": [{"name": "丙", "role": "骨干成员"}]}, "fail"),
    (
        "nm-2026-fund-6f",
        {"track": "工作室", "roster": ["甲"], "rewards": [{"name": "丙", "role": "其他参与人员"}]},
        "warn",
    ),
    ("nm-2026-fund-6g", {"track": "工作室", "expenses": [{"category": "设备购置", "amount_yuan": 1}]}, "warn"),
    ("nm-2026-fund-6g", {"track": "工作室", "expenses": [{"category": "耗材", "amount_yuan": 1}]}, "pass"),
    ("nm-2026-fund-6h", {"tax_notice_on_sheet": False}, "n/a"),
    ("nm-2026-fund-7c", {"track": "联盟", "fund_manager_workroom": "牵头室A", "lead_workroom": "牵头室A"}, "pass"),
    # 第八条
    ("nm-2026-fund-8b", {"received_yuan": 50000, "transferred_yuan": "50000.00"}, "pass"),
    ("nm-2026-fund-8b", {"received_yuan": 50000, "transferred_yuan": "49999.99"}, "fail"),
    ("nm-2026-fund-8c", {"payee_account_type": "基层工会账户"}, "pass"),
    ("nm-2026-fund-8d", {"transfer_days": 31}, "warn"),
    # 第九条
    ("nm-2026-fund-9a", {"published_results_in_period": 2}, "fail"),
    ("nm-2026-fund-9a", {"published_results_in_period": 2, "track": "联盟"}, "n/a"),
    ("nm-2026-fund-9a", {"published_results_in_period": 2, "supported_by_region": False}, "n/a"),
    (
        "nm-2026-fund-9a",
        {"published_results_in_period": 2, "support_notice_on": "2026-07-01", "reference_date": "2027-06-30"},
        "n/a",
    ),
    (
        "nm-2026-fund-9a",
        {"published_results_in_period": 2, "support_notice_on": "2026-07-01", "reference_date": "2027-07-01"},
        "fail",
    ),
    (
        "nm-2026-fund-9a",
        {"published_results_in_period": 3, "support_notice_on": "2026-07-01", "reference_date": "2026-09-01"},
        "pass",
    ),
    ("nm-2026-fund-9b", {"publications": [{"platform_listed": True}]}, "pass"),
    ("nm-2026-fund-9b", {"publications": [{"platform": "单位网站"}]}, "unknown"),
    ("nm-2026-fund-9b", {"publications": [{"platform_listed": None}]}, "warn"),
    ("nm-2026-fund-9d", {"results_transformation_promoted": False}, "fail"),
    # 第十条
    ("nm-2026-fund-10b", {"misuse_findings": []}, "pass"),
    ("nm-2026-fund-10b", {"misuse_findings": None}, "pass"),
    ("nm-2026-fund-10b", {"misuse_findings": ["擅自扩大使用范围"]}, "fail"),
    ("nm-2026-fund-10c", {"expenses": [{"category": "津补贴", "amount_yuan": "0.01"}]}, "fail"),
    ("nm-2026-fund-10c", {"expenses": [{"category": "补贴", "amount_yuan": 1}]}, "fail"),
    ("nm-2026-fund-10c", {"expenses": [{"category": "礼品", "amount_yuan": 1}]}, "fail"),
    ("nm-2026-fund-10c", {"expenses": [{"category": "旅游", "amount_yuan": 1}]}, "fail"),
    ("nm-2026-fund-10c", {"expenses": [{"category": "接待费", "amount_yuan": 1, "source": "单位资金"}]}, "n/a"),
    ("nm-2026-fund-10c", {"expenses": [{"category": "成员奖励", "amount_yuan": 1}]}, "pass"),
]


@pytest.mark.parametrize(("rule", "facts", "expected"), CASES)
def test_boundaries_of_both_regulations(rule: str, facts: dict[str, Any], expected: str) -> None:
    finding = found(rule, facts)
    assert finding.status == expected, finding.message


def test_every_binding_rule_of_both_is_tried_on_a_bad_side() -> None:
    tried = {rule for rule, _, expected in CASES if expected in ("fail", "warn", "n/a")}
    for case in SHARED:
        tried |= {rule for rule, status in case["expect"].items() if status in ("fail", "warn", "n/a")}
    binding = {rule.id for law in (BUILD, FUND) for rule in law.rules if rule.strength in ("must", "should")}
    assert binding - tried == set()


def test_the_fund_only_hints_when_a_workroom_applies() -> None:
    facts = {"leader_honours": [], "core_members_excl_leader": 1}
    at_application = judge(FUND, facts, stage="申报")
    assert at_application.finding("nm-2026-fund-2a").status == "warn"
    assert at_application.eligible
    assert judge(FUND, facts, stage="拨付").finding("nm-2026-fund-2a").status == "fail"


def test_tool_settings_and_derived_rules_are_marked() -> None:
    assert found("nm-2026-build-7.8c", {}).hint
    assert found("nm-2026-fund-8d", {}).hint
    assert found("nm-2026-fund-6e", {}).derived
    assert found("nm-2026-fund-4c", {}).derived
    assert BUILD.rule("nm-2026-build-7.8c").strength == "encourage"


def test_who_is_meant_by_the_duties_of_article_nine() -> None:
    for rule in ("nm-2026-build-9b", "nm-2026-build-9c", "nm-2026-build-9e", "nm-2026-build-13c"):
        assert BUILD.rule(rule).stage == ("管理",)
    assert BUILD.rule("nm-2026-build-9d").stage == ("年度",)


def test_the_eight_conditions_are_eight_pages_in_their_order() -> None:
    pages = [page for page in BUILD.pages("申报") if page.article.startswith("第七条（")]
    assert [page.article for page in pages] == [f"第七条（{n}）" for n in "一二三四五六七八"]
    assert all(page.title.startswith("有") for page in pages)


def good_application() -> dict[str, Any]:
    return {
        "reference_date": "2026-09-01",
        "frontline_members": 4,
        "orientation_confirmed": True,
        "leader_count": 1,
        "leader_expertise": True,
        "leader_led_result": True,
        "leader_honours": [{"kind": "劳动模范", "level": "自治区级"}],
        "team_total_incl_leader": 6,
        "established_on": "2023-05-01",
        "team_structure_reasonable": True,
        "venue_fixed": True,
        "venue_function_clear": True,
        "venue_area_suitable": True,
        "equipment_ready": True,
        "unit_funding_provided": True,
        "unit_guides_rules": True,
        "systems": ["创新成果评估奖励与转化推广", "设备设施管理", "资金（经费）使用", "创新活动记录", "技能培训台账"],
        "development_plan": True,
        "topics_defined": True,
        "goals_defined": True,
        "projects": [{"year": 2024}, {"year": 2025}],
        "results": [{"date": "2025-11-01", "level": "盟市级"}],
        "results_effective": True,
    }


def test_a_whole_good_application_is_eligible() -> None:
    verdict = judge(BUILD, good_application(), stage="申报")
    assert verdict.eligible
    assert verdict.counts["fail"] == verdict.counts["unknown"] == 0


@pytest.mark.parametrize("name", sorted(set(good_application()) - {"leader_high_skill"}))
def test_every_fact_of_the_application_is_needed(name: str) -> None:
    facts = good_application()
    del facts[name]
    assert judge(BUILD, facts, stage="申报").counts["unknown"] > 0
