"""Which kinds of paper a step of a workflow is made with, and which paper already issued belongs to it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Text, or_, select
from sqlalchemy.orm import Session

from desktop.models.document import Document
from desktop.models.step import Step
from desktop.services.paper_kinds import COMPOSERS

BRACKETED = re.compile(r"（[^）]*）|\([^)]*\)")


@dataclass(frozen=True)
class StepPaper:
    """One paper of a step: its name in the regulation, and the kind that makes it from records, if there is one."""

    name: str
    kind: str = ""
    document_id: str = ""
    document_number: str = ""


def papers_of(paper: str, noun: str) -> tuple[StepPaper, ...]:
    """Return the papers that a transition names, each with the kind that this noun can fill."""
    names = [name.strip() for name in re.split("、", BRACKETED.sub("", paper)) if name.strip()]
    return tuple(StepPaper(name, kind_of(name, noun)) for name in names)


def kind_of(name: str, noun: str) -> str:
    """Return the kind of paper that bears a name, made from records of a noun; empty when there is none."""
    fitting = [one for one in COMPOSERS.values() if noun in one.nouns]
    for one in fitting:
        if one.title == name:
            return one.id
    for one in fitting:
        if any(part in name or name in part for part in one.title.split("及")):
            return one.id
    return ""


def issued_since(session: Session, record_id: str, kinds: Collection[str]) -> Document | None:
    """Return the latest paper in force of one of the kinds about a record that no step claims yet."""
    if not kinds:
        return None
    claimed = select(Step.document_id).where(Step.document_id.is_not(None))
    about = or_(Document.subject_id == record_id, Document.data.cast(Text).contains(f'"{record_id}"'))
    query = (
        select(Document)
        .where(Document.kind.in_(kinds), Document.state == "已签发", about, Document.id.not_in(claimed))
        .order_by(Document.issued_on.desc(), Document.id)
    )
    return session.scalars(query).first()
