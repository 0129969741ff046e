"""Offices' calling cards: an office's key with the signed record that founded it, and others' word for it."""

import re
from typing import Final

import msgspec

from desktop.errors import BadPackage
from desktop.sync import commit as commits
from desktop.sync import keys
from desktop.sync.commit import Commit

DOMAIN: Final = "certificate"
_KEY: Final = re.compile(r"[0-9a-f]{64}")
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")


class Card(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """An office and its key (hexadecimal), with the commit that founded its record, as text, and its signature.

    `certificate` is the signature of whoever hands the card on; empty on one's own.
    """

    office: str
    name: str
    level: str
    public_key: str
    founding: str
    signature: str
    certificate: str = ""


def encode(card: Card) -> bytes:
    """Return the bytes in which a card is kept."""
    return msgspec.json.encode(card)


def decode(data: bytes) -> Card:
    """Read a card that was kept."""
    return msgspec.json.decode(data, type=Card)


def certify(card: Card, private: bytes) -> Card:
    """Return the card with the word of the holder of `private` for it."""
    return msgspec.structs.replace(card, certificate=keys.sign(private, DOMAIN, _signed_part(card)).hex())


def vouched_by(card: Card, public: bytes) -> bool:
    """Tell whether the holder of `public` vouches for the card."""
    if not _SIGNATURE.fullmatch(card.certificate):
        return False
    return keys.verify(public, DOMAIN, _signed_part(card), bytes.fromhex(card.certificate))


def founding_commit(card: Card) -> tuple[Commit, bytes]:
    """Return the founding commit of a card and its bytes, checked against office, name and key (BadPackage)."""
    refusal = BadPackage("工会身份信息不完整或被改动过，没有采用。请向对方重新索取身份文件。")
    if not _KEY.fullmatch(card.public_key) or not _SIGNATURE.fullmatch(card.signature):
        raise refusal
    try:
        raw = card.founding.encode()
    except UnicodeEncodeError as error:
        raise refusal from error
    commit = commits.decode(raw)
    block = next((made for made in commit.created if made.table == "offices"), None)
    row = next((row for row in block.rows if row[0] == card.office), None) if block else None
    named = dict(zip(block.fields, row[1:], strict=True)) if block and row else {}
    holds = (
        commit.office == card.office
        and commit.scope == (card.office, "public")
        and commit.seq == 1
        and not commit.tips
        and not commit.refs
        and not commit.more
        and commits.author_key(commit.stream).hex() == card.public_key
        and named.get("name") == card.name
        and named.get("level") == card.level
        and commits.signature_holds(commit, raw, bytes.fromhex(card.signature))
    )
    if not holds:
        raise refusal
    return commit, raw


def _signed_part(card: Card) -> bytes:
    return "\0".join((card.office, card.name, card.level, card.public_key)).encode()
