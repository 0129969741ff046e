"""An editor for several words out of those a regulation names, to tick, with a line for others."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from desktop.views import formats, theme
from desktop.views.field_editor import FieldEditor

WIDE_WORD = 11
"""Words longer than this many characters take a row of their own."""


class TicksEditor(FieldEditor):
    """A list of words: the offered ones as ticks, the rest typed with 、 between them; a tick commits at once."""

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        self._boxes = [QCheckBox(choice) for choice in choices]
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
        grid.addWidget(self._others, grid.rowCount(), 0, 1, columns)
        control.setFocusProxy(self._boxes[0])
        return control

    def _connect_signals(self) -> None:
        super()._connect_signals()
        for box in self._boxes:
            box.clicked.connect(self._ticked)
            box.installEventFilter(self)
        self._others.textEdited.connect(self._typed)
        self._others.installEventFilter(self)

    def setAccessibleName(self, name: str) -> None:
        """Name every tick and the line."""
        super().setAccessibleName(name)
        for box in self._boxes:
            box.setAccessibleName(f"{name}：{box.text()}")
        self._others.setAccessibleName(f"{name}：其他")

    def has_focus(self) -> bool:
        """Whether one of the ticks or the line has the focus."""
        return self._others.hasFocus() or any(box.hasFocus() for box in self._boxes)

    def _ticked(self) -> None:
        self._typed()
        self.commit()

    def _show(self, value: Any) -> None:
        words = [str(word) for word in value or ()]
        offered = {box.text() for box in self._boxes}
        for box in self._boxes:
            box.setChecked(box.text() in words)
        self._others.setText("、".join(word for word in words if word not in offered))

    def _read(self) -> list[str]:
        return [box.text() for box in self._boxes if box.isChecked()] + formats.parse_words(self._others.text())
