"""Reading a check from its table: the parameters each kind declares decide what is read and refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from desktop.rules.check_base import Check, Filter, HonourOption
from desktop.rules.checks import OPS
from desktop.rules.checks_plain import Approx, Has, Num, Tier
from desktop.rules.checks_time import NotAfter, Span, Yearly
from desktop.rules.fact_types import Fact
from desktop.rules.table_reader import Table

T = TypeVar("T")
DEPTH = 12


class Names(NamedTuple):
    """What a check may name: facts by name, and words of rank."""

    facts: Mapping[str, Fact]
    levels: Mapping[str, object]


def read_check(table: Table, names: Names, depth: int = 0) -> Check:
    """Read one check; an unknown `op`, a missing or unknown key, a wrong type or an unknown fact is refused."""
    if depth > DEPTH:
        table.refuse("条件嵌套过深。")
    op = table.word("op")
    kind = OPS.get(op)
    if kind is None:
        table.refuse(f"没有“{op}”这种判断方式，可用的有：{'、'.join(OPS)}。", "op")
    check = _read(kind, table, names, depth)
    _sense(check, table)
    return check


def _read(kind: type[T], table: Table, names: Names, depth: int) -> T:
    values: dict[str, Any] = {}
    for spec in fields(kind):  # type: ignore[arg-type]
        key = spec.metadata["key"] or spec.name
        if not table.has(key) and spec.default is not MISSING:
            continue
        values[spec.name] = READERS[spec.metadata["read"]](table, key, spec, names, depth)
    table.done()
    return kind(**values)


def _fact(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> str:
    name = table.word(key)
    _known(table, key, name, spec, names)
    return name


def _facts(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> tuple[str, ...]:
    words = table.words(key)
    for name in words:
        _known(table, key, name, spec, names)
    return words


def _known(table: Table, key: str, name: str, spec: Field[Any], names: Names) -> None:
    fact = names.facts.get(name)
    if fact is None:
        table.refuse(f"事实词典里没有“{name}”。", key)
    allowed = spec.metadata["types"]
    if allowed and fact.type not in allowed:
        table.refuse(f"“{name}”（{fact.label}）的类型是 {fact.type}，这里要 {'、'.join(allowed)}。", key)


def _word(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> str:
    choices = spec.metadata["choices"]
    return table.choice(key, choices) if choices else table.word(key)


def _words(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> tuple[str, ...]:
    return table.words(key)


def _value(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> object:
    value = table.take(key)
    if isinstance(value, (bool, str)):
        return value
    return table.number(key)


def _level(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> str:
    return table.choice(key, tuple(names.levels))


def _month_day(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> str:
    value = table.word(key)
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", value) or value in ("02-29", "02-30", "02-31"):
        table.refuse("应写成“12-31”这样的月日。", key)
    return value


def _template(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> str:
    template = table.word(key)
    for name in re.findall(r"\{([^{}]*)\}", template):
        if name not in names.facts or names.facts[name].type != "str":
            table.refuse(f"模板里的“{{{name}}}”不是文字类的事实。", key)
    if re.sub(r"\{[^{}]*\}", "", template).strip("{}") != re.sub(r"\{[^{}]*\}", "", template):
        table.refuse("模板的花括号不成对。", key)
    return template


def _caps(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> Mapping[str, Decimal]:
    inner = table.table(key)
    for name in inner.names():
        _known(inner, name, name, spec, names)
    caps = {name: inner.number(name) for name in inner.names()}
    if not caps or min(caps.values()) < 0:
        table.refuse("上限表不能为空，也不能有负数。", key)
    return caps


def _check(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> Check:
    return read_check(table.table(key), names, depth + 1)


def _checks(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> tuple[Check, ...]:
    return tuple(read_check(part, names, depth + 1) for part in table.tables(key, required=True))


def _tiers(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> tuple[Tier, ...]:
    return tuple(_read(Tier, part, names, depth + 1) for part in table.tables(key, required=True))


def _honours(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> tuple[HonourOption, ...]:
    options = []
    for part in table.tables(key, required=True):
        option = _read(HonourOption, part, names, depth)
        if option.kind is None and option.title is None and option.not_kind is None:
            part.refuse("每种荣誉至少写明 kind、not_kind 或 title 之一。")
        options.append(option)
    return tuple(options)


def _filter(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> Filter:
    return _one_filter(table.table(key), names, depth)


def _filters(table: Table, key: str, spec: Field[Any], names: Names, depth: int) -> tuple[Filter, ...]:
    return tuple(_one_filter(part, names, depth + 1) for part in table.tables(key, required=True))


def _one_filter(table: Table, names: Names, depth: int) -> Filter:
    if depth > DEPTH:
        table.refuse("筛选条件嵌套过深。")
    tests = [key for key in ("eq", "ne", "in", "min_level", "min", "same_as", "all", "any") if table.has(key)]
    if len(tests) != 1:
        table.refuse("每个筛选条件应写明且只写明 eq、ne、in、min_level、min、same_as、all、any 之一。")
    if (tests[0] in ("all", "any")) == table.has("field"):
        table.refuse("筛选单个字段要写 field；all、any 不写 field。", "field")
    return _read(Filter, table, names, depth)


READERS: Mapping[str, Callable[[Table, str, Field[Any], Names, int], Any]] = {
    "fact": _fact,
    "facts": _facts,
    "word": _word,
    "words": _words,
    "value": _value,
    "level": _level,
    "month_day": _month_day,
    "template": _template,
    "caps": _caps,
    "check": _check,
    "checks": _checks,
    "tiers": _tiers,
    "honours": _honours,
    "filter": _filter,
    "filters": _filters,
    "flag": lambda table, key, *_: table.flag(key),
    "number": lambda table, key, *_: table.number(key),
    "count": lambda table, key, *_: table.count(key),
    "positive": lambda table, key, *_: table.count(key, least=1),
    "integer": lambda table, key, *_: table.count(key, least=-1000),
}


def _sense(check: Check, table: Table) -> None:
    """Refuse combinations of parameters that can never mean anything."""
    match check:
        case Num(min=low, max=high, gt=gt, lt=lt, eq=eq):
            if all(bound is None for bound in (low, high, gt, lt, eq)):
                table.refuse("num 至少要有 min、max、gt、lt、eq 之一。")
            if low is not None and high is not None and low > high:
                table.refuse("min 大于 max，没有数能满足。", "min")
        case Approx(tol=tol) if tol < 0:
            table.refuse("tol 不能为负。", "tol")
        case Has(all=None, any=None, none=None):
            table.refuse("has 至少要有 all、any、none 之一。")
        case Span(years=0, months=0):
            table.refuse("span 要写明 years 或 months。")
        case Yearly(year=year, date=day) if bool(year) == bool(day):
            table.refuse("yearly 要写明且只写明 year 或 date 之一。")
        case NotAfter(limit=limit, year=year, month_day=month_day):
            if bool(limit) == bool(year and month_day) or bool(year) != bool(month_day):
                table.refuse("not_after 要写 limit，或者同时写 year 和 month_day。")
        case _:
            pass
