"""One change of many records: a field set to the same value in all that are selected, or in none."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.services.record.fields import FieldSpec, field_map, fields
from desktop.services.records import store_records

# What names or numbers one record alone is never the same in several.
ONES_OWN: Final = frozenset({"name", "id_number", "credit_code", "account_number", "bank_account"})
SETTABLE: Final = frozenset({"text", "date", "number", "decimal", "money", "bool", "list"})


def bulk_fields(noun: str) -> list[FieldSpec]:
    """Return the fields of a noun that may be set in many records at once."""
    return [spec for spec in fields(noun) if spec.type in SETTABLE and spec.name not in ONES_OWN]


def set_in_all(session: Session, noun: str, ids: Sequence[str], name: str, value: Any) -> int:
    """Set a field (JSON form) in all records of these ids; return how many. BadInput when it cannot be in any of them.

    The commit may still refuse (NotAllowed) when a record belongs to another office; then nothing is changed.
    """
    spec = field_map(noun).get(name)
    if spec is None or spec not in bulk_fields(noun):
        raise BadInput(f"“{spec.title if spec else name}”不能成批修改，请逐条填写。", f"{noun}.{name}")
    unique = list(dict.fromkeys(ids))
    store_records(session, noun, [{"id": one, name: value} for one in unique])
    return len(unique)
