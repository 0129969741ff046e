"""What this file holds, as it claims it to others; and what another holds, by its own claim alone."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from desktop.sync.package import Checkpoint, Manifest, have_places

DOUBTFUL = "~"
Have = list[tuple[str, list[Checkpoint]]]


def have(raw: sqlite3.Connection, scopes: Iterable[int]) -> Have:
    """Return the places of each stream of `scopes` that this file holds without a gap; see `have_places`."""
    claims: Have = []
    for scope in sorted(scopes):
        streams = raw.execute("SELECT id, name FROM sync_stream WHERE scope = ? ORDER BY name", (scope,)).fetchall()
        for stream, name in streams:
            places = _held_places(raw, stream)
            if places:
                claims.append((name, places))
    return claims


def _held_places(raw: sqlite3.Connection, stream: int) -> list[Checkpoint]:
    last = raw.execute(
        "SELECT max(seq) FROM sync_commit WHERE stream = ? AND applied IS NOT NULL", (stream,)
    ).fetchone()[0]
    if last is None:
        return []
    # A copied file's stream can hold two commits at one place: both are named, and both branches' ends.
    places = [*have_places(last), *_branch_ends(raw, stream)]
    marks = ",".join(map(str, sorted(set(places))))
    rows = raw.execute(
        f"SELECT seq, hash FROM sync_commit WHERE stream = ? AND applied IS NOT NULL AND seq IN ({marks}) "
        "ORDER BY seq DESC, hash",
        (stream,),
    )
    return [(seq, name.hex()) for seq, name in rows]


def _branch_ends(raw: sqlite3.Connection, stream: int) -> list[int]:
    if not _forked(raw, stream):
        return []
    rows = raw.execute(
        "SELECT c.seq FROM sync_commit c WHERE c.stream = ? AND c.applied IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM sync_commit n WHERE n.stream = c.stream AND n.seq = c.seq + 1 AND n.previous = c.hash)",
        (stream,),
    )
    return [row[0] for row in rows]


def _forked(raw: sqlite3.Connection, stream: int) -> bool:
    count, places = raw.execute(
        "SELECT count(*), count(DISTINCT seq) FROM sync_commit WHERE stream = ?", (stream,)
    ).fetchone()
    return bool(count != places)


def remember(raw: sqlite3.Connection, manifest: Manifest, moment: str) -> None:
    """Keep what the maker of a package claims to hold.

    A package that is not newer came late, or its maker was set back to an old copy: then both claims are kept, and
    only what both cover counts as held, until a newer package comes.
    """
    claim = msgspec.json.encode(manifest.have)
    row = raw.execute("SELECT received_number, claim FROM sync_peer WHERE device = ?", (manifest.device,)).fetchone()
    if row is not None and manifest.number <= row[0]:
        if claim != row[1]:
            _keep_claim(raw, manifest, manifest.device + DOUBTFUL, moment, claim)
        else:
            # Set back to where it was when it said this before: what came after it no longer speaks for it.
            raw.execute("UPDATE sync_peer SET retired = 0 WHERE device = ?", (manifest.device,))
        return
    _keep_claim(raw, manifest, manifest.device, moment, claim)
    raw.execute("DELETE FROM sync_peer WHERE device = ?", (manifest.device + DOUBTFUL,))
    raw.execute(
        "UPDATE sync_peer SET retired = 1 WHERE office = ? AND device IN (?, ?)",
        (manifest.office, manifest.former, manifest.former + DOUBTFUL),
    )


def is_twin(raw: sqlite3.Connection, manifest: Manifest, sha256: str) -> bool:
    """Tell whether another package of that number was taken in from the same incarnation: two files go by its name."""
    row = raw.execute(
        "SELECT 1 FROM sync_import WHERE device = ? AND number = ? AND sha256 != ? LIMIT 1",
        (manifest.device, manifest.number, sha256),
    ).fetchone()
    return row is not None


def _keep_claim(raw: sqlite3.Connection, manifest: Manifest, device: str, moment: str, claim: bytes) -> None:
    raw.execute(
        "INSERT INTO sync_peer (device, office, received_number, heard_at, claim, retired) VALUES (?, ?, ?, ?, ?, 0) "
        "ON CONFLICT (device) DO UPDATE SET received_number = excluded.received_number, heard_at = excluded.heard_at, "
        "claim = excluded.claim, retired = 0",
        (device, manifest.office, manifest.number, moment, claim),
    )


def claims_of(raw: sqlite3.Connection, office: str) -> list[Have]:
    """Return the last claim of each known file of an office; none when nothing was ever heard of it."""
    rows = raw.execute("SELECT claim FROM sync_peer WHERE office = ? AND retired = 0", (office,))
    return [msgspec.json.decode(row[0], type=Have) for row in rows]


def held_by_all(raw: sqlite3.Connection, claims: Sequence[Have], scopes: Collection[int] | None = None) -> set[int]:
    """Return the numbers of the commits that every one of `claims` covers; none when there is no claim.

    Only those in `scopes` are looked for, where these are named.
    """
    rows = raw.execute("SELECT name, id, scope FROM sync_stream").fetchall()
    streams = {name: number for name, number, scope in rows if scopes is None or scope in scopes}
    held = [_held(raw, claim, streams) for claim in claims]
    return set.intersection(*held) if held else set()


def _held(raw: sqlite3.Connection, claim: Have, streams: Mapping[str, int]) -> set[int]:
    found: set[int] = set()
    for name, places in claim:
        if name in streams:
            found |= _up_to(raw, streams[name], places)
    return found


def _up_to(raw: sqlite3.Connection, stream: int, places: list[Checkpoint]) -> set[int]:
    """Return the commits of a stream at or beneath those of `places` that this file knows."""
    known = [
        (seq, name)
        for seq, name in places
        if raw.execute(
            "SELECT 1 FROM sync_commit WHERE stream = ? AND seq = ? AND hash = ?", (stream, seq, bytes.fromhex(name))
        ).fetchone()
    ]
    if not known:
        return set()
    if not _forked(raw, stream):
        rows = raw.execute("SELECT id FROM sync_commit WHERE stream = ? AND seq <= ?", (stream, max(known)[0]))
        return {row[0] for row in rows}
    return _chains(raw, stream, {bytes.fromhex(name) for _, name in known})


def _chains(raw: sqlite3.Connection, stream: int, ends: set[bytes]) -> set[int]:
    commits: dict[bytes, tuple[int, bytes | None]] = {
        name: (number, previous)
        for number, name, previous in raw.execute(
            "SELECT id, hash, previous FROM sync_commit WHERE stream = ?", (stream,)
        )
    }
    found: set[int] = set()
    for end in ends:
        name: bytes | None = end
        while name in commits and commits[name][0] not in found:
            number, name = commits[name]
            found.add(number)
    return found
