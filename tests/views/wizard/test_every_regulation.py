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


def titles(page):
    return [shown.title for shown in page.live.pages()]


def answer(wizard, fact, value):
    wizard.page.fact_given.emit(fact, value)


@pytest.mark.parametrize("kind", ["十大科技创新成果", "十大先进操作法", "十大发明专利", "十佳金点子"])
def test_an_award_shows_the_pages_of_its_kind_alone(open_law, wizard, kind):
    page = open_law("wx-2021-award")
    every = {"十大科技创新成果", "十大先进操作法", "十大发明专利", "十佳金点子"}
    assert every <= set(titles(page))
    answer(wizard, "award_kind", kind)
    assert set(titles(page)) & every == {kind}


def test_a_page_that_the_chosen_kind_has_not_gives_way_to_the_first(open_law, wizard):
    page = open_law("wx-2021-award")
    row = titles(page).index("十佳金点子")
    page.step_list.setCurrentIndex(page.steps.index(row))
    answer(wizard, "award_kind", "十大发明专利")
    assert page.current_step() == page.live.pages()[0].id
    assert "十佳金点子" not in titles(page)
    answer(wizard, "award_kind", "十佳金点子")
    assert "十佳金点子" in titles(page)
    for row in range(page.steps.rowCount()):
        page.step_list.setCurrentIndex(page.steps.index(row))
    assert page.current_step() == SUMMARY


EXPECTED = {
    "nm-2026-build": 8,
    "tl-2020": 7,
    "jy-2022": 9,
    "hn-2024": 6,
    "wx-2021-model": 7,
    "wx-2021-staff": 7,
    "nm-2026-fund": 2,
    "wx-2021-award": 4,
}


@pytest.mark.parametrize("law", LAWS)
def test_each_regulation_has_at_least_its_own_conditions_as_pages(open_law, law):
    assert len(set(titles(open_law(law)))) >= EXPECTED[law]
