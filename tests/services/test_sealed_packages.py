"""Sealed packages: read by those that they are for, unreadable and unchangeable for everybody else."""

import json
import random

import pytest

from desktop.errors import BadPackage
from desktop.services import exchange
from desktop.services.parcel import stick
from desktop.services.parcel.opening import held_keys, read_package
from desktop.sync import envelope, package
from tests.services.desks import make_desk, state_of, take

ID_NUMBER = "152301198001010011"


@pytest.fixture
def offices(three_offices):
    return three_offices


def sealed(giver, out, *takers, full=False):
    with giver.database.writing() as session, session.begin():
        told = exchange.export_package(session, out, [taker.office for taker in takers], full, encrypt=True)
    assert told["encrypted"] is True
    return out


def inspected(desk, path):
    with desk.database.reading() as session:
        return exchange.inspect(path, session)


def dump(desk):
    names = [name for (name,) in desk.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: desk.rows(f'SELECT * FROM "{name}"') for name in names}


def test_the_recipient_takes_in_what_nobody_else_can_read(offices, tmp_path):
    city, county, other = offices
    county.workroom("焊接工作室", leader_id=county.person("李四", id_number=ID_NUMBER, phone="13800138000"))
    path = sealed(county, tmp_path / "a.wrpack", city)
    data = path.read_bytes()
    for secret in (ID_NUMBER, "13800138000", "李四", "焊接", county.office, "乙县总工会"):
        assert secret.encode() not in data
    with pytest.raises(BadPackage, match="没有能打开它的密钥"):
        take(other, path)
    assert take(city, path)["applied"] > 0
    assert city.value("SELECT id_number FROM people") == ID_NUMBER
    assert take(city, path)["applied"] == 0


def test_inspecting_tells_only_for_whom_it_is_unless_one_holds_the_key(offices, tmp_path):
    city, county, other = offices
    county.workroom("焊接工作室")
    path = sealed(county, tmp_path / "a.wrpack", city)
    outside = exchange.inspect(path)
    assert outside["recipients"] == [city.office]
    assert (outside["encrypted"], outside["readable"], outside["bytes"]) == (True, False, path.stat().st_size)
    assert set(outside) == {"encrypted", "readable", "recipients", "bytes", "package_sha256"}
    assert inspected(other, path) == outside
    inside = inspected(city, path)
    assert inside["maker"]["name"] == "乙县总工会"
    assert (inside["encrypted"], inside["readable"]) == (True, True)
    assert inside["package_sha256"] == outside["package_sha256"]
    with city.database.reading() as session:
        assert [one["maker"] for one in stick.packages_on(session, tmp_path)] == ["乙县总工会"]
    with other.database.reading() as session:
        assert "没有能打开它的密钥" in stick.packages_on(session, tmp_path)[0]["fault"]


def test_several_recipients_each_take_in_the_same(offices, tmp_path):
    city, county, other = offices
    with city.edit() as session:
        from desktop.models.assessment import Expert

        session.add(Expert(name="王专家", office_id=city.office))
    path = sealed(city, tmp_path / "down.wrpack", county, other)
    for desk in (county, other):
        take(desk, path)
        assert desk.value("SELECT name FROM experts") == "王专家"


def test_a_sealed_import_ends_in_the_same_state_as_an_open_one(offices, tmp_path):
    city, county, _ = offices
    county.workroom("焊接工作室", leader_id=county.person("李四", id_number=ID_NUMBER))
    twin = make_desk(tmp_path, "对照市总工会", "市级")
    twin.trust(county, "child")
    county.trust(twin, "peer")
    take(city, sealed(county, tmp_path / "a.wrpack", city, full=True))
    with county.database.writing() as session, session.begin():
        exchange.export_package(session, tmp_path / "b.wrpack", [city.office], full=True)
    again = take(city, tmp_path / "b.wrpack")
    assert (again["applied"], again["same_state"]) == (0, True)
    assert state_of(city) == again["state_hash"]
    twin.database.close()


def test_what_was_changed_is_refused_and_the_database_stays_as_it_was(offices, tmp_path):
    city, county, _ = offices
    for number in range(30):
        county.workroom(f"工作室{number}")
    data = sealed(county, tmp_path / "a.wrpack", city).read_bytes()
    before, chance, bad = dump(city), random.Random(5), tmp_path / "bad.wrpack"
    for _ in range(150):
        changed = bytearray(data)
        way = chance.randrange(4)
        place = chance.randrange(len(changed))
        if way == 0:
            changed[place] ^= 1 << chance.randrange(8)
        elif way == 1:
            del changed[place:]
        elif way == 2:
            changed[place:place] = chance.randbytes(chance.randrange(1, 40))
        else:
            changed += chance.randbytes(5)
        bad.write_bytes(changed)
        with pytest.raises(BadPackage):
            take(city, bad)
    assert dump(city) == before


def test_an_envelope_around_another_office_s_package_changes_nothing(offices, tmp_path):
    """Sealing says nothing of who made it: the signature within decides, and whom that package was for."""
    city, county, other = offices
    county.workroom("焊接工作室")
    with county.database.writing() as session, session.begin():
        exchange.export_package(session, tmp_path / "a.wrpack", [city.office])
    with other.database.reading() as session:
        from desktop.models import capture

        key = capture.driver(session.connection()).execute("SELECT public_key FROM sync_identity").fetchone()[0]
    again = tmp_path / "again.wrpack"
    again.write_bytes(envelope.seal((tmp_path / "a.wrpack").read_bytes(), [(other.office, key)]))
    with pytest.raises(BadPackage, match=r"不是给本工会的|没有认可"):
        take(other, again)
    forged = bytearray((tmp_path / "a.wrpack").read_bytes())
    forged[-1] ^= 1
    again.write_bytes(envelope.seal(bytes(forged), [(other.office, key)]))
    with pytest.raises(BadPackage, match="改动过"):
        take(other, again)


def test_an_envelope_within_an_envelope_is_refused(offices, tmp_path):
    city, county, _ = offices
    county.workroom("焊接工作室")
    inner = sealed(county, tmp_path / "a.wrpack", city).read_bytes()
    with city.database.reading() as session:
        from desktop.models import capture

        raw = capture.driver(session.connection())
        key = raw.execute("SELECT public_key FROM sync_identity").fetchone()[0]
        find = held_keys(raw)
    (tmp_path / "b.wrpack").write_bytes(envelope.seal(inner, [(city.office, key)]))
    with pytest.raises(BadPackage):
        read_package(tmp_path / "b.wrpack", find)


def test_nobody_is_sealed_for_without_a_key(offices, tmp_path):
    _, county, _ = offices
    from desktop.errors import DesktopError

    with county.database.writing() as session, pytest.raises(DesktopError):
        exchange.export_package(session, tmp_path / "a.wrpack", ["99999999-9999-4999-8999-999999999999"], encrypt=True)
    assert not (tmp_path / "a.wrpack").exists()


def test_the_vectors_of_an_envelope_hold():
    from tests.sync.make_vectors import FOLDER, PRIVATE

    told = json.loads((FOLDER / "sealed.json").read_text(encoding="utf-8"))
    data = (FOLDER / "sealed.wrpack").read_bytes()
    assert envelope.header(data).recipients[0].key == told["key_id"]
    assert envelope.agreement_private(PRIVATE).hex() == told["agreement_private"]
    assert envelope.agreement_public(bytes.fromhex(told["public_key"])).hex() == told["agreement_public"]
    content = envelope.opened(data, {told["key_id"]: PRIVATE}.get)
    assert bytes(content) == (FOLDER / "vector.wrpack").read_bytes()
    assert package.read(content).manifest.name == "乙县总工会"
