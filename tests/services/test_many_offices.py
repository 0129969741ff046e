"""A package for many offices at once: what it holds, what it leaves out, and what that costs."""

import pytest

from desktop.models import capture
from desktop.models.assessment import Expert
from desktop.services import exchange
from desktop.services.parcel import exporting, scoping
from tests.services.desks import carry, make_desk, pack, take


def city_with(folder, count):
    city = make_desk(folder, "甲市总工会", "市级")
    counties = [make_desk(folder, f"县{number:02d}", "县级", city) for number in range(count)]
    for county in counties:
        county.workroom(f"{county.path.stem}的")
        carry(county, city, folder)
    return city, counties


def expert(city, name):
    with city.edit() as session:
        session.add(Expert(name=name))


def left_out(desk, full=False):
    with desk.database.reading() as session:
        raw = capture.driver(session.connection())
        content = exporting._choose(raw, scoping.default_recipients(raw), full)
        return exporting._left_out(raw, content, full), content


def counted_one_by_one(desk, full=False):
    """What each office would get by itself and none gets in the package for all of them."""
    with desk.database.reading() as session:
        raw = capture.driver(session.connection())
        everybody = scoping.default_recipients(raw)
        each = {number for office in everybody for number in exporting._choose(raw, [office], full).commits}
        return len(each.difference(exporting._choose(raw, everybody, full).commits))


def test_what_is_left_out_is_what_each_would_get_by_itself(tmp_path):
    city, counties = city_with(tmp_path, 4)
    expert(city, "都有的")
    for county in counties[:2]:
        carry(city, county, tmp_path)
        carry(county, city, tmp_path)
    expert(city, "都没有的")
    city.run("UPDATE workrooms SET note = '市里写的' WHERE name LIKE '县00%'")
    for full in (False, True):
        found, content = left_out(city, full)
        assert found == counted_one_by_one(city, full) > 0
        assert len(content.recipients) == 4
    alone = pack(city, counties[0], tmp_path)
    assert take(counties[0], alone)["counts"] == {"new": 1, "changed": 1, "deleted": 0}
    carry(counties[0], city, tmp_path)
    # The one office to which something could not go for the others' sake has it now.
    assert left_out(city)[0] == counted_one_by_one(city) == 0


def test_a_peer_and_an_office_above_among_the_receivers_count_too(tmp_path):
    city, counties = city_with(tmp_path, 2)
    region, peer = make_desk(tmp_path, "内省总工会", "省级"), make_desk(tmp_path, "乙市总工会", "市级")
    city.trust(peer, "peer")
    region.trust(city, "child")
    city.trust(region, "parent")
    city.workroom("市里的")
    receivers = [region.office, peer.office, counties[0].office]
    with city.edit() as session:
        made = exchange.export_package(session, tmp_path / "all.wrpack", receivers)
    with city.database.reading() as session:
        raw = capture.driver(session.connection())
        each = {
            number for office in made["recipients"] for number in exporting._choose(raw, [office], full=False).commits
        }
        shared = exporting._choose(raw, made["recipients"], full=False).commits
    assert made["left_out"] == len(each.difference(shared)) > 0


@pytest.mark.parametrize("full", [False, True])
def test_the_questions_asked_of_the_database_grow_no_faster_than_the_offices(tmp_path, full):
    asked = []
    for count in (6, 12):
        folder = tmp_path / str(count)
        folder.mkdir()
        city, _ = city_with(folder, count)
        with city.database.reading() as session:
            raw = capture.driver(session.connection())
            said: list[str] = []
            raw.set_trace_callback(said.append)
            content = exporting._choose(raw, scoping.default_recipients(raw), full)
            exporting._left_out(raw, content, full)
            scoping.claimed_to(raw, content.recipients)
            raw.set_trace_callback(None)
        asked.append(len(said))
    assert asked[1] <= 2 * asked[0]
