"""The steps of a course of business that a record has passed: those recorded, and those its state tells of."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.step import Step as Recorded
from desktop.rules.regulation import Regulation
from desktop.services.journal.history import history
from desktop.services.road.chain import read_chain

Passed = dict[str, Any]


def passed_steps(session: Session, noun: str, record_id: str, state: str, law: Regulation) -> list[Passed]:
    """Return the states of the regulation's courses for this noun that the record entered, each with its first day.

    A recorded step tells its own day; a state that was only set tells the day of that change, which is looked for
    only while the record stands in such a state.
    """
    courses = [workflow for workflow in law.workflows if workflow.noun == noun]
    known = {one for course in courses for one in course.states if one != course.initial}
    found = _recorded(session, record_id, law) if known else {}
    for change in history(session, noun, record_id) if state in known - set(found) else ():
        if change.field == "state" and change.new in known:
            found.setdefault(str(change.new), date.fromisoformat(change.at[:10]))
    return [{"step": step, "date": day} for step, day in found.items()]


def _recorded(session: Session, record_id: str, law: Regulation) -> dict[str, date | None]:
    query = select(Recorded).filter_by(subject_id=record_id, regulation=law.id)
    rows = list(session.scalars(query.order_by(Recorded.position, Recorded.id)))
    found: dict[str, date | None] = {}
    for workflow in law.workflows if rows else ():
        walked = read_chain([row for row in rows if row.workflow == workflow.id], workflow.initial)
        for step in walked.done:
            found.setdefault(step.to_state, step.on)
    return found
