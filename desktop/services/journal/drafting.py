"""Drafting: what the open transaction changed, read from what capture marked, as writes by scope."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final

from desktop.errors import BadInput, NotAllowed
from desktop.models.fields import Noun, Value, nouns
from desktop.services.journal import head_store, settling
from desktop.services.journal.head_store import SHOWN, Key, Stored
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.ownership import Owners
from desktop.sync import commit as commits
from desktop.sync.commit import GONE, KEPT, ROW_PRESENCE
from desktop.sync.merge import winner

TOLD_EVERY: Final = 500


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
class Told:
    """How far the sealing is: `report` hears (done, total) every so many rows, and may raise to stop it."""

    report: Callable[[int, int], None]
    total: int
    done: int = 0
    told: int = 0

    def add(self, count: int = 1) -> None:
        """Count rows that are done."""
        self.done += count
        if self.done - self.told >= TOLD_EVERY:
            self.told = self.done
            self.report(min(self.done, self.total), self.total)


@dataclass
class Sealing:
    """The work on one transaction: drafts by scope, and the records whose heads it changes."""

    ledger: Ledger
    owners: Owners
    decisions: dict[tuple[str, str, str], Decision]
    told: Told
    drafts: dict[int, Draft] = field(default_factory=lambda: defaultdict(Draft))
    records: dict[Key, Stored] = field(default_factory=dict)
    new_scopes: dict[Key, int] = field(default_factory=dict)


def collect(work: Sealing) -> None:
    """Fill the drafts of `work` from the marked records and the decisions (NotAllowed, BadInput)."""
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
    secret = [item.name for item in noun.fields if item.sensitive]
    opened, closed = _chooser(noun, set(noun.names) - {*secret}), _chooser(noun, {*secret})
    open_names, secret_names = tuple(opened(noun.names)), tuple(closed(noun.names))
    secret_defaults = closed([item.default for item in noun.fields])
    for heads, row, *values in rows:
        work.told.add()
        if heads is not None:
            _restore(work, noun, row, values)
            continue
        if not commits.valid_row(row):
            raise BadInput(f"记录编号“{row}”不能用：只能含字母、数字和连字符。", f"{noun.name}.{row}")
        scope = work.owners.of_new(noun, row, dict(zip(noun.names, values, strict=True)))
        work.new_scopes[noun.name, row] = scope
        work.drafts[scope].created[noun.name, open_names].append((row, *opened(values)))
        secrets = closed(values)
        if secrets != secret_defaults:
            work.drafts[work.owners.sensitive(scope)].created[noun.name, secret_names].append((row, *secrets))


def _chooser(noun: Noun, names: set[str]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return what picks the values of some fields out of a row, in the order of the fields."""
    places = [place for place, name in enumerate(noun.names) if name in names]
    if len(places) == len(noun.names):
        return tuple
    return itemgetter(*places) if len(places) > 1 else lambda values: tuple(values[place] for place in places)


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
        work.told.add()
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
        if value is None and settling.is_blank(work.ledger, (noun.name, row), kept, item):
            # It comes back as it was shown: without a reference whose target never came.
            settling.blank_out(work.ledger, (noun.name, row), [item.name])
            continue
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
