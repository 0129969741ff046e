"""年度计划: what a year's plan of support comes to, workrooms and alliances put into it, quotas under one number."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views import formats, theme
from desktop.views.arranging import stacked
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.desk import Desk
from desktop.views.editors import TextEditor
from desktop.views.icons import Button
from desktop.views.record_choice import record_editor

ROOMS, ALLIANCES = "工作室", "联盟"
TRACKS: Final = (ROOMS, ALLIANCES)


class PlanBar(QWidget):
    """Shown at an office that issues quotas; `selected` gives the ids of the grants chosen in the list beside it."""

    failed = Signal(object)

    def __init__(self, desk: Desk, selected: Callable[[], list[str]]) -> None:
        super().__init__()
        self._desk, self._selected = desk, selected
        self.law = ChoiceEditor([])
        self.law.setAccessibleName("计划依据的办法")
        self.words = theme.label("", "quiet", wrap=True)
        self.workroom = record_editor(desk, "workrooms")
        self.workroom.setAccessibleName("列入计划的工作室")
        self.workroom.set_placeholder("工作室名称或拼音首字母")
        self.alliance = record_editor(desk, "alliances")
        self.alliance.setAccessibleName("列入计划的联盟")
        self.alliance.set_placeholder("联盟名称")
        self.alliance.hide()
        self.track = ChoiceEditor(TRACKS)
        self.track.setAccessibleName("列入计划的是工作室还是联盟")
        self.track.set_value(ROOMS)
        self.add = Button("列入计划", "add")
        self.number = TextEditor()
        self.number.setAccessibleName("指标文号")
        self.number.set_placeholder("指标文号，如 内工发〔2026〕31号")
        self.issue = Button("下达指标", "stamp", tip="给下面选中的补助下达指标")
        self._build_layout()
        self.law.edited.connect(lambda _law: self._read())
        self.track.edited.connect(lambda _track: self._show_track())
        self.add.clicked.connect(self._add)
        self.issue.clicked.connect(self._issue)

    def _build_layout(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.track)
        row.addWidget(self.workroom, 2)
        row.addWidget(self.alliance, 2)
        row.addWidget(self.add)
        row.addSpacing(theme.px(16))
        row.addWidget(self.number, 2)
        row.addWidget(self.issue)
        stacked(self.law, self.words, row, on=self, margins=0, spacing=theme.px(6))

    def show_plan(self) -> bool:
        """Read the plan of this year; return whether this office issues quotas at all."""
        from desktop.services.funds import plan

        laws = self._desk.operations.read(plan.planned_here)
        kept = self.law.value()
        with QSignalBlocker(self.law):
            self.law.set_choices(laws)
            ids = [law for law, _title in laws]
            self.law.set_value(kept if kept in ids else next(iter(ids), None))
        self.law.setVisible(len(laws) > 1)
        self.setVisible(bool(laws))
        self._read()
        return bool(laws)

    def _read(self) -> None:
        from desktop.services.funds import plan

        law, year = self.law.value(), date.today().year
        if not law:
            return
        found = self._desk.operations.read(lambda session: plan.year_plan(session, str(law), year))
        tracks = "，".join(
            f"{track} {count} 个" + (f"（{text}）" if text else "") for track, count, text in found.tracks
        )
        self._offer_tracks([track for track, _count, _text in found.tracks])
        money = formats.money_text
        self.words.setText(
            f"{year}年计划：{tracks}，共 {money(found.total_fen)} 元，已下达 {money(found.issued_fen)} 元。"
        )

    def _offer_tracks(self, tracks: list[str]) -> None:
        """Let an alliance be planned where the text supports alliances too."""
        both = ALLIANCES in tracks
        self.track.setVisible(both)
        if not both and self.track.value() == ALLIANCES:
            self.track.set_value(ROOMS)
            self._show_track()

    def _show_track(self) -> None:
        alliances = self.track.value() == ALLIANCES
        self.workroom.setHidden(alliances)
        self.alliance.setHidden(not alliances)

    def _add(self) -> None:
        from desktop.services.funds import plan

        alliances = self.track.value() == ALLIANCES
        chosen = self.alliance if alliances else self.workroom
        law, found, today = str(self.law.value()), chosen.value(), date.today()
        if not found:
            chosen.control.setFocus()
            return
        rooms, leagues = ([], [str(found)]) if alliances else ([str(found)], [])
        self._desk.operations.run(
            "列入年度计划",
            lambda session: plan.add_to_plan(session, law, today.year, rooms, today, leagues),
            self._added,
            self.failed.emit,
        )

    def _added(self, _made: Any) -> None:
        for editor in (self.workroom, self.alliance):
            editor.set_value(None)
        self._read()

    def _issue(self) -> None:
        from desktop.services.funds import plan

        grants, number, by = self._selected(), str(self.number.value() or ""), self._desk.operator
        if not grants:
            self.words.setText("先在下面的表里选中要下达指标的补助，可以多选。")
            return
        self._desk.operations.run(
            "下达指标",
            lambda session: plan.issue_quota(session, grants, number, by, date.today()),
            lambda _issued: self._read(),
            self.failed.emit,
        )
