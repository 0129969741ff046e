"""Taking a step by what the records say: for those who keep them themselves and are asked nothing more."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import NotAllowed
from desktop.services.derived.subject import get, workroom_about
from desktop.services.road.asked import asked
from desktop.services.road.road import Road, model_of, roads
from desktop.services.road.step import advance, find_step


def advance_recorded(
    session: Session, noun: str, record_id: str, to: str, by: str, on: date, reason: str = ""
) -> dict[str, Any]:
    """Take the step to `to` (NotAllowed, as `advance`): the leader and the name are those that the workroom has now.

    For an exit the reason is the person's decision, which relies on every ground that is made out. A step of an office
    above is recorded without its letter.
    """
    road, step = find_step(roads(session, noun, record_id, on), to)
    if step.transition.opened_by and step.opened_by and not reason.strip():
        listed = "；".join(f"{one.article}{one.title}" for one in step.opened_by)
        raise NotAllowed(f"到“{to}”要由人认定事由，请写明理由。已查明的有：{listed}。", "reason")
    return advance(
        session,
        noun,
        record_id,
        to,
        by,
        on,
        reason,
        workflow=road.workflow.id,
        grounds=[one.rule for one in step.opened_by],
        details=_as_recorded(session, road, to),
        basis=False,
    )


def _as_recorded(session: Session, road: Road, to: str) -> dict[str, Any]:
    """Return the required details of a step as they already stand in the records."""
    room = workroom_about(session, get(session, model_of(road.noun), road.record_id, "记录"))
    wanted = [one.name for one in asked(road.workflow, to) if one.required]
    return {name: getattr(room, name) for name in wanted} if room is not None else {}
