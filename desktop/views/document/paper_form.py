"""A paper's fields: what was composed, what is missing, and what a person types over it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.services.paper.composing import PaperField
from desktop.views import theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.choice_editors import make_editor
from desktop.views.editors import ParagraphEditor
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import StatusIcon

BODY_HEIGHT = 260


class ParagraphsEditor(ParagraphEditor):
    """Paragraphs, a line each, held as a list of texts."""

    def _show(self, value: Any) -> None:
        super()._show("\n".join(value) if isinstance(value, list) else value)

    def _read(self) -> Any:
        return [line.strip() for line in super()._read().splitlines() if line.strip()]


class FieldRow(QWidget):
    """One field: its title, whether it is missing, its editor and hint."""

    edited = Signal(str, object)

    def __init__(self, field: PaperField) -> None:
        super().__init__()
        self.field = field
        self.editor = paper_editor(field)
        self._mark = StatusIcon("unknown")
        self._title = theme.label(field.title, "quiet")
        self._missing = theme.label("待补", "missing")
        self._hint = theme.label(field.hint, "small", wrap=True)
        self._build_layout()
        self._connect_signals()
        self.editor.set_value(field.value)
        self.show_field(field)

    def _build_layout(self) -> None:
        head = beside(Wide(self._title), self._mark, self._missing, spacing=theme.px(6))
        stacked(head, self.editor, self._hint, on=self, margins=(0, theme.px(4), 0, theme.px(4)), spacing=theme.px(2))
        self._title.setBuddy(self.editor)
        self.editor.setAccessibleName(self.field.title)

    def _connect_signals(self) -> None:
        self.editor.edited.connect(lambda value: self.edited.emit(self.field.name, value))

    def show_field(self, field: PaperField) -> None:
        """Show the field as composed anew; what is being typed is left alone."""
        self.field = field
        self._mark.setVisible(field.missing)
        self._missing.setVisible(field.missing)
        self._hint.setVisible(bool(field.hint))
        if not self.editor.has_focus() and self.editor.value() != field.value:
            self.editor.set_value(field.value)


class PaperForm(QScrollArea):
    """The fields of one paper; `edited` carries name and value as they are typed."""

    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, FieldRow] = {}
        self._paper = ""
        self._build_layout()

    def _build_layout(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, theme.px(4), 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._warning_block())
        self._column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _warning_block(self) -> QWidget:
        self._warning, self._warnings = QFrame(), theme.label(wrap=True)
        self._warning.setProperty("role", "strip-warn")
        row = QHBoxLayout(self._warning)
        row.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(StatusIcon("warn"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._warnings, 1)
        self._warning.hide()
        return self._warning

    def show_warnings(self, warnings: Sequence[str]) -> None:
        """Say above the fields what to look at."""
        self._warnings.setText("\n".join(warnings))
        self._warning.setVisible(bool(warnings))

    def show_fields(self, fields: Sequence[PaperField], paper: str = "") -> None:
        """Show these fields; while `paper` names the same one, rows stay where their names and types did."""
        names = [(field.name, field.type) for field in fields]
        if paper != self._paper or names != [(row.field.name, row.field.type) for row in self.rows()]:
            self._paper = paper
            self._rebuild(fields)
        for field in fields:
            self._rows[field.name].show_field(field)

    def focus_missing(self) -> None:
        """Go to the first field that must still be given."""
        row = next((row for row in self.rows() if row.field.missing), None)
        if row is not None:
            self.ensureWidgetVisible(row)
            row.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def rows(self) -> list[FieldRow]:
        """Return the rows in order."""
        return list(self._rows.values())

    def row(self, name: str) -> FieldRow:
        """Return the row of one field."""
        return self._rows[name]

    def set_read_only(self, read_only: bool) -> None:
        """Show the fields without letting them be changed (an issued paper)."""
        for row in self.rows():
            row.editor.set_read_only(read_only)

    def _rebuild(self, fields: Sequence[PaperField]) -> None:
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for field in fields:
            row = self._rows[field.name] = FieldRow(field)
            row.edited.connect(self.edited)
            self._column.insertWidget(self._column.count() - 1, row)


def paper_editor(field: PaperField) -> FieldEditor:
    """Return the editor that suits a paper's field."""
    if field.type == "paragraphs":
        editor = ParagraphsEditor()
        editor.control.setFixedHeight(theme.px(BODY_HEIGHT))
        return editor
    if field.type == "choice":
        return make_editor("text", field.choices)
    return make_editor({"names": "list"}.get(field.type, field.type))
