"""What a workroom does year by year, on its page: publications by period, activities, plans and summaries."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.desk import Desk
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.registry import sections
from desktop.views.registry.child_table import ChildTable

PLATFORM = "职工之家APP"
KINDS = ("年度计划", "年度总结")


class WorkSection:
    """Three tables for the page's sections; `show` fills them from a workroom's sheet."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        self._desk, self._strip = desk, strip
        self._workroom_id = ""
        self.roads: dict[str, Button] = {}
        self.periods = theme.label("", "quiet", wrap=True)
        self.publications = self._table("publications", "成果发布", sections.PUBLICATIONS, self._new_publication)
        self.activities = self._table("activities", "活动", sections.ACTIVITIES, self._new_activity)
        self.plans = self._table("plans", "计划或总结", sections.PLANS, self._new_plan)
        self.carry = {kind: Button(f"带入上年的{kind}", "undo", "link") for kind in KINDS}
        # A line of their own: beside the others they would ask for more width than a small screen has.
        carried = QHBoxLayout()
        carried.setSpacing(8)
        layout = self.plans.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(carried)
        for kind, button in self.carry.items():
            carried.addWidget(button)
            button.clicked.connect(lambda _on=False, wanted=kind: self.carry_over(wanted))
        carried.addStretch(1)
        for table in (self.publications, self.plans):
            self._lead_to_road(table)

    def _lead_to_road(self, table: ChildTable) -> None:
        """Offer the course of business of the line selected, else of the first."""
        road = Button("办理流程", "handling", "link", tip="到“办理”看选中的一条走到哪一步")
        self.roads[table.noun] = road
        table.foot.insertWidget(1, road)

        def go() -> None:
            rows = table.table.selected_rows() or [0]
            self._desk.go.emit("course", table.noun, str(table.model.record(rows[0])["id"]))

        road.clicked.connect(go)

    def _table(self, noun: str, title: str, layout: Any, fresh: Any) -> ChildTable:
        return ChildTable(self._desk, self._strip, noun, title, sections.table_columns(noun, layout), fresh)

    def _new_publication(self) -> dict[str, Any]:
        own = {"workroom_id": self._workroom_id, "published_on": date.today().isoformat()}
        return {**own, "title": "新发布", "platform": PLATFORM}

    def _new_activity(self) -> dict[str, Any]:
        return {"workroom_id": self._workroom_id, "title": "新活动", "date": date.today().isoformat()}

    def _new_plan(self) -> dict[str, Any]:
        return {"workroom_id": self._workroom_id, "year": date.today().year, "kind": KINDS[0]}

    def parts(self) -> dict[str, list[QWidget]]:
        """Return what stands in each of the page's sections."""
        return {
            "publications": [self.periods, self.publications],
            "activities": [self.activities],
            "plans": [self.plans],
        }

    def show(self, sheet: Any, periods: list[Any]) -> None:
        """Show a workroom's work, and how its periods of publication stand."""
        self._workroom_id = sheet.workroom["id"]
        self.publications.show_rows(sheet.publications)
        self.activities.show_rows(sheet.activities)
        self.plans.show_rows(sheet.plans)
        for table in (self.publications, self.plans):
            self.roads[table.noun].setVisible(table.count() > 0)
        self.periods.setText("\n".join(one.sentence for one in periods[-2:]))
        self.periods.setVisible(bool(periods))
        year = date.today().year
        for kind, button in self.carry.items():
            of_kind = [row["year"] for row in sheet.plans if row["kind"] == kind]
            button.setVisible(any(one < year for one in of_kind) and year not in of_kind)

    def carry_over(self, kind: str) -> None:
        """Begin this year's plan or summary from the last one."""
        from desktop.services.work import carrying_over

        room, year = self._workroom_id, date.today().year
        self._desk.operations.run(
            f"带入上年的{kind}",
            lambda session: carrying_over.carry_over(session, room, year, kind),
            lambda made: self.plans.added.emit(made["id"]),
            self._strip.show_error,
        )
