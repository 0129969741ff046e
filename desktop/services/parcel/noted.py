"""The word of offices above on a record in a line: accepted or returned, by whom, when, why; and its returned parts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.services import receipts
from desktop.services.paper.disputed import dependencies
from desktop.services.parcel.receipted import RETURNED


@dataclass(frozen=True)
class Note:
    """What to show on a record: a sentence, and whether something is to be put right."""

    words: str
    returned: bool = False


def note_for(session: Session, noun: str, record_id: str) -> Note | None:
    """Return what was last heard about a record and what is part of it; None where no office has said a word."""
    said = receipts.receipts_for(session, noun, record_id)
    parts = [one for one in _returned_parts(session, noun, record_id) if (one["noun"], one["id"]) != (noun, record_id)]
    words = [_sentence(said[0])] if said else []
    words += [f"{one['noun_title']}“{one['label']}”被退回：{one['reason']}" for one in parts]
    if not words:
        return None
    return Note("　".join(words), bool(parts) or (said[0]["verdict"] == RETURNED and said[0]["current"]))


def _sentence(verdict: dict[str, Any]) -> str:
    day = datetime.fromisoformat(verdict["at"])
    words = f"回执：{verdict['office']}于{day.year}年{day.month}月{day.day}日{verdict['verdict']}"
    reason = f"，原因：{verdict['reason']}" if verdict["reason"] else ""
    later = "" if verdict["current"] else "（此后又有修改，还没有新的回执）"
    return f"{words}{reason}{later}。"


def _returned_parts(session: Session, noun: str, record_id: str) -> list[dict[str, Any]]:
    returned = receipts.returned_records(session)
    if not returned:
        return []
    used = dependencies(capture.driver(session.connection()), [(noun, record_id)])
    return [one for one in returned if (one["noun"], one["id"]) in used]
