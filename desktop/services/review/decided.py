"""What meetings decided of records (集体研究), read back: the latest for a record, and what holds it to it."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import NotAllowed
from desktop.models.collective_decision import CollectiveDecision
from desktop.rules.regulation import Workflow
from desktop.services.road.papers import papers_of

MINUTES: Final = "meeting-minutes"
LATER: Final = "缓议"
"""The conclusion that leaves a record where it stands."""


def meeting_states(flow: Workflow) -> tuple[str, ...]:
    """Return the states of a course that are reached by a meeting: those whose step is made with its minutes."""
    return tuple(
        dict.fromkeys(
            step.to for step in flow.transition if MINUTES in {one.kind for one in papers_of(step.paper, flow.noun)}
        )
    )


def ways_on(flow: Workflow, state: str) -> tuple[str, ...]:
    """Return what a meeting may find: the states that follow, in the course's order, and 缓议."""
    ahead = {step.to for step in flow.transition if step.from_ == state}
    return (*(one for one in flow.states if one in ahead), LATER)


def meetings_of(session: Session, record_ids: Sequence[str]) -> list[CollectiveDecision]:
    """Return the meetings that decided on any of the records, the latest first."""
    query = select(CollectiveDecision).order_by(CollectiveDecision.met_on.desc(), CollectiveDecision.id)
    wanted = set(record_ids)
    return [one for one in session.scalars(query) if wanted & set(one.subjects)]


def found_of(meeting: CollectiveDecision, record_id: str) -> dict[str, Any]:
    """Return what a meeting found of one record."""
    return dict(meeting.opinions.get(record_id) or {})


def require_kept(session: Session, record_id: str, flow: Workflow, state: str, to: str, reason: str) -> None:
    """NotAllowed when the latest meeting at a state concluded otherwise than `to` and no reason is given for it."""
    if reason.strip() or state not in meeting_states(flow):
        return
    held = [one for one in meetings_of(session, [record_id]) if (one.workflow, one.at_state) == (flow.id, state)]
    concluded = found_of(held[0], record_id).get("conclusion", "") if held else ""
    if concluded and concluded != to:
        day = held[0].met_on
        raise NotAllowed(
            f"{day.year}年{day.month}月{day.day}日{state}的结论是“{concluded}”。要到“{to}”，请写明理由。", "reason"
        )
