"""总体结论: whether it can be submitted, the counts, what stands in the way, and how it stands under laws beside."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.services.application import Blocker
from desktop.views import theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.icons import STATUS_WORDS, StatusIcon
from desktop.views.wizard.blocker_list import KIND_STATUS, BlockerList
from desktop.views.wizard.live_draft import Beside

ROLES = {"pass": "pass", "fail": "fail", "warn": "warn", "unknown": "missing", "n/a": "quiet"}


class CountLine(QHBoxLayout):
    """How many findings of each status there are, in the statuses' colours."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(theme.px(24))
        self.labels = {status: theme.label(role=role) for status, role in ROLES.items()}
        for label in self.labels.values():
            self.addWidget(label)
        self.addStretch(1)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show counts by status."""
        for status, label in self.labels.items():
            label.setText(f"{STATUS_WORDS[status]} {counts.get(status, 0)}")


class BesideSection(QWidget):
    """How the same application stands under a regulation that applies beside its own; it forbids nothing."""

    jump = Signal(str)

    def __init__(self, regulation_id: str, title: str) -> None:
        super().__init__()
        self.regulation_id = regulation_id
        self._title = theme.label(title, "strong", wrap=True)
        self._counts, self.list = CountLine(), BlockerList()
        self.list.jump.connect(self.jump)
        stacked(self._title, self._counts, self.list, on=self, margins=(0, theme.px(8), 0, 0), spacing=theme.px(8))

    def show_standing(self, standing: Beside, linked: Callable[[Blocker], bool]) -> None:
        """Bring counts and lines up to date."""
        self._counts.show_counts(standing.verdict.counts)
        self.list.show_blockers(standing.blockers, linked)


class SummaryPage(QScrollArea):
    """Shows the verdict's head, the counts and the list of blockers; `jump` carries a rule, `jump_beside` one of a
    regulation that applies beside.
    """

    jump = Signal(str)
    jump_beside = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._sections: list[BesideSection] = []
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
        self.list = BlockerList()
        self.list.jump.connect(self.jump)
        column.addWidget(self._list_title)
        column.addWidget(self.list)
        column.addWidget(self._beside_area())
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("role", "card")
        self._icon, self._sentence = StatusIcon(), theme.label(role="heading", wrap=True)
        self._counts = CountLine()
        line = beside(self._icon, Wide(self._sentence), spacing=theme.px(8))
        stacked(
            line,
            self._counts,
            on=head,
            margins=(theme.px(16), theme.px(12), theme.px(16), theme.px(12)),
            spacing=theme.px(8),
        )
        return head

    def _beside_area(self) -> QWidget:
        self._beside = QWidget()
        self._beside_lines = QVBoxLayout(self._beside)
        self._beside_lines.setContentsMargins(0, theme.px(12), 0, 0)
        self._beside_lines.setSpacing(theme.px(4))
        self._beside_lines.addWidget(theme.label("同时适用的办法", "heading"))
        self._beside_lines.addWidget(
            theme.label("按本申报的资料一并核对，供参考，不影响本次提交。", "quiet", wrap=True)
        )
        return self._beside

    def show_verdict(self, counts: Mapping[str, int], blockers: Sequence[Blocker]) -> None:
        """Show how the whole application stands."""
        kinds = {blocker.kind for blocker in blockers}
        self._icon.show_status(next((status for kind, status in KIND_STATUS.items() if kind in kinds), "pass"))
        self._sentence.setText(
            f"还不能提交：有{len(blockers)}项要先办" if blockers else "可以提交：各项条件已核对，没有未办事项"
        )
        self._counts.show_counts(counts)
        self._list_title.setText("要先办的事" if blockers else "")
        self._list_title.setVisible(bool(blockers))
        self.list.show_blockers(blockers)

    def show_beside(self, standings: Sequence[Beside], linked: Callable[[Blocker], bool]) -> None:
        """Show how it stands under each regulation beside; `linked` says which lines can be jumped to."""
        if [standing.regulation.id for standing in standings] != [one.regulation_id for one in self._sections]:
            self._make_sections(standings)
        for section, standing in zip(self._sections, standings, strict=True):
            section.show_standing(standing, linked)
        self._beside.setVisible(bool(standings))

    def _make_sections(self, standings: Sequence[Beside]) -> None:
        for section in self._sections:
            self._beside_lines.removeWidget(section)
            section.hide()
            section.deleteLater()
        self._sections = [BesideSection(one.regulation.id, one.regulation.title) for one in standings]
        for section in self._sections:
            section.jump.connect(self.jump_beside)
            self._beside_lines.addWidget(section)

    def sections(self) -> list[BesideSection]:
        """Return the sections of the regulations beside, in order."""
        return list(self._sections)

    def take_focus(self) -> None:
        """Go to the first thing to do."""
        if self.list.links:
            self.list.links[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
