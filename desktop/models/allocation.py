"""Allocation of a grant: lines of reward or operating money."""

from datetime import date

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference
from desktop.models.workroom import MEMBER_ROLES


class Allocation(Synced, Base):
    """A reward allocation (奖励分配) of one grant."""

    __tablename__ = "allocations"

    grant_id: Mapped[str] = reference("补助资金", "grants", nullable=False)
    state: Mapped[str] = field("状态", choices=("草稿", "已定", "已签领"), default="草稿")
    decided_on: Mapped[date | None] = field("确定日期")
    decided_by: Mapped[str] = field("确定人", default="")
    note: Mapped[str] = field("备注", default="")


class AllocationLine(Synced, Base):
    """One line: a person's reward, or an operating item; amounts in 分."""

    __tablename__ = "allocation_lines"

    allocation_id: Mapped[str] = reference("分配方案", "allocations", nullable=False)
    kind: Mapped[str] = field("类别", choices=("reward", "operating"), default="reward")
    person_id: Mapped[str | None] = reference("人员", "people")
    role: Mapped[str] = field("角色", choices=("", *MEMBER_ROLES), default="")
    category: Mapped[str] = field("用途", default="成员奖励")
    amount_fen: Mapped[int | None] = field("金额")
    tax_withheld_fen: Mapped[int] = field("代扣税额", default=0)
    outcome_id: Mapped[str | None] = reference("奖励的成果", "outcomes")
    result_ref: Mapped[str] = field("奖励的成果说明", default="")
    position: Mapped[int] = field("顺序", default=0)
    signed_on: Mapped[date | None] = field("签领日期")
    note: Mapped[str] = field("备注", default="")
