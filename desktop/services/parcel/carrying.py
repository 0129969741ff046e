"""What waits to be carried to each office: the changes it has not confirmed and that no package took along since."""

import json
import sqlite3
from typing import Any

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.services import exchange
from desktop.services.parcel import exporting


def waiting(session: Session) -> list[dict[str, Any]]:
    """Return id, name, relation and number of waiting changes (`count`) for each office that packages are made for."""
    raw = capture.driver(session.connection())
    return [
        {
            "id": partner["id"],
            "name": partner["name"],
            "relation": partner["relation"],
            "count": max(0, len(exporting.commits_for(raw, partner["id"])) - _on_the_way(raw, partner)),
        }
        for partner in exchange.partners(session)
        if partner["revoked_at"] is None
    ]


def _on_the_way(raw: sqlite3.Connection, partner: dict[str, Any]) -> int:
    """Return how many changes the last package to an office took along, unless the office was heard of since."""
    rows = raw.execute("SELECT recipients, made_at, commits FROM sync_export ORDER BY id DESC")
    for recipients, made_at, commits in rows:
        if partner["id"] in json.loads(recipients):
            return 0 if partner["last_heard"] and partner["last_heard"] > made_at else int(commits)
    return 0
