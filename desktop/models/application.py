"""Applications, the facts a person attested for them, and reasons recorded for warnings."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, CanonicalJson, Synced, field, reference

APPLICATION_STATES = ("草稿", "已提交", "初审通过", "退回修改", "已推荐", "已命名", "未通过", "已撤回")


class Application(Synced, Base):
    """An application (申报) of a workroom or alliance; it keeps the regulation it was judged by."""

    __tablename__ = "applications"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    workroom_id: Mapped[str | None] = reference("工作室", "workrooms")
    alliance_id: Mapped[str | None] = reference("联盟", "alliances")
    regulation: Mapped[str] = field("适用办法")
    regulation_version: Mapped[str] = field("办法版本", default="", hint="提交时所依文本的 SHA-256")
    track: Mapped[str] = field("申报类别", choices=("工作室", "联盟"), default="工作室")
    stage: Mapped[str] = field("环节", default="申报")
    year: Mapped[int | None] = field("年度")
    application_level: Mapped[str] = field("申报级别", default="")
    reference_date: Mapped[date | None] = field("认定基准日")
    state: Mapped[str] = field("状态", choices=APPLICATION_STATES, default="草稿")
    submitted_on: Mapped[date | None] = field("提交日期")
    submitted_by: Mapped[str] = field("提交人", default="")
    review_opinion: Mapped[str] = field("初审意见", default="")
    rank: Mapped[int | None] = field("推荐排序")
    returned_reason: Mapped[str] = field("退回原因", default="")


class Attestation(Synced, Base):
    """One fact that a person confirmed or gave about the record `subject_id`, with name and date."""

    __tablename__ = "attestations"

    subject_id: Mapped[str] = field("对象", index=True)
    fact: Mapped[str] = field("事实")
    value: Mapped[Any] = field("内容", CanonicalJson, nullable=True)
    attested_by: Mapped[str] = field("确认人", default="")
    attested_on: Mapped[date | None] = field("确认日期")
    note: Mapped[str] = field("依据", default="")


class Override(Synced, Base):
    """A recorded reason for going on past a warning (理由记录)."""

    __tablename__ = "overrides"

    subject_id: Mapped[str] = field("对象", index=True)
    rule: Mapped[str] = field("条款")
    actual: Mapped[str] = field("实际情况", default="")
    reason: Mapped[str] = field("理由")
    decided_by: Mapped[str] = field("记录人", default="")
    decided_on: Mapped[date | None] = field("记录日期")
