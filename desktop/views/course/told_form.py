"""The form that asks what a step still waits to be told: each answer is saved as it is given."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.questions import FactInput
from desktop.views import theme
from desktop.views.ask_form import AskForm
from desktop.views.icons import Button
from desktop.views.wizard.fact_row import FactRow

NONE_HELD, ENTER = "确认没有", "去登记"


class ToldForm(AskForm):
    """Rows of facts; `told(fact, value)` follows each answer, `open_record(noun, id, field)` a wish to see the source.

    A list that the register holds is only shown; where it holds none, it is entered there (`open_record` without a
    record), or a person confirms that there is none.
    """

    told = Signal(str, object)
    open_record = Signal(str, str, str)

    def __init__(self, title: str, inputs: Sequence[FactInput], words: str = "") -> None:
        super().__init__(title, "答好了", words)
        self.rows: dict[str, FactRow] = {}
        self.none_held: dict[str, Button] = {}
        self.enter: dict[str, Button] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.column.insertLayout(self.column.count() - 2, self._lines)
        for asked in inputs:
            self._lines.addWidget(self._row(asked))
        if not inputs:
            self._lines.addWidget(theme.label("这一步没有要填的内容。", "quiet"))
        self.cancel.setText("收起")

    def _row(self, asked: FactInput) -> QWidget:
        row = FactRow(asked)
        row.committed.connect(self.told)
        row.open_record.connect(self.open_record)
        self.rows[asked.fact] = row
        if row.editor is not None:
            return row
        return self._with_confirmation(asked, row)

    def _with_confirmation(self, asked: FactInput, row: FactRow) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(row, 1)
        confirm = Button(NONE_HELD, "pass", role="link", tip="台账里没有，经核实确实没有")
        confirm.setAccessibleName(f"{asked.label}：{NONE_HELD}")
        confirm.clicked.connect(lambda: self.told.emit(asked.fact, []))
        line.addWidget(confirm, 0, Qt.AlignmentFlag.AlignTop)
        self.none_held[asked.fact] = confirm
        enter = Button(ENTER, "jump", role="link", tip="到登记这一项的地方")
        enter.setAccessibleName(f"{asked.label}：{ENTER}")
        enter.clicked.connect(lambda: self.open_record.emit("", "", asked.fact))
        line.insertWidget(1, enter, 0, Qt.AlignmentFlag.AlignTop)
        self.enter[asked.fact] = enter
        self._offer(asked)
        return holder

    def _offer(self, asked: FactInput) -> None:
        """Where the register holds nothing: enter it there, or confirm that there is nothing."""
        for button in (self.none_held[asked.fact], self.enter[asked.fact]):
            button.setHidden(not _may_be_none(asked))

    def show_inputs(self, inputs: Sequence[FactInput]) -> None:
        """Show the answers as they now stand; what is being typed stays."""
        for asked in inputs:
            if asked.fact in self.rows:
                self.rows[asked.fact].show_input(asked)
            if asked.fact in self.none_held:
                self._offer(asked)

    def facts(self) -> tuple[str, ...]:
        """Return the facts asked."""
        return tuple(self.rows)

    def refuse(self, fact: str, sentence: str) -> None:
        """Show beside a field why its answer was not taken."""
        if fact in self.rows:
            self.rows[fact].refuse(sentence)

    def begin(self) -> None:
        """Put the cursor into the first row that can be answered."""
        rows = [row for row in self.rows.values() if row.editor is not None] or list(self.rows.values())
        if rows:
            rows[0].take_focus()

    def values(self) -> dict[str, object]:
        """Save what is still being typed; the answers are stored one by one already."""
        for row in self.rows.values():
            row.save_now()
        return {}


def _may_be_none(asked: FactInput) -> bool:
    return asked.type == "items" and asked.source == "missing"
