"""A workroom's whole dossier in one call (一室一档), and entering a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.application import Application, Override
from desktop.models.assessment import Assessment, Plan
from desktop.models.document import Attachment, Document
from desktop.models.grant import Expenditure, Grant
from desktop.models.outcome import Activity, Outcome, Publication
from desktop.models.person import Honour, Person
from desktop.models.workroom import Alliance, AllianceMember, Member, Topic
from desktop.services.record.checks import Remark, remarks
from desktop.services.record.json import all_to_json, stored_values
from desktop.services.records import get_record

LEADER_ROLE = "领衔人"
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class WorkroomSheet:
    """All that the register's detail page shows of one workroom; lists are newest first where they have dates.

    A member also carries `person` (the person's own record) and `honours` (titles in one line); an alliance carries
    `lead` (whether this workroom leads it). `remarks` are what the entry checks find in workroom, leader and unit.
    """

    workroom: dict[str, Any]
    unit: dict[str, Any] | None
    leader: dict[str, Any] | None
    office: dict[str, Any] | None
    honours: Rows
    members: Rows
    topics: Rows
    outcomes: Rows
    publications: Rows
    activities: Rows
    plans: Rows
    assessments: Rows
    applications: Rows
    grants: Rows
    expenditures: Rows
    alliances: Rows
    documents: Rows
    attachments: Rows
    remarks: list[Remark]


def sheet(session: Session, workroom_id: str) -> WorkroomSheet:
    """Return the dossier of a workroom; NotFound when there is none."""
    workroom = get_record(session, "workrooms", workroom_id)
    unit, leader, office = (
        get_record(session, noun, workroom[field]) if workroom[field] else None
        for noun, field in (("units", "unit_id"), ("people", "leader_id"), ("offices", "office_id"))
    )
    grants = _of(session, Grant, workroom_id, Grant.year.desc())
    subjects = [workroom_id, *(row["id"] for row in grants)]
    return WorkroomSheet(
        workroom=workroom,
        unit=unit,
        leader=leader,
        office=office,
        honours=_honours(session, [leader["id"]]) if leader else [],
        members=_members(session, workroom_id),
        topics=_of(session, Topic, workroom_id, Topic.started_on.desc()),
        outcomes=_of(session, Outcome, workroom_id, Outcome.date.desc()),
        publications=_of(session, Publication, workroom_id, Publication.published_on.desc()),
        activities=_of(session, Activity, workroom_id, Activity.date.desc()),
        plans=_of(session, Plan, workroom_id, Plan.year.desc(), Plan.kind),
        assessments=_of(session, Assessment, workroom_id, Assessment.year.desc()),
        applications=_of(session, Application, workroom_id, Application.year.desc()),
        grants=grants,
        expenditures=_of(session, Expenditure, workroom_id, Expenditure.paid_on.desc()),
        alliances=_alliances(session, workroom_id),
        documents=_about(session, Document, Document.subject_id.in_(subjects), Document.issued_on.desc()),
        attachments=_about(session, Attachment, Attachment.owner_id.in_(subjects), Attachment.name),
        remarks=[
            found
            for noun, row in (("workrooms", workroom), ("people", leader), ("units", unit))
            if row is not None
            for found in remarks(noun, stored_values(session, noun, row["id"]))
        ],
    )


def _of(session: Session, model: Any, workroom_id: str, *order: Any) -> Rows:
    return _about(session, model, model.workroom_id == workroom_id, *order)


def _about(session: Session, model: Any, condition: Any, *order: Any) -> Rows:
    found = session.scalars(select(model).where(condition).order_by(*order, model.id))
    return all_to_json(session, model.__tablename__, list(found))


def _honours(session: Session, person_ids: Sequence[str]) -> Rows:
    return _about(session, Honour, Honour.person_id.in_(person_ids), Honour.awarded_on.desc())


def _members(session: Session, workroom_id: str) -> Rows:
    """Return the team, those who lead first, then 骨干, then others; people who left come last."""
    query = (
        select(Member, Person)
        .join(Person, Person.id == Member.person_id)
        .where(Member.workroom_id == workroom_id)
        .order_by(Member.left_on.is_not(None), Member.role.desc(), Member.joined_on, Member.id)
    )
    pairs = [(member, person) for member, person in session.execute(query)]
    ranks = {LEADER_ROLE: 0, "骨干成员": 1}
    pairs.sort(key=lambda pair: (pair[0].left_on is not None, ranks.get(pair[0].role, 2)))
    people = all_to_json(session, "people", [person for _, person in pairs])
    honours: dict[str, list[str]] = {}
    for honour in _honours(session, [person.id for _, person in pairs]):
        honours.setdefault(honour["person_id"], []).append(honour["title"] or f"{honour['level']}{honour['kind']}")
    rows = all_to_json(session, "members", [member for member, _ in pairs])
    return [
        {**row, "person": person, "honours": "、".join(honours.get(person["id"], []))}
        for row, person in zip(rows, people, strict=True)
    ]


def _alliances(session: Session, workroom_id: str) -> Rows:
    joined = select(AllianceMember.alliance_id).where(AllianceMember.workroom_id == workroom_id)
    condition = or_(Alliance.lead_workroom_id == workroom_id, Alliance.id.in_(joined))
    rows = _about(session, Alliance, condition, Alliance.name)
    return [{**row, "lead": row["lead_workroom_id"] == workroom_id} for row in rows]


def reasons(session: Session, subject_id: str) -> Rows:
    """Return the reasons recorded for going on past warnings about a record."""
    return _about(session, Override, Override.subject_id == subject_id, Override.decided_on)
