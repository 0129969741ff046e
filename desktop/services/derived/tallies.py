"""Counts over the whole register that quotas and targets are judged by; only who holds the whole register can know."""

from datetime import date

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.orm import Session

from desktop.models.assessment import Assessment, Award
from desktop.models.grant import Grant
from desktop.models.office import Office
from desktop.models.unit import Unit
from desktop.models.workroom import OVER, Workroom
from desktop.rules.reading import facts_read
from desktop.rules.regulation import Regulation
from desktop.services import identity

TALLIED = frozenset(
    {
        "applications_by_person_in_year",
        "award_round_held",
        "awards_of_kind_this_year",
        "city_workroom_total",
        "county_workroom_count",
        "county_workroom_exists",
        "named_this_year",
        "non_state_covered",
        "region_supported_total",
        "region_workroom_total",
        "sampled_this_year",
        "supported_alliances_this_year",
        "supported_workrooms_this_year",
        "unit_workroom_count",
    }
)
HEADS = ("市级", "省级")
"""Levels of office that name workrooms and so hold a whole region's register."""


def tallies(
    session: Session, law: Regulation, on: date, award: Award | None = None, naming: str = ""
) -> dict[str, int | bool]:
    """Return the counts that this office can vouch for under a regulation, by the fact they answer.

    What is being decided counts in: the award, and the workroom whose `naming` is applied for.
    """
    found: dict[str, int | bool] = {}
    if award is not None and award.person_id:
        found["applications_by_person_in_year"] = _count(
            session, Award.person_id == award.person_id, Award.award_year == award.award_year
        )
    own = session.get(Office, identity.own_office_id(session))
    if own is not None and is_authority(own, law):
        found |= _region(session, own) | _year(session, own, law, on, naming) | _awards(session, law, award)
    return found


def is_authority(office: Office, law: Regulation) -> bool:
    """Say whether an office holds the whole register of a regulation: its issuer, or one with none above it."""
    return law.issuer.startswith(office.name) or (not office.parent_id and office.level in HEADS)


def unit_tallies(session: Session, workroom_id: str) -> dict[str, int | bool]:
    """Return how many workrooms the unit of a workroom has; nothing for a workroom without one."""
    workroom = session.get(Workroom, workroom_id)
    if workroom is None or not workroom.unit_id:
        return {}
    return {"unit_workroom_count": _count(session, Workroom.unit_id == workroom.unit_id, _living())}


def _living() -> ColumnElement[bool]:
    return Workroom.state.not_in(OVER)


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(*conditions)) or 0


def _region(session: Session, own: Office) -> dict[str, int | bool]:
    total = _count(session, Workroom.id.is_not(None), _living())
    county = _count(session, Workroom.level == "县级", _living())
    found: dict[str, int | bool] = {
        "region_workroom_total": total,
        "region_supported_total": _count(session, Workroom.supported_by_region.is_(True)),
        "county_workroom_count": county,
        "county_workroom_exists": county > 0,
    }
    if own.level == "市级":
        found["city_workroom_total"] = total
    classes = set(session.scalars(select(Unit.unit_class).join(Workroom, Workroom.unit_id == Unit.id).distinct()))
    return found | {"non_state_covered": {"非公企业", "机关事业单位"} <= classes}


def _year(session: Session, own: Office, law: Regulation, on: date, naming: str) -> dict[str, int | bool]:
    this_year = Workroom.named_on.between(date(on.year, 1, 1), date(on.year, 12, 31)) & (Workroom.id != naming)
    at_this_level = Workroom.level == own.level if own.level in HEADS else Workroom.id.is_not(None)
    granted = (Grant.year == on.year) & (Grant.regulation == law.id)
    sampled = select(func.count(distinct(Assessment.workroom_id))).where(
        Assessment.year == on.year, Assessment.assessed_on <= on, Assessment.regulation.in_(("", law.id))
    )
    return {
        "named_this_year": _count(session, this_year, at_this_level) + bool(naming),
        "supported_workrooms_this_year": _count(session, granted, Grant.track == "工作室"),
        "supported_alliances_this_year": _count(session, granted, Grant.track == "联盟"),
        "sampled_this_year": session.scalar(sampled) or 0,
    }


def _awards(session: Session, law: Regulation, award: Award | None) -> dict[str, int | bool]:
    """Return how many of a kind are chosen this year, this one included."""
    if award is None:
        return {}
    of_year = (Award.regulation == law.id) & (Award.award_year == award.award_year) & (Award.id != award.id)
    chosen = of_year & Award.state.in_(_chosen_states(law))
    return {
        "awards_of_kind_this_year": _count(session, chosen, Award.award_kind == award.award_kind) + 1,
        "award_round_held": _count(session, chosen) > 0,
    }


def _chosen_states(law: Regulation) -> tuple[str, ...]:
    """Return the states behind the step for which the regulation asks that the year's number is kept."""
    quota = {rule.id for rule in law.rules if "awards_of_kind_this_year" in facts_read(rule)}
    states: set[str] = set()
    for workflow in law.workflows:
        for step in workflow.transition if workflow.noun == "awards" else ():
            if step.from_ in states or quota & {*step.requires}:
                states.add(step.to)
    return tuple(sorted(states))
