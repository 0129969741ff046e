"""Conditions on grant money: shares, caps by person, sums, uses, who is paid."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.errors import BadInput
from tests.rules.small_laws import find, status

RATIO = (
    '{ op = "ratio", list = "rewards", fields = ["amount_yuan", "tax_withheld_yuan"], den = "grant_total_yuan",'
    " min_pct = 60 }"
)
CAP = (
    '{ op = "role_cap", list = "rewards", amount = "amount_yuan", for_role = "%s", cap = %s,'
    ' precedence = ["领衔人", "骨干成员", "其他参与人员"] }'
)
CAPACITY = (
    '{ op = "capacity", base = "grant_total_yuan", min_pct = 60,'
    " caps = { leader_count = 10000, backbone_count = 5000, other_count = 2000 } }"
)
SUM = (
    '{ op = "sum_le", lists = ["rewards", "expenses"], fields = ["amount_yuan", "tax_withheld_yuan"],'
    ' max_fact = "grant_total_yuan", once_as = "成员奖励" }'
)
BAN = '{ op = "uses", list = "expenses", mode = "prohibited", set = ["接待费", "食宿"] }'
LIST = '{ op = "uses", list = "expenses", mode = "listed", set = ["技能培训"], elsewhere = ["接待费"] }'
ROSTER = '{ op = "subset", list = "rewards", field = "name", of = "roster" }'


def line(name: str, role: str, amount: object, **more: Any) -> dict[str, object]:
    return {"name": name, "role": role, "amount_yuan": amount, **more}


@pytest.mark.parametrize(
    ("amount", "expected"), [("29999.99", "fail"), ("30000.00", "pass"), (30000.01, "pass"), (0, "fail")]
)
def test_sixty_per_cent_to_the_cent(amount: object, expected: str) -> None:
    facts = {"grant_total_yuan": 50000, "rewards": [line("甲", "领衔人", amount)]}
    assert status(RATIO, facts) == expected


def test_a_share_just_below_never_reads_as_the_floor() -> None:
    finding = find(RATIO, {"grant_total_yuan": 50000, "rewards": [line("甲", "领衔人", "29999.99")]})
    assert "60%" not in finding.actual
    assert "还差0.01元" in finding.message
    assert finding.cure == "请增加0.01元，达到30,000.00元"


def test_tax_charged_to_the_grant_counts_and_other_money_does_not() -> None:
    on = {"grant_total_yuan": 50000}
    taxed = line("甲", "领衔人", 29000, tax_withheld_yuan="1000.00")
    own = line("乙", "骨干成员", 10000, source="单位资金")
    assert status(RATIO, {**on, "rewards": [taxed]}) == "pass"
    assert status(RATIO, {**on, "rewards": [line("甲", "领衔人", 25000), own]}) == "fail"
    assert status(RATIO, {**on, "rewards": [line("甲", "领衔人", 30000, source="补助资金")]}) == "pass"


def test_a_share_of_nothing_and_of_what_is_not_said() -> None:
    rewards = [line("甲", "领衔人", 1)]
    assert status(RATIO, {"grant_total_yuan": 0, "rewards": rewards}) == "n/a"
    assert status(RATIO, {"grant_total_yuan": None, "rewards": rewards}) == "fail"
    assert find(RATIO, {"rewards": rewards}).missing == ("grant_total_yuan",)
    assert find(RATIO, {"grant_total_yuan": 50000}).missing == ("rewards",)
    assert status(RATIO, {"grant_total_yuan": 50000, "rewards": None}) == "fail"


def test_an_amount_not_said_is_asked_unless_the_rest_already_reaches_the_floor() -> None:
    silent = {"name": "乙", "role": "骨干成员"}
    facts = {"grant_total_yuan": 50000, "rewards": [line("甲", "领衔人", 20000), silent]}
    assert find(RATIO, facts).missing == ("rewards[2].amount_yuan",)
    assert status(RATIO, {**facts, "rewards": [line("甲", "领衔人", 30000), silent]}) == "pass"


def test_a_ceiling_on_a_share() -> None:
    check = RATIO.replace("min_pct = 60", "max_pct = 60")
    assert status(check, {"grant_total_yuan": 50000, "rewards": [line("甲", "领衔人", 30000)]}) == "pass"
    over = find(check, {"grant_total_yuan": 50000, "rewards": [line("甲", "领衔人", "30000.01"), {"name": "乙"}]})
    assert over.status == "fail"
    assert "多出0.01元" in over.message


@pytest.mark.parametrize(
    ("role", "cap", "amount", "expected"),
    [
        ("领衔人", 10000, "9999.99", "pass"),
        ("领衔人", 10000, 10000, "pass"),
        ("领衔人", 10000, "10000.01", "fail"),
        ("骨干成员", 5000, 5000, "pass"),
        ("骨干成员", 5000, "5000.01", "fail"),
        ("其他参与人员", 2000, 2000, "pass"),
        ("其他参与人员", 2000, "2000.01", "fail"),
    ],
)
def test_caps_include_their_figure(role: str, cap: int, amount: object, expected: str) -> None:
    assert status(CAP % (role, cap), {"rewards": [line("甲", role, amount)]}) == expected


def test_two_lines_of_one_person_are_added_under_the_highest_role() -> None:
    rewards = [line("甲", "骨干成员", 5000), line("甲", "领衔人", 6000)]
    assert status(CAP % ("领衔人", 10000), {"rewards": rewards}) == "fail"
    assert status(CAP % ("骨干成员", 5000), {"rewards": rewards}) == "n/a"


def test_two_people_of_one_name_share_no_cap() -> None:
    same = [line("王伟", "骨干成员", 4000, person_id="1"), line("王伟", "骨干成员", 4000, person_id="2")]
    assert status(CAP % ("骨干成员", 5000), {"rewards": same}) == "pass"
    unnamed = [line("王伟", "骨干成员", 4000), line("王伟", "骨干成员", 4000)]
    assert status(CAP % ("骨干成员", 5000), {"rewards": unnamed}) == "fail"
    twice = [line("王伟", "骨干成员", 4000, person_id="1"), line("王伟", "骨干成员", 4000, person_id="1")]
    assert status(CAP % ("骨干成员", 5000), {"rewards": twice}) == "fail"


def test_a_line_without_an_id_joins_the_one_person_of_its_name() -> None:
    rewards = [line("王伟", "骨干成员", 4000, person_id="1"), line("王伟", "骨干成员", 4000)]
    assert status(CAP % ("骨干成员", 5000), {"rewards": rewards}) == "fail"


def test_everyday_words_of_roles_and_unknown_ones() -> None:
    assert status(CAP % ("骨干成员", 5000), {"rewards": [line("甲", "骨干", 5001)]}) == "fail"
    odd = find(CAP % ("骨干成员", 5000), {"rewards": [line("甲", "顾问", 1)]})
    assert (odd.status, odd.missing) == ("unknown", ("rewards[1].role",))
    assert find(CAP % ("领衔人", 1), {"rewards": [{"name": "甲", "role": "领衔人"}]}).missing == (
        "rewards[1].amount_yuan",
    )


def test_nobody_in_a_role_is_not_tested() -> None:
    assert status(CAP % ("领衔人", 10000), {"rewards": []}) == "n/a"
    assert status(CAP % ("领衔人", 10000), {"rewards": None}) == "n/a"
    assert status(CAP % ("领衔人", 10000), {}) == "unknown"


def test_the_person_above_a_cap_is_named_with_the_excess() -> None:
    finding = find(CAP % ("领衔人", 10000), {"rewards": [line("甲", "领衔人", "10000.01")]})
    assert "甲（10,000.01元，超0.01元）" in finding.message


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((1, 4, 0), "pass"),
        ((1, 3, 3), "pass"),
        ((1, 3, 2), "fail"),
        ((1, 2, 5), "pass"),
        ((1, 2, 4), "fail"),
        ((1, 1, 8), "pass"),
        ((1, 1, 7), "fail"),
        ((1, 0, 10), "pass"),
        ((1, 0, 9), "fail"),
        ((0, 6, 0), "pass"),
        ((0, 5, 2), "fail"),
        ((0, 5, 3), "pass"),
        ((0, 4, 5), "pass"),
        ((0, 3, 8), "pass"),
        ((0, 2, 10), "pass"),
        ((0, 1, 13), "pass"),
        ((0, 0, 15), "pass"),
        ((0, 0, 14), "fail"),
        ((None, None, None), "fail"),
    ],
)
def test_teams_that_can_hold_the_floor(counts: tuple[int | None, ...], expected: str) -> None:
    facts = dict(zip(("leader_count", "backbone_count", "other_count"), counts, strict=True))
    assert status(CAPACITY, {"grant_total_yuan": 50000, **facts}) == expected


def test_a_count_not_said_is_asked_only_when_it_matters() -> None:
    assert status(CAPACITY, {"grant_total_yuan": 50000, "leader_count": 1, "backbone_count": 4}) == "pass"
    open_case = find(CAPACITY, {"grant_total_yuan": 50000, "leader_count": 1, "backbone_count": 3})
    assert open_case.missing == ("other_count",)


@pytest.mark.parametrize(
    ("rewards", "expenses", "expected"),
    [
        ([10000], [("技能培训", 40000)], "pass"),
        ([10000], [("技能培训", "40000.01")], "fail"),
        ([], [], "pass"),
        # The reward stands once: a ledger line of the same money is not added again.
        ([30000], [("成员奖励", 30000), ("技能培训", 20000)], "pass"),
        ([30000], [("成员奖励", 30001), ("技能培训", 20000)], "fail"),
        ([], [("成员奖励", "50000.01")], "fail"),
    ],
)
def test_all_spending_within_the_grant(
    rewards: list[object], expenses: list[tuple[str, object]], expected: str
) -> None:
    facts = {
        "grant_total_yuan": 50000,
        "rewards": [line("甲", "领衔人", amount) for amount in rewards],
        "expenses": [{"category": category, "amount_yuan": amount} for category, amount in expenses],
    }
    assert status(SUM, facts) == expected


def test_other_money_is_not_added_and_missing_lists_are_asked() -> None:
    own = {"category": "接待费", "amount_yuan": 99999, "source": "单位资金"}
    assert status(SUM, {"grant_total_yuan": 1, "rewards": [], "expenses": [own]}) == "pass"
    assert find(SUM, {"grant_total_yuan": 1, "rewards": []}).missing == ("expenses",)
    assert status(SUM, {"grant_total_yuan": 1, "rewards": [line("甲", "领衔人", 2)]}) == "fail"
    assert status(SUM, {"grant_total_yuan": None, "rewards": [], "expenses": []}) == "fail"


@pytest.mark.parametrize(
    ("category", "more", "expected"),
    [
        ("接待费", {}, "fail"),
        ("业务招待费", {}, "fail"),
        ("误餐费", {}, "fail"),
        ("餐费", {}, "fail"),
        ("住宿费", {}, "fail"),
        ("技能培训", {}, "pass"),
        ("接待费", {"source": "单位资金"}, "n/a"),
        ("接待费", {"source": "补助资金"}, "fail"),
        ("接待费", {"source": None}, "fail"),
        ("接待费", {"amount_yuan": 0}, "n/a"),
    ],
)
def test_bans_follow_the_money(category: str, more: dict[str, object], expected: str) -> None:
    row = {"category": category, "amount_yuan": "0.01", **more}
    assert status(BAN, {"expenses": [row]}) == expected


@pytest.mark.parametrize(
    ("category", "expected"), [("技能培训", "pass"), ("培训费", "pass"), ("接待费", "pass"), ("差旅费", "fail")]
)
def test_listed_uses_leave_bans_to_their_own_rule(category: str, expected: str) -> None:
    assert status(LIST, {"expenses": [{"category": category, "amount_yuan": 1}]}) == expected


def test_a_line_without_a_category() -> None:
    assert find(BAN, {"expenses": [{"amount_yuan": 1}]}).missing == ("expenses[1].category",)
    assert status(BAN, {"expenses": [{"amount_yuan": 1}, {"category": "接待费", "amount_yuan": 1}]}) == "fail"
    assert status(BAN, {"expenses": []}) == "n/a"
    assert status(BAN, {"expenses": None}) == "n/a"
    assert status(BAN, {}) == "unknown"


@pytest.mark.parametrize(
    ("roster", "rewarded", "expected"),
    [
        (["甲", "乙"], [{"name": "甲"}], "pass"),
        (["甲"], [{"name": "甲"}, {"name": "丙"}], "fail"),
        ([{"name": "甲", "person_id": "1"}], [{"name": "甲", "person_id": "1"}], "pass"),
        ([{"name": "甲", "person_id": "1"}], [{"name": "甲", "person_id": "2"}], "fail"),
        ([{"name": "甲", "person_id": "1"}], [{"name": "甲"}], "pass"),
        ([], [{"name": "甲"}], "fail"),
        (None, [{"name": "甲"}], "fail"),
        (["甲"], [{"name": "丙", "source": "单位资金"}], "pass"),
        (["甲"], [{"role": "领衔人"}], "unknown"),
        (["甲"], [{"name": ""}], "fail"),
    ],
)
def test_rewards_only_to_people_on_the_list(roster: object, rewarded: list[object], expected: str) -> None:
    assert status(ROSTER, {"roster": roster, "rewards": rewarded}) == expected


@pytest.mark.parametrize(
    "amount", ["0.001", 0.001, "1e3", "五万", "-1", -0.01, "", "1,000.00", True, float("nan"), 1e16]
)
def test_amounts_that_are_no_money_are_refused_by_row(amount: object) -> None:
    with pytest.raises(BadInput) as caught:
        find(RATIO, {"grant_total_yuan": 1, "rewards": [line("甲", "领衔人", 1), line("乙", "骨干成员", amount)]})
    assert caught.value.where == "rewards[2].amount_yuan"
