"""The history of a record, read from the commits."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.models.fields import Value, nouns
from desktop.services.journal import head_store, outward
from desktop.services.journal.head_store import Key
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.ownership import SENSITIVE
from desktop.services.journal.undoing import undo
from desktop.sync.commit import ROW_PRESENCE, Commit
from desktop.sync.merge import Heads, winner

__all__ = ["Change", "history", "undo", "writers"]

CREATED, CHANGED, DELETED, RESTORED = "新增", "修改", "删除", "恢复"


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
    names = dict(ledger.raw.execute("SELECT office, name FROM sync_trust").fetchall())
    names.update(ledger.raw.execute("SELECT id, name FROM offices").fetchall())
    numbers = writers(ledger, key, kept.heads)
    return [change for number in numbers for change in _changes(ledger, key, number, names)]


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


def writes_of(ledger: Ledger, key: Key, number: int) -> list[tuple[str, Value, list[int]]]:
    """Return what a commit wrote into a record: field, value, numbers of the replaced commits."""
    commit = ledger.commit(number)
    found: list[tuple[str, Value, list[int]]] = []
    for change in commit.changed:
        if change.row == key[1] and change.table == key[0]:
            for name, value in change.values.items():
                refs = [commit.refs[place] for place in change.replaced.get(name, ())]
                found.append((name, value, ledger.numbers(refs)))
    for block in commit.created:
        if block.table == key[0]:
            for row in block.rows:
                if row[0] == key[1]:
                    found += [(name, value, []) for name, value in zip(block.fields, row[1:], strict=True)]
    return found


def _changes(ledger: Ledger, key: Key, number: int, offices: dict[str, str]) -> Iterator[Change]:
    commit = ledger.commit(number)
    noun = nouns().get(key[0])
    writes = writes_of(ledger, key, number)
    presence = next((value for name, value, _ in writes if name == ROW_PRESENCE), None)
    # A record's secrets come and go with it, in a commit of their own: told once.
    if presence is not None and commit.scope[1] != SENSITIVE:
        yield _change(commit, ledger.name(number), offices, DELETED if presence else RESTORED, ("", "", None, None))
    for name, value, replaced in writes:
        item = noun.field(name) if noun else None
        default = item.default if item else None
        if name == ROW_PRESENCE or (not replaced and value == default):
            continue
        old = _old_value(ledger, key, name, replaced) if replaced else None
        if old != value or not replaced:
            action = CHANGED if replaced else CREATED
            yield _change(commit, ledger.name(number), offices, action, _outward(key[0], name, old, value))


def _outward(noun: str, name: str, old: Value, new: Value) -> tuple[str, str, Any, Any]:
    values = (outward.value(noun, name, old), outward.value(noun, name, new))
    return outward.field_name(noun, name), outward.field_title(noun, name), *values


def _old_value(ledger: Ledger, key: Key, name: str, replaced: list[int]) -> Value:
    return head_store.written_value(ledger, key, name, winner(replaced, ledger.rank))


def _change(
    commit: Commit, name: bytes, offices: dict[str, str], action: str, what: tuple[str, str, Any, Any]
) -> Change:
    office = offices.get(commit.office, commit.office)
    return Change(commit.time, commit.operator, commit.office, office, action, *what, name.hex())
