"""Many workrooms read at once, table by table, for looking over a whole register."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.models.application import Application, Attestation
from desktop.models.assessment import Assessment, Expert, Plan
from desktop.models.base import Base
from desktop.models.grant import Expenditure
from desktop.models.office import Office
from desktop.models.outcome import Activity, Outcome, Publication
from desktop.models.person import Honour, Person
from desktop.models.unit import Unit
from desktop.models.workroom import OVER, Alliance, AllianceMember, Member, Topic, Workroom
from desktop.rules.regulation import Regulation
from desktop.services.derived.belonging import PASSED_STATES
from desktop.services.derived.subject import Subject
from desktop.services.derived.tallies import tallies

AT_ONCE = 400
Record = TypeVar("Record", bound=Base)
Groups = dict[str, list[Any]]


def every_workroom(session: Session, law: Regulation, on: date) -> Iterator[Subject]:
    """Read every workroom as it stands on the day, in the order of ids; papers and passed steps are left out."""
    ids = list(session.scalars(select(Workroom.id).order_by(Workroom.id)))
    offices = {office.id: office for office in session.scalars(select(Office))}
    counts, pool = tallies(session, law, on), list(session.scalars(select(Expert).filter_by(active=True)))
    units = _workrooms_by_unit(session)
    for start in range(0, len(ids), AT_ONCE):
        batch = _Batch(session, ids[start : start + AT_ONCE], on, offices)
        for room in batch.rooms.values():
            mine = {"unit_workroom_count": units[room.unit_id]} if room.unit_id in units else {}
            records = batch.records(room)
            yield Subject(on=on, regulation=law.id, law=law, counts={**counts, **mine}, experts=pool, **records)


def _workrooms_by_unit(session: Session) -> dict[str | None, int]:
    query = select(Workroom.unit_id, func.count()).where(Workroom.state.not_in(OVER)).group_by(Workroom.unit_id)
    return {unit_id: count for unit_id, count in session.execute(query) if unit_id}


class _Batch:
    """The records about some hundred workrooms, each table read once."""

    def __init__(self, session: Session, ids: Sequence[str], on: date, offices: dict[str, Office]) -> None:
        self.offices = offices
        self.rooms = _by_id(session, Workroom, ids)
        self._members = _members(session, ids, on)
        self._people = _by_id(session, Person, {room.leader_id for room in self.rooms.values() if room.leader_id})
        self._units = _by_id(session, Unit, self._unit_ids())
        self._honours = _grouped(session, Honour, "person_id", self._people)
        self._owned = {name: _grouped(session, model, "workroom_id", ids) for name, model in OWNED.items()}
        self._applications = _grouped(session, Application, "workroom_id", ids)
        self._attestations = _grouped(session, Attestation, "subject_id", ids)
        self._alliances = _alliances(session, ids, on)

    def _unit_ids(self) -> set[str]:
        team = {person.unit_id for rows in self._members.values() for _, person in rows if person.unit_id}
        return team | {room.unit_id for room in self.rooms.values() if room.unit_id}

    def records(self, room: Workroom) -> dict[str, Any]:
        """Return the records about one workroom, by the names that a subject has for them."""
        leader, office = room.leader_id or "", self.offices.get(room.office_id or "")
        members = self._members.get(room.id, [])
        team_units = sorted({person.unit_id for _, person in members if person.unit_id})
        owned = {name: rows.get(room.id, []) for name, rows in self._owned.items()}
        assessors = {row.id: self.offices.get(row.office_id or "") for row in owned["assessments"]}
        return owned | {
            "workroom": room,
            "unit": self._units.get(room.unit_id or ""),
            "office": office,
            "superior": self.offices.get((office.parent_id if office is not None else "") or ""),
            "leader": self._people.get(leader),
            "honours": self._honours.get(leader, []),
            "members": members,
            "member_units": [self._units[one] for one in team_units if one in self._units],
            "assessors": {key: one for key, one in assessors.items() if one is not None},
            "joined_alliances": self._alliances.get(room.id, []),
            "attestations": self._attestations.get(room.id, []),
            "named_applications": [one for one in self._applications.get(room.id, []) if one.state in PASSED_STATES],
        }


OWNED: dict[str, type[Base]] = {
    "topics": Topic,
    "outcomes": Outcome,
    "publications": Publication,
    "activities": Activity,
    "plans": Plan,
    "assessments": Assessment,
    "expenditures": Expenditure,
}


def _by_id(session: Session, model: type[Record], ids: Iterable[str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        column = model.id  # type: ignore[attr-defined]
        rows = session.scalars(select(model).where(column.in_(wanted[start : start + AT_ONCE])))
        found |= {row.id: row for row in rows}  # type: ignore[attr-defined]
    return found


def _grouped(session: Session, model: type[Base], column: str, ids: Iterable[str]) -> Groups:
    found: Groups = defaultdict(list)
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        where = getattr(model, column).in_(wanted[start : start + AT_ONCE])
        for row in session.scalars(select(model).where(where).order_by("id")):
            found[getattr(row, column)].append(row)
    return found


def _members(session: Session, ids: Sequence[str], on: date) -> Groups:
    query = (
        select(Member, Person)
        .join(Person, Person.id == Member.person_id)
        .where(Member.workroom_id.in_(ids))
        .where(or_(Member.joined_on.is_(None), Member.joined_on <= on))
        .where(or_(Member.left_on.is_(None), Member.left_on > on))
        .order_by(Member.id)
    )
    found: Groups = defaultdict(list)
    for member, person in session.execute(query):
        found[member.workroom_id].append((member, person))
    return found


def _alliances(session: Session, ids: Sequence[str], on: date) -> Groups:
    joined = (
        select(AllianceMember.workroom_id, AllianceMember.alliance_id)
        .where(AllianceMember.workroom_id.in_(ids))
        .where(or_(AllianceMember.joined_on.is_(None), AllianceMember.joined_on <= on))
        .where(or_(AllianceMember.left_on.is_(None), AllianceMember.left_on > on))
    )
    led = select(Alliance.lead_workroom_id, Alliance.id).where(Alliance.lead_workroom_id.in_(ids))
    found: Groups = defaultdict(list)
    for query in (joined, led):
        for workroom_id, alliance_id in session.execute(query):
            found[str(workroom_id)].append(alliance_id)
    return found
