"""The way back to where a jump began: the places left behind, and the line that leads to the last of them."""

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.views import theme
from desktop.views.arranging import ROOM, beside
from desktop.views.icons import Button

KEY: Final = "Alt+Left"
FARTHEST: Final = 50
"""How many places are kept; nobody walks farther back than that."""


@dataclass(frozen=True)
class Place:
    """Where somebody was: a view, and the record it showed, if any."""

    view: str
    noun: str = ""
    record_id: str = ""


@dataclass
class Trail:
    """The places that were left by a jump, the last one at the end."""

    places: list[Place] = field(default_factory=list)

    def leave(self, place: Place, target: Place) -> None:
        """Remember a place that is left for another one."""
        if place.view and place != target and (not self.places or self.places[-1] != place):
            self.places.append(place)
            del self.places[:-FARTHEST]

    def last(self) -> Place | None:
        """Return where the way back leads."""
        return self.places[-1] if self.places else None

    def take(self) -> Place | None:
        """Return where the way back leads, and forget it."""
        return self.places.pop() if self.places else None

    def clear(self) -> None:
        """Forget every place: somebody chose another tab."""
        self.places.clear()


class WayBack(QFrame):
    """A line over a view without a tab: 返回 and where to. `wanted` follows a click."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.button = Button("返回", "chevron-left", "link")
        beside(self.button, ROOM, on=self, margins=(theme.px(16), theme.px(8), theme.px(16), 0))
        self.hide()

    def _connect_signals(self) -> None:
        self.button.clicked.connect(self.wanted)

    def lead_to(self, title: str) -> None:
        """Say where the way leads; an empty title puts the line away."""
        self.button.setText(f"返回{title}")
        self.button.setToolTip(f"返回{title}（Alt+←）")
        self.setVisible(bool(title))
