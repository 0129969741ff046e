"""Making a package: what the receivers do not have by their own claim, signed, written safely to a stick."""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.services import blobs
from desktop.services.journal.ledger import Ledger, unpacked
from desktop.services.journal.state import state_hash
from desktop.services.parcel import claiming, opening, scoping, stick
from desktop.services.parcel.telling import Progress, no_progress, told
from desktop.sync import certificate, commit, envelope, package
from desktop.sync.certificate import Card
from desktop.sync.package import BodyWriter, Manifest


@dataclass(frozen=True)
class _Content:
    """What goes into a package: scopes, commits by number, the files asked for, and who receives it."""

    recipients: list[str]
    scopes: set[int]
    commits: list[int]
    files: list[str]


def export_package(
    session: Session,
    out: Path,
    to: Sequence[str] = (),
    full: bool = False,
    report_progress: Progress = no_progress,
    *,
    encrypt: bool = False,
) -> dict[str, Any]:
    """Write a package for the offices `to` (by id; see `default_recipients`) and return what it holds.

    With `encrypt` only they can read it. For several it holds what each of them may receive; `left_out` tells how many
    changes only some may have: these need a package each. The file appears whole, read back and verified, or not at all
    (StorageFault), as when `report_progress` raises to cancel. NotAllowed for an office that was not accepted here.
    """
    session.flush()
    raw = capture.driver(session.connection())
    recipients = list(dict.fromkeys(to)) or scoping.default_recipients(raw)
    content = _choose(raw, recipients, full)
    left_out = _left_out(raw, content, full)
    folder = blobs.folder(session)
    manifest, data = _build(raw, content, full, folder, report_progress)
    if encrypt:
        data = envelope.seal(data, opening.keys_for(raw, recipients))
    report_progress(manifest.commits, manifest.commits, "写入并读回核对")
    stick.write_safely(out, data)
    _note(raw, manifest, data)
    return {
        "path": str(out),
        "number": manifest.number,
        "recipients": recipients,
        "commits": manifest.commits,
        "records": _count_records(raw, content.commits),
        "files": manifest.blobs,
        "bytes": len(data),
        "full": full,
        "encrypted": encrypt,
        "left_out": left_out,
        "state_hash": manifest.state_hash,
    }


def _left_out(raw: sqlite3.Connection, content: _Content, full: bool) -> int:
    """Return how many changes only some of several recipients may have: a package for all of them leaves these out."""
    if len(content.recipients) < 2:
        return 0
    # What all of them may have is in the package if any of them lacks it, unless one does not take it folded.
    shared = set() if scoping.folded_for_others(raw, content.recipients) else content.scopes
    each: set[int] = set()
    for office, scopes in scoping.scopes_of_each(raw, content.recipients).items():
        each.update(_wanted(raw, [office], scopes - shared, full))
    return len(each.difference(content.commits))


def commits_for(raw: sqlite3.Connection, office: str) -> list[int]:
    """Return the numbers of the commits that a package for `office` would carry now."""
    return _choose(raw, [office], full=False).commits


def outlook(session: Session, to: Sequence[str], full: bool = False) -> dict[str, Any]:
    """Return what a package for `to` would hold now: commits, records by noun, files (NotAllowed as on export)."""
    raw = capture.driver(session.connection())
    content = _choose(raw, list(to), full)
    records, files = _count_records(raw, content.commits), len(_named_files(raw, content))
    return {"commits": len(content.commits), "records": records, "files": files}


def _choose(raw: sqlite3.Connection, recipients: list[str], full: bool) -> _Content:
    scopes = scoping.scopes_for(raw, recipients)
    asked = raw.execute(
        "SELECT DISTINCT w.sha256 FROM sync_want w JOIN sync_peer p ON p.device = w.device WHERE p.office IN "
        "(SELECT value FROM json_each(?)) ORDER BY w.sha256",
        (json.dumps(recipients),),
    )
    files = [digest for (digest,) in asked]
    return _Content(recipients, scopes, _wanted(raw, recipients, scopes, full), files)


def _wanted(raw: sqlite3.Connection, recipients: list[str], scopes: Collection[int], full: bool) -> list[int]:
    """Return the commits of `scopes` that some recipient lacks by its own claim, in the order they were applied."""
    claimed = [claiming.claims_of(raw, office) for office in recipients]
    claims = [claim for found in claimed for claim in found]
    held = set() if full or not all(claimed) else claiming.held_by_all(raw, claims, scopes)
    left_out = held | scoping.folded_for_others(raw, recipients)
    marks = ",".join(map(str, scopes)) or "NULL"
    rows = raw.execute(
        f"SELECT c.id FROM sync_commit c JOIN sync_stream s ON s.id = c.stream WHERE s.scope IN ({marks}) "
        'AND NOT EXISTS (SELECT 1 FROM sync_need n WHERE n."commit" = c.id AND n.hash = c.hash) '
        "ORDER BY c.applied IS NULL, c.applied, c.id"
    )
    return [number for (number,) in rows if number not in left_out]


def archived(raw: sqlite3.Connection, numbers: list[int], report_progress: Progress) -> bytes:
    """Return a package of these commits for this office itself, without files, to keep what they say."""
    own = str(raw.execute("SELECT office FROM sync_identity").fetchone()[0])
    rows = raw.execute("SELECT id FROM sync_scope")
    content = _Content([own], {number for (number,) in rows}, numbers, [])
    return _build(raw, content, False, None, report_progress)[1]


def _build(
    raw: sqlite3.Connection, content: _Content, full: bool, folder: Path | None, report_progress: Progress
) -> tuple[Manifest, bytes]:
    office, private, public, device, former = raw.execute(
        "SELECT office, private_key, public_key, device, former FROM sync_identity"
    ).fetchone()
    writer = BodyWriter()
    steps = told(content.commits, len(content.commits), "装入修改", report_progress)
    authors = _write_commits(raw, writer, steps, _covered(raw, content.commits))
    if folder is not None:
        _write_files(writer, _named_files(raw, content), folder)
    body = writer.finish()
    manifest = Manifest(
        format=package.FORMAT,
        office=office,
        name=raw.execute("SELECT name FROM sync_trust WHERE relation = 'self'").fetchone()[0],
        public_key=public.hex(),
        device=device,
        former=former,
        number=raw.execute("SELECT coalesce(max(number), 0) + 1 FROM sync_export").fetchone()[0],
        made_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        recipients=content.recipients,
        full=full,
        scopes=_scope_names(raw, content.scopes),
        commits=writer.commits,
        blobs=writer.blobs,
        body_length=len(body),
        content_length=writer.length,
        body_sha256=hashlib.sha256(body).hexdigest(),
        state_hash=state_hash(raw, content.scopes),
        have=claiming.have(raw, scoping.claimed_to(raw, content.recipients)),
        wants=[] if folder is None else missing_files(raw, folder),
        cards=_cards(raw, authors, public, private),
    )
    return manifest, package.write(manifest, body, private)


def _scope_names(raw: sqlite3.Connection, scopes: Iterable[int]) -> list[tuple[str, str]]:
    rows = raw.execute("SELECT id, office, kind FROM sync_scope")
    found = {number: (office, kind) for number, office, kind in rows}
    return sorted(found[number] for number in scopes)


def _write_commits(
    raw: sqlite3.Connection, writer: BodyWriter, numbers: Iterable[int], covered: set[bytes]
) -> set[bytes]:
    """Write commits; a signature only where no later commit of the package covers it. Returns the authors' keys."""
    authors: set[bytes] = set()
    ledger = Ledger(raw)
    for number in numbers:
        kept, signature, name, stream, folded = raw.execute(
            "SELECT c.raw, c.signature, c.hash, s.name, c.folded FROM sync_commit c "
            "JOIN sync_stream s ON s.id = c.stream WHERE c.id = ?",
            (number,),
        ).fetchone()
        authors.add(commit.author_key(stream))
        if folded:
            writer.add_folded(name, ledger.raw_bytes(number))
            continue
        writer.add_commit(unpacked(kept), None if name in covered else signature)
    return authors


def _covered(raw: sqlite3.Connection, numbers: list[int]) -> set[bytes]:
    """Return the hashes of the commits that another of `numbers` names as the one before it."""
    chosen = json.dumps(numbers)
    rows = raw.execute(
        "SELECT previous FROM sync_commit WHERE id IN (SELECT value FROM json_each(?)) AND previous IS NOT NULL "
        "AND folded = 0",
        (chosen,),
    )
    return {row[0] for row in rows}


def _named_files(raw: sqlite3.Connection, content: _Content) -> list[str]:
    """Return the files that the chosen commits' attachments and papers name, and those that the receivers asked for."""
    allowed = ",".join(map(str, content.scopes)) or "NULL"
    named = {
        digest
        for table in ("attachments", "documents")
        for (digest,) in raw.execute(
            f"SELECT t.sha256 FROM {table} t JOIN sync_record r ON r.noun = '{table}' AND r.id = t.id "
            f"WHERE r.scope IN ({allowed}) AND t.sha256 != ''"
        )
    }
    fresh = _recent_digests(raw, content.commits)
    return sorted(named & (fresh | set(content.files)))


def _recent_digests(raw: sqlite3.Connection, numbers: list[int]) -> set[str]:
    found: set[str] = set()
    ledger = Ledger(raw)
    for number in numbers:
        data = ledger.raw_bytes(number)
        if b'"attachments"' in data or b'"documents"' in data:
            content = commit.decode(data)
            for block in content.created:
                if "sha256" in block.fields:
                    place = block.fields.index("sha256") + 1
                    found.update(str(row[place]) for row in block.rows if row[place])
            found.update(str(change.values["sha256"]) for change in content.changed if change.values.get("sha256"))
    return found


def _write_files(writer: BodyWriter, digests: list[str], folder: Path) -> None:
    for digest in digests:
        path = folder / digest[:2] / digest
        if path.is_file() and path.stat().st_size <= package.MAX_BLOB:
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() == digest:
                writer.add_blob(bytes.fromhex(digest), data)


def missing_files(raw: sqlite3.Connection, folder: Path) -> list[str]:
    """Return the SHA-256 of the files that records name and the folder lacks (附件待补)."""
    rows = raw.execute(
        "SELECT sha256 FROM attachments WHERE length(sha256) = 64 UNION "
        "SELECT sha256 FROM documents WHERE length(sha256) = 64 ORDER BY 1"
    )
    return [digest for (digest,) in rows if not (folder / digest[:2] / digest).is_file()]


def _cards(raw: sqlite3.Connection, authors: set[bytes], public: bytes, private: bytes) -> list[Card]:
    """Return the cards of other authors, and the own one where the key that founded the office was succeeded."""
    cards: dict[str, Card] = {}
    for key in sorted(authors | {public}):
        row = raw.execute("SELECT document FROM sync_trust WHERE public_key = ?", (key,)).fetchone()
        card = certificate.decode(row[0]) if row is not None else None
        if card is not None and (key != public or card.successions):
            cards[card.public_key] = certificate.certify(card, private)
    return [cards[key] for key in sorted(cards)]


def _note(raw: sqlite3.Connection, manifest: Manifest, data: bytes) -> None:
    raw.execute(
        "INSERT INTO sync_export (number, recipients, made_at, commits, sha256) VALUES (?, ?, ?, ?, ?)",
        (
            manifest.number,
            json.dumps(manifest.recipients),
            manifest.made_at,
            manifest.commits,
            hashlib.sha256(data).hexdigest(),
        ),
    )


def _count_records(raw: sqlite3.Connection, numbers: list[int]) -> dict[str, int]:
    """Return how many records of each kind the chosen commits touch."""
    touched: dict[str, set[str]] = {}
    ledger = Ledger(raw)
    for number in numbers:
        content = commit.decode(ledger.raw_bytes(number))
        for change in content.changed:
            touched.setdefault(change.table, set()).add(change.row)
        for block in content.created:
            touched.setdefault(block.table, set()).update(str(row[0]) for row in block.rows)
    return {noun: len(rows) for noun, rows in sorted(touched.items())}
