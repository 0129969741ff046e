"""Conditions on single facts, lists of words, honours, and the logic that joins conditions."""

# ruff: noqa: RUF009 -- a parameter is declared by a call; the value it makes is never shared
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.rules.check_base import NUMERIC, Check, Filter, HonourOption, param


@dataclass(frozen=True, slots=True, kw_only=True)
class Attest(Check):
    """Every fact is confirmed by a person."""

    facts: tuple[str, ...] = param("facts", "bool")


@dataclass(frozen=True, slots=True, kw_only=True)
class Num(Check):
    """A number inside its bounds; money bounds stand in 元 in the file."""

    fact: str = param("fact", *NUMERIC)
    min: Decimal | None = param("number", default=None)
    max: Decimal | None = param("number", default=None)
    gt: Decimal | None = param("number", default=None)
    lt: Decimal | None = param("number", default=None)
    eq: Decimal | None = param("number", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approx(Check):
    """A number near its target (左右); the tolerance is always a setting."""

    fact: str = param("fact", *NUMERIC)
    target: Decimal = param("number")
    tol: Decimal = param("number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Has(Check):
    """A list of words that contains all, some or none of the named ones."""

    fact: str = param("fact", "list<str>")
    all: tuple[str, ...] | None = param("words", default=None)
    any: tuple[str, ...] | None = param("words", default=None)
    none: tuple[str, ...] | None = param("words", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class In(Check):
    """A word that is one of a set; `negate` asks that it is none of them."""

    fact: str = param("fact", "str", "str|number")
    set: tuple[str, ...] = param("words")
    negate: bool = param("flag", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Honour(Check):
    """Some honour in force that fits one of the options."""

    fact: str = param("fact", "list<honour>")
    any: tuple[HonourOption, ...] = param("honours")


@dataclass(frozen=True, slots=True, kw_only=True)
class Same(Check):
    """Two facts are equal."""

    a: str = param("fact")
    b: str = param("fact")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneOf(Check):
    """No item of the list matches."""

    list: str = param("fact", "list<item>", "list<money>")
    where: Filter = param("filter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Check):
    """A text equal to, or containing, a template filled from other facts ({leader_name} …)."""

    fact: str = param("fact", "str")
    template: str = param("template")
    mode: str = param("word", choices=("equals", "contains"), default="equals")


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesHold(Check):
    """None of the named rules of the same regulation fails."""

    ids: tuple[str, ...] = param("words")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf(Check):
    """Every part holds."""

    of: tuple[Check, ...] = param("checks")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf(Check):
    """Some part holds."""

    of: tuple[Check, ...] = param("checks")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOf(Check):
    """The part does not hold."""

    of: Check = param("check")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One step of `tiers`: the status given when the check holds, and a sentence for it."""

    result: str = param("word", choices=("pass", "warn", "fail", "n/a"))
    check: Check = param("check")
    note: str = param("word", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers(Check):
    """The first step that holds gives the status, else `else`."""

    of: tuple[Tier, ...] = param("tiers")
    else_: str = param("word", key="else", choices=("pass", "warn", "fail", "n/a"))
