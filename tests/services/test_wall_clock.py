"""A PC whose date is wrong: told by what was done on it last."""

from datetime import date, timedelta

import pytest

from desktop.services import identity, records, store, wall_clock

TODAY = date.today()


@pytest.fixture
def database(tmp_path):
    made = identity.initialise(tmp_path / "desk.db", "左旗总工会", "县级", "左旗", operator="王敏")
    yield made
    made.close()


def told(database, today):
    with store.reading(database) as session:
        return wall_clock.alarm(session, today)


def test_the_day_of_the_last_change_is_known(database):
    with store.writing(database, "王敏") as session:
        records.put_records(session, "units", {"name": "某厂"})
    with store.reading(database) as session:
        assert abs(wall_clock.last_change(session) - TODAY) <= timedelta(days=1)


@pytest.mark.parametrize("days", [-1, 0, 30, 700])
def test_a_date_that_may_be_right_is_not_doubted(database, days):
    assert told(database, TODAY + timedelta(days=days)) == ""


def test_a_date_before_the_last_change_is_doubted(database):
    words = told(database, date(1970, 1, 1))
    assert "1970年1月1日" in words
    assert "还早" in words
    assert "请先在系统里改正" in words


def test_a_date_years_ahead_is_doubted(database):
    words = told(database, date(2099, 1, 1))
    assert "2099年1月1日" in words
    assert f"已过{(date(2099, 1, 1) - TODAY).days // 365}年" in words
