"""Writes the next revision from a change of the models: `python -m desktop.models.migrations.generate NAME "What"`.

A revision that stands in a release is never touched again: files of that release exist on the offices' disks. Their
rows take the default of a column that they did not have.
"""

import re
import sys
from pathlib import Path
from typing import Any, Final, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations.ops import AddColumnOp, ModifyTableOps, UpgradeOps
from sqlalchemy import Column, Connection, MetaData, create_engine
from sqlalchemy.schema import DefaultClause

from desktop.models import schema
from desktop.models.base import CanonicalJson, Hundredths
from desktop.models.fields import stored_default
from desktop.models.migrations import running
from desktop.models.schema import VERSIONS
from desktop.models.tables import Base

HEAD: Final = '''"""{what}"""

{imports}from alembic import op

revision = "{name}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables of `{before}` up to this revision."""
'''


def storage_type(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """Render our own column types as what they are stored as, so that old revisions never import the models."""
    if kind == "type" and isinstance(value, CanonicalJson):
        return "sa.Text()"
    if kind == "type" and isinstance(value, Hundredths):
        return "sa.Integer()"
    return False


def difference(connection: Connection, metadata: MetaData) -> UpgradeOps:
    """Return what makes the connection's schema into that of `metadata`; nothing of it is done."""
    options = {"render_as_batch": True, "render_item": storage_type, "target_metadata": metadata}
    found = produce_migrations(MigrationContext.configure(connection, opts=options), metadata).upgrade_ops
    assert isinstance(found, UpgradeOps)
    return found


def revised(connection: Connection) -> None:
    """Make the schema that the revisions written so far lead to, in an empty database."""
    running.upgrade(connection)


def copied(metadata: MetaData) -> MetaData:
    """Return a copy of the tables, which the writing of a revision may change."""
    copy = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(copy)
    return copy


def fill_defaults(changes: UpgradeOps) -> None:
    """Give each new column that may not be empty the default that the rows of a filled file take (ValueError: none)."""
    for change in changes.ops:
        for one in change.ops if isinstance(change, ModifyTableOps) else ():
            if isinstance(one, AddColumnOp) and not one.column.nullable and one.column.server_default is None:
                one.column.server_default = DefaultClause(str(_default_of(one.table_name, one.column)))


def _default_of(table: str, column: Column[Any]) -> str | int:
    default = stored_default(column)
    if default is None:
        raise ValueError(f"{table}.{column.name}: files hold rows, so a new column needs a default or may be empty")
    return default


def source(name: str, what: str, changes: UpgradeOps) -> str:
    """Return the text of the revision `name` that makes `changes` after the last revision."""
    fill_defaults(changes)
    code = render_python_code(changes, render_item=storage_type, render_as_batch=True)
    lines = [line for line in code.splitlines() if not line.strip().startswith("# ###")]
    body = "\n".join(line if line.startswith("    ") or not line else "    " + line for line in lines)
    imports = "import sqlalchemy as sa\n" if "sa." in body else ""
    return HEAD.format(name=name, what=what, imports=imports, before=schema.head_revision()) + body + "\n"


def write(name: str, what: str) -> Path | None:
    """Write the next revision and return its path; None when the models have not changed.

    ValueError for a bad name, and for a new column that the rows of a filled file could not have.
    """
    path = VERSIONS / f"{name}.py"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or path.exists():
        raise ValueError(f"{name}: a revision needs a new name in snake_case")
    with create_engine("sqlite://").begin() as connection:
        revised(connection)
        changes = difference(connection, copied(Base.metadata))
        if changes.is_empty():
            return None
        path.write_text(source(name, what, changes), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{write(*sys.argv[1:3]) or 'The models are as the last revision left them.'}\n")
