"""Capture of changes: triggers that mark touched records, and the sealing of them before a transaction commits."""

import sqlite3
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, cast

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.orm import Session, sessionmaker

from desktop.models import cipher
from desktop.models.fields import Noun, nouns

PREFIX = "capture_"


@dataclass(frozen=True)
class Sealed:
    """What a transaction changed: the hashes (hexadecimal) of its commits and the touched (noun, id) pairs."""

    hashes: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]


class Sealer(Protocol):
    """Turns the marked records of the open transaction into signed commits; `info` says who and how."""

    def __call__(self, connection: Connection, info: dict[str, Any]) -> Sealed:
        """Seal the open transaction of `connection`; `info` is the session's, or the connection's own."""
        ...


_sealers: weakref.WeakKeyDictionary[Dialect, Sealer] = weakref.WeakKeyDictionary()


def driver(connection: Connection) -> sqlite3.Connection:
    """Return the driver's own connection beneath `connection`, inside the same transaction."""
    raw = connection.connection.driver_connection
    assert raw is not None
    return cast(sqlite3.Connection, raw)


def install_triggers(connection: Connection) -> None:
    """Make the triggers of every exchanged table anew, as the present columns need them."""
    raw = driver(connection)
    old = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'capture!_%' ESCAPE '!'")
    for (name,) in old.fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    for noun in nouns().values():
        for statement in trigger_statements(noun):
            raw.execute(statement)


def trigger_statements(noun: Noun) -> list[str]:
    """Return the statements that make the triggers of one table."""
    before = "json_array({})".format(", ".join(f'OLD."{name}"' for name in noun.names))
    return [
        _trigger(noun.name, "insert", "AFTER INSERT", "NEW", "NULL"),
        _trigger(noun.name, "update", "AFTER UPDATE", "OLD", before),
        _trigger(noun.name, "delete", "AFTER DELETE", "OLD", before),
        f'CREATE TRIGGER "{PREFIX}{noun.name}_key" BEFORE UPDATE OF id ON "{noun.name}" WHEN OLD.id IS NOT NEW.id '
        "BEGIN SELECT RAISE(ABORT, 'the id of a record never changes'); END",
    ]


def _trigger(table: str, suffix: str, when: str, row: str, before: str) -> str:
    # The first mark of a transaction holds the state before it. INSERT OR IGNORE would not do: the conflict clause
    # of the statement that fires a trigger (INSERT OR REPLACE) overrides the one inside.
    return (
        f'CREATE TRIGGER "{PREFIX}{table}_{suffix}" {when} ON "{table}" BEGIN '
        f"INSERT INTO sync_dirty (noun, id, before) SELECT '{table}', {row}.id, {before} "
        f"WHERE NOT EXISTS (SELECT 1 FROM sync_dirty WHERE noun = '{table}' AND id = {row}.id); END"
    )


def listen(engine: Engine, *makers: sessionmaker[Session]) -> None:
    """Seal touched records before each commit, refusing where nobody can; let the sealer know who commits."""
    event.listen(engine, "begin", _forget_session)
    event.listen(engine, "commit", _seal_before_commit)
    for maker in makers:
        event.listen(maker, "after_begin", _remember_session)


def attach_sealer(engine: Engine, seal: Sealer) -> None:
    """Let `seal` run before each commit on `engine` that touched a record or was asked to write one."""
    _sealers[engine.dialect] = seal


def _seal_before_commit(connection: Connection) -> None:
    raw = driver(connection)
    session = _session_of(connection)
    info: dict[str, Any] = connection.info if session is None else session.info
    if not info.get("decisions") and not has_dirty(raw):
        return
    seal = _sealers.get(connection.dialect)
    if seal is None:
        raise RuntimeError("records were changed without a sealer: open the database through desktop.services.identity")
    info["sealed"] = seal(connection, info)


def has_dirty(raw: sqlite3.Connection) -> bool:
    """Tell whether the open transaction touched a record."""
    try:
        return raw.execute("SELECT 1 FROM sync_dirty LIMIT 1").fetchone() is not None
    except cipher.errors("OperationalError") as error:
        # Another program's file, or one whose schema is only being made, has no such table.
        if "no such table" in str(error):
            return False
        raise


def _forget_session(connection: Connection) -> None:
    connection.info.pop("session", None)
    connection.info.pop("sealed", None)


def _remember_session(session: Session, _transaction: Any, connection: Connection) -> None:
    connection.info["session"] = weakref.ref(session)


def _session_of(connection: Connection) -> Session | None:
    remembered: Callable[[], Session | None] | None = connection.info.get("session")
    return remembered() if remembered else None
