"""Settling: after a merge no shown record may refer to one that is not there."""

import sqlite3
from collections.abc import Iterable

from desktop.models.fields import Field, Noun, Value, nouns, referring
from desktop.services.journal import head_store
from desktop.services.journal.head_store import GONE, HELD, KEPT_FOR_OTHERS, SHOWN, Key, Stored
from desktop.services.journal.ledger import Ledger
from desktop.sync.commit import ROW_PRESENCE
from desktop.sync.merge import winner


def settle_if_needed(ledger: Ledger) -> list[Key]:
    """Settle after an own edit, when some record waits or is kept only because others refer to it."""
    row = ledger.raw.execute("SELECT 1 FROM sync_record WHERE state >= 2 LIMIT 1").fetchone()
    return settle(ledger, []) if row else []


def settle(ledger: Ledger, touched: Iterable[Key]) -> list[Key]:
    """Show what can be shown, keep what others refer to, hold back what lacks its target; return what changed.

    A record that may be without the reference is shown without it: what an office above refers to for itself alone
    never comes, and must not hide this office's own record. The outcome depends on the records' heads alone, not on the
    order in which they arrived: everything live is tried whole, then what cannot stand is taken out until nothing more
    falls, then what was kept for others only goes.
    """
    changed: dict[Key, None] = {}
    candidates = dict.fromkeys(touched)
    for key in _with_state(ledger.raw, HELD):
        if show(ledger, key):
            candidates[key] = changed[key] = None
    for key in _fill_blanks(ledger):
        candidates[key] = changed[key] = None
    pending = list(candidates)
    while pending:
        pending = _take_out_dangling(ledger, pending, changed)
    for key in _unneeded(ledger.raw):
        hide(ledger, key, GONE)
        changed[key] = None
    return list(changed)


def suspects(raw: sqlite3.Connection) -> list[Key]:
    """Return, of the records that the open transaction touched, those whose targets are missing, and whose rows went
    away while others may refer to them."""
    found: dict[Key, None] = {}
    dirty = [row[0] for row in raw.execute("SELECT DISTINCT noun FROM sync_dirty").fetchall()]
    for name in dirty:
        for item in nouns()[name].fields:
            if item.target is not None:
                rows = raw.execute(
                    f'SELECT t.id FROM sync_dirty d JOIN "{name}" t ON t.id = d.id WHERE d.noun = ? AND '
                    f't."{item.name}" IS NOT NULL AND NOT EXISTS '
                    f'(SELECT 1 FROM "{item.target}" p WHERE p.id = t."{item.name}")',
                    (name,),
                )
                found.update(dict.fromkeys((name, row) for (row,) in rows.fetchall()))
        if referring()[name]:
            gone = raw.execute(
                "SELECT d.id FROM sync_dirty d WHERE d.noun = ? AND d.before IS NOT NULL "
                f'AND NOT EXISTS (SELECT 1 FROM "{name}" t WHERE t.id = d.id)',
                (name,),
            )
            for (row,) in gone.fetchall():
                found.update(dict.fromkeys(referrers(raw, (name, row))))
    return list(found)


def _take_out_dangling(ledger: Ledger, keys: list[Key], changed: dict[Key, None]) -> list[Key]:
    """Take out of `keys` what refers to nothing: the reference, or where it is required the record, with what refers to
    that; return what to look at next.
    """
    again: dict[Key, None] = {}
    for key in keys:
        blank: list[str] = []
        for item, target in _missing_links(ledger.raw, key):
            if _revive(ledger, target):
                again[target] = changed[target] = None
            elif item.required:
                hide(ledger, key, HELD)
                changed[key] = None
                break
            else:
                blank.append(item.name)
        if not stands(ledger.raw, key):
            again.update(dict.fromkeys(referrers(ledger.raw, key)))
        elif blank:
            blank_out(ledger, key, blank)
            changed[key] = None
    return list(again)


def missing_targets(raw: sqlite3.Connection, key: Key) -> list[Key]:
    """Return the records that a shown record refers to and that are not in their tables."""
    return [target for _, target in _missing_links(raw, key)]


def _missing_links(raw: sqlite3.Connection, key: Key) -> list[tuple[Field, Key]]:
    noun = nouns().get(key[0])
    links = _links(noun) if noun else []
    if noun is None or not links:
        return []
    columns = ", ".join(f'"{item.name}"' for item in links)
    row = raw.execute(f'SELECT {columns} FROM "{noun.name}" WHERE id = ?', (key[1],)).fetchone()
    if row is None:
        return []
    targets = [(item, (item.target or "", value)) for item, value in zip(links, row, strict=True) if value is not None]
    return [(item, target) for item, target in targets if not stands(raw, target)]


def _links(noun: Noun) -> list[Field]:
    return [item for item in noun.fields if item.target is not None]


def blank_out(ledger: Ledger, key: Key, names: Iterable[str]) -> None:
    """Show a record without these references; what was written there is kept as its heads' values."""
    kept = head_store.load(ledger, [key])[key]
    for name in names:
        ledger.raw.execute(f'UPDATE "{key[0]}" SET "{name}" = NULL WHERE id = ?', (key[1],))
        values = {head: head_value(ledger, key, kept, name, head) for head in kept.heads.of(name)}
        head_store.save_values(ledger.raw, key, name, values)


def is_blank(ledger: Ledger, key: Key, kept: Stored, item: Field) -> bool:
    """Tell whether a record is shown without this reference because what it names never came."""
    heads = kept.heads.of(item.name) if item.target is not None else []
    if item.target is None or not heads:
        return False
    value = head_value(ledger, key, kept, item.name, winner(heads, ledger.rank))
    return isinstance(value, str) and not _is_known(ledger.raw, (item.target, value))


def leave_blank(raw: sqlite3.Connection, key: Key) -> None:
    """Empty the references of a row that was brought back whole where what they name never came."""
    for item, target in _missing_links(raw, key):
        if not item.required and not _is_known(raw, target):
            raw.execute(f'UPDATE "{key[0]}" SET "{item.name}" = NULL WHERE id = ?', (key[1],))


def _fill_blanks(ledger: Ledger) -> list[Key]:
    """Write the references again that were blank and whose target may be had now; return their records."""
    filled: list[Key] = []
    for key, item in _blanks(ledger.raw):
        kept = head_store.load(ledger, [key])[key]
        heads = kept.heads.of(item.name)
        value = head_value(ledger, key, kept, item.name, winner(heads, ledger.rank))
        if isinstance(value, str) and _is_known(ledger.raw, (item.target or "", value)):
            ledger.raw.execute(f'UPDATE "{key[0]}" SET "{item.name}" = ? WHERE id = ?', (value, key[1]))
            if len(heads) == 1:
                head_store.save_values(ledger.raw, key, item.name, {})
            filled.append(key)
    return filled


def _blanks(raw: sqlite3.Connection) -> list[tuple[Key, Field]]:
    """Return the references of shown records whose heads' values are kept beside an empty column."""
    rows = raw.execute(
        "SELECT DISTINCT h.noun, h.id, h.field FROM sync_head h JOIN sync_record r ON r.noun = h.noun AND r.id = h.id "
        "WHERE r.state IN (?, ?)",
        (SHOWN, KEPT_FOR_OTHERS),
    )
    found = []
    for noun, row, name in rows.fetchall():
        item = nouns()[noun].field(name) if noun in nouns() else None
        if item is not None and item.target is not None:
            empty = raw.execute(f'SELECT 1 FROM "{noun}" WHERE id = ? AND "{name}" IS NULL', (row,)).fetchone()
            if empty is not None:
                found.append(((noun, row), item))
    return found


def forget_blanks(ledger: Ledger, key: Key, kept: Stored) -> None:
    """Keep no values for the references of a record that is not shown: it is tried whole when it is shown again."""
    noun = nouns().get(key[0])
    for item in _links(noun) if noun else []:
        heads = kept.heads.of(item.name)
        if len(heads) == 1 and item.accepts(kept.values.get((item.name, heads[0]))):
            head_store.save_values(ledger.raw, key, item.name, {})


def _is_known(raw: sqlite3.Connection, key: Key) -> bool:
    """Tell whether a record is here, shown or not: a deleted one that is referred to can be brought back."""
    return raw.execute("SELECT 1 FROM sync_record WHERE noun = ? AND id = ?", key).fetchone() is not None


def stands(raw: sqlite3.Connection, key: Key) -> bool:
    """Tell whether a record is in its table."""
    if key[0] not in nouns():
        return False
    return raw.execute(f'SELECT 1 FROM "{key[0]}" WHERE id = ?', (key[1],)).fetchone() is not None


def referrers(raw: sqlite3.Connection, key: Key) -> list[Key]:
    """Return the shown records that refer to a record."""
    return [
        (noun, row)
        for noun, name in referring().get(key[0], ())
        for (row,) in raw.execute(f'SELECT id FROM "{noun}" WHERE "{name}" = ?', (key[1],)).fetchall()
    ]


def _revive(ledger: Ledger, key: Key) -> bool:
    """Bring back a deleted record that a shown one refers to: the deletion and the reference were made apart."""
    kept = head_store.load(ledger, [key]).get(key)
    return kept is not None and kept.state == GONE and _show(ledger, key, kept, KEPT_FOR_OTHERS)


def show(ledger: Ledger, key: Key) -> bool:
    """Put a record into its table from its heads; False when it lacks a required field or its table is unknown."""
    kept = head_store.load(ledger, [key])[key]
    return _show(ledger, key, kept, SHOWN)


def _show(ledger: Ledger, key: Key, kept: Stored, state: int) -> bool:
    noun = nouns().get(key[0])
    values = row_values(ledger, noun, key, kept) if noun else None
    if noun is None or values is None:
        return False
    columns = ", ".join(f'"{name}"' for name in noun.names)
    marks = ", ".join("?" * len(noun.names))
    ledger.raw.execute(f'INSERT INTO "{noun.name}" (id, {columns}) VALUES (?, {marks})', (key[1], *values))
    _set_state(ledger.raw, key, state)
    kept.state = state
    head_store.mark_deletions(ledger.raw, key, kept)
    return True


def row_values(ledger: Ledger, noun: Noun, key: Key, kept: Stored) -> list[Value] | None:
    """Return the values to show for a record, in the order of its fields; None when a required one is lacking."""
    values: list[Value] = []
    for item in noun.fields:
        heads = kept.heads.of(item.name)
        value = head_value(ledger, key, kept, item.name, winner(heads, ledger.rank)) if heads else item.default
        if not item.accepts(value):
            value = item.default
        if value is None and item.required:
            return None
        values.append(value)
    return values


def head_value(ledger: Ledger, key: Key, kept: Stored, name: str, commit: int) -> Value:
    """Return what a head wrote: as kept, or else from the commit's bytes."""
    if (name, commit) in kept.values:
        return kept.values[name, commit]
    return head_store.written_value(ledger, key, name, commit)


def hide(ledger: Ledger, key: Key, state: int) -> None:
    """Take a record out of its table; its heads stay."""
    if key[0] in nouns():
        ledger.raw.execute(f'DELETE FROM "{key[0]}" WHERE id = ?', (key[1],))
    _set_state(ledger.raw, key, state)
    head_store.save_values(ledger.raw, key, ROW_PRESENCE, {})
    kept = head_store.load(ledger, [key]).get(key)
    if kept is not None:
        forget_blanks(ledger, key, kept)


def _set_state(raw: sqlite3.Connection, key: Key, state: int) -> None:
    raw.execute("UPDATE sync_record SET state = ? WHERE noun = ? AND id = ?", (state, *key))


def _with_state(raw: sqlite3.Connection, state: int) -> list[Key]:
    return list(raw.execute("SELECT noun, id FROM sync_record WHERE state >= 2 AND state = ?", (state,)).fetchall())


def _unneeded(raw: sqlite3.Connection) -> list[Key]:
    """Return the records kept for others that no live record needs any more, directly or through another kept one."""
    kept = set(_with_state(raw, KEPT_FOR_OTHERS))
    needed: set[Key] = set()
    while True:
        more = {key for key in kept - needed if any(row not in kept or row in needed for row in referrers(raw, key))}
        if not more:
            return sorted(kept - needed)
        needed |= more
