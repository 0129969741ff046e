"""The planner's words: whether this team can reach the floor inside the caps, what would help, and proposals."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.rules.evaluator import Finding
from desktop.rules.workflow import NEEDS_REASON
from desktop.services.allotment import AllocationSheet
from desktop.views import theme
from desktop.views.arranging import stacked
from desktop.views.finding_card import FindingCard
from desktop.views.icons import Button, StatusIcon

SHOWN_REMEDIES = 4


class PlannerPanel(QWidget):
    """Shows the plan, the three proposals and the findings that want attention."""

    proposal_requested = Signal(str)
    reason_given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[str, FindingCard] = {}
        self._shown: dict[str, tuple[Finding, str | None]] = {}
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, theme.px(4), 0)
        self._column.setSpacing(theme.px(8))
        self._title, self._card = theme.label("测算与建议", "heading"), self._plan_card()
        self._column.addWidget(self._title)
        self._column.addWidget(self._card)
        self._column.addLayout(self._buttons())
        self._findings_title = theme.label("要留意的规定", "strong")
        self._column.addWidget(self._findings_title)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def _plan_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        self._icon = StatusIcon()
        self._sentence = theme.label(role="strong", wrap=True)
        self._basis = theme.label(role="quiet", wrap=True)
        self._remedies = theme.label(wrap=True)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._sentence, 1)
        stacked(
            head,
            self._basis,
            self._remedies,
            on=card,
            margins=(theme.px(16), theme.px(12), theme.px(16), theme.px(12)),
            spacing=theme.px(6),
        )
        return card

    def _buttons(self) -> QHBoxLayout:
        self.even = Button("一键均分", "even", tip="按下限平均分给全体成员，不超过各人上限")
        self.weighted = Button("按权重", "weight", tip="按各角色上限的比例分到下限")
        self.floor = Button("补足到下限", "money", tip="保留已填的金额，把差额补到下限")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self.even, self.weighted, self.floor):
            row.addWidget(button, 1)
        return row

    def _connect_signals(self) -> None:
        self.even.clicked.connect(lambda: self.proposal_requested.emit("even"))
        self.weighted.clicked.connect(lambda: self.proposal_requested.emit("weighted"))
        self.floor.clicked.connect(lambda: self.proposal_requested.emit("floor"))

    def show_planning(self, planning: bool) -> None:
        """Show the plan and the proposals, or leave the findings alone (beside the ledger)."""
        for widget in (self._title, self._card, self.even, self.weighted, self.floor):
            widget.setVisible(planning)

    def show_plan(self, sheet: AllocationSheet, floor_percent: int, *, open_: bool) -> None:
        """Say before anything is typed how far this team can go, and what would help, the cheapest first."""
        for button in (self.even, self.weighted, self.floor):
            button.setEnabled(open_ and sheet.plan is not None)
        self.floor.setText(f"补足到{floor_percent}%" if floor_percent else "补足到下限")
        if sheet.plan is None:
            return
        reachable = sheet.plan.floor_reachable
        self._icon.show_status("pass" if reachable else "warn")
        self._sentence.setText(_verdict_words(reachable, floor_percent))
        self._basis.setText(sheet.plan.advice)
        remedies = [remedy.text for remedy in sheet.plan.remedies[:SHOWN_REMEDIES]]
        self._remedies.setText("\n".join(f"{number}. {text}" for number, text in enumerate(remedies, 1)))
        self._remedies.setVisible(bool(remedies))

    def show_findings(self, findings: Sequence[Finding], reasons: Mapping[str, str]) -> None:
        """Keep one card for each rule that fails, warns or lacks a fact, in place while one types."""
        wanted = {finding.rule: finding for finding in findings if _wants_attention(finding)}
        for rule in [rule for rule in self._cards if rule not in wanted]:
            self._remove(rule)
        for rule, finding in wanted.items():
            self._show(rule, finding, reasons.get(rule, "") if finding.strength in NEEDS_REASON else None)
        self._findings_title.setVisible(bool(wanted))

    def cards(self) -> list[FindingCard]:
        """Return the cards in order."""
        return list(self._cards.values())

    def _show(self, rule: str, finding: Finding, reason: str | None) -> None:
        card = self._cards.get(rule)
        if card is None:
            card = self._cards[rule] = FindingCard(finding)
            card.reason_given.connect(self.reason_given)
            self._column.insertWidget(self._column.count() - 1, card)
        if self._shown.get(rule) != (finding, reason):
            self._shown[rule] = (finding, reason)
            card.show_finding(finding, reason, can_jump=False)

    def _remove(self, rule: str) -> None:
        card = self._cards.pop(rule)
        self._shown.pop(rule, None)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()


def _wants_attention(finding: Finding) -> bool:
    """A fact that only an encouragement asks for is no matter to settle here."""
    return finding.status in ("fail", "warn") or (finding.status == "unknown" and finding.strength in NEEDS_REASON)


def _verdict_words(reachable: bool, percent: int) -> str:
    if reachable:
        return f"这支团队在各人上限内能达到{percent}%。" if percent else "各人上限内都可以分配。"
    return f"这支团队按各人上限分满，也达不到{percent}%。"
