"""Reading and writing the un-replaced writes of records: their short form and the values no table shows."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from desktop.services.journal.ledger import Ledger
from desktop.sync.commit import ROW_PRESENCE, Value
from desktop.sync.merge import Heads

GONE, SHOWN, HELD, KEPT_FOR_OTHERS = 0, 1, 2, 3
"""States of a record: deleted; in its table; lacking what it refers to; deleted, yet referred to by a shown one."""
Key = tuple[str, str]


@dataclass
class Stored:
    """A record's place in the log: scope, state, heads, and the kept values of heads by (field, commit)."""

    scope: int
    state: int
    heads: Heads = field(default_factory=Heads)
    values: dict[tuple[str, int], Value] = field(default_factory=dict)


def load(ledger: Ledger, keys: Iterable[Key]) -> dict[Key, Stored]:
    """Return the stored records among `keys`."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for noun, row in keys:
        wanted[noun].append(row)
    found: dict[Key, Stored] = {}
    for noun, rows in wanted.items():
        ids = json.dumps(rows)
        for row, scope, state, heads in ledger.raw.execute(
            "SELECT id, scope, state, heads FROM sync_record WHERE noun = ? AND id IN (SELECT value FROM json_each(?))",
            (noun, ids),
        ):
            found[noun, row] = Stored(scope, state, heads_from_text(ledger, heads))
        for row, name, commit, value in ledger.raw.execute(
            'SELECT id, field, "commit", value FROM sync_head '
            "WHERE noun = ? AND id IN (SELECT value FROM json_each(?))",
            (noun, ids),
        ):
            found[noun, row].values[name, commit] = value
    return found


def save(ledger: Ledger, records: Iterable[tuple[Key, Stored]]) -> None:
    """Write records' heads and states, replacing what was there."""
    ledger.raw.executemany(
        "INSERT INTO sync_record (noun, id, scope, state, heads) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (noun, id) DO UPDATE SET scope = excluded.scope, state = excluded.state, heads = excluded.heads",
        [(*key, kept.scope, kept.state, heads_to_text(ledger, kept.heads)) for key, kept in records],
    )


def save_values(raw: sqlite3.Connection, key: Key, name: str, values: dict[int, Value]) -> None:
    """Keep exactly `values` (by commit) as the values of a field that its table does not show."""
    raw.execute("DELETE FROM sync_head WHERE noun = ? AND id = ? AND field = ?", (*key, name))
    raw.executemany(
        'INSERT INTO sync_head (noun, id, field, "commit", value) VALUES (?, ?, ?, ?, ?)',
        [(*key, name, commit, value) for commit, value in values.items()],
    )


def mark_deletions(raw: sqlite3.Connection, key: Key, kept: Stored) -> None:
    """Note the deletions of a record that is shown all the same, so that the dispute is found without a search."""
    shown = kept.state in (SHOWN, KEPT_FOR_OTHERS)
    save_values(raw, key, ROW_PRESENCE, dict.fromkeys(kept.heads.deletions(), 1) if shown else {})


def base_text(parts: Iterable[tuple[int, int]]) -> str:
    """Return the short form of a record that was only created, by parts (commit, shape)."""
    return _base_text(tuple(parts))


# Records that were made together stand in the same parts.
@lru_cache(maxsize=64)
def _base_text(parts: tuple[tuple[int, int], ...]) -> str:
    return "[[{}],{{}},{{}}]".format(",".join(f"[{commit},{shape}]" for commit, shape in parts))


def heads_to_text(ledger: Ledger, heads: Heads) -> str:
    """Return the short form of heads."""
    bases = [[commit, ledger.shape_id(names)] for commit, names in heads.bases]
    return json.dumps([bases, heads.others, heads.presence], separators=(",", ":"))


def heads_from_text(ledger: Ledger, text: str) -> Heads:
    """Read the short form of heads."""
    bases, others, presence = json.loads(text)
    return Heads(
        [(commit, ledger.shape(shape)) for commit, shape in bases],
        others,
        {int(commit): None if seen is None else tuple(seen) for commit, seen in presence.items()},
    )


def written_value(ledger: Ledger, key: Key, name: str, commit: int) -> Value:
    """Return what a stored commit wrote into a field, from its bytes."""
    content = ledger.commit(commit)
    for change in content.changed:
        if change.row == key[1] and change.table == key[0]:
            return change.values[name]
    for block in content.created:
        if block.table == key[0] and name in block.fields:
            place = block.fields.index(name) + 1
            for row in block.rows:
                if row[0] == key[1]:
                    return row[place]
    raise LookupError(f"commit {commit} does not write {name} of {key}")
