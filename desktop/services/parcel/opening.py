"""Reading a package file: whole into memory, out of its envelope where it lies in one, signature and hash checked."""

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from desktop.errors import BadInput, BadPackage
from desktop.sync import envelope, package
from desktop.sync.envelope import FindKey
from desktop.sync.package import Package


def read_package(path: Path, find_key: FindKey | None = None) -> Package:
    """Read a package file and check format, signature and hash; the stick may be pulled afterwards.

    A sealed one is opened with the keys that `find_key` gives. The package's `sha256` is that of the file (BadInput,
    BadPackage).
    """
    data = read_file(path)
    try:
        if not envelope.is_sealed(data):
            return package.read(data)
        content = envelope.opened(data, find_key or _no_key)
        return replace(package.read(content), sha256=hashlib.sha256(data).hexdigest(), sealed=True)
    except BadPackage as error:
        raise BadPackage(error.message, str(path)) from error


def read_file(path: Path) -> bytes:
    """Read the bytes of a package file, of bounded size (BadInput, BadPackage)."""
    try:
        if path.stat().st_size > package.MAX_FILE:
            raise BadPackage("文件太大，不是本程序的数据包。请选择正确的文件。", str(path))
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"读不到文件：{path}。请检查U盘是否插好，再试一次。", str(path)) from error


def _no_key(_name: str) -> bytes | None:
    return None


def held_keys(raw: sqlite3.Connection) -> FindKey:
    """Return what finds this office's private keys, earlier ones included, by the ids that envelopes name."""
    rows = raw.execute(
        "SELECT public_key, private_key FROM sync_identity UNION ALL SELECT public_key, private_key FROM sync_key"
    )
    return {envelope.key_id(public): private for public, private in rows}.get


def keys_for(raw: sqlite3.Connection, offices: Iterable[str]) -> list[tuple[str, bytes]]:
    """Return the keys, with their offices, for which a package to `offices` is closed; BadInput where one has none."""
    found = []
    for office in offices:
        rows = raw.execute(
            "SELECT public_key FROM sync_trust WHERE office = ? AND revoked_at IS NULL AND relation != 'former' UNION "
            "SELECT public_key FROM sync_identity WHERE office = ?",
            (office, office),
        ).fetchall()
        if not rows:
            raise BadInput(f"没有这个工会（{office}）的密钥，不能加密给它。请先认可它的身份文件。", "to")
        found += [(office, key) for (key,) in rows]
    return found
