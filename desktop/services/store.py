"""Opening the database for one piece of work: commit when it succeeds, roll back when it does not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desktop.models.database import Database, translated
from desktop.services import identity
from desktop.services.regulation import regulation
from desktop.services.trust import enrolment


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """Open an existing database and release it afterwards; StorageFault says what to do when it cannot be opened."""
    database = identity.open_desk(path)
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


def found(
    path: Path,
    office: str,
    level: str,
    region: str,
    parent: dict[str, Any] | None = None,
    regulations: Sequence[str] = (),
    operator: str = "",
) -> dict[str, Any]:
    """Make a new database with this office's identity and return what it hands over (see identity.initialise)."""
    for name in regulations:
        regulation(name)
    made = identity.initialise(
        path, office, level, region, parent=parent, regulations=list(regulations), operator=operator
    )
    try:
        with reading(made) as session:
            return identity.identity_document(session)
    finally:
        made.close()


def joined(path: Path, enrolment_file: Path, passphrase: str, operator: str = "") -> dict[str, Any]:
    """Make the database of a further PC of an office and return the office's identity (see enrolment.join)."""
    made = enrolment.join(path, enrolment_file, passphrase, operator)
    try:
        with reading(made) as session:
            return identity.identity_document(session)
    finally:
        made.close()
