"""How the values of a list are held against those that are kept."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from desktop.services.search.text import plain


@lru_cache(maxsize=100_000)
def key_of(text: str) -> str:
    """Return a name as names are compared: folded, without spaces."""
    return plain(text).replace(" ", "")


def same(stored: Any, given: Any) -> bool:
    """Tell whether a given value is what is stored; an empty one stands for nothing, decimals count by value."""
    if stored in (None, "", []) and given in (None, "", []):
        return True
    if isinstance(stored, int | float) and not isinstance(stored, bool) and isinstance(given, str):
        return str(stored) == given or (_is_number(given) and float(given) == float(stored))
    return bool(stored == given)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def words_of(value: Any) -> str:
    """Return a value in JSON form as a preview shows it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else "" if value is None else str(value)


def only(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the given values of some fields."""
    return {name: values[name] for name in names if name in values}
