"""Backups: told apart by name, one a day, old ones thinned, those made by hand left alone."""

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.services import backups
from desktop.services.backups import Backup
from tests.services.desks import make_desk

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2036, 1, 1)).map(lambda one: one.replace(microsecond=0))


def named(folder, *names):
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x" * len(name))


def test_only_this_databases_copies_are_listed_newest_first(tmp_path):
    names = ("desk-20260901-080000.db", "desk-每日-20260903-080000.db")
    strangers = ("desk-2-20260904-080000.db", "other-20260904-080000.db", "desk.db", "desk-20269999-080000.db")
    named(tmp_path / "kept", *names, *strangers)
    named(tmp_path, "desk.db", "desk-恢复前-20260902-080000.db", "desk-升级前-20260905-080000.db")
    found = backups.listed(tmp_path / "kept", tmp_path / "desk.db")
    assert [(one.path.name, one.kind) for one in found] == [
        ("desk-升级前-20260905-080000.db", "升级前"),
        (names[1], "每日"),
        ("desk-恢复前-20260902-080000.db", "恢复前"),
        (names[0], "手动"),
    ]
    assert found[1].size == len(names[1])
    assert Backup(datetime(2026, 1, 1), tmp_path / "gone.db", "手动").size == 0


def test_what_the_program_kept_before_a_change_is_no_backup(tmp_path):
    named(tmp_path, "desk-升级前-20260905-080000.db")
    folder, path, now = tmp_path / "kept", tmp_path / "desk.db", datetime(2026, 9, 5, 9)
    assert (backups.newest(folder, path), backups.is_due(folder, path, now)) == (None, True)
    named(folder, "desk-20260905-083000.db")
    assert (backups.newest(folder, path), backups.is_due(folder, path, now)) == (datetime(2026, 9, 5, 8, 30), False)


def test_one_is_due_each_day_whichever_way_the_clock_was_turned(tmp_path):
    named(tmp_path, "desk-每日-20260903-080000.db")
    now = datetime(2026, 9, 3, 17)
    due = {days: backups.is_due(tmp_path, tmp_path / "desk.db", now + timedelta(days)) for days in (-1, 0, 1)}
    assert due == {-1: True, 0: False, 1: True}


def test_a_daily_backup_makes_way_for_itself_and_a_wanted_one_stays(tmp_path):
    desk = make_desk(tmp_path, "乙县总工会").database
    stem, folder = desk.path.stem, tmp_path / "backups"
    named(folder, f"{stem}-20251231-080000.db", *(f"{stem}-每日-202601{day:02}-080000.db" for day in range(1, 31)))
    made = backups.make(desk, folder, datetime(2026, 2, 1, 8), daily=True)
    wanted = backups.make(desk, folder, datetime(2026, 2, 1, 9))
    desk.close()
    assert made.name == f"{stem}-每日-20260201-080000.db"
    assert made.read_bytes().startswith(b"SQLite format 3")
    # The newest fourteen, of January beyond them its last one, and what was made by hand.
    days = [f"{stem}-每日-202601{day:02}-080000.db" for day in range(30, 16, -1)]
    left = [one.path.name for one in backups.listed(folder, desk.path)]
    assert left == [wanted.name, made.name, *days, f"{stem}-20251231-080000.db"]


@given(st.sets(MOMENTS, max_size=120), st.sets(MOMENTS, max_size=5))
def test_thinning_keeps_the_newest_the_months_and_all_made_by_hand(daily, by_hand):
    made = [Backup(one, Path(f"{one}"), "每日") for one in daily] + [Backup(one, Path("h"), "手动") for one in by_hand]
    gone = backups.spare(made)
    left = sorted((one for one in made if one.kind == "每日" and one not in gone), reverse=True)
    assert all(one.kind == "每日" for one in gone)
    assert (
        left[: backups.DAYS_KEPT]
        == sorted((one for one in made if one.kind == "每日"), reverse=True)[: backups.DAYS_KEPT]
    )
    older = left[backups.DAYS_KEPT :]
    assert len({(one.made.year, one.made.month) for one in older}) == len(older) <= backups.MONTHS_KEPT
    # What is left is what a second look would leave.
    assert backups.spare(left) == []
