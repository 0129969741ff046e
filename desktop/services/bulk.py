"""One change of many records: a field set to the same value in all that are selected, or in none."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.services.record.fields import FieldSpec, field_map, fields, model_of, to_json_value
from desktop.services.record.values import read
from desktop.services.records import store_records

# What names or numbers one record alone is never the same in several.
ONES_OWN: Final = frozenset({"name", "id_number", "credit_code", "account_number", "bank_account"})
EMPTY: Final[tuple[Any, ...]] = (None, "", [])
AT_ONCE: Final = 500
SETTABLE: Final = frozenset({"text", "date", "number", "decimal", "money", "bool", "list"})


def bulk_fields(noun: str) -> list[FieldSpec]:
    """Return the fields of a noun that may be set in many records at once."""
    return [spec for spec in fields(noun) if spec.type in SETTABLE and spec.name not in ONES_OWN]


def _settable(noun: str, name: str) -> FieldSpec:
    spec = field_map(noun).get(name)
    if spec is None or spec not in bulk_fields(noun):
        raise BadInput(f"“{spec.title if spec else name}”不能成批修改，请逐条填写。", f"{noun}.{name}")
    return spec


def no_report(_done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


def set_in_all(
    session: Session,
    noun: str,
    ids: Sequence[str],
    name: str,
    value: Any,
    report: Callable[[int, int], None] = no_report,
) -> int:
    """Set a field (JSON form) in all records of these ids; return how many. BadInput when it cannot be in any of them.

    The commit may still refuse (NotAllowed) when a record belongs to another office; then nothing is changed. `report`
    hears (done, total), also while the session commits, and may raise to cancel.
    """
    _settable(noun, name)
    unique = list(dict.fromkeys(ids))
    # The first half is the records, the second their signed changes.
    whole = 2 * len(unique)
    for start in range(0, len(unique), AT_ONCE):
        report(start, whole)
        store_records(session, noun, [{"id": one, name: value} for one in unique[start : start + AT_ONCE]])
    session.info["report_progress"] = lambda done, total: report(whole // 2 + whole // 2 * done // (total or 1), whole)
    return len(unique)


@dataclass(frozen=True)
class BulkPreview:
    """What setting a field would do: `old` counts the values that would go, `same` the records that have it already."""

    title: str
    total: int
    same: int
    old: tuple[tuple[Any, int], ...]

    @property
    def changed(self) -> int:
        """Return how many records would change."""
        return self.total - self.same


def preview(session: Session, noun: str, ids: Sequence[str], name: str, value: Any) -> BulkPreview:
    """Return what `set_in_all` would do, the commonest old value first; BadInput when the value cannot be taken."""
    spec = _settable(noun, name)
    stored = read(spec, value)
    model: Any = model_of(noun)
    unique = list(dict.fromkeys(ids))
    found: list[Any] = []
    for start in range(0, len(unique), AT_ONCE):
        query = select(getattr(model, spec.attribute)).where(model.id.in_(unique[start : start + AT_ONCE]))
        found += session.scalars(query)
    counts = Counter(_hashable(old) for old in found if not _alike(old, stored))
    old = tuple((_json_value(spec, one), count) for one, count in counts.most_common())
    return BulkPreview(spec.title, len(found), len(found) - sum(counts.values()), old)


def _alike(old: Any, new: Any) -> bool:
    return bool(old == new) or (old in EMPTY and new in EMPTY)


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _json_value(spec: FieldSpec, value: Any) -> Any:
    return to_json_value(spec, list(value) if isinstance(value, tuple) else value)
