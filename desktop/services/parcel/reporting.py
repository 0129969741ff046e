"""What an import does, told before and after: records new, changed and deleted, field by field, and what waits."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from desktop.models.fields import Noun, Value, nouns
from desktop.services.journal import declared, outward
from desktop.services.journal.applying import Taken
from desktop.services.journal.head_store import HELD
from desktop.services.journal.ledger import Ledger
from desktop.sync.commit import prerequisites

MOST_DETAILS: Final = 2_000
NEW, CHANGED, DELETED = "new", "changed", "deleted"


def changes(raw: sqlite3.Connection) -> dict[str, Any]:
    """Return counts of the records that the open transaction changed, and the changes of the first of them.

    It is read from what capture marked: each touched record with its fields before.
    """
    counts = {NEW: 0, CHANGED: 0, DELETED: 0}
    details: list[dict[str, Any]] = []
    for noun in nouns().values():
        for row, before, after in _touched(raw, noun):
            if before == after:
                continue
            kind = NEW if before is None else DELETED if after is None else CHANGED
            counts[kind] += 1
            if len(details) < MOST_DETAILS:
                label = outward.label_of(raw, noun.name, row, dict(zip(noun.names, after or before or (), strict=True)))
                details.append(_detail(noun, row, label, kind, before, after))
    return {"counts": counts, "changes": details, "more": max(0, sum(counts.values()) - len(details))}


def _touched(raw: sqlite3.Connection, noun: Noun) -> Iterator[tuple[str, list[Value] | None, list[Value] | None]]:
    columns = ", ".join(f't."{name}"' for name in noun.names)
    rows = raw.execute(
        f"SELECT d.id, d.before, t.id IS NOT NULL, {columns} FROM sync_dirty d "
        f'LEFT JOIN "{noun.name}" t ON t.id = d.id WHERE d.noun = ?',
        (noun.name,),
    )
    for row, before, present, *values in rows:
        yield row, None if before is None else json.loads(before), values if present else None


def _detail(
    noun: Noun, row: str, label: str, kind: str, before: list[Value] | None, after: list[Value] | None
) -> dict[str, Any]:
    empty = [item.default for item in noun.fields]
    return {
        "noun": noun.name,
        "noun_title": outward.noun_title(noun.name),
        "id": row,
        "label": label,
        "kind": kind,
        "fields": [
            {
                "field": outward.field_name(noun.name, item.name),
                "title": item.title,
                "old": outward.value(noun.name, item.name, old) if before is not None else None,
                "new": outward.value(noun.name, item.name, new) if after is not None else None,
            }
            for item, old, new in zip(noun.fields, before or empty, after or empty, strict=True)
            if old != new
        ],
    }


def waiting(ledger: Ledger) -> list[dict[str, Any]]:
    """Return what waits and for what: commits by office and place, and records whose targets are not here."""
    return [*_waiting_commits(ledger), *_held_records(ledger.raw)]


def _waiting_commits(ledger: Ledger) -> list[dict[str, Any]]:
    offices = dict(ledger.raw.execute("SELECT office, name FROM sync_trust").fetchall())
    found = []
    for (number,) in ledger.raw.execute("SELECT id FROM sync_commit WHERE applied IS NULL ORDER BY id").fetchall():
        commit = ledger.commit(number)
        office = offices.get(commit.office, commit.office)
        missing = [name for name in prerequisites(commit) if not _applied(ledger.raw, name)]
        text = f"{office}第{commit.seq}号修改在等待尚未收到的{len(missing)}项修改，请向对方索取之前的数据包"
        if declared.is_barred(ledger.raw, number):
            text = f"{office}第{commit.seq}号修改由已作废的密钥签署或已声明作废，没有采用，请与该工会核对"
        found.append(
            {
                "kind": "commit",
                "commit": ledger.name(number).hex(),
                "office": office,
                "number": commit.seq,
                "needs": missing,
                "barred": declared.is_barred(ledger.raw, number),
                "text": text,
            }
        )
    return found


def _applied(raw: sqlite3.Connection, name: str) -> bool:
    row = raw.execute("SELECT applied FROM sync_commit WHERE hash = ?", (bytes.fromhex(name),)).fetchone()
    return row is not None and row[0] is not None


def _held_records(raw: sqlite3.Connection) -> list[dict[str, Any]]:
    rows = raw.execute("SELECT noun, id FROM sync_record WHERE state >= 2 AND state = ?", (HELD,)).fetchall()
    return [
        {
            "kind": "record",
            "noun": noun,
            "record": row,
            "needs": [],
            "text": f"一条{outward.noun_title(noun)}记录所引用的内容尚未收到，或需要升级程序才能显示",
        }
        for noun, row in rows
    ]


def summary(result: dict[str, Any], taken: Taken) -> str:
    """Return the short form of a result that is kept in the list of exchanges, with what an exact undo needs."""
    kept = {key: result[key] for key in ("applied", "already_known", "counts")}
    counts = {"conflicts": len(result["conflicts"]), "waiting": len(result["waiting"])}
    return json.dumps({**kept, **counts, "tips": taken.tips_before, "released": taken.released})
