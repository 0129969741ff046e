"""活动与年度材料: one workroom's activities, publications, plans and summaries, each line with its road."""

from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.record_choice import record_editor
from desktop.views.registry.child_table import ChildTable
from desktop.views.registry.sections import table_columns

PARTS: Final = (
    (
        "activities",
        "活动",
        "创新活动、培训和交流",
        (("date", "", 120), ("kind", "", 112), ("title", "", 0), ("people_count", "人数", 72), ("note", "", 200)),
    ),
    (
        "publications",
        "发布",
        "成果发布",
        (
            ("published_on", "", 120),
            ("title", "", 0),
            ("platform", "", 160),
            ("link", "", 160),
            ("conversion", "", 160),
        ),
    ),
    (
        "plans",
        "材料",
        "年度计划、总结和预算",
        (("year", "", 64), ("kind", "", 104), ("filed_on", "", 120), ("content", "", 0), ("sections", "", 200)),
    ),
)
WITH_ROAD: Final = ("publications", "plans")
"""Nouns whose lines have a course of business of their own."""


DATED: Final = {"activities": "date", "publications": "published_on", "plans": "year"}
"""The field by which each ledger stands, the latest first."""


class YearView(LedgerPage):
    """The ledgers that a workroom keeps over the years, edited in place."""

    title_words = "活动与年度材料"
    empty = ("calendar", "选一个工作室", "在上方输入名称选一个工作室，登记它的活动、成果发布、年度计划和总结。", "")
    nouns = frozenset({"activities", "publications", "plans", "workrooms"})

    def _actions(self) -> tuple[QWidget, ...]:
        self.room = record_editor(self.desk, "workrooms")
        self.room.setAccessibleName("工作室")
        self.room.set_placeholder("工作室的名称")
        self.room.setMinimumWidth(theme.px(320))
        return (self.room,)

    def _content(self) -> QWidget:
        self.room_id = ""
        self.tables: dict[str, ChildTable] = {}
        self.roads: dict[str, Button] = {}
        inside = QWidget()
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(8), theme.px(12))
        column.setSpacing(theme.px(8))
        for noun, title, heading, layout in PARTS:
            columns = table_columns(noun, layout)
            table = ChildTable(self.desk, self.strip, noun, title, columns, partial(self._fresh, noun))
            self.tables[noun] = table
            column.addWidget(theme.label(heading, "heading"))
            column.addWidget(table)
            if noun in WITH_ROAD:
                self.roads[noun] = Button("办理流程", "handling", "link", tip=f"到“办理”看选中的{title}走到哪一步")
                table.foot.insertWidget(1, self.roads[noun])
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        return area

    def _fresh(self, noun: str) -> dict[str, Any]:
        today = date.today()
        fresh: dict[str, dict[str, Any]] = {
            "activities": {"date": today.isoformat(), "title": "新活动"},
            "publications": {"published_on": today.isoformat(), "platform": "新平台"},
            "plans": {"year": today.year, "kind": "年度计划"},
        }
        return {"workroom_id": self.room_id, **fresh[noun]}

    def _connect_signals(self) -> None:
        self.room.committed.connect(lambda record_id: self.show_record("workrooms", record_id or ""))
        for noun, button in self.roads.items():
            button.clicked.connect(lambda _checked=False, noun=noun: self._to_road(noun))

    def _read(self) -> None:
        self.show_content(bool(self.room_id))
        for noun, key in DATED.items():
            rows = self.operations.read(partial(_lines_of, noun, self.room_id))
            rows.sort(key=lambda row, key=key: str(row[key] or ""), reverse=True)
            self.tables[noun].show_rows(rows)
        for noun, button in self.roads.items():
            button.setEnabled(self.tables[noun].count() > 0)

    def show_record(self, noun: str, record_id: str) -> None:
        """Show the ledgers of a workroom, or of the workroom that a line belongs to."""
        from desktop.services import records

        try:
            row = self.operations.read(lambda session: records.get_record(session, noun, record_id))
        except DesktopError as error:
            self.tell(error)
            return
        self.room_id = str(row["id"] if noun == "workrooms" else row["workroom_id"])
        self.room.set_value(self.room_id)
        self._read()

    def shown_record(self) -> tuple[str, str]:
        """Return the workroom shown."""
        return ("workrooms", self.room_id) if self.room_id else ("", "")

    def search(self) -> None:
        """Go to the field that chooses the workroom."""
        self.room.setFocus()

    def _to_road(self, noun: str) -> None:
        table = self.tables[noun]
        rows = table.table.selected_rows() or [0]
        if table.count():
            self.desk.go.emit("course", noun, str(table.model.record(rows[0])["id"]))


def _lines_of(noun: str, room_id: str, session: Any) -> list[dict[str, Any]]:
    from desktop.services import records

    return records.list_records(session, noun, {"workroom_id": room_id}) if room_id else []
