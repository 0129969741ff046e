"""Encrypted database files: telling them apart, unlocking them with a passphrase, connecting to either kind."""

import os
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final, cast

from desktop.errors import BadInput, StorageFault

MARK: Final = b"WRDCRYPT"
"""The first eight bytes of an encrypted file: half of the salt that stands in its clear first sixteen."""
SALT_BYTES: Final = 16
KEY_BYTES: Final = 32
LEAST_CHARACTERS: Final = 8
PARTIAL: Final = ".converting"

# By salt, so that copies and backups of an unlocked file open too; and for files that are still to be made.
_unlocked: dict[bytes, bytes] = {}
_intended: dict[Path, bytes] = {}


def is_encrypted(path: Path) -> bool:
    """Tell whether a file is an encrypted database of this program."""
    return salt_of(path) is not None


def salt_of(path: Path) -> bytes | None:
    """Return the salt at the head of an encrypted file; None for any other file, or none."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(SALT_BYTES)
        if len(head) == SALT_BYTES and head.startswith(MARK):
            return head
    return None


def is_locked(path: Path) -> bool:
    """Tell whether a file is encrypted and nobody has unlocked it in this process."""
    salt = salt_of(path)
    return salt is not None and salt not in _unlocked


def unlock(path: Path, passphrase: str) -> None:
    """Let an encrypted file, and its copies, be opened in this process from now on (BadInput where it is wrong)."""
    salt = salt_of(path)
    if salt is None:
        raise BadInput(f"这个数据库没有加密，不需要口令：{path}。", "passphrase")
    key = derived(passphrase, salt)
    with closing(_keyed(path, key, salt)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except errors("DatabaseError") as error:
            raise BadInput("口令不对，或文件已损坏。请核对口令后再试。", "passphrase") from error
    _unlocked[salt] = key


def lock_all() -> None:
    """Forget all keys."""
    _unlocked.clear()
    _intended.clear()


def intend(path: Path, passphrase: str) -> None:
    """Let the database that is about to be made at `path` be encrypted (BadInput for a short passphrase)."""
    if len(passphrase) < LEAST_CHARACTERS:
        raise BadInput(f"口令太短：至少{LEAST_CHARACTERS}个字符。请换一个更长的口令。", "passphrase")
    salt = MARK + os.urandom(SALT_BYTES - len(MARK))
    _unlocked[salt] = derived(passphrase, salt)
    _intended[path.resolve()] = salt


def intend_plain(path: Path) -> None:
    """Let the database that is about to be made at `path` be a plain one, whatever was intended before."""
    _intended.pop(path.resolve(), None)


def intend_like(path: Path, original: Path) -> None:
    """Let the database that is about to be made at `path` be encrypted as `original` is, if it is."""
    salt = salt_of(original)
    if salt is None:
        _intended.pop(path.resolve(), None)
    else:
        _intended[path.resolve()] = salt


def derived(passphrase: str, salt: bytes) -> bytes:
    """Return the key of a file from passphrase and salt (scrypt, 32 MiB, about a tenth of a second)."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=KEY_BYTES, n=1 << 15, r=8, p=1).derive(passphrase.encode())


def connect(path: Path, *, read_only: bool = False, **options: Any) -> sqlite3.Connection:
    """Connect to a database file, encrypted or not (StorageFault for one that is locked)."""
    salt = salt_of(path)
    if salt is None and (not path.exists() or path.stat().st_size == 0):
        salt = _intended.get(path.resolve())
    target: Any = f"{path.resolve().as_uri()}?mode=ro" if read_only else path
    if salt is None:
        return cast(sqlite3.Connection, sqlite3.connect(target, uri=read_only, **options))
    key = _unlocked.get(salt)
    if key is None:
        raise StorageFault(
            f"数据库已加密：{path}。请用 --passphrase-file 给出口令文件，或在窗口中输入口令。", str(path)
        )
    return _keyed(target, key, salt, uri=read_only, **options)


def _keyed(target: Any, key: bytes, salt: bytes, **options: Any) -> sqlite3.Connection:
    from sqlcipher3 import dbapi2

    connection = cast(sqlite3.Connection, dbapi2.connect(str(target), **options))
    connection.execute(f'PRAGMA key = "{_literal(key, salt)}"')
    # What SQLite sets aside for sorting must not lie on the disk in clear.
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _literal(key: bytes, salt: bytes) -> str:
    return f"x'{key.hex()}{salt.hex()}'"


def module(path: Path) -> Any:
    """Return the driver that a database file needs."""
    if salt_of(path) is None and path.resolve() not in _intended:
        return sqlite3
    from sqlcipher3 import dbapi2

    return dbapi2


def attach(connection: sqlite3.Connection, path: Path, name: str) -> None:
    """Attach another database file to a connection, with its key where it needs one."""
    salt = salt_of(path)
    if salt is None:
        connection.execute(f"ATTACH DATABASE ? AS {name}", (str(path),))
    else:
        connection.execute(f"ATTACH DATABASE ? AS {name} KEY ?", (str(path), _literal(_unlocked[salt], salt)))


def errors(name: str) -> tuple[type[Exception], ...]:
    """Return the exceptions of that name of the drivers in use."""
    found: list[type[Exception]] = [getattr(sqlite3, name)]
    other = sys.modules.get("sqlcipher3.dbapi2")
    if other is not None:
        found.append(getattr(other, name))
    return tuple(found)


def encrypt(path: Path, passphrase: str) -> None:
    """Encrypt a database file, or give an encrypted one another passphrase; no other program may have it open.

    The old file stays until the new one is whole, checked and flushed to the disk: a cut at any moment leaves one of
    the two (BadInput, StorageFault).
    """
    _require_openable(path)
    partial = path.with_name(path.name + PARTIAL)
    intend(partial, passphrase)
    _convert(path, partial)


def decrypt(path: Path) -> None:
    """Make a plain file of an encrypted one that is unlocked, as safely as `encrypt` (StorageFault)."""
    _require_openable(path)
    partial = path.with_name(path.name + PARTIAL)
    _intended.pop(partial.resolve(), None)
    _convert(path, partial)


def _require_openable(path: Path) -> None:
    if not path.is_file():
        raise StorageFault(f"找不到数据库文件：{path}。请检查位置是否正确。", str(path))
    if is_locked(path):
        raise BadInput("请先用原来的口令打开数据库。", "passphrase")


def _convert(path: Path, partial: Path) -> None:
    salt = _intended.pop(partial.resolve(), None)
    partial.unlink(missing_ok=True)
    try:
        with closing(_alone(path)) as source:
            key = f"{_literal(_unlocked[salt], salt)}" if salt else ""
            source.execute("ATTACH DATABASE ? AS converted KEY ?", (str(partial), key))
            source.execute("SELECT sqlcipher_export('converted')")
            source.execute(f"PRAGMA converted.user_version = {source.execute('PRAGMA user_version').fetchone()[0]}")
            _require_same(source)
            source.execute("DETACH DATABASE converted")
        _flush(partial)
        partial.replace(path)
    except errors("Error") as error:
        advice = "请关闭正在使用这个数据库的其他窗口，并检查磁盘空间后再试"
        raise StorageFault(f"没有转换成：{path}（{error}）。原来的数据库没有改动；{advice}。", str(path)) from error
    finally:
        partial.unlink(missing_ok=True)
    for left in ("-wal", "-shm"):
        path.with_name(path.name + left).unlink(missing_ok=True)


def _alone(path: Path) -> sqlite3.Connection:
    """Connect to a file that nobody else has open, everything of it in the one file."""
    from sqlcipher3 import dbapi2

    # A process's locks hold between its own copies of a library only: the file's usual driver looks first.
    with closing(connect(path, isolation_level=None)) as usual:
        _leave_log(usual, path)
    salt = salt_of(path)
    if salt is None:
        connection = cast(sqlite3.Connection, dbapi2.connect(str(path), isolation_level=None))
    else:
        connection = _keyed(path, _unlocked[salt], salt, isolation_level=None)
    try:
        _leave_log(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _leave_log(connection: sqlite3.Connection, path: Path) -> None:
    """Put everything into the one file; leaving the write-ahead log needs the file for oneself alone."""
    connection.execute("PRAGMA busy_timeout = 2000")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except errors("OperationalError") as error:
        raise StorageFault(f"数据库正被另一个窗口使用：{path}。请关闭它后再试。", str(path)) from error


def _require_same(source: sqlite3.Connection) -> None:
    """Compare what was written with what was read: every object, and the number of rows of every table."""
    query = "SELECT type, name, sql FROM {}.sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    objects = source.execute(query.format("main")).fetchall()
    if objects != source.execute(query.format("converted")).fetchall():
        raise StorageFault("转换后的数据库与原来的不一致，没有采用。请检查磁盘后再试。")
    for table in [name for kind, name, _ in objects if kind == "table"]:
        here, there = (
            source.execute(f'SELECT count(*) FROM {schema}."{table}"').fetchone() for schema in ("main", "converted")
        )
        if here != there:
            raise StorageFault("转换后的数据库与原来的不一致，没有采用。请检查磁盘后再试。")
    if source.execute("PRAGMA converted.integrity_check(1)").fetchone()[0] != "ok":
        raise StorageFault("转换后的数据库没有通过检查，没有采用。请检查磁盘后再试。")


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
