"""Values of records in words, as histories, previews and conflicts show them: money, dates, the names of references."""

from functools import lru_cache
from typing import Any

from desktop.errors import DesktopError
from desktop.views import formats

NOTHING = "（空）"


@lru_cache(maxsize=64)
def specs_of(noun: str) -> dict[str, Any]:
    """Return a noun's fields by their outside names; none for a noun that this program does not know."""
    from desktop.services import records

    try:
        return {spec.name: spec for spec in records.fields(noun)}
    except DesktopError:
        return {}


def value_words(session: Any, noun: str, field: str, value: Any) -> str:
    """Return a value in JSON form as people read it."""
    spec = specs_of(noun).get(field)
    kind = "text" if spec is None else spec.type
    if spec is not None and kind == "reference" and value:
        return record_name(session, spec.target, str(value))
    words = formats.value_text(value, "number" if kind == "decimal" else kind)
    return f"{words}{' 元' if kind == 'money' else ''}" if words else NOTHING


def record_name(session: Any, noun: str, record_id: str) -> str:
    """Return what a record is called; says so when it is not here."""
    from desktop.services import records

    try:
        record = records.get_record(session, noun, record_id)
    except DesktopError:
        return "（不在本机的记录）"
    return str(record.get("name") or record.get("title") or record_id)
