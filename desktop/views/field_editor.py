"""The base of the field editors: one value with its message beside it, saved when typing rests."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from desktop.views import theme

PAUSE_MS: Final = 700
"""How long typing rests before a field saves itself, in milliseconds."""


class FieldEditor(QWidget):
    """An editor of one value with its message beside it.

    `edited(value)` follows every change that can be read as a value (for live figures and verdicts); `committed(value)`
    follows when the field is left or typing rests, once for each new value, never during input-method pre-edit.
    `value()` is in the record's own form; bad text keeps the old value, shows why, and commits nothing.
    """

    edited = Signal(object)
    committed = Signal(object)
    left = Signal()
    entered = Signal()
    abandoned = Signal()
    moves_on = True
    """Whether Enter goes to the next field; inside a table's cell the table decides."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Any = None
        self._saved: Any = None
        self._composing = False
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.control = self._make_control()
        self._message: QLabel | None = None
        self._remark: QLabel | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.control)
        self.setFocusProxy(self.control)

    def _connect_signals(self) -> None:
        self._timer.timeout.connect(self._rested)
        self.control.installEventFilter(self)

    # -- what subclasses give --------------------------------------------------------------------------------------

    def _make_control(self) -> QWidget:
        raise NotImplementedError

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def _read(self) -> Any:
        """Return the value in the control; ValueError in Chinese when it cannot be read."""
        raise NotImplementedError

    # -- for forms -------------------------------------------------------------------------------------------------

    def value(self) -> Any:
        """Return the last value that could be read."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value without telling of an edit; what is being typed is left alone when the value is the same."""
        if self.has_focus() and value == self._saved:
            return
        self._timer.stop()
        self._value = self._saved = value
        blocked = self.control.blockSignals(True)
        self._show(value)
        self.control.blockSignals(blocked)
        self.set_error("")

    def set_error(self, words: str) -> None:
        """Show what is wrong under the field; an empty string takes it away."""
        if self._message is None and not words:
            return
        self._message_label().setText(words)
        self._message_label().setVisible(bool(words))
        if bool(self.control.property("invalid")) != bool(words):
            self.control.setProperty("invalid", bool(words))
            self.control.style().unpolish(self.control)
            self.control.style().polish(self.control)
        self.control.setAccessibleDescription(words)
        self._show_remark()

    def error(self) -> str:
        """Return the message under the field."""
        return "" if self._message is None else self._message.text()

    def set_remark(self, words: str) -> None:
        """Show a doubt quietly under the field; the value is kept all the same. An empty string takes it away."""
        if self._remark is None:
            if not words:
                return
            self._remark = theme.label(role="warn", wrap=True)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._remark)
        self._remark.setText(words)
        self._show_remark()

    def remark(self) -> str:
        """Return the doubt shown under the field."""
        return "" if self._remark is None else self._remark.text()

    def _show_remark(self) -> None:
        # What is wrong goes before what is doubtful.
        if self._remark is not None:
            self._remark.setVisible(bool(self.remark()) and not self.error())
            self.control.setAccessibleDescription(self.error() or self.remark())

    def _message_label(self) -> QLabel:
        """Return the label under the field, made for the first message: most fields never have one."""
        if self._message is None:
            self._message = theme.label(role="fail", wrap=True)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._message)
        return self._message

    def set_read_only(self, read_only: bool) -> None:
        """Show the value without letting it be changed."""
        self.control.setEnabled(not read_only)

    def has_focus(self) -> bool:
        """Whether the cursor is in the field."""
        return self.control.hasFocus()

    def setAccessibleName(self, name: str) -> None:
        """Name the control itself, which is what assistive technology meets."""
        super().setAccessibleName(name)
        self.control.setAccessibleName(name)

    def commit(self) -> None:
        """Commit what is typed now, if it differs from what was last saved."""
        self._timer.stop()
        if self._take() and self._value != self._saved:
            self._saved = self._value
            self.committed.emit(self._value)

    # -- typing ----------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        before = self._value
        if self._take() or self._value != before:
            self.edited.emit(self._value)
        self._timer.start()

    def _take(self) -> bool:
        try:
            self._value = self._read()
        except ValueError:
            # What cannot be read is not a value: what was saved still holds.
            self._value = self._saved
            return False
        self.set_error("")
        return True

    def is_readable(self) -> bool:
        """Whether what stands in the control can be read as a value; what cannot is never replaced silently."""
        try:
            self._read()
        except ValueError:
            return False
        return True

    def _complain(self) -> None:
        try:
            self._read()
        except ValueError as error:
            self.set_error(str(error))

    def _rested(self) -> None:
        # During pre-edit the text on the screen is not in the control yet: saving now would save half a word.
        if self._composing:
            self._timer.start()
        else:
            self.commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the control for Enter (moves on), for leaving it (commits) and for pre-edit (waits)."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._leaves_undo(event):
            # Nothing typed here waits to be saved: Ctrl+Z means the last saved change, not this field's letters.
            event.ignore()
            return True
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif isinstance(event, QFocusEvent) and event.lostFocus():
            if event.reason() != Qt.FocusReason.PopupFocusReason and not self._shows_list():
                self._leave()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _shows_list(self) -> bool:
        """Whether the focus went into the list that the control itself opened: the field is not left by that."""
        popup = QApplication.activePopupWidget()
        return popup is not None and popup.parentWidget() is self.control

    def _leave(self) -> None:
        self._composing = False
        self.commit()
        self._complain()
        self.left.emit()

    def _key(self, event: QKeyEvent) -> bool:
        in_cell = not self.moves_on
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (in_cell and event.key() == Qt.Key.Key_Tab):
            self._enter()
            return True
        if event.key() == Qt.Key.Key_Escape and (in_cell or self._is_changed()):
            self.set_value_back()
            self.abandoned.emit()
            return True
        return False

    def _leaves_undo(self, event: QKeyEvent) -> bool:
        keys = QKeySequence.StandardKey
        return (event.matches(keys.Undo) or event.matches(keys.Redo)) and not self._is_changed()

    def _enter(self) -> None:
        self.commit()
        self._complain()
        if self.error():
            return
        before = self.window().focusWidget()
        self.entered.emit()
        # Who heard it may have gone elsewhere already; going on from there would lead one past it.
        if self.moves_on and self.window().focusWidget() is before:
            self.control.focusNextPrevChild(True)

    def _is_changed(self) -> bool:
        return bool(self.error()) or self._value != self._saved

    def set_value_back(self) -> None:
        """Put back the value that was last saved (Escape)."""
        self._value = self._saved
        self._show(self._saved)
        self.set_error("")
        self.edited.emit(self._value)
