"""What every group of forms of 办理 shares: showing a form on the road and saving what it gives."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.errors import DesktopError
from desktop.views.course.road_page import RoadPage
from desktop.views.desk import Desk


class FormRunner(QObject):
    """Saves through the one road for changes; `refused(error)` and `said(words, kind)` tell how it went."""

    refused = Signal(object)
    said = Signal(str, str)

    def __init__(self, desk: Desk, road: RoadPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._road = road
        self._connect_signals()

    def _connect_signals(self) -> None:
        raise NotImplementedError

    def run(self, words: str, change: Callable[[Any], Any], said: str, *, undoable: bool = True) -> None:
        """Run a short change; when it is saved the form goes away and `said` tells."""

        def saved(_value: Any) -> None:
            self._road.put_form_away()
            self.said.emit(said + ("（Ctrl+Z 可撤销）" if undoable else ""), "pass")

        self._desk.operations.run(words, change, saved, self._refuse, undoable=undoable)

    def _refuse(self, error: DesktopError) -> None:
        """Tell what stands against it; the cursor goes to the field that is at fault."""
        self.refused.emit(error)
        if self._road.form is not None:
            self._road.form.point_to(error.where)
