"""The records that a paper can be made for, read as columns: after years there are many of them."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import add
from typing import Any, NamedTuple

from sqlalchemy import String, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.models.tables import NOUNS
from desktop.models.workroom import Workroom
from desktop.services import identity

OF_ALLIANCE = "（联盟）"
KINDS = {"awards": ("award_kind",), "assessments": ("kind",), "plans": ("kind",)}
"""By noun the column that tells its records apart where their names are the same."""


class PaperSubject(NamedTuple):
    """A record that a paper can be made for."""

    id: str
    title: str
    detail: str


def listed(session: Session, noun: str, regulations: Collection[str] | None) -> list[PaperSubject]:
    """Return the records of a noun, the latest year first, with what they are called and what tells them apart.

    Of offices only this one is listed; with `regulations` only what is under one of them, and what names none.
    """
    model: Any = NOUNS[noun]
    year = _first(model, "year", "award_year", "drawn_on", "met_on")
    told = (cast(year, String), _first(model, *KINDS.get(noun, ())), _first(model, "state"))
    query = select(model.id, _name(model), _spaced(told))
    if hasattr(model, "workroom_id"):
        query = query.outerjoin(Workroom, Workroom.id == model.workroom_id)
    if regulations is not None and hasattr(model, "regulation"):
        query = query.where(or_(model.regulation.in_(sorted(regulations)), model.regulation.is_(None)))
    if noun == "offices":
        query = query.where(model.id == identity.own_office_id(session))
    query = query.order_by(year.desc(), model.id)
    session.flush()
    return list(map(PaperSubject._make, session.connection().execute(query)))


def _first(model: Any, *names: str) -> Any:
    """Return the first of the columns that the model has, or nothing."""
    return next((getattr(model, name) for name in names if hasattr(model, name)), literal(""))


def _name(model: Any) -> Any:
    """Return what a record is called: its own name, or its workroom's."""
    own = [func.nullif(getattr(model, name), "") for name in ("project_name", "name", "title") if hasattr(model, name)]
    theirs = [func.nullif(Workroom.name, "")] if hasattr(model, "workroom_id") else []
    return func.coalesce(*own, *theirs, OF_ALLIANCE)


def _spaced(parts: Sequence[Any]) -> Any:
    """Return the parts that hold something in one text, with spaces between: joined here, 10,000 rows take no time."""
    return func.rtrim(reduce(add, (func.coalesce(func.nullif(part, "") + " ", "") for part in parts)))
