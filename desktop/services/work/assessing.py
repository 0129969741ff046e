"""When each named workroom is due to be assessed again, by what its regulation says of the round (每两年、每三年)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.assessment import Assessment
from desktop.models.workroom import STANDING, Workroom
from desktop.rules.calendar import add_years
from desktop.rules.regulation import Regulation
from desktop.services.regulation import office_regulations

ROUND: Final = "周期考核"
EVERY: Final = re.compile("每([两二三四五])年")
YEARS: Final = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}


@dataclass(frozen=True)
class Due:
    """A workroom whose next assessment is due on a day: so many years after the last, or after it was named."""

    workroom_id: str
    name: str
    day: date
    years: int
    article: str
    last: date


def due(session: Session, until: date) -> list[Due]:
    """Return the workrooms whose round is due by `until` and not under way, by the office's regulations, in order."""
    found = [one for law in office_regulations(session) for one in _due(session, law, until)]
    return sorted(found, key=lambda one: (one.day, one.name, one.workroom_id))


def rounds_of(law: Regulation) -> list[tuple[int, str]]:
    """Return how many years lie between the rounds that a regulation writes, each with its article."""
    steps = [
        step
        for flow in law.workflows
        if flow.noun == "assessments" and ROUND in flow.where.get("kind", ())
        for step in flow.transition
    ]
    return [(YEARS[said[1]], step.cite) for step in steps if (said := EVERY.search(step.limit))]


def _due(session: Session, law: Regulation, until: date) -> Iterator[Due]:
    levels = {rank for flow in law.workflows for rank in flow.names.values()}
    for years, article in rounds_of(law)[:1]:
        last = (
            select(Assessment.workroom_id, func.max(Assessment.assessed_on).label("day"))
            .where(Assessment.regulation == law.id, Assessment.kind == ROUND)
            .group_by(Assessment.workroom_id)
            .subquery()
        )
        under_way = select(Assessment.workroom_id).where(
            Assessment.regulation == law.id, Assessment.kind == ROUND, Assessment.assessed_on.is_(None)
        )
        query = (
            select(Workroom.id, Workroom.name, Workroom.named_on, Workroom.level, Workroom.named_levels, last.c.day)
            .outerjoin(last, last.c.workroom_id == Workroom.id)
            .where(Workroom.state.in_(STANDING), Workroom.named_on.is_not(None), Workroom.id.not_in(under_way))
        )
        for room_id, name, named_on, level, named, assessed_on in session.execute(query):
            since = max(day for day in (named_on, assessed_on) if day is not None)
            day = add_years(since, years)
            if levels & {level, *named} and day <= until:
                yield Due(room_id, name, day, years, article, since)
