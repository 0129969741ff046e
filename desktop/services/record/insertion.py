"""Putting many new records that were checked before into their tables at once, past the mapper."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.models.base import canonical_json
from desktop.models.fields import Value, nouns
from desktop.models.pouring import pour
from desktop.services.record.fields import fields

Row = Mapping[str, Any]
Store = Callable[[Any], Value]


def insert_checked(session: Session, noun: str, rows: Iterable[Row]) -> None:
    """Insert records in JSON form, each with its id and every field; numbers that are None get the field's default.

    Nothing is checked again: the values are such as `record_values.read` takes, the references stand. The change log
    captures the rows as any others.
    """
    session.flush()
    plan = _plan(noun)
    pour(capture.driver(session.connection()), noun, plan.columns, list(map(plan.stored, rows)))


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
