"""Choosing a workroom by a few letters of its name, unit or leader, as the registry's own search does."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop.services import registry
from desktop.views.wizard.picker import Hit, Picker

SHOWN = 50
COLUMNS = ("name", "unit", "leader", "level", "id")


class WorkroomPicker(Picker):
    """A search line over the registry's workrooms."""

    def __init__(self) -> None:
        super().__init__("工作室", "名称、单位、领衔人，或拼音首字母")
        self._path: Path | None = None
        self._registry: registry.Registry | None = None

    def load(self, path: Path) -> None:
        """Read the registry's order anew, keeping what is typed and picked; the keys come with the first search."""
        self._path = path
        self._registry = registry.load_registry(path, keys=False)
        self.search_again()

    def workroom_id(self) -> str:
        """Return the picked workroom's id, or an empty string."""
        return self.record_id()

    def found(self, text: str) -> Iterable[Hit] | None:
        """Return the first workrooms of those found."""
        if self._registry is None or self._path is None:
            return None
        if text.strip() and not self._registry.searchable:
            registry.load_keys(self._path, self._registry)
        found = registry.search(self._registry, text)
        rows = [self._registry.rows[position] for position in found.positions[:SHOWN]]
        return [_hit(values) for values in registry.page(self._path, rows, COLUMNS)]


def _hit(values: tuple[Any, ...]) -> Hit:
    name, unit, leader, level, workroom_id = (str(value or "") for value in values[-5:])
    return Hit(workroom_id, "　".join(part for part in (name, leader, level) if part), f"{name}\n{unit}")
