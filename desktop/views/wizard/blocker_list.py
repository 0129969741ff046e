"""A card of things to be done: one line each, with its sentence and a link to where it is done."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.application import Blocker
from desktop.views import theme
from desktop.views.arranging import stacked
from desktop.views.icons import Button, StatusIcon

KIND_STATUS = {"fail": "fail", "unknown": "unknown", "reason": "warn"}
"""The status shown for each kind of blocker, the gravest first."""
KIND_ACTION = {"fail": "去填写", "unknown": "去填写", "reason": "写理由"}


class BlockerList(QFrame):
    """Shows blockers in their order; `jump` carries the rule of the line whose link was used."""

    jump = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Button] = []
        self._shown: tuple[tuple[Blocker, bool], ...] | None = None
        self._build_layout()

    def _build_layout(self) -> None:
        self.setProperty("role", "card")
        self._lines = QVBoxLayout(self)
        self._lines.setSpacing(0)
        self._lines.setContentsMargins(theme.px(16), theme.px(4), theme.px(8), theme.px(4))

    def show_blockers(self, blockers: Sequence[Blocker], linked: Callable[[Blocker], bool] | None = None) -> None:
        """Lay the lines out anew when they changed; `linked` says which have a place to go to (all, without it)."""
        shown = tuple((blocker, linked is None or linked(blocker)) for blocker in blockers)
        self.setVisible(bool(blockers))
        if shown == self._shown:
            return
        self._shown = shown
        self._clear()
        for position, (blocker, has_link) in enumerate(shown):
            if position:
                rule = QFrame()
                rule.setProperty("role", "rule")
                self._lines.addWidget(rule)
            self._lines.addWidget(self._line(blocker, has_link))

    def _clear(self) -> None:
        self.links = []
        while item := self._lines.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _line(self, blocker: Blocker, has_link: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(StatusIcon(KIND_STATUS[blocker.kind]), 0, Qt.AlignmentFlag.AlignTop)
        words = stacked(
            theme.label(blocker.title, "strong", wrap=True),
            theme.label(blocker.sentence, "quiet", wrap=True),
            spacing=0,
        )
        row.addLayout(words, 1)
        if has_link:
            row.addWidget(self._link(blocker), 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _link(self, blocker: Blocker) -> Button:
        go = Button(KIND_ACTION[blocker.kind], "jump", "link")
        go.setAccessibleName(f"{KIND_ACTION[blocker.kind]}：{blocker.title}")
        go.clicked.connect(lambda: self.jump.emit(blocker.rule))
        self.links.append(go)
        return go
