from datetime import date

import pytest

from desktop.errors import NotFound
from desktop.services import expenses, identity, records, store
from desktop.services.regulation import regulation


@pytest.fixture
def session(tmp_path):
    made = identity.initialise(tmp_path / "desk.db", "左旗总工会", "县级", "左旗", operator="王敏")
    with store.writing(made, "王敏") as opened:
        yield opened
    made.close()


@pytest.fixture
def grant_id(session):
    (room,) = records.put_records(session, "workrooms", {"name": "甲工作室"})
    given = {"workroom_id": room["id"], "regulation": "nm-2026-fund", "grant_total_yuan": "50000.00"}
    (grant,) = records.put_records(session, "grants", given)
    return grant["id"]


def spend(session, grant_id, category, day=None, amount="100.00", source="补助资金"):
    given = {"grant_id": grant_id, "category": category, "paid_on": day, "amount_yuan": amount, "source": source}
    (saved,) = records.put_records(session, "expenditures", given)
    return saved["id"]


def test_expenses_stand_by_their_days_the_undated_last(session, grant_id):
    spend(session, grant_id, "资料印制")
    spend(session, grant_id, "技能培训", "2026-09-02")
    spend(session, grant_id, "成果转化", "2026-09-01")
    found = expenses.ledger(session, grant_id, date(2026, 10, 1))
    assert [expense["category"] for expense in found.expenses] == ["成果转化", "技能培训", "资料印制"]
    assert found.grant["grant_total_yuan"] == "50000.00"


@pytest.mark.parametrize(
    ("category", "source", "status"),
    [("技能培训", "补助资金", "pass"), ("接待费", "补助资金", "fail"), ("接待费", "单位资金", "n/a")],
)
def test_a_ban_follows_the_money_of_the_grant(session, grant_id, category, source, status):
    spend(session, grant_id, category, "2026-09-01", source=source)
    found = expenses.ledger(session, grant_id, date(2026, 10, 1))
    assert found.verdict.finding("nm-2026-fund-10c").status == status


def test_uses_are_those_of_the_regulation():
    law = regulation("nm-2026-fund")
    assert "技能培训" in expenses.listed_uses(law)
    assert not set(expenses.listed_uses(law)) & {"接待费", "职工福利", "津补贴"}


def test_a_workroom_and_an_alliance_are_each_offered_their_own_uses(session, grant_id):
    law = regulation("nm-2026-fund")
    alliance = expenses.listed_uses(law, "联盟")
    assert alliance == ["技能交流", "技术培训", "技能培训", "成果转化", "日常运行"]
    found = expenses.ledger(session, grant_id, date(2026, 10, 1))
    assert found.uses == expenses.listed_uses(law, "工作室")
    assert "成员奖励" in found.uses
    assert "技术培训" not in found.uses, "what is offered is not warned of at once"
    assert found.first_use == "技能培训"


def test_a_new_expense_begins_empty_with_a_use_that_is_no_reward(session, grant_id):
    law = regulation("nm-2026-fund")
    assert expenses.first_use(law) != "成员奖励"
    expense_id = expenses.add_expense(session, grant_id, expenses.first_use(law), date(2026, 9, 1))
    saved = records.get_record(session, "expenditures", expense_id)
    assert (saved["amount_yuan"], saved["paid_on"], saved["grant_id"]) == ("0.00", "2026-09-01", grant_id)


def test_an_unknown_grant_is_refused_in_words(session):
    with pytest.raises(NotFound, match="找不到"):
        expenses.ledger(session, "00000000-0000-4000-8000-000000000000")
