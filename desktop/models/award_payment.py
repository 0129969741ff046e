"""Prize money of an award: paid out to a person against a bank's receipt, or recovered."""

from datetime import date

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

PAYMENT_KINDS = ("发放", "追回")


class AwardPayment(Synced, Base):
    """One payment (奖金发放) of an award, or its recovery (追回); the amount in 分, always positive."""

    __tablename__ = "award_payments"

    award_id: Mapped[str] = reference("成果奖励", "awards", nullable=False)
    kind: Mapped[str] = field("类别", choices=PAYMENT_KINDS, default="发放")
    person_id: Mapped[str | None] = reference("收款人", "people")
    amount_fen: Mapped[int] = field("金额")
    paid_on: Mapped[date | None] = field("日期")
    receipt_number: Mapped[str] = field("银行回执号", default="")
    note: Mapped[str] = field("备注", default="")
