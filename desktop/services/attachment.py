"""Attachments: a file's content kept by its hash, named and owned by a record."""

import mimetypes
import tempfile
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.services import blobs, records

LARGEST: Final = 200 * 1_048_576
"""The largest file taken, in bytes."""


def attach(session: Session, noun: str, record_id: str, file: Path, note: str = "") -> dict[str, Any]:
    """Keep a copy of `file` and enter it as an attachment of the record (BadInput when it cannot be read)."""
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise BadInput(
                f"文件太大：{file.name}（{size // 1_048_576} MB）。附件最大200 MB，请压缩或拆分。", str(file)
            )
        content = file.read_bytes()
    except OSError as error:
        raise BadInput(
            f"读不到文件：{file}（{error.strerror}）。请检查它是否还在、是否正被占用。", str(file)
        ) from error
    record = {
        "owner_noun": noun,
        "owner_id": record_id,
        "name": file.name,
        "media_type": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        "size": size,
        "sha256": blobs.keep(blobs.folder(session), content),
        "note": note,
    }
    return records.put_records(session, "attachments", record)[0]


def copy_to_open(session: Session, attachment_id: str) -> Path:
    """Return a copy of an attachment under its own name, for another program to open; the kept file stays as it is."""
    record = records.get_record(session, "attachments", attachment_id)
    content = blobs.read(blobs.folder(session), record["sha256"])
    folder = Path(tempfile.mkdtemp(prefix="workroom-desk-"))
    # The name comes from another office's package perhaps: only its last part is used.
    copy = folder / (Path(record["name"].replace("\\", "/")).name or "附件")
    copy.write_bytes(content)
    return copy
