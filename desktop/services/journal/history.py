"""The history of a record, read from the commits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import groupby
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.models.fields import Value, nouns
from desktop.services.journal import head_store, outward
from desktop.services.journal.head_store import Key
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.ownership import SENSITIVE
from desktop.services.journal.undoing import undo
from desktop.sync.commit import ROW_PRESENCE, Commit
from desktop.sync.merge import Heads, Rank, winner

__all__ = ["Change", "first_written", "history", "in_written_order", "undo", "writers"]

CREATED, CHANGED, DELETED, RESTORED = "新增", "修改", "删除", "恢复"
NEVER: Final = (0, b"")
Row = TypeVar("Row", bound=Any)


@dataclass(frozen=True)
class Change:
    """One change of one field: when and by whom, values in JSON form; `hash` names its commit.

    A deletion or restoration of the whole record has an empty `field`.
    """

    at: str
    operator: str
    office: str
    office_name: str
    action: str
    field: str
    title: str
    old: Any
    new: Any
    hash: str

    def as_dict(self) -> dict[str, Any]:
        """Return the change as the command line prints it."""
        return asdict(self)


def history(session: Session, noun: str, record_id: str) -> list[Change]:
    """Return every change of a record in the order in which this office learned of them, the oldest first."""
    ledger = Ledger(capture.driver(session.connection()))
    key = (noun, record_id)
    kept = head_store.load(ledger, [key]).get(key)
    if kept is None:
        return []
    names = _office_names(ledger)
    found: list[Change] = []
    for number in writers(ledger, key, kept.heads):
        told = _Told(key, ledger.commit(number), ledger.name(number), partial(_old_value, ledger, key))
        found += _changes(told, writes_of(ledger, key, number), names)
    return found


def changes_in(ledger: Ledger, key: Key, commits: Iterable[tuple[Commit, bytes]]) -> list[Change]:
    """Return the changes of a record in commits (with their hashes) that lie outside the log, in their order."""
    names = _office_names(ledger)
    values: dict[tuple[str, bytes], Value] = {}
    found: list[Change] = []
    for commit, name in commits:
        writes = [
            (field, value, [bytes.fromhex(commit.refs[at]) for at in places])
            for field, value, places in writes_in(commit, key)
        ]
        values.update({(field, name): value for field, value, _ in writes})
        told = _Told(key, commit, name, lambda field, replaced: values.get((field, replaced[-1])))
        found += _changes(told, writes, names)
    return found


def _office_names(ledger: Ledger) -> dict[str, str]:
    names = dict(ledger.raw.execute("SELECT office, name FROM sync_trust").fetchall())
    names.update(ledger.raw.execute("SELECT id, name FROM offices").fetchall())
    return names


def writers(ledger: Ledger, key: Key, heads: Heads) -> list[int]:
    """Return the numbers of all commits that wrote a record, in the order in which they were applied.

    Every write is un-replaced or was replaced by a later one, so all are reached from the heads.
    """
    waiting = list(heads.commits() | set(heads.presence))
    found: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += [before for _, _, replaced in writes_of(ledger, key, number) for before in replaced]
    marks = ",".join(map(str, found))
    return [
        row[0] for row in ledger.raw.execute(f"SELECT id FROM sync_commit WHERE id IN ({marks}) ORDER BY applied, id")
    ]


def first_written(session: Session, noun: str, record_ids: Sequence[str]) -> dict[str, Rank]:
    """Return for each record the rank of the commit that first wrote it: what built on it ranks higher, on every PC.

    What the work in hand is only about to write is not among them.
    """
    ledger = Ledger(capture.driver(session.connection()))
    kept = head_store.load(ledger, [(noun, record_id) for record_id in record_ids])
    return {
        key[1]: min(ledger.rank(number) for number in writers(ledger, key, found.heads)) for key, found in kept.items()
    }


def in_written_order(session: Session, noun: str, rows: Iterable[Row], day: Callable[[Row], Any]) -> list[Row]:
    """Return rows by what `day` says of each; where that tells no order, as they were first written.

    What was written later builds on what was written before; a row of the work in hand is in no log yet, so the latest.
    """
    found: list[Row] = []
    for _day, alike in groupby(sorted(rows, key=day), key=day):
        same = list(alike)
        ranks = first_written(session, noun, [row.id for row in same]) if len(same) > 1 else {}
        found += sorted(same, key=lambda row: (row.id not in ranks, ranks.get(row.id, NEVER), row.id))
    return found


def writes_of(ledger: Ledger, key: Key, number: int) -> list[tuple[str, Value, list[int]]]:
    """Return what a commit wrote into a record: field, value, numbers of the replaced commits."""
    commit = ledger.commit(number)
    return [
        (name, value, ledger.numbers(commit.refs[place] for place in places))
        for name, value, places in writes_in(commit, key)
    ]


def writes_in(commit: Commit, key: Key) -> list[tuple[str, Value, list[int]]]:
    """Return what a commit wrote into a record: field, value, places of the replaced commits in its `refs`."""
    found: list[tuple[str, Value, list[int]]] = []
    for change in commit.changed:
        if change.row == key[1] and change.table == key[0]:
            found += [(name, value, change.replaced.get(name, [])) for name, value in change.values.items()]
    for block in commit.created:
        if block.table == key[0]:
            for row in block.rows:
                if row[0] == key[1]:
                    found += [(name, value, []) for name, value in zip(block.fields, row[1:], strict=True)]
    return found


@dataclass(frozen=True)
class _Told:
    """A commit whose writes into a record are told; `old` gives what a field held in the replaced commits."""

    key: Key
    commit: Commit
    hash: bytes
    old: Callable[[str, list[Any]], Value]


def _changes(told: _Told, writes: Sequence[tuple[str, Value, list[Any]]], offices: dict[str, str]) -> Iterator[Change]:
    commit, key = told.commit, told.key
    noun = nouns().get(key[0])
    presence = next((value for name, value, _ in writes if name == ROW_PRESENCE), None)
    # A record's secrets come and go with it, in a commit of their own: told once.
    if presence is not None and commit.scope[1] != SENSITIVE:
        yield _change(commit, told.hash, offices, DELETED if presence else RESTORED, ("", "", None, None))
    for name, value, replaced in writes:
        item = noun.field(name) if noun else None
        default = item.default if item else None
        if name == ROW_PRESENCE or (not replaced and value == default):
            continue
        old = told.old(name, replaced) if replaced else None
        if old != value or not replaced:
            action = CHANGED if replaced else CREATED
            yield _change(commit, told.hash, offices, action, _outward(key[0], name, old, value))


def _outward(noun: str, name: str, old: Value, new: Value) -> tuple[str, str, Any, Any]:
    values = (outward.value(noun, name, old), outward.value(noun, name, new))
    return outward.field_name(noun, name), outward.field_title(noun, name), *values


def _old_value(ledger: Ledger, key: Key, name: str, replaced: list[int]) -> Value:
    try:
        return head_store.written_value(ledger, key, name, winner(replaced, ledger.rank))
    except LookupError:
        # It was folded away: the archive tells of it.
        return None


def _change(
    commit: Commit, name: bytes, offices: dict[str, str], action: str, what: tuple[str, str, Any, Any]
) -> Change:
    office = offices.get(commit.office, commit.office)
    return Change(commit.time, commit.operator, commit.office, office, action, *what, name.hex())
