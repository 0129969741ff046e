"""Runs the revisions on the connection that the program opened, in its transaction, with batch mode for SQLite."""

from alembic import context

from desktop.models.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
