"""The shared table with tick boxes that look like those of lists, in light and dark."""

from string import Template
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from desktop.paths import resource_folder
from desktop.views import theme
from desktop.views.table_view import TableView

STYLE: Final = Template("""
QTableView::indicator {
  width: 14px; height: 14px; border: 1px solid $edge; border-radius: 4px; background: $surface; }
QTableView::indicator:checked { background: $focus; border-color: $focus; image: url($icon); }
""")


class TickTable(TableView):
    """Follows the theme."""

    def __init__(self, *, dense: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(dense=dense, parent=parent)
        self._dress()

    def _dress(self) -> None:
        tokens = theme.tokens()
        icon = resource_folder() / "icons" / f"control-tick-{_ground(tokens.surface)}.svg"
        style = STYLE.substitute(edge=tokens.edge, surface=tokens.surface, focus=tokens.focus, icon=icon.as_posix())
        # Dressing changes the style, which calls back here.
        if style != self.styleSheet():
            self.setStyleSheet(style)

    def changeEvent(self, event: QEvent) -> None:
        """Dress anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


def _ground(surface: str) -> str:
    return "light" if surface == theme.LIGHT.surface else "dark"
