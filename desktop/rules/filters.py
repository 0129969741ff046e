"""Testing one row of a list against an item filter, with a third answer where the row does not say."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from desktop.rules.check_base import Filter
from desktop.rules.context import Context
from desktop.rules.facts import ABSENT, Item
from desktop.rules.words import fold

Truth = bool | None
GRANT = "补助资金"
# What a row means that leaves a field out: a result is recognised unless it says prize or patent.
DEFAULTS = {"form": "认定"}


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return false when one is false, else unknown when one is unknown, else true."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return true when one is true, else unknown when one is unknown, else false."""
    result: Truth = False
    for truth in truths:
        if truth:
            return True
        if truth is None:
            result = None
    return result


def matches(where: Filter | None, item: Item, ctx: Context) -> Truth:
    """Say whether a row passes a filter; None when it lacks the field that decides."""
    if where is None:
        return True
    if where.all is not None:
        return all_of(matches(part, item, ctx) for part in where.all)
    if where.any is not None:
        return any_of(matches(part, item, ctx) for part in where.any)
    value = item.get(where.field, DEFAULTS.get(where.field, ABSENT))
    if value is ABSENT:
        return where.if_absent
    return _test(where, value, ctx)


def _test(where: Filter, value: Any, ctx: Context) -> Truth:
    if where.ne is not None:
        return not _equal(where.ne, value, where.field, ctx)
    if where.same_as:
        other = ctx.get(where.same_as)
        return None if other is ABSENT else other is not None and _equal(other, value, where.field, ctx, scale=False)
    if where.eq is not None:
        return _equal(where.eq, value, where.field, ctx)
    if value is None:
        return False
    if where.in_ is not None:
        return isinstance(value, str) and fold(value) in {fold(word) for word in where.in_}
    if where.min is not None:
        return _number(value) and bool(value >= _scaled(where.min, where.field, ctx))
    return ctx.at_least(value, where.min_level) if isinstance(value, str) else False


def _equal(wanted: object, value: Any, field: str, ctx: Context, scale: bool = True) -> bool:
    if value is None:
        # null says “known to be none”: the same as no, and as an empty text.
        return wanted is False or wanted == ""
    if isinstance(wanted, str):
        return isinstance(value, str) and fold(wanted) in (fold(value), ctx.words.other(value))
    if isinstance(wanted, bool) or isinstance(value, bool):
        return value is wanted
    if isinstance(wanted, Decimal) and _number(value):
        return bool(value == (_scaled(wanted, field, ctx) if scale else wanted))
    return bool(value == wanted)


def _scaled(bound: Decimal, field: str, ctx: Context) -> Decimal:
    return bound * 100 if ctx.field_is_money(field) else bound


def _number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def fields_read(where: Filter | None) -> tuple[str, ...]:
    """Return the names of the fields a filter looks at."""
    if where is None:
        return ()
    inner = tuple(name for part in (*(where.all or ()), *(where.any or ())) for name in fields_read(part))
    return (where.field, *inner) if where.field else inner


def lacking(name: str, number: int, item: Item, fields: Iterable[str]) -> tuple[str, ...]:
    """Return the paths of those fields that a row does not say (rows count from 1)."""
    return tuple(
        f"{name}[{number}].{field}" for field in dict.fromkeys(fields) if field not in item and field not in DEFAULTS
    )


def undecided(name: str, number: int, item: Item, where: Filter | None) -> tuple[str, ...]:
    """Return what a row whose filter is unknown lacks; a level nobody knows counts as lacking."""
    fields = fields_read(where)
    return lacking(name, number, item, fields) or tuple(f"{name}[{number}].{field}" for field in fields[:1])


def from_grant(item: Item, source: str = "") -> bool:
    """Say whether a money line is paid from the grant: so it is unless it names another source."""
    named = item.get("source", ABSENT)
    return named is ABSENT or named in (None, "") or fold(str(named)) == fold(source or GRANT)
