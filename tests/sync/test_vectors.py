"""The test vectors of docs/exchange.md, read with nothing but the standard library's help where possible."""

import hashlib
import json
import struct
from pathlib import Path

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop.sync import commit as commits
from desktop.sync import package

FOLDER = Path(__file__).resolve().parent.parent / "data" / "exchange"
VECTORS = json.loads((FOLDER / "vectors.json").read_text(encoding="utf-8"))
DATA = (FOLDER / "vector.wrpack").read_bytes()


def test_the_commits_are_as_published():
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(VECTORS["public_key"]))
    for vector in VECTORS["commits"]:
        raw = vector["raw"].encode()
        assert hashlib.sha256(b"workroom-desk commit\0" + raw).hexdigest() == vector["hash"]
        public.verify(bytes.fromhex(vector["signature"]), b"workroom-desk commit 1\0" + raw)
        assert commits.encode(commits.decode(raw)) == raw


def test_the_package_can_be_read_by_the_description_alone():
    assert DATA[:8] == b"WRDPACK1"
    (length,) = struct.unpack(">I", DATA[8:12])
    manifest = json.loads(DATA[12 : 12 + length])
    signature, body = DATA[12 + length : 76 + length], DATA[76 + length :]
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest["public_key"]))
    public.verify(signature, b"workroom-desk package 1\0" + DATA[: 12 + length])
    assert hashlib.sha256(body).hexdigest() == manifest["body_sha256"]
    content = zstandard.ZstdDecompressor().decompressobj().decompress(body)
    assert len(content) == manifest["content_length"]
    found = []
    while content:
        kind, size = struct.unpack(">BI", content[:5])
        payload, content = content[5 : 5 + size], content[5 + size :]
        found.append(payload[64:] if kind == 1 else payload)
    assert [raw.decode() for raw in found] == [vector["raw"] for vector in VECTORS["commits"]]


def test_the_program_reads_the_same_package():
    found = package.read(DATA)
    assert found.manifest.name == "乙县总工会"
    assert [record.raw.decode() for record in package.records(found)] == [v["raw"] for v in VECTORS["commits"]]
