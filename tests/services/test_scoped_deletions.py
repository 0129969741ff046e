"""Deletions across scopes: whoever holds a part of a record sees it go, however the parts arrive."""

import itertools

import pytest

from tests.services.desks import carry, conflicts_of, make_desk, pack, settle, take

ID_NUMBER = "152301198001010011"


@pytest.fixture
def offices(tmp_path):
    city = make_desk(tmp_path, "甲市总工会", "市级")
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    peer = make_desk(tmp_path, "丁产业工会", "县级")
    county.trust(peer, "peer")
    peer.trust(county, "peer")
    yield city, county, peer
    for desk in (city, county, peer):
        desk.database.close()


def known(desk, row):
    return desk.value("SELECT count(*) FROM people WHERE id = :row", row=row)


def test_a_peer_that_never_had_the_secrets_sees_the_record_go(offices, tmp_path):
    city, county, peer = offices
    person = county.person("李四", id_number=ID_NUMBER, phone="13800138000")
    for desk in (city, peer):
        carry(county, desk, tmp_path)
    assert peer.rows("SELECT name, id_number FROM people") == [("李四", "")]
    county.run("DELETE FROM people WHERE id = :row", row=person)
    preview = take(peer, pack(county, peer, tmp_path), preview=True)
    assert preview["counts"] == {"new": 0, "changed": 0, "deleted": 1}
    assert [(one["id"], one["kind"]) for one in preview["changes"]] == [(person, "deleted")]
    for desk in (city, peer):
        assert carry(county, desk, tmp_path)["counts"]["deleted"] == 1
        assert known(desk, person) == 0
        assert conflicts_of(desk) == []


def test_what_the_office_above_deletes_goes_below_and_beside(offices, tmp_path):
    city, county, peer = offices
    person = county.person("李四", id_number=ID_NUMBER)
    settle([city, county, peer], tmp_path)
    city.run("DELETE FROM people WHERE id = :row", row=person)
    settle([city, county, peer], tmp_path)
    assert [known(desk, person) for desk in offices] == [0, 0, 0]


def test_an_edit_of_a_secret_beside_a_deletion_keeps_the_record_where_the_secret_is_known(offices, tmp_path):
    """The peer never hears of the secret's edit: it sees the record go, and come back once somebody keeps it."""
    city, county, peer = offices
    person = county.person("李四", id_number=ID_NUMBER)
    settle([city, county, peer], tmp_path)
    city.run("UPDATE people SET id_number = '152301198001010038' WHERE id = :row", row=person)
    county.run("DELETE FROM people WHERE id = :row", row=person)
    settle([city, county, peer], tmp_path)
    for desk in (city, county):
        assert known(desk, person) == 1
        assert [one["kind"] for one in conflicts_of(desk)] == ["delete"]
    assert known(peer, person) == 0
    from desktop.services import exchange

    with county.edit() as session:
        exchange.resolve(session, conflicts_of(county)[0]["id"], value="保留")
    settle([city, county, peer], tmp_path)
    assert [known(desk, person) for desk in offices] == [1, 1, 1]
    assert conflicts_of(city) == conflicts_of(county) == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_parts_of_a_deletion_may_arrive_in_any_order(offices, tmp_path, order):
    city, county, _ = offices
    person = county.person("李四", id_number=ID_NUMBER)
    packages = [pack(county, city, tmp_path)]
    county.run("UPDATE people SET phone = '13800138000' WHERE id = :row", row=person)
    packages.append(pack(county, city, tmp_path))
    county.run("DELETE FROM people WHERE id = :row", row=person)
    packages.append(pack(county, city, tmp_path))
    for place in order:
        take(city, packages[place])
    assert known(city, person) == 0
    assert conflicts_of(city) == []
