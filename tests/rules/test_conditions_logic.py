"""Logic, guards, strengths and polarities: how findings are decided when facts are missing."""

from __future__ import annotations

import itertools

import pytest

from desktop.rules.evaluator import judge
from desktop.rules.loader import load_text
from tests.rules.small_laws import HEAD, find, rule_text, status

A, B = '{ op = "attest", facts = ["venue_fixed"] }', '{ op = "attest", facts = ["equipment_ready"] }'
SAY = {"T": True, "F": False, "N": None}
FOUND = {True: "pass", False: "fail", None: "unknown"}


def facts(first: str, second: str) -> dict[str, object]:
    given: dict[str, object] = {}
    for name, letter in (("venue_fixed", first), ("equipment_ready", second)):
        if letter != "U":
            given[name] = SAY[letter]
    return given


def value(letter: str) -> bool | None:
    return {"T": True, "F": False, "N": False, "U": None}[letter]


@pytest.mark.parametrize(("first", "second"), list(itertools.product("TFNU", repeat=2)))
def test_all_any_and_not_know_three_answers(first: str, second: str) -> None:
    one, two = value(first), value(second)
    both = False if False in (one, two) else None if None in (one, two) else True
    either = True if True in (one, two) else None if None in (one, two) else False
    given = facts(first, second)
    assert status(f'{{ op = "all", of = [{A}, {B}] }}', given) == FOUND[both]
    assert status(f'{{ op = "any", of = [{A}, {B}] }}', given) == FOUND[either]
    assert status(f'{{ op = "not", of = {A} }}', given) == FOUND[None if one is None else not one]


TIERS = (
    f'{{ op = "tiers", else = "fail", of = [{{ result = "pass", check = {A} }}, {{ result = "warn", check = {B} }}] }}'
)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("T", "T", "pass"),
        ("T", "U", "pass"),
        ("F", "T", "warn"),
        ("F", "F", "fail"),
        ("N", "N", "fail"),
        ("U", "T", "unknown"),
        ("U", "F", "unknown"),
        ("F", "U", "unknown"),
        ("U", "U", "unknown"),
    ],
)
def test_the_first_tier_that_holds_decides(first: str, second: str, expected: str) -> None:
    assert status(TIERS, facts(first, second)) == expected


def test_an_unknown_tier_that_changes_nothing_is_passed_over() -> None:
    check = TIERS.replace('"warn"', '"fail"').replace('result = "pass"', 'result = "fail"')
    assert status(check, {}) == "fail"


def test_a_tier_may_say_why() -> None:
    check = TIERS.replace('result = "warn",', 'result = "warn", note = "由人看",')
    assert "由人看" in find(check, facts("F", "T")).message


@pytest.mark.parametrize(
    ("strength", "expected"),
    [("must", "fail"), ("should", "warn"), ("prefer", "warn"), ("ref", "warn"), ("encourage", "n/a")],
)
def test_what_an_unmet_rule_gives_by_its_strength(strength: str, expected: str) -> None:
    assert status(A, {"venue_fixed": False}, strength=strength) == expected
    assert status(A, {"venue_fixed": True}, strength=strength) == "pass"
    assert status(A, {}, strength=strength) == "unknown"


@pytest.mark.parametrize("polarity", ["ground", "ban"])
def test_grounds_and_bans_turn_the_meaning_round(polarity: str) -> None:
    more = f'polarity = "{polarity}"'
    assert status(A, {"venue_fixed": True}, more) == "fail"
    assert status(A, {"venue_fixed": False}, more) == "pass"
    assert status(A, {"venue_fixed": None}, more) == "pass"
    assert status(A, {}, more) == "unknown"


def test_a_ground_says_that_a_person_decides() -> None:
    assert "由人决定" in find(A, {"venue_fixed": True}, 'polarity = "ground"').message
    assert find(A, {"venue_fixed": False}, 'polarity = "ban"').required == "没有这种情形"


WHEN = 'when = [{ fact = "track", is = "工作室" }, { fact = "activity_normal", is = false }]'


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"track": "工作室", "activity_normal": False}, "pass"),
        ({"track": "工作室", "activity_normal": None}, "pass"),
        ({"track": "联盟", "activity_normal": False}, "n/a"),
        ({"track": "联盟"}, "n/a"),
        ({"activity_normal": True}, "n/a"),
        ({"track": None, "activity_normal": False}, "n/a"),
        ({"track": "工作室"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_a_rule_applies_only_when_its_guards_hold(given: dict[str, object], expected: str) -> None:
    assert status(A, {"venue_fixed": True, **given}, WHEN) == expected


def test_a_missing_guard_is_asked_for_before_the_rest() -> None:
    assert find(A, {"venue_fixed": True}, WHEN).missing == ("track", "activity_normal")


@pytest.mark.parametrize(
    ("given", "expected"),
    [({"track": "联盟"}, "n/a"), ({"track": "工作室"}, "fail"), ({}, "fail"), ({"track": None}, "fail")],
)
def test_an_exception_counts_only_when_it_is_known(given: dict[str, object], expected: str) -> None:
    more = 'unless = [{ fact = "track", is = "联盟", note = "联盟另行规定" }]'
    finding = find(A, {"venue_fixed": False, **given}, more)
    assert finding.status == expected
    assert ("联盟另行规定" in finding.message) == (expected == "n/a")


@pytest.mark.parametrize(
    ("guard", "day", "applies"),
    [
        ('after = "2020-12-31"', "2020-12-31", True),
        ('after = "2020-12-31"', "2021-01-01", False),
        ('before = "2020-12-31"', "2020-12-31", True),
        ('before = "2020-12-31"', "2020-12-30", False),
    ],
)
def test_exceptions_by_date(guard: str, day: str, applies: bool) -> None:
    more = f'unless = [{{ fact = "reference_date", {guard} }}]'
    assert status(A, {"venue_fixed": True, "reference_date": day}, more) == ("pass" if applies else "n/a")


def test_exceptions_by_a_check_and_by_sets() -> None:
    by_check = f"unless = [{{ check = {B} }}]"
    assert status(A, {"venue_fixed": False, "equipment_ready": True}, by_check) == "n/a"
    assert status(A, {"venue_fixed": False}, by_check) == "fail"
    not_in = 'when = [{ fact = "unit_affiliation", not_in = ["市直"] }]'
    assert status(A, {"venue_fixed": True, "unit_affiliation": "市直"}, not_in) == "n/a"
    assert status(A, {"venue_fixed": True, "unit_affiliation": "旗县"}, not_in) == "pass"
    when_check = f"when = [{{ check = {B} }}]"
    assert status(A, {"venue_fixed": True, "equipment_ready": False}, when_check) == "n/a"
    assert find(A, {"venue_fixed": True}, when_check).missing == ("equipment_ready",)


def three_rules(third: str) -> str:
    return HEAD + rule_text(A) + rule_text(B, rule_id="small-2") + rule_text(third, rule_id="small-3")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("T", "T", "pass"), ("T", "F", "fail"), ("U", "F", "fail"), ("U", "T", "unknown"), ("N", "T", "fail")],
)
def test_rules_that_build_on_rules(first: str, second: str, expected: str) -> None:
    law = load_text(three_rules('{ op = "rules_hold", ids = ["small-1", "small-2"] }'))
    assert judge(law, facts(first, second)).finding("small-3").status == expected


def test_a_rule_built_on_others_says_what_they_wait_for() -> None:
    law = load_text(three_rules('{ op = "rules_hold", ids = ["small-1", "small-2"] }'))
    assert judge(law, {"venue_fixed": True}).finding("small-3").missing == ("equipment_ready",)


def test_only_the_rules_of_the_stage_are_judged() -> None:
    law = load_text(HEAD + rule_text(A) + rule_text(B, rule_id="small-2").replace('"申报"', '"考核"'))
    assert [finding.rule for finding in judge(law, {}, stage="考核").findings] == ["small-2"]
    assert len(judge(law, {}).findings) == 2


def test_eligible_means_no_failure_and_nothing_binding_open() -> None:
    law = load_text(HEAD + rule_text(A) + rule_text(B, strength="should", rule_id="small-2"))
    assert judge(law, {"venue_fixed": True}).eligible
    assert judge(law, {"venue_fixed": True, "equipment_ready": False}).eligible
    assert not judge(law, {"equipment_ready": True}).eligible
    assert not judge(law, {"venue_fixed": False, "equipment_ready": True}).eligible


def test_advice_at_a_stage_neither_fails_nor_hinders() -> None:
    law = load_text(HEAD + rule_text(A, 'hint_at = ["申报"]'))
    advised = judge(law, {"venue_fixed": False}, stage="申报")
    assert (advised.findings[0].status, advised.eligible) == ("warn", True)
    assert "本阶段只作提示" in advised.findings[0].message
    assert judge(law, {"venue_fixed": False}).findings[0].status == "fail"
    assert judge(law, {}, stage="申报").eligible


def test_a_ground_nobody_looked_into_does_not_hinder() -> None:
    assert judge(load_text(HEAD + rule_text(A, 'polarity = "ground"')), {}).eligible
    assert not judge(load_text(HEAD + rule_text(A, 'polarity = "ban"')), {}).eligible
