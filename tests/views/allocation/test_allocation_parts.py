from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from desktop.rules.caps import AllocationLine, allocation_state
from desktop.services import allocation
from desktop.services.regulation import regulation
from desktop.views import theme
from desktop.views.allocation.allocation_table_model import AMOUNT, NOTE
from desktop.views.allocation.export_button import ExportButton
from desktop.views.allocation.figures import Figures, FloorBar, basis_words, floor_percent, floor_words
from desktop.views.allocation.grant_picker import GrantPicker, grant_words
from desktop.views.allocation.ledger_panel import LedgerPanel, ledger_columns
from desktop.views.allocation.planner_panel import PlannerPanel
from desktop.views.allocation.reason_row import ReasonRow
from desktop.views.allocation.reward_table import RewardTable
from tests.views.input_method import commit_text
from tests.views.wizard.test_wizard_parts import finding

LEFT = Qt.MouseButton.LeftButton
LAW = "nm-2026-fund"


def state(*amounts, grant=5_000_000):
    lines = [AllocationLine("甲", "领衔人", amounts[0])]
    lines += [AllocationLine(f"乙{n}", "骨干成员", amount) for n, amount in enumerate(amounts[1:])]
    return allocation_state(lines, grant, regulation(LAW))


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ((0,), "占 0.00%，距 60% 差 30,000.00"),
        ((1_000_000, 1_999_999), "占 59.99%，距 60% 差 0.01"),
        ((1_000_000, 2_000_000), "占 60.00%，已达到 60%"),
        ((5_000_000,), "占 100.00%，已达到 60%"),
    ],
)
def test_the_share_is_never_rounded_up_to_the_floor(amounts, words):
    assert floor_words(state(*amounts)) == words


def test_a_grant_of_nothing_has_no_floor_and_divides_by_nothing(qtbot):
    figures = Figures()
    qtbot.addWidget(figures)
    figures.show_state(state(0, grant=0), "")
    assert floor_percent(state(0, grant=0)) == 0
    assert floor_percent(None) == 0
    assert figures.total.amount() == "0.00"


@pytest.mark.parametrize(
    ("amounts", "shown"),
    [
        ((1_000_000, 500_000), {"rewards": "warn", "headroom": None, "operating": None}),
        ((1_000_001, 500_000), {"rewards": "warn", "headroom": "warn", "operating": None}),
        ((3_000_000,), {"rewards": "pass", "headroom": "warn", "operating": None}),
        ((5_000_001,), {"rewards": "pass", "headroom": "warn", "operating": "fail"}),
    ],
)
def test_figures_turn_with_icon_and_colour(qtbot, amounts, shown):
    figures = Figures()
    qtbot.addWidget(figures)
    figures.show_state(state(*amounts), "一次性")
    for name, status in shown.items():
        figure = getattr(figures, name)
        assert figure._icon.isHidden() is (status is None), name
        if status is not None:
            assert figure._icon._status == status
            assert "元" in figure.accessibleName()


def test_the_bar_carries_the_mark_of_the_floor(qtbot):
    bar = FloorBar()
    qtbot.addWidget(bar)
    bar.resize(200, 12)
    bar.show_share(0.4, 0.6, "warn")
    image = bar.grab().toImage()
    assert image.pixelColor(120, 0) == QColor(theme.tokens().text)
    assert image.pixelColor(40, 6) == theme.status_color("warn")
    assert image.pixelColor(100, 6) == QColor(theme.tokens().line)
    bar.show_share(1.5, 0.6, "pass")
    assert bar.grab().toImage().pixelColor(190, 6) == theme.status_color("pass")


def test_the_sum_names_its_article():
    assert basis_words(regulation(LAW).grants, {"track": "工作室"}) == "工作室　一次性　第四条"
    assert basis_words(regulation(LAW).grants, {"track": "别的"}) == ""


@pytest.fixture
def sheet(allotting, grant_id):
    return allotting.operations.read(lambda session: allocation.worksheet(session, grant_id))


@pytest.fixture
def planner(qtbot):
    made = PlannerPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_planner_speaks_and_offers_its_proposals(planner, sheet, qtbot):
    planner.show_plan(sheet, 60, open_=True)
    assert planner._icon._status == "pass"
    assert planner._remedies.isHidden()
    asked = []
    planner.proposal_requested.connect(asked.append)
    for button in (planner.even, planner.weighted, planner.floor):
        qtbot.mouseClick(button, LEFT)
    assert asked == ["even", "weighted", "floor"]
    planner.show_plan(sheet, 60, open_=False)
    assert not planner.even.isEnabled()
    planner.show_plan(replace(sheet, plan=None), 0, open_=True)
    assert not planner.floor.isEnabled()
    assert planner.floor.text() == "补足到下限"


def test_only_what_wants_attention_has_a_card(planner):
    found = [
        finding("a", "fail"),
        finding("b", "warn", "should"),
        finding("c", "unknown", "encourage"),
        finding("d", "unknown", "must"),
        finding("e", "pass"),
    ]
    planner.show_findings(found, {"b": "有理由"})
    assert [card.finding.rule for card in planner.cards()] == ["a", "b", "d"]
    kept = planner.cards()[1]
    assert kept.reason.control.text() == "有理由"
    planner.show_findings(found[1:2], {"b": "有理由"})
    assert planner.cards() == [kept]
    planner.show_findings([], {})
    assert planner.cards() == []
    assert planner._findings_title.isHidden()


@pytest.fixture
def ledger(qtbot):
    made = LedgerPanel()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


EXPENSES = [
    {
        "id": "1",
        "paid_on": "2026-09-01",
        "category": "技能培训",
        "amount_yuan": "1200.00",
        "source": "补助资金",
        "payee": "",
        "voucher_number": "",
        "note": "",
    },
    {
        "id": "2",
        "paid_on": None,
        "category": "接待费",
        "amount_yuan": "30.50",
        "source": "单位资金",
        "payee": "",
        "voucher_number": "",
        "note": "",
    },
]


def test_the_ledger_keeps_the_rules_of_models(ledger, qtmodeltester):
    qtmodeltester.check(ledger.model)
    ledger.show_ledger(EXPENSES, ("技能培训", "接待费"))
    qtmodeltester.check(ledger.model)
    assert [ledger.model.index(0, column).data() for column in range(3)] == ["2026年9月1日", "技能培训", "1,200.00"]


def test_a_cell_of_the_ledger_is_told_with_its_record(ledger, qtbot):
    ledger.show_ledger(EXPENSES, ("技能培训", "接待费"))
    told = []
    ledger.changed.connect(lambda *change: told.append(change))
    ledger.model.setData(ledger.model.index(1, 2), "31", Qt.ItemDataRole.EditRole)
    assert told == [("2", "amount_yuan", "31")]
    ledger.edit_record("2")
    assert ledger.table.currentIndex().row() == 1


def test_rows_of_the_ledger_are_removed_by_key_and_button(ledger, qtbot):
    ledger.show_ledger(EXPENSES, ())
    removed = []
    ledger.removed.connect(removed.append)
    ledger.table.selectRow(1)
    qtbot.keyClick(ledger.table, Qt.Key.Key_Delete)
    qtbot.mouseClick(ledger.remove_button, LEFT)
    assert removed == [["2"], ["2"]]
    ledger.show_ledger([], ())
    assert not ledger.remove_button.isEnabled()
    assert not ledger._none.isHidden()


def test_the_ledger_offers_the_uses_it_is_given():
    by_key = {column.key: column for column in ledger_columns(("技能培训",))}
    assert by_key["category"].choices == ("技能培训",)
    assert by_key["source"].choices == ("补助资金", "单位资金", "其他")


def test_a_reason_is_asked_for_and_may_be_let_be(qtbot):
    row = ReasonRow("退回草稿", "退回")
    qtbot.addWidget(row)
    given = []
    row.given.connect(given.append)
    row.ask()
    assert not row.isHidden()
    qtbot.mouseClick(row.accept, LEFT)
    assert row.reason.error()
    qtbot.mouseClick(row.cancel, LEFT)
    assert row.isHidden()
    row.ask()
    commit_text(row.reason.control, "成员有变动")
    qtbot.keyClick(row.reason.control, Qt.Key.Key_Return)
    assert given == ["成员有变动"]
    assert row.isHidden()


def test_grants_are_named_in_one_line(qtbot):
    grant = {
        "id": "g",
        "workroom_name": "甲工作室",
        "year": 2026,
        "grant_total_yuan": "50000.00",
        "state": "指标已下达",
    }
    assert grant_words(grant) == "甲工作室　2026年　50,000.00 元　指标已下达"
    assert grant_words({"id": "h", "grant_total_yuan": None}).startswith("（未登记工作室）")
    picker = GrantPicker()
    qtbot.addWidget(picker)
    picker.show_grants([grant], "")
    assert picker.currentIndex() == -1
    picker.show_grants([grant], "g")
    assert picker.currentText() == grant_words(grant)
    assert picker.completer().filterMode() == Qt.MatchFlag.MatchContains


def test_export_offers_both_tables_in_both_forms_and_may_be_cancelled(allotting, qtbot):
    button = ExportButton(allotting.operations)
    qtbot.addWidget(button)
    words = [action.text() for action in button.choices.actions()]
    assert words == ["奖励分配表（PDF）…", "奖励分配表（XLSX）…", "签领表（PDF）…", "签领表（XLSX）…"]
    asked = []
    button.ask = lambda _parent, words, form: asked.append((words, form))
    button.choices.actions()[3].trigger()
    assert asked == [("签领表", "xlsx")]
    assert not allotting.operations.is_busy()


def test_the_cell_shows_its_cap_as_a_bar(qtbot, sheet):
    table = RewardTable()
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    table.show_sheet(sheet)
    colors = {}
    for amount in (400_000, 1_000_000, 1_200_000):
        table.model.type_amount(0, amount)
        rect = table.table.visualRect(table.model.index(0, AMOUNT))
        image = table.table.viewport().grab().toImage()
        y = rect.bottom() - theme.px(4)
        colors[amount] = image.pixelColor(rect.left() + theme.px(14), y).name()
    tokens = theme.tokens()
    assert list(colors.values()) == [tokens.focus.lower(), tokens.passed.lower(), tokens.warn.lower()]
    assert table.model.index(0, NOTE).data() == "超出上限 2,000.00 元，请写明理由"
