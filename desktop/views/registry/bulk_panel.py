"""What can be done with several records at once: a field set in all of them, with what it would change told first."""

from collections.abc import Callable
from functools import cached_property, partial
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

AT_ONCE = 500
"""What would change is told at once for so many; more are looked through beside the window first."""
SHOWN = 3
"""How many of the old values are named before the rest is only counted."""


class Selected:
    """What was selected at one moment: how many records, and their ids, read when they are first needed."""

    def __init__(self, total: int, read: Callable[[], list[str]]) -> None:
        self.total = total
        self._read = read

    @cached_property
    def ids(self) -> list[str]:
        """The ids in the order of the list; may be asked for on any thread."""
        return self._read()


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
        self._selected, self._asked = Selected(0, list), 0
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

    def show_selection(self, total: int, ids: Callable[[], list[str]]) -> None:
        """Take how many records are selected; one alone, or none, puts the panel away.

        `ids` gives their ids, on any thread: of very many they are read only when something is to be done with them.
        """
        self._selected = Selected(total, ids)
        several = total > 1
        self.count.setText(f"已选 {total:,} 个" if several else "")
        self.field.set_read_only(self._desk.operations.read_only)
        self.setVisible(several)
        if several:
            self._preview()

    @property
    def ids(self) -> list[str]:
        """The ids of the records that are selected."""
        return self._selected.ids

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
        self._asked += 1
        if not name or not self._selected.total:
            return
        value, asked, selected = self.given(), self._asked, self._selected

        def look(session: Any) -> tuple[Any, str]:
            return _told(session, self.noun, name, value, bulk.preview(session, self.noun, selected.ids, name, value))

        if selected.total > AT_ONCE:
            # Only the last of what was typed meanwhile is shown.
            self.words.setText("正在数要改动多少……")
            self._desk.operations.read_long(
                "数要改动多少", lambda session, _progress: (asked, *look(session)), self._show_if_last, self._refused
            )
            return
        try:
            self._show_preview(*self._desk.operations.read(look))
        except DesktopError as error:
            self.words.setText(error.message)

    def _show_if_last(self, found: tuple[int, Any, str]) -> None:
        if found[0] == self._asked:
            self._show_preview(*found[1:])

    def _show_preview(self, told: Any, words: str) -> None:
        self.words.setText(words)
        self.apply.setText(f"修改 {told.changed:,} 个" if told.changed else "修改")
        self.apply.setEnabled(told.changed > 0 and not self._desk.operations.read_only)

    def change(self) -> None:
        """Set the field in all that are selected, as one change."""
        from desktop.services import bulk

        self.value.commit()
        name, value, selected = str(self.field.value()), self.given(), self._selected
        words = f"修改{selected.total:,}个的“{self._specs[name].title}”"

        def work(session: Any, progress: Progress) -> int:
            changed = bulk.preview(session, self.noun, selected.ids, name, value).changed
            tell = partial(_tell, progress, words)
            bulk.set_in_all(session, self.noun, selected.ids, name, value, tell)
            return changed

        self.apply.setEnabled(False)
        self._desk.operations.run_long(words, work, self.applied.emit, self._refused)

    def _refused(self, error: DesktopError) -> None:
        self.words.setText(error.message)
        self.refused.emit(error)


def _tell(progress: Progress, words: str, done: int, total: int) -> None:
    progress.report(done, total, words)


def _told(session: Any, noun: str, name: str, value: Any, found: Any) -> tuple[Any, str]:
    words = partial(value_words, session, noun, name)
    new = words(value)
    if not found.changed:
        return found, f"选中的 {found.total:,} 个的“{found.title}”已经都是{new}。"
    old = [f"{words(value)} {count:,} 个" for value, count in found.old[:SHOWN]]
    rest = sum(count for _value, count in found.old[SHOWN:])
    old += [f"其他 {rest:,} 个"] if rest else []
    same = f"；另有 {found.same:,} 个已经是这样" if found.same else ""
    return found, f"“{found.title}”改为{new}。原来：{'、'.join(old)}{same}。"
