"""Sending a record back for more information with reasons, withdrawing it, and taking it up again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.application import Application
from desktop.models.assessment import Award
from desktop.models.step import Hold
from desktop.models.tables import NOUNS
from desktop.services import identity, records
from desktop.services.derived.subject import get
from desktop.services.road.hold import RETURNED, STATES, WHOLE, WITHDRAWN, open_hold, words_of
from desktop.services.road.road import Road, road_of

DRAFT: Final = "草稿"


@dataclass(frozen=True)
class _Wanted:
    """A hold to open: of what, of which kind, why, by whom and when; the workflow and state may be left out."""

    noun: str
    record_id: str
    kind: str
    reasons: Mapping[str, str]
    by: str
    on: date
    workflow: str
    state: str
    due_on: date | None = None


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
    """Send a record back for more information; `reasons` by field, paper or rule, "" for a general one.

    The applicant may edit it again; no step but a refusal is taken on the road until it is answered. BadInput without
    any reason, NotAllowed where nothing is under way on the road named.
    """
    given = {key: words.strip() for key, words in reasons.items() if words.strip()}
    if not given:
        raise BadInput("退回补正要写明原因：哪一项、缺什么。", "reasons")
    return _open(session, _Wanted(noun, record_id, RETURNED, given, by, on, workflow, state, due_on))


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
    """Withdraw a record at the wish of who handed it in; it may be taken up again."""
    if not reason.strip():
        raise BadInput("撤回要写明理由。", "reason")
    return _open(session, _Wanted(noun, record_id, WITHDRAWN, {"": reason.strip()}, by, on, workflow, state))


def may_hold(record: Any, road: Road) -> bool:
    """Say whether a record may be sent back or withdrawn on a road: it was handed in, and is not held already."""
    return not _is_draft(record, road) and road.hold is None and is_under_way(road)


def _is_draft(record: Any, road: Road) -> bool:
    """Say whether an application was neither submitted nor has gone any step."""
    return road.noun in WHOLE and record.state == DRAFT and not road.done


def is_under_way(road: Road) -> bool:
    """Say whether a road waits for its next step; one not begun, at rest or at its end waits for none."""
    flow = road.workflow
    return road.begun and not flow.is_final(road.state) and not flow.is_marked(road.state, "rest")


def _open(session: Session, wanted: _Wanted) -> dict[str, Any]:
    record = get(session, NOUNS[wanted.noun], wanted.record_id, records.title_of(wanted.noun))
    standing = open_hold(session, wanted.record_id, "" if wanted.noun in WHOLE else wanted.workflow)
    if standing is not None:
        raise NotAllowed(f"这件已经{standing.kind}，还没有办结。", standing.id)
    if wanted.workflow:
        _require_under_way(session, record, wanted)
    made = Hold(
        office_id=identity.own_office_id(session),
        subject_noun=wanted.noun,
        subject_id=wanted.record_id,
        workflow=wanted.workflow,
        kind=wanted.kind,
        at_state=wanted.state,
        state_before=str(getattr(record, "state", "")),
        reasons=dict(wanted.reasons),
        opened_on=wanted.on,
        opened_by=wanted.by,
        due_on=wanted.due_on,
    )
    session.add(made)
    if isinstance(record, Application | Award):
        record.state = STATES[wanted.kind]
    if isinstance(record, Application):
        record.returned_reason = words_of(wanted.reasons) if wanted.kind == RETURNED else ""
    session.flush()
    return records.to_json(made)


def _require_under_way(session: Session, record: Any, wanted: _Wanted) -> None:
    road = road_of(session, wanted.noun, wanted.record_id, wanted.workflow, wanted.on)
    if _is_draft(record, road):
        raise NotAllowed(f"这份申报还没有提交，没有可{wanted.kind}的。不再申报的，请删除草稿。", wanted.record_id)
    if not is_under_way(road):
        raise NotAllowed(
            f"{road.workflow.title}现在是“{road.state}”，没有正在办理的事项，不能{wanted.kind}。"
            "上一步办错了的，请在那一步点“更正”。",
            wanted.workflow,
        )


def close(session: Session, record_id: str, answer: str, by: str, on: date, workflow: str = "") -> dict[str, Any]:
    """Close the open hold of a road: the information was supplied, or what was withdrawn is taken up again.

    The record returns to the state it had. NotAllowed when nothing is open, or before the day it was opened;
    BadInput without saying what was supplied.
    """
    found = open_hold(session, record_id, workflow)
    if found is None:
        raise NotAllowed("这件没有退回或撤回，不用办结。", record_id)
    if found.opened_on is not None and on < found.opened_on:
        raise NotAllowed("日期不能早于退回（撤回）的日期。请核对日期。", "on")
    if not answer.strip():
        what = "补正了什么" if found.kind == RETURNED else "为什么恢复"
        raise BadInput(f"请写明{what}，以后查得到。", "answer")
    found.closed_on, found.closed_by, found.answer = on, by, answer.strip()
    record = session.get(NOUNS[found.subject_noun], found.subject_id)
    if isinstance(record, Application | Award) and record.state == STATES[found.kind]:
        record.state = found.state_before
    if isinstance(record, Application):
        record.returned_reason = ""
    session.flush()
    return records.to_json(found)
