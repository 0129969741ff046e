"""The office's identity: making a database with it, opening one, handing the identity over and trusting others."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from desktop.errors import BadInput, StorageFault, about, reason_of
from desktop.models import capture, database
from desktop.models.base import new_id
from desktop.models.database import Database
from desktop.models.office import OFFICE_LEVELS, Office
from desktop.services import blobs
from desktop.services.journal import sealing, upgrading
from desktop.services.trust import anchor, trusting
from desktop.services.trust.identity_document import Identity, document_of, read_identity
from desktop.sync import keys

FOUNDER = "系统初始化"


def initialise(
    path: Path,
    office: str,
    level: str,
    region: str = "",
    *,
    parent: dict[str, Any] | None = None,
    regulations: Sequence[str] = (),
    operator: str = "",
) -> Database:
    """Make a database with this office's record, key and identity; refuses to overwrite (StorageFault).

    `parent` is the identity document of the office above, which is trusted with it; BadInput names what is wrong
    before any file is made.
    """
    _check(office, level)
    superior = read_identity(parent) if parent is not None else None
    if superior is not None:
        trusting.require_order((office, level), (superior.name, superior.level))
    if path.exists():
        raise StorageFault(f"数据库文件已经存在：{path}。不会覆盖它；请换一个位置，或直接打开它。", str(path))
    made = database.create_database(path)
    attach(made)
    values = {"name": office, "level": level, "region": region, "regulations": list(regulations)}
    try:
        _found(made, values, superior, operator)
    except BaseException:
        made.close()
        for left in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            left.unlink(missing_ok=True)
        raise
    return made


def open_desk(path: Path) -> Database:
    """Open an existing database so that its changes are sealed under this office's identity (StorageFault)."""
    opened = database.open_database(path)
    attach(opened)
    try:
        with database.translated(path):
            _show_understood(opened)
    except BaseException:
        opened.close()
        raise
    return opened


def _show_understood(desk: Database) -> None:
    with desk.engine.connect() as connection:
        pending = upgrading.understood(capture.driver(connection))
    if pending:
        with desk.engine.execution_options(immediate=True).begin() as connection:
            upgrading.show_understood(connection)


def own_office_id(session: Session) -> str:
    """Return the id of the office that this database belongs to; BadInput while it belongs to none."""
    office = office_id_if_any(session)
    if office is None:
        raise BadInput("数据库还没有工会身份。请先运行初始化，填写工会名称和层级。")
    return office


def office_id_if_any(session: Session) -> str | None:
    """Return the id of the office that this database belongs to; None while it belongs to none."""
    row = _raw(session).execute("SELECT office FROM sync_identity").fetchone()
    return None if row is None else str(row[0])


def identity_document(session: Session) -> dict[str, Any]:
    """Return what this office hands over: id, name, level, public key, its fingerprint, and its founding records."""
    return document_of(_raw(session))


def write_identity(session: Session, out: Path) -> dict[str, Any]:
    """Write the identity document as a JSON file and return it (BadInput where a database lies there, StorageFault)."""
    blobs.refuse_database(out)
    document = identity_document(session)
    try:
        out.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageFault(f"不能写入文件：{out}（{reason_of(error)}）。请换一个位置。", str(out)) from error
    return document


def load_identity(path: Path) -> dict[str, Any]:
    """Read and check an identity file (BadInput, BadPackage)."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"读不到身份文件：{path}。请检查文件位置。", str(path)) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"这不是身份文件：{path}。请向对方重新索取。", str(path)) from error
    with about(str(path)):
        read_identity(document)
    return dict(document)


def trust(session: Session, document: dict[str, Any], relation: str = "peer") -> dict[str, Any]:
    """Accept another office's key as that of parent, child or peer; returns name, id and fingerprint to compare."""
    other = read_identity(document)
    trusting.accept(session.connection(), other, relation)
    return {
        "id": other.id,
        "name": other.name,
        "level": other.level,
        "relation": relation,
        "fingerprint": keys.fingerprint(other.public_key),
    }


def check_place(desk: Database) -> str | None:
    """Begin a new incarnation if this file may be a copy or a restored backup; return the sentence to show, or None."""
    with desk.engine.execution_options(immediate=True).begin() as connection:
        return _rotate_in_doubt(desk.path, connection)


def _check(office: str, level: str) -> None:
    if not office.strip():
        raise BadInput("请填写工会名称。", "office")
    if level not in OFFICE_LEVELS:
        raise BadInput(f"层级“{level}”不对：应为{'、'.join(OFFICE_LEVELS)}之一。", "level")


def attach(desk: Database) -> None:
    """Let the changes of an open database be sealed, and its anchor follow them."""
    # The sealer is kept as long as the engine lives: it must not hold the engine itself.
    path, checked = desk.path, False

    def seal(connection: Connection, info: dict[str, Any]) -> capture.Sealed:
        nonlocal checked
        checked = checked or _rotate_in_doubt(path, connection) is None
        sealed = sealing.seal(connection, info)
        info["device"] = capture.driver(connection).execute("SELECT device FROM sync_identity").fetchone()[0]
        return sealed

    capture.attach_sealer(desk.engine, seal)
    anchor.follow(desk.path, desk.writing)
    anchor.follow(desk.path, desk.reading)


def _rotate_in_doubt(path: Path, connection: Connection) -> str | None:
    raw = capture.driver(connection)
    # A file without a commit yet is being founded: it has no anchor and needs none.
    if raw.execute("SELECT 1 FROM sync_stream WHERE own = 1 LIMIT 1").fetchone() is None:
        return None
    reason = anchor.doubt(path, raw)
    if reason is None:
        return None
    device = anchor.rotate(raw, reason)
    anchor.write(path, device, "")
    return anchor.MESSAGES[reason]


def _found(desk: Database, values: dict[str, Any], superior: Identity | None, operator: str) -> None:
    office_id = new_id()
    private = keys.new_private_key()
    with desk.writing() as session, session.begin():
        session.info["operator"] = operator or FOUNDER
        _raw(session).execute(
            "INSERT INTO sync_identity (id, office, private_key, public_key, device, operator) "
            "VALUES (1, ?, ?, ?, ?, ?)",
            (office_id, private, keys.public_key(private), anchor.new_device(), operator),
        )
        parent_id = None
        if superior is not None:
            trusting.accept(session.connection(), superior, "parent")
            parent_id = superior.id
        session.add(Office(id=office_id, parent_id=parent_id, **values))
    with desk.writing() as session, session.begin():
        trusting.note_self(session.connection())


def _raw(session: Session) -> Any:
    return capture.driver(session.connection())
