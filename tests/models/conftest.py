"""A database file with the whole schema, made once; each test works in a transaction that is given up."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models import database


@pytest.fixture(scope="session")
def schema_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "desk.db"
    database.create_database(path).close()
    return path


@pytest.fixture
def raw(schema_file: Path) -> Iterator[sqlite3.Connection]:
    """The driver's connection inside a transaction, set as the program sets it."""
    connection = sqlite3.connect(schema_file, isolation_level=None)
    connection.execute("PRAGMA recursive_triggers=ON")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("BEGIN")
    yield connection
    connection.rollback()
    connection.close()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[database.Database]:
    """A new database of its own, open, with nobody to seal its changes."""
    made = database.create_database(tmp_path / "own.db")
    yield made
    made.close()
