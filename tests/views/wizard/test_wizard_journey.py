from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from desktop.services import application, records
from desktop.views.wizard.live_draft import SUMMARY
from tests.views.input_method import commit_text

LEFT = Qt.MouseButton.LeftButton


def row_of(wizard, fact):
    return next(row for row in wizard.page.form.rows() if row.asked.fact == fact)


def answer(qtbot, wizard, fact, yes):
    buttons = row_of(wizard, fact).findChildren(QToolButton)
    qtbot.mouseClick(buttons[0 if yes else 1], LEFT)


def stored(wizard, draft_id):
    return wizard.operations.read(lambda session: application.draft(session, draft_id))


def go(wizard, title):
    steps = wizard.page.steps.steps()
    row = next(row for row, step in enumerate(steps) if step.title == title)
    wizard.page.step_list.setCurrentIndex(wizard.page.steps.index(row))


def test_from_a_few_letters_to_a_submitted_application(wizard, qtbot):
    names = [row["name"] for row in wizard.operations.read(lambda s: records.list_records(s, "workrooms"))]
    drafted = {row["workroom_name"] for row in wizard.operations.read(application.drafts)}
    name = next(name for name in names if name not in drafted)
    commit_text(wizard.chooser.picker.line, name[-12:-6])
    assert wizard.chooser.picker.hits.count() >= 1
    wizard.chooser.picker.pick(
        next(
            r["id"] for r in wizard.operations.read(lambda s: records.list_records(s, "workrooms")) if r["name"] == name
        )
    )
    wizard.chooser.on.set_value("2026-09-01")
    qtbot.mouseClick(wizard.chooser.start, LEFT)
    draft_id = wizard._application_id
    assert stored(wizard, draft_id).workroom["name"] == name
    assert stored(wizard, draft_id).application["reference_date"] == "2026-09-01"
    for page in wizard.page.live.pages():
        go(wizard, page.title)
        for row in wizard.page.form.rows():
            if row.asked.type == "bool" and row.editor is not None and row.asked.value is not True:
                answer(qtbot, wizard, row.asked.fact, True)
    go(wizard, "总体结论")
    kinds = {blocker.kind for blocker in wizard.page.live.blockers()}
    assert "unknown" not in kinds
    for blocker in wizard.page.live.blockers():
        if blocker.kind == "reason":
            wizard.page.findings.focus_reason(blocker.rule)
            card = next(card for card in wizard.page.findings.cards() if card.finding.rule == blocker.rule)
            commit_text(card.reason.control, "情况属实")
            card.reason.commit()
    if not wizard.page.live.blockers():
        qtbot.mouseClick(wizard.page._submit, LEFT)
        assert stored(wizard, draft_id).application["state"] == "已提交"


def test_the_missing_answer_is_jumped_to_given_and_submitted(wizard, qtbot, draft_id):
    wizard.open_application(draft_id)
    assert not wizard.page.can_submit()
    assert "1项" in wizard.page._submit.toolTip()
    qtbot.mouseClick(wizard.page._submit, LEFT)
    assert wizard.page.current_step() == SUMMARY
    (go_there,) = wizard.page.summary.list.links
    assert go_there.hasFocus()
    qtbot.keyClick(go_there, Qt.Key.Key_Space)
    assert wizard.page.current_step() != SUMMARY
    assert row_of(wizard, "venue_area_suitable").has_focus()
    answer(qtbot, wizard, "venue_area_suitable", True)
    source = stored(wizard, draft_id).sheet.sources["venue_area_suitable"]
    assert (source.kind, source.by, source.on) == ("attested", "王敏", date.today())
    assert wizard.page.can_submit()
    qtbot.mouseClick(wizard.page._submit, LEFT)
    assert stored(wizard, draft_id).application["state"] == "已提交"
    assert wizard.strip.text().startswith("已提交")
    assert not wizard.page._submit.isVisible()


def test_a_failed_must_cannot_be_submitted_and_says_why(wizard, qtbot, draft_id):
    wizard.open_application(draft_id)
    go(wizard, "有活动场地")
    answer(qtbot, wizard, "venue_area_suitable", True)
    answer(qtbot, wizard, "venue_fixed", False)
    card = next(card for card in wizard.page.findings.cards() if card.finding.rule == "nm-2026-build-7.3")
    assert card.finding.status == "fail"
    assert not wizard.page.can_submit()
    go(wizard, "总体结论")
    assert "还不能提交" in wizard.page.summary._sentence.text()
    wizard._submit()
    assert "还不能提交" in wizard.strip.text()
    assert stored(wizard, draft_id).application["state"] == "草稿"


def test_a_should_warning_passes_with_a_typed_reason(wizard, qtbot, draft_id):
    wizard.open_application(draft_id)
    go(wizard, "有活动场地")
    answer(qtbot, wizard, "venue_area_suitable", True)
    go(wizard, "有劳模工匠领衔")
    answer(qtbot, wizard, "leader_expertise", False)
    assert not wizard.page.can_submit()
    card = next(card for card in wizard.page.findings.cards() if card.finding.rule == "nm-2026-build-7.1b")
    assert not card.reason.isHidden()
    commit_text(card.reason.control, "原领衔人刚退休，专长由团队承接")
    qtbot.keyClick(card.reason.control, Qt.Key.Key_Return)
    assert stored(wizard, draft_id).reasons == {"nm-2026-build-7.1b": "原领衔人刚退休，专长由团队承接"}
    assert wizard.page.can_submit()


def test_an_answer_of_the_register_is_written_to_the_register(wizard, qtbot, draft_id):
    wizard.open_application(draft_id)
    go(wizard, "有创新团队")
    control = row_of(wizard, "established_on").editor.control
    control.selectAll()
    qtbot.keyClicks(control, "2024-09-02")
    card = next(card for card in wizard.page.findings.cards() if card.finding.rule == "nm-2026-build-7.2b")
    assert card.finding.status == "fail"
    assert stored(wizard, draft_id).workroom["established_on"] != "2024-09-02"
    qtbot.keyClick(control, Qt.Key.Key_Return)
    assert stored(wizard, draft_id).workroom["established_on"] == "2024-09-02"
    wizard.operations.undo()
    assert stored(wizard, draft_id).workroom["established_on"] != "2024-09-02"
    assert wizard.page.live.finding("nm-2026-build-7.2b").status == "pass"


def test_half_a_date_stays_beside_its_field(wizard, qtbot, draft_id):
    wizard.open_application(draft_id)
    go(wizard, "有创新团队")
    before = stored(wizard, draft_id).workroom["established_on"]
    row = row_of(wizard, "established_on")
    row.editor.control.selectAll()
    qtbot.keyClicks(row.editor.control, "2024-9-")
    qtbot.keyClick(row.editor.control, Qt.Key.Key_Return)
    assert "2024-9-" in row.editor.error()
    assert stored(wizard, draft_id).workroom["established_on"] == before


def half_a_date(qtbot, wizard, draft_id):
    wizard.open_application(draft_id)
    go(wizard, "有创新团队")
    row = row_of(wizard, "established_on")
    row.editor.control.selectAll()
    qtbot.keyClicks(row.editor.control, "2024-9-")


def test_half_a_date_is_there_again_when_one_comes_back(wizard, qtbot, draft_id):
    half_a_date(qtbot, wizard, draft_id)
    before = stored(wizard, draft_id).workroom["established_on"]
    go(wizard, "有活动场地")
    answer(qtbot, wizard, "venue_area_suitable", True)
    go(wizard, "有创新团队")
    assert row_of(wizard, "established_on").editor.control.text() == "2024-9-"
    assert "2024-9-" in row_of(wizard, "established_on").editor.error()
    wizard.show_chooser()
    wizard.open_application(draft_id)
    go(wizard, "有创新团队")
    assert row_of(wizard, "established_on").editor.control.text() == "2024-9-"
    assert stored(wizard, draft_id).workroom["established_on"] == before
    qtbot.keyClicks(row_of(wizard, "established_on").editor.control, "2")
    go(wizard, "有活动场地")
    go(wizard, "有创新团队")
    assert row_of(wizard, "established_on").editor.error() == ""
    assert stored(wizard, draft_id).workroom["established_on"] == "2024-09-02"


def test_half_a_date_is_seen_to_before_submitting(wizard, qtbot, draft_id):
    half_a_date(qtbot, wizard, draft_id)
    go(wizard, "有活动场地")
    answer(qtbot, wizard, "venue_area_suitable", True)
    assert not wizard.page.can_submit()
    qtbot.mouseClick(wizard.page._submit, LEFT)
    assert stored(wizard, draft_id).application["state"] == "草稿"
    row = row_of(wizard, "established_on")
    assert row.has_focus()
    qtbot.keyClick(row.editor.control, Qt.Key.Key_Escape)
    assert row.editor.error() == ""
    qtbot.mouseClick(wizard.page._submit, LEFT)
    assert stored(wizard, draft_id).application["state"] == "已提交"


def test_half_a_date_is_not_shown_in_another_application(wizard, qtbot, draft_id):
    half_a_date(qtbot, wizard, draft_id)
    other = next(row["id"] for row in wizard.operations.read(application.drafts) if row["id"] != draft_id)
    wizard.open_application(other)
    go(wizard, "有创新团队")
    assert row_of(wizard, "established_on").editor.error() == ""


def test_steps_are_walked_by_keyboard_and_the_summary_is_the_last(wizard, qtbot, draft_id):
    wizard.open_application(draft_id)
    for _ in range(wizard.page.steps.rowCount()):
        wizard.page._next.click()
    assert wizard.page.current_step() == SUMMARY
    assert not wizard.page._next.isEnabled()
    qtbot.keyClick(wizard.page.step_list, Qt.Key.Key_Home)
    assert wizard.page.current_step() == wizard.page.live.pages()[0].id


def test_go_to_the_register_for_what_it_works_out(wizard, qtbot, draft_id):
    wizard.open_application(draft_id)
    places = []
    wizard.desk.go.connect(lambda *place: places.append(place))
    go(wizard, "有创新成果")
    row_of(wizard, "results").take_focus()
    qtbot.mouseClick(row_of(wizard, "results")._open, LEFT)
    assert places == [("registry", "workrooms", stored(wizard, draft_id).workroom["id"])]


def test_drafts_are_listed_and_opened_with_enter(wizard, qtbot, draft_id):
    wizard.show_chooser()
    table, model = wizard.chooser.table, wizard.chooser.drafts
    table.setCurrentIndex(model.index(model.row_of(draft_id), 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert wizard._application_id == draft_id
    wizard.page._back.click()
    assert wizard._stack.currentWidget() is wizard.chooser


def test_a_start_without_its_day_is_refused_beside_the_field(wizard, qtbot):
    wizard.chooser.picker.hits.setCurrentRow(0)
    wizard.chooser.on.control.clear()
    qtbot.keyClick(wizard.chooser.on.control, Qt.Key.Key_Backspace)
    wizard.chooser.on._typed()
    qtbot.mouseClick(wizard.chooser.start, LEFT)
    assert wizard._application_id == ""
    assert "基准日" in wizard.chooser.on.error()


def test_a_jump_from_elsewhere_picks_the_workroom(wizard):
    room = wizard.operations.read(lambda session: records.list_records(session, "workrooms"))[3]
    wizard.show_record("workrooms", room["id"])
    assert wizard.chooser.picker.workroom_id() == room["id"]
    assert wizard.chooser.start.isEnabled()


@pytest.mark.parametrize("typed", ["zzzzqq", "没有这个工作室"])
def test_a_search_that_finds_nothing_offers_nothing(wizard, typed):
    wizard.chooser.picker.line.setText(typed)
    assert wizard.chooser.picker.hits.count() == 0
    assert not wizard.chooser.start.isEnabled()


def test_the_regulation_beside_is_judged_live_and_forbids_nothing(wizard, qtbot, draft_id):
    wizard.open_application(draft_id)
    go(wizard, "总体结论")
    (section,) = wizard.page.summary.sections()
    (fund,) = wizard.page.live.draft.beside
    assert section.regulation_id == fund.id
    qtbot.waitUntil(section.isVisible)
    (before,) = wizard.page.live.beside()
    assert section._counts.labels["fail"].text() == f"不符合 {before.verdict.counts.get('fail', 0)}"
    asked = [blocker for blocker in before.blockers if wizard.page.live.asked(blocker.rule)]
    linked = [blocker for blocker in asked if blocker.kind != "reason"]
    assert len(section.list.links) == len(linked)
    go(wizard, "有活动场地")
    answer(qtbot, wizard, "venue_area_suitable", True)
    assert wizard.page.can_submit(), "what fails under the regulation beside must not forbid submitting"
    for blocker in linked:
        page, fact = wizard.page.live.asked(blocker.rule)
        go(wizard, "总体结论")
        wizard.page.summary.jump_beside.emit(blocker.rule)
        assert wizard.page.current_step() == page
        assert row_of(wizard, fact).has_focus()


def test_an_application_that_was_undone_meanwhile_leads_back_to_the_first_page(wizard, draft_id):
    wizard.open_application(draft_id)
    wizard.operations.run("删除申报", lambda session: records.delete_record(session, "applications", draft_id))
    wizard.arrive()
    assert wizard._stack.currentWidget() is wizard.chooser
    assert "已经不在了" in wizard.strip.text()
    assert draft_id not in [row["id"] for row in wizard.chooser.drafts.rows()]
    wizard.operations.undo()
    wizard.open_application(draft_id)
    assert wizard._stack.currentWidget() is wizard.page
