"""Merging a batch of applied commits into the heads and the tables, a set at a time where records are new."""

from dataclasses import dataclass, field

from desktop.errors import BadPackage
from desktop.models.fields import Noun, Value, nouns
from desktop.services.journal import head_store, settling
from desktop.services.journal.head_store import GONE, HELD, KEPT_FOR_OTHERS, SHOWN, Key, Stored
from desktop.services.journal.ledger import Ledger
from desktop.sync.commit import ROW_PRESENCE, Changed, Commit
from desktop.sync.merge import winner

BATCH_CELLS = 60_000
SENSITIVE = "sensitive"


@dataclass
class Part:
    """A new record's fields as one commit created them."""

    commit: int
    scope: int
    names: tuple[str, ...]
    row: list[Value]


@dataclass
class Batch:
    """Applied commits whose writes are still to be merged; `flush` merges them in the order given.

    With `only` the writes of other records are passed over.
    """

    ledger: Ledger
    only: frozenset[Key] | None = None
    pending: list[tuple[int, Commit]] = field(default_factory=list)
    cells: int = 0
    fresh: dict[Key, list[Part]] = field(default_factory=dict)
    records: dict[Key, Stored] = field(default_factory=dict)
    touched: dict[Key, set[str]] = field(default_factory=dict)

    def add(self, number: int, commit: Commit) -> None:
        """Queue the writes of a stored commit."""
        self.pending.append((number, commit))
        self.cells += sum(len(block.rows) * (len(block.fields) + 1) for block in commit.created)
        self.cells += sum(len(change.values) + 2 for change in commit.changed) + 4
        if self.cells >= BATCH_CELLS:
            self.flush()

    def flush(self) -> None:
        """Merge what is queued."""
        self.records = head_store.load(self.ledger, self._keys())
        for number, commit in self.pending:
            self._take(number, commit)
        self._write_fresh()
        self.write_known()
        self.pending, self.cells, self.fresh, self.records, self.touched = [], 0, {}, {}, {}

    def _keys(self) -> dict[Key, None]:
        keys: dict[Key, None] = {}
        for _, commit in self.pending:
            keys.update(dict.fromkeys((change.table, change.row) for change in commit.changed))
            for block in commit.created:
                keys.update(dict.fromkeys((block.table, str(row[0])) for row in block.rows))
        return keys

    def _take(self, number: int, commit: Commit) -> None:
        scope = self.ledger.scope_id(*commit.scope)
        for block in commit.created:
            names = tuple(block.fields)
            for row in block.rows:
                key = (block.table, str(row[0]))
                if self.only is not None and key not in self.only:
                    continue
                part = Part(number, scope, names, row)
                if key in self.records or self._overlaps(key, names):
                    self._take_part(self._known(key, scope), key, part)
                else:
                    self.fresh.setdefault(key, []).append(part)
        refs = [self.ledger.number(bytes.fromhex(name)) or 0 for name in commit.refs]
        for change in commit.changed:
            if self.only is not None and (change.table, change.row) not in self.only:
                continue
            kept = self._known((change.table, change.row), scope)
            self._settle_scope(kept, scope)
            self._take_change(kept, number, change, refs)

    def _overlaps(self, key: Key, names: tuple[str, ...]) -> bool:
        return any(not set(names).isdisjoint(part.names) for part in self.fresh.get(key, ()))

    def _known(self, key: Key, scope: int) -> Stored:
        """Return the record to change, taking it over from the new ones of this batch where it is one of them."""
        kept = self.records.get(key)
        if kept is None:
            kept = self.records[key] = Stored(scope, GONE)
            for part in self.fresh.pop(key, ()):
                self._take_part(kept, key, part)
        return kept

    def _take_part(self, kept: Stored, key: Key, part: Part) -> None:
        self._settle_scope(kept, part.scope)
        kept.heads.create(part.commit, part.names)
        self.touched.setdefault(key, set()).update(part.names)
        kept.values.update({(name, part.commit): value for name, value in zip(part.names, part.row[1:], strict=True)})

    def _take_change(self, kept: Stored, number: int, change: Changed, refs: list[int]) -> None:
        touched = self.touched.setdefault((change.table, change.row), set())
        for name, value in change.values.items():
            replaced = [refs[place] for place in change.replaced.get(name, ())]
            if name == ROW_PRESENCE:
                (kept.heads.delete if value else kept.heads.keep)(number, replaced)
                continue
            # The value of a sole head stands in the table alone; once disputed it must be kept beside the new one.
            kept.heads.write(number, name, replaced)
            kept.values[name, number] = value
            touched.add(name)

    def _settle_scope(self, kept: Stored, scope: int) -> None:
        self._require_one_owner([kept.scope, scope])
        if self.ledger.scope(kept.scope)[1] == SENSITIVE:
            kept.scope = scope

    def _require_one_owner(self, scopes: list[int]) -> None:
        # A record belongs to one office for good; ids made apart never meet by chance.
        if len({self.ledger.scope(scope)[0] for scope in scopes}) > 1:
            raise BadPackage("数据包里有记录与另一工会的记录编号相同，没有导入任何内容。请与对方核对数据来源。")

    def _write_fresh(self) -> None:
        groups: dict[tuple[str, tuple[tuple[str, ...], ...]], list[tuple[Key, list[Part]]]] = {}
        for key, parts in self.fresh.items():
            groups.setdefault((key[0], tuple(part.names for part in parts)), []).append((key, parts))
        for (name, shapes), members in groups.items():
            noun = nouns().get(name)
            plan = _plan(noun, shapes) if noun else None
            if noun is None or plan is None:
                self._demote(members)
            else:
                self._insert(noun, plan, members)

    def _demote(self, members: list[tuple[Key, list[Part]]]) -> None:
        for key, parts in members:
            self._known(key, parts[0].scope)

    def _insert(self, noun: Noun, plan: list[tuple[int, int] | None], members: list[tuple[Key, list[Part]]]) -> None:
        rows, odd, whole = [], [], []
        checks = [item.accepts for item in noun.fields]
        defaults = [item.default for item in noun.fields]
        for key, parts in members:
            values = [
                default if place is None else parts[place[0]].row[place[1]]
                for place, default in zip(plan, defaults, strict=True)
            ]
            if all(check(value) for check, value in zip(checks, values, strict=True)):
                rows.append((key[1], *values))
                whole.append((key, parts))
            else:
                odd.append((key, parts))
        columns = ", ".join(f'"{name}"' for name in noun.names)
        marks = ", ".join("?" * len(noun.names))
        self.ledger.raw.executemany(f'INSERT INTO "{noun.name}" (id, {columns}) VALUES (?, {marks})', rows)
        self._note(whole)
        self._demote(odd)

    def _note(self, members: list[tuple[Key, list[Part]]]) -> None:
        shape = self.ledger.shape_id
        self.ledger.raw.executemany(
            "INSERT INTO sync_record (noun, id, scope, state, heads) VALUES (?, ?, ?, 1, ?)",
            [
                (*key, self._scope(parts), head_store.base_text((part.commit, shape(part.names)) for part in parts))
                for key, parts in members
            ],
        )

    def _scope(self, parts: list[Part]) -> int:
        if len(parts) > 1:
            self._require_one_owner([part.scope for part in parts])
        plain = [part.scope for part in parts if self.ledger.scope(part.scope)[1] != SENSITIVE]
        return plain[0] if plain else parts[0].scope

    def write_known(self) -> None:
        """Write the records that were there before, with what the batch changed in them."""
        for key, kept in self.records.items():
            kept.state = self._write_record(key, kept, nouns().get(key[0]))
            if kept.heads.presence:
                head_store.mark_deletions(self.ledger.raw, key, kept)
            if kept.state in (GONE, HELD):
                settling.forget_blanks(self.ledger, key, kept)
        head_store.save(self.ledger, self.records.items())

    def _write_record(self, key: Key, kept: Stored, noun: Noun | None) -> int:
        """Bring the table and the kept values in line with the heads; return the record's new state."""
        shown = kept.state in (SHOWN, KEPT_FOR_OTHERS)
        touched = self.touched.get(key, set())
        for name in touched:
            self._complete_values(key, kept, name)
        state = self._place(key, kept, noun, shown)
        for name in touched:
            self._keep_values(key, kept, noun, name)
        return state

    def _place(self, key: Key, kept: Stored, noun: Noun | None, shown: bool) -> int:
        if noun is None:
            return HELD if kept.heads.live() else GONE
        if not kept.heads.live():
            if shown:
                self.ledger.raw.execute(f'DELETE FROM "{noun.name}" WHERE id = ?', (key[1],))
            return GONE
        if shown:
            return self._update(key, kept, noun)
        values = settling.row_values(self.ledger, noun, key, kept)
        if values is None:
            return HELD
        columns = ", ".join(f'"{name}"' for name in noun.names)
        marks = ", ".join("?" * len(noun.names))
        self.ledger.raw.execute(f'INSERT INTO "{noun.name}" (id, {columns}) VALUES (?, {marks})', (key[1], *values))
        return SHOWN

    def _update(self, key: Key, kept: Stored, noun: Noun) -> int:
        values: dict[str, Value] = {}
        for name in sorted(self.touched.get(key, ())):
            item = noun.field(name)
            if item is None:
                continue
            value = kept.values[name, winner(kept.heads.of(name), self.ledger.rank)]
            values[name] = value if item.accepts(value) else item.default
            if values[name] is None and item.required:
                self.ledger.raw.execute(f'DELETE FROM "{noun.name}" WHERE id = ?', (key[1],))
                return HELD
        if values:
            settings = ", ".join(f'"{name}" = ?' for name in values)
            self.ledger.raw.execute(f'UPDATE "{noun.name}" SET {settings} WHERE id = ?', (*values.values(), key[1]))
        return SHOWN

    def _complete_values(self, key: Key, kept: Stored, name: str) -> None:
        for head in kept.heads.of(name):
            if (name, head) not in kept.values:
                kept.values[name, head] = head_store.written_value(self.ledger, key, name, head)

    def _keep_values(self, key: Key, kept: Stored, noun: Noun | None, name: str) -> None:
        heads = kept.heads.of(name)
        item = noun.field(name) if noun else None
        plain = len(heads) == 1 and item is not None and item.accepts(kept.values[name, heads[0]])
        values = {} if plain else {head: kept.values[name, head] for head in heads}
        head_store.save_values(self.ledger.raw, key, name, values)


def remerge(ledger: Ledger, fields: dict[Key, set[str]]) -> None:
    """Bring these fields of stored records in line with their heads again, without a new write."""
    batch = Batch(ledger, records=head_store.load(ledger, fields), touched=fields)
    batch.write_known()


def _plan(noun: Noun, shapes: tuple[tuple[str, ...], ...]) -> list[tuple[int, int] | None] | None:
    """Return for each field of `noun` in which part and place its value stands; None where a field is unknown."""
    places = {name: (index, place + 1) for index, names in enumerate(shapes) for place, name in enumerate(names)}
    if not places.keys() <= set(noun.names):
        return None
    return [places.get(name) for name in noun.names]
