"""The embedded SQLite file: opening, transactions, schema and consistent copies."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from desktop.errors import DesktopError, StorageFault, reason_of
from desktop.models import capture, cipher, schema

BUSY_SECONDS = 10
LEAST_ROOM = 64 * 1024  # bytes; the file of shared memory beside a database grows by half of it


@dataclass(frozen=True)
class Database:
    """An open database file: `reading` makes sessions that only look, `writing` ones that hold the write lock."""

    path: Path
    engine: Engine
    reading: sessionmaker[Session]
    writing: sessionmaker[Session]

    def close(self) -> None:
        """Release the file."""
        self.engine.dispose()


def create_database(path: Path) -> Database:
    """Make a new database file with the current schema; refuses to overwrite (StorageFault)."""
    if path.exists():
        raise StorageFault(f"数据库文件已经存在：{path}。不会覆盖它；请换一个位置，或直接打开它。", str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageFault(f"建不了文件夹：{path.parent}（{reason_of(error)}）。请换一个位置。", str(path)) from error
    database = connect(path)
    with translated(path), database.engine.begin() as connection:
        schema.create(connection)
    return database


def open_database(path: Path) -> Database:
    """Open an existing database, first bringing an older schema up to date over a safety copy (StorageFault)."""
    if not path.is_file():
        raise StorageFault(f"找不到数据库文件：{path}。请先运行初始化，或检查位置是否正确。", str(path))
    if path.stat().st_size == 0:
        # SQLite would take it for a new database and begin one in it.
        raise StorageFault(f"这个文件是空的，不是本程序的数据库：{path}。请选择正确的数据库文件。", str(path))
    database = connect(path)
    try:
        with translated(path):
            schema.bring_up_to_date(database.engine, path)
    except DesktopError:
        database.close()
        raise
    return database


def connect(path: Path) -> Database:
    """Return engine and session makers over `path` with WAL, synchronous FULL and foreign keys on."""

    def opened() -> sqlite3.Connection:
        return cipher.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)

    engine = create_engine(f"sqlite:///{path}", module=cipher.module(path), creator=opened)
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _leave_no_transaction)
    immediate = engine.execution_options(immediate=True)
    reading = sessionmaker(engine, expire_on_commit=False)
    writing = sessionmaker(immediate, expire_on_commit=False)
    capture.listen(engine, reading, writing)
    return Database(path, engine, reading, writing)


def _prepare_connection(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not begin transactions by itself, or DDL would escape them.
    connection.isolation_level = None
    # Recursive triggers let REPLACE fire the delete triggers that capture needs.
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _leave_no_transaction(connection: sqlite3.Connection | None, _record: Any) -> None:
    # SQLAlchemy takes a commit that failed (a refusal to seal, a broken reference) for the end of the transaction,
    # but SQLite keeps it open, and with it the write lock.
    if connection is not None and connection.in_transaction:
        connection.rollback()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the driver's errors into a StorageFault that says what a person can do."""
    try:
        yield
    except _both(IntegrityError):
        # A broken reference is a fault of the work, not of the file.
        raise
    except _both(OperationalError) as error:
        raise StorageFault(_advice(str(getattr(error, "orig", error)), path), str(path)) from error
    except _both(DatabaseError) as error:
        raise StorageFault(f"数据库文件损坏或不是本程序的数据库：{path}。请从最近的备份恢复。", str(path)) from error


def _both(wrapped: type[Exception]) -> tuple[type[Exception], ...]:
    """Return SQLAlchemy's exception and the drivers' own of the same name."""
    return (wrapped, *cipher.errors(wrapped.__name__))


def _advice(reason: str, path: Path) -> str:
    if "locked" in reason:
        return f"数据库正被另一个程序写入：{path}。请关闭另一个窗口后再试；本次修改没有保存。"
    if "full" in reason or ("disk I/O" in reason and _no_room(path)):
        return f"磁盘已满，本次修改没有保存：{path}。请清理磁盘空间后再试。"
    if "readonly" in reason or "unable to open" in reason:
        return f"数据库文件不能写入：{path}。请检查文件夹权限，或换到可以写入的位置。"
    return f"数据库读写出错（{reason}）：{path}。本次修改没有保存；请检查磁盘后再试。"


def _no_room(path: Path) -> bool:
    # Where the shared memory beside the file cannot grow, SQLite names no full disk but an I/O error.
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < LEAST_ROOM
    return False


def copy_database(source: Path, target: Path) -> None:
    """Write a consistent copy of a live database with SQLite's backup API; `target` is replaced whole or not at all.

    The copy of an encrypted file is encrypted with the same key.
    """
    partial = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    with translated(source):
        cipher.intend_like(partial, source)
        partial.unlink(missing_ok=True)
        with translated(target):
            written = cipher.connect(partial)
        with closing(written) as copy, closing(cipher.connect(source)) as origin:
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        partial.replace(target)
