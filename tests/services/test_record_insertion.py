"""Many checked records put at once read back as records put one by one do, and are in the change log."""

import uuid
from contextlib import closing
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.models.base import new_id
from desktop.services import identity, records, sample, store
from desktop.services.journal import history
from desktop.services.record.fields import field_map, to_json_value
from desktop.services.record.insertion import insert_checked


def whole(noun: str, **values: object) -> dict[str, object]:
    blank = {name: to_json_value(spec, spec.fresh()) for name, spec in field_map(noun).items()}
    return blank | {"id": new_id(), **values}


def test_every_kind_of_value_reads_back(session: Session):
    room = whole(
        "workrooms", name="甲创新工作室", established_on="2020-02-29", venue_area_sqm="25.5", venue_fixed=True,
        systems=["管理制度", "经费制度"] if "管理制度" in field_map("workrooms")["systems"].choices else [],
        unit_funding_yuan="50000.05", tags=["焊接", "数控"], goals_defined=None,
    )  # fmt: skip
    insert_checked(session, "workrooms", [room])
    stored = records.get_record(session, "workrooms", str(room["id"]))
    assert stored["venue_area_sqm"] == 25.5
    assert {name: stored[name] for name in room if name != "venue_area_sqm"} == {
        name: value for name, value in room.items() if name != "venue_area_sqm"
    }


def test_more_rows_than_one_statement_takes(session: Session):
    rows = [whole("people", name=f"职工{number}") for number in range(2_001)]
    insert_checked(session, "people", rows)
    stored = {row["id"]: row for row in records.list_records(session, "people", {})}
    assert len(stored) == 2_001
    assert all(stored[row["id"]]["name"] == row["name"] and stored[row["id"]]["id_number"] == "" for row in rows)


def test_one_by_one_or_at_once_is_the_same(session: Session):
    sample.fill_sample(session, 5)
    for noun in ("units", "people", "workrooms", "members", "outcomes"):
        before = records.list_records(session, noun, {})[-1]
        given = {name: value for name, value in before.items() if name != "facts"} | {"id": new_id()}
        insert_checked(session, noun, [given])
        after = records.get_record(session, noun, given["id"])
        assert {**after, "id": ""} == {**before, "id": "", **({"facts": after["facts"]} if "facts" in after else {})}


def test_new_ids_are_random_uuids():
    made = {new_id() for _ in range(2_000)}
    assert len(made) == 2_000
    for one in made:
        read = uuid.UUID(one)
        assert (str(read), read.version, read.variant) == (one, 4, uuid.RFC_4122)


def test_it_stands_in_the_change_log(tmp_path: Path):
    with closing(identity.initialise(tmp_path / "desk.db", "某旗总工会", "县级", "某旗")) as desk:
        row = whole("units", name="某公司", phone="0475-8200000")
        with store.writing(desk, "张三") as session:
            insert_checked(session, "units", [row])
        with store.reading(desk) as session:
            told = {change.field: change.new for change in history.history(session, "units", str(row["id"]))}
    assert (told["name"], told["phone"]) == ("某公司", "0475-8200000")
