"""Entering the grant that a naming or a support brings: what the text gives, and one a year, regulation and title."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.application import Application
from desktop.models.grant import Grant
from desktop.models.workroom import OVER, Workroom
from desktop.rules.regulation import Grant as GivenSum
from desktop.rules.regulation import Regulation, Workflow
from desktop.services import records
from desktop.services.derived.subject import get
from desktop.services.law.governing import governing
from desktop.services.money import grouped_yuan, yuan
from desktop.services.regulation import office_regulations, regulation

ROOM, ALLIANCE, DEMONSTRATION = "工作室", "联盟", "示范性"


@dataclass(frozen=True)
class Offer:
    """A regulation under which a workroom is granted money: the sum in 分 where the text gives one, and its words."""

    regulation: str
    title: str
    amount_fen: int | None
    words: str


def offers(session: Session, workroom_id: str) -> list[Offer]:
    """Return the regulations that grant a workroom money; it must be named or supported, and not have left.

    That under which it applied comes first, with those that go with it; then those that write a sum.
    """
    room = get(session, Workroom, workroom_id, "工作室")
    if _left_out(room):
        return []
    found = [_offer(law, room) for law in governing(session, room) if _grants_rooms(law)]
    own = _applied_under(session, room)
    return sorted(found, key=lambda one: (one.regulation not in own, one.amount_fen is None))


def _left_out(room: Workroom) -> bool:
    """Tell whether no grant is entered for a workroom: neither named nor supported, or no longer."""
    return room.state in OVER or (room.named_on is None and not room.supported_by_region)


def _applied_under(session: Session, room: Workroom) -> set[str]:
    applied = set(session.scalars(select(Application.regulation).filter_by(workroom_id=room.id)))
    beside = (law.applies_with for law in office_regulations(session) if law.id in applied)
    return applied.union(*beside)


def _grants_rooms(law: Regulation) -> bool:
    return any(_grants_by(flow) for flow in law.workflows)


def _grants_by(flow: Workflow) -> bool:
    return flow.noun == "grants" and ROOM in flow.where.get("track", (ROOM,))


def alliance_offers(session: Session) -> list[Offer]:
    """Return the regulations of this office that grant an alliance money, those with a sum first."""
    found = [law for law in office_regulations(session) if any(_grants_alliance_by(flow) for flow in law.workflows)]
    offered = [_told(law, next((one for one in law.grants if one.track == ALLIANCE), None)) for law in found]
    return sorted(offered, key=lambda one: one.amount_fen is None)


def _grants_alliance_by(flow: Workflow) -> bool:
    return flow.noun == "grants" and ALLIANCE in flow.where.get("track", ())


def _offer(law: Regulation, room: Workroom) -> Offer:
    return _told(law, _given(law.grants, room))


def _told(law: Regulation, given: GivenSum | None) -> Offer:
    if given is None:
        return Offer(law.id, law.title, None, "没有写这一级的金额")
    if given.amount_fen is not None:
        words = f"{given.cite}：{grouped_yuan(given.amount_fen)}元{'，' + given.times if given.times else ''}"
        return Offer(law.id, law.title, given.amount_fen, words)
    low, high = given.amount_min_fen, given.amount_max_fen
    above = f"{grouped_yuan(low or 0)}元"
    span = f"{above}以上" if high is None and low is not None else f"{above}至{grouped_yuan(high or 0)}元"
    return Offer(law.id, law.title, None, f"{given.cite}：{span}")


def _given(sums: Sequence[GivenSum], room: Workroom) -> GivenSum | None:
    """Return the sum of the workroom's title: 示范性 before its level before what goes to any workroom."""
    by_track = {one.track: one for one in sums}
    titles = ([DEMONSTRATION] if DEMONSTRATION in room.tags else []) + [room.level, ROOM]
    return next((by_track[title] for title in titles if title in by_track), None)


def enter(session: Session, workroom_id: str, regulation_id: str, year: int, total_fen: int) -> dict[str, Any]:
    """Enter a workroom's grant of a year; its road begins in 办理.

    NotAllowed before the workroom is named or supported, and for a second one of the year under the same regulation.
    """
    room, law = get(session, Workroom, workroom_id, "工作室"), regulation(regulation_id, session)
    if room.state in OVER:
        raise NotAllowed(f"“{room.name}”{room.state}，不能再登记补助。", workroom_id)
    if _left_out(room):
        raise NotAllowed(f"“{room.name}”还没有命名，也没有列入支持，不能登记补助。", workroom_id)
    if not _grants_rooms(law):
        raise NotAllowed(f"“{law.title}”没有工作室补助。请另选办法。", "regulation")
    if total_fen <= 0:
        raise BadInput("请填写补助金额。", "grant_total_yuan")
    held = session.scalars(
        select(Grant).filter_by(workroom_id=room.id, regulation=law.id, year=year, track=ROOM)
    ).first()
    if held is not None:
        raise NotAllowed(f"{year}年已经登记了这个工作室的补助（{yuan(held.grant_total_fen)}元）。", held.id)
    given = {"workroom_id": room.id, "regulation": law.id, "track": ROOM, "year": year}
    first = next(flow.initial for flow in law.workflows if _grants_by(flow))
    given |= {"grant_total_yuan": yuan(total_fen)}
    return records.put_records(session, "grants", {**given, "state": first})[0]
