"""Whose keys are accepted: by a person here, or on the word of an office that is trusted."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from desktop.errors import BadInput, BadPackage, NotAllowed
from desktop.models import capture, refresh
from desktop.models.office import OFFICE_LEVELS
from desktop.services.journal import applying
from desktop.services.journal.applying import Incoming
from desktop.services.journal.ownership import ancestors, subtree
from desktop.services.trust import anchor
from desktop.services.trust.identity_document import Identity, make_own_card, own_card
from desktop.sync import certificate, keys
from desktop.sync.certificate import Card
from desktop.sync.commit import commit_hash

RELATIONS = ("parent", "child", "peer")
SELF, VOUCHED, FORMER = "self", "vouched", "former"


def note_self(connection: Connection) -> None:
    """Keep this office's own card, once its record is founded."""
    raw = capture.driver(connection)
    _remember(raw, make_own_card(raw), SELF, None)


def accept(connection: Connection, identity: Identity, relation: str) -> None:
    """Accept an office's key as that of parent, child or peer, and take in the founding records that came with it.

    BadInput and NotAllowed say what stands against it: this office itself, another or a void key, a place in the tree
    that it cannot have.
    """
    if relation not in RELATIONS:
        raise BadInput(f"关系“{relation}”不对：应为 parent（上级）、child（下级）或 peer（同级）。", "as")
    raw = capture.driver(connection)
    own = raw.execute("SELECT office FROM sync_identity").fetchone()
    if own is not None and own[0] == identity.id:
        raise BadInput("这是本工会自己的身份文件，不需要认可。请选择对方工会的身份文件。", "identity")
    _refuse_second_key(raw, identity.card)
    if own is not None:
        _refuse_wrong_place(raw, own[0], identity, relation)
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
        if not _known_keys(raw, card.office):
            _remember(raw, card, VOUCHED, voucher)
        else:
            take_successor(raw, card)


def take_successor(raw: sqlite3.Connection, card: Card) -> None:
    """Accept the key that took the place of a known one, on that one's own word.

    BadPackage where the card names a key that does not follow from those known: that is for people to compare.
    """
    certificate.founding_commit(card)
    chain = certificate.key_chain(card)
    known = _known_keys(raw, card.office)
    refusal = BadPackage(
        f"数据包为“{card.name}”出示了另一把密钥，与本机登记的不一致。没有导入任何内容；请与该工会当面核对指纹。"
    )
    if not known <= set(chain):
        # An older card of a key that was known to be succeeded is no contradiction.
        if set(chain) <= known:
            return
        raise refusal
    newest = max(place for place, key in enumerate(chain) if key in known) if known else 0
    if chain[0] not in known or is_void(raw, chain[newest]):
        raise refusal
    if newest + 1 < len(chain):
        relation, voucher = raw.execute(
            "SELECT relation, voucher FROM sync_trust WHERE public_key = ?", (chain[newest],)
        ).fetchone()
        if relation == SELF:
            _note_own_successor(raw, card)
        else:
            _remember(raw, card, relation, voucher)


def _note_own_successor(raw: sqlite3.Connection, card: Card) -> None:
    """Another PC of this office changed the key: its packages count, but this one signs with the old one still."""
    _remember_key(raw, card, bytes.fromhex(card.public_key), VOUCHED, None)
    anchor.raise_alarm(
        raw,
        "rotated",
        "本工会已在另一台电脑换用新密钥。请在那台电脑上生成加入文件，在本机用它换上新密钥；在此之前本机仍用旧密钥。",
    )


def is_void(raw: sqlite3.Connection, key: bytes) -> bool:
    """Tell whether a known key was declared void."""
    row = raw.execute("SELECT revoked_at FROM sync_trust WHERE public_key = ?", (key,)).fetchone()
    return row is not None and row[0] is not None


def succeed(raw: sqlite3.Connection, private: bytes) -> Card:
    """Let this office sign with another key from now on; the present one vouches for it and still opens packages."""
    (old_private,) = raw.execute("SELECT private_key FROM sync_identity").fetchone()
    card = certificate.succeeded(own_card(raw), old_private, keys.public_key(private))
    take_over(raw, card, private)
    return card


def take_over(raw: sqlite3.Connection, card: Card, private: bytes) -> None:
    """Sign with the key of `card` from now on; the present one is kept to open what was sealed for it."""
    old_private, old_public = raw.execute("SELECT private_key, public_key FROM sync_identity").fetchone()
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    raw.execute("INSERT OR REPLACE INTO sync_key VALUES (?, ?, ?)", (old_public, old_private, moment))
    raw.execute("UPDATE sync_identity SET private_key = ?, public_key = ?", (private, keys.public_key(private)))
    # A stream bears its author's key in its name: new ones begin with the next change.
    raw.execute("UPDATE sync_stream SET own = 0 WHERE own = 1")
    _remember(raw, card, SELF, None)


def key_of_office(raw: sqlite3.Connection, office: str) -> list[bytes]:
    """Return the keys accepted for an office, revoked ones left out."""
    rows = raw.execute("SELECT public_key FROM sync_trust WHERE office = ? AND revoked_at IS NULL", (office,))
    return [row[0] for row in rows]


def _known_keys(raw: sqlite3.Connection, office: str) -> set[bytes]:
    return {row[0] for row in raw.execute("SELECT public_key FROM sync_trust WHERE office = ?", (office,))}


def require_order(lower: tuple[str, str], upper: tuple[str, str]) -> None:
    """Refuse (NotAllowed) an office beneath one of a lower level; each is given by name and level."""
    if OFFICE_LEVELS.index(lower[1]) > OFFICE_LEVELS.index(upper[1]):
        raise NotAllowed(
            f"“{lower[0]}”是{lower[1]}工会，不能是{upper[1]}工会“{upper[0]}”的下级。请核对双方的层级，或改选关系。",
            "as",
        )


def _refuse_wrong_place(raw: sqlite3.Connection, own: str, identity: Identity, relation: str) -> None:
    """Refuse an office above as one beneath, and the other way round."""
    row = raw.execute("SELECT name, level FROM offices WHERE id = ?", (own,)).fetchone()
    if row is None or relation == "peer":
        return
    mine, other = (row[0], row[1]), (identity.name, identity.level)
    require_order(*((other, mine) if relation == "child" else (mine, other)))
    beyond = ancestors(raw, own) if relation == "child" else subtree(raw, own)
    if identity.id in beyond:
        known = "上级" if relation == "child" else "下级"
        raise NotAllowed(f"“{identity.name}”在台账里是本工会的{known}。请核对关系后再认可。", "as")


def _refuse_second_key(raw: sqlite3.Connection, card: Card) -> None:
    if is_void(raw, bytes.fromhex(card.public_key)):
        raise NotAllowed(
            f"“{card.name}”的这把密钥已声明作废，不能再认可。请向该工会索取换用新密钥以后的身份文件。", "identity"
        )
    rows = raw.execute(
        "SELECT public_key FROM sync_trust WHERE office = ? AND relation NOT IN ('vouched', 'former') "
        "AND revoked_at IS NULL",
        (card.office,),
    )
    if {row[0] for row in rows} - set(certificate.key_chain(card)):
        raise NotAllowed(f"“{card.name}”已登记了另一把密钥。请先与该工会当面核对指纹，确认后再处理。", "identity")
    owner = raw.execute("SELECT office FROM sync_trust WHERE public_key = ?", (bytes.fromhex(card.public_key),))
    row = owner.fetchone()
    if row is not None and row[0] != card.office:
        raise NotAllowed(f"“{card.name}”的密钥已登记在另一个工会名下。请与对方核对。", "identity")


def _remember(raw: sqlite3.Connection, card: Card, relation: str, voucher: bytes | None) -> None:
    """Keep a card under its present key, and under its earlier ones, whose changes stay valid."""
    for former in certificate.key_chain(card)[:-1]:
        _remember_key(raw, card, former, FORMER, None)
    _remember_key(raw, card, bytes.fromhex(card.public_key), relation, voucher)


def _remember_key(raw: sqlite3.Connection, card: Card, key: bytes, relation: str, voucher: bytes | None) -> None:
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    given = bytes.fromhex(card.certificate) if card.certificate and voucher is not None else None
    raw.execute(
        "INSERT INTO sync_trust "
        "(public_key, office, name, level, relation, accepted_at, voucher, certificate, document) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (public_key) DO UPDATE SET relation = excluded.relation, "
        "voucher = excluded.voucher, certificate = excluded.certificate, document = excluded.document",
        (
            key,
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
