"""奖励分配: the view that shares out a grant, or keeps its ledger where rewards are not allowed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.rules.verdict import Finding
from desktop.services import allocation, allotment, application, expenses, records
from desktop.services.allotment import AllocationSheet, Line
from desktop.services.expenses import Ledger
from desktop.views import theme
from desktop.views.allocation.export_button import ExportButton
from desktop.views.allocation.figures import Figures, basis_words, floor_percent
from desktop.views.allocation.grant_list import GrantList
from desktop.views.allocation.grant_picker import GrantPicker
from desktop.views.allocation.ledger_panel import LedgerPanel
from desktop.views.allocation.planner_panel import PlannerPanel
from desktop.views.allocation.reason_row import ReasonRow
from desktop.views.allocation.reward_table import RewardTable
from desktop.views.allocation.trail_page import TrailPage
from desktop.views.desk import View
from desktop.views.empty_state import EmptyState
from desktop.views.icons import Button
from desktop.views.panes import pane_width

PLANNER_WIDTH = 400
NO_GRANTS = "工作室命名或列入支持以后，在“办理”里找到它，登记补助；再到这里分配，成员和角色从台账带入。"
LISTED = frozenset({"grants", "workrooms", "awards", "award_payments", "*"})
"""Nouns whose change may change the list of grants; * is anything."""


class AllocationView(View):
    """Chooses a grant, shares it out live, and keeps its ledger."""

    nouns = frozenset(
        {"grants", "allocations", "allocation_lines", "expenditures", "members", "people", "outcomes", "overrides"}
        | {"workrooms", "attestations", "attachments", "steps", "awards", "award_payments"}
    )

    def _build_layout(self) -> None:
        self._grant_id = ""
        self._sheet: AllocationSheet | None = None
        self._ledger: Ledger | None = None
        self.picker, self.figures = GrantPicker(), Figures()
        self.rewards, self.ledger, self.planner = RewardTable(), LedgerPanel(), PlannerPanel()
        self.export = ExportButton(self.operations)
        self.reopening = ReasonRow("分配方案退回草稿", "退回草稿")
        self._empty = EmptyState("allocation", "还没有补助资金", NO_GRANTS, "去办理")
        self._empty.first.connect(lambda: self.desk.go.emit("course", "", ""))
        self.list = GrantList(self.desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(12))
        column.setSpacing(theme.px(12))
        column.addLayout(self._head())
        column.addWidget(self.strip)
        column.addWidget(self.reopening)
        self._stack = QStackedWidget()
        self.trail = TrailPage(self.desk)
        for page in (self._empty, self.list, self._body(), self.trail):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)

    def _head(self) -> QHBoxLayout:
        self.back = Button("全部补助", "chevron-left")
        self.spent = Button("支出明细", "table")
        self.way = Button("资金去向", "jump")
        for button in (self.spent, self.way):
            button.setCheckable(True)
        self.reopen_button = Button("退回草稿", "edit")
        self.decide_button = Button("确定分配", role="primary")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(theme.label("奖励分配", "title"))
        head.addWidget(self.picker, 1)
        for button in (self.back, self.way, self.spent, self.export, self.reopen_button, self.decide_button):
            head.addWidget(button)
            button.hide()  # Until a grant says which it offers: all at once would widen a small window for good.
        return head

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.figures)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(theme.px(16))
        self._left = QStackedWidget()
        self._left.addWidget(self.rewards)
        self._left.addWidget(self.ledger)
        panes.addWidget(self._left)
        panes.addWidget(self.planner)
        panes.setStretchFactor(0, 1)
        panes.setSizes([900, pane_width(PLANNER_WIDTH)])
        column.addWidget(panes, 1)
        return body

    def _connect_signals(self) -> None:
        self.picker.chosen.connect(self.open_grant)
        self.list.chosen.connect(self.open_grant)
        self.back.clicked.connect(self.show_all)
        self.spent.toggled.connect(lambda _on: self._show_side())
        self.way.toggled.connect(lambda _on: self._load_grant())
        self.rewards.model.state_changed.connect(self._show_state)
        self.rewards.model.line_given.connect(self._save_line)
        self.planner.proposal_requested.connect(self._propose)
        self.planner.reason_given.connect(self._save_reason)
        self.ledger.changed.connect(self._save_expense)
        self.ledger.add_requested.connect(self.add)
        self.ledger.removed.connect(self._remove_expenses)
        self.decide_button.clicked.connect(self._decide)
        self.reopen_button.clicked.connect(self.reopening.ask)
        self.reopening.given.connect(self._reopen)
        for part in (self.export, self.trail, self.list):
            part.failed.connect(self.tell)
        for writer in (self.export, self.trail):
            writer.done.connect(lambda words: self.strip.show_message(words, "pass"))

    def arrive(self) -> None:
        """Show the grants, and the chosen one as it now stands."""
        self.operations.when_ready(self._load)

    def refresh(self, nouns: frozenset[str]) -> None:
        """Show what was saved; the list of grants is read again only when it may have changed."""
        if self._grant_id and not nouns & LISTED:
            self._load_grant()
        else:
            self._load()

    def show_record(self, noun: str, record_id: str) -> None:
        """Open a grant, or the prize of an award."""
        if noun == "grants":
            self.open_grant(record_id)
        elif noun == "awards":
            self.show_all()
            self.list.show_award(record_id)

    def search(self) -> None:
        """Go to the choice of a grant."""
        self.picker.setFocus()

    def add(self) -> None:
        """Begin an expense where the ledger is shown."""
        if not self._grant_id or self._ledger is None or self._left.currentWidget() is not self.ledger:
            return
        grant_id, use = self._grant_id, self._ledger.first_use
        self.operations.run(
            "登记支出",
            lambda session: expenses.add_expense(session, grant_id, use, date.today()),
            self.ledger.edit_record,
            self.tell,
        )

    def open_grant(self, grant_id: str) -> None:
        """Show one grant."""
        self._grant_id = grant_id
        self.strip.clear()
        self.spent.setChecked(False)
        self._load()
        self.rewards.begin()

    def show_all(self) -> None:
        """Go back to the list of grants, the last one opened still marked."""
        left, self._grant_id, self._sheet, self._ledger = self._grant_id, "", None, None
        self.strip.clear()
        self._load()
        self.list.mark(left)

    def _load(self) -> None:
        grants = self.operations.read(allocation.grants_to_allot)
        if self._grant_id not in {grant["id"] for grant in grants}:
            self._grant_id = ""
        self.picker.show_grants(grants, self._grant_id)
        something = self.list.show_grants(grants)
        self._load_grant()
        if not self._grant_id:
            self._stack.setCurrentIndex(1 if something else 0)

    def _load_grant(self) -> None:
        if self._grant_id:
            self._sheet = self.operations.read(lambda session: allocation.worksheet(session, self._grant_id))
            self._ledger = self.operations.read(lambda session: expenses.ledger(session, self._grant_id))
            self._show_grant(self._sheet, self._ledger)
            self.way.setText("返回分配" if self.way.isChecked() else "资金去向")
            if self.way.isChecked():
                self.trail.show_grant(self._grant_id)
            self._stack.setCurrentIndex(3 if self.way.isChecked() else 2)
        self._show_actions()

    def _show_grant(self, sheet: AllocationSheet, ledger: Ledger) -> None:
        open_ = self._state() in ("", "草稿")
        self.rewards.model.read_only = not open_
        self.rewards.show_sheet(sheet)
        uses = dict.fromkeys([*ledger.uses, *(e["category"] for e in ledger.expenses)])
        self.ledger.show_ledger(ledger.expenses, tuple(uses))
        self.planner.show_plan(sheet, floor_percent(self.rewards.model.state), open_=open_)
        self.export.set_grant(self._grant_id)
        if sheet.ban is not None:
            words = f"{sheet.ban.sentence}" + (f"原文：{sheet.ban.text}" if sheet.ban.text else "")
            self.strip.show_message(words, "fail" if sheet.ban.article else "warn")
            self.spent.setChecked(True)
        self._show_side()

    def _show_side(self) -> None:
        if self._sheet is None or self._ledger is None:
            return
        spending = self.spent.isChecked() or not self._sheet.allows_rewards
        self._left.setCurrentWidget(self.ledger if spending else self.rewards)
        self.spent.setText("返回分配" if spending else "支出明细")
        self.figures.setVisible(self._sheet.allows_rewards)
        self.planner.show_planning(not spending)
        self._show_state()

    def _show_state(self) -> None:
        sheet, model = self._sheet, self.rewards.model
        if sheet is None or self._ledger is None:
            return
        if model.state is not None and sheet.allows_rewards:
            self.figures.show_state(model.state, basis_words(sheet.regulation.grants, sheet.grant))
        self.planner.show_findings(self._findings(sheet), sheet.reasons)

    def _findings(self, sheet: AllocationSheet) -> Sequence[Finding]:
        if self._left.currentWidget() is self.ledger and self._ledger is not None:
            return self._ledger.verdict.findings
        return allotment.verdict(sheet, self.rewards.model.lines()).findings

    def _state(self) -> str:
        return str((self._sheet.allocation or {}).get("state", "")) if self._sheet is not None else ""

    def _show_actions(self) -> None:
        rewards = self._sheet is not None and self._sheet.allows_rewards
        state, shared = self._state(), bool(self._grant_id) and rewards and not self.way.isChecked()
        self.decide_button.setVisible(shared and state in ("", "草稿"))
        self.reopen_button.setVisible(shared and state == "已定")
        self.spent.setVisible(shared)
        for button in (self.back, self.way):
            button.setVisible(bool(self._grant_id))
        self.export.setVisible(shared)

    def _save_line(self, line: Line) -> None:
        grant_id, operator = self._grant_id, self.desk.operator
        self.operations.run(
            f"填写{line.name or line.category}的分配",
            lambda session: allocation.note_excess(session, grant_id, line, operator, date.today()),
            otherwise=self._refused,
        )

    def _refused(self, error: Any) -> None:
        self.tell(error)
        self._load()

    def _propose(self, mode: str) -> None:
        if self._sheet is None:
            return
        grant_id, lines = self._grant_id, allotment.proposed(self._sheet, self.rewards.model.lines(), mode)
        words = {"even": "一键均分", "weighted": "按权重分配", "floor": "补足到下限"}[mode]
        self.operations.run(words, lambda session: allocation.save_lines(session, grant_id, lines), otherwise=self.tell)

    def _save_reason(self, rule: str, reason: str) -> None:
        if self._sheet is None:
            return
        found = next(finding for finding in self._findings(self._sheet) if finding.rule == rule)
        grant_id, operator = self._grant_id, self.desk.operator
        self.operations.run(
            "写明理由",
            lambda session: application.give_reason(session, grant_id, found, reason, operator, date.today()),
            otherwise=self.tell,
        )

    def _save_expense(self, expense_id: str, key: str, value: Any) -> None:
        change = {"id": expense_id, key: value}
        self.operations.run(
            "修改支出", lambda session: records.put_records(session, "expenditures", change), otherwise=self._refused
        )

    def _remove_expenses(self, ids: list[str]) -> None:
        if self.operations.run("删除支出", lambda session: expenses.remove(session, ids), otherwise=self.tell):
            self.strip.show_message(f"已删除{len(ids)}笔支出。", "info", "撤销", self.operations.undo)

    def _decide(self) -> None:
        grant_id, operator = self._grant_id, self.desk.operator
        self.operations.run(
            "确定分配方案",
            lambda session: allocation.decide(session, grant_id, operator, date.today()),
            lambda _decided: self.strip.show_message("分配方案已确定，可以导出分配表和签领表。", "pass"),
            self.tell,
        )

    def _reopen(self, reason: str) -> None:
        grant_id = self._grant_id
        self.operations.run(
            "分配方案退回草稿", lambda session: allocation.reopen(session, grant_id, reason), otherwise=self.tell
        )
