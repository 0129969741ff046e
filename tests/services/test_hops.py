"""The hops of a grant's money: each asks its number or amount, writes it into the grant, and gives it back."""

import pytest

from desktop.errors import BadInput
from desktop.rules.evaluator import judge
from desktop.services import course
from desktop.services.regulation import regulation
from desktop.services.road import page
from desktop.services.road.road import facts_for, model_of
from tests.services.counties import DAY
from tests.services.journeys import LETTER, OPENING

FLOW, LAW = "nm-fund-grant", "nm-2026-fund"


@pytest.fixture
def grant(county):
    return county.add_grant(planned_on="2026-06-01", facts=OPENING[LAW])


def take(county, grant, to, **details):
    with county.writing() as session:
        return course.advance(session, "grants", grant, to, "王敏", DAY, LETTER, workflow=FLOW, details=details)


def asked(county, grant):
    with county.reading() as session:
        ways = page.page(session, "grants", grant, DAY).ways
    (way,) = [one for one in ways if one.road.workflow.id == FLOW]
    return [(one.name, one.value) for ahead in way.ahead for one in ahead.asks]


def status(county, grant, rule):
    with county.reading() as session:
        law, record = regulation(LAW, session, DAY), session.get(model_of("grants"), grant)
        found = judge(law, facts_for(session, "grants", record, law, DAY), on=DAY).findings
    return next(one.status for one in found if one.rule == rule)


def test_every_hop_asks_what_it_carries_and_offers_what_is_known(county, grant):
    assert asked(county, grant) == [("quota_number", "")]
    take(county, grant, "指标已下达", quota_number=" 内工办发〔2026〕30号 ")
    assert county.get("grants", grant)["quota_number"] == "内工办发〔2026〕30号"
    assert asked(county, grant) == [("received_yuan", "50000.00")]
    take(county, grant, "盟市或产业工会已收款", received_yuan="49,000.00")
    stored = county.get("grants", grant)
    assert (stored["received_yuan"], stored["received_on"]) == ("49000.00", DAY.isoformat())
    assert asked(county, grant) == [("transferred_yuan", "49000.00")]


def test_whether_the_money_was_passed_on_in_full_is_judged_by_what_the_hops_said(county, grant):
    take(county, grant, "指标已下达")
    take(county, grant, "盟市或产业工会已收款", received_yuan="50000.00")
    assert status(county, grant, "nm-2026-fund-8b") == "unknown"
    step = take(county, grant, "已拨付基层工会账户", transferred_yuan="48000.00")
    assert status(county, grant, "nm-2026-fund-8b") == "fail"
    with county.writing() as session:
        course.take_back(session, step["step"], "王敏", DAY, "金额写错")
    assert county.get("grants", grant)["transferred_yuan"] is None
    taken = take(county, grant, "已拨付基层工会账户", transferred_yuan="50000.00")
    assert status(county, grant, "nm-2026-fund-8b") == "pass"
    assert {"rule": "nm-2026-fund-8b", "status": "pass"}.items() <= taken["ensures"][1].items()


@pytest.mark.parametrize(("amount", "said"), [("-1", "大于零"), ("很多", "写法不对"), ("0.001", "最多写到分")])
def test_an_amount_that_cannot_be_is_refused_and_nothing_is_taken(county, grant, amount, said):
    take(county, grant, "指标已下达")
    with pytest.raises(BadInput, match=said):
        take(county, grant, "盟市或产业工会已收款", received_yuan=amount)
    assert county.get("grants", grant)["received_on"] is None
