"""The menu that chooses which columns the register shows."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.services.registry import COLUMNS
from desktop.views.registry.workroom_table_model import ID, WorkroomTableModel, default_columns


class ColumnMenu(QMenu):
    """Tells `chosen(keys)`; the name can never be taken away."""

    chosen = Signal(tuple)

    def __init__(self, model: WorkroomTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.choices: dict[str, QAction] = {}
        for column in COLUMNS:
            if column.key != ID:
                action = self.addAction(column.title)
                action.setCheckable(True)
                action.setEnabled(column.key != "name")
                self.choices[column.key] = action
        self.addSeparator()
        self.usual = self.addAction("恢复常用的列")

    def _connect_signals(self) -> None:
        self.aboutToShow.connect(self._show_choice)
        self.usual.triggered.connect(lambda: self.chosen.emit(default_columns()))
        for key, action in self.choices.items():
            action.triggered.connect(lambda checked, key=key: self._toggle(key, checked))

    def _show_choice(self) -> None:
        shown = {column.key for column in self._model.columns}
        for key, action in self.choices.items():
            action.setChecked(key in shown)

    def _toggle(self, key: str, checked: bool) -> None:
        keys = [column.key for column in self._model.columns]
        if checked and key not in keys:
            keys.append(key)
        elif not checked and key in keys:
            keys.remove(key)
        self.chosen.emit(tuple(keys))

    def open_under(self, widget: QWidget) -> None:
        """Open the menu under its button."""
        self.popup(widget.mapToGlobal(QPoint(0, widget.height() + 4)))
