"""The list of all applications: those of workrooms and alliances, and those for awards."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.application import Application
from desktop.models.assessment import Award
from desktop.models.workroom import Alliance, Workroom
from desktop.services.judged import APPLYING


def drafts(session: Session) -> list[dict[str, Any]]:
    """Return all applications, the newest day first, on one day those for awards last.

    Each has `id`, `noun`, `regulation`, `state`, `stage`, `reference_date`, `workroom_name` (of the workroom, alliance
    or project) and `kind` (the level or award applied for). Columns are read, not records: there are many after years.
    """
    query = (
        select(
            Application.id,
            Application.regulation,
            Application.state,
            Application.reference_date,
            Application.stage,
            Application.application_level,
            func.coalesce(Alliance.name, Workroom.name, ""),
        )
        .outerjoin(Workroom, Workroom.id == Application.workroom_id)
        .outerjoin(Alliance, Alliance.id == Application.alliance_id)
        .order_by(Application.id)
    )
    found = [_listed("applications", *row) for row in session.execute(query)]
    own = (Award.id, Award.regulation, Award.state, Award.reference_date, Award.award_kind, Award.project_name)
    for award_id, law, state, day, kind, name in session.execute(select(*own).order_by(Award.id)):
        found.append(_listed("awards", award_id, law, state, day, APPLYING, kind, name))
    return sorted(found, key=lambda row: row["reference_date"] or "", reverse=True)


def _listed(
    noun: str, record_id: str, law: str, state: str, day: Any, stage: str, kind: str, name: str
) -> dict[str, Any]:
    return {
        "id": record_id,
        "noun": noun,
        "regulation": law,
        "state": state,
        "reference_date": day.isoformat() if day is not None else None,
        "stage": stage,
        "kind": kind,
        "workroom_name": name,
    }
