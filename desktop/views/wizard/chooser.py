"""The wizard's first page: begin an application for a workroom, or go on with one."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.rules.regulation import Regulation
from desktop.views import theme
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import DateEditor
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView
from desktop.views.wizard.workroom_picker import WorkroomPicker

DRAFT_COLUMNS = (
    Column("workroom_name", "工作室", 0),
    Column("regulation_title", "办法", 220),
    Column("reference_date", "认定基准日", 124, "date"),
    Column("state", "状态", 84),
)


class Chooser(QWidget):
    """Asks for workroom, regulation and day; lists the applications there are."""

    start_requested = Signal(str, str, str)
    open_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        row.addWidget(self._start_card(), 5)
        row.addWidget(self._drafts_card(), 7)

    def _start_card(self) -> QFrame:
        card, column = _card("新的申报", "选一个工作室和适用的办法；台账里已有的内容会自动带入。")
        self.picker = WorkroomPicker()
        self.regulation = ChoiceEditor([])
        self.regulation.setAccessibleName("适用办法")
        self.on = DateEditor()
        self.on.setAccessibleName("认定基准日")
        self.on.control.setMaximumWidth(theme.px(180))
        self.start = Button("开始填写", role="primary")
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        form.setVerticalSpacing(theme.px(8))
        form.addRow("适用办法(&B)", self.regulation)
        form.addRow("认定基准日(&R)", self.on)
        column.addWidget(self.picker, 1)
        column.addLayout(form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.start)
        column.addLayout(foot)
        return card

    def _drafts_card(self) -> QFrame:
        card, column = _card("继续填写", "每填一项都会自动保存，随时可以离开。")
        self.drafts = RecordTableModel(DRAFT_COLUMNS, self)
        self.table = TableView()
        self.table.setModel(self.drafts)
        self.table.setAccessibleName("已有的申报")
        # Names begin alike and differ in the middle and at the end.
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._none = theme.label("还没有申报。从左边选一个工作室开始。", "quiet")
        column.addWidget(self._none)
        column.addWidget(self.table, 1)
        return card

    def _connect_signals(self) -> None:
        self.start.clicked.connect(self._start)
        self.picker.picked.connect(lambda workroom_id: self.start.setEnabled(bool(workroom_id)))
        self.picker.chosen.connect(lambda _workroom_id: self._start())
        self.table.opened.connect(lambda row: self.open_requested.emit(self.drafts.record(row)["id"]))

    def show_choices(self, regulations: Sequence[Regulation], on: date) -> None:
        """Offer regulations, and `on` as the day unless one is typed already."""
        self.regulation.set_choices([(law.id, law.title) for law in regulations])
        if self.regulation.value() is None and regulations:
            self.regulation.set_value(regulations[0].id)
        if self.on.value() is None:
            self.on.set_value(on.isoformat())

    def show_drafts(self, drafts: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> None:
        """List the applications there are."""
        rows = [{**draft, "regulation_title": titles.get(draft["regulation"], draft["regulation"])} for draft in drafts]
        self.drafts.set_rows(rows)
        self._none.setVisible(not rows)
        self.table.setVisible(bool(rows))

    def load_workrooms(self, path: Path) -> None:
        """Read the workrooms to choose from."""
        self.picker.load(path)
        self.start.setEnabled(bool(self.picker.workroom_id()))

    def _start(self) -> None:
        self.on.commit()
        workroom_id, law, on = self.picker.workroom_id(), self.regulation.value(), self.on.value()
        if not on:
            self.on.set_error("填上认定基准日，年限从这一天往前算。")
            self.on.setFocus()
        elif workroom_id and law:
            self.start_requested.emit(workroom_id, law, on)


def _card(title: str, words: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
    column.setSpacing(theme.px(8))
    column.addWidget(theme.label(title, "heading"))
    column.addWidget(theme.label(words, "quiet", wrap=True))
    return card, column
