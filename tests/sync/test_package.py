"""Packages: only whole, signed, bounded ones are read."""

import hashlib
import random
import tracemalloc

import msgspec
import pytest
import zstandard

from desktop.errors import BadPackage
from desktop.sync import keys, package
from desktop.sync.certificate import Card, certify, vouched_by
from desktop.sync.package import BlobRecord, BodyWriter, CommitRecord, Manifest

PRIVATE = bytes(range(32))


def manifest_for(body, writer, **changes):
    values = {
        "format": 1,
        "office": "o1",
        "name": "乙县总工会",
        "public_key": keys.public_key(PRIVATE).hex(),
        "device": "d1",
        "former": "",
        "number": 1,
        "made_at": "2026-09-01T08:00:00+08:00",
        "recipients": ["o2"],
        "full": False,
        "scopes": [("o1", "internal")],
        "commits": writer.commits,
        "blobs": writer.blobs,
        "body_length": len(body),
        "content_length": writer.length,
        "body_sha256": hashlib.sha256(body).hexdigest(),
        "state_hash": "00" * 32,
        "have": [("s", [(3, "aa" * 32), (1, "bb" * 32)])],
        "wants": [],
        "cards": [],
    }
    return Manifest(**{**values, **changes})


def filled():
    writer = BodyWriter()
    writer.add_commit(b'{"a":1}' * 50, None)
    writer.add_commit(b'{"b":2}', b"s" * 64)
    writer.add_blob(hashlib.sha256("合同".encode()).digest(), "合同".encode())
    return writer


def built(**changes):
    writer = filled()
    body = writer.finish()
    return package.write(manifest_for(body, writer, **changes), body, PRIVATE)


def read_all(data):
    found = package.read(data)
    return found, list(package.records(found))


def test_a_package_comes_back():
    found, records = read_all(built())
    assert found.manifest.name == "乙县总工会"
    assert records == [
        CommitRecord(b'{"a":1}' * 50, None),
        CommitRecord(b'{"b":2}', b"s" * 64),
        BlobRecord(hashlib.sha256("合同".encode()).hexdigest(), "合同".encode()),
    ]
    assert found.sha256 == hashlib.sha256(built()).hexdigest()


def mutants(data, count, seed=1):
    """Flip, truncate, insert, cut, splice, append and zero, at random places."""
    seeded = random.Random(seed)
    for number in range(count):
        place, other = sorted((seeded.randrange(len(data)), seeded.randrange(len(data))))
        yield (
            data[:place] + bytes([data[place] ^ (1 << seeded.randrange(8))]) + data[place + 1 :],
            data[:place],
            data[:place] + seeded.randbytes(1 + seeded.randrange(8)) + data[place:],
            data[:place] + data[other + 1 :],
            data[:place] + data[other : other + 64] + data[place + 64 :],
            data + seeded.randbytes(1 + seeded.randrange(64)),
            data[:place] + bytes(len(data[place : place + 512])) + data[place + 512 :],
        )[number % 7]


def test_no_mutant_is_read():
    data = built()
    for mutant in mutants(data, 1000):
        if mutant != data:
            with pytest.raises(BadPackage):
                read_all(mutant)


SIGNED_BUT_WRONG = {
    "body hash": {"body_sha256": "00" * 32},
    "body length": {"body_length": 1},
    "negative length": {"body_length": -1},
    "content longer": {"content_length": 10_000},
    "content shorter": {"content_length": 5},
    "content empty": {"content_length": 0},
    "commits more": {"commits": 3},
    "commits fewer": {"commits": 1},
    "files more": {"blobs": 2},
    "number zero": {"number": 0},
    "number huge": {"number": 1 << 62},
    "key too short": {"public_key": "00"},
    "key no hex": {"public_key": "zz" * 32},
    "key of another": {"public_key": keys.public_key(bytes(32)).hex()},
}


@pytest.mark.parametrize("changes", SIGNED_BUT_WRONG.values(), ids=SIGNED_BUT_WRONG.keys())
def test_signed_packages_that_lie_are_refused(changes):
    with pytest.raises(BadPackage):
        read_all(built(**changes))


def test_a_newer_format_asks_for_an_upgrade():
    with pytest.raises(BadPackage, match="升级"):
        package.read(built(format=2))
    with pytest.raises(BadPackage, match="升级"):
        package.read(b"WRDPACK2" + built()[8:])
    with pytest.raises(BadPackage, match="wrpack"):
        package.read(b"PK\x03\x04 whatever")


def framed(body, content_length, commits=1):
    writer = BodyWriter()
    return package.write(manifest_for(body, writer, content_length=content_length, commits=commits), body, PRIVATE)


def record(kind, payload, length=None):
    return bytes([kind]) + (len(payload) if length is None else length).to_bytes(4, "big") + payload


@pytest.mark.parametrize(
    "content",
    [
        record(0, b""),
        record(3, b"x"),
        record(1, b"s" * 64),
        record(0, b"x", 2**32 - 1),
        record(0, b"x", 100),
        record(2, b"h" * 32 + b"data"),
        record(2, b"h" * 31),
        b"\0\0",
        record(0, b"x") + b"\0",
    ],
)
def test_malformed_bodies_are_refused(content):
    body = zstandard.ZstdCompressor().compress(content)
    with pytest.raises(BadPackage):
        read_all(framed(body, len(content)))


def test_bodies_that_are_no_zstd_are_refused():
    for body in (b"", b"not compressed", zstandard.ZstdCompressor().compress(b"x" * 100)[:-3]):
        with pytest.raises(BadPackage):
            read_all(framed(body, 100))


def test_a_bomb_is_refused_with_little_memory():
    compressor = zstandard.ZstdCompressor(level=19).compressobj()
    pieces = [compressor.compress(record(0, b"", (512 << 20) - 5))]
    pieces += [compressor.compress(bytes(1 << 20)) for _ in range(512)]
    body = b"".join([*pieces, compressor.flush()])
    assert len(body) < 1 << 20
    for declared in (512 << 20, 1 << 20, 16 << 20):
        data = framed(body, declared)
        tracemalloc.start()
        with pytest.raises(BadPackage):
            read_all(data)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 64 << 20


def of_files(*files):
    """A package that holds files, each under the name given with it."""
    writer = BodyWriter()
    for digest, data in files:
        writer.add_blob(digest, data)
    body = writer.finish()
    return package.write(manifest_for(body, writer), body, PRIVATE)


def test_a_bomb_whose_every_file_is_in_order_is_refused_unread():
    blown = bytes(20 << 20)
    name = hashlib.sha256(blown).digest()
    data = of_files(*[(name, blown)] * 3)
    assert len(data) < 40_000
    tracemalloc.start()
    with pytest.raises(BadPackage, match="大得不合常理"):
        read_all(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_a_file_under_the_name_of_another_is_refused():
    name = hashlib.sha256(b"one").digest()
    _, records = read_all(of_files((name, b"one")))
    assert [found.data for found in records] == [b"one"]
    with pytest.raises(BadPackage):
        read_all(of_files((name, b"another")))


def test_claimed_places_widen_and_reach_both_ends():
    assert package.have_places(0) == []
    assert package.have_places(1) == [1]
    assert package.have_places(10) == [10, 9, 7, 3, 1]
    places = package.have_places(1_000_000)
    assert (places[0], places[-1]) == (1_000_000, 1)
    assert len(places) < 25


def test_a_card_is_vouched_for_by_one_key_only():
    card = Card("o1", "乙", "县级", keys.public_key(PRIVATE).hex(), "{}", "00" * 64)
    given = certify(card, PRIVATE)
    assert vouched_by(given, keys.public_key(PRIVATE))
    assert not vouched_by(given, keys.public_key(bytes(32)))
    assert not vouched_by(msgspec.structs.replace(given, name="丙"), keys.public_key(PRIVATE))
    assert not vouched_by(card, keys.public_key(PRIVATE))


def with_records(*records):
    """A signed package whose body holds these (kind, payload)."""
    writer = BodyWriter()
    for kind, payload in records:
        writer._write(kind, payload)
        writer.commits += 1
    body = writer.finish()
    return package.write(manifest_for(body, writer), body, PRIVATE)


def test_a_folded_commit_is_read_under_its_name():
    writer = BodyWriter()
    writer.add_folded(b"\xab" * 32, b'{"a":1}')
    body = writer.finish()
    data = package.write(manifest_for(body, writer), body, PRIVATE)
    [record] = package.records(package.read(data))
    assert (record.hash, record.raw) == (b"\xab" * 32, b'{"a":1}')


@pytest.mark.parametrize(
    "payload",
    [b"", b"ab" * 32, b"AB" * 32 + b"{}", b"zz" * 32 + b"{}", b"ab" * 31 + b"a\n" + b"{}", b"\xff" * 64 + b"{}"],
)
def test_a_folded_commit_without_a_proper_name_is_refused(payload):
    with pytest.raises(BadPackage):
        list(package.records(package.read(with_records((3, payload)))))


def test_a_kind_of_record_that_nobody_knows_is_refused():
    with pytest.raises(BadPackage):
        list(package.records(package.read(with_records((4, b"ab" * 40)))))
