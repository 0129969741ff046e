"""Judging: one workroom's facts against a whole regulation, as a share of one frame of the screen (16 ms)."""

import json
import random
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, Ratio, median, p95, table
from desktop.paths import resource_folder
from desktop.rules.catalogue import load_all
from desktop.rules.evaluator import judge
from desktop.rules.facts import check_facts
from desktop.rules.regulation import Regulation

COUNT = 10_000
ALL_SECONDS = 10.0
FRAME_MS = 16.0
ON = date(2026, 9, 1)
CASES = ROOT / "tests" / "data" / "rule_cases.json"


def _facts(cases: Path) -> dict[str, list[dict[str, Any]]]:
    """Gather, for each regulation, the fact sets of its cases: the material to make whole workrooms from."""
    found: dict[str, list[dict[str, Any]]] = {}
    for case in json.loads(cases.read_text(encoding="utf-8")):
        found.setdefault(case["regulation"], []).append(case["facts"])
    return found


def _workrooms(material: dict[str, list[dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """Make workrooms, each with the facts of a dozen cases of one regulation laid over each other."""
    chance = random.Random(1)
    names = sorted(material)
    workrooms = []
    for _ in range(COUNT):
        name = chance.choice(names)
        facts: dict[str, Any] = {}
        for case in chance.choices(material[name], k=12):
            facts |= case
        workrooms.append((name, facts))
    return workrooms


def measure() -> list[Ratio]:
    """Judge every workroom against its whole regulation, from parsed facts, and one by one from raw ones."""
    regulations = load_all(resource_folder() / "regulations")
    material = {name: facts for name, facts in _facts(CASES).items() if name in regulations}
    workrooms = _workrooms(material)
    parsed = [(regulations[name], check_facts(facts), facts) for name, facts in workrooms]
    taken, raw = [], []
    spent: dict[str, list[float]] = {}
    for regulation, facts, given in parsed:
        # The processor's time: judging waits for nothing, and other work on the machine is not its doing.
        begun = time.process_time()
        judge(regulation, facts, on=ON)
        middle = time.process_time()
        judge(regulation, check_facts(given), on=ON)
        taken.append((middle - begun) * 1000)
        raw.append((time.process_time() - middle) * 1000)
        spent.setdefault(regulation.id, []).append(taken[-1])
    slowest = max(spent, key=lambda name: sum(spent[name]) / len(spent[name]))
    against = "one frame, 16 ms"
    return [
        _whole_register(regulations[slowest], material[slowest]),
        Ratio(f"one judgement of {COUNT:,}, median", median(taken), FRAME_MS, "ms", 0.1, against),
        Ratio(f"one judgement of {COUNT:,}, p95", p95(taken), FRAME_MS, "ms", 0.25, against),
        Ratio("the same with the facts read first, median", median(raw), FRAME_MS, "ms", 0.2, against),
    ]


def _whole_register(regulation: Regulation, material: list[dict[str, Any]]) -> Ratio:
    """Judge 10,000 workrooms under the one regulation that takes longest, their facts read from raw ones."""
    workrooms = [facts for _, facts in _workrooms({regulation.id: material})]
    begun = time.process_time()
    for facts in workrooms:
        judge(regulation, facts, on=ON)
    seconds = time.process_time() - begun
    return Ratio(f"{COUNT:,} workrooms under {regulation.id}", seconds, ALL_SECONDS, "s", 1.0, "10 s, as asked for")


if __name__ == "__main__":
    print(table(measure()))
