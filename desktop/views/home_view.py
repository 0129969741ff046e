"""首页: what is due, what came back, which papers to make, what to carry away; and a quiet picture of the years."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.views import formats, theme
from desktop.views.desk import Desk, View
from desktop.views.icons import Button
from desktop.views.operation import EVERYTHING
from desktop.views.task_list import TaskList
from desktop.views.year_bars import Bar, YearBars


class HomeView(View):
    """The clerk's morning; every entry opens the place where it is done."""

    nouns = EVERYTHING
    _kind = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)

    def _build_layout(self) -> None:
        self.title = theme.label("首页", "title")
        self.day = theme.label(role="quiet")
        self.add_button = Button("开始一份申报", "wizard", "primary")
        self.due = TaskList("今天要办", "clock", "没有到期要办的事。")
        self.returned = TaskList("退回待改", "undo", "没有退回待改的内容。")
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
        front = QWidget()
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(lists, 3)
        column.addWidget(self._picture(), 2)
        self.pages = QStackedWidget()
        self.pages.addWidget(front)
        self.pages.addWidget(self._group_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.strip)
        layout.addWidget(self.pages, 1)

    def _group_page(self) -> QWidget:
        """Return the page that lists things alike, told in one line on the front."""
        self.back = Button("返回", "chevron-left")
        self.back.setShortcut("Esc")
        self.group = TaskList("", "clock", "都办完了。")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.group, 1)
        return page

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
        for part in (self.due, self.returned, self.papers, self.carry, self.group):
            part.opened.connect(self._open)
        self.back.clicked.connect(self._go_back)

    def _open(self, task: Any) -> None:
        """Go where a thing is done, or list those that one line stands for."""
        if not getattr(task, "members", ()):
            self.desk.go.emit(task.view, task.noun, task.record_id)
            return
        self._show_group(task)
        self.pages.setCurrentIndex(1)
        self.group.list.setFocus()

    def _show_group(self, task: Any) -> None:
        self._kind = task.kind
        self.group.set_title(task.title)
        self.group.show_entries(task.members)

    def _go_back(self) -> None:
        self.pages.setCurrentIndex(0)
        self.due.list.setFocus()

    def add(self) -> None:
        """Begin an application."""
        self.desk.go.emit("wizard", "", "")

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
        self._keep_group((*found.due, *found.papers))
        self.carry.show_entries(self.desk.waiting_tasks())
        self._show_picture(picture)

    def _keep_group(self, waiting: Any) -> None:
        """Read the list in front again; what has become too few for a line of its own goes back to the front."""
        if self.pages.currentIndex() == 0:
            return
        same = next((task for task in waiting if task.members and task.kind == self._kind), None)
        if same is None:
            self.pages.setCurrentIndex(0)
        else:
            self._show_group(same)

    def _show_picture(self, picture: Any) -> None:
        self.levels.show_bars([Bar(level, count, str(count)) for level, count in picture.by_level])
        self.named.show_bars([Bar(str(year), count, str(count)) for year, count in picture.named])
        self.grants.show_bars([Bar(str(year), fen, formats.ten_thousands(fen)) for year, _count, fen in picture.grants])
