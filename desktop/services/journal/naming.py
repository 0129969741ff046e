"""How records are called that may be gone: by the values that they had last."""

from desktop.models.fields import Value, nouns
from desktop.services.journal import head_store, outward
from desktop.services.journal.head_store import Key
from desktop.services.journal.ledger import Ledger
from desktop.sync.merge import winner


def last_label(ledger: Ledger, key: Key) -> str:
    """Return how people call a record; of one that is gone, by the values that it had last."""
    label = outward.label(ledger.raw, *key)
    if label != key[1] or key[0] not in nouns():
        return label
    heads = head_store.load(ledger, [key])[key].heads
    writes = {name: list(heads.of(name)) for name in nouns()[key[0]].names}
    values = {name: _written(ledger, key, name, winner(found, ledger.rank)) for name, found in writes.items() if found}
    return outward.label_of(ledger.raw, *key, values)


def _written(ledger: Ledger, key: Key, name: str, commit: int) -> Value:
    """Return what a commit wrote; nothing where it was folded and the values of a deleted record were dropped."""
    try:
        return head_store.written_value(ledger, key, name, commit)
    except LookupError:
        return None
