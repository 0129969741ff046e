"""What the services meet: an empty database, a county with its register, and two offices that exchange packages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.models.database import Database, connect
from desktop.models.tables import Base
from desktop.services import application
from tests.services.counties import DAY, County
from tests.services.desks import Desk, make_desk


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


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def applied(county: County) -> str:
    """The id of an application that the county's workroom has begun."""
    with county.writing() as session:
        return str(application.start(session, county.ids["room"], "nm-2026-build", DAY)["id"])


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, "甲市总工会", "市级")
    yield made
    made.database.close()


@pytest.fixture
def county_desk(tmp_path: Path, city: Desk) -> Iterator[Desk]:
    """An office beneath the city, whose key the city has accepted."""
    made = make_desk(tmp_path, "乙县总工会", "县级", city)
    yield made
    made.database.close()


@pytest.fixture
def offices(city: Desk, county_desk: Desk) -> tuple[Desk, Desk]:
    return city, county_desk


@pytest.fixture
def three_offices(tmp_path: Path, city: Desk, county_desk: Desk) -> Iterator[tuple[Desk, Desk, Desk]]:
    """A city and two counties beneath it, of which neither knows the other."""
    other = make_desk(tmp_path, "丙县总工会", "县级", city)
    yield city, county_desk, other
    other.database.close()
