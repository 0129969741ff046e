import time

import pytest
from PySide6.QtCore import Qt

from desktop.services import allocation, identity, records
from desktop.settings import Settings
from desktop.views.allocation.allocation_table_model import AMOUNT, NOTE
from desktop.views.allocation.allocation_view import AllocationView
from desktop.views.desk import Desk
from desktop.views.field_editor import FieldEditor
from desktop.views.operation import Operations
from tests.views.allocation.conftest import amounts, new_grant
from tests.views.input_method import commit_text
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def opened(allotting, grant_id):
    allotting.open_grant(grant_id)
    return allotting


def begin(view, qtbot, row=0, column=AMOUNT):
    """Open a cell's editor with Enter and return the line one types into."""
    table = view.rewards.table
    table.setFocus()
    table.setCurrentIndex(view.rewards.model.index(row, column))
    qtbot.keyClick(table, ENTER)
    return line(view)


def line(view):
    """The line one types into: that of the cell under edit."""
    return next(
        editor.control for editor in view.rewards.table.findChildren(FieldEditor) if not editor.property("ended")
    )


def reason_of(view, grant_id, rule):
    sheet = view.operations.read(lambda session: allocation.worksheet(session, grant_id))
    return sheet.reasons.get(rule, "")


def test_before_anything_is_typed_the_planner_tells_what_the_team_can_reach(opened):
    assert "能达到60%" in opened.planner._sentence.text()
    assert "32,000" in opened.planner._basis.text()
    assert opened.figures.total.amount() == "50,000.00"
    assert opened.figures.rewards.words() == "占 0.00%，距 60% 差 30,000.00"
    assert opened.figures.headroom.amount() == "32,000.00"
    assert opened.figures.operating.amount() == "50,000.00"


def test_a_team_that_cannot_reach_the_floor_is_told_what_would_help(allotting, qtbot):
    made = []
    roles = ("骨干成员",) * 3 + ("其他参与人员",) * 2
    allotting.operations.run("新的补助", lambda session: made.append(new_grant(session, "nm-2026-fund", roles)))
    allotting.open_grant(made[0])
    assert "达不到60%" in allotting.planner._sentence.text()
    first = allotting.planner._remedies.text().splitlines()[0]
    assert first.startswith("1. 1名其他参与人员按实际贡献定为骨干成员")


def test_figures_follow_each_keystroke_and_the_cell_is_saved_with_enter(opened, qtbot, grant_id):
    typed = begin(opened, qtbot)
    seen = []
    for key in "12000":
        began = time.perf_counter()
        qtbot.keyClick(typed, key)
        seen.append((opened.figures.rewards.amount(), time.perf_counter() - began))
    assert [amount for amount, _ in seen] == ["1.00", "12.00", "120.00", "1,200.00", "12,000.00"]
    assert sorted(took for _, took in seen)[2] < 0.05
    assert amounts(opened, grant_id)["张𠮷"] is None
    assert "1 人超出上限" in opened.figures.headroom.words()
    qtbot.keyClick(typed, ENTER)
    assert amounts(opened, grant_id)["张𠮷"] == 1_200_000
    assert opened.rewards.table.currentIndex().column() == NOTE


def test_a_row_above_its_cap_takes_its_reason_beside_it(opened, qtbot, grant_id):
    qtbot.keyClicks(begin(opened, qtbot), "12000")
    qtbot.keyClick(line(opened), ENTER)
    commit_text(line(opened), "主持全部攻关")
    qtbot.keyClick(line(opened), ENTER)
    assert reason_of(opened, grant_id, "nm-2026-fund-6b") == "张𠮷：主持全部攻关"
    current = opened.rewards.table.currentIndex()
    assert (current.row(), current.column()) == (1, AMOUNT)


def test_enter_walks_down_the_amounts(opened, qtbot, grant_id):
    begin(opened, qtbot)
    for amount in ("10000", "5000", "5000", "5000", "5000"):
        qtbot.keyClicks(line(opened), amount)
        qtbot.keyClick(line(opened), ENTER)
    assert sorted(amount or 0 for amount in amounts(opened, grant_id).values()) == [
        0,
        500_000,
        500_000,
        500_000,
        500_000,
        1_000_000,
    ]
    assert opened.figures.rewards.words() == "占 60.00%，已达到 60%"


def test_escape_lets_go_of_what_was_typed(opened, qtbot, grant_id):
    typed = begin(opened, qtbot)
    qtbot.keyClicks(typed, "99")
    qtbot.keyClick(typed, Qt.Key.Key_Escape)
    assert opened.figures.rewards.amount() == "0.00"
    assert amounts(opened, grant_id)["张𠮷"] is None


def test_each_proposal_is_one_step_that_can_be_undone(opened, qtbot, grant_id):
    for button, words in ((opened.planner.even, "一键均分"), (opened.planner.weighted, "按权重分配")):
        qtbot.mouseClick(button, LEFT)
        shared = amounts(opened, grant_id)
        assert sum(shared.values()) == 3_000_000
        assert shared["张𠮷"] <= 1_000_000
        assert opened.operations.undo_words == words
        opened.operations.undo()
        assert set(amounts(opened, grant_id).values()) == {None}
    qtbot.keyClicks(begin(opened, qtbot), "4000")
    qtbot.keyClick(line(opened), ENTER)
    qtbot.mouseClick(opened.planner.floor, LEFT)
    assert sum(amounts(opened, grant_id).values()) == 3_000_000
    assert opened.planner.floor.text() == "补足到60%"


def test_a_split_below_the_floor_is_decided_only_with_its_reason(opened, qtbot, grant_id):
    qtbot.keyClicks(begin(opened, qtbot), "10000")
    qtbot.keyClick(line(opened), ENTER)
    qtbot.mouseClick(opened.decide_button, LEFT)
    assert "还不能确定" in opened.strip.text()
    for card in opened.planner.cards():
        if not card.reason.isHidden():
            commit_text(card.reason.control, "团队人数不足，余款用于培训")
            card.reason.commit()
    qtbot.mouseClick(opened.decide_button, LEFT)
    assert "已确定" in opened.strip.text()
    assert opened.rewards.model.read_only
    assert opened.decide_button.isHidden()
    qtbot.mouseClick(opened.reopen_button, LEFT)
    qtbot.mouseClick(opened.reopening.accept, LEFT)
    assert opened.reopening.reason.error() == "请写明理由。"
    commit_text(opened.reopening.reason.control, "成员有变动")
    qtbot.mouseClick(opened.reopening.accept, LEFT)
    assert not opened.rewards.model.read_only


def test_more_than_the_grant_is_red_and_refused(opened, qtbot, grant_id):
    qtbot.keyClicks(begin(opened, qtbot), "52000")
    qtbot.keyClick(line(opened), ENTER)
    assert opened.figures.operating.words() == "超出补助总额 2,000.00"
    qtbot.mouseClick(opened.decide_button, LEFT)
    assert "超过补助总额" in opened.strip.text()


def test_where_rewards_are_banned_the_article_is_shown_and_the_ledger_offered(allotting, qtbot):
    made = []
    allotting.operations.run("新的补助", lambda session: made.append(new_grant(session, "wx-2021-model")))
    allotting.open_grant(made[0])
    assert "第二十条" in allotting.strip.text()
    assert allotting._left.currentWidget() is allotting.ledger
    assert allotting.figures.isHidden()
    assert allotting.decide_button.isHidden()
    qtbot.mouseClick(allotting.ledger.add_button, LEFT)
    expense = allotting.ledger.model.record(0)
    allotting.ledger.model.edited.emit(0, "category", "奖金")
    allotting.ledger.model.edited.emit(0, "amount_yuan", "500.00")
    stored = allotting.operations.read(lambda session: records.get_record(session, "expenditures", expense["id"]))
    assert (stored["category"], stored["amount_yuan"]) == ("奖金", "500.00")
    failed = [card for card in allotting.planner.cards() if card.finding.status == "fail"]
    assert failed
    assert all(card.finding.text for card in failed)


def test_an_expense_removed_comes_back_with_undo(opened, qtbot, grant_id):
    qtbot.mouseClick(opened.spent, LEFT)
    opened.add()
    opened.ledger.table.selectRow(0)
    opened.ledger.table.setFocus()
    qtbot.mouseClick(opened.ledger.remove_button, LEFT)
    assert opened.ledger.model.rowCount() == 0
    opened.operations.undo()
    assert opened.ledger.model.rowCount() == 1
    qtbot.mouseClick(opened.spent, LEFT)
    assert opened._left.currentWidget() is opened.rewards


@pytest.mark.parametrize(
    ("kind", "form", "start"),
    [("reward-table", "pdf", b"%PDF"), ("reward-table", "xlsx", b"PK"), ("signature-sheet", "pdf", b"%PDF")],
)
def test_tables_are_exported(opened, qtbot, tmp_path, kind, form, start):
    qtbot.mouseClick(opened.planner.even, LEFT)
    out = tmp_path / f"表.{form}"
    opened.export.ask = lambda _parent, _words, _form: out
    with qtbot.waitSignal(opened.export.done, timeout=20_000):
        opened.export.export(kind, "表", form)
    assert out.read_bytes().startswith(start)
    assert str(out) in opened.strip.text()


def test_the_picker_lists_every_grant_and_opens_the_chosen(allotting, grant_id, qtbot):
    picker = allotting.picker
    row = picker.findData(grant_id)
    assert "北原钢铁张𠮷劳模创新工作室" in picker.itemText(row)
    picker.setCurrentIndex(row)
    picker.activated.emit(row)
    assert allotting._grant_id == grant_id
    picker.lineEdit().setText("半个名字")
    picker.lineEdit().editingFinished.emit()
    assert picker.currentText() == picker.itemText(row)


def test_a_grant_is_chosen_from_the_list_and_left_again_by_key(allotting, qtbot, grant_id):
    allotting.arrive()
    table, model = allotting.list.table, allotting.list.model
    assert table.isVisible()
    assert not allotting.back.isVisible()
    row = model.row_of(grant_id)
    shown = [model.index(row, column).data() for column in range(model.columnCount())]
    assert shown[:3] == ["北原钢铁张𠮷劳模创新工作室", "2026", "50,000.00"]
    assert shown[-1] == "未分配"
    table.selectRow(row)
    qtbot.keyClick(table, ENTER)
    assert allotting.rewards.isVisible()
    commit_text(begin(allotting, qtbot), "1000")
    qtbot.mouseClick(allotting.back, LEFT)
    assert table.isVisible()
    assert table.hasFocus()
    assert table.currentIndex().row() == row
    assert model.record(row)["allocation_state"] == "草稿"


def test_without_any_grant_the_view_says_where_one_is_entered(qtbot, tmp_path):
    path = tmp_path / "empty.db"
    identity.initialise(path, "右旗总工会", "县级", "右旗", operator="王敏").close()
    operations = Operations(path, operator="王敏")
    operations.open_now()
    with shown(qtbot, AllocationView(Desk(operations, Settings(operator="王敏")))) as view:
        view.arrive()
        assert view._empty.isVisible()
        assert not view.list.isVisible()
        words = view._empty._words
        assert "“办理”里找到它，登记补助" in words.text()
        assert words.height() >= words.heightForWidth(words.width()), "the sentence must not be cut"
        with qtbot.waitSignal(view.desk.go) as gone:
            qtbot.mouseClick(view._empty.action, Qt.MouseButton.LeftButton)
        assert gone.args == ["course", "", ""]
    operations.close()
