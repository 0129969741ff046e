"""The steps of a course of business that a record has passed, read from the history of its state."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.rules.regulation import Regulation
from desktop.services.history import history

Step = dict[str, Any]


def passed_steps(session: Session, noun: str, record_id: str, law: Regulation) -> list[Step]:
    """Return the states of the regulation's courses for this noun that the record entered, each with its first day."""
    known = {state for workflow in law.workflows if workflow.noun == noun for state in workflow.states}
    found: dict[str, date] = {}
    if known:
        for change in history(session, noun, record_id):
            if change.field == "state" and change.new in known:
                found.setdefault(str(change.new), date.fromisoformat(change.at[:10]))
    return [{"step": state, "date": day} for state, day in found.items()]
