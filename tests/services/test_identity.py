"""Founding an office, handing its identity over, accepting others' keys."""

import gc
import json
import subprocess
import sys
import weakref

import pytest
from sqlalchemy import text

from desktop.errors import BadInput, BadPackage, NotAllowed, StorageFault
from desktop.services import exchange, identity, integrity, keyring, records, store
from desktop.sync import keys
from tests.services.desks import carry, make_desk


def test_founding_makes_office_key_and_a_verifiable_log(tmp_path):
    desk = identity.initialise(
        tmp_path / "a.db", "乙县总工会", "县级", "某县", regulations=["nm-2026-build"], operator="张三"
    )
    with desk.reading() as session:
        found = session.execute(text("SELECT id, name, level, region, regulations FROM offices")).one()
        document = identity.identity_document(session)
        assert identity.own_office_id(session) == found.id == document["id"]
    assert tuple(found)[1:] == ("乙县总工会", "县级", "某县", '["nm-2026-build"]')
    assert document["fingerprint"] == keys.fingerprint(bytes.fromhex(document["public_key"]))
    assert integrity.verify(desk)["ok"]
    desk.close()


def test_founding_refuses_to_overwrite_and_leaves_no_half_file(tmp_path, city):
    with pytest.raises(StorageFault, match="已经存在"):
        identity.initialise(city.path, "别的", "县级")
    for office, level in (("  ", "县级"), ("乙", "乡级")):
        with pytest.raises(BadInput):
            identity.initialise(tmp_path / "b.db", office, level)
    with pytest.raises(BadInput):
        identity.initialise(tmp_path / "b.db", "乙", "县级", parent={"id": "x"})
    assert not (tmp_path / "b.db").exists()


def test_an_identity_travels_as_a_file(tmp_path, city):
    with city.database.reading() as session:
        written = identity.write_identity(session, tmp_path / "city.json")
        with pytest.raises(StorageFault):
            identity.write_identity(session, tmp_path / "none" / "city.json")
    loaded = identity.load_identity(tmp_path / "city.json")
    assert loaded == json.loads(json.dumps(written))
    county = identity.initialise(tmp_path / "county.db", "乙县总工会", "县级", parent=loaded)
    with county.reading() as session:
        rows = session.execute(text("SELECT name, parent_id FROM offices ORDER BY level DESC")).all()
    assert sorted(map(tuple, rows), key=repr) == sorted([("甲市总工会", None), ("乙县总工会", city.office)], key=repr)
    county.close()


@pytest.mark.parametrize(
    "change",
    [
        {"public_key": "00" * 32},
        {"id": "other"},
        {"fingerprint": "0000"},
        {"card": None},
        {"card": {"name": "冒名工会"}},
        {"card": {"level": "省级"}},
        {"card": {"office": "other"}},
        {"card": {"signature": "00" * 64}},
        {"card": {"signature": "zz"}},
        {"card": {"founding": "{}"}},
        {"card": {"founding": "\ud800"}},
        {"format": 9},
    ],
)
def test_a_changed_identity_is_refused(city, change):
    document = {**city.document}
    for key, value in change.items():
        document[key] = {**document[key], **value} if isinstance(value, dict) else value
    other = city.database
    with pytest.raises((BadInput, BadPackage)), other.writing() as session:
        identity.trust(session, document, "peer")


def test_files_that_are_no_identity_are_refused(tmp_path):
    (tmp_path / "a.json").write_text("[1", encoding="utf-8")
    (tmp_path / "b.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "c.json").write_bytes(b"\xff\xfe")
    for name in ("a", "b", "c", "none"):
        with pytest.raises(BadInput):
            identity.load_identity(tmp_path / f"{name}.json")


def test_trust_names_the_fingerprint_and_refuses_oneself_and_second_keys(tmp_path, city):
    county = make_desk(tmp_path, "乙县总工会")
    with city.edit() as session:
        told = identity.trust(session, county.document, "child")
    assert told["fingerprint"] == county.document["fingerprint"]
    assert city.value("SELECT parent_id FROM offices WHERE id = :id", id=county.office) == city.office
    with pytest.raises(BadInput), city.database.writing() as session:
        identity.trust(session, city.document, "peer")
    with pytest.raises(BadInput), city.database.writing() as session:
        identity.trust(session, county.document, "friend")
    with city.edit() as session:
        session.execute(text("UPDATE sync_trust SET public_key = zeroblob(32) WHERE office = :o"), {"o": county.office})
    with pytest.raises(NotAllowed, match="另一把密钥"), city.database.writing() as session:
        identity.trust(session, county.document, "child")
    county.database.close()


def test_no_office_is_put_beneath_one_of_a_lower_level(tmp_path, city):
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    with pytest.raises(NotAllowed, match="“丙市总工会”是市级工会，不能是县级工会“乙县总工会”的下级"):
        identity.initialise(tmp_path / "c.db", "丙市总工会", "市级", parent=county.document)
    assert not (tmp_path / "c.db").exists()
    other = make_desk(tmp_path, "丁市总工会", "市级")
    for desk, document, relation in ((county, other, "child"), (other, county, "parent")):
        with pytest.raises(NotAllowed, match="请核对双方的层级"):
            desk.trust(document, relation)
    group, works = make_desk(tmp_path, "集团工会", "基层"), make_desk(tmp_path, "分厂工会", "基层")
    group.trust(works, "child")
    assert group.value("SELECT parent_id FROM offices WHERE id = :id", id=works.office) == group.office


def test_the_office_above_is_not_accepted_as_one_beneath_nor_the_other_way(tmp_path):
    group = make_desk(tmp_path, "集团工会", "基层")
    works = make_desk(tmp_path, "分厂工会", "基层", group)
    with pytest.raises(NotAllowed, match="“集团工会”在台账里是本工会的上级"):
        works.trust(group, "child")
    with pytest.raises(NotAllowed, match="“分厂工会”在台账里是本工会的下级"):
        group.trust(works, "parent")
    works.workroom("分厂工作室")
    assert carry(works, group, tmp_path)["applied"] > 0


def test_a_void_key_is_not_accepted_again(tmp_path, city):
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    keyring.revoke(city.database, county.document["public_key"], "电脑被盗", "王主任")
    for relation in ("child", "peer"):
        with pytest.raises(NotAllowed, match="已声明作废，不能再认可"):
            city.trust(county, relation)
    with city.database.reading() as session:
        assert [one["revoked_at"] is None for one in exchange.partners(session)] == [False]


def test_the_place_is_noticed_only_when_it_changed(tmp_path, city):
    assert identity.check_place(city.database) is None
    city.path.with_name(city.path.name + ".anchor").unlink()
    assert "定位文件" in identity.check_place(city.database)
    assert identity.check_place(city.database) is None


def test_opening_imports_nothing_of_the_window(tmp_path, city):
    code = (
        "import sys; from pathlib import Path; from desktop.services import identity; "
        "identity.open_desk(Path(sys.argv[1])).close(); assert 'PySide6' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(city.path)], check=True)


def test_a_missing_database_is_named(tmp_path):
    with pytest.raises(StorageFault, match="找不到"):
        identity.open_desk(tmp_path / "none.db")


def test_a_closed_database_leaves_nothing_in_memory(tmp_path):
    desk = identity.initialise(tmp_path / "a.db", "左旗总工会", "县级", "左旗")
    with store.writing(desk, "王敏") as session:
        records.put_records(session, "units", {"name": "甲厂"})
    engine = weakref.ref(desk.engine)
    desk.close()
    del desk, session
    gc.collect()
    assert engine() is None
