"""Whose keys are accepted: by a person here, or on the word of an office that is trusted."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from desktop.errors import BadInput, BadPackage, NotAllowed
from desktop.models import capture, refresh
from desktop.services.journal import applying
from desktop.services.journal.applying import Incoming
from desktop.services.trust.identity_document import Identity, make_own_card
from desktop.sync import certificate
from desktop.sync.certificate import Card
from desktop.sync.commit import commit_hash

RELATIONS = ("parent", "child", "peer")
SELF, VOUCHED = "self", "vouched"


def note_self(connection: Connection) -> None:
    """Keep this office's own card, once its record is founded."""
    raw = capture.driver(connection)
    _remember(raw, make_own_card(raw), SELF, None)


def accept(connection: Connection, identity: Identity, relation: str) -> None:
    """Accept an office's key as that of parent, child or peer, and take in the founding records that came with it."""
    if relation not in RELATIONS:
        raise BadInput(f"关系“{relation}”不对：应为 parent（上级）、child（下级）或 peer（同级）。", "as")
    raw = capture.driver(connection)
    own = raw.execute("SELECT office FROM sync_identity").fetchone()
    if own is not None and own[0] == identity.id:
        raise BadInput("这是本工会自己的身份文件，不需要采信。", "identity")
    _refuse_second_key(raw, identity.card)
    for card in identity.above:
        if card.office != (own[0] if own else None) and not _known_keys(raw, card.office):
            _remember(raw, card, VOUCHED, identity.public_key)
    _remember(raw, identity.card, relation, None)
    _take_founding(connection, [*identity.above, identity.card])
    if own is not None:
        _link(raw, own[0], identity.id, relation)


def take_vouched(raw: sqlite3.Connection, cards: Iterable[Card], voucher: bytes) -> None:
    """Accept the keys that a trusted office vouches for (BadPackage where one contradicts what is known here)."""
    for card in cards:
        certificate.founding_commit(card)
        if not certificate.vouched_by(card, voucher):
            raise BadPackage("数据包中有工会身份没有担保签名，可能被改动过。没有导入任何内容。")
        known = _known_keys(raw, card.office)
        if bytes.fromhex(card.public_key) in known:
            continue
        if known:
            raise BadPackage(
                f"数据包为“{card.name}”出示了另一把密钥，与本机登记的不一致。没有导入任何内容；请与该工会当面核对指纹。"
            )
        _remember(raw, card, VOUCHED, voucher)


def key_of_office(raw: sqlite3.Connection, office: str) -> list[bytes]:
    """Return the keys accepted for an office, revoked ones left out."""
    rows = raw.execute("SELECT public_key FROM sync_trust WHERE office = ? AND revoked_at IS NULL", (office,))
    return [row[0] for row in rows]


def _known_keys(raw: sqlite3.Connection, office: str) -> set[bytes]:
    return {row[0] for row in raw.execute("SELECT public_key FROM sync_trust WHERE office = ?", (office,))}


def _refuse_second_key(raw: sqlite3.Connection, card: Card) -> None:
    rows = raw.execute(
        "SELECT public_key FROM sync_trust WHERE office = ? AND relation != 'vouched' AND revoked_at IS NULL",
        (card.office,),
    )
    others = {row[0] for row in rows} - {bytes.fromhex(card.public_key)}
    if others:
        raise NotAllowed(f"“{card.name}”已登记了另一把密钥。请先与该工会当面核对指纹，确认后再处理。", "identity")
    owner = raw.execute("SELECT office FROM sync_trust WHERE public_key = ?", (bytes.fromhex(card.public_key),))
    row = owner.fetchone()
    if row is not None and row[0] != card.office:
        raise NotAllowed(f"“{card.name}”的密钥已登记在另一个工会名下。请与对方核对。", "identity")


def _remember(raw: sqlite3.Connection, card: Card, relation: str, voucher: bytes | None) -> None:
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    given = bytes.fromhex(card.certificate) if card.certificate and voucher is not None else None
    raw.execute(
        "INSERT INTO sync_trust "
        "(public_key, office, name, level, relation, accepted_at, voucher, certificate, document) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (public_key) DO UPDATE SET relation = excluded.relation, "
        "voucher = excluded.voucher, certificate = excluded.certificate",
        (
            bytes.fromhex(card.public_key),
            card.office,
            card.name,
            card.level,
            relation,
            moment,
            voucher,
            given,
            certificate.encode(card),
        ),
    )


def _take_founding(connection: Connection, cards: list[Card]) -> None:
    raw = capture.driver(connection)
    incoming = []
    for card in cards:
        commit, data = certificate.founding_commit(card)
        incoming.append(Incoming(commit, data, commit_hash(data), bytes.fromhex(card.signature)))
    applying.take_in(raw, incoming, None)
    changed = raw.execute("SELECT noun, id FROM sync_dirty").fetchall()
    refresh.run(connection, changed)
    raw.execute("DELETE FROM sync_dirty")


def _link(raw: sqlite3.Connection, own: str, other: str, relation: str) -> None:
    """Give the lower office its place in the tree, where neither side noted it before."""
    pairs = {"parent": (own, other), "child": (other, own)}
    if relation in pairs:
        lower, upper = pairs[relation]
        raw.execute("UPDATE offices SET parent_id = ? WHERE id = ? AND parent_id IS NULL", (upper, lower))
