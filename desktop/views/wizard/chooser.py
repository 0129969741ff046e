"""The wizard's first page: begin an application, or go on with one."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.rules.regulation import Regulation
from desktop.views import theme
from desktop.views.arranging import Wide, beside
from desktop.views.empty_state import EmptyState
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView
from desktop.views.wizard.name_lines import NARROW, fit_names
from desktop.views.wizard.start_card import LEAST_WIDTH, Finder, StartCard


def _standing(draft: Mapping[str, Any]) -> str:
    """Return where an application stands, and what the office above said of it."""
    return " · ".join(filter(None, (draft["state"], draft.get("verdict"))))


DRAFT_COLUMNS = (
    Column("workroom_name", "工作室、联盟或成果", 0),
    Column("regulation_title", "办法", 136),
    Column("kind", "级别、奖项", 96),
    Column("reference_date", "认定基准日", 124, "date"),
    Column("state", "状态", 112, show=_standing),
)


SPARED = ("regulation_title", "reference_date")
"""What the list of a narrow window does without: the names need the room."""


class Chooser(QWidget):
    """Begins applications through its card; lists those there are."""

    start_requested = Signal(object)
    open_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.card = StartCard()
        self.picker, self.regulation = self.card.workrooms, self.card.regulation
        self.on, self.start = self.card.on, self.card.start
        self.card.setMinimumWidth(theme.px(LEAST_WIDTH))
        beside(Wide(self.card, 5), Wide(self._drafts_card(), 8), on=self, margins=0, spacing=theme.px(16))

    def _drafts_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(8))
        self.ranking = Button("推荐排序", "even")
        head = QHBoxLayout()
        head.addWidget(theme.label("继续填写", "heading"), 1)
        head.addWidget(self.ranking)
        column.addLayout(head)
        self._hint = theme.label("每填一项都会自动保存，随时可以离开。", "quiet", wrap=True)
        column.addWidget(self._hint)
        self.drafts = RecordTableModel(DRAFT_COLUMNS, self)
        self.table = TableView()
        self.table.setModel(self.drafts)
        self.table.setAccessibleName("已有的申报")
        # Names begin alike and differ in the middle and at the end.
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._none = EmptyState("wizard", "还没有申报", "从左边选一个工作室开始；每填一项都会自动保存，随时可以离开。")
        column.addWidget(self._none, 1)
        column.addWidget(self.table, 1)
        return card

    def _connect_signals(self) -> None:
        self.card.start_requested.connect(self.start_requested)
        self.table.opened.connect(lambda row: self.open_requested.emit(self.drafts.record(row)["id"]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room of a narrow window to the names."""
        super().resizeEvent(event)
        self._spare_columns()

    def _spare_columns(self) -> None:
        """Show no column that tells nothing apart; long names take two lines rather than be cut."""
        narrow = self.width() < theme.px(NARROW)
        rows = [self.drafts.record(row) for row in range(self.drafts.rowCount())]
        idle = {
            "regulation_title": len({row["regulation_title"] for row in rows}) < 2,
            "kind": not any(row["kind"] for row in rows),
        }
        for number, column in enumerate(DRAFT_COLUMNS):
            spared = narrow and column.key in SPARED
            self.table.setColumnHidden(number, spared or idle.get(column.key, False))
        self.table.lay_out_columns()
        fit_names(self.table, 0, [row["workroom_name"] for row in rows])

    def show_choices(self, regulations: Sequence[Regulation], on: date) -> None:
        """Offer regulations, and `on` as the day unless one is typed already."""
        self.card.show_choices(regulations, on)

    def show_drafts(
        self,
        drafts: Sequence[Mapping[str, Any]],
        titles: Mapping[str, str],
        verdicts: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        """List the applications there are; `verdicts` of the office above by noun and id."""
        said = verdicts or {}
        rows = [
            {
                **draft,
                "regulation_title": titles.get(draft["regulation"], draft["regulation"]),
                "verdict": said.get((draft.get("noun", ""), draft["id"]), ""),
            }
            for draft in drafts
        ]
        self.drafts.set_rows(rows)
        self._spare_columns()
        self._none.setVisible(not rows)
        self._hint.setVisible(bool(rows))
        self.table.setVisible(bool(rows))

    def load(self, path: Path, find: Finder) -> None:
        """Read what can be chosen."""
        self.card.load(path, find)

    def choose(self, subject: str, record_id: str) -> None:
        """Pick a workroom or an alliance to begin for."""
        self.card.choose(subject, record_id)

    def take_focus(self) -> None:
        """Go to the search line; what was typed there gives way to what is typed next."""
        self.card.picker().line.setFocus()
        self.card.picker().line.selectAll()
