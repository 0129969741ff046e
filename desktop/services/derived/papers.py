"""The papers in force about records, those that name several records included."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Text, or_, select
from sqlalchemy.orm import Session

from desktop.models.document import Document

JOINT_PAPERS: Final = (
    "assessment-report",
    "assessment-result",
    "award-grant",
    "award-opinion",
    "award-payment",
    "award-ranking",
    "commendation",
    "decision",
    "expert-draw",
    "expert-review",
    "meeting-minutes",
    "name-list",
    "naming-decision",
    "notice",
    "plaque-register",
    "publicity",
    "quota-notice",
    "recommendation",
    "recommendation-letter",
    "recommendation-request",
    "social-publicity",
    "suggested-list",
    "unit-publicity",
    "upward-recommendation",
)
"""Kinds that may be about several records; their data names all of them."""


def papers_in_force(session: Session, ids: Sequence[str]) -> list[Document]:
    """Return the papers in force about any of the records, by day; a joint paper over several of them included."""
    query = select(Document).where(Document.state == "已签发").order_by(Document.issued_on, Document.id)
    if not ids:
        return []
    joint = [Document.data.cast(Text).contains(f'"{one}"') for one in ids]
    named = or_(Document.subject_id.in_(ids), Document.kind.in_(JOINT_PAPERS) & or_(*joint))
    return list(session.scalars(query.where(named)))
