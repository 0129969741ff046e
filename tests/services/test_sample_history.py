"""The sample with years of life behind it: whole, in order, spent to the last fen, and the same for the same seed."""

from collections import Counter, defaultdict
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.tables import NOUNS
from desktop.services import identity, records, sample, store
from desktop.services.record import checks
from desktop.services.record.fields import field_map
from desktop.services.record.values import read
from desktop.services.regulation import bundled
from desktop.services.road.waiting import waiting

YEARS = 10


@pytest.fixture
def county(session: Session) -> dict[str, list[dict[str, Any]]]:
    sample.fill_sample(session, 30, years=YEARS)
    return {noun: records.list_records(session, noun, {}) for noun in NOUNS}


def of_room(county: dict[str, Any], noun: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in county[noun]:
        found[row["workroom_id"]].append(row)
    return found


def test_references_hold(session: Session, county: dict[str, Any]):
    assert list(session.execute(text("PRAGMA foreign_key_check"))) == []
    session.commit()


def test_every_record_passes_the_door_it_did_not_come_through(county: dict[str, Any]):
    for noun, rows in county.items():
        names = field_map(noun)
        for row in rows:
            inside = {names[name].attribute: read(names[name], value) for name, value in row.items() if name in names}
            assert checks.remarks(noun, inside) == [], (noun, row)


def test_an_apt_workroom_has_every_year_its_plan_summary_outcome_and_assessment(county: dict[str, Any]):
    rooms = [row for row in county["workrooms"] if row["level"] in {"市级", "省级"}]
    assert rooms
    outcomes, plans, assessed = (of_room(county, noun) for noun in ("outcomes", "plans", "assessments"))
    for room in rooms:
        first = int(room["established_on"][:4])
        assert first == 2026 - YEARS
        years = {int(row["date"][:4]) for row in outcomes[room["id"]]}
        assert set(range(first, 2026)) <= years
        filed = Counter((row["year"], row["kind"]) for row in plans[room["id"]])
        for year in range(first, 2026):
            assert filed[year, "年度计划"] == 1, year
            assert filed[year, "年度总结"] == 1, year
        assert sorted(row["year"] for row in assessed[room["id"]]) == list(range(first + 1, 2026))


def test_a_past_grant_is_spent_to_the_last_fen_in_the_order_of_its_steps(county: dict[str, Any]):
    past = [row for row in county["grants"] if row["state"] == "绩效评价完成"]
    assert len(past) > 20
    allocations = {row["grant_id"]: row["id"] for row in county["allocations"]}
    for grant in past:
        lines = [row for row in county["allocation_lines"] if row["allocation_id"] == allocations[grant["id"]]]
        spent = [row for row in county["expenditures"] if row["grant_id"] == grant["id"]]
        paid = sum(round(float(row["amount_yuan"]) * 100) for row in (*lines, *spent))
        assert paid == round(float(grant["grant_total_yuan"]) * 100)
        days = [grant[name] for name in ("planned_on", "quota_issued_on", "received_on", "transferred_on")]
        assert days == sorted(days)


def test_the_steps_follow_the_regulations_own_course(county: dict[str, Any]):
    known = {
        (flow.id, step.from_, step.to)
        for law in bundled().values()
        for flow in law.workflows
        for step in flow.transition
    }
    assert county["steps"]
    assert {(row["workflow"], row["from_state"], row["to_state"]) for row in county["steps"]} <= known
    ends = {row["subject_id"]: row["to_state"] for row in sorted(county["steps"], key=lambda row: row["position"])}
    for grant in county["grants"]:
        if grant["id"] in ends:
            assert ends[grant["id"]] == grant["state"]


def test_some_work_is_still_open_and_the_past_does_not_wait(tmp_path):
    with closing(identity.initialise(tmp_path / "life.db", "示例市总工会", "市级", "示例市")) as desk:
        with store.writing(desk, "王敏") as session:
            sample.fill_sample(session, 30, years=YEARS)
        with store.reading(desk) as session:
            found = waiting(session, date(2026, 9, 1))
            assert {one.noun for one in found} >= {"applications", "grants"}
            assert all(one.state != "绩效评价完成" for one in found)


@pytest.mark.parametrize("years", [-1, 15])
def test_absurd_years_are_refused(session: Session, years: int):
    with pytest.raises(BadInput, match="年数"):
        sample.fill_sample(session, 1, years=years)


def test_a_bare_register_has_no_years(session: Session):
    with pytest.raises(BadInput, match="年数"):
        sample.fill_sample(session, 1, full=False, years=3)


def test_same_seed_same_years(tmp_path, session: Session, county: dict[str, Any]):
    from desktop.models.database import connect
    from desktop.models.tables import Base

    database = connect(tmp_path / "again.db")
    Base.metadata.create_all(database.engine)
    with database.writing() as other:
        sample.fill_sample(other, 30, years=YEARS)
        assert {noun: records.list_records(other, noun, {}) for noun in NOUNS} == county
    database.close()
