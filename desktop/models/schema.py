"""The schema of the database file: made whole for a new file, migrated for an older one."""

import re
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from desktop.errors import StorageFault
from desktop.models import capture, cipher, search
from desktop.models.tables import Base

MIGRATIONS: Final = Path(__file__).resolve().parent / "migrations"
VERSIONS: Final = MIGRATIONS / "versions"
STAMP: Final = "alembic_version"
"""The table, kept by Alembic, that holds a file's revision in its one row."""
NAMES: Final = re.compile(r'^(revision|down_revision) = (?:"(\w+)"|None)$', re.MULTILINE)


def revisions() -> dict[str, str]:
    """Return every revision with the one before it ("" for the first), as their files say.

    Read without Alembic: a file that is up to date, nearly every one that is opened, must not wait for its import.
    """
    told = [dict(NAMES.findall(path.read_text("utf-8"))) for path in VERSIONS.glob("*.py")]
    return {one["revision"]: one["down_revision"] for one in told if one}


def head_revision() -> str:
    """Return the revision of the current schema."""
    known = revisions()
    (head,) = known.keys() - known.values()
    return head


def create(connection: Connection) -> None:
    """Make all tables and capture triggers in an empty file and stamp it with the current revision."""
    Base.metadata.create_all(connection)
    capture.install_triggers(connection)
    connection.execute(
        text(
            f"CREATE TABLE {STAMP} (version_num VARCHAR(32) NOT NULL, CONSTRAINT {STAMP}_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text(f"INSERT INTO {STAMP} VALUES (:head)"), {"head": head_revision()})


def bring_up_to_date(engine: Engine, path: Path) -> None:
    """Upgrade an older schema in one transaction, after copying the file beside itself; refuse a newer one."""
    with engine.connect() as connection:
        current = _revision_of(connection)
    if current == head_revision():
        return
    if not current:
        raise StorageFault(f"这个文件不是本程序的数据库：{path}。请选择正确的数据库文件。", str(path))
    if current not in revisions():
        raise StorageFault(f"数据库由更新版本的程序建立：{path}。请先升级本程序再打开。", str(path))
    keep_copy(path, "升级前")
    from desktop.models.migrations import running

    with engine.begin() as connection:
        running.upgrade(connection)
        capture.install_triggers(connection)
        search.install_triggers(connection)


def _revision_of(connection: Connection) -> str:
    """Return a file's revision; "" for a file that is not ours."""
    if not inspect(connection).has_table(STAMP):
        return ""
    return str(connection.scalar(text(f"SELECT version_num FROM {STAMP}")) or "")


def keep_copy(path: Path, reason: str) -> Path:
    """Copy the live file beside itself under a dated name and return the copy's path."""
    copy = path.with_name(f"{path.stem}-{reason}-{datetime.now():%Y%m%d-%H%M%S}{path.suffix}")
    cipher.intend_like(copy, path)
    source, target = cipher.connect(path), cipher.connect(copy)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()
    return copy
