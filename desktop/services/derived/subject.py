"""What the register holds about one workroom or alliance, read once so that facts can be built from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import NotFound
from desktop.models.allocation import Allocation, AllocationLine
from desktop.models.application import Application, Attestation
from desktop.models.assessment import Assessment, Award, Expert, Plan
from desktop.models.award_payment import AwardPayment
from desktop.models.document import Document
from desktop.models.grant import Expenditure, Grant
from desktop.models.office import Office
from desktop.models.outcome import Activity, Outcome, Publication
from desktop.models.person import Honour, Person
from desktop.models.publicity import Publicity
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, Member, Topic, Workroom
from desktop.rules.regulation import Regulation
from desktop.services.derived.belonging import (
    Record,
    assessment_records,
    former_leaders,
    joined_alliances,
    members,
    money_records,
    named_applications,
    office_records,
    prior_grants,
    rows,
)
from desktop.services.derived.papers import papers_in_force
from desktop.services.derived.prize_rows import payments, with_receipts
from desktop.services.derived.tallies import tallies, unit_tallies
from desktop.services.regulation import regulation as law_by_id
from desktop.services.road.passed_steps import Passed, passed_steps

OPEN_STATES: Final = frozenset({"草稿", "退回修改"})


@dataclass(frozen=True)
class Subject:
    """The records about one workroom or alliance as they stand on the day `on`; members are those in the team then."""

    on: date
    regulation: str
    law: Regulation | None = None
    workroom: Workroom | None = None
    unit: Unit | None = None
    office: Office | None = None
    leader: Person | None = None
    honours: Sequence[Honour] = ()
    members: Sequence[tuple[Member, Person]] = ()
    former_leaders: Sequence[Member] = ()
    member_units: Sequence[Unit] = ()
    topics: Sequence[Topic] = ()
    outcomes: Sequence[Outcome] = ()
    publications: Sequence[Publication] = ()
    activities: Sequence[Activity] = ()
    plans: Sequence[Plan] = ()
    assessments: Sequence[Assessment] = ()
    assessors: Mapping[str, Office] = field(default_factory=dict)
    named_applications: Sequence[Application] = ()
    documents: Sequence[Document] = ()
    publicities: Sequence[Publicity] = ()
    joined_alliances: Sequence[str] = ()
    alliance: Alliance | None = None
    application: Application | None = None
    assessment: Assessment | None = None
    award: Award | None = None
    awardee: Person | None = None
    payments: Sequence[tuple[AwardPayment, bool]] = ()
    experts: Sequence[Expert] = ()
    superior: Office | None = None
    grant: Grant | None = None
    allocation: Allocation | None = None
    lines: Sequence[tuple[AllocationLine, Person | None]] = ()
    expenditures: Sequence[Expenditure] = ()
    prior_grants: Sequence[Grant] = ()
    attestations: Sequence[Attestation] = ()
    steps: Mapping[str, Sequence[Passed]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def get(session: Session, model: type[Record], record_id: str | None, what: str) -> Record:
    """Return the record, or raise NotFound in words."""
    record = session.get(model, record_id) if record_id else None
    if record is None:
        raise NotFound(f"找不到{what}：{record_id or '（未填）'}。请刷新列表后再试。", record_id or "")
    return record


def workroom_about(session: Session, record: Any) -> Workroom | None:
    """Return the workroom that a record is or is about."""
    if isinstance(record, Workroom):
        return record
    workroom_id = getattr(record, "workroom_id", None)
    return session.get(Workroom, workroom_id) if workroom_id else None


def workroom_subject(session: Session, workroom_id: str, regulation: str, on: date) -> Subject:
    """Read all about a workroom as it stands on `on`; without a regulation only its records are read."""
    records = _workroom_records(session, workroom_id, on)
    if not regulation:
        return Subject(on=on, regulation=regulation, **records)
    law = law_by_id(regulation, session, on)
    records |= _standing(session, law, on, workroom_id)
    records["steps"] = {"workrooms": passed_steps(session, "workrooms", workroom_id, "", law)}
    return Subject(on=on, regulation=regulation, law=law, **records)


def application_subject(session: Session, application_id: str, today: date) -> Subject:
    """Read all about an application; its 认定基准日 decides the day, else `today`."""
    application = get(session, Application, application_id, "申报")
    on = application.reference_date or today
    law = application_law(session, application, today)
    records = _holder_records(session, application.workroom_id, application.alliance_id, on)
    records |= _standing(session, law, on, application.workroom_id or "", application.id)
    records["application"] = application
    records["counts"] |= tallies(session, law, on, naming=application.workroom_id or "")
    records["prior_grants"] = prior_grants(session, application.workroom_id, application.alliance_id, None)
    records["steps"] = {"applications": passed_steps(session, "applications", application.id, application.state, law)}
    return Subject(on=on, regulation=application.regulation, law=law, **records)


def application_law(session: Session, application: Application | Award, today: date) -> Regulation:
    """Return the regulation of an application or award: once submitted, the version it was submitted under."""
    version = "" if application.state in OPEN_STATES else application.regulation_version
    return law_by_id(application.regulation, session, application.reference_date or today, version)


def grant_subject(session: Session, grant_id: str, today: date) -> Subject:
    """Read all about a grant with its workroom, allocation and spending."""
    grant = get(session, Grant, grant_id, "补助资金")
    law = law_by_id(grant.regulation, session, today)
    records = _holder_records(session, grant.workroom_id, grant.alliance_id, today)
    records |= _standing(session, law, today, grant.workroom_id or "", grant.id)
    records |= {"grant": grant, **money_records(session, grant)}
    named = [one for one in records.get("named_applications", ()) if one.regulation == grant.regulation]
    records["application"] = named[-1] if named else None
    records["steps"] = {"grants": passed_steps(session, "grants", grant.id, grant.state, law)}
    return Subject(on=today, regulation=grant.regulation, law=law, **records)


def assessment_subject(session: Session, assessment_id: str, today: date) -> Subject:
    """Read all about an assessment and its workroom, as on the day of the assessment, else `today`."""
    assessment = get(session, Assessment, assessment_id, "考核")
    on = assessment.assessed_on or today
    law = law_by_id(assessment.regulation, session, on)
    records = _workroom_records(session, assessment.workroom_id, on)
    records |= _standing(session, law, on, assessment.workroom_id, assessment.id)
    records["assessment"] = assessment
    records["steps"] = {"assessments": passed_steps(session, "assessments", assessment.id, assessment.state, law)}
    return Subject(on=on, regulation=assessment.regulation, law=law, **records)


def award_subject(session: Session, award_id: str, today: date) -> Subject:
    """Read all about an application for an award: the person, the unit and what is attested of the outcome itself."""
    award = get(session, Award, award_id, "成果奖励")
    on = award.reference_date or today
    law = application_law(session, award, today)
    records = _standing(session, law, on, "", award.id)
    records |= {
        "award": award,
        "awardee": session.get(Person, award.person_id) if award.person_id else None,
        "unit": session.get(Unit, award.unit_id) if award.unit_id else None,
        "office": session.get(Office, award.office_id) if award.office_id else None,
        "counts": tallies(session, law, on, award),
        "steps": {"awards": passed_steps(session, "awards", award.id, award.state, law)},
        "payments": with_receipts(session, payments(session, award.id)),
    }
    return Subject(on=on, regulation=award.regulation, law=law, **records)


def _holder_records(session: Session, workroom_id: str | None, alliance_id: str | None, on: date) -> dict[str, Any]:
    records = _workroom_records(session, workroom_id, on) if workroom_id else {}
    return records | (_alliance_records(session, alliance_id, on) if alliance_id else {})


def _standing(session: Session, law: Regulation, on: date, *subject_ids: str) -> dict[str, Any]:
    """Return what stands about the subject beside its own records: counts, papers, experts, attested facts."""
    ids = [one for one in subject_ids if one]
    counts = tallies(session, law, on) | (unit_tallies(session, ids[0]) if ids else {})
    return {
        "counts": counts,
        "documents": papers_in_force(session, ids),
        "publicities": rows(session, Publicity, subject_id=ids[-1]) if ids else (),
        "experts": rows(session, Expert, active=True),
        # What is attested of the record itself counts before what was once attested of its workroom.
        "attestations": [row for one in ids for row in _attestations(session, one)],
    }


def _workroom_records(session: Session, workroom_id: str, on: date) -> dict[str, Any]:
    workroom = get(session, Workroom, workroom_id, "工作室")
    team = members(session, workroom_id, on)
    unit_ids = {person.unit_id for _, person in team if person.unit_id}
    leader = session.get(Person, workroom.leader_id) if workroom.leader_id else None
    return {
        "workroom": workroom,
        "unit": session.get(Unit, workroom.unit_id) if workroom.unit_id else None,
        "leader": leader,
        "honours": rows(session, Honour, person_id=leader.id) if leader else [],
        "members": team,
        "member_units": list(session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))),
        "topics": rows(session, Topic, workroom_id=workroom_id),
        "outcomes": rows(session, Outcome, workroom_id=workroom_id),
        "publications": rows(session, Publication, workroom_id=workroom_id),
        "activities": rows(session, Activity, workroom_id=workroom_id),
        "plans": rows(session, Plan, workroom_id=workroom_id),
        "expenditures": rows(session, Expenditure, workroom_id=workroom_id),
        **assessment_records(session, workroom_id),
        "former_leaders": former_leaders(session, workroom_id, on),
        "joined_alliances": joined_alliances(session, workroom_id, on),
        "named_applications": named_applications(session, workroom_id),
        **office_records(session, workroom),
    }


def _alliance_records(session: Session, alliance_id: str, on: date) -> dict[str, Any]:
    alliance = get(session, Alliance, alliance_id, "联盟")
    lead = _workroom_records(session, alliance.lead_workroom_id, on) if alliance.lead_workroom_id else {}
    return {**lead, "alliance": alliance}


def _attestations(session: Session, subject_id: str) -> list[Attestation]:
    return rows(session, Attestation, subject_id=subject_id)
