"""The plaque ledger (牌匾台账): what was handed to whom, and what was taken back."""

from datetime import date

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

PLAQUE_STATES = ("待颁发", "在用", "待收回", "已收回", "遗失")


class Plaque(Synced, Base):
    """One plaque of a workroom."""

    __tablename__ = "plaques"

    office_id: Mapped[str | None] = reference("颁发工会", "offices")
    workroom_id: Mapped[str] = reference("工作室", "workrooms", nullable=False)
    title: Mapped[str] = field("牌匾名称")
    level: Mapped[str] = field("级别", default="")
    number: Mapped[str] = field("编号", default="")
    awarded_on: Mapped[date | None] = field("颁发日期")
    received_by: Mapped[str] = field("领取人", default="")
    state: Mapped[str] = field("状态", choices=PLAQUE_STATES, default="在用")
    recover_reason: Mapped[str] = field("收回原因", default="")
    recover_from: Mapped[date | None] = field("应收回日期")
    recovered_on: Mapped[date | None] = field("收回日期")
    recovered_by: Mapped[str] = field("收回人", default="")
    note: Mapped[str] = field("备注", default="")
