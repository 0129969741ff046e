"""Putting many new records that were checked before into their tables at once, past the mapper."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from operator import itemgetter
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.models.base import canonical_json
from desktop.models.fields import Value, nouns
from desktop.services.record.fields import fields

# Fewer than any SQLite of these years takes in one statement.
VARIABLES: Final = 12_000
Row = Mapping[str, Any]
Store = Callable[[Any], Value]


def insert_checked(session: Session, noun: str, rows: Iterable[Row]) -> None:
    """Insert records in JSON form, each with its id and every field; numbers that are None get the field's default.

    Nothing is checked again: the values are such as `record_values.read` takes, the references stand. The change log
    captures the rows as any others.
    """
    session.flush()
    plan, raw = _plan(noun), capture.driver(session.connection())
    width = len(plan.columns) + 1
    columns = ", ".join(f'"{name}"' for name in plan.columns)
    values = "({})".format(", ".join("?" * width))
    stored = map(plan.stored, rows)
    # Many rows a statement: the triggers' own cost is mostly by statement.
    while part := list(islice(stored, VARIABLES // width)):
        marks = ", ".join([values] * len(part))
        raw.execute(f'INSERT INTO "{noun}" (id, {columns}) VALUES {marks}', list(chain.from_iterable(part)))


@dataclass(frozen=True)
class _Plan:
    """How records of a noun become rows: columns, where each value is found, and which are stored otherwise."""

    columns: tuple[str, ...]
    values: Callable[[Row], tuple[Any, ...]]
    stores: tuple[tuple[int, Value, Store], ...]

    def stored(self, row: Row) -> list[Value]:
        """Return the row of a record."""
        values = list(self.values(row))
        for place, default, store in self.stores:
            value = values[place]
            values[place] = default if value is None else store(value)
        return values


@cache
def _plan(noun: str) -> _Plan:
    defaults = {field.name: field.default for field in nouns()[noun].fields}
    specs = fields(noun)
    return _Plan(
        tuple(spec.attribute for spec in specs),
        itemgetter("id", *(spec.name for spec in specs)),
        tuple(
            (place, defaults[spec.attribute], STORES[spec.type])
            for place, spec in enumerate(specs, start=1)
            if spec.type in STORES
        ),
    )


def _hundredths(value: Any) -> int:
    whole, _, places = str(value).partition(".")
    return int(whole + (places + "00")[:2])


STORES: Final[dict[str, Store]] = {
    "money": _hundredths,
    "decimal": _hundredths,
    "bool": int,
    "list": canonical_json,
    "json": canonical_json,
}
