"""The identity document: what an office hands over so that others can know its key and its place in the tree."""

import sqlite3
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.errors import BadInput, BadPackage
from desktop.services.journal.ledger import unpacked
from desktop.services.journal.ownership import ancestors
from desktop.sync import certificate, keys
from desktop.sync.certificate import Card

FORMAT = 1


@dataclass(frozen=True)
class Identity:
    """A checked identity: the office's own card and those of the offices above it, the highest first."""

    card: Card
    above: tuple[Card, ...]

    @property
    def id(self) -> str:
        """The office's id."""
        return self.card.office

    @property
    def name(self) -> str:
        """The office's name at its founding."""
        return self.card.name

    @property
    def level(self) -> str:
        """The office's level at its founding."""
        return self.card.level

    @property
    def public_key(self) -> bytes:
        """The office's key."""
        return bytes.fromhex(self.card.public_key)


class _Document(msgspec.Struct):
    id: str
    public_key: str
    fingerprint: str
    card: Card
    above: list[Card] = []
    format: int = FORMAT


def read_identity(document: object) -> Identity:
    """Check an identity document: format, signatures, fingerprint (BadInput, BadPackage)."""
    try:
        found = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        raise BadInput("这不是完整的工会身份文件。请向对方重新索取。", "identity") from error
    if found.format > FORMAT:
        raise BadPackage("身份文件由更新版本的程序制作。请升级程序。")
    certificate.founding_commit(found.card)
    public = bytes.fromhex(found.card.public_key)
    agrees = (found.id, found.public_key, found.fingerprint) == (
        found.card.office,
        found.card.public_key,
        keys.fingerprint(public),
    )
    if not agrees:
        raise BadPackage("身份文件前后不一致，可能被改动过。请向对方重新索取。")
    for card in found.above:
        certificate.founding_commit(card)
        if not certificate.vouched_by(card, public):
            raise BadPackage("身份文件中上级工会的信息没有担保签名，可能被改动过。请向对方重新索取。")
    return Identity(found.card, tuple(found.above))


def document_of(raw: sqlite3.Connection) -> dict[str, Any]:
    """Return this office's identity document."""
    row = raw.execute("SELECT office, private_key FROM sync_identity").fetchone()
    if row is None:
        raise BadInput("数据库还没有工会身份。请先运行初始化，填写工会名称和层级。")
    card = own_card(raw)
    public = bytes.fromhex(card.public_key)
    above = [certificate.certify(known, row[1]) for known in _cards_above(raw, row[0])]
    return {
        "format": FORMAT,
        "id": card.office,
        "name": card.name,
        "level": card.level,
        "public_key": card.public_key,
        "fingerprint": keys.fingerprint(public),
        "card": msgspec.to_builtins(card),
        "above": [msgspec.to_builtins(known) for known in above],
    }


def own_card(raw: sqlite3.Connection) -> Card:
    """Return this office's own card."""
    row = raw.execute("SELECT document FROM sync_trust WHERE relation = 'self'").fetchone()
    return certificate.decode(row[0])


def make_own_card(raw: sqlite3.Connection) -> Card:
    """Build this office's card from the commit that founded its record."""
    office, public = raw.execute("SELECT office, public_key FROM sync_identity").fetchone()
    founding, signature = raw.execute(
        "SELECT c.raw, c.signature FROM sync_commit c JOIN sync_stream s ON s.id = c.stream "
        "JOIN sync_scope p ON p.id = s.scope WHERE s.own = 1 AND p.office = ? AND p.kind = 'listed' AND c.seq = 1",
        (office,),
    ).fetchone()
    name, level = raw.execute("SELECT name, level FROM offices WHERE id = ?", (office,)).fetchone()
    return Card(office, name, level, public.hex(), unpacked(founding).decode(), signature.hex())


def _cards_above(raw: sqlite3.Connection, office: str) -> list[Card]:
    cards = []
    for above in reversed(ancestors(raw, office)):
        row = raw.execute(
            "SELECT document FROM sync_trust WHERE office = ? AND revoked_at IS NULL "
            "ORDER BY relation = 'former', accepted_at",
            (above,),
        ).fetchone()
        if row is not None:
            cards.append(certificate.decode(row[0]))
    return cards
