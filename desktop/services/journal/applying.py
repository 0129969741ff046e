"""Taking commits into the log: known ones are skipped, those that lack a prerequisite wait by name."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.services.journal import declared, settling
from desktop.services.journal.head_store import Key
from desktop.services.journal.ledger import Entry, Ledger
from desktop.services.journal.merging import Batch
from desktop.services.trust import anchor
from desktop.sync.commit import Commit, author_key, prerequisites

FORK, LOST = "fork", "lost"


@dataclass(frozen=True)
class Incoming:
    """A verified commit with its bytes; `signature` None where a later commit of its stream covers it.

    Of a `folded` one the bytes are what still stands of it, and its maker answers for them.
    """

    commit: Commit
    raw: bytes
    hash: bytes
    signature: bytes | None
    folded: bool = False


@dataclass
class Taken:
    """What became of incoming commits."""

    applied: int = 0
    already_known: int = 0
    waiting: int = 0
    released: list[int] = field(default_factory=list)
    tips_before: list[int] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    settled: list[Key] = field(default_factory=list)
    barred: int = 0


def take_in(
    raw: sqlite3.Connection, incoming: Iterable[Incoming], import_id: int | None, *, declared_anew: bool = False
) -> Taken:
    """Store and merge commits inside the open transaction, which must not have touched records before.

    The records changed stand marked in `sync_dirty` afterwards; the caller reports and clears them. `declared_anew`
    tells that a declaration was made here since the last time.
    """
    if raw.execute("SELECT 1 FROM sync_dirty LIMIT 1").fetchone() is not None:
        raise RuntimeError("commits are taken in before other changes of a transaction, never after")
    ledger = Ledger(raw)
    batch = Batch(ledger)
    taken = Taken(tips_before=[row[0] for row in raw.execute("SELECT id FROM sync_commit WHERE tip = 1")])
    order = ledger.next_applied()
    void_keys = frozenset(declared.revoked(ledger))
    for item in incoming:
        if _known(ledger, item):
            taken.already_known += 1
            continue
        _look_for_twin(ledger, item, taken)
        if author_key(item.commit.stream) in void_keys or item.hash in _lost(ledger):
            _keep_apart(ledger, item, import_id, taken)
        else:
            order += _store(ledger, batch, item, order, import_id, taken)
    if taken.barred:
        declared.let_go(ledger)
    taken.released = _release(ledger, batch, order) if taken.applied or taken.barred else []
    batch.flush()
    if declared_anew or _declarations_changed(raw):
        ledger.lost = None
        declared.follow(ledger)
        declared.let_go(ledger)
        taken.released += _release(ledger, batch, order + len(taken.released))
        batch.flush()
    taken.settled = settling.settle(ledger, settling.suspects(raw))
    return taken


def _declarations_changed(raw: sqlite3.Connection) -> bool:
    return raw.execute("SELECT 1 FROM sync_dirty WHERE noun = 'declarations' LIMIT 1").fetchone() is not None


def _lost(ledger: Ledger) -> set[bytes]:
    if ledger.lost is None:
        ledger.lost = declared.voided(ledger)
    return ledger.lost


def _keep_apart(ledger: Ledger, item: Incoming, import_id: int | None, taken: Taken) -> None:
    """Store a commit that is not to count, as one that waits for itself; a declaration may let it go yet."""
    missing, _ = _prerequisites(ledger, item.commit)
    number = ledger.append(
        Entry(item.commit, item.raw, item.hash, item.signature, 0, None, import_id, folded=item.folded)
    )
    declared.bar(ledger, [(number, name) for name in (*missing, item.hash)])
    taken.waiting += 1
    taken.barred += 1


def _known(ledger: Ledger, item: Incoming) -> bool:
    number = ledger.number(item.hash)
    if number is not None and item.signature is not None:
        ledger.raw.execute(
            "UPDATE sync_commit SET signature = ? WHERE id = ? AND signature IS NULL", (item.signature, number)
        )
    return number is not None


def _look_for_twin(ledger: Ledger, item: Incoming, taken: Taken) -> None:
    """Two commits at one place of a stream mean a copied file; unknown ones in the own stream mean a restored one."""
    row = ledger.raw.execute("SELECT id, own FROM sync_stream WHERE name = ?", (item.commit.stream,)).fetchone()
    if row is None:
        return
    twin = ledger.raw.execute("SELECT 1 FROM sync_commit WHERE stream = ? AND seq = ?", (row[0], item.commit.seq))
    kind = LOST if row[1] else FORK if twin.fetchone() is not None else None
    if kind is not None and kind not in taken.alarms:
        taken.alarms.append(kind)
        _raise(ledger.raw, kind, item)


def _raise(raw: sqlite3.Connection, kind: str, item: Incoming) -> None:
    place = f"工会 {item.commit.office}，第{item.commit.seq}号修改"
    if kind == LOST:
        anchor.rotate(raw, LOST)
        anchor.raise_alarm(
            raw,
            LOST,
            f"收到本机自己做过、但本数据库里没有的修改（{place}）：数据库被换成过备份或副本。已换用新的编号继续。",
        )
    else:
        anchor.raise_alarm(
            raw, FORK, f"同一编号出现两份不同的修改（{place}）：对方的数据库被复制过。两份修改都已保留。"
        )


def _store(ledger: Ledger, batch: Batch, item: Incoming, order: int, import_id: int | None, taken: Taken) -> int:
    """Store one commit; return 1 when it was applied, 0 when it waits."""
    missing, numbers = _prerequisites(ledger, item.commit)
    height = 0 if missing else ledger.height_above(numbers)
    applied = None if missing else order
    number = ledger.append(
        Entry(item.commit, item.raw, item.hash, item.signature, height, applied, import_id, folded=item.folded)
    )
    if missing:
        needs = [(number, name) for name in missing]
        ledger.raw.executemany('INSERT INTO sync_need ("commit", hash) VALUES (?, ?)', needs)
        taken.waiting += 1
        return 0
    _cover(ledger.raw, numbers)
    batch.add(number, item.commit)
    taken.applied += 1
    return 1


def _cover(raw: sqlite3.Connection, numbers: list[int]) -> None:
    raw.executemany("UPDATE sync_commit SET tip = 0 WHERE id = ? AND tip = 1", [(number,) for number in numbers])


def _prerequisites(ledger: Ledger, commit: Commit) -> tuple[list[bytes], list[int]]:
    """Return the hashes of the prerequisites that are not applied, and the numbers of those that are."""
    missing: list[bytes] = []
    numbers: list[int] = []
    for name in map(bytes.fromhex, prerequisites(commit)):
        number = ledger.number(name)
        if number is not None and ledger.rank(number)[0] > 0:
            numbers.append(number)
        elif name not in _lost(ledger):
            missing.append(name)
    return missing, numbers


def _release(ledger: Ledger, batch: Batch, order: int) -> list[int]:
    """Apply the waiting commits whose prerequisites are now all applied, until none is left; return them."""
    released: list[int] = []
    while True:
        ready = ledger.raw.execute(
            "SELECT w.id FROM sync_commit w WHERE w.applied IS NULL AND NOT EXISTS ("
            'SELECT 1 FROM sync_need m WHERE m."commit" = w.id AND NOT EXISTS ('
            "SELECT 1 FROM sync_commit c WHERE c.hash = m.hash AND c.applied IS NOT NULL)) ORDER BY w.id"
        ).fetchall()
        for (number,) in ready:
            _apply_waiting(ledger, batch, number, order + len(released))
            released.append(number)
        if not ready:
            return released


def missing_prerequisites(ledger: Ledger, commit: Commit) -> list[bytes]:
    """Return the hashes of the prerequisites of a commit that are not applied here."""
    return _prerequisites(ledger, commit)[0]


def _apply_waiting(ledger: Ledger, batch: Batch, number: int, order: int) -> None:
    commit = ledger.commit(number)
    _, below = _prerequisites(ledger, commit)
    height = ledger.height_above(below)
    ledger.raw.execute("UPDATE sync_commit SET height = ?, applied = ?, tip = 1 WHERE id = ?", (height, order, number))
    ledger.raw.execute('DELETE FROM sync_need WHERE "commit" = ?', (number,))
    ledger.forget_rank(number)
    _cover(ledger.raw, below)
    batch.add(number, commit)
