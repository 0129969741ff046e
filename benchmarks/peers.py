"""The usual ways to show and search a long table, as baselines: all objects, all tuples behind a proxy, SQL."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel

Index = QModelIndex | QPersistentModelIndex
ROOT_INDEX = QModelIndex()
SHOWN = ("name", "unit", "leader", "level", "state", "established_on", "industry", "region")
SELECT = """SELECT w.name, u.name, p.name, w.level, w.state, w.established_on, w.industry, w.region
FROM workrooms w LEFT JOIN units u ON u.id = w.unit_id LEFT JOIN people p ON p.id = w.leader_id"""
LIKE = """SELECT w.rowid FROM workrooms w LEFT JOIN units u ON u.id = w.unit_id LEFT JOIN people p ON p.id = w.leader_id
WHERE w.name LIKE :word OR u.name LIKE :word OR p.name LIKE :word ORDER BY w.rowid"""


class ListModel(QAbstractTableModel):
    """A table of rows that are all in memory."""

    def __init__(self, rows: Sequence[Any]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: Index = ROOT_INDEX) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(SHOWN)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        return None

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell of a row of tuples."""
        return str(self.rows[row][column])


class ObjectModel(ListModel):
    """A table of mapped objects, with their unit and leader."""

    def text(self, row: int, column: int) -> str:
        """Return the text of an attribute."""
        workroom, unit, leader = self.rows[row]
        if column in (1, 2):
            return str((unit, leader)[column - 1].name)
        return str(getattr(workroom, SHOWN[column]))


class IdModel(ListModel):
    """A table of row numbers whose values are read one by one as they are shown."""

    def __init__(self, rows: Sequence[Any], connection: sqlite3.Connection) -> None:
        super().__init__(rows)
        self.connection = connection
        self.kept: dict[int, Any] = {}

    def show(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        """Return a cell's text, reading its row on first use."""
        number = self.rows[row]
        if number not in self.kept:
            self.kept[number] = self.connection.execute(f"{SELECT} WHERE w.rowid = ?", (number,)).fetchone()
        return str(self.kept[number][column])


def all_objects(path: Path) -> ObjectModel:
    """Load every workroom with its unit and leader through the ORM."""
    from sqlalchemy import create_engine, select
    from sqlalchemy.orm import Session

    from desktop.models import tables
    from desktop.models.person import Person
    from desktop.models.unit import Unit
    from desktop.models.workroom import Workroom

    assert tables.SYNCED
    query = select(Workroom, Unit, Person).outerjoin(Unit, Unit.id == Workroom.unit_id)
    with Session(create_engine(f"sqlite:///{path}")) as session:
        return ObjectModel(session.execute(query.outerjoin(Person, Person.id == Workroom.leader_id)).all())


def proxied(path: Path) -> QSortFilterProxyModel:
    """Load every row as a tuple and filter them with Qt's proxy over all columns."""
    proxy = QSortFilterProxyModel()
    with sqlite3.connect(path) as connection:
        proxy.setSourceModel(ListModel(connection.execute(SELECT).fetchall()))
    proxy.sourceModel().setParent(proxy)
    proxy.setFilterKeyColumn(-1)
    return proxy


def queried(path: Path) -> QSqlQueryModel:
    """Let Qt's own query model read every row."""
    database = QSqlDatabase.addDatabase("QSQLITE", path.name)
    database.setDatabaseName(str(path))
    assert database.open()
    model = QSqlQueryModel()
    model.setQuery(SELECT, database)
    while model.canFetchMore():
        model.fetchMore()
    return model
