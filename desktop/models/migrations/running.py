"""Running the revisions with Alembic, which only a new or an older file needs."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from desktop.models.schema import MIGRATIONS, VERSIONS


def configured(connection: Connection) -> Config:
    """Return Alembic's configuration for a connection, its folders named so that a frozen build finds them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(VERSIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Bring a file's tables to the last revision, in the connection's transaction."""
    command.upgrade(configured(connection), "head")
