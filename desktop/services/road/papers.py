"""Which kinds of paper a step of a workflow is made with, and which paper already issued belongs to it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Text, or_, select
from sqlalchemy.orm import Session

from desktop.models.document import Document
from desktop.models.step import Step
from desktop.services.paper.kinds import COMPOSERS
from desktop.services.paper.recipes import RECIPES

BRACKETED = re.compile(r"（[^）]*）|\([^)]*\)")


@dataclass(frozen=True)
class StepPaper:
    """One paper of a step: its name in the regulation, the kind that makes it, if there is one, and from which noun."""

    name: str
    kind: str = ""
    noun: str = ""


def papers_of(paper: str, noun: str) -> tuple[StepPaper, ...]:
    """Return the papers that a transition names, each with the kind that the record, else its workroom, can fill."""
    names = [name.strip() for name in re.split("、", BRACKETED.sub("", paper)) if name.strip()]
    return tuple(_paper(name, noun) for name in names)


def _paper(name: str, noun: str) -> StepPaper:
    sources = (noun, "workrooms")
    for find in (kind_named, kind_near):
        for source in sources:
            kind = find(name, source)
            if kind:
                return StepPaper(name, kind, source)
    return StepPaper(name)


@cache
def kind_named(name: str, noun: str) -> str:
    """Return the kind of paper that bears exactly this name, made from records of a noun; empty when there is none."""
    titled = {one.title: one.id for one in COMPOSERS.values() if noun in one.nouns}
    return _kinds_by_name(noun).get(name) or titled.get(name, "")


@cache
def kind_near(name: str, noun: str) -> str:
    """Return the kind of paper, made from records of a noun, whose name is nearest; empty when none is near.

    A longer name that holds a kind's is that kind (支出明细账), and so is one that a kind's begins with (变更申请);
    what a kind's name only ends in is another paper: 命名决定 is no 撤销命名决定.
    """
    named = _kinds_by_name(noun)
    near = [word for word in named if word in name or word.startswith(name)]
    return named[max(near, key=len)] if near else ""


def _kinds_by_name(noun: str) -> dict[str, str]:
    return {
        word: one.id
        for one in COMPOSERS.values()
        if noun in one.nouns and one.id in RECIPES
        for word in RECIPES[one.id].step_names
    }


def issued_since(session: Session, ids: Sequence[str], kinds: Collection[str]) -> Document | None:
    """Return the latest paper in force of one of the kinds about a record or its workroom that no step claims yet."""
    if not kinds:
        return None
    claimed = select(Step.document_id).where(Step.document_id.is_not(None))
    joint = [Document.data.cast(Text).contains(f'"{one}"') for one in ids]
    about = or_(Document.subject_id.in_(ids), *joint)
    query = (
        select(Document)
        .where(Document.kind.in_(kinds), Document.state == "已签发", about, Document.id.not_in(claimed))
        .order_by(Document.issued_on.desc(), Document.id)
    )
    return session.scalars(query).first()
