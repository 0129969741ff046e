"""Conditions on grant money: shares, caps, sums, uses and who is paid."""

# ruff: noqa: RUF009 -- a parameter is declared by a call; the value it makes is never shared
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.rules.check_base import Check, Filter, param


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(Check):
    """A sum of grant money as a share of a total, compared by cross-multiplication in 分."""

    list: str = param("fact", "list<money>")
    fields: tuple[str, ...] = param("words")
    den: str = param("fact", "money")
    min_pct: Decimal | None = param("number", default=None)
    max_pct: Decimal | None = param("number", default=None)
    where: Filter | None = param("filter", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCap(Check):
    """Each person's sum within the cap of the person's highest role."""

    list: str = param("fact", "list<money>")
    amount: str = param("word")
    for_role: str = param("word")
    cap: Decimal = param("number")
    precedence: tuple[str, ...] = param("words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity(Check):
    """People times their caps reach a share of a total: can the floor be met at all."""

    caps: Mapping[str, Decimal] = param("caps", "count")
    base: str = param("fact", "money")
    min_pct: Decimal = param("number")


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLe(Check):
    """Grant money of several lists within a total; `once_as` names a category that repeats the first list's money."""

    lists: tuple[str, ...] = param("facts", "list<money>")
    fields: tuple[str, ...] = param("words")
    max_fact: str = param("fact", "money")
    once_as: str = param("word", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses(Check):
    """Every line paid from the grant is of a listed category, or none is of a prohibited one.

    Categories of `elsewhere` are judged by another rule. Categories match by the everyday words of the dictionary.
    """

    list: str = param("fact", "list<money>")
    mode: str = param("word", choices=("listed", "prohibited"))
    set: tuple[str, ...] = param("words")
    elsewhere: tuple[str, ...] = param("words", default=())
    source: str = param("word", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subset(Check):
    """Every item's value stands in another list."""

    list: str = param("fact", "list<money>", "list<item>")
    field: str = param("word")
    of: str = param("fact", "roster", "list<str>")
    where: Filter | None = param("filter", default=None)
