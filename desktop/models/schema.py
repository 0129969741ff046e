"""The schema of the database file: made whole for a new file, migrated with Alembic for an older one."""

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from desktop.errors import StorageFault
from desktop.models import capture, cipher, search
from desktop.models.tables import Base

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def alembic_config() -> Config:
    """Return the configuration with the revisions' folder named explicitly, so that a frozen build finds it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(MIGRATIONS / "versions"))
    config.set_main_option("path_separator", "os")
    return config


def head_revision() -> str:
    """Return the revision of the current schema."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert head is not None
    return head


def create(connection: Connection) -> None:
    """Make all tables and capture triggers in an empty file and stamp it with the current revision."""
    Base.metadata.create_all(connection)
    capture.install_triggers(connection)
    context = MigrationContext.configure(connection)
    context.stamp(ScriptDirectory.from_config(alembic_config()), head_revision())


def bring_up_to_date(engine: Engine, path: Path) -> None:
    """Upgrade an older schema in one transaction, after copying the file beside itself; refuse a newer one."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == head_revision():
        return
    if current is None:
        raise StorageFault(f"这个文件不是本程序的数据库：{path}。请选择正确的数据库文件。", str(path))
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    if current not in known:
        raise StorageFault(f"数据库由更新版本的程序建立：{path}。请先升级本程序再打开。", str(path))
    keep_copy(path, "升级前")
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        capture.install_triggers(connection)
        search.install_triggers(connection)


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
