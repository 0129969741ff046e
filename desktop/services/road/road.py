"""The road of a record along its regulation's workflow: where it stands, what comes next, and taking a step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.base import Base
from desktop.models.step import Hold
from desktop.models.tables import NOUNS
from desktop.models.workroom import OVER, Workroom
from desktop.rules.regulation import OFFICE_LEVELS, Regulation, Transition, Workflow
from desktop.rules.workflow import Gate, gates
from desktop.services import facts, records
from desktop.services.application import reasons
from desktop.services.derived.subject import OPEN_STATES, get
from desktop.services.facts import FactSheet
from desktop.services.law.governing import governing
from desktop.services.office import own_office
from desktop.services.regulation import office_regulations, regulation
from desktop.services.road.chain import Chain, Done, chain
from desktop.services.road.hold import open_hold


@dataclass(frozen=True)
class Road:
    """A record on one workflow: the steps behind it, its state, a gate for each step ahead, and an open hold.

    `begun` is false for a course that the record may enter but has not.
    """

    noun: str
    record_id: str
    regulation: Regulation
    workflow: Workflow
    chain: Chain
    gates: Sequence[Gate]
    begun: bool = True
    hold: Hold | None = None

    @property
    def state(self) -> str:
        """The state the record has reached."""
        return self.chain.state

    @property
    def done(self) -> Sequence[Done]:
        """The steps taken that stand."""
        return self.chain.done


def roads(session: Session, noun: str, record_id: str, on: date) -> list[Road]:
    """Return the record's roads: those it has begun, and those its regulations let such a record begin."""
    record = get(session, model_of(noun), record_id, records.title_of(noun))
    given = reasons(session, record_id)
    found = []
    laws = governing(session, record) if isinstance(record, Workroom) else laws_of(session, record)
    for law in laws:
        own = [flow for flow in law.workflows if flow.noun == noun]
        chains = {flow.id: chain(session, record_id, flow.id, start_of(record, flow)) for flow in own}
        open_to = [flow for flow in own if chains[flow.id].done or _fits(record, flow)]
        known = facts_for(session, noun, record, law, on) if open_to else {}
        found += [_road(session, noun, record, law, flow, chains[flow.id], known, given, on) for flow in open_to]
    return sorted(found, key=lambda road: not road.begun)


def road_of(session: Session, noun: str, record_id: str, workflow_id: str, on: date) -> Road:
    """Return the record's road on one workflow; NotAllowed when it has none."""
    for road in roads(session, noun, record_id, on):
        if road.workflow.id == workflow_id:
            return road
    raise NotAllowed("这条记录没有这个办理流程。请刷新后再试。", workflow_id)


def model_of(noun: str) -> type[Base]:
    """Return the model of a noun; BadInput for one that does not exist."""
    if noun not in NOUNS:
        raise BadInput(f"没有“{noun}”这种记录。", "noun")
    return NOUNS[noun]


def laws_of(session: Session, record: Any) -> list[Regulation]:
    """Return the regulation a record names, in the version it was submitted under, else those its office works under.

    Papers that name none belong to the regulation of what they are about.
    """
    own = getattr(record, "regulation", "")
    if not own:
        return office_regulations(session)
    version = getattr(record, "regulation_version", "")
    open_still = getattr(record, "state", "") in OPEN_STATES
    return [regulation(own, session, getattr(record, "reference_date", None), "" if open_still else version)]


def start_of(record: Any, workflow: Workflow) -> str:
    """Return where a record without steps stands: its own state where the workflow knows it, else the beginning.

    A state with which the course may begin is not its end, even where both have one name (办结).
    """
    stored = getattr(record, "state", "")
    ended = stored in workflow.where.get("state", ()) and workflow.is_final(stored)
    return stored if stored in workflow.states and not ended else workflow.initial


def _fits(record: Any, workflow: Workflow) -> bool:
    """Say whether a course may begin for a record: its fields have the words asked for, and its life is not over."""
    if record.__tablename__ == "workrooms" and record.state in OVER:
        return False
    return all(str(getattr(record, name, "")) in words for name, words in workflow.where.items())


BUILDERS = {
    "applications": facts.application_facts,
    "grants": facts.grant_facts,
    "assessments": facts.assessment_facts,
    "awards": facts.award_facts,
}


ABOUT: Final = {"workrooms": "id", "alliances": "lead_workroom_id"}
"""The field that names the workroom by whose facts a record without facts of its own is judged; else workroom_id."""


def facts_for(session: Session, noun: str, record: Any, law: Regulation, on: date) -> Mapping[str, Any]:
    """Return the facts of a record; an application is judged at its own reference date."""
    return sheet_for(session, noun, record, law, on).facts


def sheet_for(session: Session, noun: str, record: Any, law: Regulation, on: date) -> FactSheet:
    """Return the facts of a record and where each came from."""
    if noun in BUILDERS:
        return BUILDERS[noun](session, record.id, on)
    workroom_id = getattr(record, ABOUT.get(noun, "workroom_id"), None)
    return facts.workroom_facts(session, workroom_id, law.id, on) if workroom_id else FactSheet({})


def _road(
    session: Session,
    noun: str,
    record: Any,
    law: Regulation,
    workflow: Workflow,
    walked: Chain,
    known: Mapping[str, Any],
    given: Mapping[str, str],
    on: date,
) -> Road:
    passed = states_of_round(workflow, walked.done)
    begun = bool(walked.done) or noun not in ("workrooms", "alliances")
    return Road(
        noun,
        record.id,
        law,
        workflow,
        walked,
        gates(law, workflow, walked.state, known, reasons=given, history=passed, on=on),
        begun,
        open_hold(session, record.id, workflow.id),
    )


def states_of_round(workflow: Workflow, done: Sequence[Done]) -> list[str]:
    """Return the states passed in the round in hand, its beginning included.

    A course that comes to rest (达标, 新领衔人在任) may begin again: what was passed before counts no more.
    """
    passed = [workflow.initial]
    for step in done:
        passed = [step.to_state] if workflow.is_marked(step.to_state, "rest") else [*passed, step.to_state]
    return passed


def acting(session: Session, law: Regulation, step: Transition) -> str:
    """Say who takes a step as seen from this office: "own", "below" (it records for an office beneath) or "above"."""
    return turn_of(own_office(session).level, law, step)


def turn_of(level: str, law: Regulation, step: Transition) -> str:
    """Say who takes a step as seen from an office of a level; where the regulation says nothing, this office."""
    levels = law.acts.get(step.actor, ())
    if not levels or level in levels:
        return "own"
    return "above" if OFFICE_LEVELS.index(level) < min(map(OFFICE_LEVELS.index, levels)) else "below"
