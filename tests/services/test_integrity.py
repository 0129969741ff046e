"""Verification, backup and restore."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from desktop.errors import BadInput, StorageFault
from desktop.services import blobs, identity, integrity
from tests.services.desks import Desk, carry, make_desk, settle, tables_of


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path, "乙县总工会")
    yield made
    made.database.close()


def tamper(desk, *statements):
    with closing(sqlite3.connect(desk.path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def test_a_sound_database_verifies(desk):
    workroom = desk.workroom(leader_id=desk.person(id_number="1"))
    desk.run("UPDATE workrooms SET note = 'x' WHERE id = :id", id=workroom)
    desk.run("UPDATE workrooms SET leader_id = NULL")
    desk.run("DELETE FROM people")
    found = integrity.verify(desk.database)
    assert (found["ok"], found["faults"]) == (True, [])
    assert found["commits"] >= 5


@pytest.mark.parametrize("table", integrity.REPLAYED)
def test_columns_may_stand_in_another_order_as_in_a_file_of_an_older_program(desk, table):
    desk.workroom(leader_id=desk.person())
    desk.run("UPDATE workrooms SET note = 'x'")
    with closing(sqlite3.connect(desk.path)) as raw:
        columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        order = ", ".join(f'"{column}"' for column in reversed(columns))
        raw.execute(f"CREATE TABLE turned AS SELECT {order} FROM {table}")
        raw.execute(f"DROP TABLE {table}")
        raw.execute(f"ALTER TABLE turned RENAME TO {table}")
        raw.commit()
    desk.database.engine.dispose()
    assert integrity._replay_faults(desk.path) == []


@pytest.mark.parametrize(
    ("statements", "part"),
    [
        (["DROP TRIGGER capture_workrooms_update", "UPDATE workrooms SET note = '偷改'"], "tables"),
        (["DROP TRIGGER capture_workrooms_delete", "DELETE FROM workrooms"], "tables"),
        (["UPDATE sync_record SET state = 0"], "tables"),
        (["UPDATE sync_commit SET signature = zeroblob(64) WHERE id = 2"], "log"),
        (["UPDATE sync_commit SET seq = 9 WHERE id = 2"], "log"),
        (["UPDATE sync_commit SET raw = x'28b52ffd00' WHERE id = 2"], "log"),
        (["DELETE FROM sync_commit WHERE id = 2"], "log"),
        (["DROP TRIGGER capture_workrooms_update", "UPDATE workrooms SET unit_id = 'none'"], "references"),
    ],
)
def test_tampering_is_found(desk, statements, part):
    desk.workroom()
    desk.run("UPDATE workrooms SET note = 'x'")
    tamper(desk, *statements)
    found = integrity.verify(desk.database)
    assert not found["ok"]
    assert not found["checks"][part]
    assert found["faults"]


def test_a_damaged_attachment_is_found_and_a_missing_one_named(desk):
    digest = blobs.keep(blobs.folder_of(desk.path), "合同".encode())
    desk.run(
        "INSERT INTO attachments (id, owner_noun, owner_id, name, media_type, size, sha256, note) VALUES "
        "('a', 'workrooms', 'w', 'n', '', 1, :here, ''), ('b', 'workrooms', 'w', 'n', '', 1, :gone, '')",
        here=digest,
        gone="0" * 64,
    )
    found = integrity.verify(desk.database)
    assert (found["ok"], found["files_missing"]) == (True, ["0" * 64])
    (blobs.folder_of(desk.path) / digest[:2] / digest).write_bytes(b"other")
    assert not integrity.verify(desk.database)["checks"]["files"]


def test_backup_and_restore_lose_nothing_that_others_hold(tmp_path):
    city = make_desk(tmp_path, "甲市总工会", "市级")
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    county.workroom("旧")
    integrity.backup(county.database, tmp_path / "copy.db")
    county.workroom("新")
    settle([city, county], tmp_path)
    before = tables_of(county)
    county.database.close()
    kept = integrity.restore(county.path, tmp_path / "copy.db")
    assert kept["kept"]
    county = Desk(county.path, identity.open_desk(county.path))
    assert county.rows("SELECT name FROM workrooms") == [("旧",)]
    county.run("UPDATE workrooms SET note = '恢复后'")
    settle([city, county], tmp_path)
    assert sorted(county.rows("SELECT name, note FROM workrooms")) == [("新", ""), ("旧", "恢复后")]
    assert tables_of(county)["offices"] == before["offices"]
    assert tables_of(county) == tables_of(city)
    city.database.close()
    county.database.close()


def test_restore_refuses_what_is_no_backup_of_this_office(tmp_path, desk):
    other = make_desk(tmp_path, "丙县总工会")
    integrity.backup(other.database, tmp_path / "other.db")
    (tmp_path / "junk.db").write_bytes(b"junk" * 500)
    desk.database.close()
    with pytest.raises(BadInput, match="另一个工会"):
        integrity.restore(desk.path, tmp_path / "other.db")
    with pytest.raises(StorageFault):
        integrity.restore(desk.path, tmp_path / "junk.db")
    with pytest.raises(BadInput):
        integrity.restore(desk.path, tmp_path / "none.db")
    (tmp_path / "same.db").symlink_to(desk.path)
    for itself in (desk.path, tmp_path / "same.db"):
        with pytest.raises(BadInput, match="正在使用的数据库，不是备份"):
            integrity.restore(desk.path, itself)
    with pytest.raises(BadInput):
        integrity.backup(other.database, other.path)
    other.database.close()


def test_a_copied_file_is_noticed_and_both_copies_keep_their_edits(tmp_path):
    city = make_desk(tmp_path, "甲市总工会", "市级")
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    workroom = county.workroom()
    settle([city, county], tmp_path)
    county.database.close()
    (tmp_path / "clone").mkdir()
    for file in tmp_path.glob("乙县总工会.db*"):
        shutil.copy(file, tmp_path / "clone" / file.name)
    first = Desk(county.path, identity.open_desk(county.path))
    second = Desk(tmp_path / "clone" / county.path.name, identity.open_desk(tmp_path / "clone" / county.path.name))
    for number in range(100):
        first.run("UPDATE workrooms SET note = :n WHERE id = :id", n=f"甲{number}", id=workroom)
        second.run("UPDATE workrooms SET tags = :n WHERE id = :id", n=f'["乙{number}"]', id=workroom)
    assert [row[0] for row in second.rows("SELECT kind FROM sync_alarm")] == ["copied"]
    assert first.rows("SELECT kind FROM sync_alarm") == []
    carry(first, city, tmp_path)
    carry(second, city, tmp_path)
    assert city.rows("SELECT note, tags FROM workrooms") == [("甲99", '["乙99"]')]
    assert city.value("SELECT count(*) FROM sync_commit WHERE import_id IS NOT NULL") >= 200
    for desk in (city, first, second):
        desk.database.close()


def test_a_backup_put_back_by_hand_is_noticed(tmp_path):
    city = make_desk(tmp_path, "甲市总工会", "市级")
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    county.workroom("旧")
    county.database.close()
    shutil.copy(county.path, tmp_path / "backup.db")
    county = Desk(county.path, identity.open_desk(county.path))
    county.workroom("后来的")
    settle([city, county], tmp_path)
    county.database.close()
    shutil.copy(tmp_path / "backup.db", county.path)
    county = Desk(county.path, identity.open_desk(county.path))
    assert "备份" in identity.check_place(county.database)
    assert identity.check_place(county.database) is None
    county.workroom("恢复后的")
    settle([city, county], tmp_path)
    assert sorted(county.rows("SELECT name FROM workrooms")) == sorted([("旧",), ("后来的",), ("恢复后的",)])
    assert tables_of(city) == tables_of(county)
    for desk in (city, county):
        desk.database.close()


def test_backup_and_anchor_put_back_together_raise_the_peers_alarm(tmp_path):
    city = make_desk(tmp_path, "甲市总工会", "市级")
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    county.workroom("旧")
    settle([city, county], tmp_path)
    county.database.close()
    saved = {file.name: file.read_bytes() for file in tmp_path.glob("乙县总工会.db*")}
    county = Desk(county.path, identity.open_desk(county.path))
    county.run("UPDATE workrooms SET note = '一'")
    carry(county, city, tmp_path)
    county.database.close()
    for file in tmp_path.glob("乙县总工会.db*"):
        file.unlink()
    for name, data in saved.items():
        (tmp_path / name).write_bytes(data)
    county = Desk(county.path, identity.open_desk(county.path))
    county.run("UPDATE workrooms SET note = '二'")
    carry(county, city, tmp_path)
    assert city.rows("SELECT kind FROM sync_alarm") == [("fork",)]
    settle([city, county], tmp_path)
    assert [row[0] for row in county.rows("SELECT DISTINCT kind FROM sync_alarm")] == ["lost"]
    assert tables_of(city) == tables_of(county)
    for desk in (city, county):
        desk.database.close()
