from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.rules.verdict import Finding
from desktop.services.application import Blocker
from desktop.services.questions import CriterionPage, FactInput
from desktop.services.regulation import catalogue
from desktop.views.icons import Button
from desktop.views.wizard.chooser import Chooser
from desktop.views.wizard.fact_form import FactForm
from desktop.views.wizard.findings_panel import FindingsPanel
from desktop.views.wizard.summary_page import SummaryPage
from desktop.views.wizard.workroom_picker import WorkroomPicker
from tests.views.input_method import commit_text

LEFT = Qt.MouseButton.LeftButton


def finding(rule="r1", status="pass", strength="must"):
    return Finding(
        rule=rule,
        regulation="law",
        article="第七条（二）",
        title=f"标题{rule}",
        status=status,
        strength=strength,
        polarity="require",
        actual="4人",
        required="不少于5人",
        message=f"结论{rule}",
        cure="补一人",
        text="有一支5人以上团队",
    )


@pytest.fixture
def panel(qtbot):
    made = FindingsPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_card_for_each_rule_in_the_rules_order(panel):
    panel.show_page([finding("a", "fail"), finding("b"), finding("c", "warn", "should")], {"c": "有理由"})
    assert [card.finding.rule for card in panel.cards()] == ["a", "b", "c"]
    assert [card.reason.isHidden() for card in panel.cards()] == [True, True, False]
    assert panel.cards()[2].reason.control.text() == "有理由"


def test_only_binding_warnings_ask_for_a_reason(panel):
    panel.show_page([finding("a", "warn", "prefer"), finding("b", "warn", "ref"), finding("c", "warn", "should")], {})
    assert [card.reason.isHidden() for card in panel.cards()] == [True, True, False]


def test_a_newer_finding_is_shown_in_the_same_card(panel):
    panel.show_page([finding("a", "fail"), finding("b")], {})
    cards = panel.cards()
    changed = []
    for card in cards:
        original = card.show_finding
        card.show_finding = lambda *shown, original=original, card=card: (changed.append(card), original(*shown))
    panel.show_findings([finding("a"), finding("b")], {})
    assert panel.cards() == cards
    assert changed == [cards[0]]
    assert cards[0].finding.status == "pass"


def test_the_quote_is_folded_until_asked_for(panel, qtbot):
    panel.show_page([finding("a", "fail")], {})
    card = panel.cards()[0]
    quote = next(label for label in card.findChildren(QLabel) if label.text() == "有一支5人以上团队")
    assert quote.isHidden()
    qtbot.mouseClick(card.fold, LEFT)
    assert not quote.isHidden()


def test_jump_and_reason_are_told_with_their_rule(panel, qtbot):
    told = []
    panel.jump.connect(lambda rule: told.append(("jump", rule)))
    panel.reason_given.connect(lambda rule, words: told.append((rule, words)))
    panel.show_page([finding("a", "warn", "should")], {})
    card = panel.cards()[0]
    card.jump.click()
    commit_text(card.reason.control, "因为")
    qtbot.keyClick(card.reason.control, Qt.Key.Key_Return)
    assert told == [("jump", "a"), ("a", "因为")]


@pytest.fixture
def summary(qtbot):
    made = SummaryPage()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("kinds", "status"),
    [((), "pass"), (("reason",), "warn"), (("unknown", "reason"), "unknown"), (("reason", "fail"), "fail")],
)
def test_the_summary_shows_the_gravest(summary, kinds, status):
    blockers = [Blocker(f"r{n}", f"标题{n}", "句子", kind) for n, kind in enumerate(kinds)]
    summary.show_verdict({"pass": 3, "fail": 1}, blockers)
    assert summary._icon._status == status
    assert ("可以提交" in summary._sentence.text()) is (not kinds)
    assert summary._counts.labels["pass"].text() == "符合 3"
    assert summary._counts.labels["warn"].text() == "提示 0"


def test_each_thing_to_do_jumps_to_its_rule(summary, qtbot):
    told = []
    summary.jump.connect(told.append)
    blockers = [Blocker("a", "甲", "缺甲", "unknown"), Blocker("b", "乙", "要理由", "reason")]
    summary.show_verdict({}, blockers)
    assert [button.text() for button in summary.list.links] == ["去填写", "写理由"]
    for button in summary.list.links:
        qtbot.mouseClick(button, LEFT)
    assert told == ["a", "b"]
    kept = list(summary.list.links)
    summary.show_verdict({"pass": 1}, blockers)
    assert summary.list.links == kept
    summary.show_verdict({}, [])
    assert summary.list.isHidden()


PAGE = CriterionPage(
    "p",
    "有创新团队",
    "第七条（二）",
    ("r1",),
    (
        FactInput(
            "established_on",
            "开始运行日期",
            "date",
            "2020-01-01",
            "record",
            record=("workrooms", "w", "established_on"),
        ),
        FactInput("steady", "团队稳定", "bool"),
        FactInput("results", "创新成果", "items", [{"name": "甲"}], "derived", record=("workrooms", "w", "")),
    ),
)


@pytest.fixture
def form(qtbot):
    made = FactForm()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.show_page(PAGE)
    made.activateWindow()
    return made


def test_the_form_asks_what_the_page_asks(form):
    assert [row.asked.fact for row in form.rows()] == ["established_on", "steady", "results"]
    assert form.rows()[0].editor.value() == "2020-01-01"
    assert form.rows()[2].editor is None


def test_the_cursor_goes_to_the_field_asked_for_or_says_that_it_is_not_here(form, qtbot):
    assert form.focus_fact("steady")
    qtbot.waitUntil(form.rows()[1].has_focus)
    assert not form.focus_fact("elsewhere")
    qtbot.waitUntil(form.rows()[0].has_focus)


def test_statuses_and_refusals_stand_at_their_fields(form):
    form.show_statuses({"steady": "fail"})
    assert [row._status.isHidden() for row in form.rows()] == [True, False, True]
    form.refuse("steady", "不能这样填。")
    assert form.rows()[1].editor.error() == "不能这样填。"
    form.refuse("elsewhere", "没有这一项")


def test_newer_answers_come_into_the_rows(form):
    form.show_inputs(
        [replace(PAGE.inputs[1], value=True, source="attested", attested_by="王敏", attested_on=date(2026, 9, 1))]
    )
    assert form.rows()[1].editor.value() is True
    assert form.rows()[1]._source.text() == "王敏 2026年9月1日确认"


def test_another_page_takes_the_place(form):
    form.show_page(CriterionPage("q", "有经费保证", "", (), ()))
    assert form.rows() == []
    assert form._card.isHidden()
    assert not form.focus_fact("steady")


def test_the_chooser_offers_regulations_a_day_and_the_drafts(qtbot):
    chooser = Chooser()
    qtbot.addWidget(chooser)
    laws = [law for law in catalogue().values() if law.id.startswith("nm")]
    chooser.show_choices(laws, date(2026, 9, 1))
    assert chooser.regulation.value() == laws[0].id
    assert chooser.on.value() == "2026-09-01"
    chooser.on.set_value("2026-05-01")
    chooser.show_choices(laws, date(2026, 9, 1))
    assert chooser.on.value() == "2026-05-01"
    chooser.show_drafts([], {})
    assert chooser.table.isHidden()
    row = {"id": "a", "workroom_name": "甲", "regulation": laws[0].id, "kind": "示范性", "state": "草稿"}
    row["reference_date"] = "2026-09-01"
    chooser.show_drafts([row], {laws[0].id: "办法"})
    shown = [chooser.drafts.index(0, column).data() for column in range(5)]
    assert shown == ["甲", "办法", "示范性", "2026年9月1日", "草稿"]


def test_the_picker_finds_by_pinyin_and_walks_with_arrows(qtbot, county):
    picker = WorkroomPicker()
    qtbot.addWidget(picker)
    picker.load(county)
    everyone = picker.hits.count()
    assert everyone == 12
    assert picker.workroom_id() == ""
    qtbot.keyClick(picker.line, Qt.Key.Key_Down)
    qtbot.keyClick(picker.line, Qt.Key.Key_Down)
    assert picker.hits.currentRow() == 1
    first = picker.workroom_id()
    chosen = []
    picker.chosen.connect(chosen.append)
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert chosen == [first]
    qtbot.keyClicks(picker.line, "gxl")
    assert 0 < picker.hits.count() < everyone
    assert picker.hits.currentRow() == 0
    picker.line.clear()
    picker.pick(first)
    assert picker.workroom_id() == first


def test_buttons_of_the_summary_name_their_rule(summary):
    summary.show_verdict({}, [Blocker("a", "甲", "缺甲", "unknown")])
    assert [button.accessibleName() for button in summary.findChildren(Button)][-1] == "去填写：甲"
