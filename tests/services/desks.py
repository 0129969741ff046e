"""Offices with their databases, for the tests of what travels between them."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from desktop.models.database import Database
from desktop.models.person import Person
from desktop.models.workroom import Member, Workroom
from desktop.services import identity


class Desk:
    """One office at its PC."""

    def __init__(self, path: Path, database: Database) -> None:
        self.path, self.database = path, database
        with database.reading() as session:
            self.office = identity.own_office_id(session)
            self.document = json.loads(json.dumps(identity.identity_document(session)))

    @contextmanager
    def edit(self, operator: str = "张三"):
        """A writing session that commits at the end."""
        with self.database.writing() as session, session.begin():
            session.info["operator"] = operator
            yield session

    def run(self, statement: str, **values: Any) -> Any:
        """Change records with raw SQL in one transaction; returns what was sealed."""
        with self.edit() as session:
            session.execute(text(statement), values)
        return session.info.get("sealed")

    def rows(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self.database.reading() as session:
            return [tuple(row) for row in session.execute(text(statement), values)]

    def value(self, statement: str, **values: Any) -> Any:
        """Return the single value of a query."""
        return self.rows(statement, **values)[0][0]

    def trust(self, other: Desk, relation: str) -> None:
        """Accept the other office's key."""
        with self.edit() as session:
            identity.trust(session, other.document, relation)

    def workroom(self, name: str = "李四工作室", **values: Any) -> str:
        """Add a workroom and return its id."""
        with self.edit() as session:
            made = Workroom(name=name, office_id=self.office, **values)
            session.add(made)
            session.flush()
            return made.id

    def person(self, name: str = "李四", **values: Any) -> str:
        """Add a person and return the id."""
        with self.edit() as session:
            made = Person(name=name, office_id=self.office, **values)
            session.add(made)
            session.flush()
            return made.id

    def member(self, workroom: str, person: str) -> str:
        """Add a member and return the id."""
        with self.edit() as session:
            made = Member(workroom_id=workroom, person_id=person)
            session.add(made)
            session.flush()
            return made.id


def make_desk(folder: Path, name: str, level: str = "县级", parent: Desk | None = None) -> Desk:
    """Found an office; its parent, if any, trusts it as a child."""
    path = folder / f"{name}.db"
    document = parent.document if parent else None
    made = Desk(path, identity.initialise(path, name, level, "某地", parent=document, operator="李主任"))
    if parent is not None:
        parent.trust(made, "child")
    return made
