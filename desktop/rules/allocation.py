"""Sharing out a grant: lines, caps by person, totals and the floor, all in 分 and fit for every keystroke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.rules.checks_money import Ratio
from desktop.rules.evaluator import judge
from desktop.rules.people import people_of
from desktop.rules.phrases import plain_yuan
from desktop.rules.reading import facts_read
from desktop.rules.references import parts
from desktop.rules.regulation import Regulation, Rule
from desktop.rules.verdict import Finding
from desktop.rules.words import common_words, fold

REWARD = "reward"
REWARDS = "rewards"


@dataclass(frozen=True, slots=True)
class AllocationLine:
    """One line of the table: a reward to a person or an operating item; amounts in 分 (net, and tax on top)."""

    name: str
    role: str = ""
    amount_fen: int = 0
    kind: str = REWARD
    person_id: str = ""
    tax_fen: int = 0
    result_ref: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class PersonCap:
    """One person's reward against the cap of the highest role; `cap_fen` is None for a role without one.

    `rows` are the positions of the person's lines.
    """

    name: str
    person_id: str
    role: str
    total_fen: int
    cap_fen: int | None
    rows: tuple[int, ...]

    @property
    def over_fen(self) -> int:
        """Return how much the person stands above the cap, in 分."""
        return max(self.total_fen - self.cap_fen, 0) if self.cap_fen is not None else 0

    @property
    def room_fen(self) -> int:
        """Return how much the cap still leaves, in 分."""
        return max(self.cap_fen - self.total_fen, 0) if self.cap_fen is not None else 0


@dataclass(frozen=True, slots=True)
class LineState:
    """How one line stands: the cap of its person, the person's total and what is above, in 分."""

    index: int
    cap_fen: int | None
    person_total_fen: int
    over_fen: int


@dataclass(frozen=True, slots=True)
class AllocationState:
    """The figures above the table, in 分: rewards with tax, operating money, what is left, the floor.

    `reached_bp` is the share of rewards in 1/10,000 (cut, not rounded); `room_fen` what the caps still leave.
    """

    grant_fen: int
    total_fen: int
    operating_fen: int
    remainder_fen: int
    floor_fen: int
    reached_bp: int
    floor_reached: bool
    room_fen: int
    persons: tuple[PersonCap, ...]
    lines: tuple[LineState, ...]
    findings: tuple[Finding, ...]


def floor_rule(regulation: Regulation) -> tuple[Rule, Ratio] | None:
    """Return the rule that sets the least share of rewards, and its ratio; None where the text sets none."""
    for rule in regulation.rules:
        for check in parts(rule.check):
            if isinstance(check, Ratio) and check.list == REWARDS and check.min_pct is not None:
                return rule, check
    return None


def floor_of(regulation: Regulation, grant_fen: int) -> int:
    """Return the least sum of rewards in 分, rounded up to a whole 分; 0 where the text sets none."""
    found = floor_rule(regulation)
    if found is None or found[1].min_pct is None:
        return 0
    return -(-(grant_fen * int(found[1].min_pct * 100)) // 10_000)


def person_caps(lines: Sequence[AllocationLine], regulation: Regulation) -> list[PersonCap]:
    """Return the people of the reward lines with their caps: a person's lines are added, the highest role counts.

    (内工办发〔2026〕12号 补助资金办法第六条: 领衔人、骨干成员、其他参与人员 each 一般不高于 … per person, after tax.)
    """
    caps = {fold(role.name): role.cap_fen for role in regulation.reward_roles}
    rewards = [(row, line) for row, line in enumerate(lines) if line.kind == REWARD]
    items: list[dict[str, Any]] = [
        {"name": line.name, "person_id": line.person_id, "role": line.role, "amount": line.amount_fen}
        for _, line in rewards
    ]
    names = {fold(role.name): role.name for role in regulation.reward_roles}
    return [
        PersonCap(
            name=person.name,
            person_id=person.person_id,
            role=names.get(person.role, person.role),
            total_fen=person.total_fen,
            cap_fen=caps.get(person.role),
            rows=tuple(rewards[row][0] for row in person.rows),
        )
        for person in people_of(items, tuple(caps), lambda item: int(item["amount"]))
    ]


def allocation_state(
    lines: Sequence[AllocationLine],
    grant_total_fen: int,
    regulation: Regulation,
    roster: Sequence[object] | None = None,
) -> AllocationState:
    """Return totals, floor, caps and findings for the lines as they stand; reads nothing but its arguments."""
    persons = tuple(person_caps(lines, regulation))
    of_row = {row: person for person in persons for row in person.rows}
    total = sum(line.amount_fen + line.tax_fen for line in lines if line.kind == REWARD)
    operating = sum(line.amount_fen + line.tax_fen for line in lines if line.kind != REWARD)
    floor = floor_of(regulation, grant_total_fen)
    return AllocationState(
        grant_fen=grant_total_fen,
        total_fen=total,
        operating_fen=operating,
        remainder_fen=grant_total_fen - total - operating,
        floor_fen=floor,
        reached_bp=total * 10_000 // grant_total_fen if grant_total_fen > 0 else 0,
        floor_reached=total >= floor,
        room_fen=sum(person.room_fen for person in persons),
        persons=persons,
        lines=tuple(_line_state(row, of_row[row]) for row in sorted(of_row)),
        findings=live_findings(lines, grant_total_fen, regulation, roster),
    )


def _line_state(row: int, person: PersonCap) -> LineState:
    return LineState(row, person.cap_fen, person.total_fen, person.over_fen)


def live_findings(
    lines: Sequence[AllocationLine], grant_total_fen: int, regulation: Regulation, roster: Sequence[object] | None
) -> tuple[Finding, ...]:
    """Return the findings of every rule that reads the reward lines, decided by the lines themselves."""
    facts = allocation_facts(lines, grant_total_fen, regulation, roster)
    stage = reward_stage(regulation)
    reading = {rule.id for rule in regulation.rules if stage in rule.stage and REWARDS in facts_read(rule)}
    found = judge(regulation, facts, stage=stage).findings
    return tuple(finding for finding in found if finding.rule in reading)


def reward_stage(regulation: Regulation) -> str:
    """Return the stage at which rewards are shared out: the first one of the rule that sets the floor."""
    found = floor_rule(regulation)
    return found[0].stage[0] if found else ""


def reward_track(regulation: Regulation) -> str:
    """Return the track whose grant may be shared out as rewards, or "" when the text does not tell tracks apart."""
    found = floor_rule(regulation)
    guards = found[0].when if found else ()
    return next((str(guard.is_) for guard in guards if guard.fact == "track"), "")


def allocation_facts(
    lines: Sequence[AllocationLine], grant_total_fen: int, regulation: Regulation, roster: Sequence[object] | None
) -> dict[str, object]:
    """Return the facts that the lines say by themselves."""
    facts: dict[str, object] = {
        REWARDS: [_reward(line) for line in lines if line.kind == REWARD and (line.amount_fen or line.tax_fen)],
        "grant_total_yuan": plain_yuan(max(grant_total_fen, 0)),
    }
    if track := reward_track(regulation):
        facts["track"] = track
    if roster is not None:
        facts["roster"] = list(roster)
    return facts


def _reward(line: AllocationLine) -> dict[str, object]:
    reward: dict[str, object] = {
        "name": line.name,
        "role": common_words().role(line.role),
        "amount_yuan": plain_yuan(line.amount_fen),
        "tax_withheld_yuan": plain_yuan(line.tax_fen),
        "result_ref": line.result_ref,
    }
    if line.person_id:
        reward["person_id"] = line.person_id
    return reward
