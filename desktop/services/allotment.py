"""Sharing out a grant in memory, as on each keystroke: lines, caps, floor, proposals and findings; no query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.rules import caps
from desktop.rules.checks_money import RoleCap
from desktop.rules.evaluator import Verdict, judge
from desktop.rules.regulation import Regulation, shown_text
from desktop.services.facts import FactSheet
from desktop.services.money import fen, yuan

STAGE = "分配"


@dataclass(frozen=True)
class Line:
    """One row of the table; amounts in 分, None while nothing is typed. `id` is empty for a row not yet saved."""

    person_id: str
    name: str
    role: str
    amount_fen: int | None = None
    id: str = ""
    kind: str = "reward"
    category: str = "成员奖励"
    outcome_id: str | None = None
    result_ref: str = ""
    tax_withheld_fen: int = 0
    note: str = ""


@dataclass(frozen=True)
class Ban:
    """Why this regulation's grant pays no rewards: the article and its sentence."""

    article: str
    text: str
    sentence: str


@dataclass(frozen=True)
class AllocationSheet:
    """All that the allocation view shows of one grant."""

    grant: Mapping[str, Any]
    workroom_name: str
    regulation: Regulation
    lines: Sequence[Line]
    outcomes: Sequence[tuple[str, str]]
    sheet: FactSheet
    allocation: Mapping[str, Any] | None = None
    ban: Ban | None = None
    plan: caps.Plan | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    unit_name: str = ""
    union_name: str = ""

    @property
    def allows_rewards(self) -> bool:
        """Whether the regulation provides for rewards out of the grant."""
        return self.ban is None


def reward_ban(law: Regulation, track: str = "工作室") -> Ban | None:
    """Return why no rewards are shared out under a regulation or track, or None where they are."""
    if law.reward_roles and track == "工作室":
        return None
    for rule in law.rules:
        if rule.kind == "use_prohibited" and "成员奖励" in rule.text + str(rule.check):
            sentence = f"按{rule.article}，这笔补助不能用于奖励成员。请在支出明细中登记其他用途。"
            return Ban(rule.article, shown_text(rule.text), sentence)
    return Ban("", "", f"“{law.title}”没有规定用这笔补助奖励成员。请在支出明细中登记用途。")


def cap_lines(lines: Sequence[Line]) -> list[caps.AllocationLine]:
    """Return the lines as the cap functions take them."""
    return [
        caps.AllocationLine(
            name=line.name,
            role=line.role,
            amount_fen=line.amount_fen or 0,
            kind=line.kind,
            person_id=line.person_id,
            tax_fen=line.tax_withheld_fen,
            result_ref=line.outcome_id or line.result_ref,
            category=line.category,
        )
        for line in lines
    ]


def live_state(sheet: AllocationSheet, lines: Sequence[Line]) -> caps.AllocationState:
    """Work out totals, caps and the floor for lines as typed; no query."""
    roster = sheet.sheet.facts.get("roster")
    return caps.allocation_state(cap_lines(lines), _total(sheet), sheet.regulation, roster)


def _total(sheet: AllocationSheet) -> int:
    return fen(sheet.grant["grant_total_yuan"])


def propose(sheet: AllocationSheet, lines: Sequence[Line], mode: str, total_fen: int | None = None) -> list[int]:
    """Return an amount in 分 for each line: `even`, `weighted` by role caps, or `floor` (up to the least share)."""
    shares, law = cap_lines(lines), sheet.regulation
    if mode == "floor":
        return list(caps.fill_to_floor(shares, _total(sheet), law))
    target = total_fen if total_fen is not None else _floor(sheet, lines)
    if mode == "even":
        return list(caps.even_split(shares, target, law))
    by_role = {role.name: role.cap_fen for role in law.reward_roles}
    return list(caps.weighted_split(shares, [by_role.get(line.role, 0) for line in lines], target, law))


def proposed(sheet: AllocationSheet, lines: Sequence[Line], mode: str) -> list[Line]:
    """Return the lines with the proposed amounts in them."""
    amounts = propose(sheet, lines, mode)
    return [replace(line, amount_fen=amount) for line, amount in zip(lines, amounts, strict=True)]


def cap_rule(law: Regulation, role: str) -> str:
    """Return the id of the rule that caps a role, empty where none does."""
    return next((r.id for r in law.rules if isinstance(r.check, RoleCap) and r.check.for_role == role), "")


def excess_reason(sheet: AllocationSheet, lines: Sequence[Line], role: str) -> str:
    """Return the reason recorded for a role's cap: the notes of everyone over it, empty until each has one."""
    state = live_state(sheet, lines)
    over = [lines[one.index] for one in state.lines if one.over_fen > 0 and lines[one.index].role == role]
    if not over or not all(line.note.strip() for line in over):
        return ""
    return "；".join(f"{line.name}：{line.note.strip()}" for line in over)


def _floor(sheet: AllocationSheet, lines: Sequence[Line]) -> int:
    return live_state(sheet, lines).floor_fen


def verdict(sheet: AllocationSheet, lines: Sequence[Line]) -> Verdict:
    """Judge the lines as typed by every rule of the stage 分配."""
    rewards = [
        {
            "name": line.name,
            "person_id": line.person_id,
            "role": line.role,
            "amount_yuan": yuan(line.amount_fen or 0),
            "tax_withheld_yuan": yuan(line.tax_withheld_fen),
            "result_ref": line.outcome_id or line.result_ref,
        }
        for line in lines
        if line.kind == "reward" and line.amount_fen
    ]
    total = sum((line.amount_fen or 0) + line.tax_withheld_fen for line in lines if line.kind == "reward")
    facts = {**sheet.sheet.facts, "rewards": rewards, "reward_total_yuan": yuan(total)}
    return judge(sheet.regulation, facts, stage=STAGE)


def roles(law: Regulation) -> list[str]:
    """Return the roles that the regulation rewards, in their precedence."""
    return [role.name for role in law.reward_roles]
