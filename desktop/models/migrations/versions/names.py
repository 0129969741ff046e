"""Names are looked up by an index."""

from alembic import op

revision = "names"
down_revision = "initial"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables of `initial` up to this revision."""
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index("ix_people_name", ["name"], unique=False)

    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index("ix_units_name", ["name"], unique=False)

    with op.batch_alter_table("workrooms", schema=None) as batch_op:
        batch_op.create_index("ix_workrooms_name", ["name"], unique=False)
