"""办理: left what waits for this office by its day, right one record's road; every step through the services."""

import re
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.course.course_forms import CourseForms
from desktop.views.course.decision_forms import DecisionForms
from desktop.views.course.dossier_maker import DossierMaker
from desktop.views.course.elsewhere import Elsewhere
from desktop.views.course.grant_forms import GrantForms
from desktop.views.course.publicity_forms import PublicityForms
from desktop.views.course.rectification_forms import RectificationForms
from desktop.views.course.road_page import RoadPage
from desktop.views.course.told_forms import ToldForms
from desktop.views.course.waiting_list import ENTRY, WaitingList
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
        self._opened = False
        self._opening = QTimer(self, singleShot=True)
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
        self.elsewhere = Elsewhere(self.desk)
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
        # The first page is empty: what stands right is set once the list is painted.
        for page in (QWidget(), self.blank, self.road, self.nothing):
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
        stacked(head, self.strip, Wide(self.splitter), on=self, margins=(16, 12, 16, 12), spacing=8)

    def _left(self) -> QWidget:
        left = QWidget()
        tools = beside(Wide(self.search_field), self.turns, spacing=theme.px(8))
        stacked(tools, Wide(self.list), on=left, margins=0, spacing=theme.px(8))
        left.setMinimumWidth(pane_width(260))
        return left

    def _connect_signals(self) -> None:
        self.list.chosen.connect(self._follow)
        self._opening.timeout.connect(self._show_first)
        self.road.flow_chosen.connect(self._keep_to)
        self.list.entered_road.connect(lambda: self.road.focusNextChild())
        self.search_field.edited.connect(lambda words: self._narrow(words))
        self.turns.edited.connect(lambda turn: self._show_turn(turn))
        for view, button in self.books.items():
            button.clicked.connect(lambda _checked=False, view=view: self.desk.go.emit(view, "", ""))
        self.nothing.first.connect(lambda: self.desk.go.emit("wizard", "", ""))
        self.nothing.second.connect(lambda: self.desk.go.emit("registry", "", ""))
        away = self.elsewhere
        # What was said of one form is not said of the next.
        self.road.form_changed.connect(self.strip.clear)
        self.road.paper_requested.connect(lambda kind, noun: away.go_to_paper(*self.shown_record(), kind, noun))
        self.road.book_requested.connect(lambda book: away.go_to_book(*self.shown_record(), book))
        self.road.calendar_requested.connect(lambda year: self.desk.go.emit("calendar", "", str(year)))
        self.road.open_record.clicked.connect(lambda: away.go_to_record(*self.shown_record()))
        self.decision_forms.minutes_requested.connect(
            lambda meeting: self.desk.go.emit("document", "collective_decisions.meeting-minutes", meeting)
        )
        self.told_forms.record_requested.connect(
            lambda noun, record_id, field: away.go_to_source(*self.shown_record(), noun, record_id, field)
        )
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
        self.list.entries.show_turn(turn or "")
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

    def _follow(self, one: Any) -> None:
        """Show the road of an entry; the first one only when the list that leads to it is painted."""
        if self._opened:
            self.show_road(one.noun, one.record_id, one.workflow)
        else:
            self._opening.start(0)

    def _show_first(self) -> None:
        self._opened = True
        index = self.list.currentIndex()
        if self._current is None and index.isValid():
            self._follow(index.data(ENTRY))

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

    def _keep_to(self, flow: str) -> None:
        """Stay on the course that was chosen on the road, also once a step along it is taken."""
        if self._current is not None:
            self._current = (*self._current[:2], flow)

    def shown_record(self) -> tuple[str, str]:
        """Return noun (with the flow, where one was chosen) and id of the road in front."""
        noun, record_id, flow = self._current or ("", "", "")
        return f"{noun}.{flow}" if flow else noun, record_id

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
