"""Two different packages under one number: their maker's file was copied or set back, and the receiver says so."""

import shutil

import pytest

from desktop.services import exchange, identity
from tests.services.desks import Desk, carry, make_desk, pack, take


@pytest.fixture
def offices(tmp_path):
    city = make_desk(tmp_path, "甲市总工会", "市级")
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    yield city, county
    city.database.close()


def alarms_of(desk):
    with desk.database.reading() as session:
        return [one["kind"] for one in exchange.alarms(session)]


def set_back(desk, folder):
    """Put file and anchor of before in their place: the file itself cannot know."""
    desk.database.close()
    shutil.copy(folder / "kept.db", desk.path)
    shutil.copy(folder / "kept.db.anchor", desk.path.with_name(desk.path.name + ".anchor"))
    return Desk(desk.path, identity.open_desk(desk.path))


def keep(desk, folder):
    desk.database.close()
    shutil.copy(desk.path, folder / "kept.db")
    shutil.copy(desk.path.with_name(desk.path.name + ".anchor"), folder / "kept.db.anchor")
    return Desk(desk.path, identity.open_desk(desk.path))


def test_a_file_set_back_is_noticed_by_its_next_package_though_it_brings_nothing_new(offices, tmp_path):
    """Nothing stands at one place twice yet, but the number was used before for another package."""
    city, county = offices
    county.workroom("最初")
    carry(county, city, tmp_path)
    county = keep(county, tmp_path)
    county.workroom("后来")
    first = pack(county, city, tmp_path)
    county = set_back(county, tmp_path)
    second = pack(county, city, tmp_path)
    assert take(city, first)["alarms"] == []
    assert take(city, second)["alarms"] == ["twin"]
    assert alarms_of(city) == ["twin"]
    county.workroom("另一支")
    carry(county, city, tmp_path)
    assert {name for (name,) in city.rows("SELECT name FROM workrooms")} == {"最初", "后来", "另一支"}
    county.database.close()


def test_the_same_package_twice_and_packages_out_of_order_are_no_twins(offices, tmp_path):
    city, county = offices
    packages = []
    for number in range(4):
        county.workroom(f"第{number}个")
        packages.append(pack(county, city, tmp_path))
    for place in (2, 0, 2, 3, 1, 0, 3):
        assert take(city, packages[place])["alarms"] == []
    assert alarms_of(city) == []
    county.database.close()
