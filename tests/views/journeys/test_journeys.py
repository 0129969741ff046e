"""Every regulation's journeys through the window: founded, applied, named, granted, assessed, changed, left."""

import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.services.regulation import bundled
from tests.services.journeys import paths
from tests.views.county import make_county
from tests.views.input_method import commit_text
from tests.views.journeys.founding import (
    LEADER_NAME,
    add_rows,
    choose,
    enter,
    fill_years,
    found_workroom,
    set_back,
    support,
)
from tests.views.journeys.walking import Walker
from tests.views.wizard.test_whole_journeys import fill_in, give_reasons

LEFT = Qt.MouseButton.LeftButton
LAWS = bundled()
ROOM, UNIT = f"宏昌机械{LEADER_NAME}劳模创新工作室", "宏昌机械制造有限公司"
ORDER = ("applications", "awards", "grants", "plans", "publications", "assessments", "workrooms")
LEVEL = {"tl-2020": "旗县级", "wx-2021-model": "市级", "wx-2021-staff": "市级", "wx-2021-award": "十佳金点子"}
LEAVING = ("exited", "revoked")


@pytest.fixture
def law(request):
    return LAWS[request.param]


@pytest.fixture
def county(tmp_path, law):
    laws = (law.id, *law.applies_with) if law.id.startswith("nm") else (law.id,)
    return make_county(tmp_path / "county.db", workrooms=2, regulations=laws)


class Life:
    """A workroom's life under one regulation, lived in the window."""

    def __init__(self, qtbot, window, law):
        self.qtbot, self.window, self.law = qtbot, window, law
        self.issued = []
        self.award = ""

    def read(self, query):
        return self.window.operations.read(query)

    def live(self):
        self.room = found_workroom(self.qtbot, self.window, ROOM, UNIT)
        fill_years(self.window, self.room)
        for flow in sorted(self.law.workflows, key=lambda one: ORDER.index(one.noun)):
            last = flow is self.law.workflows[-1]
            if flow.noun == "workrooms" and self.law.id == "tl-2020":
                set_back(self.window, self.room)
            if flow.noun == "grants" and self.law.id == "nm-2026-fund":
                support(self.window, self.room)
            record_id = getattr(self, f"make_{flow.noun}")(flow)
            self.walk(flow, record_id, way_of(flow, leaving=last))

    def walk(self, flow, record_id, way):
        walker = Walker(self.qtbot, self.window, self.law.id, flow, way)
        walker.go(flow.noun, record_id)
        self.issued += walker.issued

    def make_workrooms(self, flow):
        return self.room

    def make_applications(self, _flow):
        """Apply for the workroom from its page in the register."""
        self.window.show_view("registry")
        self.qtbot.mouseClick(self.window.view("registry").page.apply_button, LEFT)
        return self.apply()

    def make_awards(self, _flow):
        """Apply for an award to the leader's outcome; one that was given may be revoked."""
        if self.award:
            return self.award
        self.window.show_view("wizard")
        card = self.window.view("wizard").chooser.card
        commit_text(card.picker().line, LEADER_NAME)
        self.qtbot.waitUntil(lambda: bool(card.picker().record_id()))
        commit_text(card.project.control, "快换夹具")
        self.award = self.apply()
        return self.award

    def make_grants(self, flow):
        """Enter the grant on the road of the workroom, or of an alliance that it leads."""
        if "联盟" in flow.where.get("track", ()):
            return self.grant_alliance()
        course = self.window.view("course")
        self.window.desk.go.emit("course", "workrooms", self.room)
        self.qtbot.mouseClick(course.road.grant, LEFT)
        form = course.road.form
        if form.editors["total"].value() is None:
            enter(form.editors["total"], "25000")
        self.qtbot.mouseClick(form.accept, LEFT)
        assert course.road.page().noun == "grants", course.strip.text()
        return course.road.page().record_id

    def grant_alliance(self):
        self.window.desk.go.emit("alliances", "workrooms", self.room)
        view = self.window.view("alliances")
        enter(view.form.editors["name"], "装备制造联盟")
        self.qtbot.mouseClick(view.form.accept, LEFT)
        self.qtbot.mouseClick(view.grant, LEFT)
        enter(view.form.editors["total"], "100000")
        self.qtbot.mouseClick(view.form.accept, LEFT)
        return self.window.view("course").road.page().record_id

    def make_assessments(self, flow):
        """Open a round for the workroom alone."""
        self.window.desk.go.emit("rounds", "", "")
        view = self.window.view("rounds")
        self.qtbot.mouseClick(view.open_round, LEFT)
        form = view.form
        choose(form.editors["kind"], flow.where["kind"][0])
        enter(form.editors["only"], self.name())
        self.qtbot.mouseClick(form.accept, LEFT)
        assert view.form is None, view.strip.text()
        return view.chosen()["id"]

    def name(self):
        return self.read(lambda session: records.get_record(session, "workrooms", self.room))["name"]

    def make_plans(self, flow):
        return self.make_line("plans", {"year": 2027, "kind": flow.where["kind"][0]})

    def make_publications(self, _flow):
        return self.make_line("publications", {"title": "快换夹具", "platform": "职工之家"})

    def make_line(self, noun, values):
        """Add a line to the workroom's page and go to its road."""
        self.window.desk.go.emit("registry", "workrooms", self.room)
        work = self.window.view("registry").page.work
        table = getattr(work, noun)
        add_rows(table, (values,))
        rows = table.model.rows()
        table.table.selectRow(next(n for n, row in enumerate(rows) if values.items() <= row.items()))
        self.qtbot.mouseClick(work.roads[noun], LEFT)
        return self.window.view("course").road.page().record_id

    def apply(self):
        """Begin, fill in and submit."""
        wizard = self.window.view("wizard")
        card = wizard.chooser.card
        if card.kind.isVisible():
            choose(card.kind, LEVEL[self.law.id])
        card.on.set_value("2026-09-01")
        self.qtbot.mouseClick(card.start, LEFT)
        assert wizard._application_id, wizard.strip.text()
        record_id = wizard._application_id
        fill_in(self.qtbot, wizard)
        give_reasons(wizard)
        self.qtbot.mouseClick(wizard.page._submit, LEFT)
        assert wizard.strip.text().startswith("已提交"), wizard.strip.text()
        return record_id


def way_of(flow, *, leaving):
    """Return the longest way of a flow that ends the workroom's life, or that lets it go on."""
    marks = {state for mark in LEAVING for state in flow.marks.get(mark, ())}
    ways = [way for way in paths(flow) if (way[-1] in marks) is leaving]
    if ways or leaving:
        return max(ways or paths(flow), key=len)
    return max((way[:-1] for way in paths(flow)), key=len)


@pytest.mark.parametrize("law", sorted(LAWS), indirect=True)
def test_from_founding_to_the_end(qtbot, window, law):
    life = Life(qtbot, window, law)
    life.live()
    assert life.issued


def other_ways():
    """Yield every way to another end than the one that the life above came to: refusals, exits, corrections."""
    for law in LAWS.values():
        for flow in law.workflows:
            seen = {way_of(flow, leaving=flow is law.workflows[-1])[-1]}
            for way in sorted(paths(flow), key=len):
                if way[-1] not in seen and flow.noun in ("workrooms", "assessments", "grants"):
                    seen.add(way[-1])
                    yield pytest.param(law.id, flow, way, id=f"{flow.id}-{way[-1]}")


@pytest.mark.parametrize(("law", "flow", "way"), list(other_ways()), indirect=["law"])
def test_the_other_ends_are_reached_too(qtbot, window, law, flow, way):
    life = Life(qtbot, window, law)
    rooms = life.read(lambda session: records.list_records(session, "workrooms"))
    life.room = next(room["id"] for room in rooms if room["leader_id"])
    named = {"id": life.room, "state": "已命名", "level": "市级", "named_on": "2025-03-01"}
    window.operations.run("命名", lambda session: records.put_records(session, "workrooms", named))
    if law.id == "tl-2020":
        set_back(window, life.room)
    record_id = getattr(life, f"make_{flow.noun}")(flow)
    Walker(qtbot, window, law.id, flow, way, papers=False).go(flow.noun, record_id)
