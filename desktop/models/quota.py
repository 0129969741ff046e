"""Quotas of recommendation (推荐名额): how many an office may put forward in a year under a regulation."""

from datetime import date

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference


class Quota(Synced, Base):
    """The number that an office was given, by whom, with the paper that gave it; `track` tells workroom and alliance.

    `office_id` is the office that gives, `given_to_id` the one that recommends.
    """

    __tablename__ = "quotas"

    office_id: Mapped[str | None] = reference("下达工会", "offices")
    given_to_id: Mapped[str | None] = reference("推荐工会", "offices")
    regulation: Mapped[str] = field("适用办法")
    year: Mapped[int] = field("年度")
    track: Mapped[str] = field("申报类别", default="工作室")
    count: Mapped[int] = field("名额", unit="个")
    document_number: Mapped[str] = field("下达文号", default="")
    issued_on: Mapped[date | None] = field("下达日期")
    note: Mapped[str] = field("备注", default="")
