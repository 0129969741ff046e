"""A form over one record: its fields in two columns, each saved as it is typed, with its message beside it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.choice_editors import make_editor
from desktop.views.desk import Desk
from desktop.views.editors import ParagraphEditor
from desktop.views.field_editor import FieldEditor
from desktop.views.record_choice import record_editor
from desktop.views.reference_editor import ReferenceEditor

LONG: Final = frozenset({
    "name", "unit_id", "lead_workroom_id", "venue_address", "address", "equipment_note", "note", "systems",
    "venue_signs", "tags",
})  # fmt: skip
PARAGRAPHS: Final = frozenset({"equipment_note", "note"})
PAGES: Final = {"people": "打开这个人的页面", "units": "打开这个单位的页面"}
"""Nouns whose records have a page of their own, to which a field that names one leads."""
REST_MS: Final = 350
"""How long typing rests before the record is looked over, in milliseconds."""
LABEL_PX: Final = 104
TWO_COLUMNS_PX: Final = 530
"""The width from which fields stand in two columns, in px at scale 1."""


class RecordForm(QWidget):
    """Shows the named fields of one record of a noun. `saved(name)` follows each field that is safely stored."""

    saved = Signal(str)

    def __init__(self, desk: Desk, noun: str, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.noun = noun
        self._names = tuple(names)
        self.record_id = ""
        self._record: dict[str, Any] = {}
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self.editors: dict[str, FieldEditor] = {}
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        from desktop.services import records

        self._specs = {spec.name: spec for spec in records.fields(self.noun)}
        self._cells = {name: self._make(name) for name in self._names}
        self._in_two = True
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._place()

    def _place(self) -> None:
        self._grid.setColumnMinimumWidth(2, theme.px(8) if self._in_two else 0)
        self._grid.setColumnStretch(4, 1 if self._in_two else 0)
        row = column = 0
        for name, (label, editor) in self._cells.items():
            long = name in LONG or not self._in_two
            if long and column:
                row, column = row + 1, 0
            self._grid.addWidget(label, row, column)
            self._grid.addWidget(editor, row, column + 1, 1, 4 if long else 1)
            column = 0 if long or column else 3
            row += 0 if column else 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one column where two would not fit."""
        super().resizeEvent(event)
        in_two = event.size().width() >= theme.px(TWO_COLUMNS_PX)
        if in_two != self._in_two:
            self._in_two = in_two
            self._place()

    def minimumSizeHint(self) -> QSize:
        """Only one column is needed: the second gives way."""
        return QSize(theme.px(LABEL_PX + 160), super().minimumSizeHint().height())

    def _make(self, name: str) -> tuple[QLabel, FieldEditor]:
        spec = self._specs[name]
        if spec.type == "reference":
            editor: FieldEditor = self._reference(spec.target)
        elif name in PARAGRAPHS:
            editor = ParagraphEditor()
        else:
            editor = make_editor("number" if spec.type == "decimal" else spec.type, spec.choices)
        unit = f"（{spec.unit}）" if spec.unit else ""
        label = theme.label(f"{spec.title}{unit}", "quiet", wrap=True)
        label.setFixedWidth(theme.px(LABEL_PX))
        label.setBuddy(editor.control)
        label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        editor.setAccessibleName(spec.title)
        editor.setToolTip(spec.hint)
        self.editors[name] = editor
        return label, editor

    def _reference(self, target: str) -> ReferenceEditor:
        editor = record_editor(self._desk, target)
        if target in PAGES:
            editor.offer_page(PAGES[target])
            editor.open_wanted.connect(lambda record_id: self._desk.go.emit(target, target, record_id))
        return editor

    def _connect_signals(self) -> None:
        self._rest.timeout.connect(self.remark)
        for name, editor in self.editors.items():
            editor.edited.connect(lambda _value: self._rest.start())
            editor.committed.connect(lambda value, name=name: self._save(name, value))

    def show_record(self, record: dict[str, Any] | None) -> None:
        """Show a record, or empty fields when there is none; what is being typed is first saved to its own record."""
        new_id = str(record["id"]) if record else ""
        if new_id != self.record_id:
            for editor in self.editors.values():
                editor.commit()
        self.record_id = new_id
        for name, editor in self.editors.items():
            editor.set_value(record.get(name) if record else None)
            editor.set_read_only(record is None or self._desk.operations.read_only)
        self._record = dict(record or {})
        self.remark()

    def remark(self) -> None:
        """Say beside the fields what is doubtful in the record as it stands in them now; nothing is refused by it."""
        from desktop.services.record.live import is_checked, live_remarks

        self._rest.stop()
        if not is_checked(self.noun):
            return
        typed = {name: editor.value() for name, editor in self.editors.items()}
        plain = {name: str(value) if isinstance(value, Decimal) else value for name, value in typed.items()}
        record = self._record | plain
        told = (
            self._desk.operations.read(lambda session: live_remarks(session, self.noun, record, self.editors))
            if self._record
            else ()
        )
        for name, editor in self.editors.items():
            words = (one.message.removeprefix(f"“{self._specs[name].title}”") for one in told if one.field == name)
            editor.set_remark("；".join(words))

    def _save(self, name: str, value: Any) -> None:
        from desktop.services import records

        if not self.record_id:
            return
        plain = float(value) if isinstance(value, Decimal) else value
        data = {"id": self.record_id, name: plain}
        editor = self.editors[name]

        def refused(error: DesktopError) -> None:
            editor.set_error(error.message)

        self._desk.operations.run(
            f"修改{self._specs[name].title}",
            lambda session: records.put_records(session, self.noun, data),
            lambda _value: self.saved.emit(name),
            refused,
        )
