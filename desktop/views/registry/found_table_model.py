"""The list of workrooms with one more column while a search is on: by what each of them is found."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final

from desktop.views.record_table_model import Column
from desktop.views.registry.workroom_table_model import WorkroomTableModel

WHY: Final = Column("why", "找到于", 190)
PLACE: Final = 1
"""Beside the name, which comes first."""


class FoundTableModel(WorkroomTableModel):
    """Shows the reasons beside the names of what was found; they are read with each page."""

    _question = ""

    def show_found(self, rows: array[int], text: str) -> bool:  # type: ignore[type-arg, unused-ignore]
        """Show these rows as the answer to a search text; return whether the columns have changed by it."""
        turned = bool(text.strip()) != bool(self._question)
        self._question = text.strip()
        if turned:
            self.set_columns(self.chosen_keys())
        self.show_rows(rows)
        return turned

    def chosen_keys(self) -> tuple[str, ...]:
        """Return the columns that somebody chose, without the one that explains a search."""
        return tuple(column.key for column in self.columns if column.key != WHY.key)

    def rows(self, positions: Sequence[int] | None = None) -> list[int]:
        """Return the register's numbers of the rows at some positions, of all without any."""
        return (
            list(self._rows)
            if positions is None or len(positions) == len(self._rows)
            else [self._rows[place] for place in positions if place < len(self._rows)]
        )

    def _take_columns(self, keys: Any) -> None:
        super()._take_columns(keys)
        if self._question:
            place = min(PLACE, len(self.columns))
            self.columns = (*self.columns[:place], WHY, *self.columns[place:])
            self._take_kinds()

    def _keep(self, places: Iterable[int], rows: Iterable[tuple[Any, ...]]) -> None:
        if self._question:
            rows = list(rows)
            why = self._source.reasons([str(values[-1]) for values in rows if values], self._question)
            rows = [values and (*values[:PLACE], why.get(str(values[-1]), ""), *values[PLACE:]) for values in rows]
        super()._keep(places, rows)
