"""Records, search keys, sample and imports in a database whose every change is sealed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.database import Database
from desktop.services import identity, records, registry, sample, spreadsheet, store
from desktop.services.journal import history
from desktop.services.search import keys as search_keys


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Database]:
    made = identity.initialise(tmp_path / "desk.db", "某旗总工会", "县级", "某旗")
    yield made
    made.close()


def names(desk: Database, text: str) -> list[str]:
    loaded = registry.load_registry(desk.path)
    hits = registry.search(loaded, text)
    rows = registry.page(desk.path, [loaded.rows[position] for position in hits.positions], ["name"])
    return [name for (name,) in rows]


def test_a_saved_change_is_found_at_once(desk: Database):
    with store.writing(desk, "张三") as session:
        made = records.put_records(session, "workrooms", {"name": "甲工作室"})[0]
    assert names(desk, "jia") == ["甲工作室"]
    with store.writing(desk, "张三") as session:
        records.put_records(session, "workrooms", {"id": made["id"], "name": "单喆工作室"})
    assert names(desk, "jia") == []
    assert names(desk, "喆") == ["单喆工作室"]
    with store.reading(desk) as session:
        assert search_keys.stale_count(session) == 0
        assert [change.new for change in history.history(session, "workrooms", made["id"]) if change.field == "name"]


def test_what_was_deleted_can_be_put_back(desk: Database):
    with store.writing(desk, "张三") as session:
        room = records.put_records(session, "workrooms", {"name": "甲工作室"})[0]
        person = records.put_records(session, "people", {"name": "单喆"})[0]
        records.put_records(session, "members", {"workroom_id": room["id"], "person_id": person["id"]})
    with store.writing(desk, "张三") as session:
        removed = records.delete_record(session, "workrooms", room["id"])
    assert names(desk, "") == []
    with store.writing(desk, "张三") as session:
        records.restore_records(session, removed)
    assert names(desk, "单喆") == ["甲工作室"]


def test_an_own_office_keeps_the_sample_and_gets_its_superiors(desk: Database):
    with store.writing(desk, "张三") as session:
        sample.fill_sample(session, 5)
    with store.reading(desk) as session:
        own = identity.own_office_id(session)
        offices = {office["id"]: office for office in records.list_records(session, "offices", {})}
        assert offices[own]["name"] == "某旗总工会"
        assert offices[offices[own]["parent_id"]]["level"] == "市级"
        assert {room["office_id"] for room in records.list_records(session, "workrooms", {})} == {own}
        assert search_keys.stale_count(session) == 0


def test_an_import_is_undone_as_one_change(desk: Database, tmp_path: Path):
    with store.writing(desk, "张三") as session:
        sample.fill_sample(session, 5)
        spreadsheet.export(session, "workrooms", tmp_path / "a.xlsx", columns=["name", "unit_name", "leader_name"])
    other = identity.initialise(tmp_path / "other.db", "另一旗总工会", "县级", "另一旗")
    with store.writing(other, "李四") as session:
        report = spreadsheet.import_rows(session, "workrooms", tmp_path / "a.xlsx")
    assert report.created == 5
    hashes = session.info["sealed"].hashes
    assert len(names(other, "创新工作室")) == 5
    with store.writing(other, "李四") as session:
        history.undo(session, *hashes)
    assert names(other, "") == []
    with store.reading(other) as session:
        assert records.list_records(session, "people", {}) == []
    other.close()


def test_keys_of_a_large_import_are_made_afterwards(desk: Database):
    count = search_keys.WITHIN_COMMIT + 50
    with store.writing(desk, "张三") as session:
        records.put_records(session, "workrooms", [{"name": f"第{number}工作室"} for number in range(count)])
    with store.reading(desk) as session:
        assert search_keys.stale_count(session) == count
        assert len(records.list_records(session, "workrooms", {}, "gongzuo")) == count
    with store.writing(desk, "张三") as session:
        assert search_keys.refresh(session) == count
    assert len(names(desk, "gongzuo")) == count
