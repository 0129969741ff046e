"""Sharing out a grant: caps by person, live figures, splits and the planner."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import BadInput, NotAllowed
from desktop.rules.caps import (
    AllocationLine,
    allocation_state,
    even_split,
    fill_to_floor,
    floor_of,
    person_caps,
    plan,
    weighted_split,
)
from desktop.rules.splits import pour
from tests.rules.all_laws import law_of

FUND = law_of("nm-2026-fund")
GRANT = 5_000_000


def team(leaders: int, backbone: int, other: int, amount: int = 0) -> list[AllocationLine]:
    roles = ["领衔人"] * leaders + ["骨干成员"] * backbone + ["其他参与人员"] * other
    return [AllocationLine(f"人{n}", role, amount, person_id=str(n)) for n, role in enumerate(roles)]


def counts(leaders: int, backbone: int, other: int, **more: Any) -> dict[str, Any]:
    return {"leader_count": leaders, "backbone_count": backbone, "other_count": other, **more}


def test_the_four_figures_come_from_the_regulation() -> None:
    assert floor_of(FUND, GRANT) == 3_000_000
    assert [person.cap_fen for person in person_caps(team(1, 1, 1), FUND)] == [1_000_000, 500_000, 200_000]
    assert floor_of(FUND, 1) == 1
    assert floor_of(law_of("jy-2022"), GRANT) == 0


# From the reference: the least teams that hold 3万 of 5万, and those that fall just short.
@pytest.mark.parametrize(
    ("people", "capacity", "fits"),
    [
        ((1, 4, 0), "30000.00", True),
        ((1, 3, 3), "31000.00", True),
        ((1, 2, 5), "30000.00", True),
        ((1, 1, 8), "31000.00", True),
        ((1, 0, 10), "30000.00", True),
        ((1, 5, 0), "35000.00", True),
        ((1, 8, 0), "50000.00", True),
        ((1, 3, 2), "29000.00", False),
        ((1, 2, 4), "28000.00", False),
        ((0, 5, 2), "29000.00", False),
        ((0, 6, 0), "30000.00", True),
        ((0, 0, 15), "30000.00", True),
        ((0, 0, 14), "28000.00", False),
    ],
)
def test_the_planner_says_whether_the_floor_fits(people: tuple[int, int, int], capacity: str, fits: bool) -> None:
    result = plan(FUND, counts(*people)).as_json()
    assert (result["capacity"], result["floor"], result["floor_reachable"]) == (capacity, "30000.00", fits)
    assert (result["shortfall"] == "0.00") == fits
    assert bool(result["remedies"]) != fits


def test_the_cheapest_remedy_adds_nobody() -> None:
    result = plan(FUND, counts(1, 3, 2, grant_total_yuan="50000.00")).as_json()
    assert result["shortfall"] == "1000.00"
    assert [(one["backbone"], one["other"]) for one in result["remedies"]] == [(1, -1), (1, 0), (0, 1)]
    assert "1名其他参与人员" in result["remedies"][0]["text"]


@settings(max_examples=150, deadline=None)
@given(
    leaders=st.integers(0, 2),
    backbone=st.integers(0, 6),
    other=st.integers(0, 9),
    grant=st.sampled_from(["50000.00", "50000.01", "49999.99", "33333.33", "99999.99"]),
)
def test_every_remedy_lets_the_floor_fit_and_none_less_would(
    leaders: int, backbone: int, other: int, grant: str
) -> None:
    if leaders + backbone + other == 0:
        return
    result = plan(FUND, counts(leaders, backbone, other, grant_total_yuan=grant))
    assert bool(result.remedies) != result.floor_reachable
    for remedy in result.remedies:
        capacity = result.capacity_fen + remedy.backbone * 500_000 + remedy.other * 200_000
        assert capacity == remedy.capacity_fen >= result.floor_fen
        assert remedy.other >= -other
        if remedy.other < 0:
            assert capacity - 300_000 < result.floor_fen, "one less re-classed would do"
        if remedy.backbone + remedy.other > 0:
            added = 500_000 if remedy.backbone > max(-remedy.other, 0) else 200_000
            assert capacity - added < result.floor_fen, "one less added would do"
    costs = [max(one.backbone + one.other, 0) for one in result.remedies]
    assert costs == sorted(costs)
    assert len({(one.backbone, one.other) for one in result.remedies}) == len(result.remedies)


@settings(max_examples=80, deadline=None)
@given(
    leaders=st.integers(0, 2),
    backbone=st.integers(0, 8),
    other=st.integers(0, 12),
    grant=st.integers(1, 9_999_999),
)
def test_the_split_never_passes_a_cap_and_reaches_what_it_can(
    leaders: int, backbone: int, other: int, grant: int
) -> None:
    if leaders + backbone + other == 0:
        return
    facts = counts(leaders, backbone, other, grant_total_yuan=f"{grant // 100}.{grant % 100:02d}")
    result = plan(FUND, facts)
    caps = {role.name: role.cap_fen for role in FUND.reward_roles}
    assert all(0 <= line.amount_fen <= caps[line.role] for line in result.split)
    assert sum(line.amount_fen for line in result.split) == min(result.floor_fen, result.capacity_fen)
    assert len(result.split) == leaders + backbone + other


def test_people_come_from_the_roster_with_roles() -> None:
    roster = [{"name": "丙", "role": "其他"}, {"name": "甲", "role": "领衔人"}, {"name": "乙", "role": "骨干"}]
    result = plan(FUND, {"roster": roster})
    assert [(line.name, line.role) for line in result.split] == [
        ("甲", "领衔人"),
        ("乙", "骨干成员"),
        ("丙", "其他参与人员"),
    ]


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({}, BadInput),
        ({"roster": ["甲", "乙"]}, BadInput),
        ({"roster": [{"name": "甲", "role": "顾问"}]}, BadInput),
        ({"leader_count": 100_000}, BadInput),
        ({"leader_count": None, "backbone_count": None}, BadInput),
        (counts(1, 4, 0, track="联盟"), NotAllowed),
    ],
)
def test_what_the_planner_cannot_plan(facts: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        plan(FUND, facts)


@pytest.mark.parametrize(
    ("law", "said"),
    [
        ("jy-2022", "第十三条"),
        ("wx-2021-model", "第二十条"),
        ("wx-2021-staff", "第十二条"),
        ("tl-2020", "没有规定"),
        ("hn-2024", "没有规定"),
        ("nm-2026-build", "nm-2026-fund"),
    ],
)
def test_where_no_rewards_are_paid_the_article_is_named(law: str, said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        plan(law_of(law), counts(1, 4, 0))


def test_the_alliance_has_no_rewards_and_says_why() -> None:
    with pytest.raises(NotAllowed, match="第七条"):
        plan(FUND, counts(1, 4, 0, track="联盟"))


def test_the_plan_carries_findings_of_the_split() -> None:
    result = plan(FUND, counts(1, 3, 2))
    found = {finding.rule: finding.status for finding in result.findings}
    assert found["nm-2026-fund-6a"] == found["nm-2026-fund-6e"] == "warn"
    assert found["nm-2026-fund-6b"] == found["nm-2026-fund-6c"] == "pass"
    assert "不能虚列" in result.advice


def test_figures_while_typing() -> None:
    lines = team(1, 4, 1, 500_000)
    lines[0] = AllocationLine("人0", "领衔人", 1_000_000, person_id="0", tax_fen=1)
    lines.append(AllocationLine("", "", 1_000_000, kind="operating", category="技能培训"))
    state = allocation_state(lines, GRANT, FUND)
    assert (state.total_fen, state.operating_fen) == (3_500_001, 1_000_000)
    assert state.remainder_fen == GRANT - 4_500_001
    assert (state.reached_bp, state.floor_reached) == (7000, True)
    assert [line.over_fen for line in state.lines] == [0, 0, 0, 0, 0, 300_000]
    assert len(state.lines) == 6
    found = {finding.rule: finding.status for finding in state.findings}
    assert found["nm-2026-fund-6d"] == "warn"
    assert found["nm-2026-fund-6f"] == "unknown"


def test_the_roster_may_be_given_and_zero_lines_are_nobody() -> None:
    state = allocation_state(team(1, 0, 0), GRANT, FUND, roster=["人0"])
    found = {finding.rule: finding.status for finding in state.findings}
    assert found["nm-2026-fund-6b"] == "n/a"
    assert state.remainder_fen == GRANT
    assert allocation_state([], 0, FUND).reached_bp == 0


def test_more_than_the_grant_shows_as_a_negative_remainder() -> None:
    assert allocation_state(team(1, 0, 0, GRANT + 1), GRANT, FUND).remainder_fen == -1


def test_two_lines_of_one_person_share_a_cap_and_namesakes_do_not() -> None:
    one = [AllocationLine("王伟", "骨干成员", 300_000, person_id="1")] * 2
    two = [AllocationLine("王伟", "骨干成员", 300_000, person_id=n) for n in ("1", "2")]
    assert [person.over_fen for person in person_caps(one, FUND)] == [100_000]
    assert [person.over_fen for person in person_caps(two, FUND)] == [0, 0]
    assert person_caps(one, FUND)[0].rows == (0, 1)


def test_a_role_without_a_cap_has_none() -> None:
    (person,) = person_caps([AllocationLine("甲", "顾问", 1)], FUND)
    assert (person.cap_fen, person.over_fen, person.room_fen) == (None, 0, 0)


def test_an_even_split_is_even_within_the_caps() -> None:
    assert even_split(team(1, 2, 0), 900_000, FUND) == [300_000] * 3
    assert even_split(team(1, 2, 0), 1_000_000, FUND) == [333_400, 333_300, 333_300]
    assert even_split(team(1, 1, 1), 1_200_000, FUND) == [500_000, 500_000, 200_000]
    assert even_split(team(1, 1, 1), 9_999_999, FUND) == [1_000_000, 500_000, 200_000]
    assert even_split(team(1, 1, 0), 3, FUND) == [2, 1]
    assert even_split([], 100, FUND) == []


def test_a_weighted_split_follows_the_weights_within_the_caps() -> None:
    assert weighted_split(team(1, 1, 0), [2, 1], 600_000, FUND) == [400_000, 200_000]
    assert weighted_split(team(0, 2, 0), [9, 1], 900_000, FUND) == [500_000, 400_000]
    assert weighted_split(team(0, 2, 0), [0, 0], 600_000, FUND) == [300_000, 300_000]
    assert weighted_split(team(0, 2, 0), [1, 0], 900_000, FUND) == [500_000, 0]


def test_operating_lines_keep_their_money() -> None:
    lines = [*team(1, 0, 0), AllocationLine("", "", 77, kind="operating")]
    assert even_split(lines, 1_000_000, FUND) == [1_000_000, 77]


def test_filling_up_to_the_floor_raises_and_never_lowers() -> None:
    lines = [AllocationLine("甲", "领衔人", 1_200_000, person_id="0"), *team(0, 4, 4)]
    filled = fill_to_floor(lines, GRANT, FUND)
    assert filled[0] == 1_200_000
    assert sum(filled) == 3_000_000
    assert fill_to_floor(team(1, 8, 0, 500_000), GRANT, FUND) == [500_000] * 9
    assert fill_to_floor(team(1, 1, 1), GRANT, FUND) == [1_000_000, 500_000, 200_000]


@settings(max_examples=150, deadline=None)
@given(
    total=st.integers(0, 10_000_000),
    people=st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 2_000_000)), max_size=12),
)
def test_pouring_loses_no_cent_and_overfills_nothing(total: int, people: list[tuple[int, int]]) -> None:
    weights, rooms = [weight for weight, _ in people], [room for _, room in people]
    poured = pour(total, weights, rooms, (10_000, 100, 1))
    held = sum(room for weight, room in people if weight)
    assert all(0 <= amount <= room for amount, room in zip(poured, rooms, strict=True))
    assert all(amount == 0 for amount, weight in zip(poured, weights, strict=True) if not weight)
    assert sum(poured) == min(total, held)


def test_a_keystroke_is_answered_at_once() -> None:
    lines = team(1, 10, 30, 100_000)
    begun = time.process_time()
    for _ in range(20):
        allocation_state(lines, GRANT, FUND)
    assert (time.process_time() - begun) / 20 < 0.016
