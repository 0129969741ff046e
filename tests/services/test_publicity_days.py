"""How long a publicity is by the text of each regulation, and when its objections came and were settled."""

from datetime import date

import pytest

from desktop.errors import BadInput, NotAllowed
from desktop.services import publicity
from desktop.services.regulation import bundled

MONDAY = date(2026, 6, 1)


def written():
    """Return what every publicity of every regulation is written to last."""
    return {
        (flow.id, state): publicity.written_at(law, flow, state)
        for law in bundled().values()
        for flow in law.workflows
        for state in flow.marks.get("publicity", ())
    }


def test_only_the_days_that_a_text_writes_are_proposed():
    told = {place: (one.days, one.kind, one.article) for place, one in written().items() if one is not None}
    assert told == {
        ("wxa-award", "本单位公示"): (5, "自然日", "第十条"),
        ("wxa-award", "社会公示"): (5, "工作日", "第十二条"),
    }
    assert {place for place in written() if place not in told} >= {("wxm-naming", "公示"), ("wxs-naming", "公示")}


@pytest.fixture
def running(county):
    with county.writing() as session:
        return publicity.begin(session, "workrooms", county.ids["room"], MONDAY, 5, publicity.WORKING)["id"]


def test_five_working_days_end_on_the_next_monday(county, running):
    assert county.get("publicities", running)["ends_on"] == "2026-06-08"


def test_an_objection_keeps_the_day_it_came_and_the_day_it_was_settled(county, running):
    with county.writing() as session:
        one = publicity.register_objection(session, running, "成果不是本人完成", "王敏", date(2026, 6, 3), "某职工")
        with pytest.raises(NotAllowed, match="还有异议没有办结"):
            publicity.close(session, running, "王敏", date(2026, 6, 9))
        with pytest.raises(BadInput, match="不能早于收到日期"):
            publicity.settle_objection(session, one["id"], "不成立", "查阅原件", "王敏", date(2026, 6, 2))
        settled = publicity.settle_objection(session, one["id"], "不成立", "查阅原件", "王敏", date(2026, 6, 5))
        assert (settled["received_on"], settled["settled_on"]) == ("2026-06-03", "2026-06-05")
        with pytest.raises(NotAllowed, match="期满后才能登记结果"):
            publicity.close(session, running, "王敏", date(2026, 6, 8))
        assert publicity.close(session, running, "王敏", date(2026, 6, 9))["result"] == "无异议"
