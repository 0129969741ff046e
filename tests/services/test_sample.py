"""The sample county: consistent, realistic, and the same for the same seed."""

import time
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.database import Database
from desktop.models.tables import NOUNS
from desktop.rules import identity_numbers
from desktop.services import records, registry, sample
from desktop.services.record import checks as record_checks
from desktop.services.record.fields import field_map
from desktop.services.record.values import read


def everything(session: Session) -> dict[str, list[dict[str, Any]]]:
    return {noun: records.list_records(session, noun, {}) for noun in NOUNS}


@pytest.fixture
def county(session: Session) -> dict[str, list[dict[str, Any]]]:
    sample.fill_sample(session)
    return everything(session)


def test_the_counts_told_are_the_counts_made(session: Session):
    told = sample.fill_sample(session, 12)
    assert told == {noun: len(rows) for noun, rows in everything(session).items() if rows}
    assert told["workrooms"] == 12


def test_references_hold_and_the_transaction_commits(session: Session):
    sample.fill_sample(session)
    assert list(session.execute(text("PRAGMA foreign_key_check"))) == []
    session.commit()


def test_same_seed_same_data_other_seed_other_data(tmp_path, session: Session, county: dict[str, Any]):
    from desktop.models.database import connect
    from desktop.models.tables import Base

    for name, seed, same in (("again", 1, True), ("other", 2, False)):
        database = connect(tmp_path / f"{name}.db")
        Base.metadata.create_all(database.engine)
        with database.writing() as other:
            sample.fill_sample(other, seed=seed)
            assert (everything(other) == county) is same
        database.close()


def test_every_record_passes_the_door_it_did_not_come_through(county: dict[str, Any]):
    for noun, rows in county.items():
        for row in rows:
            stored = {
                name: read(field_map(noun)[name], value) for name, value in row.items() if name in field_map(noun)
            }
            inside = {field_map(noun)[name].attribute: value for name, value in stored.items()}
            assert record_checks.remarks(noun, inside) == [], (noun, row)


def test_numbers_are_right_by_checksum_and_nobodys(county: dict[str, Any]):
    for person in county["people"]:
        assert person["id_number"].startswith("150000")
        assert identity_numbers.birth_date_in(person["id_number"]).isoformat() == person["birth_date"]
        assert person["phone"].startswith("138")
    assert len({unit["credit_code"] for unit in county["units"]}) == len(county["units"])
    assert len({unit["name"] for unit in county["units"]}) == len(county["units"])


def test_names_are_realistic_and_some_are_rare(county: dict[str, Any]):
    names = "".join(person["name"] for person in county["people"])
    assert sum(letter in names for letter in "喆珺昇赟䶮𠮷堃") >= 3
    assert len({person["name"] for person in county["people"]}) > 0.8 * len(county["people"])


def test_the_offices_are_a_tree(county: dict[str, Any]):
    levels = {office["level"]: office for office in county["offices"]}
    assert set(levels) == {"县级", "市级", "省级"}
    assert levels["县级"]["parent_id"] == levels["市级"]["id"]
    assert levels["市级"]["parent_id"] == levels["省级"]["id"]
    assert {room["office_id"] for room in county["workrooms"]} == {levels["县级"]["id"]}


def test_every_workroom_has_a_leader_among_its_members(county: dict[str, Any]):
    leaders = {(m["workroom_id"], m["person_id"]) for m in county["members"] if m["role"] == "领衔人"}
    assert leaders == {(room["id"], room["leader_id"]) for room in county["workrooms"]}
    assert all(any(room["id"] == m["workroom_id"] for m in county["members"]) for room in county["workrooms"])


def test_there_is_work_at_every_step(county: dict[str, Any]):
    states = [row["state"] for row in county["applications"]]
    assert states.count("草稿") == 3
    assert {"已提交", "已推荐", "已命名", "退回修改"} <= set(states)
    assert len(county["grants"]) == 5
    assert {row["state"] for row in county["allocations"]} == {"草稿", "已定", "已签领"}
    half = next(row for row in county["allocations"] if row["state"] == "草稿")
    lines = [line for line in county["allocation_lines"] if line["allocation_id"] == half["id"]]
    assert any(line["amount_yuan"] is None for line in lines)
    assert any(line["amount_yuan"] for line in lines)


def test_no_place_of_the_recommendations_is_taken_twice(county: dict[str, Any]):
    places = sorted(row["rank"] for row in county["applications"] if row["rank"] is not None)
    assert places == list(range(1, len(places) + 1))
    assert len(places) > 1


def test_spent_money_adds_up_to_the_grant(county: dict[str, Any]):
    signed = next(row for row in county["allocations"] if row["state"] == "已签领")
    grant = next(row for row in county["grants"] if row["id"] == signed["grant_id"])
    lines = [line for line in county["allocation_lines"] if line["allocation_id"] == signed["id"]]
    spent = [row for row in county["expenditures"] if row["grant_id"] == grant["id"]]
    rewards = sum(float(line["amount_yuan"]) for line in lines)
    assert rewards + sum(float(row["amount_yuan"]) for row in spent) == float(grant["grant_total_yuan"])
    assert rewards >= 0.6 * float(grant["grant_total_yuan"])


def test_no_date_lies_after_the_day_the_county_stands_on(county: dict[str, Any]):
    today = date(2026, 9, 1).isoformat()
    for noun, rows in county.items():
        dated = [
            spec.name for spec in map(field_map(noun).get, field_map(noun)) if spec is not None and spec.type == "date"
        ]
        for row in rows:
            for name in set(dated) - {"ended_on"}:
                assert not row[name] or row[name] <= today, (noun, name, row[name])


def test_topics_stand_in_every_year_of_an_apt_workroom(county: dict[str, Any]):
    room = next(row for row in county["workrooms"] if row["level"] in {"市级", "省级"})
    years = sorted({t["started_on"][:4] for t in county["topics"] if t["workroom_id"] == room["id"]})
    assert all(int(later) - int(earlier) == 1 for earlier, later in pairwise(years))


def test_only_an_empty_database_is_filled(session: Session):
    sample.fill_sample(session, 1)
    with pytest.raises(NotAllowed, match="空的数据库"):
        sample.fill_sample(session, 1)


@pytest.mark.parametrize("workrooms", [0, -1, 200_001])
def test_an_absurd_number_is_refused(session: Session, workrooms: int):
    with pytest.raises(BadInput, match="工作室数"):
        sample.fill_sample(session, workrooms)


@pytest.mark.parametrize("workrooms", [1, 2, 3, 4, 5])
def test_small_counties_are_whole_too(session: Session, workrooms: int):
    sample.fill_sample(session, workrooms)
    assert list(session.execute(text("PRAGMA foreign_key_check"))) == []


def test_a_county_is_made_quickly_and_can_be_searched(database: Database):
    started = time.perf_counter()
    with database.writing() as session:
        sample.fill_sample(session)
        session.commit()
    assert time.perf_counter() - started < 10
    loaded = registry.load_registry(database.path)
    assert len(registry.search(loaded, "创新工作室").positions) == 37


def test_a_bare_register_for_measuring(session: Session):
    told = sample.fill_sample(session, 1500, full=False)
    assert told["workrooms"] == 1500
    assert "members" not in told
