"""A second PC of one office: an enrolment file, locked with a passphrase, from which it starts."""

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from desktop.errors import BadInput, StorageFault, reason_of
from desktop.models import capture, database
from desktop.models.database import Database
from desktop.services import blobs, identity
from desktop.services.trust import anchor, trusting
from desktop.services.trust.identity_document import Identity, document_of, own_card, read_identity
from desktop.sync import certificate, keys, locking
from desktop.sync.certificate import Card


class Enrolment(msgspec.Struct):
    """What a further PC of an office starts from: the key, the identity, and whom the office knows."""

    private_key: bytes
    identity: dict[str, Any]
    known: list[tuple[str, Card]]


def enrol(session: Session, out: Path, passphrase: str) -> dict[str, Any]:
    """Write the file from which another PC of this office starts: the office's key, locked (BadInput, StorageFault)."""
    blobs.refuse_database(out)
    raw = capture.driver(session.connection())
    row = raw.execute("SELECT private_key FROM sync_identity").fetchone()
    document = document_of(raw)
    content = msgspec.json.encode(Enrolment(row[0], document, known_cards(raw)))
    try:
        out.write_bytes(locking.lock(content, passphrase))
    except OSError as error:
        raise StorageFault(f"不能写入文件：{out}（{reason_of(error)}）。请换一个位置。", str(out)) from error
    return {"path": str(out), "id": own_card(raw).office, "fingerprint": document["fingerprint"]}


def known_cards(raw: sqlite3.Connection) -> list[tuple[str, Card]]:
    """Return the cards of the offices accepted here, with their relation, the earliest first."""
    rows = raw.execute(
        "SELECT relation, document FROM sync_trust WHERE relation IN ('parent', 'child', 'peer') "
        "AND revoked_at IS NULL ORDER BY accepted_at"
    )
    return [(relation, certificate.decode(kept)) for relation, kept in rows]


def join(path: Path, enrolment: Path, passphrase: str, operator: str = "") -> Database:
    """Make the database of a further PC of the office from its enrolment file (BadInput, StorageFault).

    It holds the office's key and record; the data comes with the first package from another PC of the office.
    """
    found = read_enrolment(enrolment, passphrase)
    if keys.public_key(found.private_key) != read_identity(found.identity).public_key:
        raise BadInput("加入文件里的密钥与工会身份不符。请在第一台电脑上重新生成。", str(enrolment))
    return begin(path, found, operator)


def begin(path: Path, found: Enrolment, operator: str = "") -> Database:
    """Make the database of an office that exists already, from its key and identity (StorageFault)."""
    office = read_identity(found.identity)
    made = database.create_database(path)
    identity.attach(made)
    try:
        _found(made, found, office, operator)
    except BaseException:
        made.close()
        path.unlink(missing_ok=True)
        raise
    return made


def read_parts(private: bytes, identity_document: dict[str, Any], known: Any) -> Enrolment:
    """Put together what `begin` needs from its parts (BadInput where they are none)."""
    try:
        return Enrolment(private, identity_document, msgspec.convert(known, list[tuple[str, Card]]))
    except msgspec.ValidationError as error:
        raise BadInput("恢复份额文件不完整。请换一份再试。", "shares") from error


def read_enrolment(enrolment: Path, passphrase: str) -> Enrolment:
    """Read an enrolment file (BadInput)."""
    try:
        data = enrolment.read_bytes()
    except OSError as error:
        raise BadInput(f"读不到加入文件：{enrolment}。请检查文件位置。", str(enrolment)) from error
    try:
        return msgspec.json.decode(locking.unlock(data, passphrase), type=Enrolment)
    except msgspec.DecodeError as error:
        raise BadInput("加入文件不完整。请在第一台电脑上重新生成。", str(enrolment)) from error


def _found(made: Database, found: Enrolment, office: Identity, operator: str) -> None:
    with made.writing() as session, session.begin():
        raw = capture.driver(session.connection())
        # Taken in before the file has an office of its own: its own card comes like any other's.
        trusting.accept(session.connection(), office, "peer")
        for relation, card in found.known:
            trusting.accept(session.connection(), Identity(card, ()), relation)
        raw.execute("UPDATE sync_trust SET relation = 'self' WHERE public_key = ?", (office.public_key,))
        raw.execute(
            "INSERT INTO sync_identity (id, office, private_key, public_key, device, operator) "
            "VALUES (1, ?, ?, ?, ?, ?)",
            (office.id, found.private_key, office.public_key, anchor.new_device(), operator),
        )
