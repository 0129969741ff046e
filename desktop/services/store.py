"""Opening the database for one piece of work: commit when it succeeds, roll back when it does not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session, configure_mappers

from desktop.models import cipher
from desktop.models.database import Database, translated
from desktop.services import identity
from desktop.services.regulation import regulation
from desktop.services.trust import enrolment

LEAST_CHARACTERS: Final = cipher.LEAST_CHARACTERS
"""The shortest passphrase that a database takes."""


def prepare() -> None:
    """Work out the object mapping now, rather than at the first page that asks for a record."""
    configure_mappers()


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
    passphrase: str = "",
) -> dict[str, Any]:
    """Make a new database with this office's identity and return what it hands over (see identity.initialise).

    With a passphrase the file is encrypted from its first byte on (BadInput for a short one).
    """
    for name in regulations:
        regulation(name)
    if passphrase:
        cipher.intend(path, passphrase)
    else:
        cipher.intend_plain(path)
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


def is_encrypted(path: Path) -> bool:
    """Tell whether the database file is an encrypted one."""
    return cipher.is_encrypted(path)


def is_locked(path: Path) -> bool:
    """Tell whether the database file is encrypted and was not unlocked in this process."""
    return cipher.is_locked(path)


def unlock(path: Path, passphrase: str) -> None:
    """Let an encrypted database, and its backups, be opened in this process from now on (BadInput)."""
    cipher.unlock(path, passphrase)


def encrypt(path: Path, passphrase: str) -> dict[str, Any]:
    """Encrypt a database that nobody has open, or give an encrypted one another passphrase (BadInput, StorageFault).

    Backups and copies that were made before stay as they are; the answer names those that lie beside it.
    """
    cipher.encrypt(path, passphrase)
    return {"path": str(path), "encrypted": True, "clear_copies": clear_copies(path)}


def decrypt(path: Path) -> dict[str, Any]:
    """Make a plain database of one that is unlocked and that nobody has open (StorageFault)."""
    cipher.decrypt(path)
    return {"path": str(path), "encrypted": False}


def clear_copies(path: Path) -> list[str]:
    """Return the unencrypted copies of a database that lie beside it: from before upgrades and restorations."""
    found = path.parent.glob(f"{path.stem}-*{path.suffix}")
    return sorted(str(copy) for copy in found if copy.is_file() and not cipher.is_encrypted(copy))
