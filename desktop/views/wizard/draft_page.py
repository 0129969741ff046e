"""An open application: steps at the left, one condition's fields in the middle, 结论与依据 at the right."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.application import Blocker, Draft
from desktop.views import formats, theme
from desktop.views.arranging import ROOM, Wide, beside, stacked
from desktop.views.icons import STATUS_WORDS, Button
from desktop.views.panes import pane_width
from desktop.views.wizard.fact_form import FactForm
from desktop.views.wizard.findings_panel import FindingsPanel
from desktop.views.wizard.half_typed import HalfTyped
from desktop.views.wizard.live_draft import GRAVITY, SUMMARY, LiveDraft
from desktop.views.wizard.step_delegate import StepDelegate
from desktop.views.wizard.step_list_model import ID_ROLE, StepListModel
from desktop.views.wizard.summary_page import SummaryPage

STEPS_WIDTH = 236
FINDINGS_WIDTH = 416
STEPS_AT_LEAST = 188
MIDDLE_AT_LEAST = 408


class DraftPage(QWidget):
    """Shows a draft and judges it live; tells the view what is to be saved and submitted."""

    fact_given = Signal(str, object)
    reason_given = Signal(str, str)
    submit_requested = Signal()
    leave_requested = Signal()
    open_record = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.live: LiveDraft | None = None
        self._half_typed = HalfTyped()
        self._page_id = ""
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.steps = StepListModel(self)
        self.step_list = QListView()
        self.step_list.setModel(self.steps)
        self.step_list.setItemDelegate(StepDelegate(self.step_list))
        self.step_list.setMouseTracking(True)
        self.step_list.setResizeMode(QListView.ResizeMode.Adjust)
        self.step_list.setAccessibleName("申报的步骤")
        self.form, self.summary, self.findings = FactForm(), SummaryPage(), FindingsPanel()
        self._middle = QStackedWidget()
        self._middle.addWidget(self.form)
        self._middle.addWidget(self.summary)
        stacked(self._head(), Wide(self._panes()), on=self, margins=0, spacing=theme.px(12))

    def _head(self) -> QHBoxLayout:
        self._name = theme.label(role="title", wrap=False)
        self._law = theme.label(role="quiet", wrap=True)
        self._back = Button("换一份申报", "chevron-left")
        self._submit = Button("提交申报", role="primary")
        words = stacked(self._name, self._law, spacing=0)
        return beside(Wide(words), self._back, self._submit, spacing=theme.px(8))

    def _panes(self) -> QSplitter:
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(theme.px(16))
        for pane in (self.step_list, self._middle_pane(), self.findings):
            panes.addWidget(pane)
        self.step_list.setMinimumWidth(STEPS_AT_LEAST)
        panes.setSizes([pane_width(STEPS_WIDTH), 600, pane_width(FINDINGS_WIDTH)])
        for position, stretch in enumerate((0, 1, 0)):
            panes.setStretchFactor(position, stretch)
        return panes

    def _middle_pane(self) -> QWidget:
        pane = QWidget()
        # On a small screen the panes at its sides give way: what is to be filled in stays in sight.
        pane.setMinimumWidth(MIDDLE_AT_LEAST)
        self._previous, self._next = Button("上一步", "chevron-left"), Button("下一步", "chevron-right")
        self._next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._middle, 1)
        row = beside(self._previous, ROOM, self._next)
        column.addLayout(row)
        return pane

    def _connect_signals(self) -> None:
        self.step_list.selectionModel().currentChanged.connect(self._step_chosen)
        self.form.edited.connect(self._typed)
        self.form.committed.connect(self.fact_given)
        self.form.open_record.connect(self.open_record)
        self.findings.jump.connect(self.jump_to)
        self.findings.reason_given.connect(self.reason_given)
        self.summary.jump.connect(self.jump_to)
        self.summary.jump_beside.connect(self._jump_beside)
        self._submit.clicked.connect(self._ask_to_submit)
        self._back.clicked.connect(self.leave_requested)
        self._previous.clicked.connect(lambda: self._go_by(-1))
        self._next.clicked.connect(lambda: self._go_by(1))
        self._previous.setShortcut("Alt+Left")
        self._next.setShortcut("Alt+Right")

    def open_draft(self, draft: Draft) -> None:
        """Show a draft from its first step."""
        self.save_now()
        self.form.clear()
        self.live = LiveDraft(draft)
        self._page_id = ""
        self._show_head(draft)
        self.steps.set_steps(self.live.steps())
        self._go_to(self.live.pages()[0].id if self.live.pages() else SUMMARY)
        self.step_list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_saved(self, draft: Draft) -> None:
        """Bring the page up to date after a save or a change elsewhere; what is being typed stays."""
        if self.live is None:
            return
        self.live.saved(draft)
        self._show_head(draft)
        if self._page_id != SUMMARY and not self.live.has_page(self._page_id):
            # Another kind was chosen (示范性, 十佳金点子 …), and this page is not one of its pages.
            self.steps.set_steps(self.live.steps())
            self._go_to(self.live.pages()[0].id)
            return
        if self._page_id != SUMMARY:
            self.form.show_inputs(self.live.page(self._page_id).inputs)
        self._show_verdict()

    def jump_to(self, rule: str) -> None:
        """Go to the page that holds a rule and put the cursor into the field that cures it, or into the reason."""
        if self.live is None:
            return
        page, fact = self.live.place_of(rule)
        self._go_to(page)
        if not self.form.focus_fact(fact):
            self.findings.focus_reason(rule)

    def _curable_here(self, blocker: Blocker) -> bool:
        """Whether a page here asks for what a regulation beside lacks; its reasons are given elsewhere."""
        assert self.live is not None
        return blocker.kind != "reason" and self.live.asked(blocker.rule) is not None

    def _jump_beside(self, rule: str) -> None:
        place = self.live.asked(rule) if self.live is not None else None
        if place is not None:
            self._go_to(place[0])
            self.form.focus_fact(place[1])

    def refuse(self, fact: str, sentence: str) -> None:
        """Show beside its field that a value was not saved, and why."""
        self.form.refuse(fact, sentence)

    def save_now(self) -> None:
        """Commit whatever is still being typed; what cannot be read is kept to be shown again."""
        self.form.save_now()
        if self.live is not None:
            self._half_typed.keep(self.live.id, self.form.rows())

    def current_step(self) -> str:
        """Return the id of the page shown, or `summary`."""
        return self._page_id

    def _show_head(self, draft: Draft) -> None:
        name = draft.title or "申报"
        state = str(draft.application["state"])
        on = formats.date_text(draft.application.get("reference_date"))
        self._name.setText(name)
        kind = draft.application.get("award_kind") or draft.application.get("application_level") or ""
        parts = (draft.regulation.title, draft.stage, str(kind), f"认定基准日 {on}", state)
        self._law.setText("　·　".join(part for part in parts if part))
        self._submit.setVisible(state in ("草稿", "退回修改"))

    def _step_chosen(self, current: QModelIndex) -> None:
        if current.isValid():
            self._show_page(current.data(int(ID_ROLE)))

    def _go_to(self, page_id: str) -> None:
        row = next((row for row, step in enumerate(self.steps.steps()) if step.id == page_id), 0)
        self.step_list.setCurrentIndex(self.steps.index(row))
        self._show_page(page_id)

    def _go_by(self, rows: int) -> None:
        row = self.step_list.currentIndex().row() + rows
        if 0 <= row < self.steps.rowCount():
            self.step_list.setCurrentIndex(self.steps.index(row))
            if self._page_id == SUMMARY or not self.form.rows():
                self.step_list.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.form.focus_fact("")

    def _show_page(self, page_id: str) -> None:
        if self.live is None or page_id == self._page_id:
            return
        self.save_now()
        self._page_id = page_id
        if page_id == SUMMARY:
            self._middle.setCurrentWidget(self.summary)
            self.findings.show_page(self._open_findings(), self.live.draft.reasons)
        else:
            page = self.live.page(page_id)
            self._middle.setCurrentWidget(self.form)
            self.form.show_page(page)
            self._half_typed.show(self.live.id, self.form.rows())
            self.findings.show_page(self.live.findings(page), self.live.draft.reasons)
        self._show_verdict()

    def can_submit(self) -> bool:
        """Whether nothing stands in the way of submitting."""
        return self.live is not None and not self.live.blockers() and self._unread() is None

    def _unread(self) -> tuple[str, str] | None:
        """Return the page and fact of the first entry that was not taken."""
        assert self.live is not None
        facts = set(self._half_typed.facts(self.live.id))
        places = ((page.id, one.fact) for page in self.live.pages() for one in page.inputs)
        return next((place for place in places if place[1] in facts), None)

    def _ask_to_submit(self) -> None:
        """Submit, or go to the page that lists what stands in the way."""
        self.save_now()
        unread = self._unread() if self.live is not None else None
        if self.can_submit():
            self.submit_requested.emit()
        elif unread is not None:
            # Submitting would silently leave out what stands half typed on that page.
            self._go_to(unread[0])
            self.form.focus_fact(unread[1])
        else:
            self._go_to(SUMMARY)
            self.summary.take_focus()

    def _open_findings(self) -> list[Any]:
        assert self.live is not None
        rules = dict.fromkeys(blocker.rule for blocker in self.live.blockers())
        return [self.live.finding(rule) for rule in rules]

    def _typed(self, fact: str, value: object) -> None:
        if self.live is not None:
            self.form.refuse(fact, self.live.type(fact, value))
            self._show_verdict()

    def _show_verdict(self) -> None:
        assert self.live is not None
        self.steps.set_steps(self.live.steps())
        blockers = self.live.blockers()
        row = self.step_list.currentIndex().row()
        self._previous.setEnabled(row > 0)
        self._next.setEnabled(row < self.steps.rowCount() - 1)
        theme.set_role(self._submit, "" if blockers else "primary")
        self._submit.setToolTip(f"还有{len(blockers)}项要先办，见“总体结论”" if blockers else "")
        if self._page_id == SUMMARY:
            self.summary.show_verdict(self.live.verdict.counts, blockers)
            self.summary.show_beside(self.live.beside(), self._curable_here)
            self.findings.show_findings(self._open_findings(), self.live.draft.reasons)
            self.findings.show_summary("要先办的规定和原文" if blockers else "没有要先办的事")
            return
        self._show_page_verdict()

    def _show_page_verdict(self) -> None:
        assert self.live is not None
        page = self.live.page(self._page_id)
        findings = self.live.findings(page)
        self.form.show_statuses(self.live.field_statuses(page))
        self.findings.show_findings(findings, self.live.draft.reasons)
        counts = {status: sum(finding.status == status for finding in findings) for status in GRAVITY}
        said = (f"{STATUS_WORDS[status]} {count}" for status, count in counts.items() if count)
        self.findings.show_summary("　".join(said))
