"""Commits: canonical bytes, names, signatures, and the refusal of everything else."""

import json

import pytest

from desktop.errors import BadPackage
from desktop.sync import commit as commits
from desktop.sync import keys
from desktop.sync.commit import Changed, Commit, Created

PRIVATE = bytes(range(32))
STREAM = commits.stream_name(keys.public_key(PRIVATE), bytes(16))


def sample(**changes):
    values = {
        "v": 1,
        "stream": STREAM,
        "scope": ("office-1", "internal"),
        "seq": 2,
        "previous": "ab" * 32,
        "tips": ["cd" * 32],
        "time": "2026-09-01T08:00:00+08:00",
        "office": "office-1",
        "operator": "张三",
        "refs": ["ef" * 32, "ab" * 32],
        "more": 0,
        "created": [Created("workrooms", ["name", "area"], [["w1", "甲", 100], ["w2", "乙", None]])],
        "changed": [Changed("people", "p1", {"name": "李四", "*": 0}, {"name": [0, 1]})],
    }
    return Commit(**{**values, **changes})


def test_encoding_is_canonical_and_comes_back():
    raw = commits.encode(sample())
    assert commits.decode(raw) == sample()
    assert commits.encode(commits.decode(raw)) == raw
    assert "张三".encode() in raw
    assert b" " not in raw


def test_the_name_and_the_signature_cover_every_byte():
    raw = commits.encode(sample())
    signature = commits.sign(PRIVATE, raw)
    assert len(commits.commit_hash(raw)) == 32
    assert commits.signature_holds(sample(), raw, signature)
    for place in range(0, len(raw), 7):
        other = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert commits.commit_hash(other) != commits.commit_hash(raw)
        assert not commits.signature_holds(sample(), other, signature)


def test_a_signature_holds_in_its_own_domain_only():
    raw = commits.encode(sample())
    assert not commits.signature_holds(sample(), raw, keys.sign(PRIVATE, "package", raw))


def test_prerequisites_are_named_once_the_previous_first():
    assert commits.prerequisites(sample()) == ["ab" * 32, "cd" * 32, "ef" * 32]
    assert commits.prerequisites(sample(seq=1, previous=None)) == ["cd" * 32, "ef" * 32, "ab" * 32]


def test_an_entry_in_the_list_of_offices_holds_that_office_alone():
    entry = Created("offices", ["name"], [["office-1", "甲"]])
    later = Changed("offices", "office-1", {"name": "乙"}, {})
    only = {"scope": ("office-1", "listed"), "refs": [], "created": [], "changed": []}
    for holds in ({"created": [entry]}, {"changed": [later]}):
        made = sample(**{**only, **holds})
        assert commits.decode(commits.encode(made)) == made
    for more in (
        {"created": [entry, Created("units", ["name"], [["office-1", "甲"]])]},
        {"created": [Created("offices", ["name"], [["office-1", "甲"], ["office-2", "乙"]])]},
        {"changed": [later, Changed("workrooms", "office-1", {"name": "乙"}, {})]},
        {"changed": [Changed("offices", "office-2", {"*": 1}, {})]},
    ):
        with pytest.raises(BadPackage, match="不合格式"):
            commits.decode(commits.encode(sample(**{**only, **more})))


def edited(**changes):
    content = json.loads(commits.encode(sample()))
    content.update(changes)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


WELL = commits.encode(sample())
MALFORMED = {
    "not json": b"{",
    "empty": b"",
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "deep in a field": WELL.replace(b'"created":[', b'"created":[' + b"[" * 50_000),
    "invalid utf-8": WELL.replace("张三".encode(), b"\xff\xfe"),
    "space": WELL.replace(b'"v":1', b'"v": 1'),
    "trailing": WELL + b" ",
    "duplicate key": WELL.replace(b'"v":1', b'"v":1,"v":1'),
    "unknown key": WELL[:-1] + b',"x":1}',
    "keys in another order": b'{"stream":'
    + json.dumps(STREAM).encode()
    + b","
    + WELL[1:].replace(b'"stream":', b'"s":'),
    "escaped text": WELL.replace("甲".encode(), b"\\u7532"),
    "escaped lone surrogate": WELL.replace("甲".encode(), b"\\ud800"),
    "raw lone surrogate": WELL.replace("甲".encode(), b"\xed\xa0\x80"),
    "float": WELL.replace(b",100]", b",100.0]"),
    "exponent": WELL.replace(b",100]", b",1e2]"),
    "NaN": WELL.replace(b",100]", b",NaN]"),
    "boolean": WELL.replace(b",100]", b",true]"),
    "huge number": WELL.replace(b",100]", b",9223372036854775808]"),
    "enormous number": WELL.replace(b",100]", b"," + b"9" * 5000 + b"]"),
    "minus zero": WELL.replace(b",100]", b",-0]"),
    "object as value": WELL.replace(b",100]", b",{}]"),
    "short row": WELL.replace(b'["w1","\xe7\x94\xb2",100]', b'["w1","\xe7\x94\xb2"]'),
    "row id is a number": WELL.replace(b'"w1"', b"1"),
    "row id is a path": WELL.replace(b'"w1"', b'"../w1"'),
    "row id is SQL": WELL.replace(b'"w1"', b'"w1\'; DROP TABLE workrooms; --"'),
    "table is SQL": WELL.replace(b'"workrooms"', b'"workrooms; DROP TABLE people"'),
    "table is quoted": WELL.replace(b'"workrooms"', b'"work\\"rooms"'),
    "field is SQL": WELL.replace(b'"area"', b'"area = 1 --"'),
    "field in capitals": WELL.replace(b'"area"', b'"Area"'),
    "field twice": WELL.replace(b'"area"', b'"name"'),
    "row twice": WELL.replace(b'"w2"', b'"w1"'),
    "presence in a created block": WELL.replace(b'"area"', b'"*"'),
    "presence of two": WELL.replace(b'"*":0', b'"*":2'),
    "reference outside": WELL.replace(b"[0,1]", b"[0,2]"),
    "reference twice": WELL.replace(b"[0,1]", b"[0,0]"),
    "reference negative": WELL.replace(b"[0,1]", b"[-1,0]"),
    "replaced unknown field": WELL.replace(b'{"name":[0,1]}', b'{"post":[0,1]}'),
    "replaced nothing": WELL.replace(b"[0,1]", b"[]"),
    "bad stream": edited(stream="x" * 97),
    "capital stream": edited(stream=STREAM.upper()),
    "bad scope kind": edited(scope=["office-1", "secret"]),
    "scope path": edited(scope=["../x", "internal"]),
    "no previous": edited(previous=None),
    "previous of the first": edited(seq=1),
    "seq zero": edited(seq=0, previous=None),
    "short hash": edited(previous="ab"),
    "tips twice": edited(tips=["cd" * 32] * 2),
    "previous among tips": edited(tips=["ab" * 32]),
    "more is two": edited(more=2),
    "long operator": edited(operator="张" * 300),
    "office path": edited(office="a/b"),
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_commits_are_refused_in_one_way(raw):
    with pytest.raises(BadPackage) as refusal:
        commits.decode(raw)
    assert "不合格式" in refusal.value.message


def test_a_newer_version_asks_for_an_upgrade_and_a_giant_is_refused():
    with pytest.raises(BadPackage, match="升级"):
        commits.decode(edited(v=2))
    with pytest.raises(BadPackage, match="长度"):
        commits.decode(b" " * (commits.MAX_RAW_BYTES + 1))


def test_fingerprints_are_eight_groups_of_four():
    found = keys.fingerprint(keys.public_key(PRIVATE))
    assert [len(group) for group in found.split()] == [4] * 8
    assert found != keys.fingerprint(keys.public_key(keys.new_private_key()))
