"""The state hash: equal on two files that hold the same commits of the same scopes."""

import hashlib
import sqlite3
from collections.abc import Collection, Iterator, Sequence

from desktop.services.journal.head_store import heads_from_text
from desktop.services.journal.ledger import Ledger
from desktop.sync.merge import Heads, digest_of_heads

CACHED = 20_000

Group = Collection[int] | None
"""Scopes by number; None for everything."""


def state_hash(raw: sqlite3.Connection, scopes: Group = None) -> str:
    """Return the hash of all un-replaced writes in `scopes`, record by record."""
    return state_hashes(raw, [scopes])[0]


def state_hashes(raw: sqlite3.Connection, groups: Sequence[Group]) -> list[str]:
    """Return the state hash of each of `groups`, reading the records once for all of them."""
    sorter = _Sorter(Ledger(raw), groups)
    totals = [hashlib.sha256() for _ in groups]
    digests: dict[str, list[tuple[int, bytes]]] = {}
    for noun, row, text in raw.execute("SELECT noun, id, heads FROM sync_record ORDER BY noun, id"):
        if text not in digests:
            if len(digests) > CACHED:
                digests.clear()
            digests[text] = list(sorter.digests(text))
        for place, found in digests[text]:
            totals[place].update(f"{noun}\0{row}\0".encode() + found)
    return [total.hexdigest() for total in totals]


class _Sorter:
    """Tells which of some groups of scopes a record's heads stand in, and their digest there."""

    def __init__(self, ledger: Ledger, groups: Sequence[Group]) -> None:
        self.ledger = ledger
        every = [number for (number,) in ledger.raw.execute("SELECT id FROM sync_scope")]
        self.groups = [frozenset(every if group is None else group) for group in groups]
        self.places: dict[int, list[int]] = {number: [] for number in every}
        for place, group in enumerate(self.groups):
            for number in group & self.places.keys():
                self.places[number].append(place)

    def digests(self, text: str) -> Iterator[tuple[int, bytes]]:
        """Return place and digest for each group in which these heads, in their short form, have a part."""
        heads = heads_from_text(self.ledger, text)
        scopes = {self.ledger.scope_of(number) for number in _numbers(heads)}
        whole = None
        for place in sorted({place for scope in scopes for place in self.places[scope]}):
            if not scopes <= self.groups[place]:
                part = _within(self.ledger, heads, self.groups[place])
                if part.fields() or part.presence:
                    yield place, digest_of_heads(part, self.ledger.name)
            else:
                whole = whole or digest_of_heads(heads, self.ledger.name)
                yield place, whole


def _numbers(heads: Heads) -> set[int]:
    found = {number for number, _ in heads.bases}
    return found.union(heads.presence, *heads.others.values())


def _within(ledger: Ledger, heads: Heads, scopes: Collection[int]) -> Heads:
    def inside(number: int) -> bool:
        return ledger.scope_of(number) in scopes

    others = {name: [head for head in found if inside(head)] for name, found in heads.others.items()}
    return Heads(
        [(number, names) for number, names in heads.bases if inside(number)],
        {name: found for name, found in others.items() if found},
        {number: seen for number, seen in heads.presence.items() if inside(number)},
    )
