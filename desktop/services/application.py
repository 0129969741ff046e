"""Applications: starting, answering, judging and submitting them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import NotAllowed
from desktop.models.application import Application, Override
from desktop.models.workroom import Workroom
from desktop.rules.evaluator import Finding, Verdict, judge, to_json
from desktop.rules.regulation import Regulation
from desktop.services import identity, records
from desktop.services.attestations import attest, attestation_id
from desktop.services.facts import FactSheet, application_facts
from desktop.services.questions import CriterionPage, pages_of
from desktop.services.regulation import regulation
from desktop.services.subject import get

__all__ = [
    "Blocker",
    "Draft",
    "attest",
    "blockers",
    "draft",
    "drafts",
    "give_reason",
    "judge_live",
    "set_fact",
    "start",
    "submit",
    "verdict",
    "verdict_json",
]


@dataclass(frozen=True)
class Blocker:
    """One thing that forbids submitting now: a failed rule, a missing fact, or a warning without its reason."""

    rule: str
    title: str
    sentence: str
    kind: str
    fact: str = ""


@dataclass(frozen=True)
class Draft:
    """All that the wizard shows of one application."""

    application: Mapping[str, Any]
    workroom: Mapping[str, Any] | None
    regulation: Regulation
    sheet: FactSheet
    pages: Sequence[CriterionPage]
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        """The stage whose rules are judged."""
        return str(self.application["stage"])


def start(session: Session, workroom_id: str, regulation_id: str, on: date, stage: str = "申报") -> dict[str, Any]:
    """Begin an application, or return the draft already open for this workroom, regulation and stage."""
    workroom, law = get(session, Workroom, workroom_id, "工作室"), regulation(regulation_id)
    query = select(Application).filter_by(workroom_id=workroom_id, regulation=regulation_id, stage=stage, state="草稿")
    found = session.scalars(query).first()
    if found is None:
        found = Application(
            workroom_id=workroom_id,
            office_id=workroom.office_id or identity.own_office_id(session),
            regulation=law.id,
            stage=stage,
            year=on.year,
            reference_date=on,
            track="工作室",
        )
        session.add(found)
        session.flush()
    return records.to_json(found)


def drafts(session: Session) -> list[dict[str, Any]]:
    """Return all applications with the workroom's name, the newest reference date first."""
    query = (
        select(Application, Workroom.name)
        .outerjoin(Workroom, Workroom.id == Application.workroom_id)
        .order_by(Application.reference_date.desc(), Application.id)
    )
    return [{**records.to_json(row), "workroom_name": name or ""} for row, name in session.execute(query)]


def draft(session: Session, application_id: str, today: date | None = None) -> Draft:
    """Read one application with its facts, pages and recorded reasons."""
    application = get(session, Application, application_id, "申报")
    law = regulation(application.regulation)
    sheet = application_facts(session, application_id, today)
    workroom = session.get(Workroom, application.workroom_id) if application.workroom_id else None
    return Draft(
        application=records.to_json(application),
        workroom=records.to_json(workroom) if workroom is not None else None,
        regulation=law,
        sheet=sheet,
        pages=pages_of(law, application.stage, sheet),
        reasons=reasons(session, application_id),
    )


def reasons(session: Session, subject_id: str) -> dict[str, str]:
    """Return the recorded reasons by rule."""
    rows = session.scalars(select(Override).filter_by(subject_id=subject_id).order_by(Override.id))
    return {row.rule: row.reason for row in rows if row.reason.strip()}


def judge_live(sheet: FactSheet, law: Regulation, stage: str) -> Verdict:
    """Judge a fact sheet in memory, as on each keystroke."""
    return judge(law, sheet.facts, stage=stage)


def verdict(session: Session, application_id: str, today: date | None = None) -> Verdict:
    """Judge a stored application by its records."""
    application = get(session, Application, application_id, "申报")
    sheet = application_facts(session, application_id, today)
    return judge_live(sheet, regulation(application.regulation), application.stage)


def verdict_json(session: Session, application_id: str, today: date | None = None) -> dict[str, Any]:
    """Return the verdict in the contract's form; `also` holds those of regulations that apply beside it."""
    application = get(session, Application, application_id, "申报")
    sheet = application_facts(session, application_id, today)
    law = regulation(application.regulation)
    beside = [regulation(name) for name in law.applies_with]
    return {
        "application": application_id,
        **to_json(judge_live(sheet, law, application.stage)),
        "reasons": reasons(session, application_id),
        "also": [
            to_json(judge(other, sheet.facts, stage=application.stage))
            for other in beside
            if application.stage in other.stages()
        ],
    }


def set_fact(session: Session, application_id: str, fact: str, value: Any, by: str, on: date) -> None:
    """Save one answer: into the record where the register keeps it, else as this person's attestation."""
    source = application_facts(session, application_id, on).sources.get(fact)
    if source is not None and source.kind == "record" and source.field:
        records.put_records(session, source.noun, {"id": source.record_id, source.field: value})
        return
    _require_open(get(session, Application, application_id, "申报"))
    attest(session, application_id, fact, value, by, on)


def give_reason(session: Session, subject_id: str, finding: Finding, reason: str, by: str, on: date) -> None:
    """Record why a warning is passed, or take the reason back when it is empty."""
    key = attestation_id(subject_id, finding.rule)
    row = session.get(Override, key)
    if row is None:
        if not reason.strip():
            return
        row = Override(id=key, subject_id=subject_id, rule=finding.rule)
        session.add(row)
    row.reason, row.actual, row.decided_by, row.decided_on = reason.strip(), finding.actual, by, on
    session.flush()


def blockers(found: Verdict, given: Mapping[str, str]) -> list[Blocker]:
    """Return what forbids submitting: failures, missing facts of binding rules, warnings without a reason."""
    return [blocker for finding in found.findings if (blocker := _blocker(finding, given)) is not None]


def _blocker(finding: Finding, given: Mapping[str, str]) -> Blocker | None:
    binding = finding.strength in {"must", "should"}
    if finding.status == "fail":
        return Blocker(finding.rule, finding.title, finding.message, "fail")
    if finding.status == "unknown" and binding:
        fact = finding.missing[0] if finding.missing else ""
        return Blocker(finding.rule, finding.title, finding.message, "unknown", fact)
    if finding.status == "warn" and binding and finding.rule not in given:
        return Blocker(finding.rule, finding.title, finding.message, "reason")
    return None


def submit(session: Session, application_id: str, by: str, on: date) -> dict[str, Any]:
    """Submit a draft; NotAllowed lists every failed rule, missing fact and warning without its reason."""
    application = get(session, Application, application_id, "申报")
    _require_open(application)
    hindrances = blockers(verdict(session, application_id, on), reasons(session, application_id))
    if hindrances:
        listed = "；".join(f"{blocker.title}：{blocker.sentence}" for blocker in hindrances[:5])
        more = f"；另有{len(hindrances) - 5}项" if len(hindrances) > 5 else ""
        raise NotAllowed(f"还不能提交，有{len(hindrances)}项要先办：{listed}{more}。", hindrances[0].rule)
    application.state, application.submitted_by, application.submitted_on = "已提交", by, on
    session.flush()
    return records.to_json(application)


def _require_open(application: Application) -> None:
    if application.state not in {"草稿", "退回修改"}:
        raise NotAllowed(f"这份申报已是“{application.state}”，不能再改。要改请先退回或撤回。", application.id)
