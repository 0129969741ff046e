"""Offices with their databases, for the tests of what travels between them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from desktop.errors import BadPackage, NotAllowed
from desktop.models.database import Database
from desktop.models.fields import nouns
from desktop.models.person import Person
from desktop.models.workroom import Member, Workroom
from desktop.services import exchange, identity, integrity


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


def require_sound(desks: Iterable[Desk]) -> None:
    """Verify every office's database from its first commit on."""
    for desk in desks:
        found = integrity.verify(desk.database)
        assert found["ok"], found["faults"]


def make_desk(folder: Path, name: str, level: str = "县级", parent: Desk | None = None) -> Desk:
    """Found an office; its parent, if any, trusts it as a child."""
    path = folder / f"{name}.db"
    document = parent.document if parent else None
    made = Desk(path, identity.initialise(path, name, level, "某地", parent=document, operator="李主任"))
    if parent is not None:
        parent.trust(made, "child")
    return made


def carry(giver: Desk, taker: Desk, folder: Path, full: bool = False) -> dict[str, Any]:
    """Export at one office, import at another; returns the result of the import."""
    return take(taker, pack(giver, taker, folder, full))


def pack(giver: Desk, taker: Desk, folder: Path, full: bool = False) -> Path:
    """Export a package for another office and return its path."""
    out = folder / f"{giver.path.stem}-{taker.path.stem}-{uuid.uuid4().hex[:8]}.wrpack"
    with giver.database.writing() as session, session.begin():
        exchange.export_package(session, out, [taker.office], full)
    return out


def take(taker: Desk, path: Path, preview: bool = False) -> dict[str, Any]:
    """Import a package."""
    return exchange.import_package(taker.database, path, preview)


def settle(desks: list[Desk], folder: Path, rounds: int = 4, least: int = 1) -> None:
    """Carry packages between all offices that know each other until nothing is new, `least` rounds or more."""
    for turn in range(rounds):
        news = 0
        for giver in desks:
            for taker in desks:
                if giver is not taker:
                    try:
                        news += carry(giver, taker, folder)["applied"]
                    except NotAllowed:
                        continue
                    except BadPackage as refusal:
                        only_unknown(refusal)
        if not news and turn + 1 >= least:
            return


def only_unknown(refusal: BadPackage) -> None:
    """A county's key reaches the region only through the city: until then its packages are refused."""
    if "认可" not in refusal.message:
        raise refusal


def state_of(desk: Desk) -> str:
    """Return the state hash."""
    with desk.database.reading() as session:
        return exchange.state(session)["state_hash"]


def conflicts_of(desk: Desk) -> list[dict[str, Any]]:
    """Return the disputes."""
    with desk.database.reading() as session:
        return exchange.conflicts(session)


def tables_of(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return the records of all exchanged tables."""
    return {noun: sorted(desk.rows(f'SELECT * FROM "{noun}"'), key=repr) for noun in nouns()}


def names_in_clear(path: Path, *words: str) -> list[str]:
    """Return which words stand readable in a database file or in what lies beside it under its name."""
    data = b"".join(left.read_bytes() for left in path.parent.glob(path.name + "*") if left.is_file())
    return [word for word in words if word.encode() in data]
