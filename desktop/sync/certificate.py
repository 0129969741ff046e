"""Offices' calling cards: an office's key with the signed record that founded it, and others' word for it."""

import re
from typing import Final

import msgspec

from desktop.errors import BadPackage
from desktop.sync import commit as commits
from desktop.sync import keys
from desktop.sync.commit import Commit

DOMAIN: Final = "certificate"
SUCCESSION: Final = "succession"
MOST_SUCCESSIONS: Final = 100
_KEY: Final = re.compile(r"[0-9a-f]{64}")
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")


class Succession(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """A change of an office's key: the new one, and the signature of the one before it (both hexadecimal)."""

    key: str
    signature: str


class Card(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """An office and its key (hexadecimal), with the commit that founded its record, as text, and its signature.

    `certificate` is the signature of whoever hands the card on; empty on one's own. `successions` lead from the key
    that founded the office to the present `public_key`.
    """

    office: str
    name: str
    level: str
    public_key: str
    founding: str
    signature: str
    certificate: str = ""
    successions: list[Succession] = []


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


def succeeded(card: Card, private: bytes, successor: bytes) -> Card:
    """Return the office's card with its next key, the public key `successor`, on the word of the present one."""
    place = len(card.successions) + 1
    signature = keys.sign(private, SUCCESSION, _succession_part(card.office, place, card.public_key, successor.hex()))
    chain = [*card.successions, Succession(successor.hex(), signature.hex())]
    return msgspec.structs.replace(card, public_key=successor.hex(), successions=chain, certificate="")


def key_chain(card: Card) -> list[bytes]:
    """Return all keys of the office, the founding one first and the present one last (BadPackage where they do not
    follow from one another).
    """
    if len(card.successions) > MOST_SUCCESSIONS or not _KEY.fullmatch(card.public_key):
        raise _refusal()
    stream = _founding(card).stream
    chain = [commits.author_key(stream)]
    for place, step in enumerate(card.successions, 1):
        if not _KEY.fullmatch(step.key) or not _SIGNATURE.fullmatch(step.signature):
            raise _refusal()
        part = _succession_part(card.office, place, chain[-1].hex(), step.key)
        if not keys.verify(chain[-1], SUCCESSION, part, bytes.fromhex(step.signature)):
            raise _refusal()
        chain.append(bytes.fromhex(step.key))
    if chain[-1].hex() != card.public_key or len(set(chain)) != len(chain):
        raise _refusal()
    return chain


def _succession_part(office: str, place: int, before: str, after: str) -> bytes:
    return "\0".join((office, str(place), before, after)).encode()


def _refusal() -> BadPackage:
    return BadPackage("工会身份信息不完整或被改动过，没有采用。请向对方重新索取身份文件。")


def _founding(card: Card) -> Commit:
    try:
        return commits.decode(card.founding.encode())
    except UnicodeEncodeError as error:
        raise _refusal() from error


def founding_commit(card: Card) -> tuple[Commit, bytes]:
    """Return the founding commit of a card and its bytes, checked against office, name and key (BadPackage)."""
    if not _SIGNATURE.fullmatch(card.signature):
        raise _refusal()
    first = key_chain(card)[0]
    commit, raw = _founding(card), card.founding.encode()
    block = next((made for made in commit.created if made.table == "offices"), None)
    row = next((row for row in block.rows if row[0] == card.office), None) if block else None
    named = dict(zip(block.fields, row[1:], strict=True)) if block and row else {}
    holds = (
        commit.office == card.office
        and commit.scope == (card.office, commits.LISTED)
        and commit.seq == 1
        and not commit.tips
        and not commit.refs
        and not commit.more
        and commits.author_key(commit.stream) == first
        and named.get("name") == card.name
        and named.get("level") == card.level
        and commits.signature_holds(commit, raw, bytes.fromhex(card.signature))
    )
    if not holds:
        raise _refusal()
    return commit, raw


def _signed_part(card: Card) -> bytes:
    return "\0".join((card.office, card.name, card.level, card.public_key)).encode()
