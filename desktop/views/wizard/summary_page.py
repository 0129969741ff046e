"""总体结论: whether the application can be submitted, the counts, and everything that stands in the way."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.services.application import Blocker
from desktop.views import theme
from desktop.views.icons import STATUS_WORDS, Button, StatusIcon

KIND_STATUS = {"fail": "fail", "unknown": "unknown", "reason": "warn"}
"""The status shown for each kind of blocker, the gravest first."""
KIND_ACTION = {"fail": "去填写", "unknown": "去填写", "reason": "写理由"}
ROLES = {"pass": "pass", "fail": "fail", "warn": "warn", "unknown": "missing", "n/a": "quiet"}


class SummaryPage(QScrollArea):
    """Shows the verdict's head, the counts and the list of blockers; `jump` carries a rule."""

    jump = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Blocker, ...] | None = None
        self._jumps: list[Button] = []
        self._build_layout()

    def _build_layout(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(12))
        column.addWidget(theme.label("总体结论", "heading"))
        column.addWidget(self._head())
        self._list_title = theme.label(role="strong")
        column.addWidget(self._list_title)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        self._card.setLayout(self._lines)
        self._lines.setContentsMargins(theme.px(16), theme.px(4), theme.px(8), theme.px(4))
        column.addWidget(self._card)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("role", "card")
        self._icon, self._sentence = StatusIcon(), theme.label(role="heading", wrap=True)
        self._counts = {status: theme.label(role=role) for status, role in ROLES.items()}
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self._icon)
        line.addWidget(self._sentence, 1)
        counts = QHBoxLayout()
        counts.setSpacing(theme.px(24))
        for label in self._counts.values():
            counts.addWidget(label)
        counts.addStretch(1)
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addLayout(line)
        column.addLayout(counts)
        return head

    def show_verdict(self, counts: Mapping[str, int], blockers: Sequence[Blocker]) -> None:
        """Show how the whole application stands."""
        kinds = {blocker.kind for blocker in blockers}
        self._icon.show_status(next((status for kind, status in KIND_STATUS.items() if kind in kinds), "pass"))
        self._sentence.setText(
            f"还不能提交：有{len(blockers)}项要先办" if blockers else "可以提交：各项条件已核对，没有未办事项"
        )
        for status, label in self._counts.items():
            label.setText(f"{STATUS_WORDS[status]} {counts.get(status, 0)}")
        self._list_title.setText("要先办的事" if blockers else "")
        self._list_title.setVisible(bool(blockers))
        self._card.setVisible(bool(blockers))
        if tuple(blockers) != self._shown:
            self._shown = tuple(blockers)
            self._show_lines(blockers)

    def take_focus(self) -> None:
        """Go to the first thing to do."""
        if self._jumps:
            self._jumps[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_lines(self, blockers: Sequence[Blocker]) -> None:
        self._jumps = []
        while item := self._lines.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for position, blocker in enumerate(blockers):
            if position:
                rule = QFrame()
                rule.setProperty("role", "rule")
                self._lines.addWidget(rule)
            self._lines.addWidget(self._line(blocker))

    def _line(self, blocker: Blocker) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(StatusIcon(KIND_STATUS[blocker.kind]), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(theme.label(blocker.title, "strong", wrap=True))
        words.addWidget(theme.label(blocker.sentence, "quiet", wrap=True))
        row.addLayout(words, 1)
        go = Button(KIND_ACTION[blocker.kind], "jump", "link")
        go.setAccessibleName(f"{KIND_ACTION[blocker.kind]}：{blocker.title}")
        go.clicked.connect(lambda: self.jump.emit(blocker.rule))
        self._jumps.append(go)
        row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        return line
