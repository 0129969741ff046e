"""Applications for a naming, a support or an award: starting, answering, judging and submitting them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from desktop.errors import NotAllowed
from desktop.models.application import Application, Override
from desktop.models.assessment import Award
from desktop.models.outcome import Outcome
from desktop.models.person import Person
from desktop.models.workroom import Alliance, Workroom
from desktop.rules.evaluator import Finding, Verdict, to_json
from desktop.rules.regulation import Regulation
from desktop.rules.workflow import looked_at_later
from desktop.services import identity, records
from desktop.services.attestations import attest, attestation_id
from desktop.services.derived.subject import OPEN_STATES, get, workroom_about
from desktop.services.draft_list import drafts
from desktop.services.facts import FactSheet
from desktop.services.judged import APPLYING, Judged, beside, judge_sheet, judged
from desktop.services.law.keeping import keep_version
from desktop.services.questions import CriterionPage, pages_of
from desktop.services.regulation import current, regulation

__all__ = [
    "Blocker",
    "Draft",
    "attest",
    "blockers",
    "draft",
    "drafts",
    "filing_verdict",
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
    """All that the wizard shows of one application; `title` names the workroom, alliance or project."""

    application: Mapping[str, Any]
    workroom: Mapping[str, Any] | None
    regulation: Regulation
    sheet: FactSheet
    pages: Sequence[CriterionPage]
    reasons: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    beside: Sequence[Regulation] = ()
    noun: str = "applications"

    @property
    def stage(self) -> str:
        """The stage whose rules are judged."""
        return str(self.application["stage"])


def start(
    session: Session, workroom_id: str, regulation_id: str, on: date, stage: str = APPLYING, level: str = ""
) -> dict[str, Any]:
    """Begin an application, or return the draft already open for this workroom, regulation and stage.

    `level` is what is applied for where the regulation knows several (市级, 示范性 …). A regulation over awards
    begins one for the workroom's leader instead. NotAllowed before the regulation takes effect and after another
    replaced it.
    """
    workroom, law = get(session, Workroom, workroom_id, "工作室"), _law_for_start(session, regulation_id, on)
    if {workflow.noun for workflow in law.workflows} == {"awards"}:
        return _award_of_leader(session, workroom, law, on, level)
    query = select(Application).filter_by(workroom_id=workroom_id, regulation=regulation_id, stage=stage, state="草稿")
    # An application for another level is another application; a draft that names none yet takes the one chosen.
    same = Application.application_level.in_((level, "")) if level else true()
    found = session.scalars(query.where(same).order_by(Application.application_level.desc(), Application.id)).first()
    if found is not None and level:
        found.application_level = level
        session.flush()
    if found is None:
        found = _begin(session, law, on, stage, level, office_id=workroom.office_id, workroom_id=workroom_id)
    return records.to_json(found)


def start_alliance(session: Session, alliance_id: str, regulation_id: str, on: date) -> dict[str, Any]:
    """Begin an application of an alliance, or return the draft already open."""
    alliance, law = get(session, Alliance, alliance_id, "联盟"), _law_for_start(session, regulation_id, on)
    query = select(Application).filter_by(alliance_id=alliance_id, regulation=regulation_id, state="草稿")
    found = session.scalars(query).first()
    if found is None:
        found = _begin(session, law, on, APPLYING, "", office_id=alliance.office_id, alliance_id=alliance_id)
        found.track = "联盟"
        session.flush()
    return records.to_json(found)


def _begin(
    session: Session, law: Regulation, on: date, stage: str, level: str, office_id: str | None, **holder: str
) -> Application:
    made = Application(
        **holder,
        office_id=office_id or identity.own_office_id(session),
        regulation=law.id,
        stage=stage,
        year=on.year,
        reference_date=on,
        application_level=level,
        track="工作室",
    )
    session.add(made)
    session.flush()
    return made


def start_award(
    session: Session, regulation_id: str, on: date, award_kind: str, project_name: str, person_id: str
) -> dict[str, Any]:
    """Begin an application for an award to a person's outcome (第一完成人); what concerns it is attested to its id."""
    person, law = get(session, Person, person_id, "第一完成人"), _law_for_start(session, regulation_id, on)
    award = Award(
        office_id=person.office_id or identity.own_office_id(session),
        person_id=person.id,
        unit_id=person.unit_id,
        regulation=law.id,
        award_kind=award_kind,
        award_year=on.year,
        project_name=project_name,
        reference_date=on,
    )
    session.add(award)
    session.flush()
    return records.to_json(award)


def _award_of_leader(session: Session, workroom: Workroom, law: Regulation, on: date, kind: str) -> dict[str, Any]:
    if not workroom.leader_id:
        raise NotAllowed(
            f"“{workroom.name}”还没有登记领衔人，不能以其为第一完成人申报奖项。请先在台账登记。", "leader_id"
        )
    query = select(Award).filter_by(person_id=workroom.leader_id, regulation=law.id, award_year=on.year, state="草稿")
    found = session.scalars(query.order_by(Award.id)).first()
    if found is not None:
        return records.to_json(found)
    latest = select(Outcome.name).filter_by(workroom_id=workroom.id).order_by(Outcome.date.desc(), Outcome.id).limit(1)
    project = session.scalar(latest) or f"{workroom.name}创新成果"
    return start_award(session, law.id, on, kind, project, workroom.leader_id)


def _law_for_start(session: Session, regulation_id: str, on: date) -> Regulation:
    law = regulation(regulation_id, session, on)
    if law.effective_on is not None and law.id not in {one.id for one in current(on, session)}:
        day = f"{law.effective_on.year}年{law.effective_on.month}月{law.effective_on.day}日"
        why = f"自{day}起施行" if law.effective_on > on else "已由新的办法替代"
        raise NotAllowed(f"“{law.title}”{why}，认定基准日不在它施行的期间。请另选办法或日期。", "regulation")
    return law


def draft(session: Session, application_id: str, today: date | None = None) -> Draft:
    """Read one application, of a workroom, an alliance or for an award, with its facts, pages and recorded reasons."""
    one = judged(session, application_id, today)
    stage, record = one.stage or APPLYING, one.record
    workroom = workroom_about(session, record)
    return Draft(
        application={"stage": stage, **records.to_json(record)},
        workroom=records.to_json(workroom) if workroom is not None else None,
        regulation=one.law,
        sheet=one.sheet,
        pages=pages_of(one.law, stage, one.sheet, looked_at_later(one.law, one.noun)),
        reasons=reasons(session, application_id),
        title=_title(session, one, workroom),
        beside=beside(session, one, today),
        noun=one.noun,
    )


def _title(session: Session, one: Judged, workroom: Workroom | None) -> str:
    alliance_id = getattr(one.record, "alliance_id", None)
    alliance = session.get(Alliance, alliance_id) if alliance_id else None
    named = [one.name for one in (alliance, workroom) if one is not None]
    return named[0] if named else str(getattr(one.record, "project_name", ""))


def reasons(session: Session, subject_id: str) -> dict[str, str]:
    """Return the recorded reasons by rule."""
    rows = session.scalars(select(Override).filter_by(subject_id=subject_id).order_by(Override.id))
    return {row.rule: row.reason for row in rows if row.reason.strip()}


def judge_live(sheet: FactSheet, law: Regulation, stage: str, noun: str = "") -> Verdict:
    """Judge a fact sheet in memory, as on each keystroke; a `noun` to be filed is not asked what its road brings."""
    return judge_sheet(sheet, law, stage, looked_at_later(law, noun))


def verdict(session: Session, application_id: str, today: date | None = None) -> Verdict:
    """Judge a stored application, award, assessment or grant by its records."""
    return judged(session, application_id, today).verdict()


def filing_verdict(session: Session, record_id: str, today: date | None = None) -> Verdict:
    """Judge a stored application or award as it is filed: what only its road brings is not asked yet."""
    one = judged(session, record_id, today)
    return judge_live(one.sheet, one.law, one.stage or APPLYING, one.noun)


def verdict_json(session: Session, application_id: str, today: date | None = None) -> dict[str, Any]:
    """Return the verdict in the contract's form; `also` holds those of the regulations that apply beside it."""
    one = judged(session, application_id, today)
    return {
        one.noun.removesuffix("s"): application_id,
        **to_json(one.verdict()),
        "title": one.law.title,
        "reasons": reasons(session, application_id),
        "also": [{**to_json(one.verdict(law)), "title": law.title} for law in beside(session, one, today)],
    }


def set_fact(session: Session, application_id: str, fact: str, value: Any, by: str, on: date) -> None:
    """Save one answer: into the record where the register keeps it, else as this person's attestation."""
    one = judged(session, application_id, on)
    source = one.sheet.sources.get(fact)
    if source is not None and source.kind == "record" and source.field:
        records.put_records(session, source.noun, {"id": source.record_id, source.field: value})
        return
    _require_open(one.record)
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
    """Submit a draft; NotAllowed lists every failed rule, missing fact and warning without its reason.

    The regulation's text as of now is kept with the application, whatever replaces it later.
    """
    one = judged(session, application_id, on)
    application = one.record
    _require_open(application)
    hindrances = blockers(filing_verdict(session, application_id, on), reasons(session, application_id))
    if hindrances:
        listed = "；".join(f"{blocker.title}：{blocker.sentence.rstrip('。')}" for blocker in hindrances[:5])
        more = f"；另有{len(hindrances) - 5}项" if len(hindrances) > 5 else ""
        raise NotAllowed(f"还不能提交，有{len(hindrances)}项要先办：{listed}{more}。", hindrances[0].rule)
    application.regulation_version = keep_version(session, application.regulation, application.reference_date or on)
    application.state = "已提交"
    if isinstance(application, Application):
        application.submitted_by, application.submitted_on = by, on
    session.flush()
    return records.to_json(application)


def _require_open(application: Any) -> None:
    if isinstance(application, Application | Award) and application.state not in OPEN_STATES:
        raise NotAllowed(f"这份申报已是“{application.state}”，不能再改。要改请先退回或撤回。", application.id)
