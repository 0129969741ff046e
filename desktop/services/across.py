"""A person and a unit across workrooms: everything in the register that names them, in one call."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.allocation import Allocation, AllocationLine
from desktop.models.grant import Grant
from desktop.models.outcome import Outcome
from desktop.models.person import Honour, Person
from desktop.models.workroom import Member, Topic, Workroom
from desktop.services.record.checks import Remark, remarks
from desktop.services.record.json import all_to_json, stored_values
from desktop.services.records import get_record

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class PersonSheet:
    """A person: the record, unit, honours, the workrooms led or worked in, topics hosted, outcomes and rewards.

    A place is a workroom's id, name, level and state with `role` and the days of joining and leaving; a reward is the
    workroom's id and name with year, amount in 元 and state of the allocation.
    """

    person: dict[str, Any]
    unit: dict[str, Any] | None
    honours: Rows
    places: Rows
    topics: Rows
    outcomes: Rows
    rewards: Rows
    remarks: list[Remark]


@dataclass(frozen=True)
class UnitSheet:
    """A unit: the record, its workrooms (with `leader`), its people, and the grants of its workrooms."""

    unit: dict[str, Any]
    workrooms: Rows
    people: Rows
    grants: Rows
    remarks: list[Remark]


def person_sheet(session: Session, person_id: str) -> PersonSheet:
    """Return all that the register knows of a person; NotFound when there is none."""
    person = get_record(session, "people", person_id)
    return PersonSheet(
        person=person,
        unit=get_record(session, "units", person["unit_id"]) if person["unit_id"] else None,
        honours=_rows(session, Honour, Honour.person_id == person_id, Honour.awarded_on.desc()),
        places=_places(session, person_id),
        topics=_with_room(session, Topic, Topic.host_id == person_id, Topic.started_on.desc()),
        outcomes=_outcomes(session, person_id, person["name"]),
        rewards=_rewards(session, person_id),
        remarks=remarks("people", stored_values(session, "people", person_id)),
    )


def unit_sheet(session: Session, unit_id: str) -> UnitSheet:
    """Return all that the register knows of a unit; NotFound when there is none."""
    unit = get_record(session, "units", unit_id)
    rooms = _rows(session, Workroom, Workroom.unit_id == unit_id, Workroom.name)
    leaders = {row["id"]: row["name"] for row in _by_id(session, [room["leader_id"] for room in rooms])}
    ids = [room["id"] for room in rooms]
    return UnitSheet(
        unit=unit,
        workrooms=[{**room, "leader": leaders.get(room["leader_id"], "")} for room in rooms],
        people=_rows(session, Person, Person.unit_id == unit_id, Person.name),
        grants=_with_room(session, Grant, Grant.workroom_id.in_(ids), Grant.year.desc()),
        remarks=remarks("units", stored_values(session, "units", unit_id)),
    )


def _rows(session: Session, model: Any, condition: Any, *order: Any) -> Rows:
    found = session.scalars(select(model).where(condition).order_by(*order, model.id))
    return all_to_json(session, model.__tablename__, list(found))


def _by_id(session: Session, ids: Sequence[str | None]) -> Rows:
    return _rows(session, Person, Person.id.in_([one for one in ids if one]))


def _with_room(session: Session, model: Any, condition: Any, *order: Any) -> Rows:
    rows = _rows(session, model, condition, *order)
    query = select(Workroom.id, Workroom.name).where(Workroom.id.in_({row["workroom_id"] for row in rows}))
    names: dict[str, str] = {row.id: row.name for row in session.execute(query)}
    return [{**row, "workroom": names.get(row["workroom_id"], "")} for row in rows]


def _places(session: Session, person_id: str) -> Rows:
    """Return the workrooms that a person leads or is a member of, those not left first."""
    member = select(Member.workroom_id).where(Member.person_id == person_id)
    condition = or_(Workroom.leader_id == person_id, Workroom.id.in_(member))
    rooms = _rows(session, Workroom, condition, Workroom.name)
    own = {row["workroom_id"]: row for row in _rows(session, Member, Member.person_id == person_id, Member.joined_on)}
    places = []
    for room in rooms:
        membership = own.get(room["id"], {})
        role = "领衔人" if room["leader_id"] == person_id else membership.get("role", "")
        days = {name: membership.get(name) for name in ("joined_on", "left_on", "division")}
        places.append({**{name: room[name] for name in ("id", "name", "level", "state")}, "role": role, **days})
    return sorted(places, key=lambda place: (place["left_on"] is not None, place["role"] != "领衔人"))


def _outcomes(session: Session, person_id: str, name: str) -> Rows:
    """Return the outcomes of the person's workrooms in which the person is named as one who completed them."""
    ids = [place["id"] for place in _places(session, person_id)]
    condition = Outcome.workroom_id.in_(ids) & Outcome.completed_by.contains(name, autoescape=True)
    return _with_room(session, Outcome, condition, Outcome.date.desc())


def _rewards(session: Session, person_id: str) -> Rows:
    query = (
        select(AllocationLine, Allocation.state, Grant.year, Workroom.id, Workroom.name)
        .join(Allocation, Allocation.id == AllocationLine.allocation_id)
        .join(Grant, Grant.id == Allocation.grant_id)
        .outerjoin(Workroom, Workroom.id == Grant.workroom_id)
        .where(AllocationLine.person_id == person_id)
        .order_by(Grant.year.desc(), AllocationLine.id)
    )
    found = session.execute(query).all()
    lines = all_to_json(session, "allocation_lines", [row[0] for row in found])
    return [
        {**line, "state": state, "year": year, "workroom_id": room, "workroom": name}
        for line, (_, state, year, room, name) in zip(lines, found, strict=True)
    ]
