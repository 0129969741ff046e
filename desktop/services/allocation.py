"""Reward allocation: the worksheet of one grant, saving its lines and the decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.allocation import Allocation, AllocationLine
from desktop.models.base import new_id
from desktop.models.grant import Grant
from desktop.models.person import Person
from desktop.models.workroom import Alliance, Workroom
from desktop.rules import caps
from desktop.services import records
from desktop.services.allotment import (
    AllocationSheet,
    Line,
    cap_rule,
    excess_reason,
    live_state,
    reward_ban,
    verdict,
)
from desktop.services.application import blockers, give_reason, reasons
from desktop.services.derived.subject import Subject, grant_subject
from desktop.services.derived.team import BACKBONE, LEADER, PARTICIPANT, leader_ids, others_in_role, team
from desktop.services.facts import sheet_of
from desktop.services.money import yuan
from desktop.services.regulation import catalogue, regulation


def worksheet(session: Session, grant_id: str, today: date | None = None) -> AllocationSheet:
    """Read the grant, its team and what is already allotted; members without a line are offered with none."""
    subject = grant_subject(session, grant_id, today or date.today())
    assert subject.grant is not None
    law, sheet = regulation(subject.grant.regulation, session, subject.on), sheet_of(subject)
    ban = reward_ban(law, subject.grant.track)
    return AllocationSheet(
        grant=records.to_json(subject.grant),
        workroom_name=subject.workroom.name if subject.workroom is not None else "",
        regulation=law,
        lines=_lines(subject) if ban is None else [],
        outcomes=[(outcome.id, outcome.name) for outcome in subject.outcomes],
        sheet=sheet,
        allocation=records.to_json(subject.allocation) if subject.allocation is not None else None,
        ban=ban,
        plan=caps.plan(law, sheet.facts) if ban is None else None,
        reasons=reasons(session, grant_id),
        unit_name=subject.unit.name if subject.unit is not None else "",
        union_name=subject.unit.union_name if subject.unit is not None else "",
    )


ORDER = {LEADER: 0, BACKBONE: 1, PARTICIPANT: 2}


def _lines(subject: Subject) -> list[Line]:
    """Return saved and offered lines by role and name, so that a row keeps its place; operating lines come last."""
    saved = [_line(line, person) for line, person in subject.lines]
    present = {line.person_id for line in saved if line.kind == "reward"}
    offered = [
        Line(person_id, person.name, role_of(subject, person_id))
        for person_id, person in team(subject).items()
        if person_id not in present
    ]
    return sorted(saved + offered, key=lambda one: (one.kind != "reward", ORDER.get(one.role, 3), one.name, one.id))


def _line(row: AllocationLine, person: Person | None) -> Line:
    return Line(
        person_id=row.person_id or "",
        name=person.name if person is not None else "",
        role=row.role,
        amount_fen=row.amount_fen,
        id=row.id,
        kind=row.kind,
        category=row.category,
        outcome_id=row.outcome_id,
        result_ref=row.result_ref,
        tax_withheld_fen=row.tax_withheld_fen,
        note=row.note,
    )


def role_of(subject: Subject, person_id: str) -> str:
    """Return the reward role in which a member is capped: the highest that the roll gives."""
    if person_id in leader_ids(subject):
        return LEADER
    return BACKBONE if person_id in others_in_role(subject, BACKBONE) else PARTICIPANT


def save_lines(session: Session, grant_id: str, lines: Sequence[Line]) -> str:
    """Save the whole table and return the allocation's id; rows with neither amount nor note are not kept."""
    allocation = _open_allocation(session, grant_id)
    kept = [line for line in lines if line.id or line.amount_fen is not None or line.note or line.outcome_id]
    rows = {row.id: row for row in session.scalars(select(AllocationLine).filter_by(allocation_id=allocation.id))}
    for row_id in rows.keys() - {line.id for line in kept}:
        session.delete(rows[row_id])
    for position, line in enumerate(kept):
        row = rows.get(line.id)
        if row is None:
            row = AllocationLine(id=line.id or new_id(), allocation_id=allocation.id)
            session.add(row)
        _write(row, line, position)
    session.flush()
    return allocation.id


def save_line(session: Session, grant_id: str, line: Line) -> str:
    """Save one row as typed and return its id."""
    if line.amount_fen is not None and line.amount_fen < 0:
        raise BadInput(f"{line.name}的金额不能小于零。请重新填写。", "amount_yuan")
    allocation = _open_allocation(session, grant_id)
    row = session.get(AllocationLine, line.id) if line.id else None
    if row is None:
        query = select(func.count()).select_from(AllocationLine).filter_by(allocation_id=allocation.id)
        count = session.scalar(query) or 0
        row = AllocationLine(id=line.id or new_id(), allocation_id=allocation.id, position=count)
        session.add(row)
    _write(row, line, row.position)
    session.flush()
    return row.id


def note_excess(session: Session, grant_id: str, line: Line, by: str, on: date) -> str:
    """Save one row and keep the recorded reason of its role's cap in step with the notes of everyone over it.

    A reason that a person wrote for the rule in words of their own stands.
    """
    before = worksheet(session, grant_id, on)
    line_id = save_line(session, grant_id, line)
    sheet = worksheet(session, grant_id, on)
    rule = cap_rule(sheet.regulation, line.role)
    found = next((one for one in verdict(sheet, sheet.lines).findings if one.rule == rule), None)
    noted = excess_reason(before, before.lines, line.role)
    if found is not None and sheet.reasons.get(rule, "") in ("", noted):
        give_reason(session, grant_id, found, excess_reason(sheet, sheet.lines, line.role), by, on)
    return line_id


def _write(row: AllocationLine, line: Line, position: int) -> None:
    values: dict[str, Any] = {
        "kind": line.kind,
        "person_id": line.person_id or None,
        "role": line.role,
        "category": line.category,
        "amount_fen": line.amount_fen,
        "tax_withheld_fen": line.tax_withheld_fen,
        "outcome_id": line.outcome_id or None,
        "result_ref": line.result_ref,
        "note": line.note,
        "position": position,
    }
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _open_allocation(session: Session, grant_id: str) -> Allocation:
    allocation = session.scalars(select(Allocation).filter_by(grant_id=grant_id).order_by(Allocation.id)).first()
    if allocation is None:
        allocation = Allocation(id=new_id(), grant_id=grant_id)
        session.add(allocation)
        session.flush()
    if allocation.state != "草稿":
        advice = "确需更改，请先退回草稿并写明理由。"
        raise NotAllowed(f"分配方案已是“{allocation.state}”，不能再改。{advice}", allocation.id)
    return allocation


def decide(session: Session, grant_id: str, by: str, on: date) -> dict[str, Any]:
    """Fix the allocation; NotAllowed lists bans and soft caps passed without a reason."""
    sheet = worksheet(session, grant_id, on)
    if not any(line.amount_fen for line in sheet.lines):
        raise NotAllowed("还没有填写任何金额，不能确定分配方案。", grant_id)
    state = live_state(sheet, sheet.lines)
    if state.remainder_fen < 0:
        raise NotAllowed(f"分配合计超过补助总额{yuan(-state.remainder_fen)}元，请先减少。", grant_id)
    hindrances = blockers(verdict(sheet, sheet.lines), sheet.reasons)
    if hindrances:
        listed = "；".join(f"{one.title}：{one.sentence.rstrip('。')}" for one in hindrances[:5])
        raise NotAllowed(f"还不能确定分配方案，有{len(hindrances)}项要先办：{listed}。", hindrances[0].rule)
    allocation = _open_allocation(session, grant_id)
    allocation.state, allocation.decided_by, allocation.decided_on = "已定", by, on
    session.flush()
    return records.to_json(allocation)


def reopen(session: Session, grant_id: str, reason: str) -> None:
    """Take a fixed allocation back to a draft, with a recorded reason."""
    if not reason.strip():
        raise BadInput("请写明退回草稿的理由。", "note")
    allocation = session.scalars(select(Allocation).filter_by(grant_id=grant_id)).first()
    if allocation is None or allocation.state != "已定":
        raise NotAllowed("只有已确定、还没有签领的分配方案可以退回草稿。", grant_id)
    allocation.state, allocation.note = "草稿", reason.strip()
    session.flush()


def grants_to_allot(session: Session) -> list[dict[str, Any]]:
    """Return the grants with their state, workroom, regulation and state of allocation, the latest year first.

    Each has `id`, `year`, `state`, `grant_total_yuan`, `workroom_name`, `regulation_title`, `allocation_state`; one of
    an alliance bears the alliance's name. Columns are read, not records: there are many after years.
    """
    laws = catalogue(session)
    own = (Grant.id, Grant.year, Grant.state, Grant.grant_total_fen, Grant.regulation)
    states = select(Allocation.grant_id, func.max(Allocation.state).label("state")).group_by(Allocation.grant_id)
    allotted = states.subquery()
    query = (
        select(*own, func.coalesce(Alliance.name, Workroom.name, ""), func.coalesce(allotted.c.state, ""))
        .outerjoin(Workroom, Workroom.id == Grant.workroom_id)
        .outerjoin(Alliance, Alliance.id == Grant.alliance_id)
        .outerjoin(allotted, allotted.c.grant_id == Grant.id)
        .order_by(func.coalesce(Grant.year, 0).desc(), func.coalesce(Workroom.name, ""), Grant.id)
    )
    session.flush()
    return [
        {
            "id": grant_id,
            "year": year,
            "state": state,
            "grant_total_yuan": yuan(total),
            "workroom_name": name,
            "regulation_title": laws[law].title if law in laws else law,
            "allocation_state": allotment,
        }
        for grant_id, year, state, total, law, name, allotment in session.connection().execute(query)
    ]
