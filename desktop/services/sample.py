"""The sample county: a realistic, consistent register to try the program on; same seed, same data."""

from typing import Any, Final

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.office import Office
from desktop.models.tables import NOUNS
from desktop.models.workroom import Workroom
from desktop.services import identity
from desktop.services.record.json import to_json
from desktop.services.samples.history import add_history
from desktop.services.samples.money import add_alliance, add_applications, add_assessments, add_grants
from desktop.services.samples.people import add_experts, add_offices, add_unit
from desktop.services.samples.rooms import Room, add_room
from desktop.services.samples.stock import Drawer, Row, stock
from desktop.services.search import keys as search_keys

MOST: Final = 200_000
MOST_YEARS: Final = 14
# So many workrooms are gathered before they are written, so that memory stays flat.
AT_ONCE: Final = 1000


def regulations() -> list[str]:
    """Return the regulations (ids) under which the sample county works."""
    return list(stock()["regulations"])


def fill_sample(
    session: Session, workrooms: int = 37, seed: int = 1, *, full: bool = True, years: int = 0
) -> dict[str, int]:
    """Fill an empty register with a sample county and return how many records of each noun were made.

    With `full` every workroom gets its team, topics, outcomes, activities and plans; without it only unit and leader,
    for measuring at size. With `years` every workroom also has so many years of life behind it: plans, outcomes,
    assessments, namings, grants with their spending and papers. NotAllowed when there are workrooms already.
    """
    if not 0 <= years <= MOST_YEARS or (years and not full):
        raise BadInput(f"年数应在0至{MOST_YEARS}之间；给出的是{years}。", "years")
    if not 1 <= workrooms <= MOST:
        raise BadInput(f"工作室数应在1至{MOST}之间；给出的是{workrooms}。", "workrooms")
    if session.scalar(select(func.count()).select_from(Workroom)):
        raise NotAllowed("数据库里已有工作室，示例数据只能放进空的数据库。请新建一个数据库再试。", "workrooms")
    draw = Drawer(seed, _owner(session))
    made: dict[str, int] = {}
    office_id = _add_offices(session, draw)
    units = [add_unit(draw, number, office_id) for number in range(-(-workrooms * 3 // 5))]
    for start in range(0, workrooms, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, workrooms))
        placed = [(number, *units[number * 7 % len(units)]) for number in numbers]
        rooms = [add_room(draw, number, unit, industry, full=full, years=years) for number, unit, industry in placed]
        if full:
            _add_work(draw, rooms, office_id, first=start == 0)
        for room, (_number, _unit, industry) in zip(rooms if years else (), placed, strict=False):
            add_history(draw, room, industry, years)
        _write(session, draw, made)
    search_keys.refresh(session)
    return made


def _owner(session: Session) -> str:
    """Return the name of the office whose register this is, empty before it has an identity."""
    if not session.scalar(select(func.count()).select_from(Office)):
        return ""
    office = session.get(Office, identity.own_office_id(session))
    return office.name if office is not None else ""


def _add_work(draw: Drawer, rooms: list[Room], office_id: str, *, first: bool) -> None:
    add_assessments(draw, rooms)
    if first:
        add_applications(draw, rooms)
        add_grants(draw, rooms)
        add_alliance(draw, rooms)
        add_experts(draw, office_id)


def _add_offices(session: Session, draw: Drawer) -> str:
    """Return the office that keeps the register: the database's own, or the sample's when it has no identity."""
    if session.scalar(select(func.count()).select_from(Office)):
        office = session.get(Office, identity.own_office_id(session))
        assert office is not None
        above = [] if office.parent_id else add_offices(draw, to_json(office))
        session.flush()
        _write(session, draw, {})
        if above:
            office.parent_id = above[-1]["id"]
            session.flush()
        return office.id
    return str(add_offices(draw, None)[-1]["id"])


def _write(session: Session, draw: Drawer, made: dict[str, int]) -> None:
    for noun, model in NOUNS.items():
        rows: list[Row] = draw.rows.pop(noun, [])
        if rows:
            table: Any = model.__table__
            session.execute(insert(table), rows)
            made[noun] = made.get(noun, 0) + len(rows)
