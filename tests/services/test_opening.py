"""Reading package files: what cannot be read is told with its place, and a sealed one needs its key."""

import hashlib

import pytest

from desktop.errors import BadInput, BadPackage
from desktop.models import capture
from desktop.services import exchange
from desktop.services.parcel import opening
from desktop.sync import envelope, package
from tests.services.desks import pack


@pytest.fixture
def plain(offices, tmp_path):
    city, county = offices
    county.workroom("焊接工作室")
    return pack(county, city, tmp_path)


@pytest.fixture
def sealed(offices, tmp_path):
    city, county = offices
    county.workroom("焊接工作室")
    out = tmp_path / "sealed.wrpack"
    with county.database.writing() as session, session.begin():
        exchange.export_package(session, out, [city.office], encrypt=True)
    return out


def keys_of(desk):
    with desk.database.reading() as session:
        return opening.held_keys(capture.driver(session.connection()))


@pytest.mark.parametrize("name", ["none.wrpack", "no folder/none.wrpack", ""])
def test_what_is_not_there_or_no_file_is_told_with_its_place(tmp_path, name):
    place = tmp_path / name
    with pytest.raises(BadInput, match="读不到文件") as refused:
        opening.read_package(place)
    assert refused.value.where == str(place)


def test_a_file_beyond_all_packages_is_not_read(tmp_path, monkeypatch, plain):
    monkeypatch.setattr(package, "MAX_FILE", plain.stat().st_size - 1)
    with pytest.raises(BadPackage, match="文件太大"):
        opening.read_file(plain)
    monkeypatch.setattr(package, "MAX_FILE", plain.stat().st_size)
    assert opening.read_file(plain) == plain.read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"WRDSEAL1", b"no package at all" * 100])
def test_what_is_no_package_is_told_with_its_place(tmp_path, content):
    place = tmp_path / "x.wrpack"
    place.write_bytes(content)
    with pytest.raises(BadPackage) as refused:
        opening.read_package(place)
    assert refused.value.where == str(place)


def test_a_package_is_known_by_the_hash_of_its_file_sealed_or_not(offices, plain, sealed):
    city, _county = offices
    for path, is_sealed in ((plain, False), (sealed, True)):
        found = opening.read_package(path, keys_of(city))
        assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert found.sealed is is_sealed


def test_a_sealed_one_is_not_opened_without_a_key(sealed, plain):
    assert opening.read_package(plain, None).sealed is False
    with pytest.raises(BadPackage, match="没有能打开它的密钥") as refused:
        opening.read_package(sealed)
    assert refused.value.where == str(sealed)


def test_a_package_is_closed_for_each_office_that_is_known_and_for_no_other(offices):
    city, county = offices
    with city.database.reading() as session:
        raw = capture.driver(session.connection())
        found = opening.keys_for(raw, [city.office, county.office])
        assert {office for office, _key in found} == {city.office, county.office}
        assert opening.keys_for(raw, []) == []
        with pytest.raises(BadInput, match="没有这个工会（stranger）的密钥") as refused:
            opening.keys_for(raw, [county.office, "stranger"])
    assert refused.value.where == "to"
    held = keys_of(county)
    (own,) = {key for office, key in found if office == county.office}
    assert held(envelope.key_id(own)) is not None
    assert held("0" * 16) is None
