"""What can be done with several records at once: a field set in all of them, with what it would change told first."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.background import Progress
from desktop.views.choice_editors import ChoiceEditor, make_editor
from desktop.views.desk import Desk
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import Button
from desktop.views.value_words import value_words

SHOWN = 3
"""How many of the old values are named before the rest is only counted."""


class BulkPanel(QFrame):
    """Stands over the list while several rows are selected; `applied(count)` follows one undoable change of all."""

    applied = Signal(int)
    refused = Signal(object)
    export_wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk, noun: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.noun = noun
        self.ids: list[str] = []
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        from desktop.services import bulk

        self.setProperty("role", "card")
        self._specs = {spec.name: spec for spec in bulk.bulk_fields(self.noun)}
        self.count = theme.label(role="strong")
        self.export = Button("导出选中的", "export", "link")
        self.leave = Button("取消选择", role="link", tip="只留光标所在的一行（Esc）")
        self.field = ChoiceEditor([("", "改哪一栏……"), *((name, spec.title) for name, spec in self._specs.items())])
        self.field.setAccessibleName("要成批修改的栏目")
        self.field.set_value("")
        self.value: FieldEditor = make_editor("text")
        self.apply = Button("修改", "pass", "primary")
        self.words = theme.label(role="quiet", wrap=True)
        head = beside(Wide(self.count), self.export, self.leave, spacing=8)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.field, 2)
        self._row.addWidget(self.value, 3, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.apply)
        stacked(head, self._row, self.words, on=self, margins=(12, 8, 12, 8), spacing=4)
        self._take_editor(make_editor("text"))

    def _connect_signals(self) -> None:
        self.field.edited.connect(lambda _name: self._show_field())
        self.apply.clicked.connect(self.change)
        self.export.clicked.connect(self.export_wanted)
        self.leave.clicked.connect(self.left)

    # -- what is selected ------------------------------------------------------------------------------------------

    def show_selection(self, ids: list[str]) -> None:
        """Take the records that are selected; one alone, or none, puts the panel away."""
        self.ids = ids
        several = len(ids) > 1
        self.count.setText(f"已选 {len(ids)} 个" if several else "")
        self.field.set_read_only(self._desk.operations.read_only)
        self.setVisible(several)
        if several:
            self._preview()

    def _show_field(self) -> None:
        spec = self._specs.get(str(self.field.value() or ""))
        kind = "text" if spec is None else "number" if spec.type == "decimal" else spec.type
        self._take_editor(make_editor(kind, spec.choices if spec else ()))
        if spec is not None:
            self.value.setAccessibleName(f"{spec.title}改为")
            self.value.setToolTip(spec.hint)
            self.value.set_value(None)
        self._preview()

    def _take_editor(self, editor: FieldEditor) -> None:
        self._row.replaceWidget(self.value, editor)
        self.value.hide()
        self.value.deleteLater()
        self.value = editor
        self.value.setEnabled(bool(self.field.value()))
        self.value.edited.connect(lambda _value: self._preview())
        self.value.entered.connect(self.apply.setFocus)

    def given(self) -> Any:
        """Return the value to be set, in JSON form."""
        spec, value = self._specs[str(self.field.value())], self.value.value()
        return str(value) if spec.type == "decimal" and value is not None else value

    # -- what it would do, and doing it ----------------------------------------------------------------------------

    def _preview(self) -> None:
        from desktop.services import bulk

        name = str(self.field.value() or "")
        self.apply.setEnabled(False)
        self.words.setText("" if name else "选一栏，填上新内容，会先告诉您要改动多少；改了以后可以一步撤销。")
        if not name or not self.ids:
            return
        try:
            told, words = self._desk.operations.read(
                lambda session: self._told(session, bulk.preview(session, self.noun, self.ids, name, self.given()))
            )
        except DesktopError as error:
            self.words.setText(error.message)
            return
        self.words.setText(words)
        self.apply.setText(f"修改 {told.changed} 个" if told.changed else "修改")
        self.apply.setEnabled(told.changed > 0 and not self._desk.operations.read_only)

    def _told(self, session: Any, found: Any) -> tuple[Any, str]:
        words = partial(value_words, session, self.noun, str(self.field.value()))
        new = words(self.given())
        if not found.changed:
            return found, f"选中的 {found.total} 个的“{found.title}”已经都是{new}。"
        old = [f"{words(value)} {count} 个" for value, count in found.old[:SHOWN]]
        rest = sum(count for _value, count in found.old[SHOWN:])
        old += [f"其他 {rest} 个"] if rest else []
        same = f"；另有 {found.same} 个已经是这样" if found.same else ""
        return found, f"“{found.title}”改为{new}。原来：{'、'.join(old)}{same}。"

    def change(self) -> None:
        """Set the field in all that are selected, as one change."""
        from desktop.services import bulk

        self.value.commit()
        name, value, ids = str(self.field.value()), self.given(), list(self.ids)
        title = self._specs[name].title

        def work(session: Any, progress: Progress) -> int:
            progress.report(0, 0, f"修改 {len(ids)} 个的“{title}”")
            changed = bulk.preview(session, self.noun, ids, name, value).changed
            bulk.set_in_all(session, self.noun, ids, name, value)
            return changed

        self.apply.setEnabled(False)
        self._desk.operations.run_long(f"修改{len(ids)}个的“{title}”", work, self.applied.emit, self._refused)

    def _refused(self, error: DesktopError) -> None:
        self.words.setText(error.message)
        self.refused.emit(error)
