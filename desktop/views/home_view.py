"""首页: what is due, what came back, which papers to make, what to carry away; and a quiet picture of the years."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import formats, theme
from desktop.views.desk import Desk, View
from desktop.views.icons import Button
from desktop.views.operation import EVERYTHING
from desktop.views.task_list import TaskList
from desktop.views.year_bars import Bar, YearBars


class HomeView(View):
    """The clerk's morning; every entry opens the place where it is done."""

    nouns = EVERYTHING

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)

    def _build_layout(self) -> None:
        self.title = theme.label("首页", "title")
        self.day = theme.label(role="quiet")
        self.add_button = Button("开始一份申报", "wizard", "primary")
        self.due = TaskList("今天要办", "clock", "没有到期要办的事。")
        self.returned = TaskList("退回待改", "undo", "没有退回的申报。")
        self.papers = TaskList("待打印", "print", "没有等着出的公文。")
        self.carry = TaskList("待带走", "usb", "没有待带走的内容。")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.day)
        head.addStretch(1)
        head.addWidget(self.add_button)
        lists = QHBoxLayout()
        lists.setSpacing(12)
        for part in (self.due, self.returned, self.papers, self.carry):
            lists.addWidget(part, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.strip)
        layout.addLayout(lists, 3)
        layout.addWidget(self._picture(), 2)

    def _picture(self) -> QFrame:
        self.levels = YearBars("工作室（按级别）")
        self.named = YearBars("历年命名（个）")
        self.grants = YearBars("历年补助（万元）")
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(32)
        for chart in (self.levels, self.named, self.grants):
            row.addWidget(chart, 1)
        return card

    def _connect_signals(self) -> None:
        self.add_button.clicked.connect(self.add)
        for part in (self.due, self.returned, self.papers, self.carry):
            part.opened.connect(lambda task: self.desk.go.emit(task.view, task.noun, task.record_id))

    def add(self) -> None:
        """Begin an application."""
        self.desk.go.emit("wizard", "", "")

    def arrive(self) -> None:
        """Read what waits."""
        self.operations.when_ready(self._read)

    def refresh(self, nouns: frozenset[str]) -> None:
        """Read it again."""
        self._read()

    def _read(self) -> None:
        from desktop.services import today

        day = date.today()
        self.day.setText(f"{formats.date_text(day)}　星期{'一二三四五六日'[day.weekday()]}")

        def query(session: Any) -> Any:
            found = today.today(session, day, self.desk.settings.reminder_days)
            return found, today.year_picture(session, day)

        found, picture = self.operations.read(query)
        self.due.show_entries(found.due)
        self.returned.show_entries(found.returned)
        self.papers.show_entries(found.papers)
        self.carry.show_entries(self.desk.waiting_tasks())
        self._show_picture(picture)

    def _show_picture(self, picture: Any) -> None:
        self.levels.show_bars([Bar(level, count, str(count)) for level, count in picture.by_level])
        self.named.show_bars([Bar(str(year), count, str(count)) for year, count in picture.named])
        self.grants.show_bars([Bar(str(year), fen, formats.ten_thousands(fen)) for year, _count, fen in picture.grants])
