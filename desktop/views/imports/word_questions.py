"""Words of a list that no column knows: what each stands for, said once for all rows and remembered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from desktop.services.sheet.report import Question
from desktop.views import theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.icons import Button

UNANSWERED, NOTHING = "（请选择）", "（不填）"


class WordQuestions(QWidget):
    """`answered` carries, by “column/word”, the choice that each word stands for; "" for none."""

    answered = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editors: dict[str, ChoiceEditor] = {}
        self.title = theme.label("名册里这些词是什么意思？", "strong")
        self.words = theme.label("说一次，这份名册里都照此读，下次也记得。", "quiet")
        self.read_so = Button("按此核对", "pass")
        self.read_so.clicked.connect(lambda: self.answered.emit(self.answers()))
        head = beside(self.title, Wide(self.words), self.read_so, spacing=8)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setMinimumHeight(theme.px(44))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        stacked(head, Wide(self.area), on=self, margins=0, spacing=4)

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Ask about these words, those answered before with their answers."""
        self.editors = {}
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 4, 8, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, question in enumerate(questions):
            known = ((choice, choice) for choice in question.choices)
            editor = ChoiceEditor([(None, UNANSWERED), *known, ("", NOTHING)])
            editor.setAccessibleName(f"“{question.word}”的意思")
            editor.setFixedWidth(theme.px(200))
            editor.set_value(question.answer)
            editor.committed.connect(lambda _answer: self._offer())
            self.editors[question.key] = editor
            grid.addWidget(theme.label(f"{question.title}“{question.word}”", wrap=True), row, 0)
            grid.addWidget(theme.label(_places(question), "quiet", wrap=True), row, 1)
            grid.addWidget(editor, row, 2)
        grid.setRowStretch(len(questions), 1)
        self.area.setWidget(page)
        self.setVisible(bool(questions))
        self._asked = self.answers()
        self._offer()

    def answers(self) -> dict[str, str]:
        """Return what is answered by now."""
        return {key: str(editor.value()) for key, editor in self.editors.items() if editor.value() is not None}

    def _offer(self) -> None:
        self.read_so.setEnabled(self.answers() != self._asked)


def _places(question: Question) -> str:
    count, first = len(question.cells), question.cells[0]
    if question.answer is not None:
        return f"照以前说的读，如 {first}"
    return f"{count} 处，如 {first}" if count > 1 else first
