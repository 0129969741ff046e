"""Alarms that a person has still to read: copied or restored files, two edits under one number."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import NotFound
from desktop.models import capture


def unseen(session: Session) -> list[dict[str, Any]]:
    """Return the alarms that nobody has read yet, the latest first: id, kind, at, text."""
    raw = capture.driver(session.connection())
    rows = raw.execute("SELECT id, kind, raised_at, detail FROM sync_alarm WHERE seen_at IS NULL ORDER BY id DESC")
    return [dict(zip(("id", "kind", "at", "text"), row, strict=True)) for row in rows]


def see(session: Session, number: int) -> None:
    """Note that an alarm was read; the caller commits (NotFound)."""
    raw = capture.driver(session.connection())
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    done = raw.execute("UPDATE sync_alarm SET seen_at = coalesce(seen_at, ?) WHERE id = ?", (moment, number))
    if not done.rowcount:
        raise NotFound("没有这条提醒。请刷新列表。", str(number))
