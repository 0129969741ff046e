"""Taking records along their workflows: gates, order of days, joins, and what stands in the way."""

from datetime import date

import pytest

from desktop.errors import NotAllowed
from desktop.services import application, course, records
from tests.services.counties import DAY, County
from tests.services.test_application import CONFIRMED


@pytest.fixture
def county(tmp_path):
    made = County(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def applied(county):
    with county.writing() as session:
        return application.start(session, county.ids["room"], "nm-2026-build", DAY)["id"]


def advance(county, noun, record_id, to, on=DAY, reason=""):
    with county.writing() as session:
        return course.advance(session, noun, record_id, to, "王敏", on, reason)


def road(county, noun, record_id, workflow, on=DAY):
    with county.reading() as session:
        return next(one for one in course.roads(session, noun, record_id, on) if one.workflow.id == workflow)


def test_a_new_record_stands_at_the_beginning_with_its_next_steps(county, applied):
    found = road(county, "applications", applied, "nm-build-support")
    assert found.state == "已建成"
    assert "拟推荐" in [step.transition.to for step in found.gates]
    assert found.done == []


def test_a_failed_or_missing_requirement_stops_the_step_and_changes_nothing(county, applied):
    with pytest.raises(NotAllowed, match="还不能到“拟推荐”"):
        advance(county, "applications", applied, "拟推荐")
    with county.reading() as session:
        assert records.list_records(session, "steps") == []


def test_a_step_is_recorded_with_day_person_and_source(county, applied):
    with county.writing() as session:
        for fact in CONFIRMED:
            application.set_fact(session, applied, fact, True, "王敏", DAY)
    taken = advance(county, "applications", applied, "拟推荐")
    assert (taken["from"], taken["to"], taken["on"], taken["by"]) == ("已建成", "拟推荐", "2026-09-01", "王敏")
    found = road(county, "applications", applied, "nm-build-support")
    assert found.state == "拟推荐"
    assert [step.by for step in found.done] == ["王敏"]


def test_a_warning_among_the_requirements_passes_with_its_reason(county, applied):
    with county.writing() as session:
        for fact in CONFIRMED:
            application.set_fact(session, applied, fact, True, "王敏", DAY)
    second = county.put("people", name="第二领衔人", frontline=True)
    county.put("members", workroom_id=county.ids["room"], person_id=second, role="领衔人")
    with pytest.raises(NotAllowed, match="需说明理由"):
        advance(county, "applications", applied, "拟推荐")
    assert advance(county, "applications", applied, "拟推荐", reason="两人共同领衔")["to"] == "拟推荐"
    with county.reading() as session:
        assert "两人共同领衔" in application.reasons(session, applied).values()


def test_an_unlawful_step_names_the_lawful_ones(county, applied):
    with pytest.raises(NotAllowed, match="可以到：") as refusal:
        advance(county, "applications", applied, "推荐全国")
    assert "拟推荐" in refusal.value.message


def test_the_grants_road_follows_the_money(county):
    grant = county.add_grant(planned_on="2026-06-01", quota_issued_on="2026-06-10")
    assert advance(county, "grants", grant, "指标已下达", date(2026, 6, 10))["article"] == "第八条"
    assert county.get("grants", grant)["state"] == "指标已下达"
    with pytest.raises(NotAllowed, match="不能早于上一步"):
        advance(county, "grants", grant, "盟市或产业工会已收款", date(2026, 6, 9))
    advance(county, "grants", grant, "盟市或产业工会已收款", date(2026, 6, 10))
    assert [step.to_state for step in road(county, "grants", grant, "nm-fund-grant").done] == [
        "指标已下达",
        "盟市或产业工会已收款",
    ]


def test_a_convention_prints_no_article(county):
    with county.reading() as session:
        for law in course.laws_of(session, object()):
            for workflow in law.workflows:
                for step in workflow.transition:
                    assert bool(step.cite) is (step.source == "text")


def test_the_history_shows_the_step(county, applied):
    with county.writing() as session:
        for fact in CONFIRMED:
            application.set_fact(session, applied, fact, True, "王敏", DAY)
    advance(county, "applications", applied, "拟推荐")
    with county.reading() as session:
        (step,) = records.list_records(session, "steps")
    assert step["subject_id"] == applied
    assert step["regulation"] == "nm-2026-build"
