"""What waits to be carried to each office, and the alarms that wait to be read."""

import pytest

from desktop.errors import NotFound
from desktop.models import capture
from desktop.services import exchange
from desktop.services.parcel.carrying import waiting
from desktop.services.trust import alarms
from tests.services.desks import carry, pack


@pytest.fixture
def offices(three_offices):
    return three_offices


def meet(below, city, folder):
    """Exchange both ways; the packages were made a while before the answers came."""
    carry(below, city, folder)
    below.run("UPDATE sync_export SET made_at = '2026-01-01T08:00:00+08:00'")
    carry(city, below, folder)


def counts(desk):
    with desk.database.reading() as session:
        return {one["name"]: one["count"] for one in waiting(session)}


def test_each_change_waits_until_a_package_takes_it_along(offices, tmp_path):
    city, county, _other = offices
    meet(county, city, tmp_path)
    assert counts(county) == {"甲市总工会": 0}
    county.workroom("焊接工作室")
    county.workroom("钳工工作室")
    assert counts(county) == {"甲市总工会": 2}
    pack(county, city, tmp_path)
    assert counts(county) == {"甲市总工会": 0}, "what is on the way waits no longer"
    county.workroom("电工工作室")
    assert counts(county) == {"甲市总工会": 1}


def test_what_was_lost_on_the_way_waits_again_once_the_office_is_heard_of(offices, tmp_path):
    city, county, _other = offices
    meet(county, city, tmp_path)
    county.workroom("焊接工作室")
    pack(county, city, tmp_path).unlink()
    assert counts(county) == {"甲市总工会": 0}
    county.run("UPDATE sync_export SET made_at = '2026-01-01T08:00:00+08:00'")
    city.workroom("市里的工作室")
    carry(city, county, tmp_path)
    assert counts(county) == {"甲市总工会": 1}, "its package does not confirm the change"
    meet(county, city, tmp_path)
    assert counts(county) == {"甲市总工会": 0}


def test_each_office_is_counted_by_itself(offices, tmp_path):
    city, county, other = offices
    for below in (county, other):
        meet(below, city, tmp_path)
    county.workroom("焊接工作室")
    carry(county, city, tmp_path)
    found = counts(city)
    assert found["乙县总工会"] == 0, "they are its own"
    assert set(found) == {"乙县总工会", "丙县总工会"}


def raised(desk, *words):
    with desk.database.writing() as session, session.begin():
        raw = capture.driver(session.connection())
        for word in words:
            raw.execute("INSERT INTO sync_alarm (kind, raised_at, detail) VALUES ('copied', '2026-09-01', ?)", (word,))


def seen(desk, number):
    with desk.database.writing() as session, session.begin():
        alarms.see(session, number)


def unseen(desk):
    with desk.database.reading() as session:
        return alarms.unseen(session)


def test_alarms_wait_until_they_are_read_and_stay_on_record(offices):
    city, *_ = offices
    raised(city, "先", "后")
    assert [one["text"] for one in unseen(city)] == ["后", "先"]
    last, first = (one["id"] for one in unseen(city))
    seen(city, last)
    (moment,) = city.rows(f"SELECT seen_at FROM sync_alarm WHERE id = {last}")
    seen(city, last)
    assert city.rows(f"SELECT seen_at FROM sync_alarm WHERE id = {last}") == [moment], "read once is read"
    assert [one["id"] for one in unseen(city)] == [first]
    with city.database.reading() as session:
        assert len(exchange.alarms(session)) == 2


def test_an_alarm_that_is_not_there_is_refused(offices):
    city, *_ = offices
    with pytest.raises(NotFound, match="没有这条提醒") as refused:
        seen(city, 99)
    assert refused.value.where == "99"
