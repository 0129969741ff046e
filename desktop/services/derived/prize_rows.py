"""The payments of an award, and whether each has its receipt on file."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.award_payment import AwardPayment
from desktop.models.document import Attachment


def payments(session: Session, award_id: str) -> list[AwardPayment]:
    """Return an award's payments and recoveries, the earliest first."""
    query = select(AwardPayment).filter_by(award_id=award_id).order_by(AwardPayment.paid_on, AwardPayment.id)
    return list(session.scalars(query))


def with_receipts(session: Session, rows: Sequence[AwardPayment]) -> list[tuple[AwardPayment, bool]]:
    """Return payments with whether a file is attached to each."""
    query = select(Attachment.owner_id).where(Attachment.owner_id.in_([row.id for row in rows]))
    filed = set(session.scalars(query)) if rows else set()
    return [(row, row.id in filed) for row in rows]
