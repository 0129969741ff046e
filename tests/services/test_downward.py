"""What an upper office keeps for those beneath: rules, limits, offices, number registers, experts, quotas, downward."""

from datetime import date

import pytest

from desktop.errors import NotAllowed
from desktop.models.assessment import Expert
from desktop.models.document import Attachment, Document
from desktop.models.number_range import NumberRange
from desktop.models.office import Office
from desktop.models.quota import Quota
from desktop.services import draw, integrity
from desktop.services.law import pack, tool_settings
from desktop.services.regulation import text_of
from tests.services.desks import carry, make_desk, settle, tables_of
from tests.services.test_application import NM
from tests.services.test_regulation_pack import stricter

DAY = date(2026, 10, 1)


@pytest.fixture
def region(tmp_path):
    made = make_desk(tmp_path, "某区总工会", "省级")
    yield made
    made.database.close()


@pytest.fixture
def city(tmp_path, region):
    made = make_desk(tmp_path, "甲市总工会", "市级", region)
    yield made
    made.database.close()


@pytest.fixture
def county(county_desk):
    return county_desk


def add(desk, *records):
    with desk.edit() as session:
        session.add_all(records)
        session.flush()
        return [record.id for record in records]


def down(tmp_path, region, city, county):
    """The stick from the region over the city to the county."""
    settle([region, city, county], tmp_path, rounds=2)


def text_in_force(desk):
    with desk.database.reading() as session:
        return text_of(session, NM, DAY).version


def test_a_regulation_pack_adopted_above_is_in_force_two_levels_beneath(tmp_path, region, city, county):
    before = text_in_force(county)
    with region.edit() as session:
        found = pack.adopt(session, pack.read_pack(stricter(tmp_path, 7)), "王处长", date(2026, 9, 1))
    down(tmp_path, region, city, county)
    assert text_in_force(county) == found["version"] != before
    with pytest.raises(NotAllowed, match="某区总工会"):
        county.run("UPDATE regulation_texts SET note = '县里改' WHERE id = :id", id=found["id"])


def test_a_limit_set_above_holds_beneath_and_goes_back(tmp_path, city, county):
    with city.edit() as session:
        one = next(iter(tool_settings.settings(session)))
        tool_settings.change(session, one.rule, one.parameter, one.bundled + 1, "王处长", DAY)
    carry(city, county, tmp_path)

    def holds():
        with county.database.reading() as session:
            found = {(each.rule, each.parameter): each for each in tool_settings.settings(session)}
            return found[one.rule, one.parameter].value

    assert holds() == one.bundled + 1
    with city.edit() as session:
        tool_settings.change(session, one.rule, one.parameter, None, "王处长", DAY)
    carry(city, county, tmp_path)
    assert holds() == one.bundled


def test_the_list_of_offices_comes_down_but_nothing_of_theirs(tmp_path, region, city, county):
    sibling = make_desk(tmp_path, "丙县总工会", "县级", city)
    assert county.rows("SELECT name FROM offices WHERE name = '丙县总工会'") == []
    sibling.workroom("邻县的工作室", leader_id=sibling.person("邻县的人", id_number="1", phone="2"))
    settle([region, city, county, sibling], tmp_path, rounds=2)
    add(city, Office(name="丁县总工会", level="县级", parent_id=city.office, document_code="丁工发"))
    down(tmp_path, region, city, county)
    named = dict(county.rows("SELECT name, document_code FROM offices"))
    assert named.keys() == {"某区总工会", "甲市总工会", "乙县总工会", "丙县总工会", "丁县总工会"}
    assert named["丁县总工会"] == "丁工发"
    assert county.rows("SELECT name FROM workrooms") == []
    assert county.rows("SELECT name FROM people") == []
    sibling.database.close()


def test_an_office_that_founded_itself_stands_on_the_list_of_its_siblings_and_their_siblings(tmp_path, region):
    cities = [make_desk(tmp_path, name, "市级", region) for name in ("甲市总工会", "戊市总工会")]
    counties = [make_desk(tmp_path, name, "县级", cities[0]) for name in ("乙县总工会", "丙县总工会")]
    far = make_desk(tmp_path, "己县总工会", "县级", cities[1])
    desks = [region, *cities, *counties, far]
    settle(desks, tmp_path)
    query = "SELECT o.name, p.name FROM offices o LEFT JOIN offices p ON p.id = o.parent_id ORDER BY o.name"
    names = {"某区总工会": None, "甲市总工会": "某区总工会", "戊市总工会": "某区总工会"}
    assert dict(counties[0].rows(query)) == {**names, "乙县总工会": "甲市总工会", "丙县总工会": "甲市总工会"}
    assert dict(far.rows(query)) == {**names, "己县总工会": "戊市总工会"}
    counties[1].run("UPDATE offices SET name = '丙区总工会' WHERE id = :id", id=counties[1].office)
    settle(desks, tmp_path)
    assert counties[0].value("SELECT name FROM offices WHERE id = :id", id=counties[1].office) == "丙区总工会"
    with pytest.raises(NotAllowed, match=r"（工会）.*只能查看"):
        counties[0].run("UPDATE offices SET name = '改' WHERE id = :id", id=counties[1].office)
    with pytest.raises(NotAllowed, match="没有认可"):
        carry(counties[0], counties[1], tmp_path)
    for desk in desks:
        found = integrity.verify(desk.database)
        assert found["ok"], found["faults"]
    for desk in desks[1:]:
        desk.database.close()


def test_an_office_without_a_place_stands_on_the_list_of_who_noted_it(tmp_path, city, county):
    (made,) = add(city, Office(name="某产业工会", level="县级"))
    carry(city, county, tmp_path)
    assert county.value("SELECT name FROM offices WHERE id = :id", id=made) == "某产业工会"
    scope = "SELECT s.office, s.kind FROM sync_record r JOIN sync_scope s ON s.id = r.scope WHERE r.id = :id"
    assert county.rows(scope, id=made) == [(city.office, "public")]
    assert county.rows(scope, id=county.office) == [(county.office, "listed")]


def test_what_was_given_to_all_beneath_is_not_given_again(tmp_path, region, city, county):
    add(city, Office(name="丁县总工会", level="县级", parent_id=city.office))
    down(tmp_path, region, city, county)
    carry(county, city, tmp_path)
    assert carry(city, county, tmp_path)["already_known"] == 0
    city.run("UPDATE offices SET document_code = '丁工发' WHERE name = '丁县总工会'")
    result = carry(city, county, tmp_path)
    assert (result["applied"], result["already_known"]) == (1, 0)
    assert carry(city, county, tmp_path)["already_known"] == 1  # The county has not yet said that it has it.


def test_what_concerns_an_office_is_not_open_to_all_as_its_entry_is(tmp_path, city, county):
    sibling = make_desk(tmp_path, "丙县总工会", "县级", city)
    settle([city, county, sibling], tmp_path, rounds=2)
    add(
        city,
        Attachment(owner_noun="offices", owner_id=sibling.office, name="丙县的材料"),
        Document(office_id=city.office, kind="letter", title="给丙县的函", subject_id=sibling.office),
    )
    settle([city, county, sibling], tmp_path, rounds=2)
    assert sibling.value("SELECT name FROM attachments") == "丙县的材料"
    assert sibling.value("SELECT title FROM documents") == "给丙县的函"
    assert county.rows("SELECT name FROM attachments UNION SELECT title FROM documents") == []
    sibling.database.close()


def test_the_register_of_numbers_comes_down_and_is_only_read_there(tmp_path, city, county):
    (made,) = add(
        city,
        NumberRange(
            office_id=city.office, code="甲工发", year=2026, first=11, last=20, kind="手工用号", reason="台账丢失",
            noted_on=DAY,
        ),
    )  # fmt: skip
    carry(city, county, tmp_path)
    assert county.rows("SELECT id, code, first, last, reason FROM number_ranges") == [
        (made, "甲工发", 11, 20, "台账丢失")
    ]
    with pytest.raises(NotAllowed, match="甲市总工会"):
        county.run("UPDATE number_ranges SET last = 30")
    city.run("UPDATE number_ranges SET last = 15")
    carry(city, county, tmp_path)
    assert county.value("SELECT last FROM number_ranges") == 15


def test_the_pool_of_experts_comes_down_without_their_phones_and_can_be_drawn_from(tmp_path, region, city, county):
    experts = [
        Expert(
            office_id=region.office, name=f"专家{n}", speciality="机械", unit_name=f"大学{n}", phone=f"1390000000{n}"
        )
        for n in range(5)
    ]
    add(region, *experts)
    down(tmp_path, region, city, county)
    assert county.value("SELECT count(*) FROM experts") == 5
    assert {phone for (phone,) in county.rows("SELECT phone FROM experts")} == {""}
    with county.database.reading() as session:
        assert {one.name for one in draw.pool_of(session, "机械")} == {f"专家{n}" for n in range(5)}
    region.run("UPDATE experts SET active = 0 WHERE name = '专家3'")
    down(tmp_path, region, city, county)
    with county.database.reading() as session:
        assert "专家3" not in [one.name for one in draw.pool_of(session)]


def test_quotas_come_down_and_the_registers_of_one_county_never_reach_another(tmp_path, city, county):
    sibling = make_desk(tmp_path, "丙县总工会", "县级", city)
    settle([city, county, sibling], tmp_path, rounds=2)
    add(city, Quota(office_id=city.office, given_to_id=county.office, regulation=NM, year=2026, count=3))
    add(sibling, Expert(office_id=sibling.office, name="邻县专家"))
    settle([city, county, sibling], tmp_path, rounds=2)
    assert county.value("SELECT count FROM quotas") == 3
    assert county.rows("SELECT name FROM experts") == []
    assert city.rows("SELECT name FROM experts") == [("邻县专家",)]
    assert "邻县" not in repr(tables_of(county))
    sibling.database.close()
