"""Two lists of one workroom united above: the office beneath receives all that the other list said."""

import pytest

from desktop.errors import NotAllowed
from desktop.services import records
from desktop.services.journal import history
from desktop.services.uniting import unite
from tests.services.desks import carry, conflicts_of, make_desk, require_sound, tables_of


@pytest.fixture
def city(tmp_path):
    return make_desk(tmp_path, "甲市总工会", "市级")


@pytest.fixture
def county(tmp_path, city):
    return make_desk(tmp_path, "乙县总工会", "县级", city)


def put(desk, noun, **values):
    with desk.edit() as session:
        return records.put_records(session, noun, values)[0]["id"]


def united(desk, noun, keep, other, take=()):
    with desk.edit() as session:
        done = unite(session, noun, keep, other, take)
    return done, session.info["sealed"].hashes


@pytest.fixture
def twice(tmp_path, city, county):
    """A workroom on the county's list and, with a team and its work, on the city's own: (kept, other)."""
    keep = county.workroom("周建成工作室")
    carry(county, city, tmp_path)
    other = put(city, "workrooms", name="周建成工作室")
    unit = put(city, "units", name="机械厂")
    person = put(city, "people", name="李四", unit_id=unit)
    put(city, "members", workroom_id=other, person_id=person, division="焊接")
    outcome = put(city, "outcomes", workroom_id=other, name="一种焊枪")
    put(city, "publications", workroom_id=other, outcome_id=outcome, platform="职工之家")
    put(city, "attachments", owner_noun="outcomes", owner_id=outcome, name="证书.jpg")
    put(city, "grants", workroom_id=other, regulation="nm-2026-fund", year=2026, grant_total_yuan="50000.00")
    return keep, other


def test_what_the_upper_office_wrote_about_its_own_list_goes_down(tmp_path, city, county, twice):
    keep, other = twice
    united(city, "workrooms", keep, other)
    done = carry(city, county, tmp_path)
    assert (done["waiting"], done["conflicts"]) == ([], [])
    for desk in (city, county):
        assert desk.rows(
            "SELECT m.workroom_id, m.division, p.name, u.name FROM members m JOIN people p ON p.id = m.person_id "
            "JOIN units u ON u.id = p.unit_id"
        ) == [(keep, "焊接", "李四", "机械厂")]
        assert desk.rows(
            "SELECT o.workroom_id, o.name, p.workroom_id, p.platform, a.name FROM outcomes o "
            "JOIN publications p ON p.outcome_id = o.id JOIN attachments a ON a.owner_id = o.id"
        ) == [(keep, "一种焊枪", keep, "职工之家", "证书.jpg")]
        assert desk.rows("SELECT workroom_id, grant_total_fen FROM grants") == [(keep, 5_000_000)]
    county.run("UPDATE members SET division = '县里改的'")
    carry(county, city, tmp_path)
    assert city.value("SELECT division FROM members") == "县里改的"
    require_sound([city, county])


def test_uniting_is_undone_with_all_that_went_down(tmp_path, city, county, twice):
    before = tables_of(city)
    _, hashes = united(city, "workrooms", *twice)
    carry(city, county, tmp_path)
    with city.edit() as session:
        history.undo(session, *hashes)
    assert tables_of(city) == before
    assert carry(city, county, tmp_path)["waiting"] == []
    assert county.rows("SELECT id FROM members") == county.rows("SELECT id FROM people") == []
    require_sound([city, county])


def test_what_was_paid_or_stands_in_a_paper_stays_and_is_told(tmp_path, city, county, twice):
    keep, other = twice
    city.run("UPDATE grants SET transferred_on = '2026-03-01', transferred_fen = 5000000")
    done, _ = united(city, "workrooms", keep, other)
    assert done.notices == ("1条已签发公文或已拨付的记录仍归本级，保留的这一条所属的工会收不到它们",)
    assert city.rows("SELECT workroom_id FROM grants") == [(keep,)]
    assert carry(city, county, tmp_path)["waiting"] == []
    assert county.rows("SELECT id FROM grants") == []
    assert county.rows("SELECT workroom_id FROM outcomes") == [(keep,)]
    require_sound([city, county])


def test_a_person_whom_a_third_office_names_is_not_taken_along(tmp_path, city, county, twice):
    keep, other = twice
    [(person,)] = city.rows("SELECT id FROM people")
    third = make_desk(tmp_path, "丙县总工会", "县级", city)
    room = third.workroom("丙")
    carry(third, city, tmp_path)
    city.run("UPDATE workrooms SET leader_id = :person WHERE id = :room", person=person, room=room)
    united(city, "workrooms", keep, other)
    assert city.rows("SELECT id FROM people") == [(person,)]
    assert city.rows("SELECT workroom_id, person_id FROM members") == [(keep, person)]
    for desk in (county, third):
        assert carry(city, desk, tmp_path)["waiting"] == []
    assert county.rows("SELECT id FROM members") == []
    require_sound([city, county, third])


@pytest.mark.parametrize("noun", ["workrooms", "people", "units"])
def test_no_office_beneath_loses_what_it_uses_to_a_record_it_never_receives(tmp_path, city, county, noun):
    third = make_desk(tmp_path, "丙县总工会", "县级", city)
    ids = []
    for desk in (county, third):
        ids.append(put(desk, noun, name="同名"))
        if noun != "workrooms":
            desk.workroom("用它的", **{"leader_id" if noun == "people" else "unit_id": ids[-1]})
        carry(desk, city, tmp_path)
    ours = put(city, noun, name="同名")
    for keep, other in ((ids[0], ids[1]), (ids[1], ids[0]), (ours, ids[0])):
        with pytest.raises(NotAllowed, match="对方的台账里就没有这个"):
            united(city, noun, keep, other)
    united(city, noun, ids[0], ours)
    for desk in (county, third):
        done = carry(city, desk, tmp_path)
        assert (done["waiting"], done["counts"]["deleted"]) == ([], 0)
        assert desk.value(f"SELECT count(*) FROM {noun} WHERE name = '同名'") == 1
    assert conflicts_of(city) == []
    require_sound([city, county, third])
