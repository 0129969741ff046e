"""Folding: of old changes that everybody has, what still stands is kept, with the names of all that it replaced."""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.services.journal import head_store
from desktop.services.journal.head_store import GONE, Key
from desktop.services.journal.ledger import Ledger, folded
from desktop.services.journal.merging import remerge
from desktop.sync import commit as commits
from desktop.sync.commit import ROW_PRESENCE, Changed, Commit, Created, Value

Place = tuple[str, str, str]


@dataclass
class Folding:
    """The work on a set of commits, by number: who replaced which write within it, and which records are gone."""

    ledger: Ledger
    numbers: frozenset[int]
    replacing: dict[Place, dict[int, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    replaced: dict[Place, set[int]] = field(default_factory=lambda: defaultdict(set))
    gone: set[Key] = field(default_factory=set)


def fold(ledger: Ledger, numbers: Iterable[int], *, erase_deleted: bool = False) -> int:
    """Put in the place of each commit's bytes what still stands of it among these; return how many bytes went.

    A write that another of them replaced is dropped, one that stands names all that it and those before it replaced,
    so that heads come out alike for whoever has any part of the log. With `erase_deleted` the values of deleted records
    are dropped too. Heads, tables and state hash stay as they are.
    """
    ordered = sorted(numbers, key=lambda number: _place(ledger.raw, number))
    work = Folding(ledger, frozenset(ordered))
    for number in ordered:
        _note(work, number, ledger.commit(number))
    if erase_deleted:
        _note_gone(work)
    before = after = 0
    for number in ordered:
        residue = _residue(work, number, ledger.commit(number))
        kept = folded(residue, commits.encode(residue))
        (length,) = ledger.raw.execute('SELECT length("raw") FROM sync_commit WHERE id = ?', (number,)).fetchone()
        before, after = before + length, after + len(kept)
        # What was decoded of it stays decoded for those after it: they ask for what it replaced.
        ledger.raw.execute("UPDATE sync_commit SET raw = ?, folded = 1 WHERE id = ?", (kept, number))
    ledger.forget_decoded()
    _forget_values(work)
    return before - after


def _place(raw: sqlite3.Connection, number: int) -> tuple[int, int]:
    row = raw.execute("SELECT applied, id FROM sync_commit WHERE id = ?", (number,)).fetchone()
    return row[0], row[1]


def _note(work: Folding, number: int, commit: Commit) -> None:
    refs = [work.ledger.number(bytes.fromhex(name)) or 0 for name in commit.refs]
    for change in commit.changed:
        for name in change.values:
            place = (change.table, change.row, name)
            direct = [refs[at] for at in change.replaced.get(name, ())]
            work.replacing[place][number] = direct
            work.replaced[place].update(direct)


def _note_gone(work: Folding) -> None:
    """Find the records that all of these commits alone delete: nothing can bring their values back."""
    for noun, row, text in work.ledger.raw.execute(
        "SELECT noun, id, heads FROM sync_record WHERE state = ?", (GONE,)
    ).fetchall():
        heads = head_store.heads_from_text(work.ledger, text)
        if heads.commits() | set(heads.presence) <= work.numbers and not heads.live():
            work.gone.add((noun, row))


def _forget_values(work: Folding) -> None:
    """Let what is kept of the values of deleted records beside the log agree with the log again."""
    raw = work.ledger.raw
    raw.executemany("DELETE FROM sync_head WHERE noun = ? AND id = ?", list(work.gone))
    kept = head_store.load(work.ledger, work.gone)
    remerge(work.ledger, {key: set(kept[key].heads.fields()) for key in work.gone})


def _residue(work: Folding, number: int, commit: Commit) -> Commit:
    names = dict.fromkeys(commit.refs)
    changed: list[tuple[Changed, dict[str, list[str]]]] = []
    for change in commit.changed:
        standing = [name for name in change.values if _stands(work, number, change.table, change.row, name)]
        before = {name: _before(work, (change.table, change.row, name), number) for name in standing}
        for found in before.values():
            names.update(dict.fromkeys(found))
        if standing:
            changed.append((change, before))
    refs = list(names)
    places = {name: at for at, name in enumerate(refs)}
    values = {name: getattr(commit, name) for name in commit.__struct_fields__}
    kept = [_kept(work, change, before, places) for change, before in changed]
    return Commit(**{**values, "refs": refs, "created": _created(work, number, commit), "changed": kept})


def _stands(work: Folding, number: int, table: str, row: str, name: str) -> bool:
    place = (table, row, name)
    return place not in work.replaced or number not in work.replaced[place]


def _before(work: Folding, place: Place, number: int) -> list[str]:
    """Return the names of all writes of a field that a write replaced, directly or through others."""
    found: dict[int, None] = {}
    waiting = list(work.replacing[place].get(number, ()))
    while waiting:
        one = waiting.pop()
        if one and one not in found:
            found[one] = None
            waiting += work.replacing[place].get(one, ())
    return [work.ledger.name(one).hex() for one in sorted(found)]


def _kept(work: Folding, change: Changed, before: dict[str, list[str]], places: dict[str, int]) -> Changed:
    gone = (change.table, change.row) in work.gone
    values = {name: _value(gone, name, change.values[name]) for name in before}
    replaced = {name: sorted(places[one] for one in found) for name, found in before.items() if found}
    return Changed(change.table, change.row, values, replaced)


def _value(gone: bool, name: str, value: Value) -> Value:
    return None if gone and name != ROW_PRESENCE else value


def _created(work: Folding, number: int, commit: Commit) -> list[Created]:
    blocks: dict[tuple[str, tuple[str, ...]], list[list[Value]]] = {}
    for block in commit.created:
        for row in block.rows:
            key = (block.table, str(row[0]))
            standing = [
                at for at, name in enumerate(block.fields, 1) if _stands(work, number, block.table, key[1], name)
            ]
            if standing:
                names = tuple(block.fields[at - 1] for at in standing)
                values = [None if key in work.gone else row[at] for at in standing]
                blocks.setdefault((block.table, names), []).append([row[0], *values])
    return [Created(table, list(names), rows) for (table, names), rows in blocks.items()]


def digest(raw: sqlite3.Connection, last: int) -> str:
    """Return the digest of all folded commits up to a number, which the office signs."""
    total = hashlib.sha256()
    rows = raw.execute("SELECT hash, raw FROM sync_commit WHERE folded = 1 AND id <= ? ORDER BY id", (last,))
    for name, kept in rows:
        total.update(name + len(kept).to_bytes(8, "big") + kept)
    return total.hexdigest()


def is_folded(raw: sqlite3.Connection, numbers: Iterable[int]) -> bool:
    """Tell whether one of these commits is folded: what it replaced can no longer be read here."""
    marks = ",".join(map(str, numbers)) or "NULL"
    row = raw.execute(f"SELECT 1 FROM sync_commit WHERE folded = 1 AND id IN ({marks}) LIMIT 1").fetchone()
    return row is not None
