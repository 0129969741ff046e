"""Stored values of the change log as people and programs outside see them: names, titles and JSON values."""

import json
import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from desktop.models.fields import Value, nouns
from desktop.services.money import yuan
from desktop.services.record.fields import NOUN_TITLES, FieldSpec, fields

PRESENCE_TITLE = "整条记录"


def noun_title(noun: str) -> str:
    """Return the Chinese name of a table, or its own name where this program does not know it."""
    return NOUN_TITLES.get(noun, noun)


def field_title(noun: str, name: str) -> str:
    """Return the Chinese title of a stored field."""
    if name == "*":
        return PRESENCE_TITLE
    spec = spec_of(noun, name)
    return spec.title if spec else name


def field_name(noun: str, name: str) -> str:
    """Return the name by which a stored field goes outside (`amount_yuan` for `amount_fen`)."""
    spec = spec_of(noun, name)
    return spec.name if spec else name


def value(noun: str, name: str, stored: Value) -> Any:
    """Return a stored value in JSON form: money as a string in 元, lists as lists."""
    spec = spec_of(noun, name)
    if spec is None or stored is None:
        return stored
    # A decimal is stored in hundredths too.
    if spec.type in ("money", "decimal") and isinstance(stored, int):
        return yuan(stored)
    if spec.type == "bool":
        return bool(stored)
    return parsed(str(stored)) if spec.type in ("list", "json") else stored


def parsed(text: str) -> Any:
    """Return the JSON value that a text holds, or the text itself where it holds none."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def spec_of(noun: str, name: str) -> FieldSpec | None:
    """Return the description of a stored field, if this program knows it."""
    return _specs(noun).get(name)


@cache
def _specs(noun: str) -> dict[str, FieldSpec]:
    return {spec.attribute: spec for spec in fields(noun)} if noun in nouns() else {}


NAMES: Final = ("name", "title", "document_number", "project_name", "category", "fact", "rule")
UNTOLD: Final = frozenset({"offices", "documents"})
"""What a record refers to and is not called by."""


def label(raw: sqlite3.Connection, noun: str, row: str) -> str:
    """Return how people call a record: its name, title or number, else what it refers to, else its id."""
    known = nouns().get(noun)
    if known is None:
        return row
    columns = ", ".join(f'"{name}"' for name in known.names)
    found = raw.execute(f'SELECT {columns} FROM "{noun}" WHERE id = ?', (row,)).fetchone()
    return row if found is None else label_of(raw, noun, row, dict(zip(known.names, found, strict=True)))


def label_of(raw: sqlite3.Connection, noun: str, row: str, values: Mapping[str, Value]) -> str:
    """Return how people call a record of these stored values: a member, who has no name of its own, by its person."""
    for name in NAMES:
        if values.get(name):
            return str(values[name])
    targets = {item.name: item.target for item in nouns()[noun].fields if item.target not in (None, *UNTOLD, noun)}
    named = [(target, str(values[name])) for name, target in targets.items() if target and values.get(name)]
    # The person before the workroom: what is nearer comes first.
    told = [label(raw, *one) for one in sorted(named, key=lambda one: one[0] == "workrooms")]
    rows = {target_row for _target, target_row in named}
    kept = [words for words in told if words not in rows]
    return " · ".join(kept[:2]) or row
