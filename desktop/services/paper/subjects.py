"""The records that a paper can be made for, read as columns: after years there are many of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.models.tables import NOUNS
from desktop.models.workroom import Workroom

OF_ALLIANCE = "（联盟）"


@dataclass(frozen=True)
class PaperSubject:
    """A record that a paper can be made for."""

    id: str
    title: str
    detail: str


def listed(session: Session, noun: str, regulations: Collection[str] | None) -> list[PaperSubject]:
    """Return the records of a noun, the latest year first, with what they are called and what tells them apart.

    With `regulations` only those under one of them are listed, and those that name none.
    """
    model: Any = NOUNS[noun]
    year = _first(model, "year", "award_year")
    columns = (cast(year, String), _first(model, "award_kind"), _first(model, "state"))
    query = select(model.id, _name(model), *columns)
    if hasattr(model, "workroom_id"):
        query = query.outerjoin(Workroom, Workroom.id == model.workroom_id)
    if regulations is not None and hasattr(model, "regulation"):
        query = query.where(or_(model.regulation.in_(sorted(regulations)), model.regulation.is_(None)))
    query = query.order_by(year.desc(), model.id)
    return [
        PaperSubject(record_id, str(name or OF_ALLIANCE), " ".join(part for part in details if part))
        for record_id, name, *details in session.execute(query)
    ]


def _first(model: Any, *names: str) -> Any:
    """Return the first of the columns that the model has, or nothing."""
    return next((getattr(model, name) for name in names if hasattr(model, name)), literal(""))


def _name(model: Any) -> Any:
    """Return what a record is called: its own name, or its workroom's."""
    own = [func.nullif(getattr(model, name), "") for name in ("project_name", "name") if hasattr(model, name)]
    theirs = [Workroom.name] if hasattr(model, "workroom_id") else []
    return func.coalesce(*own, *theirs, "")
