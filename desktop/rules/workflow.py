"""Courses of business: which steps a state allows, and what a step needs before it may be taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from desktop.errors import NotAllowed
from desktop.rules.evaluator import judge
from desktop.rules.facts import Facts
from desktop.rules.phrases import joined
from desktop.rules.regulation import Regulation, Transition, Workflow
from desktop.rules.verdict import Finding

NEEDS_REASON = ("must", "should")
"""Strengths of the rules whose warnings pass only with a reason."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands before and after one step.

    `blocking`: required rules that fail or wait for a fact. `needs_reason`: warnings that want a recorded reason.
    `opened_by`: the grounds made out, of which an exit needs one, among all its `grounds`. `unmet`: states that must
    come first.
    `afterwards`: what should be true once the step is done; it never blocks.
    """

    transition: Transition
    blocking: tuple[Finding, ...]
    needs_reason: tuple[Finding, ...]
    opened_by: tuple[Finding, ...]
    unmet: tuple[str, ...]
    afterwards: tuple[Finding, ...]
    grounds: tuple[Finding, ...] = ()

    @property
    def allowed(self) -> bool:
        """Say whether the step may be taken now."""
        opened = not self.transition.opened_by or bool(self.opened_by)
        return opened and not (self.blocking or self.needs_reason or self.unmet)

    @property
    def closed(self) -> str:
        """Say by which articles a ground must be made out before an exit; empty when one is, or the step is none."""
        if not self.transition.opened_by or self.opened_by:
            return ""
        cites = "、".join(dict.fromkeys(one.article for one in self.grounds))
        return f"没有查明的退出事由，不能启动；须先查明{cites}的情形"

    @property
    def sentence(self) -> str:
        """Say in one sentence what stands against the step; empty when nothing does."""
        if self.allowed:
            return ""
        return joined(
            (
                f"应先办理：{'、'.join(self.unmet)}" if self.unmet else "",
                *(f"{one.article}{one.title}：{one.message.rstrip('。')}" for one in self.blocking),
                *(f"{one.article}{one.title}需说明理由：{one.message.rstrip('。')}" for one in self.needs_reason),
                self.closed,
            )
        )


def steps_from(workflow: Workflow, state: str) -> tuple[Transition, ...]:
    """Return the steps that a state allows; NotAllowed for a state the workflow does not know."""
    if state not in workflow.states:
        raise NotAllowed(f"“{workflow.title}”没有状态“{state}”。", state)
    return tuple(step for step in workflow.transition if step.from_ == state)


@lru_cache(maxsize=256)
def looked_at_later(regulation: Regulation, noun: str) -> frozenset[str]:
    """Return the rules that no filing of such a record asks for and a later step of its road looks at.

    What comes about only on the road (a publicity, a ranking) cannot be there when the record is filed.
    """
    steps = [(flow, step) for flow in regulation.workflows if flow.noun == noun for step in flow.transition]
    filing = [step for flow, step in steps if flow.is_marked(step.to, "filed")]
    asked = {rule for step in filing for rule in step.requires}
    named = {rule for _, step in steps for rule in (*step.requires, *step.ensures)}
    return frozenset(named - asked) if filing else frozenset()


def find_step(workflow: Workflow, state: str, to: str) -> Transition:
    """Return the step between two states; NotAllowed names the steps that exist."""
    steps = steps_from(workflow, state)
    for step in steps:
        if step.to == to:
            return step
    possible = "、".join(step.to for step in steps) or "没有下一步"
    raise NotAllowed(f"“{workflow.title}”不能由“{state}”到“{to}”，可以到：{possible}。", to)


def gate(
    regulation: Regulation,
    workflow_id: str,
    state: str,
    to: str,
    facts: Mapping[str, object] | Facts,
    reasons: Mapping[str, str] | None = None,
    history: Iterable[str] = (),
    on: date | None = None,
) -> Gate:
    """Work out whether a step may be taken; pure, changes nothing.

    `reasons` are the recorded reasons by rule id, `history` the states the record has passed, `on` the reference date
    where the facts name none. A ground counts as made out by its own finding, or by a warning with a reason.
    """
    step = find_step(regulation.workflow(workflow_id), state, to)
    return _gate(step, _findings(regulation, facts, on), reasons, {*history, state})


def gates(
    regulation: Regulation,
    workflow: Workflow,
    state: str,
    facts: Mapping[str, object] | Facts,
    reasons: Mapping[str, str] | None = None,
    history: Iterable[str] = (),
    on: date | None = None,
) -> list[Gate]:
    """Return the gate of every step that a state allows, the facts judged once for all of them."""
    steps = steps_from(workflow, state)
    asked = any(step.requires or step.ensures or step.opened_by for step in steps)
    found = _findings(regulation, facts, on) if asked else {}
    return [_gate(step, found, reasons, {*history, state}) for step in steps]


def _findings(regulation: Regulation, facts: Mapping[str, object] | Facts, on: date | None) -> dict[str, Finding]:
    return {finding.rule: finding for finding in judge(regulation, facts, on=on).findings}


def _gate(
    step: Transition, found: Mapping[str, Finding], reasons: Mapping[str, str] | None, passed: Collection[str]
) -> Gate:
    given = {rule: reason for rule, reason in (reasons or {}).items() if reason.strip()}
    required = [found[rule] for rule in step.requires]
    return Gate(
        transition=step,
        blocking=tuple(one for one in required if one.status in ("fail", "unknown")),
        needs_reason=tuple(one for one in required if _wants_reason(one) and one.rule not in given),
        opened_by=tuple(found[rule] for rule in step.opened_by if _made_out(found[rule], given)),
        unmet=tuple(one for one in step.after if one not in passed),
        afterwards=tuple(found[rule] for rule in step.ensures),
        grounds=tuple(found[rule] for rule in step.opened_by),
    )


def _wants_reason(finding: Finding) -> bool:
    return finding.status == "warn" and finding.strength in NEEDS_REASON


def _made_out(finding: Finding, given: Mapping[str, str]) -> bool:
    return finding.status == "fail" or (finding.status == "warn" and finding.rule in given)
