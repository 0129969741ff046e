"""The soundness of the database: file, references, change log against tables, attached files; backup and restore."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy.orm import Session

from desktop.errors import BadInput, BadPackage, StorageFault, reason_of
from desktop.models import capture, cipher, database, schema
from desktop.models.database import Database, translated
from desktop.models.fields import nouns
from desktop.services import blobs, compaction, identity
from desktop.services.journal import declared
from desktop.services.journal.ledger import Ledger, unpacked
from desktop.services.journal.merging import Batch
from desktop.services.journal.settling import settle, suspects
from desktop.services.parcel import exporting
from desktop.services.trust import anchor
from desktop.sync import commit as commits

MOST_FAULTS = 50
REPLAYED = ("sync_scope", "sync_stream", "sync_shape", "sync_commit", "sync_identity", "sync_trust")


def verify(desk: Database) -> dict[str, Any]:
    """Check the file, its references, the chain and signatures of the change log, the tables against it, and files.

    Returns `ok`, the sentences of what is wrong, and the files that are still to come (附件待补, no fault).
    """
    with desk.reading() as session:
        raw = capture.driver(session.connection())
        parts = {
            "file": _file_faults(raw),
            "references": _reference_faults(raw),
            "log": list(_log_faults(raw)),
            "files": _blob_faults(session),
        }
        missing = exporting.missing_files(raw, blobs.folder(session))
        counts = {
            "commits": raw.execute("SELECT count(*) FROM sync_commit").fetchone()[0],
            "records": raw.execute("SELECT count(*) FROM sync_record").fetchone()[0],
        }
    parts["tables"] = _replay_faults(desk.path) if not parts["file"] and not parts["log"] else []
    faults = [fault for found in parts.values() for fault in found]
    checks = {name: not found for name, found in parts.items()}
    return {"ok": not faults, "faults": faults[:MOST_FAULTS], "checks": checks, "files_missing": missing, **counts}


def _file_faults(raw: sqlite3.Connection) -> list[str]:
    rows = [row[0] for row in raw.execute(f"PRAGMA integrity_check({MOST_FAULTS})")]
    return [] if rows == ["ok"] else [f"数据库文件损坏：{row}" for row in rows]


def _reference_faults(raw: sqlite3.Connection) -> list[str]:
    rows = raw.execute("PRAGMA foreign_key_check").fetchmany(MOST_FAULTS)
    return [f"表 {table} 第{row}行引用了 {parent} 中不存在的记录" for table, row, parent, _ in rows]


def _log_faults(raw: sqlite3.Connection) -> Iterator[str]:
    """Find commits whose bytes, names, chain or signature do not hold, and a snapshot that is not what was signed."""
    yield from compaction.faults(raw)
    covered = {row[0] for row in raw.execute("SELECT previous FROM sync_commit WHERE previous IS NOT NULL")}
    names = {row[0] for row in raw.execute("SELECT hash FROM sync_commit WHERE applied IS NOT NULL")}
    names |= declared.voided(Ledger(raw))
    rows = raw.execute(
        "SELECT c.id, c.hash, c.seq, c.previous, c.signature, c.raw, c.applied, s.name FROM sync_commit c "
        "JOIN sync_stream s ON s.id = c.stream WHERE c.folded = 0 ORDER BY c.id"
    )
    for number, name, seq, previous, signature, kept, applied, stream in rows:
        try:
            data = unpacked(kept)
            content = commits.decode(data)
        except (BadPackage, zstandard.ZstdError) as error:
            yield f"修改记录第{number}条读不出来：{error}"
            continue
        chained = content.previous == (previous.hex() if previous else None)
        if commits.commit_hash(data) != name or (content.seq, content.stream) != (seq, stream) or not chained:
            yield f"修改记录第{number}条与它的编号不符"
        elif applied is not None and any(bytes.fromhex(need) not in names for need in commits.prerequisites(content)):
            yield f"修改记录第{number}条缺少它之前的修改"
        elif signature is None and name not in covered:
            yield f"修改记录第{number}条没有签名"
        elif signature is not None and not commits.signature_holds(content, data, signature):
            yield f"修改记录第{number}条的签名不对"


def _blob_faults(session: Session) -> list[str]:
    folder = blobs.folder(session)
    if not folder.is_dir():
        return []
    return [
        f"文件内容与名称不符：{path.name}"
        for path in sorted(folder.glob("??/*"))
        if len(path.name) == 64 and hashlib.sha256(path.read_bytes()).hexdigest() != path.name
    ]


def _replay_faults(path: Path) -> list[str]:
    """Merge the whole log anew in a file of its own and compare the outcome with the tables and heads."""
    with tempfile.TemporaryDirectory(prefix="workroom-desk-") as folder:
        cipher.intend_like(Path(folder) / "replayed.db", path)
        replayed = database.create_database(Path(folder) / "replayed.db")
        try:
            with replayed.engine.connect() as connection:
                raw = capture.driver(connection)
                cipher.attach(raw, path, "original")
                raw.execute("PRAGMA foreign_keys = OFF")
                raw.execute("BEGIN")
                _replay(raw)
                faults = _differences(raw)
                raw.execute("ROLLBACK")
                raw.execute("DETACH DATABASE original")
        finally:
            replayed.close()
    return faults


def _replay(raw: sqlite3.Connection) -> None:
    for table in REPLAYED:
        # A file that an older program made has its later columns last.
        columns = ", ".join(f'"{row[1]}"' for row in raw.execute(f"PRAGMA main.table_info({table})"))
        raw.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM original.{table}")
    ledger = Ledger(raw)
    batch = Batch(ledger)
    numbers = raw.execute("SELECT id FROM main.sync_commit WHERE applied IS NOT NULL ORDER BY applied, id")
    for (number,) in numbers.fetchall():
        batch.add(number, ledger.commit(number))
    batch.flush()
    settle(ledger, suspects(raw))


def _differences(raw: sqlite3.Connection) -> list[str]:
    faults = []
    for noun in nouns().values():
        columns = ", ".join(f'"{name}"' for name in ("id", *noun.names))
        for row in _differing(raw, noun.name, columns, "id"):
            faults.append(f"{noun.name} 的记录 {row[0]} 与修改记录不一致")
    for row in _differing(raw, "sync_head", 'noun, id, field, "commit", value', "noun, id"):
        faults.append(f"{row[0]} 的记录 {row[1]} 的冲突清单与修改记录不一致")
    for row in _differing(raw, "sync_record", "noun, id, scope, state", "noun, id"):
        faults.append(f"{row[0]} 的记录 {row[1]} 的状态与修改记录不一致")
    return faults


def _differing(raw: sqlite3.Connection, table: str, columns: str, key: str) -> list[tuple[str, ...]]:
    here, there = f'SELECT {columns} FROM main."{table}"', f'SELECT {columns} FROM original."{table}"'
    rows = raw.execute(
        f"SELECT DISTINCT {key} FROM (SELECT * FROM ({here} EXCEPT {there}) "
        f"UNION ALL SELECT * FROM ({there} EXCEPT {here})) LIMIT {MOST_FAULTS}"
    )
    return list(rows.fetchall())


def backup(desk: Database, out: Path) -> dict[str, Any]:
    """Write a consistent copy of the live database, checked after writing; files are not in it.

    An earlier backup of that name is replaced; BadInput where a database lies that somebody works with, or a file that
    is no database at all. StorageFault.
    """
    if out.resolve() == desk.path.resolve():
        raise BadInput("备份不能写到数据库自己的位置。请换一个文件名。", str(out))
    if blobs.is_database(out) and anchor.anchor_path(out).exists():
        raise BadInput(f"那里是正在使用的数据库，备份不能覆盖它：{out}。请换一个文件名。", str(out))
    if out.is_file() and out.stat().st_size and not blobs.is_database(out):
        raise BadInput(f"那里已有一个不是备份的文件，不会覆盖它：{out}。请换一个文件名。", str(out))
    try:
        database.copy_database(desk.path, out)
    except OSError as error:
        raise StorageFault(f"备份没有写成：{out}（{reason_of(error)}）。请换一个位置再试。", str(out)) from error
    _require_sound(out)
    return {"path": str(out), "bytes": out.stat().st_size}


def restore(path: Path, source: Path) -> dict[str, Any]:
    """Put a backup in the place of the database at `path`, which is kept under a dated name; no desk may be open on it.

    The restored file begins a new incarnation, so that what was done since the backup comes back from other offices
    without being taken for something else. BadInput for a file that is none of this office's, StorageFault.
    """
    if not source.is_file():
        raise BadInput(f"找不到备份文件：{source}。请检查位置。", str(source))
    if path.exists() and source.samefile(path):
        raise BadInput("这就是正在使用的数据库，不是备份。请选择一份备份文件。", str(source))
    _require_sound(source)
    if path.exists():
        _require_same_office(path, source)
    kept = schema.keep_copy(path, "恢复前") if path.exists() else None
    database.copy_database(source, path)
    for left in (path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        left.unlink(missing_ok=True)
    desk = identity.open_desk(path)
    try:
        with desk.engine.execution_options(immediate=True).begin() as connection:
            device = anchor.rotate(capture.driver(connection), anchor.RESTORED)
        anchor.write(path, device, "")
    finally:
        desk.close()
    return {"path": str(path), "kept": str(kept) if kept else None}


def _require_sound(path: Path) -> None:
    with translated(path), closing(cipher.connect(path)) as copy:
        sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        known = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sync_commit'").fetchone()[0]
    if not sound or not known:
        raise StorageFault(f"这个文件损坏，或不是本程序的数据库：{path}。请换一份备份。", str(path))


def _require_same_office(path: Path, source: Path) -> None:
    offices = []
    for file in (path, source):
        with translated(file), closing(cipher.connect(file)) as opened:
            offices.append(opened.execute("SELECT office FROM sync_identity").fetchone())
    if offices[0] is not None and offices[0] != offices[1]:
        raise BadInput("这份备份属于另一个工会，不能恢复到这里。请选择本工会的备份。", str(source))
