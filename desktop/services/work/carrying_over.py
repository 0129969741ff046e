"""Carrying a plan or summary over from the year before: its words and parts, with the years moved on by one."""

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import NotAllowed
from desktop.models.assessment import Plan
from desktop.services import records

YEAR = re.compile(r"20\d\d(?=年)")


def carry_over(session: Session, workroom_id: str, year: int, kind: str) -> dict[str, Any]:
    """Begin a year's plan or summary from the latest earlier one; it is not filed until a person files it.

    NotAllowed when the year has one already, or when there is none to carry over.
    """
    own = select(Plan).filter_by(workroom_id=workroom_id, kind=kind).order_by(Plan.year.desc(), Plan.id)
    rows = list(session.scalars(own))
    if any(row.year == year for row in rows):
        raise NotAllowed(f"{year}年的{kind}已经有了，请直接修改。", kind)
    last = next((row for row in rows if row.year < year), None)
    if last is None:
        raise NotAllowed(f"这个工作室还没有往年的{kind}可以带入，请新写一份。", kind)
    made = {
        "workroom_id": workroom_id,
        "year": year,
        "kind": kind,
        "content": moved_on(last.content, year - last.year),
        "sections": list(last.sections),
    }
    return records.put_records(session, "plans", made)[0]


def moved_on(text: str, years: int) -> str:
    """Return a text with every year that it names (2025年) moved on; other figures stay as they are."""
    return YEAR.sub(lambda found: str(int(found.group()) + years), text)
