"""The files of papers being filed: kept beside the database, and taken back where their records never come to be."""

import hashlib
import io
from contextlib import suppress
from typing import Final

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, SessionTransaction

from desktop.services import blobs

NEW: Final = "files stored anew"
NAMED: Final = text(
    "SELECT 1 FROM attachments WHERE sha256 = :digest UNION ALL SELECT 1 FROM documents WHERE sha256 = :digest "
    "UNION ALL SELECT 1 FROM seal_uses WHERE paper_sha256 = :digest "
    "UNION ALL SELECT 1 FROM sync_blob WHERE sha256 = :digest UNION ALL SELECT 1 FROM sync_want WHERE sha256 = :digest"
)
"""Whatever in the database may name a file: records, and what packages brought or asked for."""


def store(session: Session, content: bytes) -> str:
    """Keep a paper's file and return its SHA-256; it goes again when the session's work is not committed.

    A file that was there before, or that anything in the database names by then, always stays.
    """
    where = blobs.folder(session)
    new = not blobs.path_of(where, hashlib.sha256(content).hexdigest()).is_file()
    digest = blobs.keep(where, content)
    if new:
        if NEW not in session.info:
            session.info[NEW] = set()
            event.listen(session, "after_commit", _stay)
            event.listen(session, "after_transaction_end", _take_back)
        session.info[NEW].add(digest)
    return digest


def pages_of(content: bytes) -> int | None:
    """Return how many pages a paper's file has; None for Word and Excel, which are paged only where they are opened."""
    if not content.startswith(b"%PDF-"):
        return None
    # Not needed before a paper is filed.
    import pypdfium2

    with pypdfium2.PdfDocument(io.BytesIO(content)) as book:
        return len(book)


def _stay(session: Session) -> None:
    session.info[NEW].clear()


def _take_back(session: Session, transaction: SessionTransaction) -> None:
    """Delete the new files of work that ended without a commit.

    The write lock keeps out every other desk on this database meanwhile; who cannot have it leaves the files lie.
    """
    if transaction.parent is not None or not session.info[NEW]:
        return
    digests, where = sorted(session.info[NEW]), blobs.folder(session)
    session.info[NEW].clear()
    with suppress(SQLAlchemyError, OSError), session.get_bind().engine.connect() as connection:
        connection = connection.execution_options(immediate=True)
        with connection.begin():
            for digest in digests:
                if not _named(connection, digest):
                    blobs.path_of(where, digest).unlink(missing_ok=True)


def _named(connection: Connection, digest: str) -> bool:
    return connection.execute(NAMED, {"digest": digest}).first() is not None
