"""Commits: the signed, canonical record of what one transaction wrote."""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from desktop.errors import BadPackage
from desktop.sync import keys

VERSION: Final = 1
DOMAIN: Final = "commit"
MAX_RAW_BYTES: Final = 16 << 20
ROW_PRESENCE: Final = "*"
"""The pseudo-field of a row's presence: 1 deletes what the writer saw, 0 keeps the row."""
GONE: Final = 1
KEPT: Final = 0
LISTED: Final = "listed"
SCOPE_KINDS: Final = ("public", LISTED, "internal", "sensitive")
Value = str | int | None

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_ROW: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_STREAM: Final = re.compile(r"[0-9a-f]{64}-[0-9a-f]{32}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_INT64: Final = 1 << 63


class Created(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """Rows of one table that nobody wrote before: each is its id followed by a value for each of `fields`."""

    table: str
    fields: list[str]
    rows: list[list[Value]]


class Changed(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """Fields of one row with their new values; `replaced` gives for each field the replaced commits, by place in
    `refs`.
    """

    table: str
    row: str
    values: dict[str, Value]
    replaced: dict[str, list[int]]


class Commit(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One transaction's writes in one scope (or a part of them, when `more` says that the next commit continues it).

    `stream` is the author's public key and the nonce of this incarnation, `scope` the owning office and the kind of
    data, `previous` the commit before it in the stream, `tips` the others that it builds on, `time` the author's
    clock, for display only.
    """

    v: int
    stream: str
    scope: tuple[str, str]
    seq: int
    previous: str | None
    tips: list[str]
    time: str
    office: str
    operator: str
    refs: list[str]
    more: int
    created: list[Created]
    changed: list[Changed]


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Commit)


def encode(commit: Commit) -> bytes:
    """Return the canonical bytes of `commit`: UTF-8 JSON, no spaces, fields in a fixed order, keys sorted."""
    return _encoder.encode(commit)


def decode(raw: bytes) -> Commit:
    """Read and check canonical bytes; everything that is not exactly what `encode` writes is refused (BadPackage)."""
    if len(raw) > MAX_RAW_BYTES:
        raise BadPackage("数据包中有超出长度限制的修改记录。请向对方重新索取数据包。")
    try:
        commit = _decoder.decode(raw)
        canonical = _encoder.encode(commit) == raw
    except (msgspec.DecodeError, UnicodeError, RecursionError, OverflowError) as error:
        raise _refusal(raw) from error
    if not canonical or commit.v != VERSION or not _well_formed(commit):
        raise _refusal(raw)
    return commit


def encoded_length(rows: Sequence[Sequence[Value]]) -> int:
    """Return how many bytes rows take within a commit."""
    return len(_encoder.encode(rows))


def commit_hash(raw: bytes) -> bytes:
    """Return the 32 bytes that name a commit everywhere."""
    return hashlib.sha256(b"workroom-desk commit\0" + raw).digest()


def sign(private: bytes, raw: bytes) -> bytes:
    """Sign the bytes of a commit."""
    return keys.sign(private, DOMAIN, raw)


def signature_holds(commit: Commit, raw: bytes, signature: bytes) -> bool:
    """Tell whether the author that the stream names signed these bytes."""
    return keys.verify(author_key(commit.stream), DOMAIN, raw, signature)


def author_key(stream: str) -> bytes:
    """Return the public key at the head of a stream's name."""
    return bytes.fromhex(stream[:64])


def stream_name(public: bytes, nonce: bytes) -> str:
    """Return the name of a stream: public key and 16 random bytes, in hexadecimal."""
    return f"{public.hex()}-{nonce.hex()}"


def valid_name(name: str) -> bool:
    """Tell whether `name` may be the name of a table or field."""
    return _NAME.fullmatch(name) is not None


def valid_row(row: object) -> bool:
    """Tell whether `row` may be a record's id."""
    return isinstance(row, str) and _ROW.fullmatch(row) is not None


def prerequisites(commit: Commit) -> list[str]:
    """Return the hashes of the commits that must be applied before this one."""
    wanted = dict.fromkeys([*commit.tips, *commit.refs])
    if commit.previous is not None:
        wanted.pop(commit.previous, None)
        return [commit.previous, *wanted]
    return list(wanted)


def _refusal(raw: bytes) -> BadPackage:
    try:
        version = msgspec.json.decode(raw, type=_Versioned).v
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        version = VERSION
    if version > VERSION:
        return BadPackage("数据包由更新版本的程序制作，本程序读不懂。请升级程序后再导入。")
    return BadPackage("数据包中的修改记录不合格式，可能被改动过。没有导入任何内容；请向对方重新索取数据包。")


class _Versioned(msgspec.Struct):
    v: int


def _well_formed(commit: Commit) -> bool:
    return (
        _STREAM.fullmatch(commit.stream) is not None
        and valid_row(commit.scope[0])
        and commit.scope[1] in SCOPE_KINDS
        and valid_row(commit.office)
        and 1 <= commit.seq < _INT64
        and (commit.previous is None) == (commit.seq == 1)
        and commit.more in (0, 1)
        and len(commit.time) <= 40
        and len(commit.operator) <= 200
        and _hashes_hold(commit)
        and all(map(_created_holds, commit.created))
        and all(_changed_holds(change, len(commit.refs)) for change in commit.changed)
        and _rows_once(commit)
        and (commit.scope[1] != LISTED or _writes_only_its_entry(commit))
    )


def _hashes_hold(commit: Commit) -> bool:
    named = [*commit.tips, *commit.refs, *([commit.previous] if commit.previous else [])]
    distinct = len(set(commit.tips)) == len(commit.tips) and len(set(commit.refs)) == len(commit.refs)
    return distinct and commit.previous not in commit.tips and all(_HASH.fullmatch(name) for name in named)


def _created_holds(block: Created) -> bool:
    width = len(block.fields) + 1
    return _names_hold(block.table, tuple(block.fields)) and (
        all(len(row) == width and valid_row(row[0]) and _values_hold(row) for row in block.rows)
    )


@lru_cache(maxsize=256)
def _names_hold(table: str, names: tuple[str, ...]) -> bool:
    return valid_name(table) and bool(names) and len(set(names)) == len(names) and all(map(valid_name, names))


def _changed_holds(change: Changed, refs: int) -> bool:
    return (
        valid_name(change.table)
        and valid_row(change.row)
        and bool(change.values)
        and all(name == ROW_PRESENCE or valid_name(name) for name in change.values)
        and change.values.get(ROW_PRESENCE, KEPT) in (KEPT, GONE)
        and all(
            name in change.values and places and places == sorted(set(places)) and places[0] >= 0 and places[-1] < refs
            for name, places in change.replaced.items()
        )
        and _values_hold(list(change.values.values()))
    )


def _values_hold(values: list[Value]) -> bool:
    return all(type(value) is not int or -_INT64 <= value < _INT64 for value in values)


def _writes_only_its_entry(commit: Commit) -> bool:
    """An office's entry in the list goes to offices that may have nothing else of it, so nothing else stands there."""
    rows = {(change.table, change.row) for change in commit.changed}
    rows.update((block.table, str(row[0])) for block in commit.created for row in block.rows)
    return rows <= {("offices", commit.scope[0])}


def _rows_once(commit: Commit) -> bool:
    """A commit writes a field once: a row stands in one place, or in blocks of different fields."""
    seen: set[tuple[str, object]] = {(change.table, change.row) for change in commit.changed}
    if len(seen) != len(commit.changed):
        return False
    total = len(seen)
    for block in commit.created:
        seen.update((block.table, row[0]) for row in block.rows)
        total += len(block.rows)
    return len(seen) == total
