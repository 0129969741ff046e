"""What the change log needs to know of each table: its fields, their storage, defaults, titles and references."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, Final

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text
from sqlalchemy.dialects import sqlite

from desktop.models.base import Base, CanonicalJson, Hundredths
from desktop.models.tables import SYNCED

Value = str | int | None
UNREADABLE: Final = object()


@dataclass(frozen=True)
class Field:
    """One field as it is stored: `default` is the stored value of a field that nobody wrote."""

    name: str
    title: str
    required: bool
    sensitive: bool
    default: Value
    target: str | None
    holds: Callable[[Value], bool]
    store: Callable[[Any], Value]

    def accepts(self, value: Value) -> bool:
        """Tell whether this program can show `value` in this field."""
        return not self.required if value is None else self.holds(value)


@dataclass(frozen=True)
class Noun:
    """One exchanged table: its name and its fields but the id, in the order of their columns."""

    name: str
    fields: tuple[Field, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all fields."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field | None:
        """Return the field of that name, if this program knows it."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}


@cache
def nouns() -> dict[str, Noun]:
    """Return every exchanged table by its name, parents before those that refer to them."""
    return {model.__tablename__: _describe(model) for model in SYNCED}


@cache
def referring() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return for each table which (table, field) refer to it."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in nouns()}
    for noun in nouns().values():
        for field in noun.fields:
            if field.target is not None:
                found[field.target].append((noun.name, field.name))
    return {name: tuple(pairs) for name, pairs in found.items()}


def _describe(model: type[Base]) -> Noun:
    table = model.__table__
    assert isinstance(table, Table)
    return Noun(str.__str__(table.name), tuple(_field(column) for column in table.columns if column.name != "id"))


def _field(column: Column[Any]) -> Field:
    targets = [key.target_fullname.split(".")[0] for key in column.foreign_keys]
    # SQLAlchemy's quoted names are a kind of str that the encoder does not take.
    return Field(
        str.__str__(column.name),
        column.info.get("title", column.name),
        not column.nullable,
        bool(column.info.get("sensitive")),
        stored_default(column),
        targets[0] if targets else None,
        _check(column),
        _storer(column),
    )


def _storer(column: Column[Any]) -> Callable[[Any], Value]:
    dialect = sqlite.dialect()
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)

    def store(value: Any) -> Value:
        stored: Value = bind(value) if bind else value
        return int(stored) if isinstance(stored, bool) else stored

    return store


def stored_default(column: Column[Any]) -> Value:
    """Return what a column holds, as it is stored, where nobody wrote; None for nothing."""
    default: Any = column.default
    if default is None:
        return None
    return _storer(column)(default.arg(None) if default.is_callable else default.arg)


def _check(column: Column[Any]) -> Callable[[Value], bool]:
    kind = column.type
    if isinstance(kind, Boolean):
        return _is_boolean
    if isinstance(kind, Integer | Hundredths):
        return _is_integer
    if isinstance(kind, Date):
        return _is_date
    if isinstance(kind, CanonicalJson):
        # A column of `Mapped[list[str]]` or `Mapped[dict]` tells so by what stands where nobody wrote.
        return {"[]": _is_word_list, "{}": _is_table}.get(str(stored_default(column)), _is_json)
    assert isinstance(kind, String | Text), f"{column}: the change log holds text and integers only"
    return _is_text


def _is_boolean(value: Value) -> bool:
    return value in (0, 1)


def _is_integer(value: Value) -> bool:
    return isinstance(value, int)


def _is_text(value: Value) -> bool:
    return isinstance(value, str)


def _is_date(value: Value) -> bool:
    try:
        # Only the one writing: 2026-W36-2 is a date too, but not one that the column reads back.
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_json(value: Value) -> bool:
    return _read(value) is not UNREADABLE


def _is_word_list(value: Value) -> bool:
    found = _read(value)
    return isinstance(found, list) and all(isinstance(word, str) for word in found)


def _is_table(value: Value) -> bool:
    return isinstance(_read(value), dict)


def _read(value: Value) -> Any:
    try:
        return json.loads(value, parse_constant=_refuse_constant)  # type: ignore[arg-type]
    except (TypeError, ValueError, RecursionError):
        return UNREADABLE


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
