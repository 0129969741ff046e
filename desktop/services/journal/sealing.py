"""Sealing: the changes of one transaction become signed commits within the same transaction."""

import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from desktop.errors import BadInput
from desktop.models import capture, refresh
from desktop.models.capture import Sealed
from desktop.models.fields import Value
from desktop.services.journal import drafting, head_store, settling
from desktop.services.journal.drafting import Draft, Sealing, Told, Write
from desktop.services.journal.head_store import SHOWN, Key, Stored
from desktop.services.journal.ledger import Entry, Ledger
from desktop.services.journal.ownership import Owners
from desktop.sync import commit as commits
from desktop.sync.commit import GONE, ROW_PRESENCE, Changed, Commit, Created

PART_CELLS = 40_000
PART_BYTES = 2_000_000


@dataclass(frozen=True)
class Author:
    """Who signs: office, keys, and the operator named in the commits."""

    office: str
    private_key: bytes
    public_key: bytes
    operator: str


def read_author(raw: sqlite3.Connection, operator: str | None) -> Author:
    """Return who signs in this file."""
    row = raw.execute("SELECT office, private_key, public_key, operator FROM sync_identity").fetchone()
    if row is None:
        raise BadInput("数据库还没有工会身份。请先运行初始化，填写工会名称和层级。")
    return Author(row[0], row[1], row[2], operator or row[3])


def seal(connection: Connection, info: dict[str, Any]) -> Sealed:
    """Seal what capture marked; returns the hashes of the commits and the touched records.

    `report_progress` of `info` hears (done, total) once and may raise: then nothing of the transaction is kept.
    """
    raw = capture.driver(connection)
    author = read_author(raw, info.get("operator") or connection.info.get("operator"))
    ledger = Ledger(raw)
    decisions = {(item.noun, item.id, item.field): item for item in info.pop("decisions", None) or ()}
    (marked,) = raw.execute("SELECT count(*) FROM sync_dirty").fetchone()
    # Each row is drafted, then signed; those of its fields that are secret make a second row.
    told = Told(info.pop("report_progress", None) or _unheard, 2 * marked)
    work = Sealing(ledger, Owners(ledger, author.office), decisions, told)
    drafting.collect(work)
    raw.execute("DELETE FROM sync_dirty")
    hashes = _store(work, author)
    changed = tuple({**dict.fromkeys(work.new_scopes), **dict.fromkeys(work.records)})
    if hashes:
        settling.settle_if_needed(ledger)
        refresh.run(connection, changed)
        raw.execute("DELETE FROM sync_dirty")
    return Sealed(tuple(hashes), changed)


def _unheard(_done: int, _total: int) -> None:
    """Tell nobody how far the sealing is."""


def _store(work: Sealing, author: Author) -> list[str]:
    """Sign and store the drafts' commits and move the heads."""
    applied = work.ledger.next_applied()
    hashes: list[str] = []
    created: dict[Key, tuple[tuple[int, int], ...]] = defaultdict(tuple)
    for scope, draft in work.drafts.items():
        for number, name, commit in _commits(work.ledger, author, scope, draft, applied):
            hashes.append(name)
            work.told.add(sum(len(block.rows) for block in commit.created) + len(commit.changed))
            for block in commit.created:
                part = (number, work.ledger.shape_id(tuple(block.fields)))
                for row in block.rows:
                    created[block.table, str(row[0])] += (part,)
            for change in commit.changed:
                _apply(work, number, draft.writes[change.table, change.row])
    work.ledger.raw.executemany(
        "INSERT INTO sync_record (noun, id, scope, state, heads) VALUES (?, ?, ?, 1, ?)",
        [(*key, work.new_scopes[key], head_store.base_text(parts)) for key, parts in created.items()],
    )
    for key, kept in work.records.items():
        kept.state = SHOWN if kept.heads.live() else head_store.GONE
        if kept.heads.presence:
            head_store.mark_deletions(work.ledger.raw, key, kept)
        if kept.state == head_store.GONE:
            settling.forget_blanks(work.ledger, key, kept)
    head_store.save(work.ledger, work.records.items())
    return hashes


def _commits(
    ledger: Ledger, author: Author, scope: int, draft: Draft, applied: int
) -> Iterator[tuple[int, str, Commit]]:
    stream, seq, previous = _own_stream(ledger, author, scope)
    tips = ledger.raw.execute(
        "SELECT c.id, c.hash FROM sync_commit c JOIN sync_stream s ON s.id = c.stream WHERE c.tip = 1 AND s.scope = ?",
        (scope,),
    ).fetchall()
    others = [(number, name) for number, name in tips if name != previous]
    below = [number for number, _ in tips]
    parts = list(_parts(draft))
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    for place, (created, writes) in enumerate(parts):
        refs, changed = _with_refs(ledger, writes)
        commit = Commit(
            commits.VERSION, stream, ledger.scope(scope), seq, previous.hex() if previous else None,
            sorted(name.hex() for _, name in others), moment, author.office, author.operator, refs,
            int(place + 1 < len(parts)), created, changed,
        )  # fmt: skip
        raw = commits.encode(commit)
        name = commits.commit_hash(raw)
        ledger.raw.executemany("UPDATE sync_commit SET tip = 0 WHERE id = ?", [(number,) for number in below])
        entry = Entry(commit, raw, name, commits.sign(author.private_key, raw), ledger.height_above(below), applied)
        number = ledger.append(Entry(**{**entry.__dict__, "own": True}))
        yield number, name.hex(), commit
        seq, previous, others, below = seq + 1, name, [], [number]


def _own_stream(ledger: Ledger, author: Author, scope: int) -> tuple[str, int, bytes | None]:
    """Return name, next place and last hash of this incarnation's stream in `scope`, beginning one if needed."""
    row = ledger.raw.execute(
        "SELECT s.name, c.seq, c.hash FROM sync_stream s JOIN sync_commit c ON c.stream = s.id "
        "WHERE s.own = 1 AND s.scope = ? ORDER BY c.seq DESC LIMIT 1",
        (scope,),
    ).fetchone()
    if row is None:
        return commits.stream_name(author.public_key, secrets.token_bytes(16)), 1, None
    return row[0], row[1] + 1, row[2]


def _parts(draft: Draft) -> Iterator[tuple[list[Created], list[Write]]]:
    """Cut a large transaction into parts of bounded size, so that neither memory nor history depend on its size."""
    created: list[Created] = []
    writes: list[Write] = []
    room = 0
    for (table, names), rows in draft.created.items():
        step = max(1, PART_CELLS // (len(names) + 1))
        for start in range(0, len(rows), step):
            for block in _halved(rows[start : start + step]):
                size = len(block) * (len(names) + 1)
                if created and room + size > PART_CELLS:
                    yield created, []
                    created, room = [], 0
                created.append(Created(table, list(names), list(map(list, block))))
                room += size
    for write in draft.writes.values():
        size = len(write.values) + sum(len(value) for value in write.values.values() if isinstance(value, str)) // 25
        if (created or writes) and room + size > PART_CELLS:
            yield created, writes
            created, writes, room = [], [], 0
        writes.append(write)
        room += size
    if created or writes:
        yield created, writes


def _halved(rows: list[tuple[Value, ...]]) -> Iterator[list[tuple[Value, ...]]]:
    """Cut rows with long texts into pieces of bounded size."""
    if len(rows) == 1 or commits.encoded_length(rows) <= PART_BYTES:
        yield rows
        return
    middle = len(rows) // 2
    yield from _halved(rows[:middle])
    yield from _halved(rows[middle:])


def _with_refs(ledger: Ledger, writes: list[Write]) -> tuple[list[str], list[Changed]]:
    numbers = sorted({number for write in writes for heads in write.replaced.values() for number in heads})
    places = {number: place for place, number in enumerate(numbers)}
    changed = [
        Changed(*write.key, write.values, {name: [places[n] for n in heads] for name, heads in write.replaced.items()})
        for write in writes
    ]
    return [ledger.name(number).hex() for number in numbers], changed


def _apply(work: Sealing, number: int, write: Write) -> None:
    kept = work.records[write.key]
    for name, value in write.values.items():
        replaced = write.replaced.get(name, [])
        if name == ROW_PRESENCE:
            (kept.heads.delete if value == GONE else kept.heads.keep)(number, replaced)
            continue
        kept.heads.write(number, name, replaced)
        _keep_disputed(work.ledger, kept, write.key, name, (number, value))


def _keep_disputed(ledger: Ledger, kept: Stored, key: Key, name: str, written: tuple[int, Value]) -> None:
    known = {commit: value for (field, commit), value in kept.values.items() if field == name}
    heads = kept.heads.of(name)
    if not known and len(heads) == 1:
        return
    known[written[0]] = written[1]
    values = {head: known[head] for head in heads if head in known} if len(heads) > 1 else {}
    for commit in list(known):
        kept.values.pop((name, commit), None)
    kept.values.update({(name, head): value for head, value in values.items()})
    head_store.save_values(ledger.raw, key, name, values)
