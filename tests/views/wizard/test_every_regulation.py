"""The wizard over each regulation there is: every page opens, every rule leads to a field, nothing is cut off."""

from datetime import date

import pytest

from desktop.services import application, records
from desktop.services.regulation import catalogue
from desktop.views.wizard.live_draft import SUMMARY

LAWS = sorted(law.id for law in catalogue().values() if law.pages("申报"))


@pytest.fixture
def open_law(wizard):
    def start(law):
        room = wizard.operations.read(lambda session: records.list_records(session, "workrooms"))[0]
        wizard.operations.run(
            "开始申报",
            lambda session: application.start(session, room["id"], law, date(2026, 9, 1)),
            lambda started: wizard.open_application(started["id"]),
        )
        return wizard.page

    return start


@pytest.mark.parametrize("law", LAWS)
def test_every_page_opens_and_fits(open_law, law, qtbot):
    page = open_law(law)
    assert page.steps.rowCount() >= 3
    for row in range(page.steps.rowCount()):
        page.step_list.setCurrentIndex(page.steps.index(row))
        if page.current_step() == SUMMARY:
            continue
        qtbot.wait(1)
        assert len(page.findings.cards()) == len(page.live.findings(page.live.page(page.current_step())))
        content = page.form.widget()
        assert content.minimumSizeHint().width() <= page.form.viewport().width(), page.current_step()


@pytest.mark.parametrize("law", LAWS)
def test_every_open_rule_leads_to_a_field_or_to_its_reason(open_law, law, wizard):
    page = open_law(law)
    for blocker in page.live.blockers():
        page.jump_to(blocker.rule)
        asked = [row.asked.fact for row in page.form.rows()]
        assert page.live.place_of(blocker.rule)[1] in asked
        if blocker.kind == "unknown":
            assert blocker.fact in asked


@pytest.mark.parametrize("law", LAWS)
def test_every_field_says_what_it_asks_in_chinese(open_law, law):
    page = open_law(law)
    for shown in page.live.pages():
        for asked in shown.inputs:
            assert asked.label
            assert not asked.label.isascii(), asked.fact


@pytest.mark.parametrize("law", LAWS)
def test_answering_yes_to_everything_leaves_no_question_of_yes_or_no(open_law, law):
    live = open_law(law).live
    for page in live.pages():
        for asked in page.inputs:
            if asked.type == "bool" and asked.source != "derived":
                assert live.type(asked.fact, True) == ""
    yes_no = {
        asked.fact
        for page in live.pages()
        for asked in page.inputs
        if asked.type == "bool" and asked.source != "derived"
    }
    missing = {fact for finding in live.verdict.findings for fact in finding.missing}
    assert not missing & yes_no
