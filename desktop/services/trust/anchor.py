"""The anchor: a small file beside the database that reveals a restored backup or a copied disk."""

import hashlib
import json
import platform
import secrets
import sqlite3
import sys
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from desktop.models.capture import Sealed

COPIED, RESTORED, UNKNOWN = "copied", "restored", "unknown"
MESSAGES = {
    COPIED: "数据库像是从别的电脑或文件夹复制来的。已换用新的编号继续，两边的修改都会保留；"
    "请确认没有两人同时使用两份副本。",
    RESTORED: "数据库被换成了较早的备份。已换用新的编号继续；请从上级或下级导入数据包，找回备份之后的修改。",
    UNKNOWN: "找不到数据库旁边的定位文件。已换用新的编号继续；如果这是一份副本，请确认没有两人同时使用。",
}


def anchor_path(database: Path) -> Path:
    """Return where the anchor of a database file lies."""
    return database.with_name(database.name + ".anchor")


def write(database: Path, device: str, tip: str) -> None:
    """Note the incarnation, its last commit and the place; a failure costs a later question, never the edit."""
    content = json.dumps({"device": device, "tip": tip, "place": place(database)})
    partial = anchor_path(database).with_name(anchor_path(database).name + ".part")
    with suppress(OSError):
        partial.write_text(content, encoding="ascii")
        partial.replace(anchor_path(database))


def doubt(database: Path, raw: sqlite3.Connection) -> str | None:
    """Tell why this file may not be the one that was used here last: copied, restored, unknown; None when it is."""
    row = raw.execute("SELECT device FROM sync_identity").fetchone()
    if row is None:
        return None
    try:
        noted = json.loads(anchor_path(database).read_text(encoding="ascii"))
        device, tip, where = str(noted["device"]), bytes.fromhex(noted["tip"]), str(noted["place"])
    except (OSError, ValueError, KeyError, TypeError):
        return UNKNOWN
    if where != place(database):
        return COPIED
    held = not tip or raw.execute("SELECT 1 FROM sync_commit WHERE hash = ?", (tip,)).fetchone() is not None
    return None if held and device == row[0] else RESTORED


def rotate(raw: sqlite3.Connection, reason: str) -> str:
    """Begin a new incarnation: new device, new streams from the next commit on; returns the device.

    Of a reason without a message of its own the caller tells the person.
    """
    device = new_device()
    raw.execute("UPDATE sync_identity SET former = device, device = ?", (device,))
    raw.execute("UPDATE sync_stream SET own = 0 WHERE own = 1")
    if reason in MESSAGES:
        raise_alarm(raw, reason, MESSAGES[reason])
    return device


def raise_alarm(raw: sqlite3.Connection, kind: str, detail: str) -> None:
    """Note something that a person must know."""
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    raw.execute("INSERT INTO sync_alarm (kind, raised_at, detail) VALUES (?, ?, ?)", (kind, moment, detail))


def new_device() -> str:
    """Return the name of a new incarnation."""
    return secrets.token_hex(16)


def follow(database: Path, maker: sessionmaker[Session]) -> None:
    """Keep the anchor at the last commit that a session of `maker` made."""

    def after_commit(session: Session) -> None:
        sealed = session.info.get("sealed")
        device = session.info.pop("device", None)
        if isinstance(sealed, Sealed) and sealed.hashes and device:
            write(database, device, sealed.hashes[-1])

    event.listen(maker, "after_commit", after_commit)


def place(database: Path) -> str:
    """Return a digest of this machine and of where the file lies on it."""
    return hashlib.sha256(f"{_machine()}\0{database.resolve()}".encode()).hexdigest()[:32]


@cache
def _machine() -> str:
    named = ""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            named = str(winreg.QueryValueEx(key, "MachineGuid")[0])
    else:
        with suppress(OSError):
            named = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    return f"{platform.node()}\0{named}"
