"""The card that begins an application: by which regulation, for whom, for what, as of which day."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from desktop.rules.regulation import Regulation
from desktop.services import beginning
from desktop.services.beginning import ALLIANCE, OUTCOME, WORKROOM, Beginning, Candidate
from desktop.services.questions import kinds_of
from desktop.views import theme
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import DateEditor, TextEditor
from desktop.views.icons import Button
from desktop.views.wizard.picker import CandidatePicker, Picker
from desktop.views.wizard.workroom_picker import WorkroomPicker

LABEL_WIDTH = 88
LEAST_WIDTH = 372
"""The width in px that the day and the button need beside each other."""
ROOMY = 440
"""The height in px from which the card also explains itself."""
WORDS = {
    WORKROOM: "选适用的办法和一个工作室；台账里已有的内容会自动带入。",
    ALLIANCE: "选适用的办法和一个联盟；牵头工作室在台账里的内容会自动带入。",
    OUTCOME: "选奖项和成果的第一完成人；台账里已有的内容会自动带入。",
}
Finder = Callable[[str, str], Iterable[Candidate]]


class StartCard(QFrame):
    """Asks only what the chosen regulation tells apart; tells what is to be begun."""

    start_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._laws: dict[str, Regulation] = {}
        self._shown_law = ""
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.regulation, self.subject, self.kind = ChoiceEditor([]), ChoiceEditor([]), ChoiceEditor([])
        self.project, self.on = TextEditor(), DateEditor()
        self.project.set_placeholder("如 采煤机截割部快速更换")
        self.on.control.setMaximumWidth(theme.px(180))
        self.workrooms = WorkroomPicker()
        self.alliances = CandidatePicker("联盟", "联盟或牵头工作室的名称")
        self.people = CandidatePicker("第一完成人", "第一完成人的姓名、单位，或拼音首字母")
        self._pickers: dict[str, Picker] = {WORKROOM: self.workrooms, ALLIANCE: self.alliances, OUTCOME: self.people}
        self._stack = QStackedWidget()
        for picker in self._pickers.values():
            self._stack.addWidget(picker)
        self.start = Button("开始填写", role="primary")
        self._words = theme.label(WORDS[WORKROOM], "quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(8))
        column.addWidget(theme.label("新的申报", "heading"))
        column.addWidget(self._words)
        column.addLayout(self._head_form())
        column.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(12))
        foot.addLayout(self._foot_form(), 1)
        foot.addWidget(self.start, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)

    def _head_form(self) -> QFormLayout:
        self._head = _form()
        self._add_row(self._head, "适用办法", "B", self.regulation)
        self._add_row(self._head, "申报对象", "X", self.subject)
        return self._head

    def _foot_form(self) -> QFormLayout:
        self._foot = _form()
        self._add_row(self._foot, "申报级别", "J", self.kind)
        self._add_row(self._foot, "成果名称", "M", self.project)
        self._add_row(self._foot, "认定基准日", "R", self.on)
        # Which of these a regulation asks for is known later; all at once would make a small window taller for good.
        for form, editor in ((self._head, self.subject), (self._foot, self.kind), (self._foot, self.project)):
            form.setRowVisible(editor, False)
        return self._foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room of a small window to the list that one picks from."""
        super().resizeEvent(event)
        self._words.setVisible(self.height() >= theme.px(ROOMY))

    def _add_row(self, form: QFormLayout, words: str, key: str, editor: ChoiceEditor | TextEditor) -> None:
        editor.setAccessibleName(words)
        form.addRow(f"{words}(&{key})", editor)
        form.labelForField(editor).setMinimumWidth(theme.px(LABEL_WIDTH))

    def _connect_signals(self) -> None:
        self.regulation.edited.connect(lambda _law: self._show_law())
        self.subject.edited.connect(lambda _subject: self._show_subject())
        self.start.clicked.connect(self._start)
        for picker in self._pickers.values():
            picker.picked.connect(lambda _record_id: self._allow_start())
            picker.chosen.connect(lambda _record_id: self._start())

    def show_choices(self, regulations: Sequence[Regulation], on: date) -> None:
        """Offer regulations, and `on` as the day unless one is typed already."""
        self._laws = {law.id: law for law in regulations}
        self.regulation.set_choices([(law.id, law.title) for law in regulations])
        if self.regulation.value() not in self._laws and regulations:
            self.regulation.set_value(regulations[0].id)
        if self.on.value() is None:
            self.on.set_value(on.isoformat())
        self._show_law()

    def load(self, path: Path, find: Finder) -> None:
        """Read the workrooms to choose from; alliances and people are looked for through `find`."""
        self.workrooms.load(path)
        self.alliances.set_finder(lambda text: find(ALLIANCE, text))
        self.people.set_finder(lambda text: find(OUTCOME, text))
        self._allow_start()

    def choose(self, subject: str, record_id: str) -> None:
        """Pick a workroom or an alliance, under a regulation that takes its applications."""
        law = self._laws.get(str(self.regulation.value()))
        taking = [one for one in self._laws.values() if subject in beginning.subjects_of(one)]
        if taking and law not in taking:
            self.regulation.set_value(taking[0].id)
            self._show_law()
        self.subject.set_value(subject)
        self._show_subject()
        picker = self.picker()
        picker.line.clear()
        picker.pick(record_id)

    def picker(self) -> Picker:
        """Return the picker of the subject chosen."""
        return self._pickers[self._subject()]

    def _subject(self) -> str:
        return str(self.subject.value() or WORKROOM)

    def _show_law(self) -> None:
        law = self._laws.get(str(self.regulation.value()))
        if law is None or law.id == self._shown_law:
            return
        self._shown_law = law.id
        subjects, kinds = beginning.subjects_of(law), kinds_of(law)
        kept = self.subject.value()
        _offer(self.subject, subjects, str(kept) if kept in subjects else subjects[0])
        _offer(self.kind, kinds, beginning.default_kind(law))
        self._head.setRowVisible(self.subject, len(subjects) > 1)
        self._show_subject()

    def _show_subject(self) -> None:
        subject = self._subject()
        award = subject == OUTCOME
        self._words.setText(WORDS[subject])
        self._stack.setCurrentWidget(self._pickers[subject])
        self._foot.setRowVisible(self.kind, self.kind.control.count() > 0 and subject != ALLIANCE)
        self._foot.setRowVisible(self.project, award)
        label = self._foot.labelForField(self.kind)
        assert isinstance(label, QLabel)
        label.setText(f"{'奖项' if award else '申报级别'}(&J)")
        self._allow_start()

    def _allow_start(self) -> None:
        self.start.setEnabled(bool(self.picker().record_id()))

    def _start(self) -> None:
        self.on.commit()
        self.project.commit()
        on, project = self.on.value(), str(self.project.value() or "")
        subject, record_id = self._subject(), self.picker().record_id()
        if not on:
            _refuse(self.on, "填上认定基准日，年限从这一天往前算。")
        elif subject == OUTCOME and not project:
            _refuse(self.project, "填上成果（项目）的名称。")
        elif record_id and self.regulation.value():
            kind = "" if subject == ALLIANCE else str(self.kind.value() or "")
            law, day = str(self.regulation.value()), date.fromisoformat(on)
            self.project.set_value("")
            self.start_requested.emit(Beginning(law, day, subject, record_id, kind, project))


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(theme.px(12))
    form.setVerticalSpacing(theme.px(8))
    return form


def _offer(editor: ChoiceEditor, choices: Sequence[str], chosen: str) -> None:
    editor.set_value(None)
    editor.set_choices([(choice, choice) for choice in choices])
    editor.set_value(chosen or None)


def _refuse(editor: TextEditor, words: str) -> None:
    editor.set_error(words)
    editor.setFocus()
