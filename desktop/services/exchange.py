"""The exchange of packages with other offices: making, inspecting, taking in, taking back, settling, comparing."""

from typing import Any

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.services import receipts
from desktop.services.journal.conflicts import conflicts, resolve
from desktop.services.journal.state import state_hashes
from desktop.services.parcel.exporting import export_package
from desktop.services.parcel.import_undo import undo_import
from desktop.services.parcel.importing import import_package
from desktop.services.parcel.inspecting import inspect
from desktop.sync import keys

__all__ = [
    "alarms",
    "conflicts",
    "exchanges",
    "export_package",
    "import_package",
    "inspect",
    "partners",
    "resolve",
    "state",
    "undo_import",
]


def state(session: Session) -> dict[str, Any]:
    """Return the state hash and the tips of all streams; equal where the same commits are held."""
    raw = capture.driver(session.connection())
    rows = raw.execute(
        "SELECT s.name, c.seq, c.hash FROM sync_commit c JOIN sync_stream s ON s.id = c.stream WHERE c.tip = 1 "
        "ORDER BY s.name, c.seq, c.hash"
    )
    heads = [{"stream": name, "number": seq, "commit": found.hex()} for name, seq, found in rows]
    scopes: dict[str, set[int]] = {}
    for number, office in raw.execute("SELECT id, office FROM sync_scope ORDER BY office"):
        scopes.setdefault(office, set()).add(number)
    whole, *parts = state_hashes(raw, [None, *scopes.values()])
    return {"state_hash": whole, "heads": heads, "offices": dict(zip(scopes, parts, strict=True))}


def partners(session: Session) -> list[dict[str, Any]]:
    """Return the accepted offices with their relation, fingerprint and when they were last heard of."""
    raw = capture.driver(session.connection())
    rows = raw.execute(
        "SELECT t.office, t.name, t.level, t.relation, t.public_key, t.revoked_at, "
        "(SELECT max(p.heard_at) FROM sync_peer p WHERE p.office = t.office) FROM sync_trust t "
        "WHERE t.relation NOT IN ('self', 'vouched', 'former') ORDER BY t.relation = 'child', t.name"
    )
    return [
        {
            "id": office,
            "name": name,
            "level": level,
            "relation": relation,
            "fingerprint": keys.fingerprint(public),
            "revoked_at": revoked,
            "last_heard": heard,
        }
        for office, name, level, relation, public, revoked, heard in rows
    ]


def exchanges(session: Session) -> list[dict[str, Any]]:
    """Return all packages made and taken in, the latest first; `receipt` is the word on it of the office above."""
    raw = capture.driver(session.connection())
    rows = raw.execute(
        "SELECT 'import', uuid, number, office, imported_at, applied, undone_at, office, made_at FROM sync_import "
        "UNION ALL SELECT 'export', CAST(number AS TEXT), number, recipients, made_at, commits, NULL, "
        "(SELECT office FROM sync_identity), made_at FROM sync_export ORDER BY 5 DESC"
    )
    names = ("direction", "id", "number", "with", "at", "commits", "undone_at")
    said = receipts.answers(session)
    return [
        {**dict(zip(names, row, strict=True)), "receipt": said.get((maker, row[2], made_at))}
        for *row, maker, made_at in rows
    ]


def alarms(session: Session) -> list[dict[str, Any]]:
    """Return what a person must know: copied or restored files, two edits under one number."""
    raw = capture.driver(session.connection())
    rows = raw.execute("SELECT id, kind, raised_at, detail, seen_at FROM sync_alarm ORDER BY id DESC")
    return [dict(zip(("id", "kind", "at", "text", "seen_at"), row, strict=True)) for row in rows]
