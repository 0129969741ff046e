"""The plaque ledger: handing out, losing, and taking back."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.plaque import Plaque
from desktop.models.workroom import Workroom
from desktop.services import identity, records
from desktop.services.attestations import attest
from desktop.services.derived.subject import get

IN_USE, TO_RECOVER, RECOVERED, LOST = "在用", "待收回", "已收回", "遗失"


def hand_out(
    session: Session, workroom_id: str, on: date, number: str = "", received_by: str = "", title: str = ""
) -> dict[str, Any]:
    """Record a plaque handed to a workroom; a number is used once."""
    room = get(session, Workroom, workroom_id, "工作室")
    if number and session.scalars(select(Plaque).filter_by(number=number)).first() is not None:
        raise BadInput(f"牌匾编号“{number}”已经用过。", "number")
    made = Plaque(
        office_id=identity.own_office_id(session),
        workroom_id=room.id,
        title=title or room.name,
        level=room.level,
        number=number,
        awarded_on=on,
        received_by=received_by,
        state=IN_USE,
    )
    session.add(made)
    room.plaque_on = room.plaque_on or on
    session.flush()
    return records.to_json(made)


def recover(session: Session, plaque_id: str, by: str, on: date, note: str = "") -> dict[str, Any]:
    """Record that a plaque was taken back; the workroom's facts say so."""
    found = _open(session, plaque_id)
    if found.recover_from is not None and on < found.recover_from:
        raise BadInput("收回日期不能早于应收回的日期。", "on")
    found.state, found.recovered_on, found.recovered_by, found.note = RECOVERED, on, by, note
    attest(session, found.workroom_id, "plaque_returned", True, by, on)
    session.flush()
    return records.to_json(found)


def lose(session: Session, plaque_id: str, note: str) -> dict[str, Any]:
    """Record that a plaque cannot be found, with what was done about it."""
    found = _open(session, plaque_id)
    if not note.strip():
        raise BadInput("请写明遗失情况。", "note")
    found.state, found.note = LOST, note.strip()
    session.flush()
    return records.to_json(found)


def is_out(state: str) -> bool:
    """Tell whether a plaque in this state can still be taken back or reported lost."""
    return state not in (RECOVERED, LOST)


def _open(session: Session, plaque_id: str) -> Plaque:
    found = get(session, Plaque, plaque_id, "牌匾")
    if not is_out(found.state):
        raise NotAllowed(f"这块牌匾已登记为“{found.state}”。", plaque_id)
    return found


def ledger(session: Session, state: str = "") -> list[dict[str, Any]]:
    """Return the plaques with their workrooms' names, those to be taken back first, then the latest."""
    query = select(Plaque, Workroom.name).join(Workroom, Workroom.id == Plaque.workroom_id)
    if state:
        query = query.where(Plaque.state == state)
    found = session.execute(query.order_by(Plaque.state != TO_RECOVER, Plaque.awarded_on.desc(), Plaque.id)).all()
    rows = records.all_to_json(session, "plaques", [row for row, _name in found])
    return [{**row, "workroom_name": name} for row, (_row, name) in zip(rows, found, strict=True)]
