"""The records that belong to a workroom or a grant, as the reading of a subject asks for them."""

from datetime import date
from typing import Any, Final, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.allocation import Allocation, AllocationLine
from desktop.models.application import Application
from desktop.models.assessment import Assessment
from desktop.models.base import Base
from desktop.models.grant import Expenditure, Grant
from desktop.models.office import Office
from desktop.models.person import Person
from desktop.models.workroom import Alliance, AllianceMember, Member, Workroom

Record = TypeVar("Record", bound=Base)
PASSED_STATES: Final = ("已推荐", "已命名")


def rows(session: Session, model: type[Record], **where: Any) -> list[Record]:
    """Return the records of a model with these values, by id."""
    return list(session.scalars(select(model).filter_by(**where).order_by("id")))


def office_records(session: Session, workroom: Workroom) -> dict[str, Any]:
    """Return the office that keeps a workroom, and the one above it."""
    office = session.get(Office, workroom.office_id) if workroom.office_id else None
    superior = session.get(Office, office.parent_id) if office is not None and office.parent_id else None
    return {"office": office, "superior": superior}


def assessment_records(session: Session, workroom_id: str) -> dict[str, Any]:
    """Return a workroom's assessments, and by id the office that made each."""
    assessments = rows(session, Assessment, workroom_id=workroom_id)
    offices = {office.id: office for office in session.scalars(select(Office))} if assessments else {}
    assessors = {one.id: offices[one.office_id] for one in assessments if one.office_id in offices}
    return {"assessments": assessments, "assessors": assessors}


def former_leaders(session: Session, workroom_id: str, on: date) -> list[Member]:
    """Return those who led a workroom and had left it by the day, the earliest first."""
    query = select(Member).filter_by(workroom_id=workroom_id, role="领衔人").where(Member.left_on <= on)
    return list(session.scalars(query.order_by(Member.left_on, Member.id)))


def joined_alliances(session: Session, workroom_id: str, on: date) -> list[str]:
    """Return the alliances that the workroom leads or belongs to on the day."""
    query = (
        select(AllianceMember.alliance_id)
        .where(AllianceMember.workroom_id == workroom_id)
        .where(or_(AllianceMember.joined_on.is_(None), AllianceMember.joined_on <= on))
        .where(or_(AllianceMember.left_on.is_(None), AllianceMember.left_on > on))
    )
    led = select(Alliance.id).where(Alliance.lead_workroom_id == workroom_id)
    return sorted({*session.scalars(query), *session.scalars(led)})


def named_applications(session: Session, workroom_id: str) -> list[Application]:
    """Return the applications that were recommended or led to a naming, the latest last."""
    query = select(Application).filter_by(workroom_id=workroom_id).where(Application.state.in_(PASSED_STATES))
    return list(session.scalars(query.order_by(Application.reference_date, Application.id)))


def members(session: Session, workroom_id: str, on: date) -> list[tuple[Member, Person]]:
    """Return who belongs to a workroom on the day."""
    query = (
        select(Member, Person)
        .join(Person, Person.id == Member.person_id)
        .where(Member.workroom_id == workroom_id)
        .where(or_(Member.joined_on.is_(None), Member.joined_on <= on))
        .where(or_(Member.left_on.is_(None), Member.left_on > on))
        .order_by(Member.id)
    )
    return [(member, person) for member, person in session.execute(query)]


def prior_grants(
    session: Session, workroom_id: str | None, alliance_id: str | None, besides: str | None
) -> list[Grant]:
    """Return other grants on the same track: a lead workroom's own grant is not one of its alliance's."""
    if alliance_id:
        grants = rows(session, Grant, alliance_id=alliance_id)
    else:
        grants = [g for g in rows(session, Grant, workroom_id=workroom_id) if not g.alliance_id] if workroom_id else []
    return [grant for grant in grants if grant.id != besides]


def money_records(session: Session, grant: Grant) -> dict[str, Any]:
    """Return how a grant was shared out and spent, and the grants before it."""
    allocation = session.scalars(select(Allocation).filter_by(grant_id=grant.id).order_by(Allocation.id)).first()
    lines: list[tuple[AllocationLine, Person | None]] = []
    if allocation is not None:
        shared = rows(session, AllocationLine, allocation_id=allocation.id)
        people = {p.id: p for p in session.scalars(select(Person).where(Person.id.in_({r.person_id for r in shared})))}
        lines = [(row, people.get(row.person_id or "")) for row in sorted(shared, key=lambda r: (r.position, r.id))]
    return {
        "allocation": allocation,
        "lines": lines,
        "expenditures": rows(session, Expenditure, grant_id=grant.id),
        "prior_grants": prior_grants(session, grant.workroom_id, grant.alliance_id, grant.id),
    }
