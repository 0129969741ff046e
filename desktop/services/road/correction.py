"""Putting back what a step changed, where nothing was changed again since."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import NotAllowed
from desktop.models.base import Base
from desktop.models.document import Document
from desktop.models.step import Hold, Step
from desktop.models.tables import NOUNS
from desktop.services.road.effects import MADE, plain
from desktop.services.road.hold import STATES, open_hold


def put_back(session: Session, step: Step) -> list[str]:
    """Put back what a step changed; return in words what was changed again since and so stays."""
    _require_one_hold(session, step)
    kept = []
    for noun, record_id, name, old, new in reversed(step.effects.get("changes", [])):
        row: Any = session.get(NOUNS[noun], record_id)
        if row is None:
            continue
        if new == MADE:
            session.delete(row)
        elif plain(getattr(row, name)) == new:
            setattr(row, name, _stored(NOUNS[noun], name, old))
        elif name == "state" and (held := _held_at(session, record_id, row.state, new)) is not None:
            held.state_before = str(old or "")
        else:
            kept.append(str(NOUNS[noun].__mapper__.columns[name].info.get("title", name)))
    _void(session, step)
    session.flush()
    return kept


def _require_one_hold(session: Session, step: Step) -> None:
    """A hold that the step ended waits again once it is taken back: not beside another that was opened since."""
    ended = any(noun == "holds" for noun, *_change in step.effects.get("changes", []))
    standing = open_hold(session, step.subject_id, step.workflow) if ended else None
    if standing is not None:
        raise NotAllowed(f"这件已{standing.kind}，办结以后才能更正“{step.to_state}”。", standing.id)


def _held_at(session: Session, record_id: str, state: str, before: str) -> Hold | None:
    """Return the hold that hides a record's state, to which the record will return: that is what is put back."""
    held = open_hold(session, record_id)
    return held if held is not None and (held.state_before, STATES[held.kind]) == (before, state) else None


def _stored(model: type[Base], name: str, value: Any) -> Any:
    kind = model.__mapper__.columns[name].type.python_type if isinstance(value, str) else None
    return date.fromisoformat(value) if kind is date else value


def _void(session: Session, step: Step) -> None:
    paper = session.get(Document, step.document_id) if step.document_id else None
    if paper is not None:
        paper.state = "已作废"
