"""Packages: a signed manifest and a compressed body of commits and files, read without trusting a byte of it."""

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec
import zstandard

from desktop.errors import BadPackage
from desktop.sync import keys
from desktop.sync.certificate import Card
from desktop.sync.commit import MAX_RAW_BYTES

MAGIC: Final = b"WRDPACK1"
FORMAT: Final = 1
DOMAIN: Final = "package"
SUFFIX: Final = ".wrpack"
MAX_MANIFEST: Final = 8 << 20
MAX_FILE: Final = 1 << 30
MAX_CONTENT: Final = 4 << 30
MAX_RATIO: Final = 400
"""A body may not grow more than this when decompressed, beyond a first 16 MiB."""
FREE_CONTENT: Final = 16 << 20
MAX_BLOB: Final = 64 << 20
WINDOW: Final = 1 << 23
_PIECE: Final = 1 << 18
_COMMIT, _SIGNED_COMMIT, _BLOB, _FOLDED = 0, 1, 2, 3
_DIGITS: Final = 64
_HASH: Final = re.compile(rb"[0-9a-f]{64}")
DAMAGED: Final = "数据包不完整或被改动过，没有导入任何内容。请让对方重新导出，或换一个U盘再拷贝一次。"

Checkpoint = tuple[int, str]
Buffer = bytes | memoryview


class Manifest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a package says of itself; lengths in bytes, hashes and keys in hexadecimal.

    `have` gives for each stream that the maker holds some places (number, hash), the last one first: the receiver
    finds in it what it need not send back. `device` is the maker's incarnation and `former` the one before it.
    `wants` names files that the maker lacks.
    """

    format: int
    office: str
    name: str
    public_key: str
    device: str
    former: str
    number: int
    made_at: str
    recipients: list[str]
    full: bool
    scopes: list[tuple[str, str]]
    commits: int
    blobs: int
    body_length: int
    content_length: int
    body_sha256: str
    state_hash: str
    have: list[tuple[str, list[Checkpoint]]]
    wants: list[str]
    cards: list[Card]


@dataclass(frozen=True)
class CommitRecord:
    """A commit as it stands in a body."""

    raw: bytes
    signature: bytes | None


@dataclass(frozen=True)
class FoldedRecord:
    """A folded commit as it stands in a body: its name, and the form of a commit with what still stands of it."""

    hash: bytes
    raw: bytes


@dataclass(frozen=True)
class BlobRecord:
    """A file as it stands in a body, already found to match its name."""

    sha256: str
    data: bytes


@dataclass(frozen=True)
class Package:
    """A package whose signature and body hash hold; its content is still to be checked.

    `sha256` is the digest of the file, `sealed` tells that the file was closed for its recipients.
    """

    manifest: Manifest
    body: Buffer
    sha256: str
    sealed: bool = False


class BodyWriter:
    """Compresses records into a body as they come."""

    def __init__(self) -> None:
        parameters = zstandard.ZstdCompressionParameters.from_level(9, window_log=22, write_checksum=False)
        self._compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
        self._pieces: list[bytes] = []
        self.length = 0
        self.commits = 0
        self.blobs = 0

    def add_commit(self, raw: bytes, signature: bytes | None) -> None:
        """Add a commit."""
        kind = _COMMIT if signature is None else _SIGNED_COMMIT
        self._write(kind, (signature or b"") + raw)
        self.commits += 1

    def add_folded(self, name: bytes, raw: bytes) -> None:
        """Add a folded commit under its name."""
        # In the digits in which the next commit names it: repeated, they cost next to nothing.
        self._write(_FOLDED, name.hex().encode() + raw)
        self.commits += 1

    def add_blob(self, digest: bytes, data: bytes) -> None:
        """Add a file under its SHA-256."""
        self._write(_BLOB, digest + data)
        self.blobs += 1

    def _write(self, kind: int, payload: bytes) -> None:
        for piece in (struct.pack(">BI", kind, len(payload)), payload):
            self._pieces.append(self._compressor.compress(piece))
            self.length += len(piece)

    def finish(self) -> bytes:
        """Return the body."""
        self._pieces.append(self._compressor.flush())
        return b"".join(self._pieces)


def write(manifest: Manifest, body: bytes, private: bytes) -> bytes:
    """Return the bytes of a package: magic, length, manifest, signature, body."""
    head = msgspec.json.encode(manifest)
    framed = MAGIC + struct.pack(">I", len(head)) + head
    return framed + keys.sign(private, DOMAIN, framed) + body


def read(content: bytes | bytearray) -> Package:
    """Check format, signature and body hash of a package and return it, nothing decompressed (BadPackage).

    The signature is checked against the key that the manifest names; whether that key is trusted is the caller's
    question.
    """
    data = memoryview(content).toreadonly()
    start = len(MAGIC) + 4
    if bytes(data[: len(MAGIC)]) != MAGIC:
        raise _foreign(bytes(data[: len(MAGIC)]))
    if len(data) < start:
        raise BadPackage(DAMAGED)
    (length,) = struct.unpack(">I", data[len(MAGIC) : start])
    end = start + length
    if length > MAX_MANIFEST or len(data) < end + keys.SIGNATURE_BYTES:
        raise BadPackage(DAMAGED)
    signature, body = data[end : end + keys.SIGNATURE_BYTES], data[end + keys.SIGNATURE_BYTES :]
    head = bytes(data[start:end])
    if not keys.verify(_claimed_key(head), DOMAIN, bytes(data[:end]), bytes(signature)):
        raise BadPackage(DAMAGED)
    manifest = _manifest(head)
    if len(body) != manifest.body_length or hashlib.sha256(body).hexdigest() != manifest.body_sha256:
        raise BadPackage(DAMAGED)
    return Package(manifest, body, hashlib.sha256(data).hexdigest())


def records(package: Package) -> Iterator[CommitRecord | FoldedRecord | BlobRecord]:
    """Decompress a body piece by piece, within the lengths that the manifest declares (BadPackage)."""
    manifest = package.manifest
    if manifest.content_length > min(MAX_CONTENT, FREE_CONTENT + MAX_RATIO * manifest.body_length):
        raise BadPackage("数据包解压后大得不合常理，没有导入任何内容。请与对方核对。")
    source = _Source(package.body, manifest.content_length)
    commits = blobs = 0
    while (head := source.take(5)) is not None:
        kind, length = struct.unpack(">BI", head)
        record = _record(source, kind, length)
        commits += not isinstance(record, BlobRecord)
        blobs += isinstance(record, BlobRecord)
        yield record
    if (commits, blobs) != (manifest.commits, manifest.blobs) or source.left:
        raise BadPackage(DAMAGED)


class _Source:
    """Reads decompressed bytes, never more than declared."""

    def __init__(self, body: Buffer, declared: int) -> None:
        decompressor = zstandard.ZstdDecompressor(max_window_size=WINDOW)
        self._reader = decompressor.stream_reader(body, read_across_frames=False)
        self.left = declared

    def take(self, count: int) -> bytes | None:
        """Return exactly `count` bytes; None at the end of the content."""
        if self.left == 0:
            if self._read(1):
                raise BadPackage(DAMAGED)
            return None
        if count > self.left:
            raise BadPackage(DAMAGED)
        pieces = []
        missing = count
        while missing:
            piece = self._read(min(missing, _PIECE))
            if not piece:
                raise BadPackage(DAMAGED)
            pieces.append(piece)
            missing -= len(piece)
        self.left -= count
        return b"".join(pieces)

    def _read(self, count: int) -> bytes:
        try:
            return self._reader.read(count)
        except zstandard.ZstdError as error:
            raise BadPackage(DAMAGED) from error


def _record(source: _Source, kind: int, length: int) -> CommitRecord | FoldedRecord | BlobRecord:
    least, most = {
        _COMMIT: (1, MAX_RAW_BYTES),
        _SIGNED_COMMIT: (keys.SIGNATURE_BYTES + 1, MAX_RAW_BYTES + keys.SIGNATURE_BYTES),
        _BLOB: (32, MAX_BLOB + 32),
        _FOLDED: (_DIGITS + 1, MAX_RAW_BYTES + _DIGITS),
    }.get(kind, (1, 0))
    payload = source.take(length) if least <= length <= most else None
    if payload is None:
        raise BadPackage(DAMAGED)
    if kind == _FOLDED:
        return _folded_record(payload)
    if kind == _COMMIT:
        return CommitRecord(payload, None)
    if kind == _SIGNED_COMMIT:
        return CommitRecord(payload[keys.SIGNATURE_BYTES :], payload[: keys.SIGNATURE_BYTES])
    if hashlib.sha256(payload[32:]).digest() != payload[:32]:
        raise BadPackage(DAMAGED)
    return BlobRecord(payload[:32].hex(), payload[32:])


def _folded_record(payload: bytes) -> FoldedRecord:
    digits = payload[:_DIGITS]
    if not _HASH.fullmatch(digits):
        raise BadPackage(DAMAGED)
    return FoldedRecord(bytes.fromhex(digits.decode("ascii")), payload[_DIGITS:])


class _Keyed(msgspec.Struct):
    format: int
    public_key: str


def _claimed_key(head: bytes) -> bytes:
    try:
        found = msgspec.json.decode(head, type=_Keyed)
        if found.format > FORMAT:
            raise BadPackage("数据包由更新版本的程序制作，本程序读不懂。请升级程序后再导入。")
        return bytes.fromhex(found.public_key)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadPackage(DAMAGED) from error


def _manifest(head: bytes) -> Manifest:
    try:
        found = msgspec.json.decode(head, type=Manifest)
        canonical = msgspec.json.encode(found) == head
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadPackage(DAMAGED) from error
    counts = (found.commits, found.blobs, found.body_length, found.content_length)
    if not canonical or min(counts) < 0 or not 0 < found.number < 1 << 62:
        raise BadPackage(DAMAGED)
    return found


def _foreign(data: bytes) -> BadPackage:
    if data[:7] == MAGIC[:7]:
        return BadPackage("数据包由更新版本的程序制作，本程序读不懂。请升级程序后再导入。")
    return BadPackage("这不是本程序的数据包。请选择以 .wrpack 结尾的文件，或让对方重新导出。")


def have_places(last: int) -> list[int]:
    """Return the places of a stream to claim: the last, then ever wider apart, down to the first."""
    places = []
    step = 1
    place = last
    while place > 0:
        places.append(place)
        place -= step
        step *= 2
    return places if places and places[-1] == 1 else [*places, *([1] if last > 0 else [])]
