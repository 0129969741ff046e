"""An application from its start to its submission, on facts of the register and of a person."""

import time

import pytest

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.services import application
from desktop.services.regulation import regulation
from tests.services.counties import DAY

NM = "nm-2026-build"
CONFIRMED = (
    "leader_expertise",
    "leader_led_result",
    "orientation_confirmed",
    "results_effective",
    "venue_area_suitable",
)


@pytest.fixture
def started(county):
    with county.writing() as session:
        return application.start(session, county.ids["room"], NM, DAY)["id"]


def confirm(county, application_id, *facts):
    with county.writing() as session:
        for fact in facts or CONFIRMED:
            application.set_fact(session, application_id, fact, True, "王敏", DAY)


def status(county, application_id, rule):
    with county.reading() as session:
        return application.verdict(session, application_id, DAY).finding(rule).status


def test_starting_twice_opens_the_same_draft(county, started):
    with county.writing() as session:
        assert application.start(session, county.ids["room"], NM, DAY)["id"] == started
        assert [one["workroom_name"] for one in application.drafts(session)] == ["周建成劳模工匠创新工作室"]
        with pytest.raises(NotFound, match="没有这个办法"):
            application.start(session, county.ids["room"], "none", DAY)


def test_the_register_answers_what_it_knows_and_asks_the_rest(county, started):
    with county.reading() as session:
        draft = application.draft(session, started, DAY)
    inputs = {one.fact: one for page in draft.pages for one in page.inputs}
    assert inputs["team_total_incl_leader"].source == "derived"
    assert inputs["team_total_incl_leader"].value == 6
    assert inputs["venue_fixed"].source == "record"
    assert inputs["venue_fixed"].record == ("workrooms", county.ids["room"], "venue_fixed")
    assert inputs["leader_expertise"].source == "missing"
    assert "设备设施管理" in inputs["systems"].choices


def test_every_rule_of_the_stage_stands_on_exactly_one_page(county, started):
    with county.reading() as session:
        draft = application.draft(session, started, DAY)
    placed = [rule for page in draft.pages for rule in page.rules]
    wanted = [rule.id for rule in regulation(NM).rules if "申报" in rule.stage]
    assert sorted(placed) == sorted(wanted)
    assert sum(page.title.startswith("有") for page in draft.pages) == 8


def test_an_answer_goes_to_the_record_or_is_attested_with_name_and_day(county, started):
    with county.writing() as session:
        application.set_fact(session, started, "venue_fixed", False, "王敏", DAY)
        application.set_fact(session, started, "leader_expertise", True, "王敏", DAY)
    assert county.get("workrooms", county.ids["room"])["venue_fixed"] is False
    with county.reading() as session:
        inputs = {one.fact: one for page in application.draft(session, started, DAY).pages for one in page.inputs}
    attested = inputs["leader_expertise"]
    assert (attested.source, attested.attested_by, attested.attested_on) == ("attested", "王敏", DAY)
    with county.writing() as session:
        application.set_fact(session, started, "leader_expertise", None, "王敏", DAY)
    assert status(county, started, "nm-2026-build-7.1b") == "unknown"


def test_a_wrong_answer_is_refused_by_name(county, started):
    with county.writing() as session, pytest.raises(BadInput) as refusal:
        application.set_fact(session, started, "leader_expertise", "是", "王敏", DAY)
    assert "leader_expertise" in refusal.value.where


def test_what_forbids_submitting_is_listed_until_it_is_cured(county, started):
    with county.writing() as session, pytest.raises(NotAllowed, match="还不能提交"):
        application.submit(session, started, "王敏", DAY)
    confirm(county, started)
    with county.writing() as session:
        done = application.submit(session, started, "王敏", DAY)
    assert (done["state"], done["submitted_by"], done["submitted_on"]) == ("已提交", "王敏", "2026-09-01")
    with county.writing() as session, pytest.raises(NotAllowed, match="已提交"):
        application.set_fact(session, started, "leader_expertise", None, "王敏", DAY)


def test_a_must_failure_cannot_be_reasoned_away(county, started):
    confirm(county, started)
    county.put("workrooms", id=county.ids["room"], systems=["设备设施管理"])
    with county.writing() as session:
        finding = application.verdict(session, started, DAY).finding("nm-2026-build-7.5")
        assert finding.status == "fail"
        application.give_reason(session, started, finding, "特殊情况", "王敏", DAY)
        with pytest.raises(NotAllowed, match="工作制度"):
            application.submit(session, started, "王敏", DAY)


def test_a_should_warning_passes_with_a_reason_and_not_without(county, started):
    confirm(county, started)
    second = county.put("people", name="第二领衔人", frontline=True)
    county.put("members", workroom_id=county.ids["room"], person_id=second, role="领衔人")
    with county.writing() as session:
        finding = application.verdict(session, started, DAY).finding("nm-2026-build-7.1a")
        assert finding.status == "warn"
        with pytest.raises(NotAllowed):
            application.submit(session, started, "王敏", DAY)
        application.give_reason(session, started, finding, "  ", "王敏", DAY)
        assert application.reasons(session, started) == {}
        application.give_reason(session, started, finding, "两人共同领衔，分工明确", "王敏", DAY)
        assert application.reasons(session, started) == {"nm-2026-build-7.1a": "两人共同领衔，分工明确"}
        assert application.submit(session, started, "王敏", DAY)["state"] == "已提交"


def test_the_reference_date_decides_not_today(county, started):
    county.put("workrooms", id=county.ids["room"], established_on="2024-09-02")
    assert status(county, started, "nm-2026-build-7.2b") == "fail"
    county.put("applications", id=started, reference_date="2026-09-02")
    assert status(county, started, "nm-2026-build-7.2b") == "pass"


def test_members_count_on_the_day_they_belong(county, started):
    with county.reading() as session:
        before = application.verdict(session, started, DAY).finding("nm-2026-build-7.2a").actual
    late = county.put("people", name="迟到的人")
    county.put("members", workroom_id=county.ids["room"], person_id=late, joined_on="2026-09-02")
    with county.reading() as session:
        assert application.verdict(session, started, DAY).finding("nm-2026-build-7.2a").actual == before


def test_the_grants_own_regulation_is_judged_beside(county, started):
    with county.reading() as session:
        answer = application.verdict_json(session, started, DAY)
    assert answer["regulation"] == NM
    beside = answer["also"][0]
    assert beside["regulation"] == "nm-2026-fund"
    assert {"nm-2026-fund-2a", "nm-2026-fund-5a"} <= {one["rule"] for one in beside["findings"]}


def test_judging_live_reads_nothing_and_fits_into_a_keystroke(county, started):
    with county.reading() as session:
        draft = application.draft(session, started, DAY)
    sheet = draft.sheet.with_fact("team_total_incl_leader", 4)
    assert application.judge_live(sheet, draft.regulation, draft.stage).finding("nm-2026-build-7.2a").status == "fail"
    assert draft.sheet.facts["team_total_incl_leader"] == 6
    begun = time.perf_counter()
    for _ in range(20):
        application.judge_live(sheet, draft.regulation, draft.stage)
    assert (time.perf_counter() - begun) / 20 < 0.5
