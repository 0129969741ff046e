"""Compaction: old changes that every partner has are archived to a file and folded into a signed snapshot."""

import hashlib
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.models import capture
from desktop.models.database import Database, translated
from desktop.services.journal import folding
from desktop.services.journal.history import Change, changes_in
from desktop.services.journal.ledger import Ledger
from desktop.services.parcel import claiming, exporting, scoping, stick
from desktop.services.parcel.opening import held_keys, read_package
from desktop.services.parcel.telling import Progress, no_progress
from desktop.sync import commit as commits
from desktop.sync import keys, package
from desktop.sync.package import CommitRecord

DOMAIN = "snapshot"
KEEP_DAYS = 365


def foldable(session: Session, keep_days: int = KEEP_DAYS) -> dict[str, Any]:
    """Return how many changes can be folded now, of how many, and which partners have not confirmed the rest."""
    raw = capture.driver(session.connection())
    found = _eligible(raw, keep_days)
    total, folded = raw.execute("SELECT count(*), coalesce(sum(folded), 0) FROM sync_commit").fetchone()
    return {"commits": len(found), "total": total, "folded": folded, "blocked_by": _blocking(raw)}


def retire(session: Session, device: str) -> None:
    """Wait no longer for the claims of a partner's file that is in use no more (NotFound)."""
    raw = capture.driver(session.connection())
    done = raw.execute("UPDATE sync_peer SET retired = 1 WHERE device = ?", (device,))
    if not done.rowcount:
        raise NotFound("没有这台电脑的记录。请从清单中选择。", "device")


def compact(
    database: Database,
    archive: Path,
    keep_days: int = KEEP_DAYS,
    *,
    erase_deleted: bool = False,
    report_progress: Progress = no_progress,
) -> dict[str, Any]:
    """Write the changes that every partner has into an archive file, and fold them (NotAllowed when there are none).

    Nothing is dropped before the archive is on the disk, read back and compared; the folding itself is one
    transaction. The archive explains the history from then on (see `archived_history`). With `erase_deleted` what
    deleted records held goes from the log as well: should somebody who was away have edited one, it comes back without
    its other values, and waits.
    """
    if archive.exists():
        raise BadInput(f"归档文件已经存在：{archive}。不会覆盖它；请换一个文件名。", str(archive))
    with translated(database.path), database.writing() as session, session.begin():
        raw = capture.driver(session.connection())
        if capture.has_dirty(raw):
            raise NotAllowed("还有没有保存的修改，不能归档。请先保存。")
        numbers = _eligible(raw, keep_days)
        fresh = [number for number in numbers if not folding.is_folded(raw, [number])]
        if not fresh:
            raise NotAllowed("没有可以归档的修改：要等每个交换对象都确认收到，并且超过保留天数。")
        data = exporting.archived(raw, fresh, report_progress)
        stick.write_safely(archive, data)
        report_progress(len(fresh), len(fresh), "归并")
        saved = folding.fold(Ledger(raw), numbers, erase_deleted=erase_deleted)
        _sign(raw, archive, data, len(numbers))
    return {
        "archive": str(archive),
        "archive_sha256": hashlib.sha256(data).hexdigest(),
        "commits": len(fresh),
        "bytes_saved": saved,
    }


def archived_history(session: Session, archive: Path, noun: str, record_id: str) -> list[Change]:
    """Return the changes of a record that lie in an archive file, the oldest first (BadInput, BadPackage)."""
    raw = capture.driver(session.connection())
    found = read_package(archive, held_keys(raw))
    known = {key for (key,) in raw.execute("SELECT public_key FROM sync_trust WHERE relation IN ('self', 'former')")}
    if bytes.fromhex(found.manifest.public_key) not in known:
        raise BadInput("这个归档文件不是本工会制作的。请选择本工会的归档。", str(archive))
    return changes_in(Ledger(raw), (noun, record_id), _commits(found))


def _commits(found: package.Package) -> Iterator[tuple[commits.Commit, bytes]]:
    for record in package.records(found):
        if isinstance(record, CommitRecord):
            yield commits.decode(record.raw), commits.commit_hash(record.raw)


def _eligible(raw: sqlite3.Connection, keep_days: int) -> list[int]:
    """Return the commits that may be folded: old, held by every partner that may have them, with all they build on."""
    if keep_days < 0:
        raise BadInput("保留天数不能是负数。", "keep_days")
    limit = (date.today() - timedelta(days=keep_days)).isoformat() + "~"
    held = _held_by_partners(raw)
    last = raw.execute("SELECT max(id) FROM sync_import WHERE undone_at IS NULL").fetchone()[0]
    rows = raw.execute(
        "SELECT c.id, c.hash, c.import_id, s.scope FROM sync_commit c JOIN sync_stream s ON s.id = c.stream "
        "WHERE c.applied IS NOT NULL ORDER BY c.applied, c.id"
    ).fetchall()
    ledger = Ledger(raw)
    chosen: dict[str, int] = {}
    for number, name, import_id, scope in rows:
        partners = held.get(scope)
        if (import_id is not None and import_id == last) or (partners is not None and number not in partners):
            continue
        commit = ledger.commit(number)
        if commit.time <= limit and all(need in chosen for need in commits.prerequisites(commit)):
            chosen[name.hex()] = number
    return list(chosen.values())


def _held_by_partners(raw: sqlite3.Connection) -> dict[int, set[int]]:
    """Return by scope the commits that every partner who may have it claims; scopes of nobody else are left out."""
    found: dict[int, set[int]] = {}
    for office in _partners(raw):
        claims = claiming.claims_of(raw, office)
        held = claiming.held_by_all(raw, claims)
        for scope in scoping.scopes_for(raw, [office]):
            found[scope] = held & found[scope] if scope in found else held
    return found


def _partners(raw: sqlite3.Connection) -> list[str]:
    rows = raw.execute(
        "SELECT DISTINCT office FROM sync_trust WHERE relation IN ('parent', 'child', 'peer') AND revoked_at IS NULL "
        "UNION SELECT p.office FROM sync_peer p JOIN sync_identity i ON i.office = p.office WHERE p.retired = 0"
    )
    return [row[0] for row in rows]


def _blocking(raw: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the partners' files by what they have not confirmed, those that lack the most first."""
    names = dict(raw.execute("SELECT office, name FROM sync_trust").fetchall())
    found = []
    for office in _partners(raw):
        marks = ",".join(map(str, scoping.scopes_for(raw, [office]))) or "NULL"
        rows = raw.execute(
            f"SELECT c.id FROM sync_commit c JOIN sync_stream s ON s.id = c.stream WHERE s.scope IN ({marks})"
        )
        due = {row[0] for row in rows}
        devices = raw.execute(
            "SELECT device, heard_at FROM sync_peer WHERE office = ? AND retired = 0", (office,)
        ).fetchall()
        claims = claiming.claims_of(raw, office)
        for (device, heard), claim in zip(devices, claims, strict=True):
            found.append((len(due - claiming.held_by_all(raw, [claim])), office, device, heard))
        if not devices:
            found.append((len(due), office, "", None))
    return [
        {"office": office, "name": names.get(office, office), "device": device, "last_heard": heard, "commits": lacking}
        for lacking, office, device, heard in sorted(found, key=lambda one: -one[0])
        if lacking
    ]


def _sign(raw: sqlite3.Connection, archive: Path, data: bytes, count: int) -> None:
    private, public = raw.execute("SELECT private_key, public_key FROM sync_identity").fetchone()
    (last,) = raw.execute("SELECT max(id) FROM sync_commit WHERE folded = 1").fetchone()
    found = folding.digest(raw, last)
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    raw.execute(
        "INSERT INTO sync_snapshot (made_at, archive, archive_sha256, commits, last, digest, public_key, signature) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (moment, str(archive), hashlib.sha256(data).hexdigest(), count, last, found, public,
         keys.sign(private, DOMAIN, found.encode())),
    )  # fmt: skip


def faults(raw: sqlite3.Connection) -> Iterator[str]:
    """Find what does not hold of the last snapshot: its digest or its signature."""
    row = raw.execute(
        "SELECT last, digest, public_key, signature FROM sync_snapshot ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is not None:
        last, kept, public, signature = row
        if folding.digest(raw, last) != kept or not keys.verify(public, DOMAIN, kept.encode(), signature):
            yield "归并后的修改记录与签名不符"
