"""Taking an import back: exactly while nothing builds on it, later by a transaction that spares later edits."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from desktop.errors import NotAllowed, NotFound
from desktop.models import capture, refresh
from desktop.models.database import Database, translated
from desktop.services.journal import applying, head_store, settling, undoing
from desktop.services.journal.head_store import GONE, Key, Stored
from desktop.services.journal.history import writers
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.merging import Batch
from desktop.services.journal.state import state_hash


def undo_import(database: Database, import_id: str) -> dict[str, Any]:
    """Take back the import of that id; NotFound when there is none, NotAllowed when it was taken back already.

    `records` tells how many records that changed, `kept` how many stay as they are because they were changed since.
    """
    with translated(database.path), database.writing() as session, session.begin():
        raw = capture.driver(session.connection())
        number = _find(raw, import_id)
        _refuse_folded(raw, number, import_id)
        exact, kept = _nothing_since(raw, number), 0
        if exact:
            records = remove_exactly(session.connection(), number)
        else:
            commits = {row[0] for row in raw.execute("SELECT id FROM sync_commit WHERE import_id = ?", (number,))}
            brought = len(_touched(Ledger(raw), sorted(commits)))
            records = undoing.revert(session, Ledger(raw), commits, strict=False)
            kept = max(0, brought - records)
        moment = datetime.now().astimezone().isoformat(timespec="seconds")
        raw.execute("UPDATE sync_import SET undone_at = ? WHERE id = ?", (moment, number))
    with database.reading() as session:
        state = state_hash(capture.driver(session.connection()))
    return {"import_id": import_id, "exact": exact, "records": records, "kept": kept, "state_hash": state}


def _find(raw: sqlite3.Connection, import_id: str) -> int:
    row = raw.execute("SELECT id, undone_at FROM sync_import WHERE uuid = ?", (import_id,)).fetchone()
    if row is None:
        raise NotFound("没有这次导入。请从导入列表中选择。", import_id)
    if row[1] is not None:
        raise NotAllowed(f"这次导入已经撤销过了，不用再撤销。{_way_back(raw, row[0])}", import_id)
    return int(row[0])


def _way_back(raw: sqlite3.Connection, number: int) -> str:
    """Say how the contents of an import that was taken back are had again."""
    known = raw.execute("SELECT 1 FROM sync_commit WHERE import_id = ? LIMIT 1", (number,)).fetchone()
    if known is None:
        return "要恢复它带来的内容，请重新导入那个数据包。"
    return "当时已有后来的修改，它的内容是逐项改回的，重新导入那个数据包不会再带来；要恢复，请对照修改记录手工改回。"


def _refuse_folded(raw: sqlite3.Connection, number: int, import_id: str) -> None:
    if raw.execute("SELECT 1 FROM sync_commit WHERE import_id = ? AND folded = 1 LIMIT 1", (number,)).fetchone():
        raise NotAllowed("这次导入的修改已经归档，不能再撤销。请手工更正。", import_id)


@dataclass(frozen=True)
class _Before:
    """What the import changed beside its own commits: which were tips before, and which waiting ones it released."""

    tips: list[int]
    released: list[int]


def _before(raw: sqlite3.Connection, number: int) -> _Before:
    kept = json.loads(raw.execute("SELECT result FROM sync_import WHERE id = ?", (number,)).fetchone()[0])
    return _Before(kept.get("tips", []), kept.get("released", []))


def _nothing_since(raw: sqlite3.Connection, number: int) -> bool:
    """Tell whether no commit was applied after those of the import but its own and those that it released."""
    released = json.dumps(_before(raw, number).released)
    own = "(import_id = ? OR id IN (SELECT value FROM json_each(?)))"
    values = (number, released)
    first = raw.execute(f"SELECT min(applied) FROM sync_commit WHERE {own}", values).fetchone()[0]
    if first is None:
        return True
    return (
        raw.execute(
            f"SELECT 1 FROM sync_commit WHERE applied > ? AND NOT coalesce({own}, 0) LIMIT 1", (first, *values)
        ).fetchone()
        is None
    )


def remove_exactly(connection: Connection, number: int) -> int:
    """Forget the commits of the last import and rebuild the records that they touched from what remains."""
    raw = capture.driver(connection)
    ledger = Ledger(raw)
    before = _before(raw, number)
    gone = [row[0] for row in raw.execute("SELECT id FROM sync_commit WHERE import_id = ? ORDER BY id", (number,))]
    withdrawn = {*gone, *before.released}
    keys = _touched(ledger, sorted(withdrawn))
    stored = head_store.load(ledger, keys)
    remaining = {number for key, kept in stored.items() for number in writers(ledger, key, kept.heads)} - withdrawn
    for key, kept in stored.items():
        _clear(ledger, key, kept)
    raw.executemany("DELETE FROM sync_commit WHERE id = ?", [(commit,) for commit in gone])
    raw.executemany('DELETE FROM sync_need WHERE "commit" = ?', [(commit,) for commit in gone])
    _restore_places(raw, before)
    rebuild(Ledger(raw), keys, remaining)
    changed = raw.execute("SELECT noun, id FROM sync_dirty").fetchall()
    raw.execute("DELETE FROM sync_dirty")
    refresh.run(connection, changed)
    return len(keys)


def _touched(ledger: Ledger, commits: list[int]) -> list[Key]:
    keys: dict[Key, None] = {}
    for number in commits:
        content = ledger.commit(number)
        keys.update(dict.fromkeys((change.table, change.row) for change in content.changed))
        for block in content.created:
            keys.update(dict.fromkeys((block.table, str(row[0])) for row in block.rows))
    return list(keys)


def _clear(ledger: Ledger, key: Key, kept: Stored) -> None:
    if kept.state != GONE:
        settling.hide(ledger, key, GONE)
    ledger.raw.execute("DELETE FROM sync_record WHERE noun = ? AND id = ?", key)
    ledger.raw.execute("DELETE FROM sync_head WHERE noun = ? AND id = ?", key)


def _restore_places(raw: sqlite3.Connection, before: _Before) -> None:
    """Mark the tips of before, and let the commits wait again that only the import had released."""
    raw.execute("UPDATE sync_commit SET tip = 0 WHERE tip = 1")
    raw.executemany("UPDATE sync_commit SET tip = 1 WHERE id = ?", [(number,) for number in before.tips])
    raw.executemany(
        "UPDATE sync_commit SET applied = NULL, height = 0 WHERE id = ?", [(number,) for number in before.released]
    )
    ledger = Ledger(raw)
    for number in before.released:
        missing = applying.missing_prerequisites(ledger, ledger.commit(number))
        raw.executemany('INSERT INTO sync_need ("commit", hash) VALUES (?, ?)', [(number, name) for name in missing])


def rebuild(ledger: Ledger, keys: list[Key], commits: set[int]) -> None:
    """Merge records anew from the commits that wrote them."""
    batch = Batch(ledger, only=frozenset(keys))
    marks = ",".join(map(str, commits))
    for (number,) in ledger.raw.execute(
        f"SELECT id FROM sync_commit WHERE id IN ({marks}) ORDER BY applied, id"
    ).fetchall():
        batch.add(number, ledger.commit(number))
    batch.flush()
    settling.settle(ledger, settling.suspects(ledger.raw))
