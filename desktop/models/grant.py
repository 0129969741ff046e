"""Grants and what was spent of them."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

GRANT_STATES = (
    "年度支持建设计划",
    "指标已下达",
    "上级工会已收款",
    "已拨付基层工会账户",
    "分配方案已定",
    "奖励已签领",
    "支出完毕",
    "绩效评价完成",
)


class Grant(Synced, Base):
    """A grant (补助资金) to a workroom or alliance; amounts in 分."""

    __tablename__ = "grants"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    workroom_id: Mapped[str | None] = reference("工作室", "workrooms")
    alliance_id: Mapped[str | None] = reference("联盟", "alliances")
    regulation: Mapped[str] = field("适用办法")
    track: Mapped[str] = field("类别", choices=("工作室", "联盟"), default="工作室")
    year: Mapped[int | None] = field("年度")
    grant_total_fen: Mapped[int] = field("补助总额")
    state: Mapped[str] = field("状态", default="年度支持建设计划")
    planned_on: Mapped[date | None] = field("列入计划日期")
    quota_number: Mapped[str] = field("指标文号", default="")
    quota_issued_on: Mapped[date | None] = field("指标下达日期")
    received_on: Mapped[date | None] = field("收款日期")
    received_fen: Mapped[int | None] = field("收款金额")
    transferred_on: Mapped[date | None] = field("拨付日期")
    transferred_fen: Mapped[int | None] = field("拨付金额")
    payee_account_type: Mapped[str] = field("收款账户类别", default="基层工会账户")
    note: Mapped[str] = field("备注", default="")


class Expenditure(Synced, Base):
    """One expense (支出), with the source of its money; `amount_fen` in 分."""

    __tablename__ = "expenditures"

    grant_id: Mapped[str | None] = reference("补助资金", "grants")
    workroom_id: Mapped[str | None] = reference("工作室", "workrooms")
    paid_on: Mapped[date | None] = field("日期")
    category: Mapped[str] = field("用途")
    amount_fen: Mapped[int] = field("金额")
    source: Mapped[str] = field("资金来源", choices=("补助资金", "单位资金", "其他"), default="补助资金")
    payee: Mapped[str] = field("收款方", default="")
    voucher_number: Mapped[str] = field("凭证号", default="")
    note: Mapped[str] = field("摘要", default="")


# The statistics of spending are read from this index alone.
PAID = (Expenditure.paid_on, Expenditure.amount_fen)
Index("ix_expenditures_counted", Expenditure.category, Expenditure.source, *PAID)
