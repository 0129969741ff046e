"""办理: left what waits for this office by its day, right one record's road; every step through the services."""

import re
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.course.course_forms import CourseForms
from desktop.views.course.decision_forms import DecisionForms
from desktop.views.course.dossier_maker import DossierMaker
from desktop.views.course.grant_forms import GrantForms
from desktop.views.course.publicity_forms import PublicityForms
from desktop.views.course.rectification_forms import RectificationForms
from desktop.views.course.road_page import RoadPage
from desktop.views.course.told_forms import ToldForms
from desktop.views.course.waiting_list import WaitingList
from desktop.views.desk import View
from desktop.views.editors import TextEditor
from desktop.views.empty_state import EmptyState
from desktop.views.icons import Button
from desktop.views.panes import pane_width
from desktop.views.receipt_note import read_note, read_verdicts

TURNS: Final = (("", "全部"), ("own", "轮到本级"), ("below", "等下级"), ("above", "等上级"))
BOOKS: Final = (
    ("experts", "专家与评审", "people"),
    ("rounds", "考核", "pass"),
    ("plaques", "牌匾", "medal"),
    ("alliances", "联盟", "alliance"),
    ("calendar", "节假日", "calendar"),
)
"""The pages of the office's own books, gone to from the head."""
WHERE: Final = {"applications": "wizard", "awards": "wizard", "grants": "allocation"}
"""The view that shows a record of a noun; the register shows the rest."""


class CourseView(View):
    """What is waiting, and the road of the record in hand."""

    nouns = frozenset(
        {"steps", "holds", "publicities", "objections", "applications", "grants", "assessments", "awards", "plans"}
        | {"workrooms", "attestations", "overrides", "documents", "rectifications", "plaques", "people", "members"}
        | {"outcomes", "topics", "calendar_days", "allocations", "allocation_lines", "expenditures"}
        | {"expert_draws", "expert_scores", "collective_decisions"}
    )

    def _build_layout(self) -> None:
        self._current: tuple[str, str, str] | None = None
        self.list = WaitingList()
        self.search_field = TextEditor()
        self.search_field.set_placeholder("查找待办和其他工作室")
        self.search_field.setAccessibleName("查找待办")
        self.turns = ChoiceEditor(TURNS)
        self.turns.setAccessibleName("轮到谁")
        self.turns.set_value("")
        self.road = RoadPage()
        self.forms = CourseForms(self.desk, self.road, self)
        self.decision_forms = DecisionForms(self.desk, self.road, self)
        self.publicity_forms = PublicityForms(self.desk, self.road, self)
        self.told_forms = ToldForms(self.desk, self.road, self)
        self.rectification_forms = RectificationForms(self.desk, self.road, self)
        self.grant_forms = GrantForms(self.desk, self.road, self)
        self.dossiers = DossierMaker(self.desk, self.road, self)
        self.nothing = EmptyState(
            "handling",
            "没有待办",
            "提交的申报、在途的补助、到期的考核会按期限排在这里。",
            "开始一份申报",
            "看工作室台账",
        )
        self.blank = theme.label("从左边选一件，这里会显示它办到哪一步、下一步由谁办。", "quiet", wrap=True)
        self.blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.right = QStackedWidget()
        for page in (self.blank, self.road, self.nothing):
            self.right.addWidget(page)
        self._lay_out()

    def _lay_out(self) -> None:
        self.count = theme.label("", "quiet")
        self.books: dict[str, Button] = {}
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(theme.label("办理", "title"))
        head.addWidget(self.count)
        head.addStretch(1)
        for view, words, icon in BOOKS:
            self.books[view] = Button(words, icon, "link", f"打开{words}")
            head.addWidget(self.books[view])
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self._left())
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([pane_width(380), pane_width(900)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.strip)
        layout.addWidget(self.splitter, 1)

    def _left(self) -> QWidget:
        left = QWidget()
        tools = QHBoxLayout()
        tools.setSpacing(theme.px(8))
        tools.addWidget(self.search_field, 1)
        tools.addWidget(self.turns)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(tools)
        column.addWidget(self.list, 1)
        left.setMinimumWidth(pane_width(260))
        return left

    def _connect_signals(self) -> None:
        self.list.chosen.connect(lambda one: self.show_road(one.noun, one.record_id, one.workflow))
        self.list.entered_road.connect(lambda: self.road.focusNextChild())
        self.search_field.edited.connect(lambda words: self._narrow(words))
        self.turns.edited.connect(lambda turn: self._show_turn(turn))
        for view, button in self.books.items():
            button.clicked.connect(lambda _checked=False, view=view: self.desk.go.emit(view, "", ""))
        self.nothing.first.connect(lambda: self.desk.go.emit("wizard", "", ""))
        self.nothing.second.connect(lambda: self.desk.go.emit("registry", "", ""))
        self.road.paper_requested.connect(self._go_to_paper)
        self.road.book_requested.connect(self._go_to_book)
        self.road.calendar_requested.connect(lambda year: self.desk.go.emit("calendar", "", str(year)))
        self.road.open_record.clicked.connect(self._go_to_record)
        self.decision_forms.minutes_requested.connect(
            lambda meeting: self.desk.go.emit("document", "collective_decisions.meeting-minutes", meeting)
        )
        self.told_forms.record_requested.connect(self._go_to_source)
        self.grant_forms.entered.connect(lambda grant_id: self.show_record("grants", grant_id))
        for runner in (
            self.forms,
            self.decision_forms,
            self.publicity_forms,
            self.told_forms,
            self.rectification_forms,
            self.grant_forms,
            self.dossiers,
        ):
            runner.refused.connect(self._tell_refusal)
            runner.said.connect(lambda words, kind: self.strip.show_message(words, kind))

    # -- reading ---------------------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Read what waits."""
        self.operations.when_ready(self._read)

    def refresh(self, nouns: frozenset[str]) -> None:
        """Read it again, and the road in hand."""
        self._read()

    def _read(self) -> None:
        from desktop.services import course

        on = date.today()

        def query(session: Any) -> Any:
            rows = course.waiting(session, on)
            return rows, read_verdicts(session, ((one.noun, one.record_id) for one in rows))

        found, verdicts = self.operations.read(query)
        entries = self.list.entries
        entries.set_entries(found, on, verdicts)
        own = entries.count("own")
        self.count.setText(f"轮到本级 {own} 件，在途共 {len(found)} 件" if found else "")
        if self._current is not None:
            self._reread()
        else:
            self._show_turn(self.turns.value())

    def _show_turn(self, turn: str | None) -> None:
        entries = self.list.entries
        entries.show_turn(turn or "")
        self._choose_first()

    def _narrow(self, words: str | None) -> None:
        from desktop.services.road import page as course_page

        text = (words or "").strip()
        others = self.operations.read(lambda session: course_page.find(session, text)) if text else []
        self.list.entries.search(text, others)
        self._choose_first()

    def _choose_first(self) -> None:
        if self._current is not None and self.list.choose(self._current[1], self._current[2]):
            return
        if self.list.entries.rowCount():
            self.list.setCurrentIndex(self.list.entries.index(0))
        elif self._current is None:
            self.right.setCurrentWidget(self.nothing if not self.search_field.value() else self.blank)

    def _reread(self) -> None:
        assert self._current is not None
        noun, record_id, flow = self._current
        self.list.entries.show_turn(self.turns.value() or "")
        self.list.blockSignals(True)
        self.list.choose(record_id, flow)
        self.list.blockSignals(False)
        self.show_road(noun, record_id, flow)

    def show_record(self, noun: str, record_id: str) -> None:
        """Show the road of a record, whether it waits or not; `noun` may carry the flow (workrooms.flow-id)."""
        name, _, flow = noun.partition(".")
        self.show_road(name, record_id, flow)
        self.list.choose(record_id, flow)

    def show_road(self, noun: str, record_id: str, flow: str = "") -> None:
        """Read and show one record's road."""
        from desktop.services.road import page as course_page

        on = date.today()
        try:
            page, note = self.operations.read(
                lambda session: (course_page.page(session, noun, record_id, on), read_note(session, noun, record_id))
            )
        except DesktopError as error:
            self._current = None
            self.right.setCurrentWidget(self.blank)
            self.tell(error)
            return
        self._current = (noun, record_id, flow)
        self.road.show_page(page, flow)
        self.road.receipt.show_note(note)
        self.right.setCurrentWidget(self.road)

    def search(self) -> None:
        """Go to the search field."""
        self.search_field.control.setFocus()

    def _tell_refusal(self, error: DesktopError) -> None:
        """Show a refusal; a year without its calendar comes with the way to enter it."""
        year = re.search(r"\d{4}(?=年)", error.message)
        if error.where == "calendar_days" and year:
            self.strip.show_message(error.message, "fail", "去录入", lambda: self.desk.go.emit("calendar", "", year[0]))
        else:
            self.tell(error)

    # -- going elsewhere -------------------------------------------------------------------------------------------

    def _go_to_paper(self, kind: str, noun: str) -> None:
        if self._current is not None:
            record_id = self._current[1] if noun == self._current[0] else self._workroom_id(*self._current[:2])
            self.desk.go.emit("document", f"{noun}.{kind}", record_id)

    def _go_to_book(self, view: str) -> None:
        if self._current is not None:
            noun, record_id, _flow = self._current
            by_room = view == "plaques"
            self.desk.go.emit(
                view, "workrooms" if by_room else noun, self._workroom_id(noun, record_id) if by_room else record_id
            )

    def _go_to_source(self, noun: str, record_id: str, field: str) -> None:
        """Go to the field of the register that an answer comes from; what has none is on the record's own page."""
        if noun == "workrooms":
            self.desk.go.emit("registry", f"workrooms.{field}" if field else "workrooms", record_id)
        else:
            self._go_to_record()

    def _go_to_record(self) -> None:
        if self._current is not None:
            noun, record_id, _flow = self._current
            self.desk.go.emit(WHERE.get(noun, "registry"), noun, self._home(noun, record_id))

    def _home(self, noun: str, record_id: str) -> str:
        """Return the id that the view of a noun shows: for the register the workroom's."""
        return record_id if noun in WHERE else self._workroom_id(noun, record_id)

    def _workroom_id(self, noun: str, record_id: str) -> str:
        from desktop.services import records

        if noun == "workrooms":
            return record_id
        row = self.operations.read(lambda session: records.get_record(session, noun, record_id))
        return str(row.get("workroom_id") or row.get("lead_workroom_id") or "")
