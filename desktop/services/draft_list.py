"""The list of all applications: those of workrooms and alliances, and those for awards."""

from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select
from sqlalchemy.orm import Session

from desktop.models.application import Application
from desktop.models.assessment import Award
from desktop.models.workroom import Alliance, Workroom
from desktop.services.judged import APPLYING

KEYS = ("id", "regulation", "state", "reference_date", "stage", "kind", "workroom_name", "noun")


def drafts(session: Session) -> list[dict[str, Any]]:
    """Return all applications, the newest day first, on one day those for awards last.

    Each has `id`, `noun`, `regulation`, `state`, `stage`, `reference_date`, `workroom_name` (of the workroom, alliance
    or project) and `kind` (the level or award applied for). Columns are read, not records: there are many after years.
    """
    session.flush()
    connection = session.connection()
    found = [
        dict(zip(KEYS, row, strict=True)) for query in (_applications(), _awards()) for row in connection.execute(query)
    ]
    return sorted(found, key=lambda row: row["reference_date"] or "", reverse=True)


def _applications() -> Select[Any]:
    told = (Application.id, Application.regulation, Application.state, _day(Application.reference_date))
    name = func.coalesce(Alliance.name, Workroom.name, "")
    return (
        select(*told, Application.stage, Application.application_level, name, literal("applications"))
        .outerjoin(Workroom, Workroom.id == Application.workroom_id)
        .outerjoin(Alliance, Alliance.id == Application.alliance_id)
        .order_by(Application.id)
    )


def _awards() -> Select[Any]:
    told = (Award.id, Award.regulation, Award.state, _day(Award.reference_date), literal(APPLYING), Award.award_kind)
    return select(*told, Award.project_name, literal("awards")).order_by(Award.id)


def _day(column: Any) -> Any:
    """Return a day as it is kept, YYYY-MM-DD: to make a date of each only to write it again takes long for many."""
    return cast(column, String)
