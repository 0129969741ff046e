"""Random histories converge; packages may come in any order, be lost, or be cut off by a kill or a full disk."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import event

from desktop.errors import StorageFault
from desktop.models import capture, fields
from desktop.models.unit import Unit
from desktop.services import exchange, identity, integrity
from desktop.services.journal import merging
from tests.services import histories
from tests.services.desks import Desk, carry, conflicts_of, make_desk, pack, settle, state_of, tables_of, take


@pytest.mark.parametrize("seed", range(2))
def test_random_histories_converge_and_lose_no_value(tmp_path, seed):
    (tmp_path / "offices").mkdir()
    assert histories.run(tmp_path / "offices", seed, histories=3, steps=40) == 120


def test_histories_of_an_office_that_works_at_two_pcs_converge(tmp_path):
    (tmp_path / "offices").mkdir()
    assert histories.run(tmp_path / "offices", 101, histories=3, steps=40, set_back=True, second_pc=True) == 120


def test_histories_with_restored_and_copied_files_converge(tmp_path):
    (tmp_path / "offices").mkdir()
    assert histories.run(tmp_path / "offices", 100, histories=4, steps=40, set_back=True) == 160


def copy_of(desk: Desk, folder: Path, name: str) -> Desk:
    """A copy of an office's file as it stands, on another disk."""
    (folder / name).mkdir()
    target = folder / name / desk.path.name
    with closing(sqlite3.connect(desk.path)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
    made = Desk(target, identity.open_desk(target))
    histories.hurry(made)
    return made


def deltas(folder: Path, city: Desk, county: Desk, count: int) -> list[Path]:
    """Packages that each hold only what was new since the one before: a copy of the city's file acknowledges each."""
    acknowledging = copy_of(city, folder, "acknowledging")
    # Its first edit makes it an incarnation of its own, whose claim counts from then on.
    acknowledging.run("UPDATE offices SET phone = '1' WHERE id = :id", id=city.office)
    parcels = []
    for number in range(count):
        if number % 2:
            county.run("UPDATE workrooms SET note = note || 'x'")
        else:
            county.workroom(f"工作室{number}", leader_id=county.person(f"人{number}", id_number="1"))
        parcels.append(pack(county, city, folder))
        take(acknowledging, parcels[-1])
        carry(acknowledging, county, folder)
    acknowledging.database.close()
    return parcels


def test_six_packages_in_any_order_twice_give_one_state(tmp_path, offices):
    city, county = offices
    parcels = deltas(tmp_path, city, county, 6)
    found = set()
    for number, order in enumerate(permutations(parcels)):
        if number % 24 == 0:
            replica = copy_of(city, tmp_path, f"order{number}")
            for parcel in [*order, *order]:
                take(replica, parcel)
            found.add((state_of(replica), repr(tables_of(replica)), replica.value("SELECT count(*) FROM sync_need")))
            replica.database.close()
            shutil.rmtree(tmp_path / f"order{number}")
    assert len(found) == 1
    assert found.pop()[2] == 0


@pytest.mark.parametrize("lost", range(6))
def test_a_lost_package_is_named_and_a_resend_heals(tmp_path, offices, lost):
    city, county = offices
    parcels = deltas(tmp_path, city, county, 6)
    for number, parcel in enumerate(parcels):
        if number != lost:
            result = take(city, parcel)
    assert bool(result["waiting"]) == (lost < 5)
    if lost < 5:
        waiting = result["waiting"][0]
        assert waiting["office"] == "乙县总工会"
        assert waiting["needs"]
        assert "索取" in waiting["text"]
    healed = take(city, pack(county, city, tmp_path, full=True))
    assert healed["waiting"] == []
    assert sorted(city.rows("SELECT name, note FROM workrooms")) == sorted(
        county.rows("SELECT name, note FROM workrooms")
    )


@pytest.mark.parametrize("count", [2, 3])
def test_one_field_edited_at_several_offices_lists_exactly_those_values(tmp_path, count):
    region = make_desk(tmp_path, "某区总工会", "省级")
    city = make_desk(tmp_path, "甲市总工会", "市级", region)
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    county.workroom()
    desks = [region, city, county]
    settle(desks, tmp_path)
    for number, desk in enumerate(desks[:count]):
        desk.run("UPDATE workrooms SET note = :note, contact = '同'", note=f"值{number}")
    settle(desks, tmp_path)
    for desk in desks:
        (found,) = conflicts_of(desk)
        assert {party["value"] for party in found["values"]} == {f"值{number}" for number in range(count)}
    for desk in desks:
        desk.database.close()


def test_one_field_edited_at_six_offices(tmp_path):
    owner = make_desk(tmp_path, "主办工会")
    peers = [make_desk(tmp_path, f"共建工会{number}") for number in range(5)]
    for peer in peers:
        owner.trust(peer, "peer")
        peer.trust(owner, "peer")
    owner.workroom()
    desks = [owner, *peers]
    settle(desks, tmp_path)
    for number, desk in enumerate(desks):
        desk.run("UPDATE workrooms SET note = :note", note=f"值{number}")
    settle(desks, tmp_path)
    for desk in desks:
        (found,) = conflicts_of(desk)
        assert sorted(party["value"] for party in found["values"]) == [f"值{number}" for number in range(6)]
        desk.database.close()


@pytest.mark.parametrize("clock", ["1970-01-01T00:00:00+00:00", "2099-12-31T23:59:59+08:00", "jumping"])
def test_no_clock_decides_anything(tmp_path, offices, clock, monkeypatch):
    city, county = offices
    moments = iter(range(10_000))

    class Clock:
        @staticmethod
        def now():
            return Clock()

        def astimezone(self):
            return self

        def isoformat(self, timespec):
            return clock if clock != "jumping" else f"{1970 + next(moments) * 37 % 130}-01-01T00:00:00+00:00"

    for module in ("journal.sealing", "parcel.exporting", "parcel.importing", "trust.trusting", "trust.anchor"):
        monkeypatch.setattr(f"desktop.services.{module}.datetime", Clock)
    county.workroom(note="起初")
    settle([city, county], tmp_path)
    county.run("UPDATE workrooms SET note = '一'")
    county.run("UPDATE workrooms SET note = '二'")
    city.run("UPDATE workrooms SET note = '三'")
    settle([city, county], tmp_path)
    for desk in offices:
        assert desk.value("SELECT note FROM workrooms") == "二"
        assert {party["value"] for party in conflicts_of(desk)[0]["values"]} == {"二", "三"}


def test_an_older_program_passes_on_what_it_does_not_understand(tmp_path, offices, monkeypatch):
    city, county = offices
    county.workroom("甲", plaque_on=date(2026, 9, 1))
    parcel = pack(county, city, tmp_path)
    with monkeypatch.context() as older:
        histories.without_field("workrooms", "plaque_on", older)
        assert take(city, parcel)["waiting"] == []
        assert city.rows("SELECT name, plaque_on FROM workrooms") == [("甲", None)]
        with older_triggers(city, older):
            city.run("UPDATE workrooms SET name = '乙'")
        relayed = pack(city, county, tmp_path)
    take(county, relayed)
    assert county.rows("SELECT name, plaque_on FROM workrooms") == [("乙", "2026-09-01")]
    city.database.close()
    city = Desk(city.path, identity.open_desk(city.path))
    assert city.rows("SELECT name, plaque_on FROM workrooms") == [("乙", "2026-09-01")]
    assert integrity.verify(city.database)["ok"]
    settle([city, county], tmp_path)
    assert state_of(city) == state_of(county)
    city.database.close()


@contextmanager
def older_triggers(desk, patched):
    """The triggers that a program without the field has."""
    for known in (merging.nouns, fields.nouns):
        patched.setattr("desktop.models.capture.nouns", known)
        with desk.database.engine.begin() as connection:
            capture.install_triggers(connection)
        if known is merging.nouns:
            yield


CHILD = """
import sys
from pathlib import Path
from desktop.services import exchange, identity
desk = identity.open_desk(Path(sys.argv[1]))
print("ready", flush=True)
for parcel in sys.argv[2:]:
    exchange.import_package(desk, Path(parcel))
print("done", flush=True)
"""


def test_a_kill_at_any_instant_leaves_no_partial_state(tmp_path, offices):
    city, county = offices
    with county.edit() as session:
        for number in range(300):
            session.add(Unit(id=f"u{number}", name=f"单位{number}"))
    parcel = pack(county, city, tmp_path)
    complete = {0: 0, 300: 0}
    seeded = random.Random(3)
    for number in range(12):
        replica = copy_of(city, tmp_path, f"kill{number}")
        replica.database.close()
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(replica.path), str(parcel)], stdout=subprocess.PIPE, cwd=Path.cwd()
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(seeded.random() * 0.12)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        replica = Desk(replica.path, identity.open_desk(replica.path))
        complete[replica.value("SELECT count(*) FROM units")] += 1
        assert integrity.verify(replica.database)["ok"]
        assert take(replica, parcel)["waiting"] == []
        assert replica.value("SELECT count(*) FROM units") == 300
        replica.database.close()
    assert sum(complete.values()) == 12


def test_a_full_disk_changes_nothing_and_the_retry_imports_everything(tmp_path, offices):
    city, county = offices
    for number in range(5):
        county.workroom(f"工作室{number}", note="长" * 3000)
    parcel = pack(county, city, tmp_path)
    refused = 0
    for room in range(0, 20, 2):
        replica = copy_of(city, tmp_path, f"full{room}")
        before = tables_of(replica), replica.rows("SELECT id, hash FROM sync_commit")
        limit_pages(replica, replica.value("PRAGMA page_count") + room)
        fault = fault_of(replica, parcel)
        if fault:
            assert "磁盘已满" in fault
            assert (tables_of(replica), replica.rows("SELECT id, hash FROM sync_commit")) == before
            refused += 1
        limit_pages(replica, 1 << 30)
        result = take(replica, parcel)
        assert result["applied"] + result["already_known"] == len(county.rows("SELECT 1 FROM sync_commit")) - 1
        assert replica.value("SELECT count(*) FROM workrooms") == 5
        replica.database.close()
    assert 0 < refused < 10


def fault_of(desk: Desk, parcel: Path) -> str:
    try:
        take(desk, parcel)
    except StorageFault as fault:
        return fault.message
    return ""


def limit_pages(desk: Desk, pages: int) -> None:
    """Let the database grow to so many pages and no further, as on a full disk."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(desk.database.engine, "connect", limit)
    desk.database.engine.dispose()


def test_fifty_edits_fit_in_sixteen_kilobytes(tmp_path, offices):
    city, county = offices
    rows = [county.workroom(f"工作室{number}") for number in range(50)]
    settle([city, county], tmp_path)
    for number, row in enumerate(rows):
        county.run("UPDATE workrooms SET note = :note WHERE id = :id", note=f"第{number}次修改", id=row)
    assert pack(county, city, tmp_path).stat().st_size <= 16_000


def test_what_was_never_acknowledged_is_sent_again(tmp_path, offices):
    city, county = offices
    county.workroom("甲")
    pack(county, city, tmp_path)
    county.workroom("乙")
    take(city, pack(county, city, tmp_path))
    assert len(city.rows("SELECT name FROM workrooms")) == 2
    assert exchange.inspect(pack(county, city, tmp_path))["commits"] >= 3
    carry(city, county, tmp_path)
    assert exchange.inspect(pack(county, city, tmp_path))["commits"] == 0
