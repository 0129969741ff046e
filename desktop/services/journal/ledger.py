"""The store of commits beneath one open transaction: interned names, ranks, raw bytes."""

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import zstandard

from desktop.sync import commit as commits
from desktop.sync.commit import Commit
from desktop.sync.merge import Rank

COMPRESS_FROM = 600
DECODED_BYTES = 2_000_000
"""Bytes of the commits whose decoded form is remembered; one larger than all that is remembered alone."""
FOLDED = b"\x01"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True)
class Entry:
    """A commit about to be stored: `applied` None means that it waits."""

    commit: Commit
    raw: bytes
    hash: bytes
    signature: bytes | None
    height: int
    applied: int | None
    import_id: int | None = None
    own: bool = False
    folded: bool = False


class Ledger:
    """Looks up and adds commits on one driver connection, remembering what it read."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw
        self._scopes: dict[int, tuple[str, str]] = {}
        self._scope_ids: dict[tuple[str, str], int] = {}
        self._streams: dict[str, int] = {}
        self._shapes: dict[int, tuple[str, ...]] = {}
        self._shape_ids: dict[tuple[str, ...], int] = {}
        self._ranks: dict[int, Rank] = {}
        self._ids: dict[bytes, int] = {}
        self._scope_of: dict[int, int] = {}
        self._decoded: OrderedDict[int, Commit] = OrderedDict()
        self._decoded_sizes: dict[int, int] = {}
        self._decoded_bytes = 0
        self.lost: set[bytes] | None = None

    def scope_id(self, office: str, kind: str) -> int:
        """Return the number of a scope, making it if it is new."""
        key = (office, kind)
        if key not in self._scope_ids:
            self._scope_ids[key] = self._intern("sync_scope", ("office", "kind"), key)
            self._scopes[self._scope_ids[key]] = key
        return self._scope_ids[key]

    def scope(self, number: int) -> tuple[str, str]:
        """Return office and kind of a scope."""
        if number not in self._scopes:
            row = self.raw.execute("SELECT office, kind FROM sync_scope WHERE id = ?", (number,)).fetchone()
            self._scopes[number] = (row[0], row[1])
        return self._scopes[number]

    def stream_id(self, name: str, scope: int, own: bool = False) -> int:
        """Return the number of a stream, making it if it is new."""
        if name not in self._streams:
            row = self.raw.execute("SELECT id FROM sync_stream WHERE name = ?", (name,)).fetchone()
            self._streams[name] = row[0] if row else self._add_stream(name, scope, own)
        return self._streams[name]

    def _add_stream(self, name: str, scope: int, own: bool) -> int:
        values = (name, scope, int(own))
        cursor = self.raw.execute("INSERT INTO sync_stream (name, scope, own) VALUES (?, ?, ?)", values)
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def shape_id(self, names: tuple[str, ...]) -> int:
        """Return the number of a list of fields, making it if it is new."""
        if names not in self._shape_ids:
            number = self._intern("sync_shape", ("fields",), (json.dumps(names),))
            self._shape_ids[names], self._shapes[number] = number, names
        return self._shape_ids[names]

    def shape(self, number: int) -> tuple[str, ...]:
        """Return the list of fields of that number."""
        if number not in self._shapes:
            row = self.raw.execute("SELECT fields FROM sync_shape WHERE id = ?", (number,)).fetchone()
            self._shapes[number] = tuple(json.loads(row[0]))
        return self._shapes[number]

    def _intern(self, table: str, columns: Sequence[str], values: Sequence[str]) -> int:
        where = " AND ".join(f"{column} = ?" for column in columns)
        row = self.raw.execute(f"SELECT id FROM {table} WHERE {where}", values).fetchone()
        if row:
            return int(row[0])
        marks = ", ".join("?" * len(columns))
        cursor = self.raw.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def rank(self, number: int) -> Rank:
        """Return height and hash of a stored commit."""
        if number not in self._ranks:
            row = self.raw.execute("SELECT height, hash FROM sync_commit WHERE id = ?", (number,)).fetchone()
            self._ranks[number] = (row[0], row[1])
        return self._ranks[number]

    def forget_rank(self, number: int) -> None:
        """Read the rank of a commit anew: it was waiting and has its height now."""
        self._ranks.pop(number, None)

    def scope_of(self, number: int) -> int:
        """Return the number of the scope in which a stored commit writes."""
        if number not in self._scope_of:
            row = self.raw.execute(
                "SELECT s.scope, c.height, c.hash FROM sync_commit c JOIN sync_stream s ON s.id = c.stream "
                "WHERE c.id = ?",
                (number,),
            ).fetchone()
            self._scope_of[number] = row[0]
            self._ranks.setdefault(number, (row[1], row[2]))
        return self._scope_of[number]

    def name(self, number: int) -> bytes:
        """Return the hash of a stored commit."""
        return self.rank(number)[1]

    def number(self, name: bytes) -> int | None:
        """Return the number of the stored commit of that hash, waiting ones included; None where it is not here."""
        if name not in self._ids:
            row = self.raw.execute("SELECT id, height FROM sync_commit WHERE hash = ?", (name,)).fetchone()
            if row is None:
                return None
            self._ids[name], self._ranks[row[0]] = row[0], (row[1], name)
        return self._ids[name]

    def numbers(self, names: Iterable[str]) -> list[int]:
        """Return the numbers of stored commits named by hexadecimal hashes."""
        found = [self.number(bytes.fromhex(name)) for name in names]
        return [number for number in found if number is not None]

    def commit(self, number: int) -> Commit:
        """Return a stored commit, decoded."""
        if number in self._decoded:
            self._decoded.move_to_end(number)
            return self._decoded[number]
        raw = self.raw_bytes(number)
        decoded = commits.decode(raw)
        self._decoded[number] = decoded
        self._decoded_sizes[number] = len(raw)
        self._decoded_bytes += len(raw)
        while self._decoded_bytes > DECODED_BYTES and len(self._decoded) > 1:
            oldest, _ = self._decoded.popitem(last=False)
            self._decoded_bytes -= self._decoded_sizes.pop(oldest)
        return decoded

    def forget_decoded(self) -> None:
        """Read commits anew: their bytes were folded."""
        self._decoded.clear()
        self._decoded_sizes.clear()
        self._decoded_bytes = 0

    def raw_bytes(self, number: int) -> bytes:
        """Return the exact bytes of a stored commit."""
        kept, *place = self.raw.execute(
            "SELECT c.raw, s.name, p.office, p.kind, c.seq, c.previous FROM sync_commit c "
            "JOIN sync_stream s ON s.id = c.stream JOIN sync_scope p ON p.id = s.scope WHERE c.id = ?",
            (number,),
        ).fetchone()
        return unfolded(kept, _context(*place)) if kept[:1] == FOLDED else unpacked(kept)

    def append(self, entry: Entry) -> int:
        """Store a commit and return its number; the caller keeps `tip` right."""
        scope = self.scope_id(*entry.commit.scope)
        stream = self.stream_id(entry.commit.stream, scope, entry.own)
        previous = bytes.fromhex(entry.commit.previous) if entry.commit.previous else None
        cursor = self.raw.execute(
            "INSERT INTO sync_commit "
            "(hash, stream, seq, height, previous, signature, raw, import_id, applied, tip, folded) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.hash,
                stream,
                entry.commit.seq,
                entry.height,
                previous,
                entry.signature,
                folded(entry.commit, entry.raw) if entry.folded else packed(entry.raw),
                entry.import_id,
                entry.applied,
                int(entry.applied is not None),
                int(entry.folded),
            ),
        )
        assert cursor.lastrowid is not None
        self._ids[entry.hash], self._ranks[cursor.lastrowid] = cursor.lastrowid, (entry.height, entry.hash)
        return cursor.lastrowid

    def next_applied(self) -> int:
        """Return the number of the next transaction taken in."""
        row = self.raw.execute("SELECT coalesce(max(applied), 0) + 1 FROM sync_commit").fetchone()
        return int(row[0])

    def height_above(self, prerequisites: Iterable[int]) -> int:
        """Return the logical depth of a commit that builds on those of these numbers."""
        return 1 + max((self.rank(number)[0] for number in prerequisites), default=0)


def packed(raw: bytes) -> bytes:
    """Return how the bytes of a commit are kept: compressed where that pays."""
    return raw if len(raw) < COMPRESS_FROM else zstandard.ZstdCompressor(level=3).compress(raw)


def folded(commit: Commit, raw: bytes) -> bytes:
    """Return how the bytes of a folded commit are kept: compressed against what its place tells of it already."""
    previous = bytes.fromhex(commit.previous) if commit.previous else None
    context = _context(commit.stream, *commit.scope, commit.seq, previous)
    return FOLDED + zstandard.ZstdCompressor(level=9, dict_data=_dictionary(context)).compress(raw)


def unfolded(kept: bytes, context: bytes) -> bytes:
    """Return the form of a folded commit."""
    decompressor = zstandard.ZstdDecompressor(dict_data=_dictionary(context))
    return decompressor.decompress(kept[1:], max_output_size=commits.MAX_RAW_BYTES)


def _dictionary(context: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(context, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _context(stream: str, office: str, kind: str, seq: int, previous: bytes | None) -> bytes:
    before = f'"{previous.hex()}"' if previous else "null"
    return (
        f'"created":[],"changed":[]}}"operator":"","refs":["],"more":0,"time":"20{{"v":1,"stream":"{stream}",'
        f'"scope":["{office}","{kind}"],"seq":{seq},"previous":{before},"tips":[],"time":"20","office":"{office}",'
    ).encode()


def unpacked(kept: bytes) -> bytes:
    """Return the exact bytes of a kept commit."""
    if kept[:4] != _ZSTD_MAGIC:
        return kept
    return zstandard.ZstdDecompressor().decompress(kept, max_output_size=commits.MAX_RAW_BYTES)
