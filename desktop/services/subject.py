"""What the register holds about one workroom or alliance, read once so that facts can be built from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from desktop.errors import NotFound
from desktop.models.allocation import Allocation, AllocationLine
from desktop.models.application import Application, Attestation
from desktop.models.assessment import Assessment, Award, Plan
from desktop.models.base import Base
from desktop.models.grant import Expenditure, Grant
from desktop.models.office import Office
from desktop.models.outcome import Activity, Outcome, Publication
from desktop.models.person import Honour, Person
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, Member, Topic, Workroom
from desktop.services import identity

Record = TypeVar("Record", bound=Base)


@dataclass(frozen=True)
class Subject:
    """The records about one workroom or alliance as they stand on the day `on`; members are those in the team then."""

    on: date
    regulation: str
    workroom: Workroom | None = None
    unit: Unit | None = None
    office: Office | None = None
    leader: Person | None = None
    honours: Sequence[Honour] = ()
    members: Sequence[tuple[Member, Person]] = ()
    member_units: Sequence[Unit] = ()
    topics: Sequence[Topic] = ()
    outcomes: Sequence[Outcome] = ()
    publications: Sequence[Publication] = ()
    activities: Sequence[Activity] = ()
    plans: Sequence[Plan] = ()
    assessments: Sequence[Assessment] = ()
    alliance: Alliance | None = None
    application: Application | None = None
    award: Award | None = None
    awardee: Person | None = None
    grant: Grant | None = None
    allocation: Allocation | None = None
    lines: Sequence[tuple[AllocationLine, Person | None]] = ()
    expenditures: Sequence[Expenditure] = ()
    prior_grants: Sequence[Grant] = ()
    attestations: Sequence[Attestation] = ()
    counts: dict[str, int] = field(default_factory=dict)


def get(session: Session, model: type[Record], record_id: str | None, what: str) -> Record:
    """Return the record, or raise NotFound in words."""
    record = session.get(model, record_id) if record_id else None
    if record is None:
        raise NotFound(f"找不到{what}：{record_id or '（未填）'}。请刷新列表后再试。", record_id or "")
    return record


def workroom_subject(session: Session, workroom_id: str, regulation: str, on: date) -> Subject:
    """Read all about a workroom as it stands on `on`."""
    return Subject(on=on, regulation=regulation, **_workroom_records(session, workroom_id, on))


def application_subject(session: Session, application_id: str, today: date) -> Subject:
    """Read all about an application; its 认定基准日 decides the day, else `today`."""
    application = get(session, Application, application_id, "申报")
    on = application.reference_date or today
    records: dict[str, Any] = {"application": application}
    if application.workroom_id:
        records |= _workroom_records(session, application.workroom_id, on)
    if application.alliance_id:
        records |= _alliance_records(session, application.alliance_id, on)
    records["attestations"] = _attestations(session, application.id)
    records["prior_grants"] = _prior_grants(session, application.workroom_id, application.alliance_id, None)
    records["counts"] = _yearly_counts(session, application.regulation, on)
    return Subject(on=on, regulation=application.regulation, **records)


def grant_subject(session: Session, grant_id: str, today: date) -> Subject:
    """Read all about a grant with its workroom, allocation and spending."""
    grant = get(session, Grant, grant_id, "补助资金")
    records: dict[str, Any] = {"grant": grant}
    if grant.workroom_id:
        records |= _workroom_records(session, grant.workroom_id, today)
    if grant.alliance_id:
        records |= _alliance_records(session, grant.alliance_id, today)
    records |= _money_records(session, grant)
    records["attestations"] = _attestations(session, grant.id)
    records["counts"] = _yearly_counts(session, grant.regulation, today)
    return Subject(on=today, regulation=grant.regulation, **records)


def _rows(session: Session, model: type[Record], **where: Any) -> list[Record]:
    return list(session.scalars(select(model).filter_by(**where).order_by("id")))


def _workroom_records(session: Session, workroom_id: str, on: date) -> dict[str, Any]:
    workroom = get(session, Workroom, workroom_id, "工作室")
    members = _members(session, workroom_id, on)
    unit_ids = {person.unit_id for _, person in members if person.unit_id}
    leader = session.get(Person, workroom.leader_id) if workroom.leader_id else None
    return {
        "workroom": workroom,
        "unit": session.get(Unit, workroom.unit_id) if workroom.unit_id else None,
        "office": session.get(Office, workroom.office_id) if workroom.office_id else None,
        "leader": leader,
        "honours": _rows(session, Honour, person_id=leader.id) if leader else [],
        "members": members,
        "member_units": list(session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))),
        "topics": _rows(session, Topic, workroom_id=workroom_id),
        "outcomes": _rows(session, Outcome, workroom_id=workroom_id),
        "publications": _rows(session, Publication, workroom_id=workroom_id),
        "activities": _rows(session, Activity, workroom_id=workroom_id),
        "plans": _rows(session, Plan, workroom_id=workroom_id),
        "assessments": _rows(session, Assessment, workroom_id=workroom_id),
    }


def _members(session: Session, workroom_id: str, on: date) -> list[tuple[Member, Person]]:
    query = (
        select(Member, Person)
        .join(Person, Person.id == Member.person_id)
        .where(Member.workroom_id == workroom_id)
        .where(or_(Member.joined_on.is_(None), Member.joined_on <= on))
        .where(or_(Member.left_on.is_(None), Member.left_on > on))
        .order_by(Member.id)
    )
    return [(member, person) for member, person in session.execute(query)]


def _alliance_records(session: Session, alliance_id: str, on: date) -> dict[str, Any]:
    alliance = get(session, Alliance, alliance_id, "联盟")
    lead = _workroom_records(session, alliance.lead_workroom_id, on) if alliance.lead_workroom_id else {}
    return {**lead, "alliance": alliance}


def _attestations(session: Session, subject_id: str) -> list[Attestation]:
    return _rows(session, Attestation, subject_id=subject_id)


def _prior_grants(
    session: Session, workroom_id: str | None, alliance_id: str | None, besides: str | None
) -> list[Grant]:
    """Return other grants on the same track: a lead workroom's own grant is not one of its alliance's."""
    if alliance_id:
        grants = _rows(session, Grant, alliance_id=alliance_id)
    else:
        grants = [g for g in _rows(session, Grant, workroom_id=workroom_id) if not g.alliance_id] if workroom_id else []
    return [grant for grant in grants if grant.id != besides]


def _money_records(session: Session, grant: Grant) -> dict[str, Any]:
    allocation = session.scalars(select(Allocation).filter_by(grant_id=grant.id).order_by(Allocation.id)).first()
    lines: list[tuple[AllocationLine, Person | None]] = []
    if allocation is not None:
        rows = _rows(session, AllocationLine, allocation_id=allocation.id)
        people = {p.id: p for p in session.scalars(select(Person).where(Person.id.in_({r.person_id for r in rows})))}
        lines = [(row, people.get(row.person_id or "")) for row in sorted(rows, key=lambda r: (r.position, r.id))]
    return {
        "allocation": allocation,
        "lines": lines,
        "expenditures": _rows(session, Expenditure, grant_id=grant.id),
        "prior_grants": _prior_grants(session, grant.workroom_id, grant.alliance_id, grant.id),
    }


def _yearly_counts(session: Session, regulation: str, on: date) -> dict[str, int]:
    """Count what quotas and targets are judged by; only the office that stands above all others can know."""
    own = session.get(Office, identity.own_office_id(session))
    if own is None or own.parent_id:
        return {}

    def count(*conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).where(*conditions)) or 0

    this_year = Workroom.named_on.between(date(on.year, 1, 1), date(on.year, 12, 31))
    granted = (Grant.year == on.year) & (Grant.regulation == regulation)
    return {
        "supported_workrooms_this_year": count(granted, Grant.track == "工作室"),
        "supported_alliances_this_year": count(granted, Grant.track == "联盟"),
        "named_this_year": count(this_year),
        "region_workroom_total": session.scalar(select(func.count()).select_from(Workroom)) or 0,
        "region_supported_total": count(Workroom.supported_by_region.is_(True)),
    }
