"""Assessment rounds, and rectifications (整改) with their deadline and the second look."""

from datetime import date

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference


class AssessmentRound(Synced, Base):
    """One round (一次考核) of a regulation: yearly, of a cycle or special; its items, grades and last day."""

    __tablename__ = "assessment_rounds"

    office_id: Mapped[str | None] = reference("考核工会", "offices")
    regulation: Mapped[str] = field("适用办法")
    kind: Mapped[str] = field("类别", choices=("年度考核", "周期考核", "专项考核"), default="年度考核")
    year: Mapped[int] = field("年度")
    title: Mapped[str] = field("名称", default="")
    items: Mapped[list[str]] = field("考核内容", default=list)
    grades: Mapped[list[str]] = field("等次", default=list)
    due_on: Mapped[date | None] = field("截止日期")
    state: Mapped[str] = field("状态", choices=("进行中", "已办结"), default="进行中")


class Rectification(Synced, Base):
    """An order to put something right: what, until when, what was done, and what the second look found."""

    __tablename__ = "rectifications"

    office_id: Mapped[str | None] = reference("责令工会", "offices")
    workroom_id: Mapped[str] = reference("工作室", "workrooms", nullable=False)
    subject_noun: Mapped[str] = field("对象种类", default="")
    subject_id: Mapped[str] = field("对象", default="", index=True)
    regulation: Mapped[str] = field("适用办法", default="")
    problem: Mapped[str] = field("存在问题", default="")
    ordered_on: Mapped[date | None] = field("责令日期")
    due_on: Mapped[date | None] = field("整改期限")
    measures: Mapped[str] = field("整改措施", default="")
    reported_on: Mapped[date | None] = field("报告日期")
    second_look_on: Mapped[date | None] = field("回头看日期")
    second_look_by: Mapped[str] = field("回头看人员", default="")
    result: Mapped[str] = field("结果", choices=("", "整改到位", "整改不力"), default="")
    document_id: Mapped[str | None] = reference("整改通知书", "documents")
