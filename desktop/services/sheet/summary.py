"""The 汇总表 that goes up with recommendations: one line a workroom, what the upper office compares them by."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.office import Office
from desktop.models.outcome import Outcome
from desktop.models.person import Honour, Person
from desktop.models.unit import Unit
from desktop.models.workroom import Member, Workroom
from desktop.services import identity
from desktop.services.sheet.stages import no_report
from desktop.spreadsheets.table import Column, Table

AT_ONCE: Final = 500
TABLE: Final = Table(
    "summary",
    "创新工作室推荐汇总表",
    (
        Column("number", "序号", "number", width=6),
        Column("recommended_by", "推荐单位", "name", width=18),
        Column("name", "工作室名称", "name", width=30),
        Column("unit", "所在单位", "name", width=24),
        Column("leader", "领衔人", "name", width=9),
        Column("honours", "领衔人荣誉", "text", width=26),
        Column("level", "现有级别", "choice", width=9),
        Column("team", "团队人数", "number", width=9),
        Column("established_on", "开始运行日期", "date", width=13),
        Column("years", "运行年限（年）", "number", width=15),
        Column("outcomes", "成果数", "number", width=8),
        Column("rank", "推荐排序", "number", width=9),
        Column("contact", "联系人", "name", width=9),
        Column("phone", "联系电话", "code", width=14),
        Column("note", "备注", "text", width=12),
    ),
)


def summary_rows(
    session: Session, rooms: Sequence[str], on: date, tell: Callable[[int, int], None] = no_report
) -> list[dict[str, Any]]:
    """Return the lines of the summary for these workrooms (ids), numbered in their order, as they stand on a day.

    The ranking is left open: it is decided by people. `tell` hears (done, total).
    """
    lines: list[dict[str, Any]] = []
    for start in range(0, len(rooms), AT_ONCE):
        tell(start, len(rooms))
        for line in _lines(session, rooms[start : start + AT_ONCE], on):
            lines.append({"number": len(lines) + 1, **line})
    return lines


def _lines(session: Session, rooms: Sequence[str], on: date) -> Iterator[dict[str, Any]]:
    found = {row.id: row for row in _in_parts(rooms, lambda part: session.scalars(_rooms(part)))}
    outcomes = _counts(session, rooms, Outcome.workroom_id)
    # The leader counts once, as a member or not.
    teams = _teams(session, rooms, on)
    offices = _names(session, Office, [room.office_id for room in found.values()])
    units = _names(session, Unit, [room.unit_id for room in found.values()])
    leaders = [found[room].leader_id for room in rooms if room in found and found[room].leader_id]
    people, honours = _people(session, leaders), _honours(session, leaders)
    for room in (found[one] for one in rooms if one in found):
        leader = people.get(room.leader_id or "")
        yield {
            "recommended_by": offices.get(room.office_id or "", ""),
            "name": room.name,
            "unit": units.get(room.unit_id or "", ""),
            "leader": leader[0] if leader else "",
            "honours": "、".join(honours.get(room.leader_id or "", ())),
            "level": room.level,
            "team": len(teams[room.id] | ({room.leader_id} if room.leader_id else set())) or None,
            "established_on": room.established_on.isoformat() if room.established_on else "",
            "years": whole_years(room.established_on, on),
            "outcomes": outcomes[room.id],
            "contact": room.contact or (leader[0] if leader else ""),
            "phone": room.phone or (leader[1] if leader else ""),
        }


def whole_years(since: date | None, on: date) -> int | None:
    """Return the full years from a day to another; None when the first is not known or lies after it."""
    if since is None or since > on:
        return None
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def filled_by(session: Session) -> str:
    """Return who fills the summary in: this office."""
    own = identity.office_id_if_any(session)
    office = session.get(Office, own) if own else None
    return office.name if office else ""


def _rooms(part: Sequence[str]) -> Any:
    return select(Workroom).where(Workroom.id.in_(part))


def _in_parts(ids: Sequence[str], query: Callable[[Sequence[str]], Any]) -> list[Any]:
    return [row for start in range(0, len(ids), AT_ONCE) for row in query(ids[start : start + AT_ONCE])]


def _counts(session: Session, rooms: Sequence[str], column: Any) -> Counter[str]:
    def query(part: Sequence[str]) -> Any:
        return session.execute(select(column, func.count()).where(column.in_(part)).group_by(column))

    return Counter(dict(tuple(row) for row in _in_parts(rooms, query)))


def _teams(session: Session, rooms: Sequence[str], on: date) -> dict[str, set[str | None]]:
    def query(part: Sequence[str]) -> Any:
        return session.execute(
            select(Member.workroom_id, Member.person_id, Member.left_on).where(Member.workroom_id.in_(part))
        )

    teams: dict[str, set[str | None]] = defaultdict(set)
    for room, person, left_on in _in_parts(rooms, query):
        if left_on is None or left_on > on:
            teams[room].add(person)
    return teams


def _names(session: Session, model: Any, ids: Sequence[str | None]) -> dict[str, str]:
    def query(part: Sequence[str]) -> Any:
        return session.execute(select(model.id, model.name).where(model.id.in_(part)))

    return {row.id: row.name for row in _in_parts([one for one in dict.fromkeys(ids) if one], query)}


def _people(session: Session, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    def query(part: Sequence[str]) -> Any:
        return session.execute(select(Person.id, Person.name, Person.phone).where(Person.id.in_(part)))

    return {row[0]: (row[1], row[2] or "") for row in _in_parts(ids, query)}


def _honours(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    def query(part: Sequence[str]) -> Any:
        return session.scalars(select(Honour).where(Honour.person_id.in_(part)).order_by(Honour.awarded_on, Honour.id))

    found: dict[str, list[str]] = defaultdict(list)
    for honour in _in_parts(ids, query):
        found[honour.person_id].append(honour.title or f"{honour.level}{honour.kind}")
    return found
