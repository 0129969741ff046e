"""An editor for several words out of those a regulation names, to tick, with a line for others."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from desktop.views import formats, theme
from desktop.views.field_editor import FieldEditor

WIDE_WORD = 11
"""Words longer than this many characters take a row of their own."""


class TicksEditor(FieldEditor):
    """A list of words: the offered ones as ticks, the rest typed with 、 between them; a tick commits at once.

    Without a word there is no answer (None); with `none` one can also say that there are none (an empty list).
    """

    def __init__(self, choices: Sequence[str], none: bool = False, parent: QWidget | None = None) -> None:
        self._boxes = [QCheckBox(choice) for choice in choices]
        self._none = QCheckBox("无")
        self._offers_none = none
        self._others = QLineEdit()
        super().__init__(parent)

    def _make_control(self) -> QWidget:
        control = QWidget()
        grid = QGridLayout(control)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.px(2))
        columns = 1 if any(len(box.text()) > WIDE_WORD for box in self._boxes) else 2
        for position, box in enumerate(self._boxes):
            grid.addWidget(box, position // columns, position % columns)
        self._others.setPlaceholderText("其他，用顿号分开")
        grid.addWidget(self._none, grid.rowCount(), 0)
        self._none.setVisible(self._offers_none)
        grid.addWidget(self._others, grid.rowCount(), 0, 1, columns)
        control.setFocusProxy(self._boxes[0])
        return control

    def _connect_signals(self) -> None:
        super()._connect_signals()
        for box in self._boxes:
            box.clicked.connect(self._ticked)
            box.installEventFilter(self)
        self._none.clicked.connect(self._say_none)
        self._none.installEventFilter(self)
        self._others.textEdited.connect(self._typed)
        self._others.installEventFilter(self)

    def setAccessibleName(self, name: str) -> None:
        """Name every tick and the line."""
        super().setAccessibleName(name)
        for box in self._boxes:
            box.setAccessibleName(f"{name}：{box.text()}")
        self._none.setAccessibleName(f"{name}：无")
        self._others.setAccessibleName(f"{name}：其他")

    def has_focus(self) -> bool:
        """Whether one of the ticks or the line has the focus."""
        return any(control.hasFocus() for control in (self._others, self._none, *self._boxes))

    def _say_none(self, said: bool) -> None:
        self._show([] if said else None)
        self._ticked()

    def _ticked(self) -> None:
        self._typed()
        self.commit()

    def _show(self, value: Any) -> None:
        words = [str(word) for word in value or ()]
        offered = {box.text() for box in self._boxes}
        for box in self._boxes:
            box.setChecked(box.text() in words)
        self._others.setText("、".join(word for word in words if word not in offered))
        self._none.setChecked(self._offers_none and value is not None and not words)

    def _read(self) -> list[str] | None:
        words = [box.text() for box in self._boxes if box.isChecked()] + formats.parse_words(self._others.text())
        if words:
            self._none.setChecked(False)
        return words or ([] if self._none.isChecked() else None)
