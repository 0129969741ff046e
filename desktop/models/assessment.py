"""Assessments, yearly plans and summaries, experts and awards."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference


class Assessment(Synced, Base):
    """An assessment (考核) of a workroom: yearly or of a cycle."""

    __tablename__ = "assessments"

    office_id: Mapped[str | None] = reference("考核工会", "offices")
    workroom_id: Mapped[str] = reference("工作室", "workrooms", nullable=False)
    regulation: Mapped[str] = field("适用办法", default="")
    kind: Mapped[str] = field("类别", choices=("年度考核", "周期考核", "专项考核"), default="年度考核")
    year: Mapped[int | None] = field("年度")
    assessed_on: Mapped[date | None] = field("考核日期")
    grade: Mapped[str] = field("等次", default="")
    activity_normal: Mapped[bool | None] = field("正常开展活动")
    output_not_obvious: Mapped[bool | None] = field("成果产出不明显")
    role_not_obvious: Mapped[bool | None] = field("作用发挥不显著")
    items: Mapped[list[str]] = field("考核内容", default=list)
    conclusion: Mapped[str] = field("结论", default="")
    round_id: Mapped[str | None] = reference("考核轮次", "assessment_rounds")
    scores: Mapped[dict[str, Any]] = field("分项评价", default=dict)
    state: Mapped[str] = field("状态", default="草稿")


class Plan(Synced, Base):
    """An annual plan or summary (年度计划、年度总结) filed by a workroom."""

    __tablename__ = "plans"

    workroom_id: Mapped[str] = reference("工作室", "workrooms", nullable=False)
    year: Mapped[int] = field("年度")
    kind: Mapped[str] = field("类别", choices=("年度计划", "年度总结", "资金预算", "绩效评价"), default="年度计划")
    filed_on: Mapped[date | None] = field("提交日期")
    content: Mapped[str] = field("内容", default="")
    sections: Mapped[list[str]] = field("包含部分", default=list)


class Expert(Synced, Base):
    """An expert of an office's pool."""

    __tablename__ = "experts"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    name: Mapped[str] = field("姓名")
    unit_name: Mapped[str] = field("单位", default="")
    speciality: Mapped[str] = field("专业", default="")
    title_rank: Mapped[str] = field("职称级别", default="")
    phone: Mapped[str] = field("电话", default="", sensitive=True)
    active: Mapped[bool] = field("在库", default=True)


class Award(Synced, Base):
    """An application for an award to a person's outcome (创新成果奖励)."""

    __tablename__ = "awards"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    person_id: Mapped[str | None] = reference("第一完成人", "people")
    unit_id: Mapped[str | None] = reference("所在单位", "units")
    regulation: Mapped[str] = field("适用办法", default="")
    award_kind: Mapped[str] = field("奖项")
    award_year: Mapped[int | None] = field("评选年度")
    project_name: Mapped[str] = field("项目名称")
    regulation_version: Mapped[str] = field("办法版本", default="", hint="提交时所依文本的 SHA-256")
    reference_date: Mapped[date | None] = field("认定基准日")
    state: Mapped[str] = field("状态", default="草稿")
    award_fen: Mapped[int | None] = field("奖励金额")
    rank: Mapped[int | None] = field("推荐排序")
