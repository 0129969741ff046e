"""The road of a record along its regulation's workflow: where it stands, what comes next, and taking a step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.base import Base
from desktop.models.step import Step
from desktop.models.tables import NOUNS
from desktop.rules.regulation import Regulation, Transition, Workflow
from desktop.rules.verdict import Finding
from desktop.rules.workflow import Gate, gate, steps_from
from desktop.services import facts, identity, records
from desktop.services.application import give_reason, reasons
from desktop.services.regulation import office_regulations, regulation
from desktop.services.subject import get


@dataclass(frozen=True)
class Done:
    """One step taken: when, by whom, from where to where, and why."""

    id: str
    workflow: str
    from_state: str
    to_state: str
    on: date | None
    by: str
    reason: str
    document_id: str | None


@dataclass(frozen=True)
class Road:
    """A record on one workflow: the steps behind it, its state, and a gate for each step before it."""

    noun: str
    record_id: str
    regulation: Regulation
    workflow: Workflow
    state: str
    done: Sequence[Done]
    gates: Sequence[Gate]


def roads(session: Session, noun: str, record_id: str, on: date) -> list[Road]:
    """Return the record's roads, one for each workflow that its regulations write for such records."""
    record = get(session, _model(noun), record_id, records.title_of(noun))
    given = reasons(session, record_id)
    found = []
    for law in laws_of(session, record):
        own = [workflow for workflow in law.workflows if workflow.noun == noun]
        known = _facts(session, noun, record, law, on) if own else {}
        found += [_road(session, noun, record, law, workflow, known, given, on) for workflow in own]
    return found


def _model(noun: str) -> type[Base]:
    if noun not in NOUNS:
        raise BadInput(f"没有“{noun}”这种记录。", "noun")
    return NOUNS[noun]


def laws_of(session: Session, record: Any) -> list[Regulation]:
    """Return the regulation a record names, else those its office works under."""
    own = getattr(record, "regulation", "")
    return [regulation(own)] if own else office_regulations(session)


BUILDERS = {
    "applications": facts.application_facts,
    "grants": facts.grant_facts,
    "assessments": facts.assessment_facts,
    "awards": facts.award_facts,
}


def _facts(session: Session, noun: str, record: Any, law: Regulation, on: date) -> Mapping[str, Any]:
    """Return the facts of a record; an application is judged at its own reference date."""
    if noun in BUILDERS:
        return BUILDERS[noun](session, record.id, on).facts
    about = {"workrooms": "id", "alliances": "lead_workroom_id"}.get(noun, "workroom_id")
    workroom_id = getattr(record, about, None)
    return facts.workroom_facts(session, workroom_id, law.id, on).facts if workroom_id else {}


def _road(
    session: Session,
    noun: str,
    record: Any,
    law: Regulation,
    workflow: Workflow,
    known: Mapping[str, Any],
    given: Mapping[str, str],
    on: date,
) -> Road:
    done = _done(session, record.id, workflow.id)
    state = _state(record, workflow, done)
    passed = [workflow.initial, *(step.to_state for step in done)]
    gates = [
        gate(law, workflow.id, state, step.to, known, reasons=given, history=passed, on=on)
        for step in steps_from(workflow, state)
    ]
    return Road(noun, record.id, law, workflow, state, done, gates)


def _done(session: Session, record_id: str, workflow_id: str) -> list[Done]:
    query = select(Step).filter_by(subject_id=record_id, workflow=workflow_id).order_by(Step.position, Step.id)
    rows = list(session.scalars(query))
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    return [_as_done(row) for row in rows if row.id not in corrected and not row.corrects_id]


def _as_done(row: Step) -> Done:
    return Done(
        row.id,
        row.workflow,
        row.from_state,
        row.to_state,
        row.taken_on,
        row.taken_by,
        row.reason,
        row.document_id,
    )


def _state(record: Any, workflow: Workflow, done: Sequence[Done]) -> str:
    if done:
        return done[-1].to_state
    stored = getattr(record, "state", "")
    return stored if stored in workflow.states else workflow.initial


def advance(
    session: Session, noun: str, record_id: str, to: str, by: str, on: date, reason: str = ""
) -> dict[str, Any]:
    """Take the step to `to`; NotAllowed says which rule, missing fact, reason or earlier step stands against it.

    `reason` is recorded for each warning that wants one (原则上、一般), and with the step itself.
    """
    road, step = _find(roads(session, noun, record_id, on), to)
    if step.needs_reason and reason.strip():
        for finding in step.needs_reason:
            give_reason(session, record_id, finding, reason, by, on)
        road, step = _find(roads(session, noun, record_id, on), to)
    if not step.allowed:
        raise NotAllowed(f"还不能到“{to}”：{step.sentence}。", _first_rule(step))
    _require_order(road, on)
    taken = _take(session, road, step.transition, by, on, reason)
    return _as_json(road, taken, step)


def _find(found: Sequence[Road], to: str) -> tuple[Road, Gate]:
    for road in found:
        for step in road.gates:
            if step.transition.to == to:
                return road, step
    where = "；".join(_whereabouts(road) for road in found) or "这种记录没有办理流程"
    raise NotAllowed(f"现在不能到“{to}”。{where}。", to)


def _whereabouts(road: Road) -> str:
    ahead = "、".join(step.transition.to for step in road.gates) or "没有下一步"
    return f"{road.workflow.title}现在是“{road.state}”，可以到：{ahead}"


def _first_rule(step: Gate) -> str:
    findings: Sequence[Finding] = (*step.blocking, *step.needs_reason)
    return findings[0].rule if findings else step.transition.to


def _require_order(road: Road, on: date) -> None:
    """Dates of steps may be equal, never reversed."""
    last = road.done[-1].on if road.done else None
    if last is not None and on < last:
        raise NotAllowed(f"日期不能早于上一步（{last.year}年{last.month}月{last.day}日）。请核对日期。", "on")


def _take(session: Session, road: Road, transition: Transition, by: str, on: date, reason: str) -> Step:
    taken = Step(
        office_id=identity.own_office_id(session),
        subject_noun=road.noun,
        subject_id=road.record_id,
        regulation=road.regulation.id,
        workflow=road.workflow.id,
        from_state=transition.from_,
        to_state=transition.to,
        taken_on=on,
        taken_by=by,
        reason=reason.strip(),
        position=len(road.done) + 1,
    )
    session.add(taken)
    _mirror(session, road, transition.to)
    session.flush()
    return taken


def _mirror(session: Session, road: Road, state: str) -> None:
    """Show the state on the record itself where its state is the workflow's (a grant's is)."""
    record = session.get(_model(road.noun), road.record_id)
    if getattr(record, "state", None) in road.workflow.states:
        record.state = state  # type: ignore[union-attr]


def _as_json(road: Road, taken: Step, step: Gate) -> dict[str, Any]:
    return {
        "noun": road.noun,
        "id": road.record_id,
        "workflow": road.workflow.id,
        "from": taken.from_state,
        "to": taken.to_state,
        "on": taken.taken_on.isoformat() if taken.taken_on else None,
        "by": taken.taken_by,
        "article": step.transition.cite,
        "source": step.transition.source,
        "paper": step.transition.paper,
        "ensures": [{"rule": one.rule, "status": one.status, "message": one.message} for one in step.afterwards],
    }
