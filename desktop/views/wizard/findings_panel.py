"""结论与依据: the findings of one page as cards, always in the rules' order."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.rules.evaluator import Finding
from desktop.rules.workflow import NEEDS_REASON
from desktop.views import theme
from desktop.views.finding_card import FindingCard


class FindingsPanel(QWidget):
    """Keeps one card a rule and brings it up to date in place, so that nothing jumps while one types."""

    jump = Signal(str)
    reason_given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[str, FindingCard] = {}
        self._shown: dict[str, tuple[Finding, str | None]] = {}
        self._title = theme.label("结论与依据", "heading")
        self._summary = theme.label(role="quiet", wrap=True)
        self._scroll = QScrollArea()
        self._build_layout()

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._title)
        column.addWidget(self._summary)
        column.addSpacing(theme.px(8))
        page = QWidget()
        page.setObjectName("page")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, theme.px(4), 0)
        self._column.setSpacing(theme.px(8))
        self._column.addStretch(1)
        self._scroll.setWidget(page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._scroll, 1)

    def show_page(self, findings: Sequence[Finding], reasons: Mapping[str, str]) -> None:
        """Lay out the cards of another page."""
        self._clear()
        for finding in findings:
            card = FindingCard(finding)
            card.jump_requested.connect(self.jump)
            card.reason_given.connect(self.reason_given)
            self._cards[finding.rule] = card
            self._column.insertWidget(self._column.count() - 1, card)
        self.show_findings(findings, reasons)
        self._scroll.verticalScrollBar().setValue(0)

    def show_findings(self, findings: Sequence[Finding], reasons: Mapping[str, str]) -> None:
        """Bring the cards up to date; one whose finding did not change is not touched."""
        for finding in findings:
            shown = (finding, reasons.get(finding.rule, "") if finding.strength in NEEDS_REASON else None)
            if finding.rule in self._cards and self._shown.get(finding.rule) != shown:
                self._shown[finding.rule] = shown
                self._cards[finding.rule].show_finding(*shown)

    def show_summary(self, words: str) -> None:
        """Say how the page stands in one line."""
        self._summary.setText(words)

    def focus_reason(self, rule: str) -> None:
        """Bring a card into sight and put the cursor into its reason."""
        card = self._cards.get(rule)
        if card is not None:
            self._scroll.ensureWidgetVisible(card)
            card.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cards(self) -> list[FindingCard]:
        """Return the cards in order."""
        return list(self._cards.values())

    def _clear(self) -> None:
        for card in self._cards.values():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards.clear()
        self._shown.clear()
