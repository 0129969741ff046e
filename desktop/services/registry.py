"""The registry's list at the speed of typing: a vector of rows, narrow keys in memory, pages read as they are shown.

Plain `sqlite3` on purpose: the first page must be on the screen before anything heavy is imported.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection
from itertools import compress
from pathlib import Path
from typing import Final

from desktop.services.search.answers import Hits, Registry, search, side_by_side
from desktop.services.search.pages import (
    BY_KEY,
    COLUMNS,
    JOINED,
    Column,
    Rows,
    connected,
    first_page,
    open_reader,
    page,
    values_by_row,
)

__all__ = [
    "BY_KEY",
    "COLUMNS",
    "Column",
    "Hits",
    "Registry",
    "Rows",
    "connected",
    "first_page",
    "load_keys",
    "load_registry",
    "open_reader",
    "page",
    "row_of",
    "search",
    "stale_count",
    "values_by_row",
    "with_new",
    "without",
    "workroom_id",
    "workroom_ids",
]
FEW_ROWS: Final = 1000


def load_registry(
    source: Path | sqlite3.Connection, sort: str = "name", descending: bool = False, *, keys: bool = True
) -> Registry:
    """Read the list in the order of a column; without `keys` it can be shown and filtered, not yet searched."""
    with connected(source) as connection:
        registry = _vector(connection, sort, descending)
        if keys:
            load_keys(connection, registry)
        return registry


def _vector(connection: sqlite3.Connection, sort: str, descending: bool) -> Registry:
    order, direction = BY_KEY[sort].sort, "DESC" if descending else ""
    source = " FROM workroom_keys k" if order.startswith("k.") else JOINED
    # Names are in a constant of this module, never from outside.
    query = f"SELECT k.row, k.level, k.state{source} ORDER BY {order} {direction}, k.row {direction}"
    rows, levels, states = array("q"), bytearray(), bytearray()
    level_codes: dict[str, int] = {}
    state_codes: dict[str, int] = {}
    for row, level, state in connection.execute(query):
        rows.append(row)
        levels.append(level_codes.setdefault(level, len(level_codes)))
        states.append(state_codes.setdefault(state, len(state_codes)))
    return Registry(rows, levels, states, list(level_codes), list(state_codes))


def load_keys(source: Path | sqlite3.Connection, registry: Registry) -> None:
    """Bring the search keys into memory, in the registry's order; may run in a thread."""
    with connected(source) as connection:
        found = {row: keys for row, *keys in connection.execute("SELECT row, native, latin FROM workroom_keys")}
    pairs = [found.get(row, ("", "")) for row in registry.rows]
    registry.latin = side_by_side([latin for _, latin in pairs])
    registry.native = side_by_side([native for native, _ in pairs])


def with_new(source: Path | sqlite3.Connection, registry: Registry, row: int) -> Registry:
    """Return the list with a workroom just added before all others, until the whole list is read in its order."""
    with connected(source) as connection:
        query = "SELECT level, state, native, latin FROM workroom_keys WHERE row = ?"
        level, state, native, latin = connection.execute(query, (row,)).fetchone()
    level_names, state_names = _with_name(registry.level_names, level), _with_name(registry.state_names, state)
    return Registry(
        array("q", [row]) + registry.rows,
        bytearray([level_names.index(level)]) + registry.levels,
        bytearray([state_names.index(state)]) + registry.states,
        level_names,
        state_names,
        [native, *registry.native] if registry.searchable else [],
        [latin, *registry.latin] if registry.searchable else [],
    )


def _with_name(names: list[str], name: str) -> list[str]:
    return names if name in names else [*names, name]


def without(registry: Registry, gone: Collection[int]) -> Registry:
    """Return the list without the workrooms in some rows."""
    rows = set(gone)
    stay = [row not in rows for row in registry.rows]
    return Registry(
        array("q", compress(registry.rows, stay)),
        bytearray(compress(registry.levels, stay)),
        bytearray(compress(registry.states, stay)),
        registry.level_names,
        registry.state_names,
        list(compress(registry.native, stay)),
        list(compress(registry.latin, stay)),
    )


def stale_count(source: Path | sqlite3.Connection) -> int:
    """Return how many workrooms wait for a new search key; after a large package `search_keys.refresh` makes them."""
    with connected(source) as connection:
        (count,) = connection.execute("SELECT count(*) FROM workroom_keys WHERE stale = 1").fetchone()
    return int(count)


def workroom_id(source: Path | sqlite3.Connection, row: int) -> str | None:
    """Return the id of the workroom in a row."""
    with connected(source) as connection:
        found = connection.execute("SELECT workroom_id FROM workroom_keys WHERE row = ?", (row,)).fetchone()
    return found[0] if found else None


def workroom_ids(source: Path | sqlite3.Connection, rows: Rows) -> list[str]:
    """Return the ids of the workrooms in some rows, in the order asked; a row deleted meanwhile is left out."""
    query = "SELECT row, workroom_id FROM workroom_keys"
    with connected(source) as connection:
        if len(rows) > FEW_ROWS:
            # Of many, reading all is quicker than asking for each; one by one, so that other threads have their turn.
            found = {row: record_id for row, record_id in connection.execute(query)}  # noqa: C416
        else:
            marks = ", ".join("?" * len(rows))
            found = dict(connection.execute(f"{query} WHERE row IN ({marks})", tuple(rows)).fetchall())
    return [found[row] for row in rows if row in found]


def row_of(source: Path | sqlite3.Connection, record_id: str) -> int | None:
    """Return the row number of a workroom."""
    with connected(source) as connection:
        found = connection.execute("SELECT row FROM workroom_keys WHERE workroom_id = ?", (record_id,)).fetchone()
    return found[0] if found else None
