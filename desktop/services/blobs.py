"""Files kept beside the database under the SHA-256 of their content: attachments and issued papers."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotFound, StorageFault, reason_of
from desktop.models import cipher

SQLITE: Final = b"SQLite format 3\0"
BESIDE: Final = ("-wal", "-shm", "-journal", ".anchor")
"""Endings of the files that belong to a database and lie beside it."""


def folder_of(database: Path) -> Path:
    """Return the folder that holds a database's files."""
    return database.with_name(database.name + ".files")


def folder(session: Session) -> Path:
    """Return the folder of the session's database."""
    name = session.get_bind().engine.url.database
    assert name is not None
    return folder_of(Path(name))


def path_of(where: Path, digest: str) -> Path:
    """Return where content of a hash lies or would lie."""
    return where / digest[:2] / digest


def keep(where: Path, content: bytes) -> str:
    """Store content durably and return its SHA-256; the same content is stored once."""
    digest = hashlib.sha256(content).hexdigest()
    target = path_of(where, digest)
    if not target.is_file():
        write_whole(target, content)
    return digest


def read(where: Path, digest: str) -> bytes:
    """Return stored content, checked against its name; NotFound when it is not here, StorageFault when damaged."""
    target = path_of(where, digest)
    if len(digest) != 64 or not target.is_file():
        raise NotFound("这个文件不在本机，附件待补。请向上传它的工会索取，或重新添加。", digest)
    content = target.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise StorageFault("这个文件已损坏，与登记的校验值不符。请重新添加，或从备份恢复。", digest)
    return content


def refuse_database(target: Path) -> None:
    """Refuse (BadInput) to write a paper, list or package over a database, its backup or a file that belongs to one."""
    stems = [target.with_name(target.name.removesuffix(ending)) for ending in BESIDE if target.name.endswith(ending)]
    if any(map(is_database, (target, *stems))):
        raise BadInput(f"那里是数据库的文件，不能覆盖：{target}。请换一个文件名。", str(target))


def is_database(path: Path) -> bool:
    """Tell whether a file is a database, encrypted or not; False when there is none or it cannot be read."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE or cipher.is_encrypted(path)
    return False


def write_whole(target: Path, content: bytes) -> None:
    """Write a file whole or not at all: to a new name, flushed to the disk, then renamed (BadInput, StorageFault)."""
    refuse_database(target)
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        # Where even the folder cannot be, there is no half file either.
        with suppress(OSError):
            partial.unlink()
        advice = "请检查磁盘空间、文件夹权限，或是否正被其他程序打开。"
        raise StorageFault(f"写不了文件：{target}（{reason_of(error)}）。{advice}", str(target)) from error
