"""Deleting a record with what it owns; refused in words when other records depend on it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.errors import NotAllowed, NotFound
from desktop.models.base import Base
from desktop.models.tables import NOUNS
from desktop.services.record.fields import fields, model_of, title_of
from desktop.services.record.json import all_to_json

# A row of the first noun belongs to the record its field names, and goes with it.
OWNED: Final = (
    ("members", "workroom_id"),
    ("topics", "workroom_id"),
    ("outcomes", "workroom_id"),
    ("publications", "workroom_id"),
    ("publications", "outcome_id"),
    ("activities", "workroom_id"),
    ("plans", "workroom_id"),
    ("honours", "person_id"),
    ("alliance_members", "alliance_id"),
    ("alliance_members", "workroom_id"),
    ("allocation_lines", "allocation_id"),
    ("objections", "publicity_id"),
)
# Belongs to its record only while it is a draft; afterwards it is a fact of its own that others rely on.
OWNED_DRAFTS: Final = (("applications", "workroom_id"), ("applications", "alliance_id"), ("allocations", "grant_id"))
DRAFT: Final = "草稿"
# References without a foreign key, because they name records of any noun.
OWNED_LOOSELY: Final = (
    ("attestations", "subject_id"),
    ("overrides", "subject_id"),
    ("steps", "subject_id"),
    ("holds", "subject_id"),
    ("publicities", "subject_id"),
    ("expert_scores", "subject_id"),
    ("attachments", "owner_id"),
)
Removed = dict[str, list[str]]


def delete_record(session: Session, noun: str, record_id: str) -> dict[str, list[dict[str, Any]]]:
    """Delete a record and what it owns; return all that went, by noun, so that it can be put back.

    NotFound when there is none; NotAllowed names what still depends on it.
    """
    record = session.get(model_of(noun), record_id)
    if record is None:
        raise NotFound(f"找不到{title_of(noun)}：{record_id}。它可能已被删除，请刷新后再试。", f"{noun}.{record_id}")
    _refuse_fixed(noun, record)
    going = _with_owned(session, noun, record_id)
    _refuse_depended_on(session, noun, going)
    kept = {name: all_to_json(session, name, _records(session, name, ids)) for name, ids in going.items()}
    for name, ids in going.items():
        model = model_of(name)
        session.execute(delete(model).where(model.id.in_(ids)), execution_options={"synchronize_session": "fetch"})  # type: ignore[attr-defined]
    return kept


def _refuse_fixed(noun: str, record: Base) -> None:
    if noun == "documents":
        raise NotAllowed("已签发的公文不能删除；需要时请作废，并重新签发。", noun)
    if noun == "seal_uses":
        raise NotAllowed("用印登记只增不改，不能删除。", noun)
    if noun == "allocations" and getattr(record, "state", "") == "已签领":
        raise NotAllowed("奖励已经签领，分配方案不能删除；有误请另作冲正。", noun)


def _with_owned(session: Session, noun: str, record_id: str) -> Removed:
    """Return ids by noun of the record and, through every step, of what belongs to it."""
    going: dict[str, set[str]] = defaultdict(set)
    going[noun].add(record_id)
    fresh = [(noun, {record_id})]
    while fresh:
        parent, ids = fresh.pop()
        for child, found in _children(session, parent, ids):
            new = found - going[child]
            if new:
                going[child] |= new
                fresh.append((child, new))
    return {name: sorted(ids) for name, ids in going.items() if ids}


def _children(session: Session, parent: str, ids: set[str]) -> Iterable[tuple[str, set[str]]]:
    for child, field in (*OWNED, *OWNED_DRAFTS):
        if _target(child, field) == parent:
            yield child, _pointing(session, child, field, ids, only_drafts=(child, field) in OWNED_DRAFTS)
    for child, field in OWNED_LOOSELY:
        yield child, _pointing(session, child, field, ids)


def _target(noun: str, field: str) -> str:
    return next(spec.target for spec in fields(noun) if spec.attribute == field)


def _pointing(session: Session, noun: str, field: str, ids: Iterable[str], *, only_drafts: bool = False) -> set[str]:
    model: Any = model_of(noun)
    query = select(model.id).where(getattr(model, field).in_(sorted(ids)))
    if only_drafts:
        query = query.where(model.state == DRAFT)
    return set(session.scalars(query))


def references() -> list[tuple[str, str, str]]:
    """Return every reference of the schema: noun, field, and the noun it names."""
    return [(noun, spec.attribute, spec.target) for noun in NOUNS for spec in fields(noun) if spec.target]


def _refuse_depended_on(session: Session, noun: str, going: Removed) -> None:
    words = []
    for child, field, target in [*references(), *(("documents", "subject_id", name) for name in going)]:
        if target in going:
            count = len(_pointing(session, child, field, going[target]) - set(going.get(child, ())))
            if count:
                words.append(f"{count}条{title_of(child)}（{_field_title(child, field)}）")
    if words:
        raise NotAllowed(
            f"不能删除这条{title_of(noun)}：还有{'、'.join(dict.fromkeys(words))}与它相关。请先处理这些内容。", noun
        )


def _field_title(noun: str, field: str) -> str:
    return next(spec.title for spec in fields(noun) if spec.attribute == field)


def _records(session: Session, noun: str, ids: list[str]) -> list[Base]:
    model: Any = model_of(noun)
    return list(session.scalars(select(model).where(model.id.in_(ids)).order_by(model.id)))
