"""Taking a package in: everything is verified before anything is written, then one transaction applies it whole."""

import sqlite3
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from desktop.errors import BadInput, BadPackage, NotAllowed, about
from desktop.models import capture, refresh
from desktop.models.database import Database, translated
from desktop.services import blobs
from desktop.services.journal import applying, conflicts
from desktop.services.journal.applying import Taken
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.state import state_hashes
from desktop.services.parcel import claiming, reporting, scoping
from desktop.services.parcel.checking import Checked, check, incoming_of
from desktop.services.parcel.opening import held_keys, read_package
from desktop.services.parcel.telling import Progress, no_progress, told
from desktop.services.trust import anchor, trusting
from desktop.sync import package
from desktop.sync.package import BlobRecord, Manifest, Package

TWIN = "twin"


def import_package(
    database: Database,
    path: Path,
    preview: bool = False,
    expected: str | None = None,
    report_progress: Progress = no_progress,
) -> dict[str, Any]:
    """Take a package in, or with `preview` tell what it would change and write nothing.

    `expected` is the `package_sha256` of a preview: a file that was exchanged since is refused. BadPackage for
    whatever is damaged, forged, foreign or not for this office; the database is then unchanged, as it is when
    `report_progress` raises to cancel.
    """
    with about(str(path)):
        return _import(database, path, preview, expected, report_progress)


def _import(
    database: Database, path: Path, preview: bool, expected: str | None, report_progress: Progress
) -> dict[str, Any]:
    report_progress(0, 0, "读取数据包")
    with translated(database.path), database.reading() as session:
        find_key = held_keys(capture.driver(session.connection()))
    found = read_package(path, find_key)
    if expected is not None and found.sha256 != expected:
        raise BadPackage("文件与预览时的不是同一个，没有导入。请重新预览后再导入。", str(path))
    checked = check(found, report_progress)
    writing = database.engine.execution_options(immediate=True)
    with translated(path=database.path), writing.connect() as connection, connection.begin() as transaction:
        result = _apply(connection, database, checked, preview, report_progress)
        if preview:
            transaction.rollback()
    return result


def _apply(
    connection: Connection, database: Database, checked: Checked, preview: bool, report_progress: Progress
) -> dict[str, Any]:
    raw = capture.driver(connection)
    manifest = checked.package.manifest
    _meet_successor(raw, manifest)
    _admit(raw, checked)
    trusting.take_vouched(raw, manifest.cards, bytes.fromhex(manifest.public_key))
    _check_authors(raw, checked.authors)
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    import_id = _note_import(raw, checked.package, moment)
    incoming = checked.commits or incoming_of(checked.package)
    words = "比对" if preview else "写入台账"
    taken = applying.take_in(raw, told(incoming, manifest.commits, words, report_progress), import_id)
    report_progress(manifest.commits, manifest.commits, "整理变化")
    if applying.FORK not in taken.alarms and claiming.is_twin(raw, manifest, checked.package.sha256):
        _tell_of_twin(raw, manifest, taken)
    claiming.remember(raw, manifest, moment)
    _remember_wants(raw, manifest)
    result = _result(raw, checked.package, taken, import_id)
    changed = raw.execute("SELECT noun, id FROM sync_dirty").fetchall()
    raw.execute("DELETE FROM sync_dirty")
    if not preview:
        refresh.run(connection, changed)
        _keep_files(checked.package, blobs.folder_of(database.path))
        result["changed"] = changed
    result.update(files_missing=_missing(raw, database), preview=preview)
    _note_outcome(raw, import_id, taken, result)
    if not preview and applying.LOST in taken.alarms:
        anchor.write(database.path, raw.execute("SELECT device FROM sync_identity").fetchone()[0], "")
    return result


def _tell_of_twin(raw: sqlite3.Connection, manifest: Manifest, taken: Taken) -> None:
    taken.alarms.append(TWIN)
    anchor.raise_alarm(
        raw,
        TWIN,
        f"“{manifest.name}”先后做出两个不同的第{manifest.number}号数据包：对方的数据库被复制过，或被换成过备份。"
        "两个包的修改都已保留；请告知对方核对。",
    )


def _meet_successor(raw: sqlite3.Connection, manifest: Manifest) -> None:
    """Let the maker sign with the key that took the place of the known one, where it brings that one's word for it."""
    for card in manifest.cards:
        if card.office == manifest.office and trusting.key_of_office(raw, card.office):
            trusting.take_successor(raw, card)


def _admit(raw: sqlite3.Connection, checked: Checked) -> None:
    """Refuse a package whose maker was not accepted, that is for others, or that holds what the maker may not bring."""
    manifest = checked.package.manifest
    own = raw.execute("SELECT office FROM sync_identity").fetchone()
    if own is None:
        raise BadInput("数据库还没有工会身份。请先运行初始化，填写工会名称和层级。")
    _require_accepted(raw, manifest)
    if manifest.recipients and own[0] not in manifest.recipients:
        if manifest.office == own[0]:
            raise BadPackage(
                "这是本工会做给别的工会的数据包，不含只留在本工会的内容，没有导入任何内容。"
                f"请在本工会的另一台电脑上改选本工会重新制作（命令行用 package export --to {own[0]}）。"
            )
        raise BadPackage("这个数据包不是给本工会的，没有导入任何内容。请向制作者索取给本工会的数据包。")
    try:
        allowed = scoping.may_bring(raw, manifest.office, checked.scopes)
    except NotAllowed as error:
        raise BadPackage(error.message) from error
    if not (
        allowed and scoping.may_author(raw, checked.written) and scoping.may_fold(raw, manifest.office, checked.folded)
    ):
        raise BadPackage(f"数据包里有“{manifest.name}”无权提供的数据，没有导入任何内容。请与对方核对。")


def _require_accepted(raw: sqlite3.Connection, manifest: Manifest) -> None:
    key = bytes.fromhex(manifest.public_key)
    if trusting.is_void(raw, key):
        raise BadPackage(
            f"数据包是用“{manifest.name}”已声明作废的密钥签名的，没有导入任何内容。请与该工会当面核对；"
            "如果它已换用新密钥，请它在换了密钥的电脑上重新导出。"
        )
    if key not in trusting.key_of_office(raw, manifest.office):
        raise BadPackage(
            f"数据包由“{manifest.name}”制作，但本机还没有认可它的密钥。没有导入任何内容；请先取得对方的身份文件，核对指纹后认可。"
        )


def _check_authors(raw: sqlite3.Connection, authors: dict[bytes, str]) -> None:
    for key, office in authors.items():
        # What a void key signed is not refused here: it is kept apart, so that the rest of the package counts.
        row = raw.execute("SELECT office FROM sync_trust WHERE public_key = ?", (key,)).fetchone()
        if row is None or row[0] != office:
            raise BadPackage("数据包里有来历不明的修改（作者的密钥未经认可），没有导入任何内容。请与对方核对。")


def _note_import(raw: sqlite3.Connection, found: Package, moment: str) -> int:
    manifest = found.manifest
    cursor = raw.execute(
        "INSERT INTO sync_import (uuid, office, device, number, made_at, imported_at, sha256, applied, result) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 0, '{}')",
        (
            str(uuid.uuid4()),
            manifest.office,
            manifest.device,
            manifest.number,
            manifest.made_at,
            moment,
            found.sha256,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _note_outcome(raw: sqlite3.Connection, import_id: int, taken: Taken, result: dict[str, Any]) -> None:
    """Keep the import in the list, unless it brought nothing: then the one that did is named."""
    if taken.applied or taken.waiting:
        raw.execute(
            "UPDATE sync_import SET applied = ?, result = ? WHERE id = ?",
            (taken.applied, reporting.summary(result, taken), import_id),
        )
        return
    earlier = raw.execute(
        "SELECT uuid FROM sync_import WHERE sha256 = ? AND id != ? AND undone_at IS NULL ORDER BY id LIMIT 1",
        (result["package_sha256"], import_id),
    ).fetchone()
    raw.execute("DELETE FROM sync_import WHERE id = ?", (import_id,))
    result["import_id"] = earlier[0] if earlier else None


def _result(raw: sqlite3.Connection, found: Package, taken: Taken, import_id: int) -> dict[str, Any]:
    ledger = Ledger(raw)
    brought = {row[0] for row in raw.execute("SELECT id FROM sync_commit WHERE import_id = ?", (import_id,))}
    manifest = found.manifest
    scopes = {ledger.scope_id(office, kind) for office, kind in manifest.scopes}
    whole, shared = state_hashes(raw, [None, scopes])
    return {
        "applied": taken.applied + len(taken.released),
        "already_known": taken.already_known,
        "waiting": reporting.waiting(ledger),
        "conflicts": conflicts.describe(ledger, conflicts.disputed(raw, brought)),
        "import_id": raw.execute("SELECT uuid FROM sync_import WHERE id = ?", (import_id,)).fetchone()[0],
        "state_hash": whole,
        "same_state": shared == manifest.state_hash,
        "maker": {"id": manifest.office, "name": manifest.name},
        "number": manifest.number,
        "made_at": manifest.made_at,
        "package_sha256": found.sha256,
        "alarms": taken.alarms,
        **reporting.changes(raw),
    }


def _remember_wants(raw: sqlite3.Connection, manifest: Manifest) -> None:
    raw.execute("DELETE FROM sync_want WHERE device = ?", (manifest.device,))
    wanted = {digest for digest in manifest.wants if len(digest) == 64 and set(digest) <= set("0123456789abcdef")}
    rows = [(manifest.device, digest) for digest in sorted(wanted)]
    raw.executemany("INSERT INTO sync_want (device, sha256) VALUES (?, ?)", rows)


def _keep_files(found: Package, folder: Path) -> None:
    """Store the files of a package, each under the hash that it was found to have, before the commit."""
    if found.manifest.blobs:
        for record in package.records(found):
            if isinstance(record, BlobRecord):
                blobs.keep(folder, record.data)


def _missing(raw: sqlite3.Connection, database: Database) -> int:
    folder = blobs.folder_of(database.path)
    rows = raw.execute(
        "SELECT sha256 FROM attachments WHERE length(sha256) = 64 UNION "
        "SELECT sha256 FROM documents WHERE length(sha256) = 64"
    )
    return sum(not (folder / digest[:2] / digest).is_file() for (digest,) in rows)
