"""Collective decisions (集体研究): the meeting of an office that decided on records, who sat in it, what it found."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference


class CollectiveDecision(Synced, Base):
    """One meeting that decided on the records in `subjects`, each of them at the step `at_state` of `workflow`.

    `recusals` holds a reason by name; `opinions` by record id what was found: `conclusion` (the state that the course
    goes on to, or 缓议), `agreed`, `opposed`, `abstained` (votes, where they were counted) and `note`.
    """

    __tablename__ = "collective_decisions"

    office_id: Mapped[str | None] = reference("研究工会", "offices")
    subject_noun: Mapped[str] = field("对象种类")
    subjects: Mapped[list[str]] = field("研究对象", default=list)
    regulation: Mapped[str] = field("适用办法", default="")
    workflow: Mapped[str] = field("办理流程")
    at_state: Mapped[str] = field("环节")
    title: Mapped[str] = field("研究事项")
    met_on: Mapped[date] = field("会议日期")
    place: Mapped[str] = field("会议地点", default="")
    chair: Mapped[str] = field("主持人", default="")
    present: Mapped[list[str]] = field("出席人员", default=list)
    absent: Mapped[list[str]] = field("请假人员", default=list)
    recusals: Mapped[dict[str, Any]] = field("回避", default=dict)
    opinions: Mapped[dict[str, Any]] = field("结论", default=dict)
    discussion: Mapped[str] = field("研究情况", default="")
    recorded_by: Mapped[str] = field("记录人", default="")
    document_id: Mapped[str | None] = reference("会议纪要", "documents")
