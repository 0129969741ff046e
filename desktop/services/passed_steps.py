"""The steps of its courses of business that a record has taken, each with its latest day."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.step import Step

Passed = dict[str, Any]


def passed_steps(session: Session, record_id: str) -> list[Passed]:
    """Return the states that a record entered, in the order of entering; a step taken back does not count."""
    rows = session.scalars(select(Step).filter_by(subject_id=record_id).order_by(Step.position, Step.id)).all()
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    found: dict[str, Passed] = {}
    for row in rows:
        if row.id not in corrected and not row.corrects_id and row.taken_on is not None:
            # A road may lead through a state twice: the later time is the one that counts.
            found.pop(row.to_state, None)
            found[row.to_state] = {"step": row.to_state, "date": row.taken_on}
    return list(found.values())
