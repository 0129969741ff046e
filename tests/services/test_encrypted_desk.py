"""An office on an encrypted database: everything works, and nothing of it lies in clear beside it."""

import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import BadInput, StorageFault
from desktop.models import cipher
from desktop.services import exchange, identity, integrity, registry, sample, store
from tests.services.desks import Desk, carry, make_desk, names_in_clear, state_of

PASSPHRASE = "一个够长的口令口令"
ID_NUMBER = "152301198001010011"


@pytest.fixture(autouse=True)
def forgotten():
    cipher.lock_all()
    yield
    cipher.lock_all()


def encrypted_desk(folder, name="甲市总工会"):
    path = folder / f"{name}.db"
    store.found(path, name, "市级", "某市", operator="李主任", passphrase=PASSPHRASE)
    return Desk(path, identity.open_desk(path))


def test_an_office_lives_on_an_encrypted_database(tmp_path):
    city = encrypted_desk(tmp_path)
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    county.workroom("焊接工作室", leader_id=county.person("李四", id_number=ID_NUMBER))
    carry(county, city, tmp_path)
    for number in range(5):
        city.workroom(f"第{number}个")
    assert city.value("SELECT count(*) FROM people WHERE id_number = :number", number=ID_NUMBER) == 1
    with city.database.reading() as session:
        assert exchange.state(session)["state_hash"]
    found = integrity.verify(city.database)
    assert found["ok"], found["faults"]
    total, rows = registry.first_page(city.path, ["id", "name"])
    assert (total, len(rows)) == (6, 6)
    with closing(registry.open_reader(city.path)) as reader, pytest.raises(cipher.errors("OperationalError")):
        reader.execute("DELETE FROM workrooms")
    assert names_in_clear(city.path, ID_NUMBER, "李四", "焊接工作室", "CREATE TABLE") == []
    city.database.close()
    assert names_in_clear(city.path, ID_NUMBER, "李四", "焊接工作室", "CREATE TABLE") == []
    county.database.close()


def test_it_opens_with_its_passphrase_alone(tmp_path):
    city = encrypted_desk(tmp_path)
    state = state_of(city)
    city.database.close()
    cipher.lock_all()
    assert store.is_encrypted(city.path)
    assert store.is_locked(city.path)
    with pytest.raises(StorageFault, match="已加密"):
        identity.open_desk(city.path)
    with pytest.raises(StorageFault, match="已加密"):
        registry.open_reader(city.path)
    with pytest.raises(BadInput):
        store.unlock(city.path, "不对的口令不对的口令")
    store.unlock(city.path, PASSPHRASE)
    again = Desk(city.path, identity.open_desk(city.path))
    assert state_of(again) == state
    again.database.close()


def test_a_database_is_encrypted_and_decrypted_without_a_change_of_state(tmp_path):
    county = make_desk(tmp_path, "乙县总工会")
    with county.edit() as session:
        sample.fill_sample(session, workrooms=5)
    state = state_of(county)
    county.database.close()
    shutil.copy(county.path, tmp_path / "乙县总工会-升级前-1.db")
    told = store.encrypt(county.path, PASSPHRASE)
    assert told["clear_copies"] == [str(tmp_path / "乙县总工会-升级前-1.db")]
    again = Desk(county.path, identity.open_desk(county.path))
    assert state_of(again) == state
    again.workroom("加密之后")
    assert integrity.verify(again.database)["ok"]
    with again.database.reading() as session:
        assert exchange.alarms(session) == []
    changed = state_of(again)
    again.database.close()
    store.decrypt(county.path)
    plain = Desk(county.path, identity.open_desk(county.path))
    assert state_of(plain) == changed
    assert integrity.verify(plain.database)["ok"]
    plain.database.close()


def test_backups_are_encrypted_and_come_back(tmp_path):
    city = encrypted_desk(tmp_path)
    room = city.workroom("备份过的")
    integrity.backup(city.database, tmp_path / "copy.db")
    city.run("DELETE FROM workrooms WHERE id = :row", row=room)
    city.database.close()
    assert names_in_clear(tmp_path / "copy.db", "备份过的") == []
    cipher.lock_all()
    store.unlock(tmp_path / "copy.db", PASSPHRASE)
    told = integrity.restore(city.path, tmp_path / "copy.db")
    assert names_in_clear(Path(told["kept"]), "备份过的", "SQLite format") == []
    back = Desk(city.path, identity.open_desk(city.path))
    assert back.value("SELECT name FROM workrooms") == "备份过的"
    back.database.close()


def test_what_was_meant_for_one_file_is_not_done_to_the_next(tmp_path):
    path = tmp_path / "a.db"
    with pytest.raises(BadInput, match="太短"):
        store.found(path, "某县总工会", "县级", "某县", passphrase="短")
    with pytest.raises(BadInput):
        store.found(path, "  ", "县级", "某县", passphrase=PASSPHRASE)
    assert not path.exists()
    store.found(path, "某县总工会", "县级", "某县")
    assert not store.is_encrypted(path)
    path.unlink()
    store.found(path, "某县总工会", "县级", "某县", passphrase=PASSPHRASE)
    assert store.is_encrypted(path)


EDITING = """
import sys
from pathlib import Path
from sqlalchemy import text
from desktop.services import identity, store
path = Path(sys.argv[1])
store.unlock(path, sys.argv[2])
desk = identity.open_desk(path)
for number in range(100_000):
    with desk.writing() as session, session.begin():
        session.execute(text(f"UPDATE workrooms SET note = '152301198001010011-{number}'"))
    print(number, flush=True)
"""


def test_killed_while_it_writes_no_saved_edit_is_lost_and_nothing_lies_in_clear(tmp_path):
    city = encrypted_desk(tmp_path)
    city.workroom("焊接工作室")
    city.database.close()
    for _ in range(4):
        command = [sys.executable, "-c", EDITING, str(city.path), PASSPHRASE]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path.cwd()) as running:
            for _ in range(12):
                last = int(running.stdout.readline())
            time.sleep(0.01)
            running.send_signal(signal.SIGKILL)
            told = [int(line) for line in running.stdout.read().splitlines() if line.strip().isdigit()]
        saved = max([last, *told])
        assert names_in_clear(city.path, "152301198001010011", "SQLite format") == []
        again = Desk(city.path, identity.open_desk(city.path))
        assert int(again.value("SELECT note FROM workrooms").rpartition("-")[2]) in (saved, saved + 1)
        assert integrity.verify(again.database)["ok"]
        again.database.close()
