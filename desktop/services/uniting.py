"""Uniting two records of one person or unit: everything that names the one comes to name the other."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.application import Attestation
from desktop.services import attestations
from desktop.services.duplicates import NOUNS
from desktop.services.record.deletion import OWNED_LOOSELY, delete_record, references
from desktop.services.record.fields import FieldSpec, fields, model_of, title_of
from desktop.services.records import get_record, put_records

Row = dict[str, Any]
# Of these a person or unit has one in each place: two become one, whose gaps the other fills.
ONE_IN_A_PLACE: Final = {("members", "person_id"): "workroom_id"}


@dataclass(frozen=True)
class Difference:
    """A field in which two records differ, with both values in JSON form; `take` proposes the other record's."""

    name: str
    title: str
    keep: Any
    other: Any
    take: bool


@dataclass(frozen=True)
class United:
    """What uniting did: the record kept, how many records now name it, and the id that is gone (its history stays)."""

    noun: str
    kept: Row
    gone: str
    moved: int


def differences(session: Session, noun: str, keep_id: str, other_id: str) -> list[Difference]:
    """Return the fields in which two records differ; what only the other one has is proposed to be taken."""
    keep, other = get_record(session, noun, keep_id), get_record(session, noun, other_id)
    return [
        Difference(spec.name, spec.title, keep[spec.name], other[spec.name], _is_empty(spec, keep[spec.name]))
        for spec in fields(noun)
        if keep[spec.name] != other[spec.name] and not _is_empty(spec, other[spec.name])
    ]


def _is_empty(spec: FieldSpec, value: Any) -> bool:
    # A choice that nobody changed says nothing.
    return value in (None, "", []) or (bool(spec.choices) and value == spec.default)


def unite(session: Session, noun: str, keep_id: str, other_id: str, take: Collection[str] = ()) -> United:
    """Let `keep_id` take the place of `other_id` everywhere, with the other's values of the fields `take`; delete it.

    All of it is one change that can be undone; what the deleted record said stays in its history. NotFound,
    NotAllowed (an issued paper is about it), BadInput name what stands against it.
    """
    if noun not in NOUNS or keep_id == other_id:
        raise BadInput(f"只能合并两条不同的{'或'.join(map(title_of, NOUNS))}记录。", noun)
    get_record(session, noun, keep_id)
    other = get_record(session, noun, other_id)
    unknown = set(take) - {spec.name for spec in fields(noun)}
    if unknown:
        raise BadInput(f"{title_of(noun)}没有“{min(unknown)}”这个字段。", noun)
    moved = sum(
        _repoint(session, child, name, keep_id, other_id) for child, name, target in references() if target == noun
    )
    moved += sum(_repoint(session, *place, keep_id, other_id) for place in OWNED_LOOSELY if place[0] != "attestations")
    moved += _move_facts(session, keep_id, other_id)
    session.flush()
    delete_record(session, noun, other_id)
    kept = put_records(session, noun, {"id": keep_id, **{name: other[name] for name in take}})[0]
    return United(noun, kept, other_id, moved)


def _repoint(session: Session, child: str, name: str, keep_id: str, other_id: str) -> int:
    model: Any = model_of(child)
    rows = list(session.scalars(select(model).where(getattr(model, name) == other_id)))
    place = ONE_IN_A_PLACE.get((child, name))
    for row in rows:
        twin = (
            place
            and session.scalars(
                select(model).where(getattr(model, name) == keep_id, getattr(model, place) == getattr(row, place))
            ).first()
        )
        if twin:
            _fill_gaps(child, twin, row)
            session.delete(row)
        else:
            setattr(row, name, keep_id)
    session.flush()
    return len(rows)


def _fill_gaps(child: str, twin: Any, row: Any) -> None:
    for spec in fields(child):
        given = getattr(row, spec.attribute)
        if _is_empty(spec, getattr(twin, spec.attribute)) and not _is_empty(spec, given):
            setattr(twin, spec.attribute, given)


def _move_facts(session: Session, keep_id: str, other_id: str) -> int:
    """Attested facts have the id of their subject in their own, so they are written anew."""
    known = attestations.facts_of(session, [keep_id])[keep_id]
    rows = list(session.scalars(select(Attestation).filter_by(subject_id=other_id)))
    for row in rows:
        if row.fact not in known and row.attested_on is not None:
            attestations.write_facts(session, keep_id, {row.fact: row.value}, row.attested_on, row.attested_by)
    return len(rows)
