"""The errors that a person can cause or meet; each carries a sentence fit for the user."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

REASONS: Final = {
    errno.ENOENT: "文件夹或文件不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EEXIST: "同名文件已经存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "只能读，不能写",
    errno.ENOSPC: "空间已满",
    errno.EFBIG: "文件太大",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "读写出错",
    errno.ENODEV: "设备已拔出",
    errno.ENXIO: "设备已拔出",
    errno.EBUSY: "正被占用",
}


def reason_of(error: OSError) -> str:
    """Return why the system refused, in the user's words where they are known."""
    known = REASONS.get(error.errno) if error.errno else None
    return known or error.strerror or str(error)


class DesktopError(Exception):
    """A refused operation.

    `message` says in Chinese what is wrong and what to do next; `where` names the place (a field, file, cell or
    rule); `code` is stable for programs that drive the command line.
    """

    code = "refused"

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where

    def as_dict(self) -> dict[str, str]:
        """Return the error as the command line prints it: code, message, where."""
        return {"code": self.code, "message": self.message, "where": self.where}


class BadInput(DesktopError):
    """A value, field or file that the user gave cannot be taken."""

    code = "bad_input"


class NotFound(DesktopError):
    """A record, regulation or kind of paper that does not exist here."""

    code = "not_found"


class NotAllowed(DesktopError):
    """A step that the regulation or the state of the record forbids now."""

    code = "not_allowed"


class BadRegulation(DesktopError):
    """A regulation file that breaks the format; `where` names file and key."""

    code = "bad_regulation"


class Unprintable(DesktopError):
    """A paper that cannot be set by the standard's own rules, or a character no font has."""

    code = "unprintable"


class BadPackage(DesktopError):
    """A package or identity file that is damaged, forged, foreign or too new."""

    code = "bad_package"


class StorageFault(DesktopError):
    """The database or disk cannot be used: locked, full, damaged, not writable."""

    code = "storage"


@contextmanager
def about(where: str) -> Iterator[None]:
    """Name the place (a file) in errors raised inside that do not name one of their own."""
    try:
        yield
    except DesktopError as error:
        error.where = error.where or where
        raise
