"""Very many new rows put into a table at once: what its triggers would mark row by row is marked in one go."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Final

from desktop.models.fields import Value
from desktop.models.search import FOUND_BY, STALE

VARIABLES: Final = 12_000
"""Fewer than any SQLite of these years takes in one statement."""
WORTH_IT: Final = 2_000
"""Rows from which it pays to put the triggers aside."""
QUIET: Final = ("capture_{}_insert", "keys_{}_added")
"""The triggers put aside. Those of workrooms that make their key rows stay: there is one row for each."""
NAMED_BY: Final = {
    "units": (("workrooms", "unit_id", "id"),),
    "people": (("workrooms", "leader_id", "id"), ("members", "person_id", "workroom_id")),
}
"""Tables, columns and the workroom's column through which a record's name is among a workroom's search keys."""
Rows = Sequence[Sequence[Value]]


def pour(raw: sqlite3.Connection, noun: str, columns: Sequence[str], rows: Rows) -> None:
    """Insert rows of `id` and `columns` into a table within the open transaction, marked for the change log.

    The ids are new: no record of them was touched in the transaction before.
    """
    if len(rows) < WORTH_IT or noun == "workrooms":
        _insert(raw, noun, columns, rows)
        return
    capture, keys = (name.format(noun) for name in QUIET)
    with _put_aside(raw, (capture, keys)) as found:
        _insert(raw, noun, columns, rows)
    if capture in found:
        ids = sorted(str(row[0]) for row in rows)
        raw.executemany("INSERT INTO sync_dirty (noun, id, before) VALUES (?, ?, NULL)", ((noun, one) for one in ids))
    if keys in found:
        _mark_keys(raw, noun, columns, rows)


def _insert(raw: sqlite3.Connection, noun: str, columns: Sequence[str], rows: Rows) -> None:
    names = ", ".join(f'"{name}"' for name in ("id", *columns))
    values = "({})".format(", ".join("?" * (len(columns) + 1)))
    waiting = iter(rows)
    # Many rows a statement: its own cost is mostly by statement.
    while part := list(islice(waiting, VARIABLES // (len(columns) + 1))):
        marks = ", ".join([values] * len(part))
        raw.execute(f'INSERT INTO "{noun}" ({names}) VALUES {marks}', list(chain.from_iterable(part)))


@contextmanager
def _put_aside(raw: sqlite3.Connection, names: Sequence[str]) -> Iterator[frozenset[str]]:
    """Drop those of the triggers that there are, name them, and make them again.

    The transaction keeps every other connection from ever seeing the table without them.
    """
    marks = ", ".join("?" * len(names))
    query = f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN ({marks})"
    found = raw.execute(query, tuple(names)).fetchall()
    for name, _statement in found:
        raw.execute(f'DROP TRIGGER "{name}"')
    try:
        yield frozenset(name for name, _statement in found)
    finally:
        for _name, statement in found:
            raw.execute(statement)


def _mark_keys(raw: sqlite3.Connection, noun: str, columns: Sequence[str], rows: Rows) -> None:
    """Mark the search keys of the workrooms that are also found by these rows."""
    place = dict(FOUND_BY).get(noun)
    if place in columns:
        number = columns.index(place) + 1
        _mark(raw, {row[number] for row in rows})
        return
    ids = [row[0] for row in rows]
    # Nothing names a new record yet, but for what came from elsewhere before the record itself.
    for table, column, room in NAMED_BY.get(noun, ()):
        _mark(raw, _having(raw, table, column, room, ids))


def _having(raw: sqlite3.Connection, table: str, column: str, room: str, ids: Sequence[Value]) -> set[Value]:
    found: set[Value] = set()
    for start in range(0, len(ids), VARIABLES):
        part = ids[start : start + VARIABLES]
        marks = ", ".join("?" * len(part))
        rows: Iterable[tuple[Value]] = raw.execute(f"SELECT {room} FROM {table} WHERE {column} IN ({marks})", part)
        found.update(row[0] for row in rows)
    return found


def _mark(raw: sqlite3.Connection, rooms: Iterable[Value]) -> None:
    raw.executemany(f"{STALE} = ?", [(room,) for room in rooms])
