from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.rules.evaluator import judge
from desktop.rules.regulation import Regulation
from tests.rules.all_laws import ROOT, law_of

WHOLE = json.loads((ROOT / "tests" / "data" / "whole_workrooms.json").read_text(encoding="utf-8"))
SPOILT = [(whole, spoilt) for whole in WHOLE for spoilt in whole["spoilt"]]


def held_back(law: Regulation, flow: str, path: list[str], facts: dict[str, Any]) -> tuple[str, set[str]] | None:
    """Walk the path; return the first state that is refused and the rules that refuse it."""
    status = {finding.rule: finding.status for finding in judge(law, facts).findings}
    passed = [path[0]]
    for state in path[1:]:
        step = next(step for step in law.workflow(flow).transition if (step.from_, step.to) == (passed[-1], state))
        assert set(step.after) <= set(passed)
        blocking = {rule_id for rule_id in step.requires if status[rule_id] in ("fail", "unknown")}
        if blocking:
            return state, blocking
        passed.append(state)
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
    law = law_of(whole["regulation"])
    held = held_back(law, whole["flow"], whole["path"], {})
    assert held is not None
    assert held[0] in whole["path"][1:3]
