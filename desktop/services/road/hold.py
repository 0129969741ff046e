"""The holds of a record: which one stops it on which road, in what order they came, and what they say."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.step import Hold
from desktop.services.journal.history import in_written_order

RETURNED, WITHDRAWN = "退回补正", "撤回"
STATES = {RETURNED: "退回修改", WITHDRAWN: "已撤回"}
WHOLE: Final = ("applications", "awards")
"""Nouns whose own state says that they are held: a hold stops all their roads, of others the one it was opened on."""


def open_hold(session: Session, record_id: str, workflow: str = "") -> Hold | None:
    """Return the hold that stops a record on a road, or on any of its roads where none is named."""
    return next((hold for hold in holds(session, record_id, workflow) if hold.closed_on is None), None)


def holds(session: Session, record_id: str, workflow: str = "") -> list[Hold]:
    """Return the holds of a record, of one road or of all, in the order in which they came."""
    rows = session.scalars(select(Hold).filter_by(subject_id=record_id))
    return in_order(session, (hold for hold in rows if not workflow or road_of_hold(hold) in ("", workflow)))


def road_of_hold(hold: Hold) -> str:
    """Return the workflow that a hold stops, empty where it stops the whole record."""
    return "" if hold.subject_noun in WHOLE else hold.workflow


def open_kinds(session: Session) -> Callable[[str, str], str]:
    """Return what tells of a record on a workflow which kind of hold stops it, empty for none."""
    rows = session.scalars(select(Hold).where(Hold.closed_on.is_(None)).order_by(Hold.opened_on, Hold.id))
    kinds = {(hold.subject_id, road_of_hold(hold)): hold.kind for hold in rows}
    return lambda record_id, workflow: kinds.get((record_id, "")) or kinds.get((record_id, workflow), "")


def in_order(session: Session, rows: Iterable[Hold]) -> list[Hold]:
    """Return holds by the day they were opened; of one day those closed first come first, one still open last.

    Where the days tell no order the change log does: what was recorded later builds on what was recorded before.
    """
    return in_written_order(session, "holds", rows, _days_of)


def _days_of(hold: Hold) -> tuple[date, date]:
    return hold.opened_on or date.min, hold.closed_on or date.max


def words_of(reasons: Mapping[str, str]) -> str:
    """Return reasons as one sentence, the general one last."""
    ordered = sorted(reasons.items(), key=lambda one: not one[0])
    return "；".join(f"{key}：{words}" if key else words for key, words in ordered)
