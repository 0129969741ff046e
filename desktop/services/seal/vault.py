"""The locked images of seals: one file each beside the database, opened by its keeper's passphrase alone.

They are no records: the change log keeps every value for good, and an image locked with a passphrase that was given up
must be gone. So they travel in no package and no backup of the database; `carry` takes one to another PC, still locked.
"""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotFound, StorageFault, reason_of
from desktop.services import blobs
from desktop.sync import locking

FOLDER = "seals"
DIVIDER = b"\0"


def path_of(session: Session, seal_id: str) -> Path:
    """Return where the locked image of a seal lies or would lie."""
    return blobs.folder(session) / FOLDER / f"{seal_id}.seal"


def is_here(session: Session, seal_id: str) -> bool:
    """Tell whether this PC has the locked image."""
    return path_of(session, seal_id).is_file()


def put(session: Session, seal_id: str, png: bytes, passphrase: str) -> None:
    """Lock an image and keep it; BadInput for a passphrase under eight characters."""
    _keep(path_of(session, seal_id), locking.lock(seal_id.encode() + DIVIDER + png, passphrase))


def take(session: Session, seal_id: str, passphrase: str) -> bytes:
    """Return the image as PNG; BadInput for a wrong passphrase, NotFound where this PC does not have it."""
    return _unlocked(_read(path_of(session, seal_id), seal_id), seal_id, passphrase)


def discard(session: Session, seal_id: str) -> None:
    """Delete the locked image once the session's work is committed."""
    path = path_of(session, seal_id)
    event.listen(session, "after_commit", lambda _session: path.unlink(missing_ok=True), once=True)


def carry(session: Session, seal_id: str, out: Path) -> None:
    """Write the image, locked as it is, for the office's other PC."""
    blobs.write_whole(out, _read(path_of(session, seal_id), seal_id))


def bring(session: Session, seal_id: str, file: Path, passphrase: str) -> None:
    """Take in what `carry` wrote elsewhere; BadInput when it is another seal's or the passphrase is wrong."""
    data = _read(file, seal_id)
    _unlocked(data, seal_id, passphrase)
    _keep(path_of(session, seal_id), data)


def _keep(path: Path, data: bytes) -> None:
    """Write a locked image for this user alone, where the system knows such rights."""
    blobs.write_whole(path, data)
    with suppress(OSError):
        path.chmod(0o600)


def _read(path: Path, seal_id: str) -> bytes:
    if not path.is_file():
        raise NotFound(
            "这枚印章的图像不在本机。请在登记它的电脑上“带出”，再到本机“带入”；或由保管人重新登记。", f"seals.{seal_id}"
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise StorageFault(f"读不了印章文件：{path}（{reason_of(error)}）。请检查文件权限。", str(path)) from error


def _unlocked(data: bytes, seal_id: str, passphrase: str) -> bytes:
    owner, _, png = locking.unlock(data, passphrase).partition(DIVIDER)
    if owner != seal_id.encode():
        raise BadInput("这是另一枚印章的文件。请重新选择。", f"seals.{seal_id}")
    return png
