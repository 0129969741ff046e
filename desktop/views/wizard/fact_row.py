"""One field of a condition: what is asked, its editor, and where the answer came from."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.rules.facts import ITEM_LABELS
from desktop.services.questions import FactInput
from desktop.views import formats, theme
from desktop.views.choice_editors import make_editor
from desktop.views.editors import TextEditor
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import Button, StatusIcon
from desktop.views.panes import pane_width
from desktop.views.wizard.ticks_editor import TicksEditor

LABEL_WIDTH = 176
NARROW = {"number": 140, "money": 160, "date": 180}
SHOWN_ITEMS = 6
ID_LENGTH = 36
IN_REGISTER = frozenset({"workrooms"})
"""Records that the registry can show."""


class FactRow(QWidget):
    """Shows one input; tells what is typed, what is to be saved, and a wish to see the record behind it."""

    edited = Signal(str, object)
    committed = Signal(str, object)
    open_record = Signal(str, str, str)

    def __init__(self, asked: FactInput) -> None:
        super().__init__()
        self.asked = asked
        self.editor = editor_of(asked)
        self._status = StatusIcon()
        self._label = theme.label(asked.label, wrap=True)
        self._shown = theme.label(wrap=True)
        self._unit = theme.label(asked.unit, "quiet")
        self._source = theme.label(role="small", wrap=True)
        self._open = Button("到台账修改", "jump", "link")
        self._open.hide()
        self._build_layout()
        self._connect_signals()
        self.show_input(asked)

    def _build_layout(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(2))
        self._label.setFixedWidth(pane_width(LABEL_WIDTH))
        self._label.setContentsMargins(0, theme.px(6), 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._label, 0, 0, 2, 1, top)
        grid.addLayout(self._answer_row(), 0, 1)
        grid.addWidget(self._status, 0, 2, top)
        foot = QHBoxLayout()
        foot.addWidget(self._source, 1)
        foot.addWidget(self._open)
        grid.addLayout(foot, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self._status.hide()

    def _answer_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        if self.editor is None:
            self._shown.setMinimumHeight(theme.px(30))
            row.addWidget(self._shown, 1)
            return row
        self.editor.setAccessibleName(self.asked.label)
        self._label.setBuddy(self.editor)
        if self.asked.type in NARROW:
            self.editor.control.setFixedWidth(theme.px(NARROW[self.asked.type]))
        row.addWidget(self.editor, 0 if self.asked.type in NARROW else 1)
        row.addWidget(self._unit, 1 if self.asked.type in NARROW else 0)
        return row

    def _connect_signals(self) -> None:
        self._open.clicked.connect(self._ask_for_record)
        if self.editor is not None:
            self.editor.edited.connect(lambda value: self.edited.emit(self.asked.fact, self._plain(value)))
            self.editor.committed.connect(lambda value: self.committed.emit(self.asked.fact, self._plain(value)))

    def _plain(self, value: Any) -> Any:
        # Only ticks tell "none" from "not answered".
        return value if isinstance(self.editor, TicksEditor) else plain(value)

    def show_input(self, asked: FactInput) -> None:
        """Show the answer as it now stands; a field that is being typed in keeps its text."""
        self.asked = asked
        self._source.setText(source_words(asked))
        if self.editor is None:
            self._shown.setText(shown_words(asked))
            self._open.setVisible(asked.record is not None and asked.record[0] in IN_REGISTER)
        elif not self.editor.has_focus() and not self.editor.error():
            self.editor.set_value(asked.value)

    def refuse(self, sentence: str) -> None:
        """Show beside the field what is wrong with the entry; an empty sentence takes it away."""
        if self.editor is not None:
            self.editor.set_error(sentence)

    def show_status(self, status: str | None) -> None:
        """Show the worst finding that reads this fact; None shows nothing."""
        self._status.setVisible(status is not None)
        if status is not None:
            self._status.show_status(status)

    def take_focus(self) -> None:
        """Put the cursor where the answer goes."""
        target: QWidget = self.editor if self.editor is not None else self._open
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_focus(self) -> bool:
        """Whether the cursor is in this row."""
        return self.editor.has_focus() if self.editor is not None else self._open.hasFocus()

    def save_now(self) -> None:
        """Commit what has been typed."""
        if self.editor is not None:
            self.editor.commit()

    def half_typed(self) -> tuple[str, str] | None:
        """Return the entry that was not taken and why; None when there is none."""
        return self.editor.half_typed() if isinstance(self.editor, TextEditor) else None

    def show_half_typed(self, text: str, words: str) -> None:
        """Put an entry back that was not taken."""
        if isinstance(self.editor, TextEditor):
            self.editor.show_half_typed(text, words)

    def _ask_for_record(self) -> None:
        if self.asked.record is not None:
            self.open_record.emit(*self.asked.record)


def editor_of(asked: FactInput) -> FieldEditor | None:
    """Return the editor of an input; None for what the register works out or lists by itself."""
    if asked.source == "derived" or asked.type == "items":
        return None
    if asked.type == "list" and asked.choices:
        return TicksEditor(asked.choices, none=asked.source != "record")
    return make_editor(asked.type, ("", *asked.choices) if asked.choices and asked.type == "text" else ())


def plain(value: Any) -> Any:
    """Return an editor's value as a fact: an empty entry is no answer, a decimal a number."""
    if value in ("", []):
        return None
    return float(value) if isinstance(value, Decimal) else value


def source_words(asked: FactInput) -> str:
    """Say where an answer came from, or who has still to give it."""
    if asked.source == "record":
        return "取自台账，改动写回台账" if asked.value is not None else "台账里还没有，填写后写入台账"
    if asked.source == "derived":
        return "由台账算出"
    if asked.source == "attested":
        return f"{asked.attested_by or '本工会'} {formats.date_text(asked.attested_on)}确认"
    return asked.hint or "台账里没有这一项，填写即为确认"


def shown_words(asked: FactInput) -> str:
    """Put a derived answer into words: the figure, or the first lines of a list."""
    if not isinstance(asked.value, list):
        return asked.described or formats.value_text(asked.value) or "台账里还没有"
    lines = [_item_words(item) for item in asked.value[:SHOWN_ITEMS]]
    more = [f"……共{len(asked.value)}项"] if len(asked.value) > SHOWN_ITEMS else []
    return "\n".join(lines + more) or "台账里还没有"


def _item_words(item: Any) -> str:
    """Put one listed record into a line: its name first, a year only where no day says more, flags by their names."""
    if not isinstance(item, dict):
        return str(item)
    dated = any(_is_date(value) for value in item.values())
    shown = {key: value for key, value in item.items() if value not in (None, "", []) and not (dated and key == "year")}
    ordered = sorted(shown, key=lambda key: (key not in ("name", "title"), key.endswith("year")))
    return "　".join(words for key in ordered if (words := _value_words(key, shown[key])))


def _value_words(key: str, value: Any) -> str:
    if key == "regulation" or _is_id(value):
        return ""
    if key == "tax_withheld_yuan":
        return f"代扣税{formats.value_text(value, 'money')}元" if Decimal(str(value)) else ""
    if key.endswith("_yuan"):
        return f"{formats.value_text(value, 'money')}元"
    if isinstance(value, bool):
        return ITEM_LABELS.get(key, key).removeprefix("是否") if value else ""
    if key == "year":
        return f"{value}年"
    return formats.date_text(value) if _is_date(value) else formats.value_text(value)


def _is_id(value: Any) -> bool:
    """Return whether a value is how the machine calls a record, which says nothing to a person."""
    try:
        return isinstance(value, str) and len(value) == ID_LENGTH and bool(UUID(value))
    except ValueError:
        return False


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"
