"""Opening the database and running work in one transaction, with the services brought in when they are first needed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from desktop.models.database import Database

# Views hold no database types; a session only passes through them to the services.
Session: TypeAlias = Any
Changes: TypeAlias = tuple[tuple[str, str], ...]
Committed: TypeAlias = tuple[tuple[str, ...], Changes, Any]
"""Sealed commits, the records (noun, id) they touched, and what the work returned."""


def open_desk(path: Path) -> "Database":
    """Open this PC's database."""
    from desktop.services import identity

    return identity.open_desk(path)


def read(database: "Database", query: Callable[[Session], Any]) -> Any:
    """Run a service that only looks."""
    from desktop.services import store

    with store.reading(database) as session:
        return query(session)


def commit(database: "Database", operator: str, change: Callable[[Session], Any]) -> Committed:
    """Run `change` in one writing transaction; return its sealed commits, the records it touched and its value."""
    from desktop.services import store

    with store.writing(database, operator) as session:
        value = change(session)
    sealed = session.info.get("sealed")
    if sealed is None:
        return (), (), value
    return sealed.hashes, sealed.changed, value


def undo_commits(session: Session, commits: tuple[str, ...]) -> None:
    """Take back what commits changed, in a new one."""
    from desktop.services.journal import history

    history.undo(session, *commits)
