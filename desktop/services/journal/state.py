"""The state hash: equal on two files that hold the same commits of the same scopes."""

import hashlib
import sqlite3
from collections.abc import Collection

from desktop.services.journal.head_store import heads_from_text
from desktop.services.journal.ledger import Ledger
from desktop.sync.merge import Heads, digest_of_heads

CACHED = 20_000


def state_hash(raw: sqlite3.Connection, scopes: Collection[int] | None = None) -> str:
    """Return the hash of all un-replaced writes in `scopes` (by number; None for everything), record by record."""
    ledger = Ledger(raw)
    total = hashlib.sha256()
    digests: dict[str, bytes | None] = {}
    for noun, row, text in raw.execute("SELECT noun, id, heads FROM sync_record ORDER BY noun, id"):
        if text not in digests:
            if len(digests) > CACHED:
                digests.clear()
            digests[text] = _digest(ledger, heads_from_text(ledger, text), scopes)
        found = digests[text]
        if found is not None:
            total.update(f"{noun}\0{row}\0".encode() + found)
    return total.hexdigest()


def _digest(ledger: Ledger, heads: Heads, scopes: Collection[int] | None) -> bytes | None:
    if scopes is not None:
        heads = _within(ledger, heads, scopes)
    if not heads.fields() and not heads.presence:
        return None
    return digest_of_heads(heads, ledger.name)


def _within(ledger: Ledger, heads: Heads, scopes: Collection[int]) -> Heads:
    def inside(number: int) -> bool:
        return ledger.scope_of(number) in scopes

    others = {name: [head for head in found if inside(head)] for name, found in heads.others.items()}
    return Heads(
        [(number, names) for number, names in heads.bases if inside(number)],
        {name: found for name, found in others.items() if found},
        {number: seen for number, seen in heads.presence.items() if inside(number)},
    )
