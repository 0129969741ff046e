"""Looking records up by what lists call them."""

from typing import Any

from desktop.services.sheet.comparing import key_of

Row = dict[str, Any]
By = str | tuple[str, str]


class Index:
    """Records by the value of one field, or of two of which the first names another record; names without spaces."""

    __slots__ = ("_by_name", "_first", "_last", "ids")

    def __init__(self, by: By) -> None:
        self._first, self._last = ("", by) if isinstance(by, str) else by
        self._by_name = self._last == "name"
        self.ids: dict[Any, list[str]] = {}

    def key(self, value: Any) -> Any:
        """Return how a value (or a pair of them) is looked up."""
        if not self._by_name:
            return value
        return (value[0], key_of(value[1])) if self._first else key_of(value)

    def enter(self, row: Row) -> None:
        """Take a record in; one without a value in the last field is not found by it."""
        value = row.get(self._last)
        if value:
            key = key_of(value) if self._by_name else value
            if self._first:
                key = row.get(self._first), key
            found = self.ids.get(key)
            if found is None:
                self.ids[key] = [row["id"]]
            else:
                found.append(row["id"])
