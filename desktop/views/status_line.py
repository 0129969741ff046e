"""The status line: office, operator, last save, last backup, what waits for the stick; and long work with its 取消."""

from datetime import date, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from desktop.views import theme
from desktop.views.icons import Button, StatusIcon

SHOW_WORK_AFTER_MS = 250
"""Work shorter than this is not shown at all, in milliseconds."""


def moment_text(moment: datetime | None, today: date) -> str:
    """Return a moment as a clerk says it: 今天 08:01, 昨天 17:20, 9月3日."""
    if moment is None:
        return "从未"
    days = (today - moment.date()).days
    if days in (0, 1):
        return f"{('今天', '昨天')[days]} {moment:%H:%M}"
    year = "" if moment.year == today.year else f"{moment.year}年"
    return f"{year}{moment.month}月{moment.day}日"


class StatusLine(QFrame):
    """One quiet line at the foot of the window."""

    cancel_requested = Signal()
    waiting_clicked = Signal()
    operator_clicked = Signal()
    backup_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work: tuple[str, int, int] = ("", 0, 0)
        self._began = datetime.now()
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setProperty("role", "status-bar")
        self.office = theme.label(role="small")
        self.operator = Button("", role="status", tip="更改操作人")
        self.saved = theme.label(role="small")
        self.saved_icon = StatusIcon("pass")
        self.backup = Button("", role="status", tip="立即备份")
        self.waiting = Button("", role="status", tip="去数据交换")
        self.work = theme.label(role="small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.px(140))
        self.cancel = Button("取消", role="status")
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SHOW_WORK_AFTER_MS)
        self._lay_out(QHBoxLayout(self))
        self._show_work(False)
        self.saved_icon.hide()

    def _lay_out(self, layout: QHBoxLayout) -> None:
        layout.setContentsMargins(16, 2, 12, 2)
        layout.setSpacing(12)
        layout.addWidget(self.office)
        layout.addWidget(self.operator)
        saved = QHBoxLayout()
        saved.setSpacing(4)
        saved.addWidget(self.saved_icon)
        saved.addWidget(self.saved)
        layout.addLayout(saved)
        layout.addWidget(self.backup)
        layout.addWidget(self.waiting)
        layout.addStretch(1)
        for widget in (self.work, self.bar, self.cancel):
            layout.addWidget(widget)

    def _connect_signals(self) -> None:
        self.cancel.clicked.connect(self.cancel_requested)
        self.waiting.clicked.connect(self.waiting_clicked)
        self.operator.clicked.connect(self.operator_clicked)
        self.backup.clicked.connect(self.backup_clicked)
        self._delay.timeout.connect(lambda: self._show_work(True))

    def show_office(self, name: str, operator: str) -> None:
        """Say whose desk this is and who sits at it."""
        self.office.setText(name)
        self.operator.setText(operator or "填写操作人")

    def show_saved(self, moment: datetime) -> None:
        """Say when the last change was safely on the disk."""
        self.saved_icon.show()
        self.saved.setText(f"已保存 {moment:%H:%M:%S}")

    def show_read_only(self) -> None:
        """Say that this window only looks."""
        self.saved_icon.show_status("warn")
        self.saved_icon.show()
        self.saved.setText("只读")

    def show_backup(self, moment: datetime | None) -> None:
        """Say when the last backup was made."""
        self.backup.setText(f"上次备份 {moment_text(moment, date.today())}")

    def show_waiting(self, count: int) -> None:
        """Say how many changes wait to be carried to another office."""
        self.waiting.setText(f"待带走 {count} 条" if count else "没有待带走的内容")

    def show_working(self, words: str, done: int, total: int) -> None:
        """Show long work: what, how far, and how long it still takes once that can be told."""
        # Every work begins without a total; stages that share one measure go on counting in it, others begin anew.
        if not total or total != self._work[2] or done < self._work[1]:
            self._began = datetime.now()
        self._work = (words, done, total)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.work.setText(f"{words}…{self._remaining()}")
        if not self.bar.isVisible() and not self._delay.isActive():
            self._delay.start()

    def _remaining(self) -> str:
        _words, done, total = self._work
        spent = (datetime.now() - self._began).total_seconds()
        if not total or not done or spent < 2:
            return ""
        return f" {100 * done // total}%，约还需{max(1, round(spent / done * (total - done)))}秒"

    def show_rested(self) -> None:
        """Take the long work away."""
        self._delay.stop()
        self._work = ("", 0, 0)
        self._show_work(False)

    def _show_work(self, visible: bool) -> None:
        for widget in (self.work, self.bar, self.cancel):
            widget.setVisible(visible)
