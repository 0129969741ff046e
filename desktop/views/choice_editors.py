"""The field editors that are chosen from: one of a few words, 是 or 否; and the editor for each kind of value."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QWidget,
)

from desktop.views import formats, theme
from desktop.views.editors import DateEditor, NumberEditor, TextEditor, WordsEditor, YuanEditor
from desktop.views.field_editor import FieldEditor

LIST_MARGIN_PX: Final = 32
"""What stands beside the words in an open list: its edges and the scroll bar of a long one, at scale 1."""
WIDEST_PX: Final = 560


def make_editor(kind: str, choices: tuple[str, ...] = ()) -> FieldEditor:
    """Return the editor of a kind of value (text, money, date, number, bool, list, or one of `choices`)."""
    if choices and kind != "list":
        return ChoiceEditor(choices)
    editors: dict[str, type[FieldEditor]] = {
        "money": YuanEditor,
        "date": DateEditor,
        "number": NumberEditor,
        "bool": TruthEditor,
        "list": WordsEditor,
    }
    return editors.get(kind, TextEditor)()


class ChoiceBox(QComboBox):
    """A box whose list opens below it, whole, and shows long names to their end."""

    def showPopup(self) -> None:
        """Open the list, wider than the box where its words need that."""
        view = self.view()
        needed = view.sizeHintForColumn(0) + theme.px(LIST_MARGIN_PX)
        view.setMinimumWidth(max(self.width(), min(needed, theme.px(WIDEST_PX))))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the choice; what does not fit ends in dots, not in half a character."""
        shown = QStyleOptionComboBox()
        self.initStyleOption(shown)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, shown, part, self).width()
        shown.currentText = self.shown_words(room)  # type: ignore[attr-defined]
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, shown)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, shown)

    def shown_words(self, room: int) -> str:
        """Return the choice as it stands in `room` px."""
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)


class ChoiceEditor(FieldEditor):
    """One of a few choices; commits at once."""

    control: QComboBox

    def __init__(self, choices: Sequence[str | tuple[Any, str]], parent: QWidget | None = None) -> None:
        self._choices = [choice if isinstance(choice, tuple) else (choice, choice) for choice in choices]
        super().__init__(parent)

    def _make_control(self) -> QComboBox:
        control = ChoiceBox()
        control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        control.setMinimumContentsLength(4)
        for value, words in self._choices:
            control.addItem(words or "（未填）", value)
        return control

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.control.activated.connect(self._chosen)
        self.control.currentIndexChanged.connect(self._typed)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other choices, keeping the value when it is among them."""
        self._choices = list(choices)
        blocked = self.control.blockSignals(True)
        self.control.clear()
        for value, words in self._choices:
            self.control.addItem(words or "（未填）", value)
        self._show(self._value)
        self.control.blockSignals(blocked)

    def _chosen(self) -> None:
        self.commit()

    def _show(self, value: Any) -> None:
        index = next((i for i, (known, _words) in enumerate(self._choices) if known == value), -1)
        if index < 0 and value not in (None, ""):
            # A value from another office or a newer list is kept and shown, never silently replaced.
            self._choices.append((value, str(value)))
            self.control.addItem(str(value), value)
            index = self.control.count() - 1
        self.control.setCurrentIndex(index)

    def _read(self) -> Any:
        index = self.control.currentIndex()
        return None if index < 0 else self._choices[index][0]


class TruthEditor(FieldEditor):
    """是, 否 or not answered yet: True, False, None; commits at once. 是/否 again takes the answer back."""

    def _make_control(self) -> QWidget:
        control = QWidget()
        layout = QHBoxLayout(control)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._group = QButtonGroup(control)
        self._group.setExclusive(False)
        self._buttons = {answer: self._make_button(words) for answer, words in ((True, "是"), (False, "否"))}
        for button in self._buttons.values():
            layout.addWidget(button)
        layout.addStretch(1)
        control.setFocusProxy(self._buttons[True])
        return control

    def _make_button(self, words: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setCheckable(True)
        button.setProperty("role", "answer")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(button)
        return button

    def _connect_signals(self) -> None:
        super()._connect_signals()
        for answer, button in self._buttons.items():
            button.clicked.connect(lambda checked, answer=answer: self._answer(answer if checked else None))
            button.installEventFilter(self)

    def setAccessibleName(self, name: str) -> None:
        """Name both answers."""
        super().setAccessibleName(name)
        for answer, button in self._buttons.items():
            button.setAccessibleName(f"{name}：{formats.YES_WORDS[answer]}")

    def has_focus(self) -> bool:
        """Whether either answer has the focus."""
        return any(button.hasFocus() for button in self._buttons.values())

    def _answer(self, answer: bool | None) -> None:
        self._show(answer)
        self._typed()
        self.commit()

    def _show(self, value: Any) -> None:
        for answer, button in self._buttons.items():
            button.setChecked(value is answer)

    def _read(self) -> bool | None:
        return next((answer for answer, button in self._buttons.items() if button.isChecked()), None)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            other = self._buttons[False] if self._buttons[True].hasFocus() else self._buttons[True]
            other.setFocus()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._buttons[False].focusNextPrevChild(True)
            return True
        return False
