"""The reward planner: what the caps can hold, whether the floor fits, the least change that makes it fit, one split."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from desktop.errors import BadInput, NotAllowed
from desktop.rules.allocation import AllocationLine, allocation_facts, floor_of, floor_rule, reward_stage, reward_track
from desktop.rules.checks_money import Uses
from desktop.rules.evaluator import judge
from desktop.rules.facts import ABSENT, Facts, check_facts, dictionary
from desktop.rules.phrases import plain_yuan, yuan
from desktop.rules.references import parts
from desktop.rules.regulation import Regulation, RewardRole, shown_text
from desktop.rules.splits import ROUND, pour
from desktop.rules.verdict import Finding
from desktop.rules.words import common_words, fold

REWARD_WORDS = ("成员奖励", "奖金")
LARGEST_TEAM = 10_000


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change that lets the floor fit: how many 骨干 and 其他 more (negative: fewer), and the sum then possible."""

    text: str
    backbone: int
    other: int
    capacity_fen: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What the planner found; amounts in 分. `advice` says it in words, `split` is one feasible sharing-out."""

    grant_fen: int
    capacity_fen: int
    floor_fen: int
    remedies: tuple[Remedy, ...]
    split: tuple[AllocationLine, ...]
    findings: tuple[Finding, ...]
    advice: str

    @property
    def floor_reachable(self) -> bool:
        """Say whether the caps can hold the floor."""
        return self.capacity_fen >= self.floor_fen

    @property
    def shortfall_fen(self) -> int:
        """Return how much the caps fall short of the floor, in 分."""
        return max(self.floor_fen - self.capacity_fen, 0)

    def as_json(self) -> dict[str, Any]:
        """Return the plan as the command line prints it; money as texts of 元."""
        return {
            "capacity": plain_yuan(self.capacity_fen),
            "floor": plain_yuan(self.floor_fen),
            "floor_reachable": self.floor_reachable,
            "shortfall": plain_yuan(self.shortfall_fen),
            "remedies": [{"text": one.text, "backbone": one.backbone, "other": one.other} for one in self.remedies],
            "split": [
                {"name": line.name, "role": line.role, "amount": plain_yuan(line.amount_fen)} for line in self.split
            ],
            "findings": [finding.as_dict() for finding in self.findings],
            "advice": self.advice,
            "grant": plain_yuan(self.grant_fen),
        }


def plan(regulation: Regulation, facts: Mapping[str, object] | Facts) -> Plan:
    """Plan the rewards of one workroom's grant.

    People come from `roster` when every entry names its role, else from the counts of the roles. Raises NotAllowed
    with the article where the regulation pays no rewards out of this grant, BadInput where nobody is named.
    """
    checked = check_facts(facts, dictionary().with_facts(regulation.own_facts))
    _allowed(regulation, checked)
    people = _people(regulation, checked)
    grant = _grant(regulation, checked)
    caps = {role.name: role.cap_fen for role in regulation.reward_roles}
    rooms = [caps[role] for _, role in people]
    room, floor = sum(rooms), floor_of(regulation, grant)
    amounts = pour(min(floor, room), rooms, rooms, ROUND)
    split = tuple(AllocationLine(name, role, amount) for (name, role), amount in zip(people, amounts, strict=True))
    counts = [sum(1 for _, role in people if role == one.name) for one in regulation.reward_roles]
    return Plan(
        grant_fen=grant,
        capacity_fen=room,
        floor_fen=floor,
        remedies=tuple(_remedies(regulation.reward_roles, counts, room, floor)),
        split=split,
        findings=_findings(regulation, checked, split, grant, counts),
        advice=_advice(room, floor, grant),
    )


def _allowed(regulation: Regulation, facts: Facts) -> None:
    if not regulation.reward_roles or floor_rule(regulation) is None:
        _refuse(regulation)
    track, given = reward_track(regulation), facts.get("track")
    if track and given not in (ABSENT, None) and fold(str(given)) != fold(track):
        grant = next((one for one in regulation.grants if fold(one.track) == fold(str(given))), None)
        cite = grant.cite if grant else ""
        raise NotAllowed(f"“{given}”的补助没有列奖励成员的用途（{regulation.title}{cite}），不能做奖励分配。", "track")


def _refuse(regulation: Regulation) -> NoReturn:
    for rule in regulation.rules:
        for check in parts(rule.check):
            if isinstance(check, Uses) and check.mode == "prohibited" and set(check.set) & set(REWARD_WORDS):
                raise NotAllowed(
                    f"《{regulation.title}》{rule.article}不允许用补助资金奖励成员：{shown_text(rule.text)}", rule.id
                )
    other = f"；可查看同时适用的办法：{'、'.join(regulation.applies_with)}" if regulation.applies_with else ""
    raise NotAllowed(f"《{regulation.title}》没有规定用补助资金奖励成员的标准，不能做奖励分配{other}。", regulation.id)


def _people(regulation: Regulation, facts: Facts) -> list[tuple[str, str]]:
    names = {fold(role.name): role.name for role in regulation.reward_roles}
    roster = facts.get("roster")
    if roster is not ABSENT and roster and all(entry.get("role") for entry in roster):
        order = list(names.values())
        people = [
            (str(entry.get("name") or ""), _role(str(entry["role"]), names, n)) for n, entry in enumerate(roster, 1)
        ]
        return sorted(people, key=lambda person: order.index(person[1]))
    counted = [(role, facts.get(role.count_fact)) for role in regulation.reward_roles if role.count_fact]
    if all(count is ABSENT or count is None for _, count in counted):
        wanted = "、".join(f"{role.count_fact}（{role.name}人数）" for role, _ in counted)
        raise BadInput(f"不知道有哪些人：请给出成员名单（含角色）或人数：{wanted}。", "roster")
    return [person for role, count in counted for person in _named(role, count)]


def _role(word: str, names: Mapping[str, str], number: int) -> str:
    role = names.get(common_words().role(word))
    if role is None:
        raise BadInput(f"名单第{number}行的角色“{word}”不在{'、'.join(names.values())}之内。", f"roster[{number}].role")
    return role


def _named(role: RewardRole, count: Any) -> Iterator[tuple[str, str]]:
    number = count if isinstance(count, int) else 0
    if number > LARGEST_TEAM:
        raise BadInput(f"{role.name}{number}人，太多了，请核对。", role.count_fact)
    for n in range(1, number + 1):
        yield (f"{role.name}{n}" if number > 1 else role.name, role.name)


def _grant(regulation: Regulation, facts: Facts) -> int:
    given = facts.get("grant_total_yuan")
    if isinstance(given, int):
        return given
    track = reward_track(regulation)
    for grant in regulation.grants:
        if grant.amount_fen is not None and (not track or fold(grant.track) == fold(track)):
            return grant.amount_fen
    raise BadInput("不知道补助资金总额，请给出 grant_total_yuan。", "grant_total_yuan")


def _remedies(roles: Sequence[RewardRole], counts: Sequence[int], room: int, floor: int) -> list[Remedy]:
    """Return the least changes of each kind, those that add nobody first, then by people added and re-classed."""
    if room >= floor or len(roles) < 3:
        return []
    backbone, other = roles[1], roles[2]
    short, gain = floor - room, backbone.cap_fen - other.cap_fen
    found: set[tuple[int, int, bool]] = set()
    enough = -(-short // gain) if gain > 0 else short
    if enough <= counts[2]:
        found.add((0, enough, False))
    # Where re-classing everybody is not enough, people are added, and no more re-classed than those leave needed.
    for moved in {0} if enough <= counts[2] or gain <= 0 else {0, counts[2]}:
        for role, is_backbone in ((backbone, True), (other, False)):
            if role.cap_fen > 0:
                more = -(-(short - moved * gain) // role.cap_fen)
                left = max(short - more * role.cap_fen, 0)
                found.add((more, -(-left // gain) if left else 0, is_backbone))
    kept: dict[tuple[int, int], Remedy] = {}
    for more, moved, is_backbone in sorted(found, key=lambda one: (one[0], one[1], one[0] * (not one[2]))):
        remedy = _remedy(roles, moved, more * is_backbone, more * (not is_backbone), room)
        # Re-classing some and adding as many in their place makes the same team as adding them higher up.
        kept.setdefault((remedy.backbone, remedy.other), remedy)
    return list(kept.values())


def _remedy(roles: Sequence[RewardRole], moved: int, backbone: int, other: int, room: int) -> Remedy:
    _, middle, last = roles[:3]
    capacity = room + (moved + backbone) * middle.cap_fen + (other - moved) * last.cap_fen
    words = [
        f"{moved}名{last.name}按实际贡献定为{middle.name}" if moved else "",
        f"增加{backbone}名{middle.name}" if backbone else "",
        f"增加{other}名{last.name}" if other else "",
    ]
    text = f"{'，'.join(word for word in words if word)}，按上限可分{yuan(capacity)}"
    return Remedy(f"{text}（须确有其人、确有贡献）", moved + backbone, other - moved, capacity)


def _findings(
    regulation: Regulation, facts: Facts, split: Sequence[AllocationLine], grant: int, counts: Sequence[int]
) -> tuple[Finding, ...]:
    known = {**facts.raw, **allocation_facts(split, grant, regulation, None)}
    for role, count in zip(regulation.reward_roles, counts, strict=True):
        if role.count_fact:
            known[role.count_fact] = count
    found = judge(regulation, known, stage=reward_stage(regulation)).findings
    # The proposed split names no results; whether each reward has one is asked when it is typed.
    return tuple(finding for finding in found if finding.status != "unknown" and not _asks_result(regulation, finding))


def _asks_result(regulation: Regulation, finding: Finding) -> bool:
    return "result_ref" in str(regulation.rule(finding.rule).check)


def _advice(room: int, floor: int, grant: int) -> str:
    share = f"奖励下限{yuan(floor)}（补助总额{yuan(grant)}）"
    if room >= floor:
        return f"按每人上限最多可分{yuan(room)}，{share}容得下，还有{yuan(min(room, grant) - floor)}余量。"
    return (
        f"按每人上限最多可分{yuan(room)}，{share}容不下，差{yuan(floor - room)}。"
        "人员不能虚列；确无可调整的，按低于下限分配并写明理由。"
    )
