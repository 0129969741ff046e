"""The workrooms of a city with two titles in the window: assessed, put right or revoked with the plaque recovered."""

import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.services.attestations import write_facts
from desktop.services.regulation import bundled
from tests.services.counties import DAY, put
from tests.services.journeys import GROUNDS, whole_facts
from tests.views.county import make_county
from tests.views.journeys.founding import choose, enter
from tests.views.journeys.walking import Walker

LEFT = Qt.MouseButton.LeftButton
MODEL, STAFF = bundled()["wx-2021-model"], bundled()["wx-2021-staff"]
REVOKED = "撤销命名并收回牌匾"


@pytest.fixture
def county(tmp_path):
    return make_county(tmp_path / "county.db", workrooms=2, regulations=(MODEL.id, STAFF.id))


class City:
    """Two named workrooms, one of each title, and what is done with them in the window."""

    def __init__(self, qtbot, window):
        self.qtbot, self.window = qtbot, window
        self.rooms = {}
        window.operations.run("准备", self.prepare, self.rooms.update)

    def prepare(self, session):
        rooms = [room["id"] for room in records.list_records(session, "workrooms")][:2]
        for law, room in zip((MODEL, STAFF), rooms, strict=True):
            named = {"state": "已命名", "level": "市级", "named_on": "2022-03-01", "kind": "劳模工匠"}
            records.put_records(session, "workrooms", {"id": room, **named})
            put(session, "applications", workroom_id=room, regulation=law.id, state="已命名", year=2022)
            put(session, "plaques", workroom_id=room, title="无锡市创新工作室", awarded_on="2022-04-01")
        return {law.id: room for law, room in zip((MODEL, STAFF), rooms, strict=True)}

    def open_round(self, law, kind, only=""):
        """Open a round from the page of the assessments; return the assessments that it opened."""
        self.window.desk.go.emit("rounds", "", "")
        view = self.window.view("rounds")
        self.qtbot.mouseClick(view.open_round, LEFT)
        choose(view.form.editors["regulation"], law.id)
        choose(view.form.editors["kind"], kind)
        if only:
            enter(view.form.editors["only"], only)
        self.qtbot.mouseClick(view.form.accept, LEFT)
        assert view.form is None, view.strip.text()
        return self.read("assessments", round_id=view.chosen_round()["id"])

    def read(self, noun, **where):
        return self.window.operations.read(lambda session: records.list_records(session, noun, where))

    def room(self, law):
        return next(one for one in self.read("workrooms") if one["id"] == self.rooms[law.id])

    def plaque(self, law):
        (found,) = self.read("plaques", workroom_id=self.rooms[law.id])
        return found

    def walk(self, law, flow_id, assessment, *states):
        """Take steps of an assessment's road; what the year knows is told before."""
        flow = next(one for one in law.workflows if one.id == flow_id)
        way = (flow.initial, *states)
        facts = {k: v for k, v in whole_facts(law.id, flow.id, way).items() if k != "reference_date"}
        self.window.operations.run(
            "准备", lambda session: write_facts(session, assessment["id"], facts, DAY, "王敏"), lambda _made: None
        )
        walker = Walker(self.qtbot, self.window, law.id, flow, way, papers=False)
        walker.answers |= GROUNDS[law.id]
        walker.noun, walker.record_id = "assessments", assessment["id"]
        self.window.desk.go.emit("course", f"assessments.{flow.id}", assessment["id"])
        for state in states:
            walker.take(state)
        return walker


@pytest.fixture
def city(qtbot, window):
    return City(qtbot, window)


def test_each_round_opens_for_the_workrooms_of_its_own_title(city):
    assert [one["workroom_id"] for one in city.open_round(MODEL, "年度考核")] == [city.rooms[MODEL.id]]
    assert [one["workroom_id"] for one in city.open_round(STAFF, "年度考核")] == [city.rooms[STAFF.id]]


def test_a_workroom_that_is_put_right_keeps_its_title_and_its_plaque(city):
    (one,) = city.open_round(MODEL, "专项考核")
    city.walk(MODEL, "wxm-assess", one, "抽查考核", "限期整改")
    assert city.room(MODEL)["state"] == "整改中"
    city.walk(MODEL, "wxm-assess", one, "回头看", "达标")
    assert (city.room(MODEL)["state"], city.plaque(MODEL)["state"]) == ("已命名", "在用")


def test_a_workroom_that_fails_the_second_look_is_revoked_and_its_plaque_comes_back(qtbot, window, city):
    (one,) = city.open_round(MODEL, "专项考核")
    city.walk(MODEL, "wxm-assess", one, "抽查考核", "限期整改", "回头看", REVOKED)
    assert (city.room(MODEL)["state"], city.plaque(MODEL)["state"]) == ("已撤销", "待收回")
    window.desk.go.emit("plaques", "workrooms", city.rooms[MODEL.id])
    view = window.view("plaques")
    qtbot.mouseClick(view.recover, LEFT)
    if view.form is not None:
        qtbot.mouseClick(view.form.accept, LEFT)
    assert (city.plaque(MODEL)["state"], bool(city.plaque(MODEL)["recovered_on"])) == ("已收回", True)
    assert city.room(STAFF)["state"] == "已命名"


def test_a_workroom_that_plays_no_role_loses_its_sign(city):
    (one,) = city.open_round(STAFF, "年度考核")
    city.walk(STAFF, "wxs-annual", one, "年度总结", "单位工会考核评估", "逐级上报市总", "抽查", "摘牌")
    assert city.room(STAFF)["state"] == "已撤销"
    assert city.plaque(STAFF)["state"] == "待收回"


def test_a_revocation_entered_by_mistake_gives_title_and_plaque_back(city):
    (one,) = city.open_round(MODEL, "专项考核")
    walker = city.walk(MODEL, "wxm-assess", one, "抽查考核", "限期整改", "回头看", REVOKED)
    row = walker.course.road.done_rows[-1]
    city.qtbot.mouseClick(row.correct, LEFT)
    form = walker.course.road.form
    form.editors["reason"].set_value("误点，应为达标")
    city.qtbot.mouseClick(form.accept, LEFT)
    assert walker.course.road.form is None, walker.course.strip.text()
    assert (city.room(MODEL)["state"], city.plaque(MODEL)["state"]) == ("整改中", "在用")


def change_leader(city, *states):
    """Take steps of the road by which a workroom gets another leader."""
    flow = next(one for one in MODEL.workflows if one.id == "wxm-change")
    walker = Walker(city.qtbot, city.window, MODEL.id, flow, (flow.initial, *states), papers=False)
    walker.noun, walker.record_id = "workrooms", city.rooms[MODEL.id]
    city.window.desk.go.emit("course", f"workrooms.{flow.id}", walker.record_id)
    for state in states:
        walker.take(state)
    return walker


def test_a_new_leader_keeps_the_plaque_only_once_assessed_as_at_a_naming(city):
    walker = change_leader(city, "申请变更", "按命名程序考核")
    row = walker.row("保留牌匾（不再补贴）")
    assert not row.take.isEnabled()
    assert "第十六条" in row.ahead.gate.sentence
    assert "领衔人已变更" not in row.ahead.gate.sentence, "the road itself tells that"
    walker.answers["reassessment_grade"] = "合格"
    walker.take("保留牌匾（不再补贴）")
    assert (city.room(MODEL)["state"], city.plaque(MODEL)["state"]) == ("已命名", "在用")
