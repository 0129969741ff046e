"""What waits to be dealt with: every road that is not at rest, whose turn it is, and by when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from desktop.models.application import Application
from desktop.models.assessment import Assessment, Award, Plan
from desktop.models.base import Base
from desktop.models.grant import Grant
from desktop.models.outcome import Publication
from desktop.models.publicity import Publicity
from desktop.models.rectification import AssessmentRound, Rectification
from desktop.models.step import Hold, Step
from desktop.models.workroom import Alliance, Workroom
from desktop.rules.regulation import Regulation, Transition, Workflow
from desktop.services.office import own_office
from desktop.services.regulation import catalogue
from desktop.services.road.chain import read_chain, steps_of
from desktop.services.road.hold import open_kinds
from desktop.services.road.road import start_of, turn_of

MOST: Final = 500
TURNS: Final = ("own", "below", "above")
SUBMITTED: Final = ("已提交", "初审通过", "已推荐")
MODELS: Final[dict[str, type[Base]]] = {
    "applications": Application,
    "grants": Grant,
    "assessments": Assessment,
    "plans": Plan,
    "publications": Publication,
}


@dataclass(frozen=True)
class Waiting:
    """One record that waits: where it stands, the next step, whose turn it is ("own", "below", "above"), by when.

    `due` is the day and `due_words` what ends then; both are empty where nothing sets a day.
    """

    noun: str
    record_id: str
    workflow: str
    title: str
    flow: str
    state: str
    next_step: str
    actor: str
    turn: str
    since: date | None = None
    due: date | None = None
    due_words: str = ""
    held: str = ""

    @property
    def id(self) -> str:
        """A name for the row: the record on its road."""
        return f"{self.record_id}/{self.workflow}"


def waiting(session: Session, on: date) -> list[Waiting]:
    """Return what waits, this office's own turn first, then by the day it is due; at most 500."""
    known = {flow.id: (law, flow) for law in catalogue(session, on).values() for flow in law.workflows}
    due = _deadlines(session)
    found = [*_under_way(session, known), *_not_begun(session, known)]
    level = own_office(session).level
    dated = [_with_turn(level, one, known, due) for one in found]
    mine = sorted(dated, key=lambda one: (TURNS.index(one.turn), one.due or date.max, one.since or date.max, one.id))
    return _with_titles(session, mine[:MOST])


@dataclass(frozen=True)
class _Standing:
    noun: str
    record_id: str
    workflow: str
    state: str
    since: date | None


def _under_way(session: Session, known: Mapping[str, tuple[Regulation, Workflow]]) -> list[_Standing]:
    """Return the roads with steps whose state is neither final nor at rest."""
    last = (
        select(
            Step.subject_noun,
            Step.subject_id,
            Step.workflow,
            Step.to_state,
            Step.taken_on,
            Step.corrects_id,
            func.max(Step.position),
        )
        .group_by(Step.subject_id, Step.workflow)
        .subquery()
    )
    open_states = [(flow.id, state) for _, flow in known.values() for state in flow.states if _waits(flow, state)]
    wanted = tuple_(last.c.workflow, last.c.to_state).in_(open_states) | last.c.corrects_id.is_not(None)
    found = []
    for noun, record_id, workflow, state, since, corrects, _position in session.execute(select(last).where(wanted)):
        if workflow not in known:
            continue
        flow = known[workflow][1]
        if corrects is not None:
            walked = read_chain(steps_of(session, record_id, workflow), flow.initial)
            state, since = walked.state, walked.done[-1].on if walked.done else None
        if _waits(flow, state):
            found.append(_Standing(noun, record_id, workflow, state, since))
    return found


def _waits(flow: Workflow, state: str) -> bool:
    return not flow.is_final(state) and not flow.is_marked(state, "rest")


def _not_begun(session: Session, known: Mapping[str, tuple[Regulation, Workflow]]) -> list[_Standing]:
    """Return the records that were made but whose first step is not taken."""
    begun = select(Step.subject_id)
    rows: list[tuple[str, Any]] = []
    for model, condition in (
        (Application, Application.state.in_(SUBMITTED)),
        (Grant, Grant.id.is_not(None)),
        (Award, Award.state.not_in(("草稿", "退回修改"))),
        (Assessment, Assessment.state == "草稿"),
    ):
        query = select(model).where(condition, model.id.not_in(begun))
        rows += [(model.__tablename__, row) for row in session.scalars(query)]
    found = []
    for noun, row in rows:
        for law, flow in known.values():
            if flow.noun == noun and law.id == row.regulation and _may_begin(row, flow):
                state = start_of(row, flow)
                if _waits(flow, state):
                    found.append(_Standing(noun, row.id, flow.id, state, None))
    return found


def _may_begin(row: Any, flow: Workflow) -> bool:
    return all(str(getattr(row, name, "")) in words for name, words in flow.where.items())


def _deadlines(session: Session) -> dict[str, tuple[date, str]]:
    """Return for each record the nearest day on which something about it ends."""
    ends: list[tuple[str, date | None, str]] = [
        (one.subject_id, one.due_on, f"{one.kind}期限")
        for one in session.scalars(select(Hold).where(Hold.closed_on.is_(None)))
    ]
    ends += [
        (one.subject_id, one.ends_on, "公示期满") for one in session.scalars(select(Publicity).filter_by(result=""))
    ]
    ends += [
        (one.subject_id, one.due_on, "整改期限") for one in session.scalars(select(Rectification).filter_by(result=""))
    ]
    found: dict[str, tuple[date, str]] = {}
    for record_id, day, words in sorted(ends, key=lambda one: one[1] or date.max):
        if day is not None:
            found.setdefault(record_id, (day, words))
    return found


def _with_turn(
    level: str,
    one: _Standing,
    known: Mapping[str, tuple[Regulation, Workflow]],
    due: Mapping[str, tuple[date, str]],
) -> Waiting:
    law, flow = known[one.workflow]
    step = next_of(flow, one.state)
    day, words = due.get(one.record_id, (None, ""))
    turns = {turn_of(level, law, each) for each in onward(flow, one.state)}
    turn = next(each for each in TURNS if each in turns)
    return Waiting(
        one.noun,
        one.record_id,
        one.workflow,
        "",
        flow.title,
        one.state,
        step.to,
        step.actor,
        turn,
        one.since,
        day,
        words or step.limit,
    )


def next_of(flow: Workflow, state: str) -> Transition:
    """Return the usual next step: the first that leads on."""
    return onward(flow, state)[0]


def onward(flow: Workflow, state: str) -> Sequence[Transition]:
    """Return the steps that lead on: those that do not refuse, end or lead back, where there are such."""
    steps = [step for step in flow.transition if step.from_ == state]
    kept = [step for step in steps if not flow.leaves(step.to)]
    place = flow.states.index
    return [step for step in kept if place(step.to) > place(state)] or kept or steps


def _with_titles(session: Session, found: Sequence[Waiting]) -> list[Waiting]:
    names = titles(session, ((one.noun, one.record_id) for one in found))
    held = open_kinds(session)
    return [
        replace(one, title=names[one.record_id], held=held(one.record_id, one.workflow))
        for one in found
        if one.record_id in names
    ]


def titles(session: Session, records: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what each record is about in words, by its id: its workroom, alliance or project; none if it is gone."""
    ids: dict[str, list[str]] = {}
    for noun, record_id in records:
        ids.setdefault(noun, []).append(record_id)
    found: dict[str, str] = {}
    for noun, some in ids.items():
        for row_id, title in session.execute(_title_query(noun, some)):
            found[row_id] = title or "（未命名）"
    return found


def _title_query(noun: str, ids: Sequence[str]) -> Any:
    if noun in ("workrooms", "alliances"):
        own: Any = Workroom if noun == "workrooms" else Alliance
        return select(own.id, own.name).where(own.id.in_(ids))
    if noun == "awards":
        return select(Award.id, Award.project_name).where(Award.id.in_(ids))
    if noun == "assessment_rounds":
        return select(AssessmentRound.id, AssessmentRound.title).where(AssessmentRound.id.in_(ids))
    model: Any = MODELS[noun]
    query = select(model.id, Workroom.name).outerjoin(Workroom, Workroom.id == model.workroom_id)
    if hasattr(model, "alliance_id"):
        query = (
            select(model.id, func.coalesce(Alliance.name, Workroom.name))
            .outerjoin(Workroom, Workroom.id == model.workroom_id)
            .outerjoin(Alliance, Alliance.id == model.alliance_id)
        )
    return query.where(model.id.in_(ids))
