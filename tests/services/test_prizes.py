"""Prize money: due by the text, paid against receipts once the award is announced, recovered once it is revoked."""

from datetime import date

import pytest

from desktop.errors import BadInput, NotAllowed
from desktop.services import attachments
from desktop.services.facts import award_facts
from desktop.services.funds import prizes

DAY = date(2026, 6, 1)


def award(county, state="公布表扬", **values):
    person = county.put("people", name="王小明")
    given = {"regulation": "wx-2021-award", "award_kind": "十大发明专利", "award_year": 2026, "person_id": person}
    return county.put("awards", project_name="托辊巡检装置", state=state, **{**given, **values})


def pay(county, award_id, yuan, receipt="", what=prizes.pay):
    with county.writing() as session:
        return what(session, award_id, yuan * 100, DAY, receipt)


def sheet(county):
    with county.reading() as session:
        return prizes.year_sheet(session, 2026)


def test_a_prize_is_due_by_the_text_or_as_decided(county):
    award(county)
    award(county, award_kind="十佳金点子", award_yuan="2500.00")
    award(county, state="专家评审")
    found = sheet(county)
    assert sorted(one.due_fen for one in found.lines) == [250_000, 300_000]
    assert (found.due_fen, found.paid_fen) == (550_000, 0)
    with county.reading() as session:
        assert prizes.years(session) == [2026]


def test_a_prize_is_paid_in_parts_up_to_what_is_due(county):
    one = award(county)
    pay(county, one, 1000, "20260601-01")
    with pytest.raises(NotAllowed, match=r"应发3,000.00元，已发1,000.00元，再发2,001.00元"):
        pay(county, one, 2001)
    pay(county, one, 2000)
    (line,) = sheet(county).lines
    assert (line.paid_fen, line.payments, line.receipts, line.is_open) == (300_000, 2, 1, False)
    assert sheet(county).without_receipt == 1
    assert not line.may_be_paid


def test_nothing_is_paid_before_the_decision_or_of_no_amount(county):
    with pytest.raises(NotAllowed, match="公布表扬后才能发放"):
        pay(county, award(county, state="社会公示"), 100)
    with pytest.raises(BadInput, match="大于零"):
        pay(county, award(county), 0)


def test_a_receipt_is_a_number_or_a_file_and_the_rule_hears_of_it(county, tmp_path):
    one = award(county)
    paid = pay(county, one, 3000)

    def receipts():
        with county.reading() as session:
            return [row["bank_receipt"] for row in award_facts(session, one, DAY).facts["payments"]]

    assert receipts() == [False]
    file = tmp_path / "回执.pdf"
    file.write_bytes(b"%PDF-1.4")
    with county.writing() as session:
        attachments.attach(session, attachments.attachment_folder(county.path), "award_payments", paid["id"], file)
    assert receipts() == [True]
    assert sheet(county).lines[0].receipts == 1


def test_without_payments_the_fact_is_unknown(county):
    one = award(county)
    with county.reading() as session:
        assert "payments" not in award_facts(session, one, DAY).facts


def test_money_comes_back_only_after_the_revocation_and_no_more_than_was_paid(county):
    one = award(county)
    pay(county, one, 3000, "1")
    with pytest.raises(NotAllowed, match="没有撤销"):
        pay(county, one, 3000, what=prizes.recover)
    county.put("awards", id=one, state="撤销奖励")
    with pytest.raises(NotAllowed, match="公布表扬后才能发放"):
        pay(county, one, 1)
    assert sheet(county).lines[0].is_open
    pay(county, one, 1000, what=prizes.recover)
    with pytest.raises(NotAllowed, match=r"还没有追回的是2,000.00元"):
        pay(county, one, 2001, what=prizes.recover)
    pay(county, one, 2000, what=prizes.recover)
    (line,) = sheet(county).lines
    assert (line.recovered_fen, line.is_open, line.is_revoked) == (300_000, False, True)


def test_a_revocation_on_the_road_counts_whatever_the_state_says(county):
    one = award(county, state="办结")
    pay(county, one, 3000, "1")
    county.put("steps", subject_noun="awards", subject_id=one, regulation="wx-2021-award", workflow="wxa-revoke",
               from_state="查证属实", to_state="撤销奖励", position=1)  # fmt: skip
    pay(county, one, 3000, what=prizes.recover)
    assert sheet(county).recovered_fen == 300_000


def test_a_revocation_that_was_put_right_leaves_the_prize_as_it_was(county):
    one = award(county, state="办结")
    given = {"subject_noun": "awards", "subject_id": one, "regulation": "wx-2021-award", "workflow": "wxa-revoke"}
    wrong = county.put("steps", **given, from_state="查证属实", to_state="撤销奖励", position=1)
    with pytest.raises(NotAllowed, match="公布表扬后才能发放"):
        pay(county, one, 3000)
    county.put("steps", **given, from_state="撤销奖励", to_state="查证属实", position=2, corrects_id=wrong)
    pay(county, one, 3000, "1")
    with pytest.raises(NotAllowed, match="没有撤销"):
        pay(county, one, 3000, what=prizes.recover)


def test_what_was_paid_is_the_prize_where_nobody_decided_another(county):
    one, decided = award(county), award(county, award_yuan="3500.00")
    for each in (one, decided):
        pay(county, each, 1000, "1")

    def told(award_id):
        with county.reading() as session:
            return award_facts(session, award_id, DAY).facts.get("award_yuan")

    assert (told(award(county)), told(one), told(decided)) == (None, "1000.00", "3500.00")
    pay(county, one, 2000, "2")
    assert told(one) == "3000.00"


def test_what_is_left_of_several_prizes_is_paid_at_once(county):
    first, second = award(county), award(county, award_kind="十佳金点子")
    pay(county, first, 1000)
    with county.writing() as session:
        made = prizes.pay_rest(session, [first, second], DAY, "20260601-09")
        assert [one["amount_yuan"] for one in made] == ["2000.00", "2000.00"]
        assert [one["filed"] for one in prizes.payment_rows(session, first)] == [False, False]
        with pytest.raises(BadInput, match="都已发完"):
            prizes.pay_rest(session, [first, second], DAY)


def test_one_prize_that_is_not_yet_decided_refuses_all(county):
    ready, early = award(county), award(county, state="专家评审")
    with pytest.raises(NotAllowed, match="公布表扬后才能"), county.writing() as session:
        prizes.pay_rest(session, [ready, early], DAY)
    assert sheet(county).paid_fen == 0


def test_what_is_left_is_counted_for_those_chosen_alone(county):
    part, revoked, unsaid = award(county), award(county), award(county, award_kind="没有写的奖")
    pay(county, part, 1000)
    pay(county, revoked, 3000, "1")
    county.put("awards", id=revoked, state="撤销奖励")
    pay(county, revoked, 500, what=prizes.recover)
    found = sheet(county)
    rest = {one: prizes.rest_of(found.of([one])) for one in (part, revoked, unsaid)}
    assert rest == {part: 200_000, revoked: 250_000, unsaid: 0}
    assert prizes.rest_of(found.of([part, revoked])) == 450_000
    assert prizes.rest_of(found.of([])) == 0
    may = {line.award_id: line.may_be_paid for line in found.lines}
    assert may == {part: True, revoked: False, unsaid: True}, "nobody has said how much it is: a payment may say it"
    assert found.without_receipt == 1
