from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.rules.regulation import Regulation
from desktop.rules.workflow import gate
from tests.rules.all_laws import ROOT, law_of

WHOLE = json.loads((ROOT / "tests" / "data" / "whole_workrooms.json").read_text(encoding="utf-8"))
SPOILT = [(whole, spoilt) for whole in WHOLE for spoilt in whole["spoilt"]]
# regulation, workflow, state, next state, facts that make the exit's ground out, facts that do not
EXITS = [
    (
        *("tl-2020", "tl-dynamic", "连续3年无成果", "按程序取消称号"),
        {"plaque_on": "2023-05-01", "reference_date": "2026-05-02", "results": []},
        {"plaque_on": "2023-05-01", "reference_date": "2026-05-01", "results": []},
    ),
    ("jy-2022", "jy-revoke", "核实", "摘牌", {"fraud_found": True}, {"fraud_found": False}),
    (
        *("jy-2022", "jy-cycle", "限期整改", "摘牌"),
        {"assessment_grade": "不合格", "rectification_result": "整改不力"},
        {"assessment_grade": "不合格", "rectification_result": "整改中"},
    ),
    (
        *("wx-2021-model", "wxm-assess", "已命名", "撤销命名并收回牌匾"),
        {"leader_status": "退休", "change_impossible": True},
        {"leader_status": "退休", "change_impossible": False},
    ),
    (
        *("wx-2021-model", "wxm-assess", "回头看", "撤销命名并收回牌匾"),
        {"assessment_grade": "不达标", "rectification_deadline_set": True, "second_look": "不达标"},
        {"assessment_grade": "不达标", "rectification_deadline_set": True, "second_look": "达标"},
    ),
    (
        *("wx-2021-model", "wxm-change", "考核不合格", "撤销命名"),
        {"other_removal_ground": True},
        {"other_removal_ground": False},
    ),
    ("wx-2021-staff", "wxs-annual", "抽查", "摘牌", {"role_not_played": True}, {"role_not_played": False}),
    (
        *("wx-2021-award", "wxa-revoke", "查证属实", "撤销奖励"),
        {"fraud_found": True, "fraud_verified": True},
        {"fraud_found": True, "fraud_verified": False},
    ),
    (
        *("hn-2024", "hn-dynamic", "整改", "撤销"),
        {"role_not_obvious": True, "rectification_insufficient": True},
        {"role_not_obvious": True, "rectification_insufficient": False},
    ),
]
# What is late or comes true through the step is told afterwards and never locks the door.
OPEN_DOORS = [
    ("jy-2022", "jy-annual", "县级已考核", "已报生产保护部", "jy-2022-9c"),
    ("jy-2022", "jy-cycle", "到期", "工作室自评", "jy-2022-10a"),
    ("wx-2021-model", "wxm-annual", "党政和工会审核", "报市总并抄送", "wx-2021-model-13b"),
    ("wx-2021-model", "wxm-annual", "报市总并抄送", "归档", "wx-2021-model-14"),
    ("wx-2021-model", "wxm-assess", "已命名", "抽查考核", "wx-2021-model-15b"),
    ("wx-2021-model", "wxm-grant", "拨付基层工会", "基层工会代管经费", "wx-2021-model-21c"),
    ("wx-2021-staff", "wxs-grant", "拨付基层工会", "基层工会代管经费", "wx-2021-staff-13c"),
    ("wx-2021-award", "wxa-revoke", "撤销奖励", "追回奖金、奖牌、证书", "wx-2021-award-17b"),
    ("hn-2024", "hn-grant", "支出", "监督检查", "hn-2024-12"),
]
DOOR_FACTS = {
    "assessment_items": ["制度建设", "经费保障", "人员培训", "成果转化", "示范作用发挥"],
    "assessment_reported_on": "2027-01-05",
    "assessment_year": 2026,
    "last_cycle_assessed_on": "2020-01-01",
    "reference_date": "2026-06-01",
    "annual_report_on": "2027-01-05",
    "report_year": 2026,
    "dossier_sections": [],
    "last_assessed_on": "2020-01-01",
    "entry_unit_receipt": "上级补助收入",
    "award_revoked": True,
    "recovered": [],
    "in_audit_scope": False,
}


def held_back(law: Regulation, flow: str, path: list[str], facts: dict[str, Any]) -> tuple[str, set[str]] | None:
    """Walk the path; return the first state that is refused and the rules that refuse it."""
    for at, state in enumerate(path[1:]):
        found = gate(law, flow, path[at], state, facts, history=path[: at + 1])
        if not found.allowed:
            return state, {finding.rule for finding in found.blocking}
    return None


@pytest.mark.parametrize("whole", WHOLE, ids=[whole["id"] for whole in WHOLE])
def test_a_whole_good_case_goes_the_whole_way(whole: dict[str, Any]) -> None:
    law = law_of(whole["regulation"])
    assert held_back(law, whole["flow"], whole["path"], whole["facts"]) is None


@pytest.mark.parametrize(("whole", "spoilt"), SPOILT, ids=[f"{whole['id']}-{spoilt['by']}" for whole, spoilt in SPOILT])
def test_one_spoilt_fact_holds_it_back_where_the_text_says(whole: dict[str, Any], spoilt: dict[str, Any]) -> None:
    law = law_of(whole["regulation"])
    held = held_back(law, whole["flow"], whole["path"], whole["facts"] | spoilt["facts"])
    assert held is not None
    assert held[0] == spoilt["held"]
    assert spoilt["by"] in held[1]


@pytest.mark.parametrize("whole", WHOLE, ids=[whole["id"] for whole in WHOLE])
def test_nothing_unasked_is_taken_for_granted(whole: dict[str, Any]) -> None:
    held = held_back(law_of(whole["regulation"]), whole["flow"], whole["path"], {})
    assert held is not None
    assert held[0] in whole["path"][1:3]


@pytest.mark.parametrize(
    ("flow", "one", "other", "law_id"),
    [
        ("tl-naming", "挂牌", "经费补助", "tl-2020"),
        ("wxm-naming", "挂牌", "补贴", "wx-2021-model"),
        ("wxa-revoke", "通报", "追回奖金、奖牌、证书", "wx-2021-award"),
    ],
)
def test_a_case_is_not_closed_with_one_of_two_duties_open(flow: str, one: str, other: str, law_id: str) -> None:
    law = law_of(law_id)
    assert gate(law, flow, one, "办结", {}).unmet == (other,)
    assert gate(law, flow, one, "办结", {}, history=[other]).allowed


@pytest.mark.parametrize(("law_id", "flow", "state", "to", "made_out", "not_made_out"), EXITS)
def test_an_exit_opens_when_one_ground_is_made_out(
    law_id: str, flow: str, state: str, to: str, made_out: dict[str, Any], not_made_out: dict[str, Any]
) -> None:
    law = law_of(law_id)
    assert gate(law, flow, state, to, made_out).allowed
    assert not gate(law, flow, state, to, not_made_out).allowed
    assert not gate(law, flow, state, to, {}).allowed


@pytest.mark.parametrize(("law_id", "flow", "state", "to", "told"), OPEN_DOORS)
def test_what_is_late_is_told_and_never_locks_the_door(law_id: str, flow: str, state: str, to: str, told: str) -> None:
    found = gate(law_of(law_id), flow, state, to, DOOR_FACTS)
    assert found.allowed
    assert {finding.rule: finding.status for finding in found.afterwards}[told] in ("fail", "warn")
