"""Cases at the limits of every rule, drawn up from the texts and the tables apart from this evaluator."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from desktop.paths import resource_folder
from desktop.rules.catalogue import load_all
from desktop.rules.evaluator import judge

# Each line: the rule, the status that the text gives, the facts.
LINES = (Path(__file__).parents[1] / "data" / "rule_boundaries.jsonl").read_text("utf-8").splitlines()
LAWS = load_all(resource_folder() / "regulations")
CASES: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
for line in LINES:
    rule_id, status, facts = json.loads(line)
    CASES[rule_id].append((status, facts))


def _law_of(rule_id: str) -> Any:
    return next(law for name, law in LAWS.items() if rule_id.startswith(f"{name}-"))


def test_every_rule_stands_here() -> None:
    every = {rule.id for law in LAWS.values() for rule in law.rules}
    # Judged by the cases of whole workrooms: what looks at other rules, or at a guard with a check of its own.
    elsewhere = {"wx-2021-model-8.0", "wx-2021-model-7.5c", "nm-2026-build-13d"}
    assert every - set(CASES) == elsewhere
    assert len(LINES) > 2000


@pytest.mark.parametrize("rule_id", list(CASES))
def test_a_rule_at_its_limits(rule_id: str) -> None:
    law = _law_of(rule_id)
    wrong = [
        (facts, status, found)
        for status, facts in CASES[rule_id]
        if (found := judge(law, facts).finding(rule_id).status) != status
    ]
    assert not wrong


# What people write for what the texts name: the rule, the everyday word, the status.
EVERYDAY = [
    ("hn-2024-10b", "误餐补贴", "fail"),
    ("hn-2024-10b", "误餐", "fail"),
    ("hn-2024-10b", "加班补助", "fail"),
    ("hn-2024-10b", "伙食补贴", "fail"),
    ("hn-2024-10b", "培训费", "pass"),
    ("nm-2026-fund-10c", "技能津贴", "fail"),
    ("nm-2026-fund-10c", "节日福利", "fail"),
    ("nm-2026-fund-10c", "招待费", "fail"),
    ("nm-2026-fund-10c", "购物卡", "fail"),
    ("nm-2026-fund-10c", "资料费", "pass"),
    ("jy-2022-13b", "客饭", "fail"),
    ("jy-2022-13b", "误餐补助", "fail"),
    ("wx-2021-model-20e", "误餐补贴", "fail"),
    ("wx-2021-staff-12d", "慰问费", "fail"),
    ("wx-2021-staff-12d", "专利费", "pass"),
    ("hn-2024-10b", "加班餐费", "fail"),
    ("hn-2024-10b", "误餐费用", "fail"),
    ("hn-2024-10b", "交通补贴", "fail"),
    ("hn-2024-10b", "夜间加班费", "fail"),
    ("hn-2024-10b", "工作餐", "fail"),
    ("hn-2024-10b", "客户接待费", "pass"),
    ("hn-2024-10b", "研究项目奖励", "pass"),
    ("hn-2024-10b", "伙食补助", "fail"),
    ("hn-2024-10b", "宴请", "pass"),
    ("jy-2022-13b", "餐饮费", "fail"),
    ("wx-2021-model-20e", "酒店费", "fail"),
    ("nm-2026-fund-10c", "红包", "fail"),
    ("nm-2026-fund-10c", "高温津贴", "fail"),
    ("nm-2026-fund-10c", "客户招待费用", "fail"),
    ("nm-2026-fund-10c", "春节慰问品", "fail"),
    ("nm-2026-fund-10c", "会议餐费", "pass"),
    ("nm-2026-fund-10c", "接待室布置", "pass"),
    ("nm-2026-fund-10c", "餐饮服务技能培训", "pass"),
    ("jy-2022-13b", "年终奖金", "fail"),
    ("jy-2022-13b", "会议餐费", "fail"),
    ("jy-2022-13b", "成果奖励款", "fail"),
    ("jy-2022-13b", "培训住宿费", "pass"),
    ("wx-2021-model-20e", "培训住宿费", "fail"),
    ("wx-2021-model-20e", "宴请支出", "fail"),
    ("wx-2021-staff-12d", "团队奖金", "fail"),
    ("wx-2021-staff-12d", "交通补贴", "pass"),
]


# What else people write for what the texts name: the rule, the facts, the status.
KIND = "十大先进操作法"
SPELT = [
    ("nm-2026-fund-10b", {"misuse_findings": ["擅自扩大补助经费使用范围"]}, "fail"),
    ("nm-2026-fund-10b", {"misuse_findings": ["挪用补助资金"]}, "fail"),
    ("hn-2024-11b", {"misuse_findings": ["擅自改变经费用途"]}, "fail"),
    ("hn-2024-11b", {"misuse_findings": []}, "pass"),
    ("wx-2021-award-4.3", {"project_flags": ["涉密"]}, "fail"),
    ("wx-2021-award-4.3", {"project_flags": ["医药"]}, "fail"),
    ("wx-2021-award-4.3", {"project_flags": ["节能"]}, "pass"),
    ("wx-2021-award-4.1c", {"award_kind": KIND, "first_person_title_rank": "高级工程师"}, "fail"),
    ("wx-2021-award-4.1c", {"award_kind": KIND, "first_person_title_rank": "主任医师"}, "fail"),
    ("wx-2021-award-4.1c", {"award_kind": KIND, "first_person_title_rank": "工程师"}, "pass"),
    ("wx-2021-award-4.1c", {"award_kind": KIND, "first_person_title_rank": "高级技师"}, "pass"),
    ("hn-2024-4.1b", {"leader_title_rank": "副教授"}, "pass"),
    ("hn-2024-4.1b", {"leader_title_rank": "正高级教师"}, "pass"),
    ("hn-2024-4.1b", {"leader_title_rank": "讲师"}, "warn"),
    ("hn-2024-4.1b", {"leader_title_rank": "高级技师"}, "warn"),
]


@pytest.mark.parametrize(("rule_id", "facts", "status"), SPELT)
def test_titles_breaches_and_flags_are_known_as_people_write_them(
    rule_id: str, facts: dict[str, object], status: str
) -> None:
    assert judge(_law_of(rule_id), facts).finding(rule_id).status == status


@pytest.mark.parametrize(("rule_id", "word", "status"), EVERYDAY)
def test_money_is_judged_by_what_it_is_called_every_day(rule_id: str, word: str, status: str) -> None:
    facts = {"track": "工作室", "expenses": [{"category": word, "amount_yuan": "0.01"}]}
    assert judge(_law_of(rule_id), facts).finding(rule_id).status == status
    own = {"track": "工作室", "expenses": [{"category": word, "amount_yuan": "0.01", "source": "单位资金"}]}
    assert judge(_law_of(rule_id), own).finding(rule_id).status == "n/a"


@pytest.mark.parametrize("kind", ["享受政府特殊津贴专家", "国务院特殊津贴", "科学技术进步奖", "学术和技术带头人"])
@pytest.mark.parametrize(("level", "status"), [("省级", "pass"), ("国家级", "pass"), ("市级", "warn")])
def test_honours_are_known_by_their_longer_names(kind: str, level: str, status: str) -> None:
    facts = {"leader_honours": [{"kind": kind, "level": level}]}
    assert judge(LAWS["hn-2024"], facts).finding("hn-2024-4.1c").status == status
