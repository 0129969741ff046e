"""A database in a temporary folder, as the services meet it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.models.database import Database, connect
from desktop.models.tables import Base


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = connect(tmp_path / "desk.db")
    Base.metadata.create_all(found.engine)
    yield found
    found.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened
