"""One record's roads as they are shown: titles, papers, whose turn each step is, clocks, objections and holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.application import Application
from desktop.models.assessment import Award, Plan
from desktop.models.document import Document
from desktop.models.person import Person
from desktop.models.publicity import Publicity
from desktop.models.rectification import Rectification
from desktop.models.step import Hold
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, Workroom
from desktop.rules.regulation import Regulation
from desktop.rules.workflow import Gate
from desktop.services import application, publicity, records
from desktop.services.derived.subject import get, workroom_about
from desktop.services.funds.prizes import PRIZED
from desktop.services.regulation import catalogue
from desktop.services.review import collective
from desktop.services.review.decided import meeting_states
from desktop.services.road.asked import Asked, offered
from desktop.services.road.chain import Done
from desktop.services.road.granting import offers
from desktop.services.road.hold import holds
from desktop.services.road.holding import is_under_way, may_hold
from desktop.services.road.papers import StepPaper, papers_of
from desktop.services.road.road import Road, acting, model_of, roads, states_of_round
from desktop.services.road.waiting import Waiting, next_of, titles

GRANTED = ("applications", "workrooms")
"""Nouns from whose road a grant is entered."""
KEPT = frozenset(
    {"office_id", "workroom_id", "alliance_id", "regulation", "state", "round_id", "track", "kind", "level", "grade"}
    | {"named_on", "named_levels", "plaque_on", "supported_by_region", "supported_on", "in_audit_scope", "tags"}
)
"""Fields that this program keeps by itself, or that no one hands in: no return is for them."""


@dataclass(frozen=True)
class Ahead:
    """One step ahead: its gate, whose turn it is, its papers, what it asks.

    `usual` is the ordinary way on of what is under way: a course not begun, or at rest, urges to nothing.
    `meets` marks the step that a meeting takes (集体研究), `stopped` names the hold that this step waits for,
    `back` marks one to a state where the record has been in this round, as a return does.
    """

    gate: Gate
    turn: str
    papers: Sequence[StepPaper]
    asks: Sequence[Asked]
    usual: bool
    meets: bool = False
    stopped: str = ""
    back: bool = False


@dataclass(frozen=True)
class Behind:
    """One step taken, with the article or 约定 it rests on, the paper it was made with, and the grounds found."""

    done: Done
    cite: str
    source: str
    paper: str
    document: str
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Public:
    """One publicity with its clock and objections."""

    record: dict[str, Any]
    clock: publicity.Clock
    objections: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Way:
    """One road as it is shown, with its holds; `may_hold` where it may be sent back or withdrawn now.

    `parts` are what a return may name: the papers handed in and the fields of the record.
    """

    road: Road
    behind: Sequence[Behind]
    ahead: Sequence[Ahead]
    publicities: Sequence[Public]
    holds: Sequence[Hold] = ()
    may_hold: bool = False
    parts: Sequence[str] = ()


@dataclass(frozen=True)
class Page:
    """One record with its roads and what is about it beside them."""

    noun: str
    record_id: str
    title: str
    about: str
    ways: Sequence[Way]
    rectifications: Sequence[dict[str, Any]] = ()
    meetings: Sequence[dict[str, Any]] = ()
    workroom_id: str = ""
    can_grant: bool = False
    has_prize: bool = False


def page(session: Session, noun: str, record_id: str, on: date) -> Page:
    """Read everything about one record's roads on a day."""
    record = get(session, model_of(noun), record_id, records.title_of(noun))
    found, room = roads(session, noun, record_id, on), workroom_about(session, record)
    public = [_public(session, one, on) for one in publicity.of_record(session, record_id)]
    return Page(
        noun,
        record_id,
        titles(session, [(noun, record_id)]).get(record_id, ""),
        _about(session, noun, record),
        [_way(session, record, road, public) for road in found],
        _rectifications(session, record),
        collective.listed(session, record_id),
        room.id if room is not None else "",
        room is not None and noun in GRANTED and bool(offers(session, room.id)),
        isinstance(record, Award) and record.state in PRIZED,
    )


def _rectifications(session: Session, record: Any) -> list[dict[str, Any]]:
    """Return the orders to put something right that concern a record or its workroom, the open ones first."""
    room = workroom_about(session, record)
    if room is None:
        return []
    query = select(Rectification).filter_by(workroom_id=room.id).order_by(Rectification.ordered_on, Rectification.id)
    mine = [one for one in session.scalars(query) if isinstance(record, Workroom) or one.subject_id == record.id]
    return [records.to_json(one) for one in sorted(mine, key=lambda one: bool(one.result))]


def _about(session: Session, noun: str, record: Any) -> str:
    if isinstance(record, Award):
        return _about_award(session, record)
    room = workroom_about(session, record)
    unit = session.get(Unit, room.unit_id) if room is not None and room.unit_id else None
    year = getattr(record, "year", None)
    words = (records.title_of(noun), f"{year}年" if year else "", unit.name if unit is not None else "")
    return "　".join(word for word in words if word)


def _about_award(session: Session, award: Award) -> str:
    person = session.get(Person, award.person_id) if award.person_id else None
    unit = session.get(Unit, award.unit_id) if award.unit_id else None
    year = f"{award.award_year}年" if award.award_year else ""
    words = (year + award.award_kind, person.name if person else "", unit.name if unit else "")
    return "　".join(word for word in words if word)


def _way(session: Session, record: Any, road: Road, public: Sequence[Public]) -> Way:
    usual = next_of(road.workflow, road.state) if road.gates else None
    passed = states_of_round(road.workflow, road.done)
    ahead = [
        Ahead(
            step,
            acting(session, road.regulation, step.transition),
            papers_of(step.transition.paper, road.noun),
            offered(road.workflow, step.transition.to, record),
            step.transition is usual and is_under_way(road),
            step.transition.to in meeting_states(road.workflow),
            road.hold.kind if road.hold is not None and not road.workflow.leaves(step.transition.to) else "",
            step.transition.to in passed and not road.workflow.is_marked(step.transition.to, "rest"),
        )
        for step in road.gates
    ]
    mine = [one for one in public if one.record["workflow"] in ("", road.workflow.id)]
    behind = [_behind(session, road, one) for one in road.done]
    kept, may = holds(session, road.record_id, road.workflow.id), may_hold(record, road)
    return Way(road, behind, sorted(ahead, key=_place), mine, kept, may, _parts(session, record, behind) if may else ())


def _place(one: Ahead) -> bool:
    return not one.usual


def _behind(session: Session, road: Road, done: Done) -> Behind:
    transitions = {(step.from_, step.to): step for step in road.workflow.transition}
    step = transitions.get((done.from_state, done.to_state))
    paper = session.get(Document, done.document_id) if done.document_id else None
    named = (paper.document_number or paper.title) if paper is not None else ""
    rules = [rule for rule in road.regulation.rules if rule.id in done.grounds]
    grounds = tuple(f"{rule.article}{rule.title}" for rule in rules)
    if step is None:
        return Behind(done, "", "convention", "", named, grounds)
    return Behind(done, step.cite, step.source, step.paper, named, grounds)


def _public(session: Session, one: Publicity, on: date) -> Public:
    raised = [records.to_json(each) for each in publicity.objections(session, one.id)]
    return Public(records.to_json(one), publicity.clock(session, one, on), raised)


def _parts(session: Session, record: Any, behind: Sequence[Behind]) -> tuple[str, ...]:
    """Return what a return may name: the papers of the last step, then what the record's form asks for."""
    papers = [paper.name for paper in papers_of(behind[-1].paper, record.__tablename__)] if behind else []
    if isinstance(record, Application | Award):
        pages = application.draft(session, record.id).pages
        return tuple(dict.fromkeys((*papers, *(field.label for each in pages for field in each.inputs))))
    asked_for = [spec for spec in records.fields(record.__tablename__) if spec.name not in KEPT and spec.type != "json"]
    return tuple(dict.fromkeys((*papers, *(spec.title for spec in asked_for))))


def find(session: Session, text: str, limit: int = 20) -> list[Waiting]:
    """Return records, waiting or not, of what bears a name that contains a text, so that their roads are seen."""
    query = select(Workroom).where(Workroom.name.contains(text, autoescape=True)).order_by(Workroom.name).limit(limit)
    rooms, laws = {room.id: room for room in session.scalars(query)}, catalogue(session)
    found = [_entry("workrooms", room_id, room.name, room.state) for room_id, room in rooms.items()]
    for noun in ("applications", "grants", "assessments", "plans"):
        model: Any = model_of(noun)
        rows = list(session.scalars(select(model).where(model.workroom_id.in_(rooms)).order_by(model.id).limit(limit)))
        names = titles(session, ((noun, row.id) for row in rows))
        found += [_entry(noun, row.id, names[row.id], _state_of(row), _law_of(row, laws)) for row in rows]
    awards = select(Award).where(Award.project_name.contains(text, autoescape=True)).order_by(Award.id).limit(limit)
    found += [_entry("awards", row.id, row.project_name, row.state) for row in session.scalars(awards)]
    named = select(Alliance).where(Alliance.name.contains(text, autoescape=True)).order_by(Alliance.id).limit(limit)
    found += [_entry("alliances", row.id, row.name, row.alliance_type) for row in session.scalars(named)]
    return found


def _state_of(row: Any) -> str:
    return f"{row.year or ''}　{row.kind if isinstance(row, Plan) else row.state}"


def _law_of(row: Any, laws: Mapping[str, Regulation]) -> str:
    """Return the title of the regulation that tells a record from another of the same workroom and year."""
    law = laws.get(getattr(row, "regulation", ""))
    return law.title if law is not None else ""


def _entry(noun: str, record_id: str, title: str, state: str, law: str = "") -> Waiting:
    return Waiting(noun, record_id, "", title, "", f"{records.title_of(noun)}　{state}", "", "", "", due_words=law)
