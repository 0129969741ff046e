"""One record's road: its name and what it is about, the steps behind and ahead, publicities, and the form in hand."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import ROOM, Wide, beside, stacked
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.course.hold_card import HoldCard
from desktop.views.course.meeting_card import MeetingCard
from desktop.views.course.publicity_card import PublicityCard
from desktop.views.course.rectification_card import RectificationCard
from desktop.views.course.step_rows import AheadRow, DoneRow, NowRow, clear, held_at, top_of
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import button_row
from desktop.views.panes import pane_width
from desktop.views.receipt_note import ReceiptNote

BOOKS: Final = (
    ("experts", "抽取专家", ("draw", "experts")),
    ("scores", "评审打分", ("experts",)),
    ("plaques", "牌匾台账", ("plaque", "revoked", "exited")),
)
"""The pages a state is kept in, by its marks."""
NOT_BEGUN = "可以开始的流程；还没有办理。"


class RoadPage(QWidget):
    """Shows a page of `course_page`; each signal asks the view for one thing."""

    step_requested = Signal(object, object)
    meeting_requested = Signal(object, object)
    minutes_requested = Signal(str)
    correction_requested = Signal(object, object)
    paper_requested = Signal(str, str)
    facts_requested = Signal(object, object, str)
    objection_requested = Signal(str)
    settling_requested = Signal(dict)
    closing_requested = Signal(str)
    answer_requested = Signal()
    report_requested = Signal(dict)
    publicity_requested = Signal()
    calendar_requested = Signal(int)
    book_requested = Signal(str)
    flow_chosen = Signal(str)
    form_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._page: Any = None
        self._flow, self._is_new = "", False
        self.form: AskForm | None = None
        self.done_rows: list[DoneRow] = []
        self.ahead_rows: list[AheadRow] = []
        self.orders: list[RectificationCard] = []
        self.meetings: list[MeetingCard] = []
        self._build_layout()
        self.flows.edited.connect(self._choose)

    def _build_layout(self) -> None:
        self.title = theme.label("", "heading", wrap=True)
        self.about = theme.label("", "quiet", wrap=True)
        self.flows = ChoiceEditor([])
        self.flows.setAccessibleName("办理流程")
        self.flows.control.setMinimumWidth(pane_width(260))
        self.send_back = Button("退回补正…", "undo")
        self.withdraw = Button("撤回…")
        self.open_record = Button("看记录", "jump", role="link")
        self.grant = Button("登记补助…", "money")
        self.dossier = Button("一室一档", "folder", tip="把记录、公文和附件合成一个带目录的 PDF")
        told = beside(Wide(self.about), self.flows, spacing=theme.px(8))
        row = beside(
            ROOM, self.open_record, self.grant, self.dossier, self.withdraw, self.send_back, spacing=theme.px(8)
        )
        # Until a record says which it offers, none takes room.
        for optional in (self.flows, self.grant, self.dossier, self.withdraw, self.send_back):
            optional.hide()
        self.steps = QVBoxLayout()
        self.steps.setSpacing(0)
        self.place = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(4), theme.px(4), 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self.title)
        self.receipt = ReceiptNote()
        layout.addLayout(told)
        layout.addWidget(self.receipt)
        layout.addLayout(row)
        layout.addWidget(self._scrolling(), 1)

    def _scrolling(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("page")
        stacked(self.place, self.steps, ROOM, on=inside, margins=(0, 0, theme.px(8), theme.px(16)))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.verticalScrollBar().rangeChanged.connect(lambda *_: self._look_at_now())
        return self.area

    # -- showing ---------------------------------------------------------------------------------------------------

    def show_page(self, page: Any, flow: str = "") -> None:
        """Show a record's roads, beginning with one flow."""
        same = self._page is not None and self._page.record_id == page.record_id
        self._page = page
        self._flow = flow or (self._flow if same else "")
        if not same:
            self.put_form_away()
        self.title.setText(page.title)
        self.about.setText(page.about)
        names = [(way.road.workflow.id, way.road.workflow.title + self._begun(way)) for way in page.ways]
        self.flows.set_choices(names)
        if self._flow not in dict(names):
            self._flow = names[0][0] if names else ""
        self.flows.set_value(self._flow)
        self.flows.setVisible(len(names) > 1)
        self.grant.setVisible(page.can_grant)
        self.dossier.setText("审计资料" if page.noun == "grants" else "一室一档")
        self.dossier.setVisible(page.noun not in ("awards", "assessment_rounds", "alliances"))
        self._show_way()
        if not same:
            self.area.verticalScrollBar().setValue(0)
            # An open hold stands at the head, and is what the record waits for.
            self._is_new = self.way() is None or self.way().road.hold is None
            QTimer.singleShot(0, self, self._look_at_now)

    def _look_at_now(self) -> None:
        """Bring where a record newly shown stands into sight, with the last step taken above it."""
        top = top_of(self.done_rows, self.area)
        if self._is_new and self.form is None and top is not None:
            self._is_new = False
            self.area.verticalScrollBar().setValue(top)

    def _begun(self, way: Any) -> str:
        return "" if way.road.begun else "（未开始）"

    def _choose(self, flow: str) -> None:
        if flow and flow != self._flow:
            self._flow = flow
            self.put_form_away()
            self._show_way()
            self.flow_chosen.emit(flow)

    def page(self) -> Any:
        """Return the page shown, or None."""
        return self._page

    def way(self) -> Any:
        """Return the road shown, or None."""
        ways = self._page.ways if self._page is not None else ()
        return next((way for way in ways if way.road.workflow.id == self._flow), None)

    def _show_way(self) -> None:
        clear(self.steps)
        self.done_rows, self.ahead_rows, self.orders, self.meetings = [], [], [], []
        way = self.way()
        for button in (self.send_back, self.withdraw):
            button.setVisible(way is not None and way.may_hold)
        if way is None:
            self.steps.addWidget(theme.label("这条记录适用的办法没有写办理流程。", "quiet"))
            return
        for hold in way.holds:
            self._add_hold(hold)
        for number, behind in enumerate(way.behind):
            self._add_done(behind, first=number == 0)
        self._add_now(way)
        for meeting in self._page.meetings:
            if meeting["workflow"] == way.road.workflow.id:
                self._add_meeting(meeting)
        for one in way.publicities:
            self._add_publicity(one)
        if way.road.workflow.marks.get("rectifying"):
            for order in self._page.rectifications:
                self._add_rectification(order)
        for number, ahead in enumerate(way.ahead):
            self._add_ahead(ahead, last=number == len(way.ahead) - 1)
        if self.form is not None:
            self._quieten()

    def _add_hold(self, hold: Any) -> None:
        card = HoldCard(hold)
        card.answer_requested.connect(self.answer_requested)
        self.steps.addWidget(card)

    def _add_meeting(self, meeting: dict[str, Any]) -> None:
        card = MeetingCard(meeting)
        card.minutes_requested.connect(self.minutes_requested)
        self.meetings.append(card)
        self.steps.addWidget(card)

    def _add_done(self, behind: Any, *, first: bool) -> None:
        row = DoneRow(behind, first=first)
        row.correct_requested.connect(lambda _id: self.correction_requested.emit(self.way(), behind.done))
        self.done_rows.append(row)
        self.steps.addWidget(row)

    def _add_now(self, way: Any) -> None:
        words = "" if way.road.begun else NOT_BEGUN
        if way.road.chain.disputed:
            other = "、".join(one.to_state for one in way.road.chain.disputed)
            words = f"另有工会登记了不同的办理：{other}。请核对后更正其中一处。"
        now = NowRow(way.road.state, words, first=not way.behind, last=not way.ahead)
        self.steps.addWidget(now)
        for one in way.road.chain.disputed:
            button = Button(f"更正“{one.to_state}”…", role="link")
            button.clicked.connect(lambda _checked=False, one=one: self.correction_requested.emit(way, one))
            now.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_books(now, way)
        if not way.ahead:
            now.body.addWidget(theme.label("没有下一步，已办结。", "pass"))

    def _add_rectification(self, order: dict[str, Any]) -> None:
        card = RectificationCard(order, date.today())
        card.report_requested.connect(self.report_requested)
        self.orders.append(card)
        self.steps.addWidget(card)

    def _add_books(self, now: NowRow, way: Any) -> None:
        """Offer the books that the state at hand, or the next, is kept in."""
        flow = way.road.workflow
        states = (way.road.state, *(one.gate.transition.to for one in way.ahead if one.usual))
        wanted = [
            (view, words)
            for view, words, marks in BOOKS
            if any(flow.is_marked(state, mark) for state in states for mark in marks)
        ]
        if self._page.has_prize or self._page.noun == "grants":
            wanted.append(("allocation", "奖金台账" if self._page.has_prize else "分配与支出"))
        buttons = [self._book(view, words) for view, words in wanted]
        if flow.is_marked(way.road.state, "publicity") and not held_at(way):
            begin = Button("登记公示…", "clock", role="link")
            begin.clicked.connect(self.publicity_requested)
            buttons.append(begin)
        if buttons:
            now.body.addWidget(button_row(*buttons))

    def _book(self, view: str, words: str) -> Button:
        button = Button(words, "jump", role="link")
        button.clicked.connect(lambda: self.book_requested.emit(view))
        return button

    def _add_publicity(self, one: Any) -> None:
        card = PublicityCard(one)
        card.objection_requested.connect(self.objection_requested)
        card.settling_requested.connect(self.settling_requested)
        card.closing_requested.connect(self.closing_requested)
        card.calendar_requested.connect(self.calendar_requested)
        self.steps.addWidget(card)

    def _add_ahead(self, ahead: Any, *, last: bool) -> None:
        row = AheadRow(ahead, "", last=last)
        # The meeting of an office above is only recorded here, by its letter.
        wanted = self.meeting_requested if ahead.meets and ahead.turn != "above" else self.step_requested
        row.take_requested.connect(lambda: wanted.emit(self.way(), ahead))
        row.paper_requested.connect(self.paper_requested)
        row.facts_requested.connect(lambda rule: self.facts_requested.emit(self.way(), ahead, rule))
        self.ahead_rows.append(row)
        self.steps.addWidget(row)

    # -- the form in hand ------------------------------------------------------------------------------------------

    def show_form(self, form: AskForm) -> None:
        """Show a form above the road and put the cursor into it."""
        self.put_form_away()
        self.form, self._is_new = form, False
        self._quieten()
        form.put_away.connect(self.put_form_away)
        self.form_changed.emit()
        self.place.addWidget(form)
        self.area.verticalScrollBar().setValue(0)
        form.begin()

    def _quieten(self) -> None:
        """While a form is in hand, its own action is the one in red."""
        for row in self.ahead_rows:
            theme.set_role(row.take, "")

    def put_form_away(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self.form_changed.emit()
            if self._page is not None:
                self._show_way()
                self._is_new = True
                QTimer.singleShot(0, self, self._look_at_now)
