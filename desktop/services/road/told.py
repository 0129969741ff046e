"""What a step still waits to be told: the facts that its rules read, and telling one of them on the way."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import NotAllowed
from desktop.rules.reading import facts_read
from desktop.rules.regulation import Regulation
from desktop.rules.workflow import Gate
from desktop.services import records
from desktop.services.attestations import attest
from desktop.services.derived.subject import OPEN_STATES, get
from desktop.services.facts import FactSheet
from desktop.services.judged import APPLYING
from desktop.services.questions import FactInput, inputs_of
from desktop.services.road.road import ABOUT, BUILDERS, Road, model_of, road_of, sheet_for

FILED = ("applications", "awards")
"""Nouns whose answers are settled by submitting them."""


def wanted(
    session: Session, noun: str, record_id: str, workflow: str, to: str, on: date, rules: Sequence[str] = ()
) -> tuple[FactInput, ...]:
    """Return what the rules that stand against a step read, or those named: what is known, what is asked."""
    road = road_of(session, noun, record_id, workflow, on)
    gate = next((one for one in road.gates if one.transition.to == to), None)
    if gate is None:
        raise NotAllowed(f"现在不能到“{to}”。请刷新后再试。", to)
    return inputs_of(road.regulation, rules or standing_against(gate), _sheet(session, road, on))


def standing_against(gate: Gate) -> tuple[str, ...]:
    """Return the rules that stand against a step, and the grounds it may rest on."""
    found = (*gate.blocking, *gate.needs_reason, *gate.grounds)
    return tuple(dict.fromkeys(one.rule for one in found))


def _sheet(session: Session, road: Road, on: date) -> FactSheet:
    record = get(session, model_of(road.noun), road.record_id, records.title_of(road.noun))
    return sheet_for(session, road.noun, record, road.regulation, on)


def tell(session: Session, noun: str, record_id: str, workflow: str, fact: str, value: Any, by: str, on: date) -> None:
    """Tell one fact on the way: into the record where the register keeps it, else as this person's attestation.

    What an application answered when it was submitted stays as it is until it is sent back: NotAllowed.
    """
    road = road_of(session, noun, record_id, workflow, on)
    record: Any = get(session, model_of(noun), record_id, records.title_of(noun))
    sheet = _sheet(session, road, on)
    source = sheet.sources.get(fact)
    if source is not None and source.kind == "record" and source.field:
        records.put_records(session, source.noun, {"id": source.record_id, source.field: value})
        return
    settled = noun in FILED and record.state not in OPEN_STATES and fact in sheet.facts
    if settled and fact in _answered(road.regulation):
        raise NotAllowed(f"这一项在申报时已经答过，这件已是“{record.state}”。要改请先退回补正。", fact)
    own = noun in BUILDERS
    attest(session, record_id if own else getattr(record, ABOUT.get(noun, "workroom_id")), fact, value, by, on)


def _answered(law: Regulation) -> set[str]:
    """Return the facts that the conditions of applying read."""
    return {fact for rule in law.rules if APPLYING in rule.stage for fact in facts_read(rule)}
