"""Opening the database for one piece of work: commit when it succeeds, roll back when it does not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.models.database import Database, open_database, translated


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """Open an existing database and release it afterwards; StorageFault says what to do when it cannot be opened."""
    database = open_database(path)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def reading(database: Database) -> Iterator[Session]:
    """Give a session that sees one consistent state and writes nothing."""
    with translated(database.path), database.reading() as session:
        yield session


@contextmanager
def writing(database: Database, operator: str) -> Iterator[Session]:
    """Give a session that holds the write lock; its work is committed whole, in `operator`'s name, or not at all."""
    with translated(database.path), database.writing() as session:
        session.info["operator"] = operator
        yield session
        session.commit()
