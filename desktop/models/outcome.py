"""Outcomes of workrooms, their publication, and activities."""

import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference
from desktop.models.person import RANKS

OUTCOME_KINDS = (
    "技术革新",
    "先进操作法",
    "发明专利",
    "实用新型专利",
    "优秀论文",
    "工法标准",
    "软件著作权",
    "合理化建议",
    "其他",
)
OUTCOME_FORMS = ("认定", "奖励", "国家专利", "未认定")


class Outcome(Synced, Base):
    """An innovation outcome (创新成果): who recognised it, at which level, when, and its benefit."""

    __tablename__ = "outcomes"

    workroom_id: Mapped[str] = reference("工作室", "workrooms", nullable=False)
    name: Mapped[str] = field("成果名称")
    kind: Mapped[str] = field("种类", choices=OUTCOME_KINDS, default="技术革新")
    date: Mapped[datetime.date | None] = field("认定或完成日期")
    form: Mapped[str] = field("形式", choices=OUTCOME_FORMS, default="认定")
    level: Mapped[str] = field("认定级别", choices=("", *RANKS), default="")
    recogniser: Mapped[str] = field("认定部门", default="")
    certificate_number: Mapped[str] = field("证书或文号", default="")
    patent_number: Mapped[str] = field("专利号", default="")
    completed_by: Mapped[str] = field("主要完成人", default="")
    benefit_fen: Mapped[int | None] = field("经济效益")
    benefit_economic: Mapped[bool | None] = field("有经济效益")
    benefit_social: Mapped[bool | None] = field("有社会效益")
    benefit_note: Mapped[str] = field("效益说明", default="")
    conversion: Mapped[str] = field("转化应用情况", default="")


# The day of each workroom's last outcome is read from the first of these alone, the statistics from the others.
Index("ix_outcomes_last", Outcome.workroom_id, Outcome.date)
Index("ix_outcomes_counted", Outcome.kind, Outcome.level, Outcome.date, Outcome.benefit_fen)


class Publication(Synced, Base):
    """One publication of an outcome on a platform (成果发布)."""

    __tablename__ = "publications"

    workroom_id: Mapped[str] = reference("工作室", "workrooms", nullable=False)
    outcome_id: Mapped[str | None] = reference("成果", "outcomes")
    title: Mapped[str] = field("发布标题", default="")
    platform: Mapped[str] = field("发布平台")
    published_on: Mapped[datetime.date | None] = field("发布日期")
    link: Mapped[str] = field("链接或编号", default="")
    conversion: Mapped[str] = field("转化情况", default="")


class Activity(Synced, Base):
    """A training, exchange or other activity of a workroom."""

    __tablename__ = "activities"

    workroom_id: Mapped[str] = reference("工作室", "workrooms", nullable=False)
    kind: Mapped[str] = field(
        "类别", choices=("技能培训", "技术交流", "师带徒", "互学互鉴", "展示宣传", "其他"), default="技能培训"
    )
    title: Mapped[str] = field("内容")
    date: Mapped[datetime.date | None] = field("日期")
    people_count: Mapped[int | None] = field("参加人数", unit="人")
    note: Mapped[str] = field("备注", default="")


Index("ix_publications_counted", Publication.platform, Publication.published_on)
Index("ix_activities_counted", Activity.kind, Activity.date, Activity.people_count)
