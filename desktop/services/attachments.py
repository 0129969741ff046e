"""Files kept with records, stored once by the SHA-256 of their content beside the database."""

import mimetypes
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotFound
from desktop.models.document import Attachment
from desktop.services import blobs
from desktop.services.records import get_record, put_records

LARGEST: Final = 50 * 1024 * 1024


def attachment_folder(database: Path) -> Path:
    """Return the folder that holds the attached files of a database."""
    return blobs.folder_of(database)


def stored_file(folder: Path, sha256: str) -> Path:
    """Return where the file with a content hash lies or would lie."""
    return blobs.path_of(folder, sha256)


def store(folder: Path, data: bytes) -> str:
    """Keep a file's content and return its SHA-256; a file already there is not written again."""
    return blobs.keep(folder, data)


def attach(session: Session, folder: Path, noun: str, record_id: str, source: Path, note: str = "") -> dict[str, Any]:
    """Keep a copy of a file with a record and return the attachment; the user's own file is left alone."""
    get_record(session, noun, record_id)
    try:
        size = source.stat().st_size
        if size > LARGEST:
            raise BadInput(
                f"附件太大：{source.name}有{size // 2**20}MB，最多{LARGEST // 2**20}MB。请压缩后再加。", str(source)
            )
        data = source.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开文件：{source}。请检查文件名和位置。", str(source)) from error
    given = {
        "owner_noun": noun,
        "owner_id": record_id,
        "name": source.name,
        "media_type": mimetypes.guess_type(source.name)[0] or "application/octet-stream",
        "size": len(data),
        "sha256": store(folder, data),
        "note": note,
    }
    return put_records(session, "attachments", given)[0]


def attached_file(session: Session, folder: Path, attachment_id: str) -> Path:
    """Return the stored file of an attachment; NotFound says when its content has not arrived (附件待补)."""
    row = get_record(session, "attachments", attachment_id)
    path = stored_file(folder, row["sha256"])
    if not path.is_file():
        raise NotFound(
            f"附件“{row['name']}”待补：文件还没有随交换包送到。请向上报单位索取。", f"attachments.{attachment_id}"
        )
    return path


def missing(session: Session, folder: Path) -> list[str]:
    """Return the content hashes that attachments name and the folder lacks."""
    hashes = session.scalars(select(Attachment.sha256).distinct().order_by(Attachment.sha256))
    return [sha256 for sha256 in hashes if sha256 and not stored_file(folder, sha256).is_file()]
