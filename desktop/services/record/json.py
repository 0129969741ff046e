"""Records as plain dictionaries in JSON form, the way they cross to the views and the command line."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session, object_session

from desktop.models.base import Base
from desktop.services.attestations import facts_of
from desktop.services.record.fields import WITH_FACTS, fields, model_of, to_json_value


def to_json(record: Base) -> dict[str, Any]:
    """Return one record in JSON form."""
    session = object_session(record)
    assert session is not None
    return all_to_json(session, record.__tablename__, [record])[0]


def all_to_json(session: Session, noun: str, records: Sequence[Any]) -> list[dict[str, Any]]:
    """Return records in JSON form: the id, every field under its outside name and, where kept, the facts."""
    specs = fields(noun)
    rows: list[dict[str, Any]] = [
        {"id": record.id, **{spec.name: to_json_value(spec, getattr(record, spec.attribute)) for spec in specs}}
        for record in records
    ]
    if noun in WITH_FACTS:
        facts = facts_of(session, [row["id"] for row in rows])
        for row in rows:
            row["facts"] = facts[row["id"]]
    return rows


def stored_values(session: Session, noun: str, record_id: str) -> dict[str, Any]:
    """Return a record's values as the models hold them, for the entry checks; empty when there is no such record."""
    record = session.get(model_of(noun), record_id)
    return {spec.attribute: getattr(record, spec.attribute) for spec in fields(noun)} if record is not None else {}
