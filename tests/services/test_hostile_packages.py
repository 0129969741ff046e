"""Hostile packages: whatever is wrong with them, the database's bytes stay as they were."""

import hashlib
from pathlib import Path

import pytest

from desktop.errors import BadPackage, DesktopError
from desktop.models import capture
from desktop.models.workroom import Workroom
from desktop.services import exchange
from desktop.services.journal.ledger import unpacked
from desktop.services.parcel import exporting
from desktop.sync import commit as commits
from desktop.sync import package
from desktop.sync.commit import Changed, Created
from tests.services.desks import make_desk, pack, tables_of, take
from tests.sync.test_package import mutants


@pytest.fixture
def county(county_desk):
    county_desk.workroom("焊接", leader_id=county_desk.person(id_number="1"))
    return county_desk


def file_bytes(desk):
    desk.database.close()
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in desk.path.parent.glob(desk.path.name + "*")
    }


def test_mutants_change_no_byte_of_the_database(tmp_path, city, county):
    data = pack(county, city, tmp_path).read_bytes()
    before = file_bytes(city)
    path = tmp_path / "mutant.wrpack"
    for mutant in mutants(data, 300, seed=5):
        if mutant != data:
            path.write_bytes(mutant)
            with pytest.raises(BadPackage):
                take(city, path)
    assert file_bytes(city) == before
    path.write_bytes(data)
    assert take(city, path)["counts"]["new"] == 2


def forged(county, city, tmp_path, change=None, manifest=None, key=None, signed=True):
    """A package of the county with one more commit, as a dishonest program with the county's key would make it."""
    path = pack(county, city, tmp_path, full=True)
    with county.database.reading() as session:
        raw = capture.driver(session.connection())
        (private,) = raw.execute("SELECT private_key FROM sync_identity").fetchone()
        last = raw.execute(
            "SELECT c.raw, c.hash, c.seq FROM sync_commit c JOIN sync_stream s ON s.id = c.stream JOIN sync_scope p "
            "ON p.id = s.scope WHERE s.own = 1 AND p.kind = 'internal' ORDER BY c.seq DESC LIMIT 1"
        ).fetchone()
    base = commits.decode(unpacked(last[0]))
    values = {"seq": last[2] + 1, "previous": last[1].hex(), "tips": [], "refs": [], "created": [], "changed": []}
    content = commits.Commit(**{**{n: getattr(base, n) for n in base.__struct_fields__}, **values, **(change or {})})
    found = package.read(path.read_bytes())
    writer = package.BodyWriter()
    for record in package.records(found):
        writer.add_commit(record.raw, record.signature)
    raw_bytes = commits.encode(content)
    writer.add_commit(raw_bytes, commits.sign(key or private, raw_bytes) if signed else None)
    body = writer.finish()
    changes = {
        "commits": writer.commits,
        "body_length": len(body),
        "content_length": writer.length,
        "body_sha256": hashlib.sha256(body).hexdigest(),
        **(manifest or {}),
    }
    head = package.Manifest(**{**{n: getattr(found.manifest, n) for n in found.manifest.__struct_fields__}, **changes})
    path.write_bytes(package.write(head, body, private))
    return path


def refused(city, path):
    before = tables_of(city), city.rows("SELECT * FROM sync_commit"), city.rows("SELECT * FROM sync_trust")
    with pytest.raises(BadPackage):
        take(city, path)
    assert (tables_of(city), city.rows("SELECT * FROM sync_commit"), city.rows("SELECT * FROM sync_trust")) == before


def test_a_forged_commit_that_is_in_order_is_taken(tmp_path, city, county):
    change = {"created": [Created("units", ["name"], [["u1", "单位"]])]}
    assert take(city, forged(county, city, tmp_path, change))["counts"]["new"] == 3


WRONG = {
    "author's key": {"key": bytes(32)},
    "no signature and none after it": {"signed": False},
    "office of another": {"change": {"office": "other"}},
    "scope not declared": {"change": {"scope": ("elsewhere", "internal")}},
    "transaction without its end": {"change": {"more": 1}},
    "table is SQL": {"change": {"created": [Created('x"; DROP TABLE workrooms; --', ["name"], [["u1", "x"]])]}},
    "field is SQL": {"change": {"created": [Created("units", ['name") --'], [["u1", "x"]])]}},
    "row is a path": {"change": {"changed": [Changed("units", "../../x", {"name": "x"}, {})]}},
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_dishonest_packages_are_refused(tmp_path, city, county, case):
    refused(city, forged(county, city, tmp_path, **case))


def test_data_of_a_sibling_or_of_the_office_above_is_refused(tmp_path, city, county):
    sibling = make_desk(tmp_path, "丙县总工会", "县级", city)
    for office in (sibling.office, city.office):
        scope = (office, "internal")
        change = {"scope": scope, "seq": 1, "previous": None, "stream": "ab" * 32 + "-" + "cd" * 16}
        kinds = ("internal", "listed", "public", "sensitive")
        declared = {"scopes": [*((county.office, kind) for kind in kinds), scope]}
        stream = {"stream": county.document["public_key"] + "-" + "cd" * 16}
        refused(city, forged(county, city, tmp_path, {**change, **stream}, declared))
    sibling.database.close()


def test_unknown_tables_and_odd_values_are_kept_but_not_shown(tmp_path, city, county):
    change = {
        "created": [
            Created("sync_identity", ["private_key"], [["1", "x"]]),
            Created("sqlite_master", ["sql"], [["1", "DROP TABLE workrooms"]]),
            Created("units", ["name", "unit_is_legal_person", "colour"], [["u1", "单位", "maybe", "red"]]),
            Created("honours", ["person_id", "kind", "level"], [["h1", "nobody", "工匠", "市级"]]),
            Created("members", ["role"], [["m1", "骨干成员"]]),
            Created("topics", ["workroom_id", "name", "started_on"], [["t1", "none", "x", "2026-13-45"]]),
        ]
    }
    schema = city.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
    result = take(city, forged(county, city, tmp_path, change))
    assert city.rows("SELECT name, sql FROM sqlite_master ORDER BY name") == schema
    assert city.rows("SELECT name, unit_is_legal_person FROM units") == [("单位", None)]
    assert city.rows("SELECT * FROM honours") == city.rows("SELECT * FROM members") == []
    held = {(item["noun"], item["record"]) for item in result["waiting"]}
    assert held == {
        ("sync_identity", "1"), ("sqlite_master", "1"), ("honours", "h1"), ("members", "m1"), ("topics", "t1"),
    }  # fmt: skip
    kept = city.rows("SELECT noun, field, value FROM sync_head ORDER BY noun, field")
    assert ("units", "colour", b"red") in kept or ("units", "colour", "red") in kept


def test_files_are_kept_under_their_hash_only(tmp_path, city, county):
    from desktop.services import blobs

    digest = blobs.keep(blobs.folder_of(county.path), "扫描件".encode())
    county.run(
        "INSERT INTO attachments (id, owner_noun, owner_id, name, media_type, size, sha256, note) VALUES "
        "('a', 'workrooms', (SELECT id FROM workrooms), '..\\..\\x', '', 9, :here, ''), "
        "('b', 'workrooms', (SELECT id FROM workrooms), 'n', '', 9, :gone, ''), "
        "('c', 'workrooms', (SELECT id FROM workrooms), 'n', '', 9, '../../../etc/passwd', '')",
        here=digest,
        gone="0" * 64,
    )
    outside = {path.name for path in tmp_path.iterdir()}
    result = take(city, pack(county, city, tmp_path))
    assert result["files_missing"] == 1
    assert blobs.read(blobs.folder_of(city.path), digest) == "扫描件".encode()
    assert {path.name for path in tmp_path.iterdir()} - outside <= {
        "甲市总工会.db.files",
        *(p.name for p in tmp_path.glob("*.wrpack")),
    }
    with city.database.reading() as session:
        missing = exporting.missing_files(capture.driver(session.connection()), blobs.folder_of(city.path))
    assert missing == ["0" * 64]


def test_a_file_asked_for_is_sent_later(tmp_path, city, county):
    from desktop.services import blobs
    from tests.services.desks import settle

    content = "迟到的附件".encode()
    digest = hashlib.sha256(content).hexdigest()
    county.run(
        "INSERT INTO attachments (id, owner_noun, owner_id, name, media_type, size, sha256, note) VALUES "
        "('a', 'workrooms', (SELECT id FROM workrooms), 'n', '', 9, :digest, '')",
        digest=digest,
    )
    settle([city, county], tmp_path)
    assert not (blobs.folder_of(city.path) / digest[:2] / digest).exists()
    blobs.keep(blobs.folder_of(county.path), content)
    settle([city, county], tmp_path)
    take(city, pack(county, city, tmp_path))
    assert blobs.read(blobs.folder_of(city.path), digest) == content


def test_a_stick_that_is_gone_or_full_is_named(tmp_path, city, county):
    with pytest.raises(DesktopError, match="U盘"):
        take(city, tmp_path / "gone.wrpack")
    (tmp_path / "folder").mkdir()
    with pytest.raises(DesktopError, match="U盘"), county.edit() as session:
        exchange.export_package(session, tmp_path / "folder", [city.office])
    assert list(tmp_path.glob("*.part")) == []
    assert county.value("SELECT count(*) FROM sync_export") == 0


def test_a_record_belongs_to_one_office_for_good(tmp_path, city, county):
    sibling = make_desk(tmp_path, "丙县总工会", "县级", city)
    (row,) = county.rows("SELECT id FROM workrooms")
    with sibling.edit() as session:
        session.add(Workroom(id=row[0], name="同号", office_id=sibling.office))
    take(city, pack(county, city, tmp_path))
    refused(city, pack(sibling, city, tmp_path))
    assert city.rows("SELECT name FROM workrooms") == [("焊接",)]
    sibling.database.close()


def test_a_stick_pulled_while_it_is_read_changes_nothing(tmp_path, city, county, monkeypatch):
    parcel = pack(county, city, tmp_path)
    before = file_bytes(city)
    real, reads = Path.read_bytes, []

    def pulled(path):
        if path == parcel:
            reads.append(path)
            raise OSError(5, "Input/output error")
        return real(path)

    with monkeypatch.context() as without_stick:
        without_stick.setattr(Path, "read_bytes", pulled)
        with pytest.raises(DesktopError, match="U盘"):
            take(city, parcel)
    assert reads
    city.database.close()
    assert file_bytes(city) == before
    parcel.write_bytes(parcel.read_bytes()[:-1])
    with pytest.raises(BadPackage):
        take(city, parcel)
