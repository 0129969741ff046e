"""What an import that was taken in changed, read again from its commits, in the form of the import's own result."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import NotFound
from desktop.models import capture
from desktop.models.fields import Value, nouns
from desktop.services.journal import conflicts, head_store, naming, outward
from desktop.services.journal.head_store import Key
from desktop.services.journal.ledger import Ledger
from desktop.services.parcel.reporting import CHANGED, DELETED, MOST_DETAILS, NEW
from desktop.sync.commit import ROW_PRESENCE, Commit
from desktop.sync.merge import winner

_Write = tuple[Key, str, Value, list[int]]


@dataclass
class _Touched:
    """A record that the commits wrote: its fields with the value before the first and after the last write."""

    kind: str = CHANGED
    values: dict[str, list[Value]] = field(default_factory=dict)


def brought(session: Session, import_id: str) -> dict[str, Any]:
    """Return maker, number, counts, changes and conflicts of a past import (NotFound when there is none).

    An import that was taken back exactly has no changes any more.
    """
    raw = capture.driver(session.connection())
    row = raw.execute(
        "SELECT id, office, number, made_at, imported_at, undone_at, sha256, result FROM sync_import WHERE uuid = ?",
        (import_id,),
    ).fetchone()
    if row is None:
        raise NotFound("没有这次导入。请从导入列表中选择。", import_id)
    ledger = Ledger(raw)
    numbers = _commits(raw, row[0])
    name = raw.execute("SELECT name FROM sync_trust WHERE office = ?", (row[1],)).fetchone()
    return {
        "import_id": import_id,
        "maker": {"id": row[1], "name": name[0] if name else row[1]},
        **dict(zip(("number", "made_at", "imported_at", "undone_at", "package_sha256"), row[2:7], strict=True)),
        "applied": len(numbers),
        "already_known": json.loads(row[7]).get("already_known", 0),
        "conflicts": conflicts.describe(ledger, conflicts.disputed(raw, set(numbers))),
        "waiting": [],
        **_changes(ledger, numbers),
    }


def _commits(raw: sqlite3.Connection, number: int) -> list[int]:
    rows = raw.execute(
        "SELECT id FROM sync_commit WHERE import_id = ? AND applied IS NOT NULL ORDER BY applied, id", (number,)
    )
    return [row[0] for row in rows]


def _changes(ledger: Ledger, numbers: list[int]) -> dict[str, Any]:
    touched: dict[Key, _Touched] = {}
    for number in numbers:
        for key, name, value, replaced in _writes(ledger, ledger.commit(number)):
            if key[0] not in nouns():
                continue
            found = touched.setdefault(key, _Touched())
            # Old values cost a look into earlier commits: only for what is shown.
            if name == ROW_PRESENCE or len(touched) <= MOST_DETAILS:
                _note(ledger, found, (key, name, value, replaced))
    counts = {NEW: 0, CHANGED: 0, DELETED: 0}
    for one in touched.values():
        counts[one.kind] += 1
    details = [_detail(ledger, key, one) for key, one in list(touched.items())[:MOST_DETAILS]]
    return {"counts": counts, "changes": details, "more": max(0, len(touched) - len(details))}


def _writes(ledger: Ledger, commit: Commit) -> Iterator[_Write]:
    for block in commit.created:
        for row in block.rows:
            for name, value in zip(block.fields, row[1:], strict=True):
                yield (block.table, str(row[0])), name, value, []
            yield (block.table, str(row[0])), ROW_PRESENCE, None, []
    for change in commit.changed:
        for name, value in change.values.items():
            refs = [commit.refs[place] for place in change.replaced.get(name, ())]
            yield (change.table, change.row), name, value, ledger.numbers(refs)


def _note(ledger: Ledger, found: _Touched, write: _Write) -> None:
    key, name, value, replaced = write
    if name == ROW_PRESENCE:
        found.kind = NEW if value is None else DELETED if value else CHANGED
        return
    if name in found.values:
        found.values[name][1] = value
        return
    found.values[name] = [_before(ledger, key, name, replaced), value]


def _before(ledger: Ledger, key: Key, name: str, replaced: list[int]) -> Value:
    if not replaced:
        return _default(key, name)
    try:
        return head_store.written_value(ledger, key, name, winner(replaced, ledger.rank))
    except LookupError:
        return None  # folded: the archive tells what it was


def _default(key: Key, name: str) -> Value:
    known = nouns()[key[0]].field(name)
    return known.default if known is not None else None


def _detail(ledger: Ledger, key: Key, found: _Touched) -> dict[str, Any]:
    noun = nouns()[key[0]]
    return {
        "noun": noun.name,
        "noun_title": outward.noun_title(noun.name),
        "id": key[1],
        "label": naming.last_label(ledger, key),
        "kind": found.kind,
        "fields": [
            {
                "field": outward.field_name(noun.name, name),
                "title": outward.field_title(noun.name, name),
                "old": None if found.kind == NEW else outward.value(noun.name, name, old),
                "new": outward.value(noun.name, name, new),
            }
            for name, (old, new) in found.values.items()
            if old != new and noun.field(name) is not None
        ],
    }
