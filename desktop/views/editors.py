"""The field editors that are typed into: text, money, numbers, lists of words, dates, paragraphs."""

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.views import formats, theme
from desktop.views.field_editor import FieldEditor


class TextEditor(FieldEditor):
    """One line of text."""

    control: QLineEdit

    def _make_control(self) -> QLineEdit:
        return QLineEdit()

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.control.textEdited.connect(self._typed)

    def _show(self, value: Any) -> None:
        self.control.setText("" if value is None else str(value))
        self.control.setCursorPosition(0)

    def _read(self) -> Any:
        return self.control.text().strip()

    def half_typed(self) -> tuple[str, str] | None:
        """Return the text that stands here but was not taken, and what is wrong with it; None when all is well."""
        self._complain()
        return (self.control.text(), self.error()) if self.error() else None

    def show_half_typed(self, text: str, words: str) -> None:
        """Show a text that was not taken, and what is wrong with it; the value stays."""
        self.control.setText(text)
        self.set_error(words)

    def set_placeholder(self, words: str) -> None:
        """Show quiet words while the field is empty."""
        self.control.setPlaceholderText(words)

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be selected and copied, but not changed."""
        self.control.setReadOnly(read_only)


class MoneyEditor(TextEditor):
    """Money typed in 元 (also 3万), held in 分; None when empty."""

    def _make_control(self) -> QLineEdit:
        control = super()._make_control()
        control.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return control

    def _show(self, value: Any) -> None:
        self.control.setText(formats.money_text(value))

    def _read(self) -> int | None:
        return formats.parse_money(self.control.text())

    def commit(self) -> None:
        """Commit, and show the amount with its separators once the field is left."""
        super().commit()
        if not self.has_focus() and self.is_readable():
            self._show(self._value)


class YuanEditor(MoneyEditor):
    """Money in the JSON form of records: a string of 元 with two places; None when empty."""

    def _show(self, value: Any) -> None:
        self.control.setText(formats.money_text(formats.fen_of_yuan(value)))

    def _read(self) -> Any:
        return formats.yuan_of_fen(super()._read())


class NumberEditor(TextEditor):
    """A whole number or a decimal of at most two places; None when empty."""

    def set_value(self, value: Any) -> None:
        """Show a value; a JSON number is the decimal it is written as, so that typing the same is no change."""
        super().set_value(Decimal(str(value)) if isinstance(value, float) else value)

    def _show(self, value: Any) -> None:
        self.control.setText(formats.number_text(value))

    def _read(self) -> int | Decimal | None:
        return formats.parse_number(self.control.text())


class WordsEditor(TextEditor):
    """A list of words typed with 、 between them."""

    def _show(self, value: Any) -> None:
        super()._show("、".join(str(word) for word in value or ()))

    def _read(self) -> list[str]:
        return formats.parse_words(self.control.text())


class DateEditor(TextEditor):
    """A date typed freely (2026-9-1, 20260901, 2026年9月1日), held as `YYYY-MM-DD` text; None when empty."""

    def _make_control(self) -> QLineEdit:
        control = super()._make_control()
        control.setPlaceholderText("如 2026-9-1")
        return control

    def _show(self, value: Any) -> None:
        self.control.setText(formats.date_text(value))

    def _read(self) -> str | None:
        day: date | None = formats.parse_date(self.control.text())
        return None if day is None else day.isoformat()

    def commit(self) -> None:
        """Commit, and show the date in words once the field is left."""
        super().commit()
        if not self.has_focus() and self.is_readable():
            self._show(self._value)


class ParagraphEditor(FieldEditor):
    """Several lines of text; Enter is a new line, Tab moves on."""

    control: QPlainTextEdit

    def _make_control(self) -> QPlainTextEdit:
        control = QPlainTextEdit()
        control.setTabChangesFocus(True)
        control.setFixedHeight(theme.px(76))
        return control

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.control.textChanged.connect(self._typed)

    def _show(self, value: Any) -> None:
        if self.control.toPlainText() != str(value or ""):
            self.control.setPlainText(str(value or ""))

    def _read(self) -> str:
        return self.control.toPlainText().strip()

    def _key(self, event: QKeyEvent) -> bool:
        plain_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        return False if plain_return else super()._key(event)

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be selected and copied, but not changed."""
        self.control.setReadOnly(read_only)
