"""Evaluating the logic that joins conditions: all, any, not, tiers, with a third answer for what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.rules.checks_plain import AllOf, AnyOf, NotOf, Tiers
from desktop.rules.context import Context
from desktop.rules.outcome import NOTHING, Outcome, Said
from desktop.rules.phrases import joined


def truth_of(outcome: Outcome) -> bool | None:
    """Return an outcome's truth; a status of its own counts as holding unless it is a failure."""
    return outcome.status != "fail" if outcome.status else outcome.truth


def all_of(check: AllOf, ctx: Context) -> Outcome:
    """True when every part holds; one that does not hold decides although others are unknown."""
    parts = [ctx.evaluate(part, ctx) for part in check.of]
    failed = [part for part in parts if truth_of(part) is False]
    if failed:
        return Outcome(False, _merged(failed, parts))
    return _decided(True, parts, _merged((), parts))


def any_of(check: AnyOf, ctx: Context) -> Outcome:
    """True when some part holds; one that holds decides although others are unknown."""
    parts = [ctx.evaluate(part, ctx) for part in check.of]
    for part in parts:
        if truth_of(part):
            return Outcome(True, part.said)
    required = "或者".join(dict.fromkeys(part.said.required for part in parts if part.said.required))
    said = _merged(parts, parts)
    return _decided(False, parts, Said(said.actual, required, said.good, f"以下都不符合：{said.bad}", said.cure))


def not_of(check: NotOf, ctx: Context) -> Outcome:
    """True when the part does not hold; unknown stays unknown."""
    part = ctx.evaluate(check.of, ctx)
    truth = truth_of(part)
    said = Said(part.said.actual, "", part.said.bad, part.said.good, "")
    return Outcome(None if truth is None else not truth, said, part.missing)


def tiers(check: Tiers, ctx: Context) -> Outcome:
    """Give the status of the first step that holds; steps that are unknown leave open what they could give.

    When every status still possible is the same, that one stands; otherwise the outcome is unknown. What is asked for
    is said in the words of the step that passes, or of the first where none does.
    """
    possible: list[str] = []
    open_parts: list[Outcome] = []
    said, note, last, asked = NOTHING, "", check.else_, False
    for tier in check.of:
        part = ctx.evaluate(tier.check, ctx)
        truth = truth_of(part)
        if truth:
            said = part.said if tier.result == "pass" else _held(part.said, said)
            last, note = tier.result, tier.note
            break
        if said is NOTHING or (tier.result == "pass" and not asked):
            said, asked = part.said, tier.result == "pass"
        if truth is None:
            possible.append(tier.result)
            open_parts.append(part)
    if set(possible) - {last}:
        return Outcome(None, said, tuple(dict.fromkeys(name for part in open_parts for name in part.missing)))
    return Outcome(None, said, status=last, note=note)


def _held(held: Said, first: Said) -> Said:
    """Say what a lower step found beside what the first one asks for."""
    asked = f"（要求：{first.required}）" if first.required else ""
    return Said(held.actual, first.required or held.required, held.good, f"{held.good}{asked}", "")


def _decided(otherwise: bool, parts: Sequence[Outcome], said: Said) -> Outcome:
    missing = tuple(dict.fromkeys(name for part in parts if truth_of(part) is None for name in part.missing))
    waiting = any(truth_of(part) is None for part in parts)
    return Outcome(None, said, missing) if waiting else Outcome(otherwise, said)


def _merged(failed: Sequence[Outcome], parts: Sequence[Outcome]) -> Said:
    shown = failed or parts
    return Said(
        actual=joined(part.said.actual for part in shown),
        required=joined(part.said.required for part in parts),
        good=joined(part.said.good for part in parts),
        bad=joined(part.said.bad for part in shown),
        cure=joined(part.said.cure for part in shown),
    )
