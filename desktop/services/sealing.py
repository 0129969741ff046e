"""Sealing: the changes of one transaction become signed commits within the same transaction."""

import json
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from desktop.errors import BadInput, NotAllowed
from desktop.models import capture, refresh
from desktop.models.capture import Sealed
from desktop.models.fields import Noun, Value, nouns
from desktop.services import head_store, settling
from desktop.services.head_store import SHOWN, Key, Stored
from desktop.services.ledger import Entry, Ledger
from desktop.services.ownership import Owners
from desktop.sync import commit as commits
from desktop.sync.commit import GONE, KEPT, ROW_PRESENCE, Changed, Commit, Created
from desktop.sync.merge import winner

PART_CELLS = 40_000
PART_CHARACTERS = 1_000_000


@dataclass(frozen=True)
class Author:
    """Who signs: office, keys, and the operator named in the commits."""

    office: str
    private_key: bytes
    public_key: bytes
    operator: str


@dataclass(frozen=True)
class Decision:
    """A field to be written even where its value stands already: how a dispute is settled.

    `field` is `*` for a decision to keep a record against deletions. `replacing` names the replaced commits by their
    numbers; None means every head.
    """

    noun: str
    id: str
    field: str
    replacing: tuple[int, ...] | None = None


@dataclass
class Write:
    """One row's changed fields in one scope, with the commits (by number) that each replaces."""

    key: Key
    values: dict[str, Value] = field(default_factory=dict)
    replaced: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class Draft:
    """What the open transaction writes in one scope."""

    created: dict[tuple[str, tuple[str, ...]], list[tuple[Value, ...]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    writes: dict[Key, Write] = field(default_factory=dict)

    def write(self, key: Key, name: str, value: Value, replaced: list[int]) -> None:
        """Add one field."""
        entry = self.writes.setdefault(key, Write(key))
        entry.values[name] = value
        if replaced:
            entry.replaced[name] = replaced


@dataclass
class Sealing:
    """The work on one transaction: drafts by scope, and the records whose heads it changes."""

    ledger: Ledger
    owners: Owners
    decisions: dict[tuple[str, str, str], Decision]
    drafts: dict[int, Draft] = field(default_factory=lambda: defaultdict(Draft))
    records: dict[Key, Stored] = field(default_factory=dict)
    new_scopes: dict[Key, int] = field(default_factory=dict)


def read_author(raw: sqlite3.Connection, operator: str | None) -> Author:
    """Return who signs in this file."""
    row = raw.execute("SELECT office, private_key, public_key, operator FROM sync_identity").fetchone()
    if row is None:
        raise BadInput("数据库还没有工会身份。请先运行初始化，填写工会名称和层级。")
    return Author(row[0], row[1], row[2], operator or row[3])


def seal(connection: Connection, info: dict[str, Any]) -> Sealed:
    """Seal what capture marked; returns the hashes of the commits and the touched records."""
    raw = capture.driver(connection)
    author = read_author(raw, info.get("operator") or connection.info.get("operator"))
    ledger = Ledger(raw)
    decisions = {(item.noun, item.id, item.field): item for item in info.pop("decisions", None) or ()}
    work = Sealing(ledger, Owners(ledger, author.office), decisions)
    _collect(work)
    raw.execute("DELETE FROM sync_dirty")
    hashes = _store(work, author)
    changed = tuple({**dict.fromkeys(work.new_scopes), **dict.fromkeys(work.records)})
    if hashes:
        settling.settle_if_needed(ledger)
        refresh.run(connection, changed)
        raw.execute("DELETE FROM sync_dirty")
    return Sealed(tuple(hashes), changed)


def _collect(work: Sealing) -> None:
    raw = work.ledger.raw
    dirty = {row[0] for row in raw.execute("SELECT DISTINCT noun FROM sync_dirty")}
    for noun in nouns().values():
        if noun.name in dirty:
            _collect_created(work, noun)
            _collect_updated(work, noun)
            _collect_deleted(work, noun)
    for decision in work.decisions.values():
        _collect_decision(work, decision)


def _collect_created(work: Sealing, noun: Noun) -> None:
    columns = ", ".join(f't."{name}"' for name in noun.names)
    rows = work.ledger.raw.execute(
        f'SELECT r.heads, t.id, {columns} FROM sync_dirty d JOIN "{noun.name}" t ON t.id = d.id '
        "LEFT JOIN sync_record r ON r.noun = d.noun AND r.id = d.id WHERE d.noun = ? AND d.before IS NULL",
        (noun.name,),
    ).fetchall()
    open_places = [place for place, item in enumerate(noun.fields) if not item.sensitive]
    secret_places = [place for place, item in enumerate(noun.fields) if item.sensitive]
    open_names = tuple(noun.fields[place].name for place in open_places)
    for heads, row, *values in rows:
        if heads is not None:
            _restore(work, noun, row, values)
            continue
        if not commits.valid_row(row):
            raise BadInput(f"记录编号“{row}”不能用：只能含字母、数字和连字符。", f"{noun.name}.{row}")
        scope = work.owners.of_new(noun, row, dict(zip(noun.names, values, strict=True)))
        work.new_scopes[noun.name, row] = scope
        entry = (row, *(values[place] for place in open_places)) if secret_places else (row, *values)
        work.drafts[scope].created[noun.name, open_names].append(entry)
        if secret_places and any(values[place] != noun.fields[place].default for place in secret_places):
            names = tuple(noun.fields[place].name for place in secret_places)
            secret = work.drafts[work.owners.sensitive(scope)]
            secret.created[noun.name, names].append((row, *(values[place] for place in secret_places)))


def _collect_updated(work: Sealing, noun: Noun) -> None:
    columns = ", ".join(f't."{name}"' for name in noun.names)
    rows = work.ledger.raw.execute(
        f'SELECT d.before, t.id, {columns} FROM sync_dirty d JOIN "{noun.name}" t ON t.id = d.id '
        "WHERE d.noun = ? AND d.before IS NOT NULL",
        (noun.name,),
    ).fetchall()
    changes = [(row, json.loads(before), values) for before, row, *values in rows]
    changes = [change for change in changes if change[1] != list(change[2])]
    _load(work, [(noun.name, row) for row, _, _ in changes])
    for row, before, values in changes:
        for name, old, new in zip(noun.names, before, values, strict=True):
            if old != new and (noun.name, row, name) not in work.decisions:
                _write_field(work, noun, row, name, new, _seen(work, noun, row, name))


def _collect_deleted(work: Sealing, noun: Noun) -> None:
    rows = work.ledger.raw.execute(
        f"SELECT d.id FROM sync_dirty d WHERE d.noun = ? AND d.before IS NOT NULL "
        f'AND NOT EXISTS (SELECT 1 FROM "{noun.name}" t WHERE t.id = d.id)',
        (noun.name,),
    ).fetchall()
    _load(work, [(noun.name, row) for (row,) in rows])
    for (row,) in rows:
        if row == work.owners.office:
            raise NotAllowed("本工会自己的记录不能删除。", "offices")
        _write_presence(work, noun, row, work.records[noun.name, row], GONE)


def _collect_decision(work: Sealing, decision: Decision) -> None:
    noun = nouns()[decision.noun]
    _load(work, [(decision.noun, decision.id)])
    kept = work.records[decision.noun, decision.id]
    if decision.field == ROW_PRESENCE:
        _write_presence(work, noun, decision.id, kept, KEPT)
        return
    row = work.ledger.raw.execute(
        f'SELECT "{decision.field}" FROM "{decision.noun}" WHERE id = ?', (decision.id,)
    ).fetchone()
    heads = kept.heads.of(decision.field)
    if decision.replacing is not None:
        heads = [head for head in heads if head in decision.replacing]
    _write_field(work, noun, decision.id, decision.field, row[0], heads)


def _restore(work: Sealing, noun: Noun, row: str, values: list[Value]) -> None:
    """A record that was known comes back (or was replaced whole): every field is written anew."""
    _load(work, [(noun.name, row)])
    kept = work.records[noun.name, row]
    if kept.heads.deletions():
        _write_presence(work, noun, row, kept, KEPT)
    for item, value in zip(noun.fields, values, strict=True):
        if not item.sensitive or kept.heads.of(item.name) or value != item.default:
            _write_field(work, noun, row, item.name, value, kept.heads.of(item.name))


def _load(work: Sealing, keys: list[Key]) -> None:
    missing = [key for key in keys if key not in work.records]
    work.records.update(head_store.load(work.ledger, missing))
    for key in missing:
        # A record older than the log itself: its first change creates it there.
        if key not in work.records:
            values = _row_values(work.ledger.raw, key)
            scope = work.owners.of_new(nouns()[key[0]], key[1], values)
            work.records[key] = Stored(scope, SHOWN)


def _row_values(raw: sqlite3.Connection, key: Key) -> dict[str, Value]:
    names = nouns()[key[0]].names
    columns = ", ".join(f'"{name}"' for name in names)
    row = raw.execute(f'SELECT {columns} FROM "{key[0]}" WHERE id = ?', (key[1],)).fetchone()
    return dict(zip(names, row, strict=True)) if row else {}


def _write_field(work: Sealing, noun: Noun, row: str, name: str, value: Value, replaced: list[int]) -> None:
    kept = work.records[noun.name, row]
    work.owners.require_write(kept.scope, noun.name)
    item = noun.field(name)
    scope = work.owners.sensitive(kept.scope) if item is not None and item.sensitive else kept.scope
    work.drafts[scope].write((noun.name, row), name, value, sorted(replaced))


def _seen(work: Sealing, noun: Noun, row: str, name: str) -> list[int]:
    """Return the heads whose value the person saw: who edits a disputed field replaces what was shown, no more."""
    kept = work.records[noun.name, row]
    heads = kept.heads.of(name)
    if len(heads) < 2:
        return heads
    shown = kept.values.get((name, winner(heads, work.ledger.rank)))
    return [head for head in heads if kept.values.get((name, head)) == shown]


def _write_presence(work: Sealing, noun: Noun, row: str, kept: Stored, value: int) -> None:
    """Delete or keep a record, in each scope for the writes that stand there."""
    work.owners.require_write(kept.scope, noun.name)
    seen: dict[int, set[int]] = {kept.scope: set()}
    for name in kept.heads.fields() if value == GONE else ():
        item = noun.field(name)
        scope = work.owners.sensitive(kept.scope) if item is not None and item.sensitive else kept.scope
        seen.setdefault(scope, set()).update(kept.heads.of(name))
    for commit in kept.heads.presence:
        scope = work.ledger.scope_id(*work.ledger.commit(commit).scope)
        seen.setdefault(scope, set()).add(commit)
    for scope, numbers in seen.items():
        work.drafts[scope].write((noun.name, row), ROW_PRESENCE, value, sorted(numbers))


def _store(work: Sealing, author: Author) -> list[str]:
    """Sign and store the drafts' commits and move the heads."""
    applied = work.ledger.next_applied()
    hashes: list[str] = []
    created: dict[Key, list[tuple[int, int]]] = {}
    for scope, draft in work.drafts.items():
        for number, name, commit in _commits(work.ledger, author, scope, draft, applied):
            hashes.append(name)
            for block in commit.created:
                shape = work.ledger.shape_id(tuple(block.fields))
                for row in block.rows:
                    created.setdefault((block.table, str(row[0])), []).append((number, shape))
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
                created.append(Created(table, list(names), [list(row) for row in block]))
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
    """Cut rows with long texts into pieces of bounded length."""
    length = sum(len(value) for row in rows for value in row if isinstance(value, str))
    if length <= PART_CHARACTERS or len(rows) == 1:
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
