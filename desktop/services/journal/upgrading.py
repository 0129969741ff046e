"""After an upgrade: what an older program kept without understanding it takes its place in the tables."""

import sqlite3

from sqlalchemy import Connection

from desktop.models import capture, refresh
from desktop.models.fields import nouns
from desktop.services.journal import settling
from desktop.services.journal.head_store import Key
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.merging import remerge
from desktop.sync.commit import ROW_PRESENCE


def understood(raw: sqlite3.Connection) -> dict[Key, set[str]]:
    """Return the records and fields whose kept value this program could show, but an older one could not."""
    found: dict[Key, set[str]] = {}
    rows = raw.execute(
        "SELECT noun, id, field, value FROM sync_head WHERE field != ? GROUP BY noun, id, field HAVING count(*) = 1",
        (ROW_PRESENCE,),
    )
    for noun, row, name, value in rows:
        item = nouns()[noun].field(name) if noun in nouns() else None
        # A reference is kept beside its column while nothing stands there to refer to; settling fills it.
        if item is not None and item.accepts(value) and item.target is None:
            found.setdefault((noun, row), set()).add(name)
    return found


def show_understood(connection: Connection) -> int:
    """Show what is understood now; return how many records that concerned."""
    raw = capture.driver(connection)
    found = understood(raw)
    if found:
        ledger = Ledger(raw)
        remerge(ledger, found)
        settling.settle(ledger, settling.suspects(raw))
        refresh.run(connection, raw.execute("SELECT noun, id FROM sync_dirty").fetchall())
        raw.execute("DELETE FROM sync_dirty")
    return len(found)
