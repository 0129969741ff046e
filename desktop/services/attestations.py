"""Facts that people attested, shown as one object on the record they are about."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.application import Attestation
from desktop.rules.facts import Dictionary, check_facts
from desktop.services.record.fields import FieldSpec, field_map
from desktop.services.record.values import read_json
from desktop.services.regulation import fact_words


def attestation_id(subject_id: str, fact: str) -> str:
    """Return the id of the row that holds a fact of a subject: the same at every office, so that rows meet."""
    return str(uuid.uuid5(uuid.UUID(subject_id), fact))


def facts_of(session: Session, subject_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the attested facts of each subject, by subject id; a fact known to be none is None."""
    found: dict[str, dict[str, Any]] = {subject_id: {} for subject_id in subject_ids}
    query = select(Attestation).order_by(Attestation.fact, Attestation.id)
    if len(subject_ids) <= 500:
        query = query.where(Attestation.subject_id.in_(subject_ids))
    for row in session.scalars(query):
        if row.subject_id in found:
            found[row.subject_id][row.fact] = row.value
    return found


def read_facts(noun: str, value: Any, known: Dictionary | None = None) -> dict[str, Any]:
    """Return the facts given for a record; BadInput names an unknown fact or a value of the wrong type."""
    if not isinstance(value, dict):
        raise BadInput("“确认的事实”（facts）应为对象：事实名对应内容。", f"{noun}.facts")
    check_facts(value, known)
    spec = field_map("attestations")["value"]
    return {name: read_json(_named(spec, noun, name), fact) for name, fact in value.items()}


def _named(spec: FieldSpec, noun: str, name: str) -> FieldSpec:
    return FieldSpec(noun, f"facts.{name}", "value", name, spec.type)


def write_facts(session: Session, subject_id: str, facts: dict[str, Any], on: date, by: str = "") -> None:
    """Record the facts as attested on a day; one already attested with the same content is left as it is."""
    for fact, value in facts.items():
        row = session.get(Attestation, attestation_id(subject_id, fact)) or _by_name(session, subject_id, fact)
        if row is None:
            row = Attestation(id=attestation_id(subject_id, fact), subject_id=subject_id, fact=fact, value=value)
            session.add(row)
        elif row.value == value and type(row.value) is type(value):
            continue
        row.value, row.attested_by, row.attested_on = value, by, on


def _by_name(session: Session, subject_id: str, fact: str) -> Attestation | None:
    query = select(Attestation).filter_by(subject_id=subject_id, fact=fact).order_by(Attestation.id)
    return session.scalars(query).first()


def attest(session: Session, subject_id: str, fact: str, value: Any, by: str, on: date) -> None:
    """Record that `by` gave one fact on a day; None takes it back. BadInput names a wrong fact or value."""
    if value is not None:
        write_facts(session, subject_id, read_facts("attestations", {fact: value}, fact_words(session)), on, by)
    elif row := _by_name(session, subject_id, fact):
        session.delete(row)
    session.flush()
