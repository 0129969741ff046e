"""Making search keys that are missing, out of date or of an earlier form, a few at a time beside other work."""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import key_form
from desktop.models.search import WorkroomKey
from desktop.services.search import keys
from desktop.services.search.pages import connected

AT_ONCE: Final = 100
"""Keys made in one transaction: whoever wants to save something meanwhile waits for no more than these."""


def outstanding(source: Path | sqlite3.Connection) -> int:
    """Return how many keys wait to be made, because their texts changed or because their form is an earlier one."""
    with connected(source) as connection:
        row = key_form.done(connection.execute(key_form.READ).fetchone()[0])
        if row == key_form.ALL:
            query = "SELECT count(*) FROM workroom_keys WHERE stale = 1"
        else:
            query = f"SELECT count(*) FROM workroom_keys WHERE stale = 1 OR row > {row}"
        return int(connection.execute(query).fetchone()[0])


def make_some(session: Session, limit: int = AT_ONCE) -> int:
    """Make at most `limit` keys that wait, changed texts first; return how many, 0 when none wait any more.

    How far it came is kept with the file, in the same transaction: stopped anywhere, it goes on from there.
    """
    made = keys.refresh(session, limit)
    if made:
        return made
    row = key_form.done(session.connection().exec_driver_sql(key_form.READ).scalar_one())
    if row == key_form.ALL:
        return 0
    query = select(WorkroomKey.row, WorkroomKey.workroom_id).where(WorkroomKey.row > row)
    found = session.execute(query.order_by(WorkroomKey.row).limit(limit)).all()
    keys.make(session, [workroom_id for _row, workroom_id in found])
    # Keys that come after the last row are made in the current form from the beginning.
    last = found[-1][0] if len(found) == limit else key_form.ALL
    session.connection().exec_driver_sql(key_form.write(last))
    return len(found)
