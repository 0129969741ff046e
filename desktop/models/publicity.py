"""Publicities (公示), the objections raised in them, and the office's own calendar of days worked."""

import datetime

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

DAY_KINDS = ("工作日", "自然日")
CALENDAR_KINDS = ("放假", "调休上班")


class Publicity(Synced, Base):
    """One publicity of a record at a state of its workflow: its first and last day, counted in working or plain days.

    `days` is what the office set or the text asks; `facts` is the beginning of the names of the two facts it answers.
    """

    __tablename__ = "publicities"

    office_id: Mapped[str | None] = reference("公示单位", "offices")
    subject_noun: Mapped[str] = field("对象种类")
    subject_id: Mapped[str] = field("对象", index=True)
    workflow: Mapped[str] = field("办理流程", default="")
    at_state: Mapped[str] = field("所在环节", default="")
    starts_on: Mapped[datetime.date] = field("开始日期")
    ends_on: Mapped[datetime.date] = field("截止日期")
    days: Mapped[int] = field("天数", unit="天")
    day_kind: Mapped[str] = field("计算方式", choices=DAY_KINDS, default="工作日")
    facts: Mapped[str] = field("回答的事实", default="publicity")
    place: Mapped[str] = field("公示范围", default="")
    contact: Mapped[str] = field("联系方式", default="")
    result: Mapped[str] = field("结果", choices=("", "无异议", "有异议"), default="")
    closed_on: Mapped[datetime.date | None] = field("结束登记日期")
    closed_by: Mapped[str] = field("登记人", default="")
    document_id: Mapped[str | None] = reference("公示文", "documents")


class Objection(Synced, Base):
    """An objection (异议) raised in a publicity, until it is settled."""

    __tablename__ = "objections"

    publicity_id: Mapped[str] = reference("公示", "publicities", nullable=False)
    received_on: Mapped[datetime.date] = field("收到日期")
    received_by: Mapped[str] = field("登记人", default="")
    raised_by: Mapped[str] = field("反映人", default="", sensitive=True)
    contact: Mapped[str] = field("联系方式", default="", sensitive=True)
    content: Mapped[str] = field("反映内容")
    settled_on: Mapped[datetime.date | None] = field("办结日期")
    settled_by: Mapped[str] = field("办理人", default="")
    finding: Mapped[str] = field("核实结论", choices=("", "不成立", "成立"), default="")
    handling: Mapped[str] = field("处理情况", default="")


class CalendarDay(Synced, Base):
    """A day off or a day worked that the office entered itself, over the published calendar."""

    __tablename__ = "calendar_days"

    office_id: Mapped[str | None] = reference("录入工会", "offices")
    day: Mapped[datetime.date] = field("日期", index=True)
    kind: Mapped[str] = field("安排", choices=CALENDAR_KINDS, default="放假")
    name: Mapped[str] = field("节日", default="")
