"""Evaluating conditions on single facts, lists of words, honours and rows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from desktop.rules import messages_plain as say
from desktop.rules.check_base import HonourOption
from desktop.rules.checks_plain import Approx, Attest, Has, Honour, In, NoneOf, Num, RulesHold, Same, Template
from desktop.rules.context import Context
from desktop.rules.facts import ABSENT, Item
from desktop.rules.filters import Truth, all_of, any_of, matches, undecided
from desktop.rules.outcome import Outcome, Said, holds, unknown
from desktop.rules.phrases import figure, listed
from desktop.rules.words import RANKS, fold


def attest(check: Attest, ctx: Context) -> Outcome:
    """True when a person has confirmed every fact; one denial decides although others are missing."""
    values = [ctx.get(name) for name in check.facts]
    no = tuple(ctx.label(name) for name, value in zip(check.facts, values, strict=True) if value in (False, None))
    if not no and ABSENT in values:
        return unknown(*ctx.missing(*check.facts))
    yes = tuple(ctx.label(name) for name, value in zip(check.facts, values, strict=True) if value is True)
    return holds(not no, say.attested(yes, no))


def num(check: Num, ctx: Context) -> Outcome:
    """True when the number lies inside its bounds; known to be none does not."""
    value = ctx.get(check.fact)
    if value is ABSENT:
        return unknown(check.fact)
    money = ctx.is_money(check.fact)
    if value is None:
        return holds(False, say.none_known(ctx.label(check.fact), say.bounds(check, ctx.unit(check.fact), money)))
    return holds(_inside(check, value, 100 if money else 1), say.number(check, value, ctx))


def _inside(check: Num, value: int | Decimal, scale: int) -> bool:
    return (
        (check.min is None or value >= check.min * scale)
        and (check.max is None or value <= check.max * scale)
        and (check.gt is None or value > check.gt * scale)
        and (check.lt is None or value < check.lt * scale)
        and (check.eq is None or value == check.eq * scale)
    )


def approx(check: Approx, ctx: Context) -> Outcome:
    """True when the number lies within the tolerance of its target, both ends included."""
    value = ctx.get(check.fact)
    if value is ABSENT:
        return unknown(check.fact)
    if value is None:
        return holds(False, say.none_known(ctx.label(check.fact), f"{check.target}左右"))
    scale = 100 if ctx.is_money(check.fact) else 1
    return holds(abs(value - check.target * scale) <= check.tol * scale, say.near(check, value, ctx))


def has(check: Has, ctx: Context) -> Outcome:
    """True when the list holds all, some and none of the named words; known to be none is an empty list."""
    value = ctx.get(check.fact)
    if value is ABSENT:
        return unknown(check.fact)
    have = {name for word in value or () for name in (fold(word), ctx.words.other(word))}
    lacking = [word for word in check.all or () if fold(word) not in have]
    some = check.any is None or any(fold(word) in have for word in check.any)
    if not some:
        lacking.extend(check.any or ())
    banned = [word for word in check.none or () if fold(word) in have]
    held = list(value or ())
    return holds(not lacking and not banned, say.words(check, held, lacking, banned, ctx))


def in_set(check: In, ctx: Context) -> Outcome:
    """True when the word is one of the set (or none of it); known to be none is no word."""
    value = ctx.get(check.fact)
    if value is ABSENT:
        return unknown(check.fact)
    text = "" if value is None else str(value)
    named = {fold(word) for word in check.set}
    member = fold(text) in named or ctx.words.other(text) in named
    return holds(member != check.negate, say.one_of(check, text, ctx))


def honour(check: Honour, ctx: Context) -> Outcome:
    """True when some honour in force fits an option; a revoked one never counts."""
    value = ctx.get(check.fact)
    if value is ABSENT:
        return unknown(check.fact)
    fitting: list[str] = []
    missing: list[str] = []
    for number, item in enumerate(value or (), 1):
        if item.get("status") not in (None, "", "有效"):
            continue
        truth = any_of(_fits(option, item, ctx) for option in check.any)
        if truth:
            fitting.append(say.honour_name(item))
        elif truth is None:
            missing.extend(_honour_gaps(check.fact, number, item))
    said = say.honours(check, [say.honour_name(item) for item in value or ()], fitting, ctx)
    if fitting:
        return holds(True, said)
    return unknown(*missing, said=said) if missing else holds(False, said)


def _fits(option: HonourOption, item: Item, ctx: Context) -> Truth:
    return all_of(
        (
            _title(option, item),
            _kind(option, item, ctx),
            _rank(option, item, ctx),
            not option.home or _home(item, ctx),
        )
    )


def _title(option: HonourOption, item: Item) -> Truth:
    if option.title is None:
        return True
    held = {fold(str(item.get(key) or "")) for key in ("title", "kind")}
    return any(fold(word) in held for word in option.title)


def _kind(option: HonourOption, item: Item, ctx: Context) -> Truth:
    if option.kind is None and option.not_kind is None:
        return True
    value = item.get("kind", ABSENT)
    if value is ABSENT:
        return None
    kind = ctx.words.honour(value or "")
    wanted = option.kind is None or kind in {ctx.words.honour(word) for word in option.kind}
    barred = kind in {ctx.words.honour(word) for word in option.not_kind or ()}
    return bool(value) and wanted and not barred


def _rank(option: HonourOption, item: Item, ctx: Context) -> Truth:
    if not option.min_level:
        return True
    value = item.get("level", ABSENT)
    if value is ABSENT:
        return None
    return ctx.at_least(value, option.min_level) if value else False


def _home(item: Item, ctx: Context) -> bool:
    """Say whether an honour is national or given by this region's own authority (none named: taken as its own)."""
    authority = fold(str(item.get("authority") or ""))
    if not authority or ctx.rank(str(item.get("level") or "")) == RANKS["国家级"]:
        return True
    home = ctx.regulation.home
    return any(fold(word) in authority for word in home.contains) or authority.startswith(
        tuple(fold(word) for word in home.begins) or ("\0",)
    )


def _honour_gaps(name: str, number: int, item: Item) -> list[str]:
    gaps = [f"{name}[{number}].{key}" for key in ("kind", "level") if item.get(key, ABSENT) is ABSENT]
    return gaps or [f"{name}[{number}].level"]


def same(check: Same, ctx: Context) -> Outcome:
    """True when both facts are equal; a number equals its text, known to be none equals nothing."""
    missing = ctx.missing(check.a, check.b)
    first, second = ctx.get(check.a), ctx.get(check.b)
    if first is None or second is None:
        return holds(False, say.same(check, _shown(check.a, first, ctx), _shown(check.b, second, ctx), ctx))
    if missing:
        return unknown(*missing)
    said = say.same(check, _shown(check.a, first, ctx), _shown(check.b, second, ctx), ctx)
    return holds(_canonical(first, second) == _canonical(second, first), said)


def _canonical(value: Any, other: Any) -> Any:
    if isinstance(value, str):
        number = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) if isinstance(other, (int, Decimal)) else None
        return Decimal(value) if number else fold(value)
    return value


def _shown(name: str, value: Any, ctx: Context) -> str:
    if value is None or value is ABSENT:
        return "无" if value is None else "待补"
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return figure(value, ctx.unit(name), ctx.is_money(name))
    return f"“{value}”"


def none_of(check: NoneOf, ctx: Context) -> Outcome:
    """True when no row matches; a row that lacks the field looked at leaves it unknown."""
    value = ctx.get(check.list)
    if value is ABSENT:
        return unknown(check.list)
    hits: list[str] = []
    missing: list[str] = []
    for number, item in enumerate(value or (), 1):
        truth = matches(check.where, item, ctx)
        if truth:
            hits.append(row_name(number, item))
        elif truth is None:
            missing.extend(undecided(check.list, number, item, check.where))
    said = say.no_rows(check, hits, len(value or ()), ctx)
    if hits:
        return holds(False, said)
    return unknown(*missing, said=said) if missing else holds(True, said)


def row_name(number: int, item: Item) -> str:
    """Say which row: its name or category where it has one."""
    name = item.get("name") or item.get("category") or ""
    return f"第{number}行{name}"


def template(check: Template, ctx: Context) -> Outcome:
    """True when the text equals or contains the filled template, blanks aside."""
    names = (check.fact, *re.findall(r"\{([^{}]*)\}", check.template))
    missing = ctx.missing(*names)
    value = ctx.get(check.fact)
    if missing and value is not None:
        return unknown(*missing)
    filled = {name: "" if ctx.get(name) in (None, ABSENT) else str(ctx.get(name)) for name in names[1:]}
    wanted = re.sub(r"\{([^{}]*)\}", lambda found: filled[found[1]] or f"［{ctx.label(found[1])}］", check.template)
    said = say.template(check, value or "", wanted, ctx)
    if value is None or not all(filled.values()):
        return holds(False, said)
    held = fold(wanted) in fold(value) if check.mode == "contains" else fold(wanted) == fold(value)
    return holds(held, said)


def rules_hold(check: RulesHold, ctx: Context) -> Outcome:
    """True when none of the named rules fails; one failure decides although others are unknown."""
    failed: list[str] = []
    missing: list[str] = []
    for rule_id in check.ids:
        status, lacks = ctx.status_of(rule_id)
        rule = ctx.regulation.rule(rule_id)
        if status == "fail":
            failed.append(f"{rule.article}{rule.title}")
        elif status == "unknown":
            missing.extend(lacks)
    said = Said(
        actual=f"{len(failed)}项不符合" if failed else "都没有不符合",
        required=f"{len(check.ids)}项都要符合",
        good="所引各项条件都符合",
        bad=f"所引条件有{len(failed)}项不符合：{listed(failed)}",
        cure=f"请先解决：{listed(failed)}" if failed else "",
    )
    if failed:
        return holds(False, said)
    return unknown(*missing, said=said) if missing else holds(True, said)
