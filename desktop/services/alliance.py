"""Alliances of workrooms: founding one, who belongs to it and since when, its applications, grants and plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.application import Application
from desktop.models.assessment import Plan
from desktop.models.grant import Grant
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, AllianceMember, Workroom
from desktop.rules.regulation import Workflow
from desktop.services import identity, records
from desktop.services.derived.subject import get
from desktop.services.money import fen
from desktop.services.regulation import regulation

Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class AllianceSheet:
    """One alliance: its record, its lead workroom, members with `workroom_name`, `unit_name` and `lead`, and the rest.

    `plans` are those of the lead workroom, which manages the alliance's money.
    """

    alliance: dict[str, Any]
    lead: dict[str, Any] | None
    members: Rows
    applications: Rows
    grants: Rows
    plans: Rows


def alliances(session: Session) -> list[dict[str, Any]]:
    """Return the alliances by name, each with `lead_name` and the number of `members` that belong to it now."""
    names = dict(session.execute(select(Workroom.id, Workroom.name)).all())
    places = session.execute(select(AllianceMember.alliance_id).where(AllianceMember.left_on.is_(None))).scalars()
    belonging = list(places)
    return [
        {
            **records.to_json(row),
            "lead_name": names.get(row.lead_workroom_id or "", ""),
            "members": belonging.count(row.id),
        }
        for row in session.scalars(select(Alliance).order_by(Alliance.name, Alliance.id))
    ]


def sheet(session: Session, alliance_id: str) -> AllianceSheet:
    """Read one alliance with all that belongs to it."""
    row = get(session, Alliance, alliance_id, "联盟")
    lead = session.get(Workroom, row.lead_workroom_id) if row.lead_workroom_id else None
    applied = select(Application).filter_by(alliance_id=row.id).order_by(Application.year.desc(), Application.id)
    granted = select(Grant).filter_by(alliance_id=row.id).order_by(Grant.year.desc(), Grant.id)
    planned = select(Plan).filter_by(workroom_id=row.lead_workroom_id).order_by(Plan.year.desc(), Plan.id)
    return AllianceSheet(
        records.to_json(row),
        records.to_json(lead) if lead is not None else None,
        _members(session, row),
        [records.to_json(one) for one in session.scalars(applied)],
        [records.to_json(one) for one in session.scalars(granted)],
        [records.to_json(one) for one in session.scalars(planned)] if lead is not None else [],
    )


def _members(session: Session, row: Alliance) -> list[dict[str, Any]]:
    query = (
        select(AllianceMember, Workroom.name, Unit.name)
        .outerjoin(Workroom, Workroom.id == AllianceMember.workroom_id)
        .outerjoin(Unit, Unit.id == Workroom.unit_id)
        .where(AllianceMember.alliance_id == row.id)
        .order_by(AllianceMember.joined_on, Workroom.name, AllianceMember.id)
    )
    return [
        {
            **records.to_json(member),
            "workroom_name": room or "（资料还没有收到）",
            "unit_name": unit or "",
            "lead": member.workroom_id == row.lead_workroom_id,
        }
        for member, room, unit in session.execute(query)
    ]


def found(
    session: Session, name: str, lead_id: str, on: date, kind: str = "", member_ids: Sequence[str] = ()
) -> dict[str, Any]:
    """Found an alliance led by a workroom, which belongs to it like the other members.

    BadInput without a name or a lead workroom, or for a name already taken.
    """
    if not name.strip():
        raise BadInput("请填写联盟名称。", "name")
    lead = get(session, Workroom, lead_id, "牵头工作室")
    if session.scalars(select(Alliance).filter_by(name=name.strip())).first() is not None:
        raise BadInput(f"已有联盟“{name.strip()}”。请换一个名称，或打开已有的联盟。", "name")
    made = Alliance(
        office_id=lead.office_id or identity.own_office_id(session),
        name=name.strip(),
        alliance_type=kind,
        lead_workroom_id=lead.id,
        established_on=on,
    )
    session.add(made)
    session.flush()
    for workroom_id in dict.fromkeys((lead.id, *member_ids)):
        join(session, made.id, workroom_id, on)
    return records.to_json(made)


def join(session: Session, alliance_id: str, workroom_id: str, on: date) -> dict[str, Any]:
    """Record that a workroom joined; NotAllowed while it belongs already."""
    row, room = get(session, Alliance, alliance_id, "联盟"), get(session, Workroom, workroom_id, "工作室")
    query = select(AllianceMember).filter_by(alliance_id=row.id, workroom_id=room.id, left_on=None)
    if session.scalars(query).first() is not None:
        raise NotAllowed(f"“{room.name}”已经在这个联盟里。", workroom_id)
    made = AllianceMember(alliance_id=row.id, workroom_id=room.id, joined_on=on)
    session.add(made)
    session.flush()
    return records.to_json(made)


def leave(session: Session, member_id: str, on: date) -> dict[str, Any]:
    """Record that a member left; the lead workroom stays until another leads."""
    member = get(session, AllianceMember, member_id, "联盟成员")
    row = get(session, Alliance, member.alliance_id, "联盟")
    if member.workroom_id == row.lead_workroom_id:
        raise NotAllowed("牵头工作室不能退出。请先改由其他工作室牵头。", "lead_workroom_id")
    if member.joined_on is not None and on < member.joined_on:
        raise BadInput("退出日期不能早于加入日期。", "on")
    member.left_on = on
    session.flush()
    return records.to_json(member)


def grant(session: Session, alliance_id: str, regulation_id: str, year: int, total_yuan: str) -> dict[str, Any]:
    """Enter the grant of an alliance for a year, managed by its lead workroom; one a year and regulation."""
    row = get(session, Alliance, alliance_id, "联盟")
    if not row.lead_workroom_id:
        raise NotAllowed("联盟的补助由牵头工作室管理，请先登记牵头工作室。", "lead_workroom_id")
    law = regulation(regulation_id, session)
    flow = next((flow for flow in law.workflows if _grants_alliances(flow)), None)
    if flow is None:
        raise NotAllowed(f"“{law.title}”没有联盟补助。请另选办法。", "regulation")
    if fen(total_yuan) <= 0:
        raise BadInput("请填写补助金额。", "total")
    held = session.scalars(select(Grant).filter_by(alliance_id=row.id, regulation=law.id, year=year)).first()
    if held is not None:
        raise NotAllowed(f"{year}年已经登记了这个联盟的补助。", held.id)
    given = {"alliance_id": row.id, "workroom_id": row.lead_workroom_id, "regulation": law.id, "track": "联盟"}
    given |= {"state": flow.initial, "grant_total_yuan": total_yuan}
    return records.put_records(session, "grants", {**given, "year": year})[0]


def _grants_alliances(flow: Workflow) -> bool:
    return flow.noun == "grants" and "联盟" in flow.where.get("track", ())
