"""Steps that records took along their regulations' workflows."""

from datetime import date

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference


class Step(Synced, Base):
    """One step of a record (`subject_noun`, `subject_id`) from one state to the next, with its day, person and reason.

    Steps are never edited: a wrong one is corrected by a further step whose `corrects_id` names it.
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
    position: Mapped[int] = field("序号", default=0)
    document_id: Mapped[str | None] = reference("公文", "documents")
    corrects_id: Mapped[str | None] = reference("更正的步骤", "steps")
