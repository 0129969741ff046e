"""Compaction: what is folded is the same to everybody, whoever has which part of the log, and nothing is lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.errors import BadInput, BadPackage, NotAllowed, NotFound
from desktop.models import capture
from desktop.services import compaction, exchange, identity, integrity, wall_clock
from desktop.services.journal import history
from desktop.services.journal.ledger import Ledger
from tests.services.desks import Desk, carry, conflicts_of, make_desk, pack, settle, state_of, tables_of, take
from tests.services.histories import without_field


def note(desk, row, value):
    desk.run("UPDATE workrooms SET note = :value WHERE id = :row", value=value, row=row)


def confirm(desks, folder):
    """Everybody hears of what everybody holds, and has nothing left that could be taken back exactly."""
    settle(desks, folder)
    for desk in desks:
        desk.workroom(f"{desk.path.stem}的又一个")
    settle(desks, folder)


def compact(desk, folder, name="归档.wrpack", keep_days=0, **options):
    return compaction.compact(desk.database, folder / name, keep_days, **options)


def raw_text(desk):
    with desk.database.reading() as session:
        ledger = Ledger(capture.driver(session.connection()))
        return b"".join(ledger.raw_bytes(number) for (number,) in desk.rows("SELECT id FROM sync_commit"))


def told(desk, row, noun="workrooms"):
    with desk.database.reading() as session:
        return [(one.field, one.old, one.new) for one in history.history(session, noun, row)]


def test_folding_keeps_records_state_and_conflicts_and_drops_what_was_replaced(offices, tmp_path):
    city, county = offices
    room = county.workroom("焊接工作室", leader_id=county.person("李四", id_number="152301198001010011"))
    for number in range(20):
        note(county, room, f"第{number}稿")
    confirm([city, county], tmp_path)
    state, tables = state_of(county), tables_of(county)
    with county.database.reading() as session:
        last = wall_clock.last_change(session)
    done = compact(county, tmp_path)
    assert done["commits"] > 20
    assert done["bytes_saved"] > 0
    assert state_of(county) == state
    assert tables_of(county) == tables
    with county.database.reading() as session:
        assert wall_clock.last_change(session) == last
    kept = raw_text(county)
    assert "第19稿".encode() in kept
    assert "第7稿".encode() not in kept
    found = integrity.verify(county.database)
    assert found["ok"], found["faults"]
    note(county, room, "归并之后")
    carry(county, city, tmp_path)
    assert city.value("SELECT note FROM workrooms WHERE id = :row", row=room) == "归并之后"
    note(city, room, "上级又改")
    carry(city, county, tmp_path)
    assert county.value("SELECT note FROM workrooms WHERE id = :row", row=room) == "上级又改"
    assert conflicts_of(county) == []


def test_the_history_is_told_by_what_stands_and_by_the_archive(offices, tmp_path):
    city, county = offices
    room = county.workroom("焊接工作室")
    for number in range(5):
        note(county, room, f"第{number}稿")
    confirm([city, county], tmp_path)
    before = told(county, room)
    compact(county, tmp_path)
    assert [new for field, _, new in told(county, room) if field == "note"] == ["第4稿"]
    with county.database.reading() as session:
        archived = compaction.archived_history(session, tmp_path / "归档.wrpack", "workrooms", room)
        assert [(one.field, one.old, one.new) for one in archived] == before
    with city.database.reading() as session, pytest.raises(BadInput, match="不是本工会"):
        compaction.archived_history(session, tmp_path / "归档.wrpack", "workrooms", room)


def test_a_newcomer_gets_the_snapshot_and_ends_in_the_same_state(offices, tmp_path):
    city, county = offices
    room = county.workroom("焊接工作室", leader_id=county.person("李四", id_number="152301198001010011"))
    gone = county.workroom("撤销的工作室")
    for number in range(30):
        note(county, room, f"第{number}稿")
    county.run("DELETE FROM workrooms WHERE id = :row", row=gone)
    confirm([city, county], tmp_path)
    compact(city, tmp_path)
    note(city, room, "之后")
    from desktop.services.trust import enrolment

    with city.database.reading() as session:
        enrolment.enrol(session, tmp_path / "a.join", "一个够长的口令口令")
    path = tmp_path / "第二台.db"
    second = Desk(path, enrolment.join(path, tmp_path / "a.join", "一个够长的口令口令"))
    result = carry(city, second, tmp_path)
    assert result["waiting"] == []
    assert result["same_state"]
    assert state_of(second) == state_of(city)
    assert tables_of(second) == tables_of(city)
    found = integrity.verify(second.database)
    assert found["ok"], found["faults"]
    region = make_desk(tmp_path, "某区总工会", "省级")
    region.trust(city, "child")
    city.trust(region, "parent")
    carry(city, region, tmp_path)
    assert state_of_office(region, county.office) == state_of_office(city, county.office)
    assert region.value("SELECT note FROM workrooms WHERE id = :row", row=room) == "之后"
    note(second, room, "第二台改")
    carry(second, city, tmp_path)
    assert city.value("SELECT note FROM workrooms WHERE id = :row", row=room) == "第二台改"
    assert conflicts_of(city) == []
    for desk in (second, region):
        desk.database.close()


def test_nothing_is_folded_that_a_partner_has_not_confirmed(offices, tmp_path):
    city, county = offices
    room = county.workroom("焊接工作室")
    note(county, room, "头稿")
    note(county, room, "二稿")
    with county.database.reading() as session:
        outlook = compaction.foldable(session, 0)
    # The founding record of the office above goes nowhere from here; of the county's own changes there is none.
    assert outlook["commits"] == 1
    assert [one["name"] for one in outlook["blocked_by"]] == ["甲市总工会"]
    compact(county, tmp_path, "先.wrpack")
    with pytest.raises(NotAllowed):
        compact(county, tmp_path)
    assert not (tmp_path / "归档.wrpack").exists()
    assert told(county, room)[-1] == ("note", "头稿", "二稿")
    carry(county, city, tmp_path)
    carry(city, county, tmp_path)
    third = make_desk(tmp_path, "丁产业工会", "县级")
    county.trust(third, "peer")
    third.trust(county, "peer")
    with county.database.reading() as session:
        assert "丁产业工会" in [one["name"] for one in compaction.foldable(session, 0)["blocked_by"]]
    confirm([city, county, third], tmp_path)
    assert "头稿".encode() in raw_text(county)
    assert compact(county, tmp_path)["commits"] > 0
    assert "头稿".encode() not in raw_text(county)
    third.database.close()


def test_young_changes_stay_whole(offices, tmp_path):
    city, county = offices
    room = county.workroom("焊接工作室")
    note(county, room, "一")
    confirm([city, county], tmp_path)
    with pytest.raises(NotAllowed):
        compact(county, tmp_path, keep_days=30)
    with county.database.reading() as session:
        assert compaction.foldable(session, 30)["commits"] == 0
        with pytest.raises(BadInput):
            compaction.foldable(session, -1)


def test_a_peer_offline_for_years_meets_the_folded_log_without_zombies_or_loss(offices, tmp_path):
    """It was retired, edited on, and comes back: what was replaced stays replaced, what it typed is kept or listed."""
    city, county = offices
    rooms = [county.workroom(f"工作室{number}") for number in range(4)]
    confirm([city, county], tmp_path)
    offline = county
    note(offline, rooms[0], "三年前写的")
    for number in range(6):
        note(city, rooms[1], f"市里第{number}稿")
        city.run("UPDATE workrooms SET industry = :value WHERE id = :row", value=f"行业{number}", row=rooms[0])
    city.run("DELETE FROM workrooms WHERE id = :row", row=rooms[2])
    city.run("DELETE FROM workrooms WHERE id = :row", row=rooms[3])
    note(offline, rooms[3], "删除时还在改")
    (device,) = city.rows("SELECT device FROM sync_peer WHERE retired = 0")
    with city.edit() as session:
        compaction.retire(session, device[0])
        session.connection().exec_driver_sql("DELETE FROM sync_trust WHERE office = ?", (county.office,))
        with pytest.raises(NotFound):
            compaction.retire(session, "没有这台")
    other = make_desk(tmp_path, "丙县总工会", "县级", city)
    other.workroom("最后一次导入")
    carry(other, city, tmp_path)
    other.database.close()
    with city.edit() as session:
        session.connection().exec_driver_sql(
            "UPDATE sync_trust SET relation = 'vouched' WHERE office = ?", (other.office,)
        )
        session.connection().exec_driver_sql("UPDATE sync_peer SET retired = 1")
    compact(city, tmp_path)
    assert "市里第2稿".encode() not in raw_text(city)
    city.trust(county, "child")
    settle([city, offline], tmp_path)
    for desk in (city, offline):
        values = dict(desk.rows("SELECT id, note || '/' || industry FROM workrooms"))
        assert values[rooms[0]] == "三年前写的/行业5"
        assert values[rooms[1]] == "市里第5稿/"
        assert rooms[2] not in values
        assert values[rooms[3]] == "删除时还在改/"
        assert [one["kind"] for one in conflicts_of(desk)] == ["delete"]
        found = integrity.verify(desk.database)
        assert found["ok"], found["faults"]
    assert state_of_office(city, county.office) == state_of_office(offline, county.office)


def test_folded_things_are_never_undone_by_guessing(offices, tmp_path):
    city, county = offices
    room = county.workroom("焊接工作室")
    note(county, room, "一")
    sealed = county.run("UPDATE workrooms SET note = '二' WHERE id = :row", row=room)
    import_id = carry(county, city, tmp_path)["import_id"]
    confirm([city, county], tmp_path)
    compact(county, tmp_path)
    compact(city, tmp_path, "市.wrpack")
    with county.edit() as session, pytest.raises(NotAllowed, match="已经归档"):
        history.undo(session, *sealed.hashes)
    with pytest.raises(NotAllowed, match="已经归档"):
        exchange.undo_import(city.database, import_id)
    later = county.run("UPDATE workrooms SET note = '三' WHERE id = :row", row=room)
    with county.edit() as session:
        history.undo(session, *later.hashes)
    assert county.value("SELECT note FROM workrooms WHERE id = :row", row=room) == "二"


def test_values_of_deleted_records_are_gone_from_the_log(offices, tmp_path):
    city, county = offices
    person = county.person("王五", id_number="152301198001010011")
    county.run("UPDATE people SET phone = '13800138000' WHERE id = :row", row=person)
    county.run("DELETE FROM people WHERE id = :row", row=person)
    confirm([city, county], tmp_path)
    compact(county, tmp_path)
    assert "王五".encode() in raw_text(county)
    note(county, county.workroom("再来一次"), "稿")
    confirm([city, county], tmp_path)
    state = state_of(county)
    compact(county, tmp_path, "清除.wrpack", erase_deleted=True)
    assert state_of(county) == state
    kept = raw_text(county)
    assert [secret for secret in ("152301198001010011", "13800138000", "王五") if secret.encode() in kept] == []
    assert integrity.verify(county.database)["ok"]
    assert county.rows("SELECT 1 FROM people WHERE id = :row", row=person) == []


def test_a_lower_office_cannot_rewrite_others_by_folding(offices, tmp_path):
    """A folded commit has its maker's word only: from beneath nothing is taken in the name of an office above."""
    city, county = offices
    room = county.workroom("焊接工作室")
    carry(county, city, tmp_path)
    note(city, room, "市里批的")
    settle([city, county], tmp_path)
    city.run("UPDATE workrooms SET industry = '焊接' WHERE id = :row", row=room)
    confirm([city, county], tmp_path)
    region = make_desk(tmp_path, "某区总工会", "省级")
    region.trust(city, "child")
    city.trust(region, "parent")
    county_raw = county.rows("SELECT id, hash FROM sync_commit WHERE folded = 0")
    assert county_raw
    compact(county, tmp_path)
    region.trust(county, "child")
    county.trust(region, "parent")
    carry(city, region, tmp_path)
    from desktop.services.parcel import scoping

    kept = scoping.folded_for_others
    scoping.folded_for_others = lambda *_: set()
    try:
        forged = pack(county, region, tmp_path, full=True)
    finally:
        scoping.folded_for_others = kept
    with pytest.raises(BadPackage, match="无权"):
        take(region, forged)
    take(region, pack(county, region, tmp_path, full=True))
    assert region.value("SELECT note FROM workrooms WHERE id = :row", row=room) == "市里批的"
    region.database.close()


def test_a_changed_snapshot_is_noticed(offices, tmp_path):
    city, county = offices
    room = county.workroom("焊接工作室")
    note(county, room, "一")
    confirm([city, county], tmp_path)
    compact(county, tmp_path)
    with county.edit() as session:
        session.execute(text("UPDATE sync_commit SET raw = CAST(raw || ' ' AS BLOB) WHERE folded = 1 AND seq = 2"))
    found = integrity.verify(county.database)
    assert not found["ok"]
    assert any("归并" in fault for fault in found["faults"])


def test_an_archive_is_never_written_over_and_a_second_folding_goes_on(offices, tmp_path):
    city, county = offices
    room = county.workroom("焊接工作室")
    note(county, room, "一")
    confirm([city, county], tmp_path)
    compact(county, tmp_path)
    with pytest.raises(BadInput, match="不会覆盖"):
        compact(county, tmp_path)
    for number in range(5):
        note(county, room, f"再{number}")
    state_before = state_of(county)
    confirm([city, county], tmp_path)
    second = compact(county, tmp_path, "第二次.wrpack")
    assert second["commits"] >= 5
    assert state_of(county) != state_before
    assert integrity.verify(county.database)["ok"]
    newcomer = make_desk(tmp_path, "某区总工会", "省级")
    newcomer.trust(city, "child")
    city.trust(newcomer, "parent")
    carry(city, newcomer, tmp_path)
    assert newcomer.value("SELECT note FROM workrooms WHERE id = :row", row=room) == "再4"
    newcomer.database.close()


def test_what_only_a_newer_program_knows_outlives_an_older_one_s_folding(offices, tmp_path, monkeypatch):
    city, county = offices
    room = county.workroom("焊接工作室", industry="装备制造")
    county.run("UPDATE workrooms SET industry = '航空' WHERE id = :row", row=room)
    confirm([city, county], tmp_path)
    with monkeypatch.context() as patched:
        without_field("workrooms", "industry", patched)
        compact(city, tmp_path)
        from desktop.services.trust import enrolment

        with city.database.reading() as session:
            enrolment.enrol(session, tmp_path / "a.join", "一个够长的口令口令")
    path = tmp_path / "第二台.db"
    second = Desk(path, enrolment.join(path, tmp_path / "a.join", "一个够长的口令口令"))
    carry(city, second, tmp_path)
    assert second.value("SELECT industry FROM workrooms WHERE id = :row", row=room) == "航空"
    assert state_of(second) == state_of(city)
    second.database.close()


COMPACTING = """
import sys
from pathlib import Path
from desktop.services import compaction, identity
desk = identity.open_desk(Path(sys.argv[1]))
compaction.compact(desk, Path(sys.argv[2]), 0)
"""


def test_killed_at_any_moment_of_folding_the_log_is_the_old_one_or_the_new_one(offices, tmp_path):
    city, county = offices
    room = county.workroom("焊接工作室")
    for number in range(40):
        note(county, room, f"第{number}稿")
    confirm([city, county], tmp_path)
    state = state_of(county)
    county.database.close()
    for moment in range(6):
        archive = tmp_path / f"{moment}.wrpack"
        running = subprocess.Popen([sys.executable, "-c", COMPACTING, str(county.path), str(archive)], cwd=Path.cwd())
        time.sleep(0.3 + 0.25 * moment)
        running.kill()
        running.wait()
        again = Desk(county.path, identity.open_desk(county.path))
        assert state_of(again) == state
        assert integrity.verify(again.database)["ok"]
        folded = again.value("SELECT count(*) FROM sync_commit WHERE folded = 1")
        assert not folded or archive.exists() or moment
        again.database.close()


@pytest.mark.parametrize("seed", [11, 12])
def test_random_histories_come_out_alike_with_and_without_folding(tmp_path, seed):
    """Two counties and their city edit, delete and settle; the city folds now and then: all agree, as do newcomers."""
    chance = random.Random(seed)
    city = make_desk(tmp_path, "甲市总工会", "市级")
    counties = [make_desk(tmp_path, name, "县级", city) for name in ("乙县总工会", "丙县总工会")]
    desks = [city, *counties]
    rooms = {desk.office: [desk.workroom(f"{desk.path.stem}{n}") for n in range(3)] for desk in counties}
    folds = 0
    for step in range(60):
        county = chance.choice(counties)
        desk = chance.choice([city, county])
        row = chance.choice(rooms[county.office])
        act = chance.random()
        if act < 0.7:
            field = chance.choice(("note", "industry"))
            desk.run(f"UPDATE workrooms SET {field} = :value WHERE id = :row", value=f"值{step}", row=row)
        elif act < 0.75:
            desk.run("DELETE FROM workrooms WHERE id = :row", row=row)
        elif act < 0.9:
            giver, taker = (desk, city) if desk is not city else (city, county)
            carry(giver, taker, tmp_path)
        else:
            for conflict in conflicts_of(desk)[:1]:
                with desk.edit() as session:
                    exchange.resolve(session, conflict["id"], take=chance.choice(conflict["values"])["write"])
        if step % 20 == 19:
            confirm(desks, tmp_path)
            erase = bool(chance.getrandbits(1))
            folds += compact(chance.choice(desks), tmp_path, f"{step}.wrpack", erase_deleted=erase)["commits"] > 0
    confirm(desks, tmp_path)
    assert folds == 3
    for county in counties:
        assert state_of_office(city, county.office) == state_of_office(county, county.office)
    for desk in desks:
        found = integrity.verify(desk.database)
        assert found["ok"], found["faults"]
        desk.database.close()


def state_of_office(desk, office):
    with desk.database.reading() as session:
        return exchange.state(session)["offices"][office]
