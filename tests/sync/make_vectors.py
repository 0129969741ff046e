"""Writes the test vectors of docs/exchange.md: `python -m tests.sync.make_vectors`."""

import hashlib
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop.sync import commit as commits
from desktop.sync import envelope, keys, package
from desktop.sync.commit import Changed, Commit, Created
from desktop.sync.package import BodyWriter, Manifest

FOLDER = Path(__file__).resolve().parent.parent / "data" / "exchange"
PRIVATE = bytes(range(32))
ROOM = "33333333-3333-4333-8333-333333333333"


def first_commit() -> Commit:
    """A county registers a person and a workroom."""
    return Commit(
        v=1,
        stream=commits.stream_name(keys.public_key(PRIVATE), bytes(range(16))),
        scope=("11111111-1111-4111-8111-111111111111", "internal"),
        seq=1,
        previous=None,
        tips=[],
        time="2026-09-01T08:00:00+08:00",
        office="11111111-1111-4111-8111-111111111111",
        operator="张三",
        refs=[],
        more=0,
        created=[
            Created("people", ["name", "birth_date"], [["22222222-2222-4222-8222-222222222222", "李四", None]]),
            Created("workrooms", ["name", "unit_funding_fen"], [[ROOM, "焊接", 5000000]]),
        ],
        changed=[],
    )


def second_commit(first: bytes) -> Commit:
    """The county renames the workroom and deletes the person."""
    values = {name: getattr(first_commit(), name) for name in first_commit().__struct_fields__}
    name = commits.commit_hash(first).hex()
    changes = {
        "seq": 2,
        "previous": name,
        "refs": [name],
        "created": [],
        "changed": [
            Changed("workrooms", ROOM, {"name": "焊接技术"}, {"name": [0]}),
            Changed("people", "22222222-2222-4222-8222-222222222222", {"*": 1}, {"*": [0]}),
        ],
    }
    return Commit(**{**values, **changes})


def vectors() -> tuple[dict[str, object], bytes]:
    """Return what the vectors say, and the package."""
    raws = [commits.encode(first_commit())]
    raws.append(commits.encode(second_commit(raws[0])))
    names = [commits.commit_hash(raw).hex() for raw in raws]
    writer = BodyWriter()
    writer.add_commit(raws[0], None)
    writer.add_commit(raws[1], commits.sign(PRIVATE, raws[1]))
    body = writer.finish()
    manifest = Manifest(
        format=1,
        office=first_commit().office,
        name="乙县总工会",
        public_key=keys.public_key(PRIVATE).hex(),
        device="00" * 16,
        former="",
        number=1,
        made_at="2026-09-01T09:00:00+08:00",
        recipients=["44444444-4444-4444-8444-444444444444"],
        full=False,
        scopes=[first_commit().scope],
        commits=2,
        blobs=0,
        body_length=len(body),
        content_length=writer.length,
        body_sha256=hashlib.sha256(body).hexdigest(),
        state_hash="00" * 32,
        have=[(first_commit().stream, [(2 - place, name) for place, name in enumerate(reversed(names))])],
        wants=[],
        cards=[],
    )
    told = {
        "private_key": PRIVATE.hex(),
        "public_key": keys.public_key(PRIVATE).hex(),
        "fingerprint": keys.fingerprint(keys.public_key(PRIVATE)),
        "commits": [
            {
                "raw": raw.decode(),
                "hash": commits.commit_hash(raw).hex(),
                "signature": commits.sign(PRIVATE, raw).hex(),
            }
            for raw in raws
        ],
    }
    return told, package.write(manifest, body, PRIVATE)


def sealed_vector(content: bytes) -> tuple[dict[str, object], bytes]:
    """Return the package closed for the holder of the vectors' own key, and what a reader computes on the way."""
    public = keys.public_key(PRIVATE)
    ephemeral = X25519PrivateKey.from_private_bytes(bytes(range(64, 96)))
    pieces = envelope._sealed(content, [(first_commit().office, public)], bytes(range(128, 160)), ephemeral)
    told = {
        "public_key": public.hex(),
        "key_id": envelope.key_id(public),
        "agreement_public": envelope.agreement_public(public).hex(),
        "agreement_private": envelope.agreement_private(PRIVATE).hex(),
        "content_key": bytes(range(128, 160)).hex(),
    }
    return told, b"".join(pieces)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    told, data = vectors()
    (FOLDER / "vectors.json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (FOLDER / "vector.wrpack").write_bytes(data)
    told, closed = sealed_vector(data)
    (FOLDER / "sealed.json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (FOLDER / "sealed.wrpack").write_bytes(closed)
