"""The fields of one condition on a scrolling page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.services.questions import CriterionPage, FactInput
from desktop.views import theme
from desktop.views.wizard.fact_row import FactRow


class FactForm(QScrollArea):
    """Shows a page's inputs as rows; passes on what is typed."""

    edited = Signal(str, object)
    committed = Signal(str, object)
    open_record = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, FactRow] = {}
        self._title = theme.label(role="heading", wrap=True)
        self._article = theme.label(role="quiet", wrap=True)
        self._card = QFrame()
        self._build_layout()

    def _build_layout(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._title)
        column.addWidget(self._article)
        column.addSpacing(theme.px(8))
        self._card.setProperty("role", "card")
        self._lines = QVBoxLayout(self._card)
        self._lines.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self._lines.setSpacing(0)
        column.addWidget(self._card)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_page(self, page: CriterionPage) -> None:
        """Lay out another page's fields."""
        self._title.setText(page.title)
        self._article.setText(page.article)
        self._article.setVisible(bool(page.article))
        self.clear()
        for index, asked in enumerate(page.inputs):
            if index:
                self._lines.addWidget(_hairline())
            self._add_row(asked)
        self._card.setVisible(bool(page.inputs))
        self.verticalScrollBar().setValue(0)

    def show_inputs(self, inputs: Sequence[FactInput]) -> None:
        """Bring the rows up to date without losing what is being typed."""
        for asked in inputs:
            if asked.fact in self._rows:
                self._rows[asked.fact].show_input(asked)

    def show_statuses(self, statuses: Mapping[str, str]) -> None:
        """Show at each field the worst finding that reads it."""
        for fact, row in self._rows.items():
            row.show_status(statuses.get(fact))

    def refuse(self, fact: str, sentence: str) -> None:
        """Show a refusal of the service beside its field."""
        if fact in self._rows:
            self._rows[fact].refuse(sentence)

    def focus_fact(self, fact: str) -> bool:
        """Bring a field into sight and put the cursor there; False when this page does not ask it."""
        row = self._rows.get(fact) or next(iter(self._rows.values()), None)
        if row is None:
            return False
        self.ensureWidgetVisible(row, 0, theme.px(24))
        row.take_focus()
        return fact in self._rows

    def save_now(self) -> None:
        """Commit whatever is still being typed."""
        for row in self._rows.values():
            row.save_now()

    def rows(self) -> list[FactRow]:
        """Return the rows in order."""
        return list(self._rows.values())

    def _add_row(self, asked: FactInput) -> None:
        row = FactRow(asked)
        row.edited.connect(self.edited)
        row.committed.connect(self.committed)
        row.open_record.connect(self.open_record)
        self._rows[asked.fact] = row
        self._lines.addWidget(row)

    def clear(self) -> None:
        """Take all fields away."""
        self._rows.clear()
        while item := self._lines.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _hairline() -> QFrame:
    line = QFrame()
    line.setProperty("role", "rule")
    return line
