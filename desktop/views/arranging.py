"""Rows and columns of a page: what stands in them, their margins and spacing, said in one call."""

from typing import NamedTuple

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Margins = int | tuple[int, int, int, int]


class Wide(NamedTuple):
    """A part that takes its share of the room that is left; without a part the room stays empty."""

    part: QWidget | QLayout | None
    share: int = 1


Part = QWidget | QLayout | Wide
ROOM = Wide(None)
"""Empty room between two parts, or after the last."""


def stacked(
    *parts: Part, on: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None
) -> QVBoxLayout:
    """Return parts one below the other, laid out on a widget if one is given; margins and spacing in px.

    Margins are left, top, right and bottom, or one number for all; those that are not given are the style's.
    """
    made = QVBoxLayout(on) if on is not None else QVBoxLayout()
    _fill(made, parts, margins, spacing)
    return made


def beside(
    *parts: Part, on: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None
) -> QHBoxLayout:
    """Return parts side by side, as `stacked` does one below the other."""
    made = QHBoxLayout(on) if on is not None else QHBoxLayout()
    _fill(made, parts, margins, spacing)
    return made


def _fill(made: QBoxLayout, parts: tuple[Part, ...], margins: Margins | None, spacing: int | None) -> None:
    if margins is not None:
        made.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    if spacing is not None:
        made.setSpacing(spacing)
    for one in parts:
        part, share = one if isinstance(one, Wide) else (one, 0)
        if part is None:
            made.addStretch(share)
        elif isinstance(part, QWidget):
            made.addWidget(part, share)
        else:
            made.addLayout(part, share)
