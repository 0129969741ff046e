"""Random draws of experts from the pool, and what experts found of a record."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference


class ExpertDraw(Synced, Base):
    """One draw (专家抽取): the pool as it stood, who was left out and why, the seed, and who came out.

    `pool` and `drawn` hold experts' ids in their order; `names` what each was called then; `recusals` reasons by id.
    Drawn again from pool, recusals, count and seed by the rule of `method`, the same people come out.
    """

    __tablename__ = "expert_draws"

    office_id: Mapped[str | None] = reference("抽取工会", "offices")
    subject_noun: Mapped[str] = field("对象种类", default="")
    subjects: Mapped[list[str]] = field("评审对象", default=list)
    title: Mapped[str] = field("评审事项")
    drawn_on: Mapped[date] = field("抽取日期")
    drawn_by: Mapped[str] = field("抽取人", default="")
    witnesses: Mapped[list[str]] = field("监督人", default=list)
    count: Mapped[int] = field("抽取人数", unit="人")
    speciality: Mapped[str] = field("专业范围", default="")
    method: Mapped[str] = field("抽取方法", default="")
    seed: Mapped[str] = field("随机种子")
    pool: Mapped[list[str]] = field("备选专家", default=list)
    names: Mapped[dict[str, Any]] = field("专家姓名", default=dict)
    recusals: Mapped[dict[str, Any]] = field("回避", default=dict)
    drawn: Mapped[list[str]] = field("抽中专家", default=list)
    replaces_id: Mapped[str | None] = reference("替补哪次抽取", "expert_draws")
    document_id: Mapped[str | None] = reference("抽取记录", "documents")


class ExpertScore(Synced, Base):
    """What one expert found of one record: points by item in hundredths, a vote and an opinion."""

    __tablename__ = "expert_scores"

    subject_noun: Mapped[str] = field("对象种类")
    subject_id: Mapped[str] = field("评审对象", index=True)
    expert_id: Mapped[str | None] = reference("专家", "experts")
    draw_id: Mapped[str | None] = reference("抽取", "expert_draws")
    workflow: Mapped[str] = field("办理流程", default="")
    items: Mapped[dict[str, Any]] = field("分项得分", default=dict)
    score: Mapped[Decimal | None] = field("得分", unit="分")
    vote: Mapped[str] = field("意见", choices=("", "同意", "不同意", "回避"), default="")
    opinion: Mapped[str] = field("评审意见", default="")
    scored_on: Mapped[date | None] = field("日期")
