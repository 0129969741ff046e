"""One finding as a card: status, sentence, cure, article, the regulation's own words folded under it, and 去填写."""

from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, beside
from desktop.views.editors import TextEditor
from desktop.views.icons import STATUS_WORDS, Button, StatusIcon


class FindingLike(Protocol):
    """What a card needs of a finding (rules.evaluator.Finding)."""

    @property
    def rule(self) -> str:
        """The rule's id."""
        ...

    @property
    def title(self) -> str:
        """The rule's short name."""
        ...

    @property
    def article(self) -> str:
        """The article or clause, 第七条（二）."""
        ...

    @property
    def status(self) -> str:
        """One of pass, fail, warn, unknown, n/a."""
        ...

    @property
    def message(self) -> str:
        """What was found against what is required, and what would cure it."""
        ...

    @property
    def text(self) -> str:
        """The regulation's own words."""
        ...


class FindingCard(QFrame):
    """Shows one finding and keeps showing newer ones of the same rule; folds nothing away but the 原文."""

    jump_requested = Signal(str)
    reason_given = Signal(str, str)

    def __init__(self, finding: FindingLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self._build_layout()
        self._connect_signals()
        self.show_finding(finding)

    def _build_layout(self) -> None:
        self.setProperty("role", "card")
        self._icon = StatusIcon()
        self._status = theme.label(role="strong")
        self._title = theme.label(role="strong", wrap=True)
        self._message = theme.label(wrap=True)
        self._article = theme.label(role="small", wrap=True)
        self._quote = theme.label(role="quote", wrap=True)
        self._quote.hide()
        self.fold = Button("原文", role="link")
        self.fold.setCheckable(True)
        self.jump = Button("去填写", "jump", role="link")
        self.reason = TextEditor()
        self.reason.set_placeholder("写明理由后可以通过")
        self.reason.setAccessibleName("理由")
        self._lay_out(QVBoxLayout(self))

    def _lay_out(self, layout: QVBoxLayout) -> None:
        layout.setContentsMargins(16, 10, 12, 8)
        layout.setSpacing(4)
        head = beside(self._icon, self._status, Wide(self._title), spacing=6)
        foot = beside(Wide(self._article), self.jump, self.fold, spacing=4)
        layout.addLayout(head)
        layout.addWidget(self._message)
        layout.addWidget(self.reason)
        layout.addLayout(foot)
        layout.addWidget(self._quote)

    def _connect_signals(self) -> None:
        self.fold.toggled.connect(self._quote.setVisible)
        self.jump.clicked.connect(lambda: self.jump_requested.emit(self.finding.rule))
        self.reason.committed.connect(lambda words: self.reason_given.emit(self.finding.rule, words))

    def show_finding(self, finding: FindingLike, reason: str | None = None, *, can_jump: bool = True) -> None:
        """Show a finding; `reason` "" or text offers the field for one (only for a warning), None leaves it out."""
        self.finding = finding
        status = finding.status
        self._icon.show_status(status)
        self._status.setText(STATUS_WORDS[status])
        theme.set_role(self._status, {"unknown": "missing", "n/a": "missing"}.get(status, status))
        self._title.setText(finding.title)
        self._message.setText(finding.message)
        self._message.setVisible(bool(finding.message))
        self._article.setText(finding.article)
        self._quote.setText(finding.text)
        self.fold.setVisible(bool(finding.text))
        self.jump.setVisible(can_jump and status in ("fail", "warn", "unknown"))
        self._show_reason(reason if status == "warn" else None)
        self.setAccessibleName(f"{STATUS_WORDS[status]}：{finding.title}。{finding.message}（{finding.article}）")
        self.update()

    def _show_reason(self, reason: Any) -> None:
        self.reason.setVisible(reason is not None)
        if reason is not None:
            self.reason.set_value(reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and, at its left edge, a bar in the colour of the status."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(1, 8, 3, self.height() - 16, theme.status_color(self.finding.status))
