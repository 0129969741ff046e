"""Encrypted files: nothing in clear, one passphrase, whole at every moment."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from desktop.errors import BadInput, StorageFault
from desktop.models import cipher, database

PASSPHRASE = "一个够长的口令口令"
OTHER = "另一个够长的口令口令"
SECRET = "152301198001010011"


@pytest.fixture(autouse=True)
def forgotten():
    cipher.lock_all()
    yield
    cipher.lock_all()


def filled(path, rows=200):
    with closing(cipher.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("CREATE TABLE people (id TEXT PRIMARY KEY, number TEXT) WITHOUT ROWID")
        raw.execute("CREATE TABLE keys (row INTEGER PRIMARY KEY, id TEXT)")
        raw.execute("CREATE TRIGGER added AFTER INSERT ON people BEGIN INSERT INTO keys (id) VALUES (NEW.id); END")
        raw.execute("BEGIN")
        raw.executemany("INSERT INTO people VALUES (?, ?)", [(f"p{n}", f"{SECRET}{n}") for n in range(rows)])
        raw.execute("DELETE FROM keys WHERE row % 3 = 0")
        raw.execute("COMMIT")
        raw.execute("PRAGMA user_version = 7")
    return path


def content(path):
    with closing(cipher.connect(path)) as raw:
        tables = [raw.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in ("people", "keys")]
        objects = raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        return tables, objects, raw.execute("PRAGMA user_version").fetchone()


def bytes_of(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def test_an_encrypted_file_holds_nothing_in_clear_and_everything_it_held(tmp_path):
    path = filled(tmp_path / "a.db")
    before = content(path)
    assert SECRET.encode() in bytes_of(tmp_path)
    cipher.encrypt(path, PASSPHRASE)
    assert cipher.is_encrypted(path)
    assert not cipher.is_locked(path)
    assert content(path) == before
    found = bytes_of(tmp_path)
    for clear in (SECRET.encode(), b"SQLite format 3", b"CREATE TABLE", b"people"):
        assert clear not in found
    assert [left.name for left in tmp_path.iterdir()] == ["a.db"]


def test_what_is_written_to_it_is_never_in_clear_not_in_the_log_either(tmp_path):
    path = filled(tmp_path / "a.db")
    cipher.encrypt(path, PASSPHRASE)
    with closing(cipher.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("INSERT INTO people VALUES ('new', ?)", (SECRET,))
        assert (tmp_path / "a.db-wal").stat().st_size > 0
        assert SECRET.encode() not in bytes_of(tmp_path)


def test_only_the_passphrase_opens_it(tmp_path):
    path = filled(tmp_path / "a.db")
    before = content(path)
    cipher.encrypt(path, PASSPHRASE)
    cipher.lock_all()
    assert cipher.is_locked(path)
    with pytest.raises(StorageFault, match="已加密"):
        cipher.connect(path)
    with pytest.raises(BadInput, match="口令不对"):
        cipher.unlock(path, OTHER)
    assert cipher.is_locked(path)
    cipher.unlock(path, PASSPHRASE)
    assert content(path) == before
    with closing(sqlite3.connect(path)) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM people")


def test_the_passphrase_is_changed_and_taken_away(tmp_path):
    path = filled(tmp_path / "a.db")
    before = content(path)
    cipher.encrypt(path, PASSPHRASE)
    salt = cipher.salt_of(path)
    cipher.encrypt(path, OTHER)
    assert cipher.salt_of(path) != salt
    cipher.lock_all()
    with pytest.raises(BadInput):
        cipher.unlock(path, PASSPHRASE)
    cipher.unlock(path, OTHER)
    assert content(path) == before
    cipher.decrypt(path)
    assert not cipher.is_encrypted(path)
    cipher.lock_all()
    assert content(path) == before


HOLDING = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1])
held.execute("PRAGMA journal_mode=WAL")
held.execute("SELECT count(*) FROM people").fetchone()
print("ready", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_elsewhere(path):
    command = [sys.executable, "-c", HOLDING, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"ready\n"
        yield
        other.stdin.close()
        other.wait()


def test_a_short_passphrase_a_missing_file_and_one_in_use_are_refused(tmp_path):
    path = filled(tmp_path / "a.db")
    with pytest.raises(BadInput, match="太短"):
        cipher.encrypt(path, "1234567")
    with pytest.raises(StorageFault, match="找不到"):
        cipher.encrypt(tmp_path / "none.db", PASSPHRASE)
    with pytest.raises(BadInput, match="没有加密"):
        cipher.unlock(path, PASSPHRASE)
    before = content(path)
    with closing(sqlite3.connect(path)) as busy:
        busy.execute("PRAGMA journal_mode=WAL")
        busy.execute("SELECT count(*) FROM people").fetchone()
        with pytest.raises(StorageFault, match="另一个窗口"):
            cipher.encrypt(path, PASSPHRASE)
    with held_elsewhere(path), pytest.raises(StorageFault, match="另一个窗口"):
        cipher.encrypt(path, PASSPHRASE)
    assert not cipher.is_encrypted(path)
    assert content(path) == before
    cipher.encrypt(path, PASSPHRASE)
    cipher.lock_all()
    for refused in (lambda: cipher.encrypt(path, OTHER), lambda: cipher.decrypt(path)):
        with pytest.raises(BadInput, match="原来的口令"):
            refused()


def test_a_damaged_encrypted_file_is_never_half_read(tmp_path):
    path = filled(tmp_path / "a.db", 2_000)
    cipher.encrypt(path, PASSPHRASE)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(cipher.errors("DatabaseError")):
        content(path)


def test_a_copy_is_encrypted_as_its_original_and_opens_with_the_same_passphrase(tmp_path):
    path = filled(tmp_path / "a.db")
    cipher.encrypt(path, PASSPHRASE)
    database.copy_database(path, tmp_path / "copy.db")
    assert cipher.salt_of(tmp_path / "copy.db") == cipher.salt_of(path)
    assert content(tmp_path / "copy.db") == content(path)
    assert SECRET.encode() not in bytes_of(tmp_path)
    cipher.decrypt(path)
    database.copy_database(path, tmp_path / "copy.db")
    assert not cipher.is_encrypted(tmp_path / "copy.db")


def test_a_file_attached_comes_with_its_key(tmp_path):
    first, second = filled(tmp_path / "a.db"), filled(tmp_path / "b.db", 3)
    cipher.encrypt(first, PASSPHRASE)
    cipher.encrypt(second, OTHER)
    with closing(cipher.connect(first)) as raw:
        cipher.attach(raw, second, "other")
        assert raw.execute("SELECT count(*) FROM other.people").fetchone() == (3,)
    plain = filled(tmp_path / "c.db", 4)
    with closing(cipher.connect(plain)) as raw:
        cipher.attach(raw, plain, "again")
        assert raw.execute("SELECT count(*) FROM again.people").fetchone() == (4,)


CONVERTING = """
import sys
from pathlib import Path
from desktop.models import cipher
cipher.encrypt(Path(sys.argv[1]), sys.argv[2])
"""


def test_killed_at_any_moment_of_encrypting_the_file_is_the_old_one_or_the_new_one(tmp_path):
    original = filled(tmp_path / "original.db", 20_000)
    before = content(original)
    seen = set()
    started = time.monotonic()
    path = tmp_path / "a.db"
    shutil.copy(original, path)
    subprocess.run([sys.executable, "-c", CONVERTING, str(path), PASSPHRASE], check=True, cwd=Path.cwd())
    whole = time.monotonic() - started
    for moment in range(10):
        shutil.copy(original, path)
        running = subprocess.Popen([sys.executable, "-c", CONVERTING, str(path), PASSPHRASE], cwd=Path.cwd())
        time.sleep(whole * (0.2 + 0.9 * moment / 10))
        running.send_signal(signal.SIGKILL)
        running.wait()
        cipher.lock_all()
        seen.add(cipher.is_encrypted(path))
        if cipher.is_encrypted(path):
            cipher.unlock(path, PASSPHRASE)
        assert content(path) == before
        for left in ("a.db.converting", "a.db.converting-journal"):
            left = tmp_path / left
            assert not left.exists() or SECRET.encode() not in left.read_bytes()
            left.unlink(missing_ok=True)
    assert False in seen
