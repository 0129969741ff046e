"""The card that asks a few things in place: fields, two buttons, Escape puts it away."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QVBoxLayout

from desktop.views import theme
from desktop.views.arranging import ROOM, beside
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import Button

GIVE_UP: Final = "放弃已填的内容"


class AskForm(QFrame):
    """A card with fields and two buttons; `given(values)` hands the answers over, Escape puts it away.

    What was filled in is not given up at one stroke: the button then says so and is to be pressed again.
    """

    given = Signal(dict)
    put_away = Signal()

    def __init__(self, title: str, action: str, words: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.editors: dict[str, FieldEditor] = {}
        self._first: dict[str, Any] = {}
        self.accept = Button(action, role="primary")
        self.cancel = Button("取消")
        self.cancel.setShortcut("Esc")
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(theme.px(12))
        self.form.setVerticalSpacing(theme.px(6))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self.column.setSpacing(theme.px(8))
        self.column.addWidget(theme.label(title, "strong", wrap=True))
        if words:
            self.column.addWidget(theme.label(words, "quiet", wrap=True))
        self.column.addLayout(self.form)
        self._add_foot()

    def _add_foot(self) -> None:
        foot = beside(ROOM, self.cancel, self.accept)
        self.column.addLayout(foot)
        self.accept.clicked.connect(self._hand_over)
        self.cancel.clicked.connect(self._give_up)

    def add(self, name: str, title: str, editor: FieldEditor, value: Any = None) -> FieldEditor:
        """Add a field."""
        editor.setAccessibleName(title)
        if value is not None:
            editor.set_value(value)
        label = theme.label(title, "quiet")
        label.setBuddy(editor.control)
        self.form.addRow(label, editor)
        self.editors[name] = editor
        return editor

    def begin(self) -> None:
        """Put the cursor into the first field; from now on what differs was filled in by a person."""
        self._first = {name: editor.value() for name, editor in self.editors.items()}
        next(iter(self.editors.values())).control.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_to(self, name: str) -> None:
        """Put the cursor into the field that a refusal names, where the form has it."""
        editor = self.editors.get(name) or self.editors.get(f"ask.{name}")
        if editor is not None:
            editor.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def values(self) -> dict[str, Any]:
        """Return the answers."""
        for editor in self.editors.values():
            editor.commit()
        return {name: editor.value() for name, editor in self.editors.items()}

    def _give_up(self) -> None:
        if self._first and self.cancel.text() != GIVE_UP and self._is_filled_in():
            self.cancel.setText(GIVE_UP)
            self.cancel.setShortcut("Esc")
        else:
            self.put_away.emit()

    def _is_filled_in(self) -> bool:
        for editor in self.editors.values():
            editor.commit()
            if editor.error():
                return True
        # A field that holds nothing says so in more than one way.
        return any((editor.value() or None) != (self._first.get(name) or None) for name, editor in self.editors.items())

    def _hand_over(self) -> None:
        values = self.values()
        wrong = next((editor for editor in self.editors.values() if editor.error()), None)
        if wrong is not None:
            wrong.control.setFocus()
            return
        self.given.emit(values)
