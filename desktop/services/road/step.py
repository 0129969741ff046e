"""Taking a step on a record's road, and correcting one with a recorded reason."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.step import Step
from desktop.rules.evaluator import judge
from desktop.rules.verdict import Finding
from desktop.rules.workflow import Gate
from desktop.services import identity, publicity
from desktop.services.application import give_reason
from desktop.services.derived.subject import get
from desktop.services.review.decided import require_kept
from desktop.services.road.chain import next_position, read_chain, steps_of
from desktop.services.road.correction import put_back
from desktop.services.road.effects import Effects
from desktop.services.road.papers import issued_since, papers_of
from desktop.services.road.road import Road, acting, facts_for, model_of, roads


def advance(
    session: Session,
    noun: str,
    record_id: str,
    to: str,
    by: str,
    on: date,
    reason: str = "",
    *,
    workflow: str = "",
    grounds: Sequence[str] = (),
    details: Mapping[str, Any] | None = None,
    basis: bool = True,
) -> dict[str, Any]:
    """Take the step to `to`; NotAllowed says which rule, missing fact, reason, hold or earlier step stands against it.

    `reason` is recorded for each warning that wants one (原则上、一般), with the step itself, and where an office above
    acted and this one only records it, which wants one with `basis`. `grounds` are the exit grounds that a person found
    made out; `details` what `asked` names.
    """
    road, step = find_step(roads(session, noun, record_id, on), to, workflow)
    wanted = (*step.needs_reason, *_doubtful(step, grounds))
    if wanted and reason.strip():
        for finding in wanted:
            give_reason(session, record_id, finding, reason, by, on)
        road, step = find_step(roads(session, noun, record_id, on), to, road.workflow.id)
    _require(session, road, step, on, reason, grounds)
    if basis:
        _require_basis(session, road, step, reason)
    taken = _take(session, road, step, by, on, reason, grounds, details or {})
    _require_successor(session, road, step, by, on, reason)
    after = _afterwards(session, road, step, on)
    return _as_json(road, taken, step, after)


def find_step(found: Sequence[Road], to: str, workflow: str = "") -> tuple[Road, Gate]:
    """Return the road and the gate of the step to a state; NotAllowed says where the record stands instead."""
    open_to = [road for road in found if not workflow or road.workflow.id == workflow]
    for road in open_to:
        for step in road.gates:
            if step.transition.to == to:
                return road, step
    where = "；".join(_whereabouts(road) for road in open_to) or "这种记录没有办理流程"
    raise NotAllowed(f"现在不能到“{to}”。{where}。", to)


def _whereabouts(road: Road) -> str:
    ahead = "、".join(step.transition.to for step in road.gates) or "没有下一步"
    return f"{road.workflow.title}现在是“{road.state}”，可以到：{ahead}"


def _doubtful(step: Gate, grounds: Sequence[str]) -> list[Finding]:
    """Return the grounds relied on that are only warned of: they count with a reason."""
    return [one for one in step.grounds if one.rule in grounds and one.status == "warn"]


def _require(session: Session, road: Road, step: Gate, on: date, reason: str, grounds: Sequence[str]) -> None:
    to = step.transition.to
    # What is refused or ended need not be answered first.
    if road.hold is not None and not road.workflow.leaves(to):
        raise NotAllowed(f"这件已{road.hold.kind}，办结以后才能到“{to}”。", road.hold.id)
    if not step.allowed:
        raise NotAllowed(f"还不能到“{to}”：{step.sentence}。", _first_rule(step))
    _require_decision(step, grounds)
    _require_order(road, on)
    publicity.require_over(session, road.record_id, road.workflow, road.state, to, on, reason)
    require_kept(session, road.record_id, road.workflow, road.state, to, reason)


def _require_basis(session: Session, road: Road, step: Gate, reason: str) -> None:
    if acting(session, road.regulation, step.transition) == "above" and not reason.strip():
        raise NotAllowed(
            f"这一步由{step.transition.actor}办理。上级已经办理的，请写明依据（如来文文号）再登记。", "reason"
        )


def _first_rule(step: Gate) -> str:
    findings: Sequence[Finding] = (*step.blocking, *step.needs_reason)
    return findings[0].rule if findings else step.transition.to


def _require_decision(step: Gate, grounds: Sequence[str]) -> None:
    """An exit never follows by itself: a person names the grounds that are made out."""
    made_out = {finding.rule for finding in step.opened_by}
    if step.transition.opened_by and not grounds:
        listed = "；".join(f"{one.article}{one.title}" for one in step.opened_by)
        words = f"到“{step.transition.to}”要由人认定事由。已查明的有：{listed}。请选定据以办理的。"
        raise NotAllowed(words, step.transition.opened_by[0])
    if set(grounds) - made_out:
        raise NotAllowed("认定的事由里有没有查明的，不能作为依据。请重新勾选。", min(set(grounds) - made_out))


def _require_order(road: Road, on: date) -> None:
    """Dates of steps may be equal, never reversed."""
    last = road.done[-1].on if road.done else None
    if last is not None and on < last:
        raise NotAllowed(f"日期不能早于上一步（{last.year}年{last.month}月{last.day}日）。请核对日期。", "on")


def _take(
    session: Session,
    road: Road,
    step: Gate,
    by: str,
    on: date,
    reason: str,
    grounds: Sequence[str],
    details: Mapping[str, Any],
) -> Step:
    to = step.transition.to
    record = get(session, model_of(road.noun), road.record_id, "记录")
    effects = Effects(session, road.noun, record, road.regulation, road.workflow, to, by, on, details)
    _end_hold(road, effects)
    changes = effects.write()
    kinds = {paper.kind for paper in papers_of(step.transition.paper, road.noun) if paper.kind}
    room_id = getattr(record, "workroom_id", None)
    paper = issued_since(session, [road.record_id, *([room_id] if room_id else [])], kinds)
    taken = Step(
        office_id=identity.own_office_id(session),
        subject_noun=road.noun,
        subject_id=road.record_id,
        regulation=road.regulation.id,
        workflow=road.workflow.id,
        from_state=step.transition.from_,
        to_state=to,
        taken_on=on,
        taken_by=by,
        reason=reason.strip(),
        grounds=list(grounds),
        effects=changes,
        position=next_position(steps_of(session, road.record_id, road.workflow.id)),
        document_id=paper.id if paper is not None else None,
    )
    session.add(taken)
    session.flush()
    return taken


def _end_hold(road: Road, effects: Effects) -> None:
    """Close the hold of a record that is refused or leaves: nothing more is waited for; taking it back reopens it."""
    if road.hold is None:
        return
    day = max(effects.on, road.hold.opened_on or effects.on)
    for name, value in (("closed_on", day), ("closed_by", effects.by), ("answer", f"已办理到“{effects.to}”")):
        effects.put(road.hold, name, value)
    if getattr(effects.record, "returned_reason", ""):
        effects.put(effects.record, "returned_reason", "")


def _afterwards(session: Session, road: Road, step: Gate, on: date) -> Sequence[Finding]:
    """Return what should be true once the step is done, judged anew; it never blocks."""
    return _judged(session, road, step.transition.ensures, on)


def _judged(session: Session, road: Road, rules: Sequence[str], on: date) -> Sequence[Finding]:
    if not rules:
        return ()
    record = get(session, model_of(road.noun), road.record_id, "记录")
    known = facts_for(session, road.noun, record, road.regulation, on)
    found = {one.rule: one for one in judge(road.regulation, known, on=on).findings}
    return [found[rule] for rule in rules]


def _require_successor(session: Session, road: Road, step: Gate, by: str, on: date, reason: str) -> None:
    """Hold a new leader to the conditions that the gate could only ask of the old one; what refuses takes it all back.

    What nobody told of the new leader yet is left open, as the register may not know the person.
    """
    if not road.workflow.is_marked(step.transition.to, "leader"):
        return
    for finding in _judged(session, road, step.transition.requires, on):
        if finding.status == "fail" or (finding.status == "warn" and not reason.strip()):
            cure = "请另选新领衔人，或先补齐其台账" if finding.status == "fail" else "请写明理由，或另选新领衔人"
            raise NotAllowed(
                f"新领衔人：{finding.article}{finding.title}，{finding.message.rstrip('。')}。{cure}。", "reason"
            )
        if finding.status == "warn":
            give_reason(session, road.record_id, finding, reason, by, on)


def _as_json(road: Road, taken: Step, step: Gate, after: Sequence[Finding]) -> dict[str, Any]:
    return {
        "noun": road.noun,
        "id": road.record_id,
        "step": taken.id,
        "workflow": road.workflow.id,
        "from": taken.from_state,
        "to": taken.to_state,
        "on": taken.taken_on.isoformat() if taken.taken_on else None,
        "by": taken.taken_by,
        "article": step.transition.cite,
        "source": step.transition.source,
        "paper": step.transition.paper,
        "document_id": taken.document_id,
        "ensures": [{"rule": one.rule, "status": one.status, "message": one.message} for one in after],
    }


def take_back(session: Session, step_id: str, by: str, on: date, reason: str) -> dict[str, Any]:
    """Take the last step of a road back: it was taken by mistake. What it changed is put back, its paper voided.

    Returns what was changed again since, and therefore stays, as `kept`. NotAllowed for a step that others follow.
    """
    wrong, rows = _to_correct(session, step_id, reason)
    walked = read_chain(rows, wrong.from_state)
    follows = bool(walked.done) and walked.done[-1].id != step_id
    if follows and step_id not in {one.id for one in walked.disputed}:
        raise NotAllowed(f"“{wrong.to_state}”后面还有办理，请先更正后面的“{walked.done[-1].to_state}”。", step_id)
    kept = put_back(session, wrong)
    _correction(session, wrong, rows, by, on, reason, back=True)
    walked = read_chain(steps_of(session, wrong.subject_id, wrong.workflow), wrong.from_state)
    return {"step": step_id, "state": walked.state, "kept": kept}


def amend(
    session: Session, step_id: str, by: str, on: date, reason: str, taken_on: date, taken_by: str = ""
) -> dict[str, Any]:
    """Correct the day or the person of a step; its day must stay between those of its neighbours."""
    wrong, rows = _to_correct(session, step_id, reason)
    done = read_chain(rows, wrong.from_state).done
    place = next((number for number, one in enumerate(done) if one.id == step_id), None)
    if place is None:
        raise NotAllowed("这一步已经更正过，或与另一工会的办理不一致，不能改日期。", step_id)
    before = done[place - 1].on if place else None
    after = done[place + 1].on if place + 1 < len(done) else None
    if (before is not None and taken_on < before) or (after is not None and taken_on > after):
        raise NotAllowed("更正后的日期要在前后两步的日期之间。请核对日期。", "taken_on")
    made = _correction(session, wrong, rows, taken_by or wrong.taken_by, taken_on, reason, back=False)
    return {"step": step_id, "correction": made.id, "on": taken_on.isoformat()}


def _to_correct(session: Session, step_id: str, reason: str) -> tuple[Step, list[Step]]:
    if not reason.strip():
        raise BadInput("更正要写明理由。", "reason")
    wrong = get(session, Step, step_id, "办理步骤")
    rows = steps_of(session, wrong.subject_id, wrong.workflow)
    if wrong.corrects_id or any(row.corrects_id == wrong.id and row.from_state != wrong.from_state for row in rows):
        raise NotAllowed("这一步已经撤回过了。", step_id)
    return wrong, rows


def _correction(
    session: Session, wrong: Step, rows: Sequence[Step], by: str, on: date, reason: str, *, back: bool
) -> Step:
    states = (wrong.to_state, wrong.from_state) if back else (wrong.from_state, wrong.to_state)
    made = Step(
        office_id=identity.own_office_id(session),
        subject_noun=wrong.subject_noun,
        subject_id=wrong.subject_id,
        regulation=wrong.regulation,
        workflow=wrong.workflow,
        from_state=states[0],
        to_state=states[1],
        taken_on=on,
        taken_by=by,
        reason=reason.strip(),
        position=next_position(rows),
        corrects_id=wrong.id,
    )
    session.add(made)
    session.flush()
    return made
