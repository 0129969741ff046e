"""The 31 primitives by kind: the one door through which a check is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.rules import checks_money, checks_plain, checks_time
from desktop.rules import predicates_course as course
from desktop.rules import predicates_logic as logic
from desktop.rules import predicates_money as money
from desktop.rules import predicates_plain as plain
from desktop.rules import predicates_time as time
from desktop.rules.check_base import Check
from desktop.rules.context import Context
from desktop.rules.outcome import Outcome

PREDICATES: Mapping[type[Check], Callable[[Any, Context], Outcome]] = {
    checks_plain.Attest: plain.attest,
    checks_plain.Num: plain.num,
    checks_plain.Approx: plain.approx,
    checks_plain.Has: plain.has,
    checks_plain.In: plain.in_set,
    checks_plain.Honour: plain.honour,
    checks_plain.Same: plain.same,
    checks_plain.NoneOf: plain.none_of,
    checks_plain.Template: plain.template,
    checks_plain.RulesHold: plain.rules_hold,
    checks_plain.AllOf: logic.all_of,
    checks_plain.AnyOf: logic.any_of,
    checks_plain.NotOf: logic.not_of,
    checks_plain.Tiers: logic.tiers,
    checks_time.Span: time.span,
    checks_time.Within: time.within,
    checks_time.Recent: time.recent,
    checks_time.Yearly: time.yearly,
    checks_time.Gap: time.gap,
    checks_time.YearEq: time.year_eq,
    checks_time.YearGap: time.year_gap,
    checks_time.Cycle: time.cycle,
    checks_time.NotAfter: time.not_after,
    checks_time.PeriodDays: course.period_days,
    checks_time.Steps: course.steps,
    checks_money.Ratio: money.ratio,
    checks_money.RoleCap: money.role_cap,
    checks_money.Capacity: money.capacity,
    checks_money.SumLe: money.sum_le,
    checks_money.Uses: money.uses,
    checks_money.Subset: money.subset,
}


def evaluate(check: Check, ctx: Context) -> Outcome:
    """Evaluate one check; its outcome is true, false, unknown, or a status of its own."""
    return PREDICATES[type(check)](check, ctx)
