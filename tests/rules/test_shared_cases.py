"""The shared cases: every expectation of every regulation is met, none is left out."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from desktop.paths import resource_folder
from desktop.rules.catalogue import load_all
from desktop.rules.evaluator import judge, to_json

CASES = json.loads((Path(__file__).parents[1] / "data" / "rule_cases.json").read_text(encoding="utf-8"))
LAWS = load_all(resource_folder() / "regulations")
KNOWN = [case for case in CASES if case["regulation"] in LAWS]


def test_no_case_is_left_out() -> None:
    assert len(LAWS) == 8
    assert len(KNOWN) == len(CASES) == 388
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", KNOWN, ids=[case["id"] for case in KNOWN])
def test_every_expectation_is_met(case: dict[str, Any]) -> None:
    verdict = judge(LAWS[case["regulation"]], case["facts"])
    found = {rule: verdict.finding(rule).status for rule in case["expect"]}
    assert found == case["expect"], case["why"]


@pytest.mark.parametrize("case", KNOWN[::7], ids=[case["id"] for case in KNOWN[::7]])
def test_the_order_of_facts_never_matters(case: dict[str, Any]) -> None:
    names = list(case["facts"])
    random.Random(case["id"]).shuffle(names)
    law = LAWS[case["regulation"]]
    assert judge(law, {name: case["facts"][name] for name in names}) == judge(law, case["facts"])


@pytest.mark.parametrize("case", KNOWN[::5], ids=[case["id"] for case in KNOWN[::5]])
def test_every_finding_is_said_in_words(case: dict[str, Any]) -> None:
    result = to_json(judge(LAWS[case["regulation"]], case["facts"]))
    assert sum(result["counts"].values()) == len(result["findings"]) == len(LAWS[case["regulation"]].rules)
    for finding in result["findings"]:
        assert finding["message"].endswith("。"), finding
        assert "ABSENT" not in finding["message"] + finding["actual"] + finding["required"]
        assert "None" not in finding["message"] + finding["actual"] + finding["required"]
        assert bool(finding["missing"]) == (finding["status"] == "unknown")
        if finding["status"] in ("fail", "warn"):
            assert finding["actual"]
            assert finding["required"]
        assert json.dumps(finding, ensure_ascii=False)
