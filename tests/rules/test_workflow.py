"""Gates of a course of business: what must hold before, what is looked at after, what opens an exit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.errors import NotAllowed
from desktop.rules.regulation import Workflow
from desktop.rules.workflow import find_step, gate, steps_from
from tests.rules.all_laws import law_of, laws
from tests.rules.test_inner_mongolia import good_application

BUILD, FUND = law_of("nm-2026-build"), law_of("nm-2026-fund")
PAID = {
    "track": "工作室",
    "supported_by_region": True,
    "reference_date": "2026-09-01",
    "leader_honours": [{"kind": "劳动模范", "level": "自治区级"}],
    "grant_total_yuan": 50000,
    "prior_grants": [],
    "core_members_excl_leader": 5,
    "misuse_findings": [],
}
TRANSFER = ("nm-fund-grant", "盟市或产业工会已收款", "已拨付基层工会账户")


def transfer(**changes: Any) -> Any:
    return gate(FUND, *TRANSFER, {**PAID, **changes})


def test_money_goes_out_before_it_can_have_arrived() -> None:
    passed = transfer()
    assert passed.allowed
    assert passed.sentence == ""
    assert [finding.rule for finding in passed.afterwards] == [f"nm-2026-fund-{n}" for n in ("8a", "8b", "8c", "8d")]
    assert {finding.status for finding in passed.afterwards} == {"unknown"}


def test_what_fails_afterwards_is_shown_and_does_not_hold_back() -> None:
    passed = transfer(payee_account_type="单位行政账户", received_yuan=50000, transferred_yuan=1)
    assert passed.allowed
    assert {finding.rule for finding in passed.afterwards if finding.status == "fail"} == {
        "nm-2026-fund-8b",
        "nm-2026-fund-8c",
    }


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"grant_total_yuan": 49999.99}, "nm-2026-fund-4b"),
        ({"leader_honours": []}, "nm-2026-fund-2a"),
        ({"supported_by_region": False}, "nm-2026-fund-2b"),
        ({"prior_grants": [{"regulation": "nm-2026-fund", "same_year": True}]}, "nm-2026-fund-4c"),
        ({"misuse_findings": ["挪用"]}, "nm-2026-fund-10b"),
    ],
)
def test_a_failed_requirement_or_ban_holds_the_step_back(changes: dict[str, Any], rule: str) -> None:
    held = transfer(**changes)
    assert not held.allowed
    assert [finding.rule for finding in held.blocking] == [rule]
    assert FUND.rule(rule).title in held.sentence


def test_what_nobody_has_said_holds_the_step_back() -> None:
    facts = {name: value for name, value in PAID.items() if name != "misuse_findings"}
    held = gate(FUND, *TRANSFER, facts)
    assert [finding.rule for finding in held.blocking] == ["nm-2026-fund-10b"]
    assert "待补" in held.sentence


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"core_members_excl_leader": 4}, "nm-2026-fund-5a"),
        ({"leader_honours": [{"kind": "劳动模范", "level": "盟市级"}]}, "nm-2026-fund-2a"),
        ({"prior_grants": [{"regulation": "nm-2026-fund", "same_year": False}]}, "nm-2026-fund-4d"),
    ],
)
def test_a_warning_wants_its_reason_and_then_lets_the_step_pass(changes: dict[str, Any], rule: str) -> None:
    held = transfer(**changes)
    assert not held.allowed
    assert [finding.rule for finding in held.needs_reason] == [rule]
    assert "需说明理由" in held.sentence
    assert gate(FUND, *TRANSFER, {**PAID, **changes}, {rule: "经研究同意"}).allowed
    assert not gate(FUND, *TRANSFER, {**PAID, **changes}, {rule: "   "}).allowed
    assert not gate(FUND, *TRANSFER, {**PAID, **changes}, {"nm-2026-fund-6a": "别的"}).allowed


def test_a_workroom_is_put_forward_when_its_conditions_hold() -> None:
    facts = good_application()
    assert gate(BUILD, "nm-build-support", "已建成", "拟推荐", facts).allowed
    held = gate(BUILD, "nm-build-support", "已建成", "拟推荐", {**facts, "team_total_incl_leader": 4})
    assert [finding.rule for finding in held.blocking] == ["nm-2026-build-7.2a"]


def test_the_reference_date_may_come_from_the_caller() -> None:
    facts = good_application()
    del facts["reference_date"]
    assert not gate(BUILD, "nm-build-support", "已建成", "拟推荐", facts).allowed
    assert gate(BUILD, "nm-build-support", "已建成", "拟推荐", facts, on=date(2026, 9, 1)).allowed


CHANGE = ("nm-build-change", "领衔人在任", "触发（撤销荣誉、退休、调离、离职）")


@pytest.mark.parametrize(
    ("facts", "opened"),
    [
        ({"leader_status": "退休"}, True),
        ({"leader_status": "在职", "output_not_obvious": True}, True),
        ({"leader_status": "在职", "role_not_obvious": False, "output_not_obvious": False}, False),
        ({"leader_status": "已故"}, False),
        ({}, False),
    ],
)
def test_an_exit_opens_when_one_ground_is_made_out(facts: dict[str, Any], opened: bool) -> None:
    found = gate(BUILD, *CHANGE, facts)
    assert found.allowed == opened
    assert ("退出事由" in found.sentence) != opened


def test_a_ground_outside_the_list_opens_with_a_persons_reason() -> None:
    assert gate(BUILD, *CHANGE, {"leader_status": "已故"}, {"nm-2026-build-13a": "按“等情况”办理"}).allowed


def test_grounds_never_hold_an_exit_back() -> None:
    facts = {"leader_status": "退休", "output_not_obvious": True, "role_not_obvious": True}
    assert gate(BUILD, "nm-build-change", "变更审核", "退出", facts).allowed


def test_rectification_is_entered_without_a_plan_and_left_without_proof() -> None:
    facts = {"activity_normal": False, "rectification_plan": False, "rectification_done": False}
    entered = gate(BUILD, "nm-build-rectify", "不能正常开展活动", "整改中", facts)
    assert entered.allowed
    assert [finding.status for finding in entered.afterwards] == ["fail"]
    assert gate(BUILD, "nm-build-rectify", "整改中", "已整改", facts).allowed
    assert not gate(BUILD, "nm-build-rectify", "已整改", "正常", facts).allowed


def test_states_that_join_must_all_stand_in_the_history() -> None:
    joins = [
        (law, flow, step) for law in laws() for flow in law.workflows for step in flow.transition if len(step.after) > 1
    ]
    assert joins
    for law, flow, step in joins:
        found = gate(law, flow.id, step.from_, step.to, {}, history=())
        assert set(found.unmet) == set(step.after) - {step.from_}
        assert found.unmet[0] in found.sentence
        assert not gate(law, flow.id, step.from_, step.to, {}, history=step.after).unmet


def flow_of(workflow_id: str) -> Workflow:
    return BUILD.workflow(workflow_id)


def test_only_the_steps_of_the_state_are_offered() -> None:
    assert [step.to for step in steps_from(flow_of("nm-build-year"), "新年度")] == ["已有计划"]
    assert steps_from(flow_of("nm-build-year"), "已有总结") == ()
    with pytest.raises(NotAllowed, match="没有状态"):
        steps_from(flow_of("nm-build-year"), "梦里")


def test_a_step_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(NotAllowed, match="已有计划"):
        find_step(flow_of("nm-build-year"), "新年度", "已有总结")
    with pytest.raises(NotAllowed, match="没有下一步"):
        find_step(flow_of("nm-build-year"), "已有总结", "新年度")


def test_steps_of_the_second_reading_are_conventions() -> None:
    agreed = {
        (flow.id, step.from_, step.to)
        for law in (BUILD, FUND)
        for flow in law.workflows
        for step in flow.transition
        if step.source == "convention"
    }
    assert {
        ("nm-fund-grant", "已拨付基层工会账户", "预算与分配方案已定"),
        ("nm-fund-grant", "预算与分配方案已定", "奖励已签领"),
        ("nm-fund-grant", "奖励已签领", "支出完毕"),
        ("nm-build-rectify", "已整改", "正常"),
        ("nm-build-rectify", "整改中", "变更退出"),
        ("nm-build-change", "变更审核", "退出"),
        ("nm-build-support", "已建成", "拟推荐"),
    } <= agreed


def test_a_late_publication_never_locks_the_yearly_assessment() -> None:
    facts = {"published_results_in_period": 0, "track": "工作室", "supported_by_region": True}
    assert gate(FUND, "nm-fund-publish", "发布中", "年度评估", facts).allowed


def test_budget_and_appraisal_of_the_level_gate_no_workroom() -> None:
    of_level = {"nm-2026-build-9b", "nm-2026-build-9c", "nm-2026-build-9d"}
    for flow in BUILD.workflows:
        for step in flow.transition:
            assert not of_level & set(step.requires), (flow.id, step.to)
            if flow.id not in ("nm-build-local-funds", "nm-build-year"):
                assert not of_level & set(step.ensures), (flow.id, step.to)


def test_invented_addressees_and_papers_are_gone() -> None:
    papers = {paper.name: paper for law in (BUILD, FUND) for paper in law.papers}
    assert papers["年度创新工作计划／年度工作总结"].addressee == ""
    assert papers["绩效评价表（本级支持资金）"].addressee == ""
    for name in (
        "变更（退出）审批表",
        "整改通知书／整改报告",
        "成果发布登记表",
        "补助资金使用预算",
        "资金使用预算（本级支持资金）",
    ):
        assert papers[name].source == "implied"


def test_a_closed_exit_names_the_articles_by_which_it_opens() -> None:
    revoking = gate(law_of("wx-2021-award"), "wxa-revoke", "查证属实", "撤销奖励", {})
    assert revoking.sentence.startswith("没有查明的退出事由，不能启动；须先查明第十七条的情形")
    grounds = gate(law_of("wx-2021-model"), "wxm-assess", "已命名", "撤销命名并收回牌匾", {}).closed
    assert "第十五条（一）" in grounds
    assert "第十五条（五）" in grounds
    found = {"fraud_found": True, "fraud_verified": True}
    assert gate(law_of("wx-2021-award"), "wxa-revoke", "查证属实", "撤销奖励", found).closed == ""
    assert transfer().closed == ""
