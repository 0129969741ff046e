"""Files of every release: they open, whole and sound, and are worked on and exchanged as those made today."""

import gzip
import json

import pytest

from desktop.services import identity, integrity, records, registry, store
from desktop.services.journal import history
from desktop.services.search import upkeep
from desktop.services.search.pinyin import name_reading
from tests.services.released import FOLDER, OPERATOR, keep, told

RELEASES = sorted(path.name.removesuffix(".db.gz") for path in FOLDER.glob("*.db.gz"))


@pytest.fixture(params=RELEASES)
def opened(request, tmp_path):
    """The database of a release, opened by this version, and what was told of it then."""
    path = tmp_path / "desk.db"
    path.write_bytes(gzip.decompress((FOLDER / f"{request.param}.db.gz").read_bytes()))
    database = identity.open_desk(path)
    yield database, json.loads((FOLDER / f"{request.param}.json").read_text(encoding="utf-8"))
    database.close()


def test_there_is_a_file_of_the_first_release():
    assert "0.1.0" in RELEASES


def test_nothing_of_it_is_lost_and_it_is_sound(opened):
    database, then = opened
    now = told(database)
    assert now["workrooms"] == then["workrooms"]
    assert {noun: now["counts"].get(noun, 0) for noun in then["counts"]} == then["counts"]
    assert now["commits"] >= then["commits"]
    found = integrity.verify(database)
    assert (found["ok"], found["faults"]) == (True, [])


def test_it_is_worked_on_as_one_made_today(opened):
    database, then = opened
    with store.writing(database, OPERATOR) as session:
        (room, *_) = records.list_records(session, "workrooms")
        records.put_records(session, "workrooms", {"id": room["id"], "note": "升级以后写的"})
    with store.reading(database) as session:
        changes = history.history(session, "workrooms", room["id"])
        assert changes[-1].as_dict()["new"] == "升级以后写的"
    assert len(registry.load_registry(database.path, keys=False).rows) == len(then["workrooms"])
    assert integrity.verify(database)["ok"]


def test_keeping_one_again_tells_the_same_of_a_county(tmp_path):
    path = keep(tmp_path, "now")
    told_now = json.loads((tmp_path / "now.json").read_text(encoding="utf-8"))
    assert path.stat().st_size > 10_000
    assert len(told_now["workrooms"]) == told_now["counts"]["workrooms"] == 12


def test_its_workrooms_are_found_by_what_the_search_has_learned_since(opened):
    database, _then = opened
    waiting = upkeep.outstanding(database.path)
    assert waiting == len(registry.load_registry(database.path).rows) > 0
    with store.writing(database, "") as session:
        assert upkeep.make_some(session, waiting) == waiting
        leader = records.list_records(session, "workrooms", {})[0]["leader_id"]
        said = name_reading(records.get_record(session, "people", leader)["name"])
    assert upkeep.outstanding(database.path) == 0
    loaded = registry.load_registry(database.path)
    assert registry.search(loaded, said.begun(1)).positions
