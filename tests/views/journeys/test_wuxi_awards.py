"""An award for an outcome in the window: public twice, objected to, paid with its receipt, revoked or cleared."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.services.attestations import write_facts
from desktop.services.funds import prizes
from desktop.services.regulation import bundled
from tests.services.counties import put
from tests.services.journeys import GROUNDS, whole_facts
from tests.views.county import make_county
from tests.views.journeys.walking import RoadHand, Walker

LEFT = Qt.MouseButton.LeftButton
LAW = bundled()["wx-2021-award"]
AWARD, REVOKE = LAW.workflows
PUBLIC = {"unit_publicity_start", "unit_publicity_end", "publicity_start", "publicity_end"}
OF_THE_RECORD = PUBLIC | {"reference_date", "award_kind", "award_yuan", "recommendation_ranked"}
TO_UNIT_PUBLICITY = ("申报评选通知", "职工自主申报", "本单位公示")
TO_SOCIAL_PUBLICITY = ("基层推荐", "初评排序推荐", "资格审查", "专家评审", "建议名单", "主席研究", "社会公示")


@pytest.fixture
def county(tmp_path):
    return make_county(tmp_path / "county.db", workrooms=1, regulations=(LAW.id,))


class Entry(RoadHand):
    """One award in the window, walked by hand."""

    def __init__(self, qtbot, window, state="已推荐"):
        self.qtbot, self.window = qtbot, window
        self.facts = whole_facts(LAW.id, AWARD.id)
        made = []
        window.operations.run("准备", lambda session: self.prepare(session, state), made.append)
        (self.id,) = made
        self.course = window.view("course")
        self.on(AWARD)

    def prepare(self, session, state):
        person = put(session, "people", name="李一线", frontline=True)
        given = {"regulation": LAW.id, "state": state, "award_kind": self.facts["award_kind"], "award_year": 2026}
        given |= {"reference_date": self.facts["reference_date"], "person_id": person, "project_name": "快换夹具"}
        made = put(session, "awards", **given)
        known = {name: value for name, value in self.facts.items() if name not in OF_THE_RECORD}
        write_facts(session, made, known, date(2026, 6, 1), "王敏")
        return made

    def on(self, flow):
        """Go to one course of the award."""
        self.walker = Walker(self.qtbot, self.window, LAW.id, flow, (flow.initial,), papers=False)
        self.walker.noun, self.walker.record_id = "awards", self.id
        self.window.desk.go.emit("course", f"awards.{flow.id}", self.id)

    def take(self, *states):
        for state in states:
            self.walker.take(state)
            assert self.state() == state

    def state(self):
        return self.course.road.way().road.state

    def proposed(self):
        editors = self.course.road.form.editors
        return editors["days"].value(), editors["day_kind"].value()

    def publish(self, proposed):
        """Register a publicity as the form proposes it, begun long enough ago to be over."""
        self.click("登记公示…")
        assert self.proposed() == proposed
        self.give(starts_on=(date.today() - timedelta(days=30)).isoformat())

    def publicities(self):
        return self.course.road.way().publicities

    def record(self):
        return self.window.operations.read(lambda session: records.get_record(session, "awards", self.id))

    def pay(self, what="pay", number="HZ-001"):
        """Enter the prize, or what came back of it, in its ledger."""
        self.window.desk.go.emit("allocation", "awards", self.id)
        page = self.window.view("allocation").list.prizes
        page.receipt_number.set_value(number)
        self.qtbot.mouseClick(getattr(page, what), LEFT)
        self.window.desk.go.emit("course", f"awards.{self.walker.flow.id}", self.id)

    def prize(self):
        return self.window.operations.read(lambda session: prizes.year_sheet(session, 2026)).of([self.id])[0]


@pytest.fixture
def entry(qtbot, window):
    return Entry(qtbot, window)


def test_an_award_is_public_twice_objected_to_and_paid_with_its_receipt(entry):
    entry.take(*TO_UNIT_PUBLICITY[1:])
    assert not entry.walker.row("基层推荐").take.isEnabled(), "it is not public yet"
    entry.publish((5, "自然日"))
    entry.click("登记异议…")
    came = (date.today() - timedelta(days=28)).isoformat()
    entry.give(content="第一完成人不是本人", received_on=came)
    entry.click("登记公示结果")
    assert "还有异议没有办结" in entry.course.strip.text()
    entry.click("核实处理…")
    entry.give(finding="不成立", handling="查阅图纸和工时记录")
    entry.click("登记公示结果")
    (unit,) = entry.publicities()
    assert (unit.record["result"], unit.objections[0]["received_on"]) == ("无异议", came)
    entry.take(*TO_SOCIAL_PUBLICITY)
    entry.publish((5, "工作日"))
    entry.click("登记公示结果")
    assert [one.record["at_state"] for one in entry.publicities()] == ["本单位公示", "社会公示"]
    entry.take("公布表扬", "授予五一劳动奖章")
    entry.pay()
    entry.take("奖金发放", "归档", "办结")
    assert entry.record()["state"] == "办结"
    assert (entry.prize().paid_fen, entry.prize().receipts) == (500_000, 1)


@pytest.fixture
def accused(qtbot, window):
    """An award that was given and paid, of which somebody says that it is not earned."""
    found = Entry(qtbot, window, state="办结")
    found.pay()
    found.course.road.flows.set_value(REVOKE.id)
    found.course.road.flows.edited.emit(REVOKE.id)
    found.walker.flow = REVOKE
    found.walker.answers |= GROUNDS[LAW.id]
    found.take("举报或发现")
    return found


def test_the_road_chosen_stays_in_front_after_each_of_its_steps(accused):
    assert accused.course.road.flows.value() == REVOKE.id
    assert accused.course.shown_record() == (f"awards.{REVOKE.id}", accused.id)


def test_an_award_that_is_cleared_stands_as_before(accused):
    accused.take("查无实据", "已获奖")
    assert accused.prize().is_revoked is False
    assert "举报或发现" in [row.ahead.gate.transition.to for row in accused.course.road.ahead_rows]


def test_a_revoked_award_gives_its_prize_back_and_is_made_known(accused):
    accused.take("查证属实", "撤销奖励")
    assert (accused.prize().is_revoked, accused.prize().rest_fen) == (True, 500_000)
    accused.pay("recover", "TH-001")
    accused.take("追回奖金、奖牌、证书", "通报", "办结")
    assert (accused.prize().recovered_fen, accused.prize().rest_fen) == (500_000, 0)


def test_a_revocation_entered_by_mistake_is_put_right_with_its_reason(accused):
    accused.take("查证属实", "撤销奖励")
    row = accused.course.road.done_rows[-1]
    accused.qtbot.mouseClick(row.correct, LEFT)
    accused.give(reason="误点，应为查无实据")
    assert accused.state() == "查证属实"
    assert accused.prize().is_revoked is False
