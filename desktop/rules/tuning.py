"""A regulation with an office's own values for the limits that its text leaves open (工具设置)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop.errors import BadInput
from desktop.rules.check_base import Check
from desktop.rules.checks_plain import AllOf, AnyOf, NotOf, Tiers
from desktop.rules.references import parts
from desktop.rules.regulation import Regulation, Rule

Setting = tuple[str, str, Any]
LARGEST = 1_000_000


def value_of(rule: Rule, parameter: str) -> int | Decimal:
    """Return the value of one setting of a rule as its check holds it; BadInput when it is no setting of the rule."""
    if parameter in rule.tool_setting:
        for check in parts(rule.check):
            value = getattr(check, parameter, None)
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                return value
    offered = "、".join(rule.tool_setting) or "没有"
    raise BadInput(
        f"规则“{rule.title}”没有可以改的参数“{parameter}”（可改的：{offered}）；条文里的数字不能改。", rule.id
    )


def read_setting(rule: Rule, parameter: str, value: object) -> int | Decimal:
    """Take a new value for a setting: a number of the kind it replaces, not negative; BadInput otherwise."""
    present = value_of(rule, parameter)
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or not 0 <= number <= LARGEST:
        raise BadInput(f"“{rule.title}”的参数“{parameter}”应为 0 到 {LARGEST} 的数，现为“{value}”。", parameter)
    if isinstance(present, Decimal):
        return number
    if number != int(number):
        raise BadInput(f"“{rule.title}”的参数“{parameter}”应为整数，现为“{value}”。", parameter)
    return int(number)


def tuned(regulation: Regulation, settings: Iterable[Setting]) -> Regulation:
    """Return the regulation with (rule, parameter, value) put into its checks; BadInput for other limits."""
    chosen: dict[str, list[tuple[str, Any]]] = {}
    for rule, parameter, value in settings:
        chosen.setdefault(rule, []).append((parameter, value))
    return replace(regulation, rules=tuple(_tuned(rule, chosen.get(rule.id, ())) for rule in regulation.rules))


def _tuned(rule: Rule, values: Iterable[tuple[str, Any]]) -> Rule:
    for parameter, value in values:
        rule = replace(rule, check=_put(rule.check, parameter, read_setting(rule, parameter, value)))
    return rule


def _put(check: Check, parameter: str, value: int | Decimal) -> Check:
    match check:
        case AllOf(of=of) | AnyOf(of=of):
            return replace(check, of=tuple(_put(part, parameter, value) for part in of))
        case NotOf(of=part):
            return replace(check, of=_put(part, parameter, value))
        case Tiers(of=tiers):
            return replace(check, of=tuple(replace(one, check=_put(one.check, parameter, value)) for one in tiers))
    present = getattr(check, parameter, None)
    return check if present is None else replace(check, **{parameter: value})
