"""The menu that chooses which columns the register shows, one by one or as a set kept under a name."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.services.registry import BY_KEY, COLUMNS
from desktop.views.desk import Desk
from desktop.views.name_box import NameBox
from desktop.views.registry.found_table_model import FoundTableModel
from desktop.views.registry.workroom_table_model import ID, default_columns


class ColumnMenu(QMenu):
    """Tells `chosen(keys)`; the name can never be taken away. Sets of columns lie in this PC's settings.

    `sort_wanted(key)` asks for the order of a column, as a click on its head does.
    """

    chosen = Signal(tuple)
    sort_wanted = Signal(str)

    def __init__(self, desk: Desk, model: FoundTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
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
        self.order = QMenu("按一列排序(&O)", self)
        self.order.setToolTip("再选一次同一列，倒过来排")
        self.addMenu(self.order)
        self.usual = self.addAction("恢复常用的列")
        self.save = self.addAction("把现在的列存为一组(&S)…")
        self.sets, self.forget = QMenu("换成一组列(&C)", self), QMenu("删除一组列(&D)", self)
        self._set_actions = [self.addMenu(self.sets), self.addMenu(self.forget)]

    def _connect_signals(self) -> None:
        self.aboutToShow.connect(self.show_choice)
        self.usual.triggered.connect(lambda: self.chosen.emit(default_columns()))
        self.save.triggered.connect(self.ask_name)
        for key, action in self.choices.items():
            action.triggered.connect(lambda checked, key=key: self._toggle(key, checked))

    def kept(self) -> dict[str, tuple[str, ...]]:
        """Return the sets kept, by their names, without columns that this program does not know."""
        read = {name: tuple(text.split()) for name, text in self._desk.settings.column_sets.items()}
        known = {name: tuple(key for key in keys if key in BY_KEY) for name, keys in sorted(read.items())}
        return {name: keys for name, keys in known.items() if keys}

    def show_choice(self) -> None:
        """Mark the columns shown now, and list the sets."""
        shown = set(self._model.chosen_keys())
        for key, action in self.choices.items():
            action.setChecked(key in shown)
        self.order.clear()
        for key in self._model.chosen_keys():
            action = self.order.addAction(BY_KEY[key].title)
            action.triggered.connect(lambda _on=False, key=key: self.sort_wanted.emit(key))
        self.sets.clear()
        self.forget.clear()
        for name, keys in self.kept().items():
            self.sets.addAction(name).triggered.connect(lambda _on=False, keys=keys: self.chosen.emit(keys))
            self.forget.addAction(name).triggered.connect(lambda _on=False, name=name: self.drop(name))
        for action in self._set_actions:
            action.setEnabled(bool(self.kept()))

    def _toggle(self, key: str, checked: bool) -> None:
        keys = list(self._model.chosen_keys())
        if checked and key not in keys:
            keys.append(key)
        elif not checked and key in keys:
            keys.remove(key)
        self.chosen.emit(tuple(keys))

    def ask_name(self) -> None:
        """Ask under which name to keep the columns of now."""
        titles = "、".join(BY_KEY[key].title for key in self._model.chosen_keys())
        box = NameBox("保存一组列", f"现在的列：{titles}。同名的会被替换。", "", self.parentWidget())
        box.named.connect(self.keep)
        box.open()

    def keep(self, name: str) -> None:
        """Keep the columns of now under a name."""
        self._desk.remember(column_sets=self._desk.settings.column_sets | {name: " ".join(self._model.chosen_keys())})

    def drop(self, name: str) -> None:
        """Forget a set."""
        sets = {key: text for key, text in self._desk.settings.column_sets.items() if key != name}
        self._desk.remember(column_sets=sets)

    def open_under(self, widget: QWidget) -> None:
        """Open the menu under its button."""
        self.popup(widget.mapToGlobal(QPoint(0, widget.height() + 4)))
