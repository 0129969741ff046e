"""What must be true of any facts: more never makes less, order never matters, nothing crashes, all at once."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import BadInput
from desktop.paths import resource_folder
from desktop.rules.catalogue import load_all
from desktop.rules.evaluator import judge, to_json
from desktop.rules.facts import dictionary
from tests.rules.test_inner_mongolia import good_application

LAWS = load_all(resource_folder() / "regulations")
BUILD, FUND = LAWS["nm-2026-build"], LAWS["nm-2026-fund"]
CASES = json.loads((Path(__file__).parents[1] / "data" / "rule_cases.json").read_text(encoding="utf-8"))
NAMES = sorted(dictionary().facts)
DAYS = st.dates().map(lambda day: day.isoformat())
LEVELS = st.sampled_from(["旗县级", "盟市级", "自治区级", "自治区产业", "单位级", "全国"])
RESULTS = st.lists(st.fixed_dictionaries({"date": DAYS, "level": LEVELS}), max_size=6)
RANK = {"fail": 0, "warn": 1, "n/a": 2, "unknown": 2, "pass": 3}
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | DAYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=120, deadline=None)
@given(results=RESULTS, more=st.fixed_dictionaries({"date": DAYS, "level": LEVELS}), day=DAYS)
def test_another_result_never_turns_a_pass_into_a_failure(results: list[Any], more: Any, day: str) -> None:
    before = judge(BUILD, {"reference_date": day, "results": results})
    after = judge(BUILD, {"reference_date": day, "results": [*results, more]})
    for rule in ("nm-2026-build-7.8b", "nm-2026-build-7.8c"):
        assert RANK[after.finding(rule).status] >= RANK[before.finding(rule).status]


@settings(max_examples=60, deadline=None)
@given(members=st.integers(0, 200), more=st.integers(0, 50))
def test_more_members_never_turn_a_pass_into_a_failure(members: int, more: int) -> None:
    for law, name, rule in (
        (BUILD, "team_total_incl_leader", "nm-2026-build-7.2a"),
        (FUND, "core_members_excl_leader", "nm-2026-fund-5a"),
        (LAWS["tl-2020"], "team_total_incl_leader", "tl-2020-2.2a"),
        (LAWS["wx-2021-staff"], "team_total_incl_leader", "wx-2021-staff-4.2a"),
    ):
        before, after = (judge(law, {name: count}).finding(rule).status for count in (members, members + more))
        assert RANK[after] >= RANK[before]


@settings(max_examples=100, deadline=None)
@given(years=st.lists(st.integers(2015, 2026), max_size=8), extra=st.integers(2015, 2026))
def test_another_project_never_turns_a_pass_into_a_failure(years: list[int], extra: int) -> None:
    facts: dict[str, Any] = {"established_on": "2018-05-01", "reference_date": "2026-06-01"}
    before = judge(BUILD, {**facts, "projects": [{"year": year} for year in years]})
    after = judge(BUILD, {**facts, "projects": [{"year": year} for year in [*years, extra]]})
    rule = "nm-2026-build-7.8a"
    assert RANK[after.finding(rule).status] >= RANK[before.finding(rule).status]


@settings(max_examples=80, deadline=None)
@given(
    honours=st.lists(
        st.fixed_dictionaries(
            {"kind": st.sampled_from(["劳动模范", "工匠", "高技能人才", "三八红旗手"]), "level": LEVELS}
        ),
        max_size=4,
    ),
    more=st.fixed_dictionaries({"kind": st.sampled_from(["劳动模范", "五一劳动奖章"]), "level": LEVELS}),
)
def test_another_honour_never_harms(honours: list[Any], more: Any) -> None:
    for law, rule in ((BUILD, "nm-2026-build-7.1c"), (FUND, "nm-2026-fund-2a"), (LAWS["hn-2024"], "hn-2024-4.1c")):
        before = judge(law, {"leader_honours": honours}).finding(rule).status
        after = judge(law, {"leader_honours": [*honours, more]}).finding(rule).status
        assert RANK[after] >= RANK[before]


@settings(max_examples=80, deadline=None)
@given(fen=st.integers(0, 10_000_000))
def test_money_is_the_same_as_number_and_text(fen: int) -> None:
    text = f"{fen // 100}.{fen % 100:02d}"
    for amount in (text, float(text)):
        facts = {"track": "工作室", "grant_total_yuan": amount}
        assert judge(FUND, facts).finding("nm-2026-fund-4b").status == ("pass" if fen == 5_000_000 else "fail")


@settings(max_examples=100, deadline=None)
@given(amounts=st.lists(st.integers(0, 1_500_000), max_size=8), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(amounts: list[int], order: random.Random) -> None:
    roles = ["领衔人", "骨干成员", "其他参与人员"]
    rows = [
        {"name": f"人{n % 4}", "role": roles[n % 3], "amount_yuan": f"{fen // 100}.{fen % 100:02d}"}
        for n, fen in enumerate(amounts)
    ]
    mixed = list(rows)
    order.shuffle(mixed)
    facts = {"track": "工作室", "grant_total_yuan": 50000}
    found = [
        {finding.rule: finding.status for finding in judge(FUND, {**facts, "rewards": given}).findings}
        for given in (rows, mixed)
    ]
    assert found[0] == found[1]


@settings(max_examples=60, deadline=None)
@given(gone=st.sets(st.sampled_from(sorted(good_application()))))
def test_taking_facts_away_only_leaves_questions(gone: set[str]) -> None:
    facts = {name: value for name, value in good_application().items() if name not in gone}
    whole = judge(BUILD, good_application(), stage="申报")
    for finding in judge(BUILD, facts, stage="申报").findings:
        assert finding.status in (whole.finding(finding.rule).status, "unknown")


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(NAMES), value=JUNK, law=st.sampled_from(sorted(LAWS)))
def test_any_value_is_judged_or_refused_in_words_and_never_crashes(name: str, value: Any, law: str) -> None:
    refusal = None
    try:
        verdict = judge(LAWS[law], {name: value})
    except BadInput as error:
        refusal = error
    if refusal is None:
        assert len(verdict.findings) == len(LAWS[law].rules)
        assert json.dumps(to_json(verdict), ensure_ascii=False)
    else:
        assert refusal.message
        assert refusal.where.startswith(name)


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(NAMES))
def test_null_is_an_answer_for_every_fact(name: str) -> None:
    for law in LAWS.values():
        for finding in judge(law, {name: None}).findings:
            assert name not in finding.missing


def test_a_thousand_cases_take_well_under_two_seconds() -> None:
    thousand = (CASES * 3)[:1000]
    begun = time.process_time()
    for case in thousand:
        to_json(judge(LAWS[case["regulation"]], case["facts"]))
    assert time.process_time() - begun < 2


def test_one_workroom_is_judged_within_a_frame() -> None:
    facts = good_application()
    begun = time.process_time()
    for _ in range(50):
        judge(BUILD, facts, stage="申报")
    assert (time.process_time() - begun) / 50 < 0.016
