"""筛选: what the register is asked, kept under names of one's own and asked again with one click."""

import json
from typing import NamedTuple

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.views.desk import Desk
from desktop.views.name_box import NameBox
from desktop.views.registry.registry_tools import RegistryTools


class Question(NamedTuple):
    """What the register is asked: a search text, a level and a state, each "" for any."""

    text: str = ""
    level: str = ""
    state: str = ""


def question_of(kept: str) -> Question | None:
    """Read a kept question; None when the settings hold something else."""
    try:
        parts = json.loads(kept)
    except ValueError:
        return None
    fits = isinstance(parts, list) and len(parts) == len(Question._fields) and all(isinstance(p, str) for p in parts)
    return Question(*parts) if fits else None


class FilterMenu(QMenu):
    """Tells `chosen(question)`; the questions lie in this PC's settings."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, tools: RegistryTools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tools = tools
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.save = self.addAction("保存现在的筛选(&S)…")
        self.forget = QMenu("删除已存的筛选(&D)", self)
        self.forget_action = self.addMenu(self.forget)
        self.addSeparator()
        self._first = len(self.actions())

    def _connect_signals(self) -> None:
        self.aboutToShow.connect(self.show_kept)
        self.save.triggered.connect(self.ask_name)

    def kept(self) -> dict[str, Question]:
        """Return the questions kept, by their names."""
        read = {name: question_of(text) for name, text in self._desk.settings.filters.items()}
        return {name: question for name, question in sorted(read.items()) if question is not None}

    def show_kept(self) -> None:
        """List what is kept now."""
        for action in self.actions()[self._first :]:
            self.removeAction(action)
        self.forget.clear()
        self.save.setEnabled(bool(self._tools.conditions()))
        for name, question in self.kept().items():
            asked = self.addAction(name)
            asked.triggered.connect(lambda _on=False, question=question: self.chosen.emit(question))
            self.forget.addAction(name).triggered.connect(lambda _on=False, name=name: self.drop(name))
        self.forget_action.setEnabled(bool(self.kept()))
        if not self.kept():
            self.addAction("还没有存过筛选").setEnabled(False)

    def ask_name(self) -> None:
        """Ask under which name to keep the question of now."""
        words = f"以后从“筛选”里一点就列出：{self._tools.conditions()}。同名的会被替换。"
        box = NameBox("保存筛选", words, self._tools.conditions().strip("“”"), self.parentWidget())
        box.named.connect(self.keep)
        box.open()

    def keep(self, name: str) -> None:
        """Keep the question of now under a name."""
        text = json.dumps(self._tools.question(), ensure_ascii=False)
        self._desk.remember(filters=self._desk.settings.filters | {name: text})

    def drop(self, name: str) -> None:
        """Forget a question."""
        self._desk.remember(filters={key: text for key, text in self._desk.settings.filters.items() if key != name})

    def open_under(self, widget: QWidget) -> None:
        """Open the menu under its button."""
        self.popup(widget.mapToGlobal(QPoint(0, widget.height() + 4)))
