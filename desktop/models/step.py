"""Steps that records took along their regulations' workflows, and the holds that stopped them."""

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

HOLD_KINDS = ("退回补正", "撤回")


class Step(Synced, Base):
    """One step of a record (`subject_noun`, `subject_id`) from one state to the next, with its day, person and reason.

    Steps are never edited: a wrong one is corrected by a further step whose `corrects_id` names it. `effects` holds
    what the step changed in other records, each as noun, id, field, old and new value, so that a correction can put it
    back. `grounds` are the rules (退出事由) that a person found made out.
    """

    __tablename__ = "steps"

    office_id: Mapped[str | None] = reference("办理工会", "offices")
    subject_noun: Mapped[str] = field("对象种类")
    subject_id: Mapped[str] = field("对象", index=True)
    regulation: Mapped[str] = field("适用办法")
    workflow: Mapped[str] = field("办理流程")
    from_state: Mapped[str] = field("原环节")
    to_state: Mapped[str] = field("现环节")
    taken_on: Mapped[date | None] = field("日期")
    taken_by: Mapped[str] = field("经办人", default="")
    reason: Mapped[str] = field("理由", default="")
    grounds: Mapped[list[str]] = field("认定的事由", default=list)
    position: Mapped[int] = field("序号", default=0)
    effects: Mapped[dict[str, Any]] = field("随之变更", default=dict)
    document_id: Mapped[str | None] = reference("公文", "documents")
    corrects_id: Mapped[str | None] = reference("更正的步骤", "steps")


# Where every record stands on every road is read from this index alone.
PLACE = (Step.subject_id, Step.workflow, Step.position, Step.to_state, Step.taken_on, Step.corrects_id)
Index("ix_steps_place", *PLACE, Step.subject_noun)


class Hold(Synced, Base):
    """A record sent back for more information (退回补正), or withdrawn by its applicant (撤回); open until closed.

    `reasons` maps the field, fact or rule at fault to the reason in words; the empty key holds a general one.
    """

    __tablename__ = "holds"

    office_id: Mapped[str | None] = reference("办理工会", "offices")
    subject_noun: Mapped[str] = field("对象种类")
    subject_id: Mapped[str] = field("对象", index=True)
    workflow: Mapped[str] = field("办理流程", default="")
    kind: Mapped[str] = field("类别", choices=HOLD_KINDS, default="退回补正")
    at_state: Mapped[str] = field("所在环节", default="")
    state_before: Mapped[str] = field("原状态", default="")
    reasons: Mapped[dict[str, Any]] = field("原因", default=dict)
    opened_on: Mapped[date | None] = field("日期")
    opened_by: Mapped[str] = field("经办人", default="")
    due_on: Mapped[date | None] = field("期限")
    closed_on: Mapped[date | None] = field("办结日期")
    closed_by: Mapped[str] = field("办结人", default="")
    answer: Mapped[str] = field("补正说明", default="")
