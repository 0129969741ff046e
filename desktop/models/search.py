"""The local search keys of workrooms: never exchanged, kept complete by triggers, filled in by the services."""

from typing import Any, Final

from sqlalchemy import Connection, Index, Integer, MetaData, String, event, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models import key_form
from desktop.models.base import Base


class WorkroomKey(Base):
    """What the registry needs of a workroom to list, sort and find it without reading the records.

    `row` is a stable number for the windowed table. `stale` is 1 when the texts have changed since the key was made.
    """

    __tablename__ = "workroom_keys"

    row: Mapped[int] = mapped_column(Integer, primary_key=True)
    workroom_id: Mapped[str] = mapped_column(String(36), unique=True)
    level: Mapped[str] = mapped_column(default="", server_default="")
    state: Mapped[str] = mapped_column(default="", server_default="")
    native: Mapped[str] = mapped_column(default="", server_default="")
    latin: Mapped[str] = mapped_column(default="", server_default="")
    name_sort: Mapped[str] = mapped_column(default="", server_default="")
    unit_sort: Mapped[str] = mapped_column(default="", server_default="")
    leader_sort: Mapped[str] = mapped_column(default="", server_default="")
    stale: Mapped[int] = mapped_column(default=1, server_default="1")


# The order of the list's first page is read from this index alone.
Index("ix_workroom_keys_order", WorkroomKey.name_sort, WorkroomKey.row, WorkroomKey.level, WorkroomKey.state)
Index("ix_workroom_keys_stale", WorkroomKey.stale, sqlite_where=text("stale = 1"))

STALE: Final = "UPDATE workroom_keys SET stale = 1 WHERE stale = 0 AND workroom_id"
OF_PERSON: Final = (
    f"{STALE} IN (SELECT id FROM workrooms WHERE leader_id = NEW.id"
    " UNION ALL SELECT workroom_id FROM members WHERE person_id = NEW.id)"
)
# Rows by whose texts a workroom is also found, and the column that names it.
FOUND_BY: Final = (("members", "workroom_id"), ("outcomes", "workroom_id"), ("documents", "subject_id"))
CHANGES: Final = (("added", "INSERT", "NEW"), ("changed", "UPDATE", "NEW"), ("removed", "DELETE", "OLD"))
TRIGGERS: Final = {
    "workrooms_added": (
        "AFTER INSERT ON workrooms",
        "INSERT INTO workroom_keys (workroom_id, level, state) VALUES (NEW.id, NEW.level, NEW.state)",
    ),
    "workrooms_changed": (
        "AFTER UPDATE OF name, unit_id, leader_id, contact, phone, level, state ON workrooms",
        "UPDATE workroom_keys SET stale = 1, level = NEW.level, state = NEW.state WHERE workroom_id = NEW.id",
    ),
    "workrooms_removed": ("AFTER DELETE ON workrooms", "DELETE FROM workroom_keys WHERE workroom_id = OLD.id"),
    "units_changed": (
        "AFTER UPDATE OF name ON units",
        f"{STALE} IN (SELECT id FROM workrooms WHERE unit_id = NEW.id)",
    ),
    "units_added": ("AFTER INSERT ON units", f"{STALE} IN (SELECT id FROM workrooms WHERE unit_id = NEW.id)"),
    "people_changed": ("AFTER UPDATE OF name, phone ON people", OF_PERSON),
    "people_added": ("AFTER INSERT ON people", OF_PERSON),
    **{
        f"{table}_{word}": (f"AFTER {action} ON {table}", f"{STALE} = {side}.{column}")
        for table, column in FOUND_BY
        for word, action, side in CHANGES
    },
    **{
        f"{table}_moved": (f"AFTER UPDATE OF {column} ON {table}", f"{STALE} = OLD.{column}")
        for table, column in FOUND_BY
    },
}


def install_triggers(connection: Connection) -> None:
    """Make the triggers that keep one key row a workroom and mark those whose texts changed."""
    for name, (when, action) in TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER IF NOT EXISTS keys_{name} {when} BEGIN {action}; END")


def _after_create(_target: MetaData, connection: Connection, **_options: Any) -> None:
    install_triggers(connection)
    connection.exec_driver_sql(key_form.write())


event.listen(Base.metadata, "after_create", _after_create)
