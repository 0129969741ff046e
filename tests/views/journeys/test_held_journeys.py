"""Journeys in the window that do not go straight on: sent back, withdrawn, objected to, refused with their paper."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.services import records
from desktop.services.attestations import write_facts
from desktop.services.journal import history
from desktop.services.regulation import bundled
from tests.services.counties import put
from tests.services.journeys import first_day, paths, whole_facts
from tests.views.county import make_county
from tests.views.journeys.walking import RoadHand, Walker

LEFT = Qt.MouseButton.LeftButton
LAWS = bundled()
DERIVED = {"reference_date", "award_kind", "award_yuan"}
NOT_NAMED = {"applications": ("未通过",), "awards": ("未予推荐", "未获奖")}


def refusals():
    """Yield of each end that refuses the first step to it, and those that a publicity leads to."""
    for law in LAWS.values():
        for flow in law.workflows:
            seen = set()
            for step in flow.transition:
                public = flow.is_marked(step.from_, "publicity")
                if flow.is_marked(step.to, "refused") and (public or step.to not in seen):
                    seen.add(step.to)
                    yield pytest.param(law.id, flow, step, id=f"{flow.id}-{step.from_}-{step.to}")


@pytest.fixture
def law(request):
    return LAWS[request.param]


@pytest.fixture
def county(tmp_path, law):
    return make_county(tmp_path / "county.db", workrooms=1, regulations=(law.id,))


class Held(RoadHand):
    """One record in the window that stands where it may be refused."""

    def __init__(self, qtbot, window, law, flow, step):
        self.qtbot, self.window, self.flow, self.step = qtbot, window, flow, step
        self.way = next(way for way in sorted(paths(flow), key=len) if step.from_ in way)
        self.way = self.way[: self.way.index(step.from_) + 1]
        self.facts = whole_facts(law.id, flow.id, self.way)
        found = []
        window.operations.run("准备", lambda session: self.prepare(session, law), found.append)
        (self.record_id,) = found
        self.walker = Walker(qtbot, window, law.id, flow, (*self.way, step.to))
        self.walker.noun, self.walker.record_id = flow.noun, self.record_id
        self.course = window.view("course")
        window.desk.go.emit("course", f"{flow.noun}.{flow.id}", self.record_id)

    def prepare(self, session, law):
        """Put the record to its state, and what is attested of it."""
        day = first_day(self.facts)
        given = {"regulation": law.id, "state": "已推荐", "reference_date": day.isoformat()}
        if self.flow.noun == "awards":
            kind = self.facts.get("award_kind", "十佳金点子")
            given |= {"person_id": put(session, "people", name="李一线"), "award_kind": kind, "project_name": "甲"}
        else:
            given |= {"workroom_id": records.list_records(session, "workrooms")[0]["id"], "year": day.year}
        made = put(session, self.flow.noun, **given)
        write_facts(session, made, {k: v for k, v in self.facts.items() if k not in DERIVED}, day, "王敏")
        about = {"subject_noun": self.flow.noun, "subject_id": made, "regulation": law.id, "workflow": self.flow.id}
        for number, (start, end) in enumerate(zip(self.way, self.way[1:], strict=False), 1):
            moved = {"from_state": start, "to_state": end, "position": number, "taken_on": "2026-01-05"}
            put(session, "steps", **about, **moved, taken_by="王敏")
        return made

    def record(self):
        return self.window.operations.read(lambda s: records.get_record(s, self.flow.noun, self.record_id))

    def steps_offered(self):
        return [row.ahead.gate.transition.to for row in self.course.road.ahead_rows if row.take.isEnabled()]

    def hold_and_take_up_again(self):
        """Send it back with a reason, answer it, withdraw it and take it up again."""
        before = self.record()["state"]
        self.click("退回补正…")
        (_which, why) = self.course.road.form._rows[0]
        why.set_value("照片不清楚")
        self.give()
        assert self.record()["state"] == "退回修改"
        assert any("照片不清楚" in label.text() for label in self.course.road.findChildren(QLabel))
        self.click("已补正")
        self.give(reason="已补照片")
        assert self.record()["state"] == before
        self.click("撤回…")
        self.give(reason="单位改制")
        assert self.record()["state"] == "已撤回"
        self.click("恢复办理")
        self.give(reason="改制完成")
        assert self.record()["state"] == before

    def uphold_an_objection(self):
        """Make it public, register an objection once it is over, find it true, and enter the result."""
        self.click("登记公示…")
        self.give(starts_on=(date.today() - timedelta(days=20)).isoformat(), days=5, day_kind="自然日")
        self.click("登记异议…")
        self.give(content="成果不是本人完成")
        assert self.step.to in self.steps_offered()
        self.click("核实处理…")
        self.give(finding="成立", handling="调查核实")
        self.click("登记公示结果")
        (one,) = self.course.road.way().publicities
        assert one.record["result"] == "有异议"


@pytest.mark.parametrize(("law", "flow", "step"), list(refusals()), indirect=["law"])
def test_a_record_is_held_and_taken_up_objected_to_and_refused(qtbot, window, law, flow, step):
    journey = Held(qtbot, window, law, flow, step)
    journey.hold_and_take_up_again()
    if flow.is_marked(step.from_, "publicity"):
        journey.uphold_an_objection()
    journey.walker.take(step.to)
    road = journey.course.road
    assert road.way().road.state == step.to
    last = road.way().behind[-1]
    assert bool(last.cite) is (step.source == "text")
    assert last.done.document_id or not journey.walker.issued
    assert journey.record()["state"] in NOT_NAMED[flow.noun]
    told = window.operations.read(lambda session: history.history(session, flow.noun, journey.record_id))
    states = [one.new for one in told if one.field == "state"]
    assert {"退回修改", "已撤回"} <= set(states)
    assert states[-1] == journey.record()["state"]
