"""What an office above refers to for itself alone: it never travels down, and hides nothing that does."""

import uuid

import pytest
from sqlalchemy import text

from desktop.errors import BadInput
from desktop.models import capture
from desktop.models.assessment import Assessment
from desktop.models.rectification import AssessmentRound
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, AllianceMember, Member
from desktop.services import exchange, identity
from desktop.services.journal import history, upgrading
from tests.services.desks import carry, conflicts_of, make_desk, pack, require_sound, state_of, tables_of, take

LEADER = "SELECT leader_id, name, note FROM workrooms"


@pytest.fixture
def region(tmp_path):
    return make_desk(tmp_path, "内省总工会", "省级")


@pytest.fixture
def city(tmp_path, region):
    return make_desk(tmp_path, "甲市总工会", "市级", region)


@pytest.fixture
def county(tmp_path, city):
    return make_desk(tmp_path, "乙县总工会", "县级", city)


@pytest.fixture
def led_from_above(tmp_path, city, county):
    """The city lets somebody of its own list lead the county's workroom; returns the person."""
    county.workroom("甲")
    carry(county, city, tmp_path)
    person = city.person("市里的人")
    city.run("UPDATE workrooms SET leader_id = :person, note = '市里写的'", person=person)
    return person


def kept(desk):
    return sorted(desk.rows("SELECT noun, id, field, value FROM sync_head"), key=repr)


def test_the_county_keeps_sight_of_its_workroom(tmp_path, city, county, led_from_above):
    done = carry(city, county, tmp_path)
    assert (done["waiting"], done["conflicts"]) == ([], [])
    assert done["counts"] == {"new": 0, "changed": 1, "deleted": 0}
    assert county.rows(LEADER) == [(None, "甲", "市里写的")]
    county.run("UPDATE workrooms SET name = '县里改的'")
    carry(county, city, tmp_path)
    assert city.rows(LEADER) == [(led_from_above, "县里改的", "市里写的")]
    assert carry(city, county, tmp_path)["same_state"]
    require_sound([city, county])


def test_an_assessment_of_a_round_above_reaches_the_county(tmp_path, city, county):
    room = county.workroom("甲")
    carry(county, city, tmp_path)
    with city.edit() as session:
        session.add(AssessmentRound(id="round", year=2026, regulation="nm-2026-build"))
        session.flush()
        session.add(Assessment(workroom_id=room, year=2026, round_id="round"))
    assert carry(city, county, tmp_path)["waiting"] == []
    assert county.rows("SELECT workroom_id, year, round_id FROM assessments") == [(room, 2026, None)]
    assert city.value("SELECT round_id FROM assessments") == "round"
    require_sound([city, county])


def test_the_county_may_name_its_own_instead(tmp_path, city, county, led_from_above):
    carry(city, county, tmp_path)
    own = county.person("县里的人")
    county.run("UPDATE workrooms SET leader_id = :person", person=own)
    assert kept(county) == []
    carry(county, city, tmp_path)
    assert city.value("SELECT leader_id FROM workrooms") == own
    assert conflicts_of(city) == []
    require_sound([city, county])


def test_a_dispute_over_it_is_told_and_settled_where_both_are_known(tmp_path, city, county, led_from_above):
    own = county.person("县里的人")
    county.run("UPDATE workrooms SET leader_id = :person", person=own)
    carry(city, county, tmp_path)
    carry(county, city, tmp_path)
    for desk in (city, county):
        [dispute] = conflicts_of(desk)
        assert {one["value"] for one in dispute["values"]} == {own, led_from_above}
    theirs = next(one["write"] for one in dispute["values"] if one["value"] == led_from_above)
    for choice in ({"take": theirs}, {"value": led_from_above}, {"value": str(uuid.uuid4())}):
        with pytest.raises(BadInput, match="本机的台账里没有这个人员"), county.edit() as session:
            exchange.resolve(session, dispute["id"], **choice)
    with city.edit() as session:
        exchange.resolve(session, dispute["id"], take=theirs)
    carry(city, county, tmp_path)
    assert conflicts_of(city) == conflicts_of(county) == []
    assert (city.value("SELECT leader_id FROM workrooms"), county.value("SELECT leader_id FROM workrooms")) == (
        led_from_above,
        None,
    )
    require_sound([city, county])


def test_it_is_filled_when_what_it_names_comes_after_it(tmp_path, region, city, county, led_from_above):
    """Whether the county's package comes first or the city's, the region's file is the same in the end."""
    carry(city, county, tmp_path)
    region.trust(county, "child")
    packages = [pack(county, region, tmp_path), pack(city, region, tmp_path)]
    outcomes = []
    for order in (packages, packages[::-1]):
        imports = [take(region, package)["import_id"] for package in order]
        assert region.rows(LEADER) == [(led_from_above, "甲", "市里写的")]
        outcomes.append((tables_of(region), kept(region), state_of(region)))
        require_sound([region])
        for one in reversed(imports):
            if one is not None:
                exchange.undo_import(region.database, one)
        assert region.rows(LEADER) == []
    assert outcomes[0] == outcomes[1]


def test_an_import_taken_back_leaves_the_reference_blank_again(tmp_path, region, city, county, led_from_above):
    carry(city, county, tmp_path)
    region.trust(county, "child")
    take(region, pack(county, region, tmp_path))
    assert region.rows(LEADER) == [(None, "甲", "市里写的")]
    before = tables_of(region), kept(region), state_of(region)
    assert [value for *_, value in kept(region)] == [led_from_above]
    done = carry(city, region, tmp_path)
    assert done["waiting"] == []
    assert region.rows(LEADER) == [(led_from_above, "甲", "市里写的")]
    assert kept(region) == []
    assert exchange.undo_import(region.database, done["import_id"])["exact"]
    assert (tables_of(region), kept(region), state_of(region)) == before
    require_sound([region])


def test_deleted_and_brought_back_it_still_says_what_the_city_wrote(tmp_path, city, county, led_from_above):
    carry(city, county, tmp_path)
    with county.edit() as session:
        session.execute(text("DELETE FROM workrooms"))
    gone = session.info["sealed"].hashes
    assert kept(county) == []
    require_sound([county])
    with county.edit() as session:
        history.undo(session, *gone)
    assert county.rows(LEADER) == [(None, "甲", "市里写的")]
    require_sound([county])
    carry(county, city, tmp_path)
    assert city.rows(LEADER) == [(led_from_above, "甲", "市里写的")]
    assert conflicts_of(city) == []
    require_sound([city])


def test_several_brought_back_together_name_each_other_again(tmp_path, city, county, led_from_above):
    """What names a record that comes back in the same step is not taken for a reference to what never came."""
    carry(city, county, tmp_path)
    unit = "unit"
    with county.edit() as session:
        session.add(Unit(id=unit, name="机械厂"))
        session.flush()
        session.execute(text("UPDATE workrooms SET unit_id = 'unit'"))
    county.member(county.value("SELECT id FROM workrooms"), county.person("王五", unit_id=unit))
    before = tables_of(county), kept(county)
    with county.edit() as session:
        for noun in ("members", "workrooms", "people", "units"):
            session.execute(text(f"DELETE FROM {noun}"))
    gone = session.info["sealed"].hashes
    with county.edit() as session:
        history.undo(session, *gone)
    assert (tables_of(county), kept(county)) == before
    carry(county, city, tmp_path)
    assert city.rows("SELECT leader_id, unit_id FROM workrooms") == [(led_from_above, unit)]
    require_sound([city, county])


def test_who_empties_a_reference_to_what_was_here_has_it_empty(tmp_path, county):
    own = county.person("李四")
    room = county.workroom("甲", leader_id=own)
    with county.edit() as session:
        for noun in ("workrooms", "people"):
            session.execute(text(f"DELETE FROM {noun}"))
    county.workroom("甲", id=room)
    assert county.rows("SELECT id FROM people") == []
    assert county.value("SELECT leader_id FROM workrooms") is None
    county.workroom("乙")
    assert county.rows("SELECT id FROM people") == []
    assert kept(county) == []
    require_sound([county])


def test_opening_the_file_again_takes_it_for_no_upgrade(tmp_path, city, county, led_from_above):
    carry(city, county, tmp_path)
    assert [value for *_, value in kept(county)] == [led_from_above]
    with county.database.reading() as session:
        assert upgrading.understood(capture.driver(session.connection())) == {}
    county.database.close()
    county.database = identity.open_desk(county.path)
    assert county.rows(LEADER) == [(None, "甲", "市里写的")]


def test_what_cannot_be_without_it_stays_above_with_it(tmp_path, city, county, led_from_above):
    """A member of the city's own list, and the county's workroom in the city's alliance, are the city's to know."""
    [(room,)] = city.rows("SELECT id FROM workrooms")
    with city.edit() as session:
        session.add(Alliance(id="alliance", name="全市联盟"))
        session.flush()
        session.add(AllianceMember(alliance_id="alliance", workroom_id=room))
        session.add(Member(workroom_id=room, person_id=led_from_above))
    assert carry(city, county, tmp_path)["waiting"] == []
    assert county.rows("SELECT id FROM members") == county.rows("SELECT id FROM alliance_members") == []
    own = county.person("县里的人")
    carry(county, city, tmp_path)
    city.member(room, own)
    assert carry(city, county, tmp_path)["waiting"] == []
    assert county.rows("SELECT person_id FROM members") == [(own,)]
    carry(city, county, tmp_path, full=True)
    require_sound([city, county])
