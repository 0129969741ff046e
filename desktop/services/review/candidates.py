"""Which records are under review by experts, and the draws that were made."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.expert_draw import ExpertDraw
from desktop.rules.regulation import Workflow
from desktop.services import records
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
