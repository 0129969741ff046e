"""What all conditions share: how a parameter is declared, item filters, honour options, the base of every check."""

# ruff: noqa: RUF009 -- a parameter is declared by a call; the value it makes is never shared
from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

NUMERIC = ("count", "number", "money", "year")


def param(read: str, *types: str, key: str = "", choices: tuple[str, ...] = (), **default: Any) -> Any:
    """Declare one parameter: how the loader reads it, which fact types it may name, its key if not the attribute."""
    return field(metadata={"read": read, "types": types, "key": key, "choices": choices}, **default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A condition on one item of a list: one test of a field, or `all` / `any` of further filters.

    `same_as` compares the field with a fact; `if_absent` decides for an item that lacks the field (otherwise it is
    unknown).
    """

    field: str = param("word", default="")
    eq: object = param("value", default=None)
    ne: object = param("value", default=None)
    in_: tuple[str, ...] | None = param("words", key="in", default=None)
    min_level: str = param("level", default="")
    min: Decimal | None = param("number", default=None)
    same_as: str = param("fact", default="")
    if_absent: bool | None = param("flag", default=None)
    all: tuple[Filter, ...] | None = param("filters", default=None)
    any: tuple[Filter, ...] | None = param("filters", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HonourOption:
    """One way an honour may qualify: kind and rank, or the exact title; `home` asks for this region's own authority."""

    kind: tuple[str, ...] | None = param("words", default=None)
    not_kind: tuple[str, ...] | None = param("words", default=None)
    min_level: str = param("level", default="")
    title: tuple[str, ...] | None = param("words", default=None)
    home: bool = param("flag", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Any condition; `op` names its kind in the file."""
