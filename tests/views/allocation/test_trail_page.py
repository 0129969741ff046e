"""资金去向 in the allocation view: the hops, the balance, a receipt attached, and the audit pack in one go."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from desktop.services import allocation, records
from desktop.views.allocation.allocation_view import AllocationView
from tests.views.showing import shown


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, AllocationView(desk)) as found:
        grants = found.operations.read(allocation.grants_to_allot)
        found.open_grant(next(row["id"] for row in grants if row["state"] == "支出完毕"))
        qtbot.mouseClick(found.way, Qt.MouseButton.LeftButton)
        yield found


def test_the_way_of_the_money_is_shown_and_left_again(qtbot, view):
    assert view.trail.isVisible()
    names = [view.trail.way.model.record(row)["name"] for row in range(view.trail.way.model.rowCount())]
    assert names[:2] == ["指标已下达", "盟市或产业工会已收款"]
    assert "在途" in view.trail.way.words.text()
    assert not view.spent.isVisible()
    assert not view.trail.accounts.isVisible()
    qtbot.mouseClick(view.way, Qt.MouseButton.LeftButton)
    assert view.rewards.isVisible()
    assert view.spent.isVisible()


def test_a_receipt_is_attached_to_its_expense_and_can_be_undone(qtbot, view, tmp_path):
    file = tmp_path / "发票.pdf"
    file.write_bytes(b"%PDF-1.4")
    page = view.trail
    before = page.spent.words.text()
    assert "还没有票据" in before
    expense = page.spent.model.record(0)["id"]
    page.attach(expense, [file])
    row = page.spent.model.record(page.spent.model.row_of(expense))
    assert row["receipts"] == 1
    assert page.spent.words.text() != before
    view.operations.undo()
    assert page.spent.words.text() == before


def test_the_balance_says_what_is_left(view):
    assert "结余 0.00 元" in view.trail.spent.words.text()


def test_the_audit_pack_is_a_pdf_and_a_workbook(qtbot, view, tmp_path):
    out = tmp_path / "审计资料.pdf"
    view.trail.write_pack(out)
    qtbot.waitUntil(lambda: "已存审计资料" in view.strip.text(), timeout=20_000)
    assert out.read_bytes().startswith(b"%PDF")
    assert "支出台账" in load_workbook(out.with_suffix(".xlsx")).sheetnames


def test_a_step_is_taken_in_the_course_view(qtbot, view):
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.trail.course, Qt.MouseButton.LeftButton)
    assert gone.args[:2] == ["course", "grants"]


def test_what_is_spent_elsewhere_changes_the_page_at_once(view):
    grant = view.trail._grant_id
    view.operations.run(
        "登记支出",
        lambda session: records.put_records(
            session, "expenditures", {"grant_id": grant, "category": "接待费", "amount_yuan": "10.00"}
        ),
    )
    rows = [view.trail.spent.model.record(row) for row in range(view.trail.spent.model.rowCount())]
    assert any(row["use"] == "禁止的用途" for row in rows)
    assert "结余 -10.00 元" in view.trail.spent.words.text()
