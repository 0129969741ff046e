"""Writes the initial revision from the models: `python -m desktop.models.migrations.generate`, before a release only.

Once a release has gone out, a change of the models is a new revision beside it, and this file's work is done.
"""

from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations.ops import UpgradeOps
from sqlalchemy import create_engine

from desktop.models.base import CanonicalJson, Hundredths
from desktop.models.tables import Base

INITIAL = Path(__file__).with_name("versions") / "initial.py"
HEAD = '''"""All tables as they were first released."""

import sqlalchemy as sa
from alembic import op

revision = "initial"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first release."""
'''


def storage_type(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """Render our own column types as what they are stored as, so that old revisions never import the models."""
    if kind == "type" and isinstance(value, CanonicalJson):
        return "sa.Text()"
    if kind == "type" and isinstance(value, Hundredths):
        return "sa.Integer()"
    return False


def initial_revision() -> str:
    """Return the source of the initial revision for the present models."""
    engine = create_engine("sqlite://")
    options = {"render_item": storage_type, "target_metadata": Base.metadata}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        found = produce_migrations(context, Base.metadata).upgrade_ops
    assert isinstance(found, UpgradeOps)
    code = render_python_code(found, render_item=storage_type)
    lines = [line for line in code.splitlines() if not line.strip().startswith("# ###")]
    return HEAD + "\n".join(line if line.startswith("    ") or not line else "    " + line for line in lines) + "\n"


if __name__ == "__main__":
    INITIAL.write_text(initial_revision(), encoding="utf-8")
