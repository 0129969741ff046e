"""办法与工具设置: left the regulations and kept texts, right the tool settings or a new text being weighed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from desktop.errors import BadRegulation, DesktopError
from desktop.services.law import impact as regulation_impact
from desktop.services.law import pack as regulation_pack
from desktop.services.law import tool_settings
from desktop.services.law.impact import Impact
from desktop.services.law.pack import Pack, PackReport
from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.background import Progress
from desktop.views.desk import Desk, View
from desktop.views.icons import Button
from desktop.views.regulations.adopting import adopt
from desktop.views.regulations.fault_page import FaultPage, fault_of, lines_around
from desktop.views.regulations.law_pane import SHORT, LawPane
from desktop.views.regulations.law_table import choose, law_rows
from desktop.views.regulations.pack_page import PackPage
from desktop.views.regulations.reading_page import ReadingPage
from desktop.views.regulations.setting_pane import SettingPane
from desktop.views.transaction import Session

FILE: Final = "办法文件 (*.toml)"
WEIGHING: Final = "看办法文件的影响"


class RegulationsView(View):
    """The texts and limits that this office judges by."""

    nouns = frozenset({"offices", "regulation_texts", "tool_settings"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._file: Path | None = None
        self.weighed: tuple[PackReport, Impact] | None = None
        super().__init__(desk, parent)

    def _build_layout(self) -> None:
        self.load = Button("载入办法文件…", "import", tip="先看会改变哪些结论，再决定是否采用")
        self.laws, self.settings = LawPane(), SettingPane()
        self.reading, self.fault, self.pack = ReadingPage(), FaultPage(), PackPage()
        self.right = QStackedWidget()
        for page in (self.settings, self.reading, self.fault, self.pack):
            self.right.addWidget(page)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(16)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.laws)
        splitter.addWidget(self.right)
        splitter.setSizes([theme.px(580), theme.px(660)])
        head = QHBoxLayout()
        head.addWidget(theme.label("办法与工具设置", "title"), 1)
        head.addWidget(self.load)
        stacked(head, self.strip, Wide(splitter), on=self, margins=(16, 12, 16, 12), spacing=8)

    def _connect_signals(self) -> None:
        self.load.clicked.connect(self._ask_file)
        self.laws.laws.ticked.connect(self._choose)
        self.laws.weigh_requested.connect(self.weigh_kept)
        self.settings.changed.connect(self._set)
        self.reading.cancelled.connect(self.operations.cancel)
        self.fault.again.connect(self._read_again)
        self.fault.left.connect(self.go_back)
        self.pack.left.connect(self.go_back)
        self.pack.accepted.connect(lambda: adopt(self))
        self.operations.working.connect(self._show_progress)
        self.operations.rested.connect(self._rested)

    # -- showing ---------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        today = date.today()
        laws, texts, settings = self.operations.read(
            lambda session: (
                law_rows(session, today),
                regulation_pack.adopted(session),
                tool_settings.settings(session, on=today),
            )
        )
        self.laws.show_laws(laws, texts)
        self.settings.show_settings([one.as_dict() for one in settings], {law["id"]: law["title"] for law in laws})

    def go_back(self) -> None:
        """Put the file away and show the settings again."""
        self.weighed = None
        self.right.setCurrentWidget(self.settings)

    # -- ticks and settings ----------------------------------------------------------------------------------------

    def _choose(self, law_id: str, on: bool) -> None:
        order = [row["id"] for row in self.laws.laws.rows()]
        self.operations.run("选定适用办法", lambda session: choose(session, law_id, on, order), None, self._not_changed)

    def _set(self, rule: str, parameter: str, value: object) -> None:
        def change(session: Session) -> None:
            tool_settings.change(session, rule, parameter, value, self.desk.operator, date.today())

        self.operations.run("修改工具设置", change, None, self._not_changed)

    def _not_changed(self, error: DesktopError) -> None:
        self.tell(error)
        self._read()

    # -- a file of rules -------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, "载入办法文件", "", f"{FILE};;所有文件 (*)")
        if chosen:
            self.weigh_file(Path(chosen))

    def weigh_file(self, path: Path) -> None:
        """Read a file of rules in the background and show what it would change, or what is wrong with it.

        While one is being read, another is not begun.
        """
        self._weigh(path.name, lambda _session: regulation_pack.read_pack(path), path)

    def weigh_kept(self, version: str) -> None:
        """Show what a text that the database keeps would change."""
        self._weigh(version[:SHORT], lambda session: regulation_pack.stored_pack(session, version))

    def _read_again(self) -> None:
        if self._file is not None:
            self.weigh_file(self._file)

    def _weigh(self, name: str, pack_of: Callable[[Session], Pack], file: Path | None = None) -> None:
        def query(session: Session, progress: Progress) -> tuple[PackReport, Impact]:
            pack = pack_of(session)
            progress.report(0, 0, WEIGHING)
            found = regulation_impact.impact(
                session, pack.law, date.today(), lambda done, total: progress.report(done, total, WEIGHING)
            )
            return regulation_pack.report(pack, session), found

        if self.right.currentWidget() is self.reading:
            return
        self._file, self.weighed = file, None
        self.strip.clear()
        self.reading.show_reading(name)
        self.right.setCurrentWidget(self.reading)
        self.load.setEnabled(False)
        self.operations.read_long(WEIGHING, query, self._show_pack, self._show_fault)

    def _show_pack(self, found: tuple[PackReport, Impact]) -> None:
        self.weighed = found
        self.pack.show_pack(*found)
        self.right.setCurrentWidget(self.pack)
        self.pack.leave.setFocus()

    def _show_fault(self, error: DesktopError) -> None:
        if self._file is None or not isinstance(error, BadRegulation):
            self.go_back()
            self.tell(error)
            return
        fault = fault_of(error, self._file.name)
        self.fault.show_fault(fault, lines_around(self._file, fault.line))
        self.right.setCurrentWidget(self.fault)

    def _show_progress(self, words: str, done: int, total: int) -> None:
        if words == WEIGHING:
            self.reading.show_progress(done, total)

    def _rested(self) -> None:
        self.load.setEnabled(True)
        # Cancelled work tells nobody: only that it rests.
        if self.right.currentWidget() is self.reading:
            self.go_back()

    def show_record(self, noun: str, record_id: str) -> None:
        """Weigh a file that was handed over by its path."""
        if noun == "file":
            self.weigh_file(Path(record_id))

    def values(self) -> dict[str, Any]:
        """Return what holds here, by rule and parameter."""
        return {row["id"]: row["value"] for row in self.settings.model.rows()}
