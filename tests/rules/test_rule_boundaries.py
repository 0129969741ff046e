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
