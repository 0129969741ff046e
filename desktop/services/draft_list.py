"""The list of all applications: those of workrooms and alliances, and those for awards."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.application import Application
from desktop.models.assessment import Award
from desktop.models.workroom import Alliance, Workroom
from desktop.services import records
from desktop.services.judged import APPLYING


def drafts(session: Session) -> list[dict[str, Any]]:
    """Return all applications, the newest day first, on one day those for awards last.

    Besides its own fields each has `noun`, `workroom_name` (of the workroom, alliance or project) and `kind` (the
    level or award applied for).
    """
    query = (
        select(Application, func.coalesce(Alliance.name, Workroom.name, ""))
        .outerjoin(Workroom, Workroom.id == Application.workroom_id)
        .outerjoin(Alliance, Alliance.id == Application.alliance_id)
        .order_by(Application.id)
    )
    found = [_listed(row, "applications", name, row.application_level) for row, name in session.execute(query)]
    awards = session.scalars(select(Award).order_by(Award.id))
    found += [_listed(row, "awards", row.project_name, row.award_kind) for row in awards]
    return sorted(found, key=lambda row: str(row["reference_date"] or ""), reverse=True)


def _listed(row: Application | Award, noun: str, name: str, kind: str) -> dict[str, Any]:
    stage = row.stage if isinstance(row, Application) else APPLYING
    return {**records.to_json(row), "noun": noun, "workroom_name": name, "kind": kind, "stage": stage}
