import time

import pytest

from desktop.services import application
from desktop.views.wizard.live_draft import SUMMARY, LiveDraft, gravest


@pytest.fixture
def live(wizard, draft_id):
    return LiveDraft(wizard.operations.read(lambda session: application.draft(session, draft_id)))


def test_every_rule_of_the_stage_stands_on_one_page(live):
    placed = [rule for page in live.pages() for rule in page.rules]
    assert sorted(placed) == sorted(finding.rule for finding in live.verdict.findings)


def test_eight_conditions_and_the_summary_are_the_steps(live):
    steps = live.steps()
    assert sum(step.title.startswith("有") for step in steps) == 8
    assert steps[-1].id == SUMMARY
    assert steps[-1].count == "1 项未办"
    assert next(step for step in steps if step.title == "有活动场地").status == "unknown"


@pytest.mark.parametrize(("day", "status"), [("2024-09-01", "pass"), ("2024-09-02", "fail"), (None, "unknown")])
def test_two_years_of_running_to_the_day(live, day, status):
    assert live.type("established_on", day) == ""
    assert live.finding("nm-2026-build-7.2b").status == status
    page = next(page for page in live.pages() if "nm-2026-build-7.2b" in page.rules)
    assert next(step for step in live.steps() if step.id == page.id).status == status
    assert live.field_statuses(page)["established_on"] == status


def test_a_value_of_the_wrong_kind_is_told_and_the_verdict_stands(live):
    before = live.verdict
    assert "日期" in live.type("established_on", "去年")
    assert live.verdict is before


def test_typed_answers_stand_over_a_newer_save_until_they_are_saved_themselves(live, wizard, draft_id):
    live.type("venue_fixed", False)
    saved = wizard.operations.read(lambda session: application.draft(session, draft_id))
    live.saved(saved)
    assert live.finding("nm-2026-build-7.3").status == "fail"
    live.forget("venue_fixed")
    live.saved(saved)
    assert live.finding("nm-2026-build-7.3").status == "pass"


def test_a_rule_leads_to_the_page_and_field_that_cure_it(live):
    page_id, fact = live.place_of("nm-2026-build-7.3b")
    assert live.page(page_id).title == "有活动场地"
    assert fact == "venue_area_suitable"


def test_a_failed_must_and_a_warning_without_reason_block(live):
    assert [blocker.kind for blocker in live.blockers()] == ["unknown"]
    live.type("venue_area_suitable", True)
    assert live.blockers() == []
    live.type("leader_expertise", False)
    assert [(blocker.rule, blocker.kind) for blocker in live.blockers()] == [("nm-2026-build-7.1b", "reason")]
    live.type("unit_funding_provided", False)
    assert {blocker.kind for blocker in live.blockers()} == {"reason", "fail"}


def test_judging_a_keystroke_is_faster_than_a_frame(live):
    times = []
    for day in range(1, 29):
        began = time.perf_counter()
        live.type("established_on", f"2024-08-{day:02d}")
        live.steps()
        times.append(time.perf_counter() - began)
    assert sorted(times)[len(times) // 2] < 0.016


def test_the_gravest_of_nothing_is_not_applicable():
    assert gravest([]) == "n/a"
