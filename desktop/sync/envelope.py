"""Envelopes: a package closed so that only the offices that it is for can read it."""

import hashlib
import os
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.errors import BadInput, BadPackage
from desktop.sync import keys

MAGIC: Final = b"WRDSEAL1"
FORMAT: Final = 1
PIECE: Final = 1 << 16
TAG: Final = 16
MAX_HEADER: Final = 1 << 20
MAX_RECIPIENTS: Final = 2_000
DAMAGED: Final = "加密数据包不完整或被改动过，没有导入任何内容。请让对方重新导出，或换一个U盘再拷贝一次。"
_PRIME: Final = 2**255 - 19
_KEY_BYTES: Final = 32
Buffer = bytes | bytearray | memoryview
FindKey = Callable[[str], bytes | None]
"""Returns the private key whose public key has the given id, or None."""


class Slot(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """One recipient: the office's id, the id of its key, and the envelope's key locked for it (hexadecimal)."""

    office: str
    key: str
    locked: str


class Header(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What stands on an envelope, readable by anybody: for whom it is, and nothing else."""

    format: int
    ephemeral: str
    recipients: list[Slot]


def key_id(public: bytes) -> str:
    """Return the short name by which an envelope tells for which key it was closed (64 bits of SHA-256)."""
    return hashlib.sha256(b"workroom-desk key id\0" + public).hexdigest()[:16]


def is_sealed(data: Buffer) -> bool:
    """Tell whether bytes begin like an envelope, of this format or a newer one."""
    return bytes(data[: len(MAGIC) - 1]) == MAGIC[:-1]


def seal(content: bytes, recipients: Sequence[tuple[str, bytes]]) -> bytes:
    """Close `content` for offices (id, Ed25519 public key); BadInput without any, or for a key that is none."""
    if not recipients:
        raise BadInput("没有可以加密给的工会：请先认可对方的身份文件。", "to")
    return b"".join(_sealed(content, recipients, os.urandom(_KEY_BYTES), X25519PrivateKey.generate()))


def _sealed(
    content: bytes, recipients: Sequence[tuple[str, bytes]], secret: bytes, ephemeral: X25519PrivateKey
) -> Iterator[bytes]:
    public = ephemeral.public_key().public_bytes_raw()
    slots = []
    for office, key in recipients:
        wrapping = _wrapping_key(ephemeral, agreement_public(key), public, key)
        slots.append(Slot(office, key_id(key), wrapping.encrypt(bytes(12), secret, office.encode()).hex()))
    head = msgspec.json.encode(Header(FORMAT, public.hex(), slots))
    framed = MAGIC + struct.pack(">I", len(head)) + head
    yield framed
    cipher = _content_cipher(secret, framed)
    last = max(0, (len(content) - 1) // PIECE)
    for place in range(last + 1):
        piece = content[place * PIECE : (place + 1) * PIECE]
        yield cipher.encrypt(_nonce(place, place == last), piece, None)


def header(data: Buffer) -> Header:
    """Read what stands on an envelope (BadPackage)."""
    return _framed_header(data)[0]


def opened(data: Buffer, find_key: FindKey) -> bytearray:
    """Return what is in an envelope, every byte of it authenticated (BadPackage).

    `find_key` is asked for the private key of each recipient in turn; where it has none, the envelope is for others.
    """
    head, start = _framed_header(data)
    framed = bytes(data[:start])
    secret = _unlocked(head, find_key)
    cipher = _content_cipher(secret, framed)
    body = memoryview(data)[start:]
    step = PIECE + TAG
    last = max(0, (len(body) - 1) // step)
    content = bytearray()
    try:
        for place in range(last + 1):
            content += cipher.decrypt(_nonce(place, place == last), body[place * step : (place + 1) * step], None)
    except (InvalidTag, ValueError) as error:
        raise BadPackage(DAMAGED) from error
    return content


def _framed_header(data: Buffer) -> tuple[Header, int]:
    start = len(MAGIC) + 4
    if bytes(data[: len(MAGIC)]) != MAGIC:
        raise BadPackage("数据包由更新版本的程序制作，本程序读不懂。请升级程序后再导入。")
    if len(data) < start:
        raise BadPackage(DAMAGED)
    (length,) = struct.unpack(">I", data[len(MAGIC) : start])
    if length > MAX_HEADER or len(data) < start + length + TAG:
        raise BadPackage(DAMAGED)
    text = bytes(data[start : start + length])
    try:
        found = msgspec.json.decode(text, type=Header)
        canonical = msgspec.json.encode(found) == text
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadPackage(DAMAGED) from error
    if not canonical or found.format != FORMAT or not 0 < len(found.recipients) <= MAX_RECIPIENTS:
        raise BadPackage(DAMAGED)
    return found, start + length


def _unlocked(head: Header, find_key: FindKey) -> bytes:
    for slot in head.recipients:
        private = find_key(slot.key)
        if private is None:
            continue
        try:
            public = bytes.fromhex(head.ephemeral)
            agreed = X25519PrivateKey.from_private_bytes(agreement_private(private))
            wrapping = _wrapping_key(agreed, public, public, keys.public_key(private))
            return wrapping.decrypt(bytes(12), bytes.fromhex(slot.locked), slot.office.encode())
        except (InvalidTag, ValueError) as error:
            raise BadPackage(DAMAGED) from error
    raise BadPackage(
        "这个数据包是加密给别的工会的，本机没有能打开它的密钥，没有导入任何内容。请向制作者索取给本工会的数据包。"
    )


def _wrapping_key(own: X25519PrivateKey, other: bytes, ephemeral: bytes, recipient: bytes) -> ChaCha20Poly1305:
    shared = own.exchange(X25519PublicKey.from_public_bytes(other))
    derive = HKDF(hashes.SHA256(), _KEY_BYTES, salt=ephemeral + recipient, info=b"workroom-desk seal 1")
    return ChaCha20Poly1305(derive.derive(shared))


def _content_cipher(secret: bytes, framed: bytes) -> ChaCha20Poly1305:
    """The key of the content depends on every byte before it: no recipient can be added, taken away or changed."""
    salt = hashlib.sha256(framed).digest()
    return ChaCha20Poly1305(
        HKDF(hashes.SHA256(), _KEY_BYTES, salt=salt, info=b"workroom-desk content 1").derive(secret)
    )


def _nonce(place: int, last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([last])


def agreement_public(signing: bytes) -> bytes:
    """Return the X25519 key of an Ed25519 public key, u = (1 + y) / (1 - y); BadInput where it has none."""
    height = int.from_bytes(signing, "little") & ((1 << 255) - 1)
    try:
        place = (1 + height) * pow(1 - height, -1, _PRIME) % _PRIME
    except ValueError as error:
        raise BadInput("对方的密钥不能用来加密。请与对方核对身份文件。", "to") from error
    return place.to_bytes(32, "little")


def agreement_private(signing: bytes) -> bytes:
    """Return the X25519 key that belongs to an Ed25519 private key: the first half of its SHA-512."""
    return hashlib.sha512(signing).digest()[:32]
