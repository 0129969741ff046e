"""Finding a few workrooms for the search box."""

from typing import Any

from desktop.views.registry.registry_source import RegistrySource

KEYS = ("id", "name", "unit", "leader")


def found_workrooms(source: RegistrySource, text: str, limit: int) -> list[dict[str, Any]]:
    """Return the first workrooms that a search text finds, as dicts of id, name, unit and leader.

    `why` says by what one is found that those do not show.
    """
    if source.registry is None:
        return []
    hits = source.search(text)
    if hits is None:
        return []
    rows = [source.registry.rows[position] for position in hits.positions[:limit]]
    found = [
        dict(zip(KEYS, ("" if value is None else value for value in values), strict=True))
        for values in source.page(rows, KEYS)
    ]
    why = source.reasons([record["id"] for record in found], text)
    return [{**record, "why": why.get(record["id"], "")} for record in found]
