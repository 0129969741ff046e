"""What a package file says of itself, without taking anything in."""

import hashlib
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.services.parcel import opening
from desktop.sync import commit, envelope, keys, package
from desktop.sync.envelope import FindKey
from desktop.sync.package import BlobRecord, Package


def inspect(path: Path, session: Session | None = None) -> dict[str, Any]:
    """Say who made a package, for whom, when and what is in it (BadPackage, BadInput).

    No database is needed but for a sealed package: without a `session` whose office holds a key to it, only for whom
    it is can be told (`readable` is then false).
    """
    find_key = opening.held_keys(capture.driver(session.connection())) if session is not None else None
    data = opening.read_file(path)
    if envelope.is_sealed(data) and not _opens(data, find_key):
        return _outside(data)
    found = opening.read_package(path, find_key)
    for record in package.records(found):
        if not isinstance(record, BlobRecord):
            commit.decode(record.raw)
    return _inside(found)


def _opens(data: bytes, find_key: FindKey | None) -> bool:
    slots = envelope.header(data).recipients
    return find_key is not None and any(find_key(slot.key) is not None for slot in slots)


def _outside(data: bytes) -> dict[str, Any]:
    """What anybody may see of a sealed package; who made it stands inside."""
    recipients = list(dict.fromkeys(slot.office for slot in envelope.header(data).recipients))
    digest = hashlib.sha256(data).hexdigest()
    return {
        "encrypted": True,
        "readable": False,
        "recipients": recipients,
        "bytes": len(data),
        "package_sha256": digest,
    }


def _inside(found: Package) -> dict[str, Any]:
    manifest = found.manifest
    return {
        "encrypted": found.sealed,
        "readable": True,
        "maker": {"id": manifest.office, "name": manifest.name},
        "fingerprint": keys.fingerprint(bytes.fromhex(manifest.public_key)),
        "number": manifest.number,
        "made_at": manifest.made_at,
        "recipients": manifest.recipients,
        "full": manifest.full,
        "scopes": [{"office": office, "kind": kind} for office, kind in manifest.scopes],
        "commits": manifest.commits,
        "files": manifest.blobs,
        "bytes": manifest.body_length,
        "content_bytes": manifest.content_length,
        "state_hash": manifest.state_hash,
        "package_sha256": found.sha256,
    }
