"""Which records are under review by experts, and the draws that were made."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.application import Application
from desktop.models.assessment import Assessment, Award
from desktop.models.expert_draw import ExpertDraw
from desktop.models.unit import Unit
from desktop.rules.regulation import Workflow
from desktop.services import records
from desktop.services.draw import conflicts, pool_of
from desktop.services.regulation import catalogue
from desktop.services.road.waiting import Waiting, titles, waiting

REVIEWS: Final = ("draw", "experts")
REVIEWED: Final = ("applications", "awards", "assessments")


def under_review(session: Session, on: date) -> list[Waiting]:
    """Return the records that stand at a review or whose next step is one, as they wait; none of a course without."""
    flows = {flow.id: flow for law in catalogue(session, on).values() for flow in law.workflows}
    return [
        one
        for one in waiting(session, on)
        if one.noun in REVIEWED and one.workflow in flows and _reviewing(flows[one.workflow], one)
    ]


def _reviewing(flow: Workflow, one: Waiting) -> bool:
    return any(flow.is_marked(state, mark) for mark in REVIEWS for state in (one.state, one.next_step))


def draws(session: Session) -> list[dict[str, Any]]:
    """Return every draw, the latest first, with the words for who was drawn and what is reviewed."""
    rows = list(session.scalars(select(ExpertDraw).order_by(ExpertDraw.drawn_on.desc(), ExpertDraw.id)))
    replaced = {row.replaces_id for row in rows}
    return [
        {
            **records.to_json(row),
            "people": "、".join(names_of(row.names, row.drawn)),
            "reviewed": "、".join(titles(session, [(row.subject_noun, one) for one in row.subjects]).values()),
            "replaced": row.id in replaced,
        }
        for row in rows
    ]


def names_of(names: dict[str, Any], ids: Sequence[str]) -> list[str]:
    """Return what experts were called when they were drawn."""
    return [str(names.get(one, one)) for one in ids]


def conflicts_of(session: Session, record_ids: Sequence[str]) -> dict[str, str]:
    """Return experts from the unit of a record under review, with the reason; a person decides."""
    rooms = [room for model in (Application, Assessment) for room in session.scalars(_rooms(model, record_ids)) if room]
    owned = select(Unit.name).join(Award, Award.unit_id == Unit.id).where(Award.id.in_(record_ids))
    units = set(session.scalars(owned))
    pool = pool_of(session)
    own = {one.id: f"来自申报单位（{one.unit_name}）" for one in pool if one.unit_name and one.unit_name in units}
    return {**own, **conflicts(session, rooms, pool)}


def _rooms(model: Any, record_ids: Sequence[str]) -> Any:
    return select(model.workroom_id).where(model.id.in_(record_ids))
