"""Sending a record back for more information with reasons, and withdrawing it; both are open until closed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.application import Application
from desktop.models.assessment import Award
from desktop.models.step import Hold
from desktop.models.tables import NOUNS
from desktop.services import identity, records
from desktop.services.derived.subject import get

RETURNED, WITHDRAWN = "退回补正", "撤回"
STATES = {RETURNED: "退回修改", WITHDRAWN: "已撤回"}


def open_hold(session: Session, record_id: str) -> Hold | None:
    """Return the hold that stops a record, if there is one."""
    query = select(Hold).filter_by(subject_id=record_id, closed_on=None).order_by(Hold.opened_on, Hold.id)
    return session.scalars(query).first()


def holds(session: Session, record_id: str) -> list[Hold]:
    """Return every hold of a record, the earliest first."""
    query = select(Hold).filter_by(subject_id=record_id).order_by(Hold.opened_on, Hold.id)
    return list(session.scalars(query))


def send_back(
    session: Session,
    noun: str,
    record_id: str,
    reasons: Mapping[str, str],
    by: str,
    on: date,
    *,
    workflow: str = "",
    state: str = "",
    due_on: date | None = None,
) -> dict[str, Any]:
    """Send a record back for more information; `reasons` by field, fact or rule, "" for a general one.

    The applicant may edit it again; no step but a refusal is taken until it is answered. BadInput without any reason.
    """
    given = {key: words.strip() for key, words in reasons.items() if words.strip()}
    if not given:
        raise BadInput("退回补正要写明原因：哪一项、缺什么。", "reasons")
    return _open(session, noun, record_id, RETURNED, given, by, on, workflow, state, due_on)


def withdraw(
    session: Session,
    noun: str,
    record_id: str,
    reason: str,
    by: str,
    on: date,
    *,
    workflow: str = "",
    state: str = "",
) -> dict[str, Any]:
    """Withdraw a record at its applicant's wish; it may be taken up again."""
    if not reason.strip():
        raise BadInput("撤回要写明理由。", "reason")
    return _open(session, noun, record_id, WITHDRAWN, {"": reason.strip()}, by, on, workflow, state, None)


def _open(
    session: Session,
    noun: str,
    record_id: str,
    kind: str,
    reasons: Mapping[str, str],
    by: str,
    on: date,
    workflow: str,
    state: str,
    due_on: date | None,
) -> dict[str, Any]:
    record = get(session, NOUNS[noun], record_id, records.title_of(noun))
    standing = open_hold(session, record_id)
    if standing is not None:
        raise NotAllowed(f"这件已经{standing.kind}，还没有办结。", standing.id)
    made = Hold(
        office_id=identity.own_office_id(session),
        subject_noun=noun,
        subject_id=record_id,
        workflow=workflow,
        kind=kind,
        at_state=state,
        state_before=str(getattr(record, "state", "")),
        reasons=dict(reasons),
        opened_on=on,
        opened_by=by,
        due_on=due_on,
    )
    session.add(made)
    if isinstance(record, Application | Award):
        record.state = STATES[kind]
    if isinstance(record, Application):
        record.returned_reason = words_of(reasons) if kind == RETURNED else ""
    session.flush()
    return records.to_json(made)


def words_of(reasons: Mapping[str, str]) -> str:
    """Return reasons as one sentence, the general one last."""
    ordered = sorted(reasons.items(), key=lambda one: not one[0])
    return "；".join(f"{key}：{words}" if key else words for key, words in ordered)


def close(session: Session, record_id: str, answer: str, by: str, on: date) -> dict[str, Any]:
    """Close the open hold: the information was supplied, or the withdrawn record is taken up again.

    The record returns to the state it had. NotAllowed when nothing is open, or before the day it was opened.
    """
    found = open_hold(session, record_id)
    if found is None:
        raise NotAllowed("这件没有退回或撤回，不用办结。", record_id)
    if found.opened_on is not None and on < found.opened_on:
        raise NotAllowed("日期不能早于退回（撤回）的日期。请核对日期。", "on")
    found.closed_on, found.closed_by, found.answer = on, by, answer.strip()
    record = session.get(NOUNS[found.subject_noun], found.subject_id)
    if isinstance(record, Application | Award) and record.state == STATES[found.kind]:
        record.state = found.state_before
    if isinstance(record, Application):
        record.returned_reason = ""
    session.flush()
    return records.to_json(found)
