"""成果奖奖金: a prize is paid and its receipt kept by hand, taken back by undo, and recovered once revoked."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.services import identity, records
from desktop.views.allocation.allocation_view import AllocationView
from desktop.views.document.document_view import DocumentView
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton
YEAR = date.today().year


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, AllocationView(desk)) as found:
        assert not found.list.prize_button.isVisible()
        found.operations.run("试", _awards)
        qtbot.mouseClick(found.list.prize_button, LEFT)
        yield found


def _awards(session):
    person = records.list_records(session, "people")[0]["id"]
    given = {"regulation": "wx-2021-award", "award_year": YEAR, "person_id": person, "state": "公布表扬"}
    for name, kind in (("甲装置", "十大发明专利"), ("乙点子", "十佳金点子")):
        records.put_records(session, "awards", {**given, "project_name": name, "award_kind": kind})


def row(view, name):
    model = view.list.prizes.model
    found = next(n for n in range(model.rowCount()) if model.record(n)["project_name"] == name)
    view.list.prizes.table.selectRow(found)
    return model.record(found)


def test_what_is_due_is_offered_and_paid_with_a_receipt(qtbot, view, tmp_path):
    page = view.list.prizes
    assert page.isVisible()
    assert row(view, "甲装置")["due"] == 300_000
    assert page.amount.value() == 300_000
    qtbot.mouseClick(page.pay, LEFT)
    paid = row(view, "甲装置")
    assert (paid["paid"], paid["payments"], paid["receipts"]) == (300_000, 1, 0)
    assert "1 笔还没有回执" in page.words.text()
    file = tmp_path / "回执.pdf"
    file.write_bytes(b"%PDF-1.4")
    page.attach([file])
    assert row(view, "甲装置")["receipts"] == 1
    view.operations.undo()
    assert row(view, "甲装置")["receipts"] == 0


def test_too_much_is_refused_in_the_strip(qtbot, view):
    page = view.list.prizes
    page.strip.show_message("已登记奖金发放", "pass")
    row(view, "乙点子")
    page.amount.set_value(200_001)
    page._enter("pay")
    assert "就超出了" in view.strip.text()
    assert not page.strip.text()
    assert row(view, "乙点子")["paid"] == 0


def test_a_payment_entered_by_mistake_is_undone(qtbot, view):
    row(view, "甲装置")
    qtbot.mouseClick(view.list.prizes.pay, LEFT)
    view.operations.undo()
    assert row(view, "甲装置")["paid"] == 0


def test_a_revoked_prize_is_recovered(qtbot, view):
    page = view.list.prizes
    award = row(view, "甲装置")["id"]
    qtbot.mouseClick(page.pay, LEFT)
    assert not page.recover.isEnabled()
    change = {"id": award, "state": "撤销奖励"}
    view.operations.run("试", lambda session: records.put_records(session, "awards", change))
    row(view, "甲装置")
    assert not page.pay.isEnabled()
    qtbot.mouseClick(page.recover, LEFT)
    assert row(view, "甲装置")["recovered"] == 300_000
    assert "已追回 3,000.00 元" in page.words.text()


def test_the_payment_list_is_a_paper_and_grants_are_a_step_back(qtbot, view):
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.list.prizes.paper, LEFT)
    assert gone.args[:2] == ["document", "awards.award-payment"]
    assert len(gone.args[2].split()) == view.list.prizes.model.rowCount()
    qtbot.mouseClick(view.list.prizes.back, LEFT)
    assert view.list.table.isVisible()
    assert view.list.model.rowCount() == 5


def test_several_prizes_are_paid_at_once_on_the_day_given(qtbot, view):
    page = view.list.prizes
    page.table.selectAll()
    assert page.pay.text() == "登记发放 2 项"
    assert page.amount.value() == 500_000
    assert not page.amount.isEnabled()
    page.paid_on.set_value(f"{YEAR}-06-01")
    page.receipt_number.set_value("0601-1")
    qtbot.mouseClick(page.pay, LEFT)
    assert "共2项" in page.strip.text()
    rows = view.operations.read(lambda session: records.list_records(session, "award_payments"))
    assert {(row["amount_yuan"], row["paid_on"], row["receipt_number"]) for row in rows} == {
        ("3000.00", f"{YEAR}-06-01", "0601-1"),
        ("2000.00", f"{YEAR}-06-01", "0601-1"),
    }
    assert not page.pay.isEnabled()
    view.operations.undo()
    assert view.operations.read(lambda session: records.list_records(session, "award_payments")) == []


def test_a_payment_is_put_right_and_a_wrong_one_deleted(qtbot, view):
    page = view.list.prizes
    row(view, "甲装置")
    assert not page.payments.isVisible()
    qtbot.mouseClick(page.pay, LEFT)
    row(view, "甲装置")
    assert page.payments.isVisible()
    assert "甲装置" in page.payments.title.text()
    rows = page.payments.rows
    rows.model.edited.emit(0, "receipt_number", "0602-7")
    assert rows.model.record(0)["receipt_number"] == "0602-7"
    assert row(view, "甲装置")["receipts"] == 1
    rows.table.selectRow(0)
    qtbot.mouseClick(rows.delete_button, LEFT)
    assert "已删除1条发放记录" in page.strip.text()
    assert row(view, "甲装置")["paid"] == 0
    assert not page.payments.isVisible()


def test_the_payment_list_is_made_of_every_prize_shown(qtbot, view):
    view.operations.run("办法", _adopt)
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.list.prizes.paper, LEFT)
    _view, noun, ids = gone.args
    with shown(qtbot, DocumentView(view.desk)) as papers:
        papers.show_record(noun, ids)
        qtbot.waitUntil(lambda: papers.draft() is not None and not papers.operations.is_busy(), timeout=10_000)
        assert sorted(row["name"] for row in papers.draft().data["rows"]) == ["乙点子", "甲装置"]


def _adopt(session):
    own = identity.own_office_id(session)
    records.put_records(session, "offices", {"id": own, "regulations": ["wx-2021-award"]})
