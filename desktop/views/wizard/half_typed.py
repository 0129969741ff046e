"""Entries that cannot be read as values, or were refused: kept while the session lasts, never taken for answers."""

from collections.abc import Sequence

from desktop.views.wizard.fact_row import FactRow


class HalfTyped:
    """What stood in fields when their page was left, by application and fact."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, tuple[str, str]]] = {}

    def keep(self, application_id: str, rows: Sequence[FactRow]) -> None:
        """Keep what the rows hold now; a row that holds nothing of the kind is forgotten."""
        entries = self._entries.setdefault(application_id, {})
        for row in rows:
            entry = row.half_typed()
            if entry is None:
                entries.pop(row.asked.fact, None)
            else:
                entries[row.asked.fact] = entry

    def show(self, application_id: str, rows: Sequence[FactRow]) -> None:
        """Put what was kept back into the rows."""
        entries = self._entries.get(application_id, {})
        for row in rows:
            if row.asked.fact in entries:
                row.show_half_typed(*entries[row.asked.fact])

    def facts(self, application_id: str) -> list[str]:
        """Return the facts with such an entry, in the order in which they were left."""
        return list(self._entries.get(application_id, {}))
