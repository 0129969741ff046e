"""Regulations of one rule, for trying one kind of condition at a time."""

from __future__ import annotations

from datetime import date

from desktop.rules.evaluator import judge
from desktop.rules.loader import load_text
from desktop.rules.regulation import Regulation
from desktop.rules.verdict import Finding

HEAD = """[regulation]
id = "small"
title = "小办法"
doc_no = "小发〔2026〕1号"
issuer = "某工会"
issued_on = "2026-05-26"
effective_on = "2026-05-26"
effective_by = "自印发之日起"
interpreter = "某工会"
region = "某地"
objects = ["工作室"]
criteria = "一条"
applies_with = []
supersedes = []
based_on = []
issued_text = "小.txt"

[levels]
"盟市级" = "市级"
"自治区级" = "省级"
"""


def rule_text(check: str, more: str = "", strength: str = "must", rule_id: str = "small-1") -> str:
    """Return one rule in TOML; `check` is an inline table, `more` further lines."""
    return f"""
[[rule]]
id = "{rule_id}"
article = "第一条"
title = "一条"
text = "原文。"
kind = "eligibility"
strength = "{strength}"
stage = ["申报"]
meaning = "试"
boundary = "试"
{more}
check = {check}
"""


def law(check: str, more: str = "", strength: str = "must", head: str = "") -> Regulation:
    """Return a regulation of one rule."""
    return load_text(HEAD + head + rule_text(check, more, strength))


def find(check: str, facts: dict[str, object], more: str = "", strength: str = "must", head: str = "") -> Finding:
    """Judge facts by a regulation of one rule and return its finding."""
    return judge(law(check, more, strength, head), facts).findings[0]


def status(check: str, facts: dict[str, object], more: str = "", strength: str = "must", head: str = "") -> str:
    """Judge facts by a regulation of one rule and return the finding's status."""
    return find(check, facts, more, strength, head).status


def on(day: str) -> date:
    """Return a date."""
    return date.fromisoformat(day)
