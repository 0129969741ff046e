"""The clock of a publicity in working or plain days, the objections raised in it, and the office's own calendar."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.publicity import CALENDAR_KINDS, DAY_KINDS, CalendarDay, Objection, Publicity
from desktop.rules.calendar import (
    UnknownYear,
    WorkdayTable,
    chinese,
    count_workdays,
    days_of,
    published_year,
    workday_after,
)
from desktop.rules.checks_time import PeriodDays
from desktop.rules.reading import facts_read
from desktop.rules.regulation import Regulation, Workflow
from desktop.services import identity, records
from desktop.services.derived.subject import get
from desktop.services.journal.history import in_written_order

WORKING, PLAIN = DAY_KINDS
OFF, ON = CALENDAR_KINDS


@dataclass(frozen=True)
class Clock:
    """How far a publicity has come on a day: days with and without its first, days left, whether it is over.

    `unknown` asks for the calendar of a year that is not known; then nothing is counted.
    """

    counted: int
    counted_after_first: int
    left: int
    over: bool
    sentence: str
    unknown: UnknownYear | None = None


@dataclass(frozen=True)
class Written:
    """How long the text wants a publicity to be, in days of a kind, and where it says so."""

    days: int
    kind: str
    article: str
    title: str


def workday_table(session: Session) -> WorkdayTable:
    """Return the calendar of days worked: the office's own entries over the published one."""
    rows = list(session.scalars(select(CalendarDay)))
    return WorkdayTable(
        holidays=frozenset(row.day for row in rows if row.kind == OFF),
        extra_workdays=frozenset(row.day for row in rows if row.kind == ON),
        known_years=frozenset(row.day.year for row in rows),
    )


def calendar_of(session: Session, year: int) -> list[dict[str, Any]]:
    """Return the days of a year that differ from the week: published or entered, each with its arrangement."""
    own = {row.day: row for row in session.scalars(select(CalendarDay)) if row.day.year == year}
    off, worked = published_year(year) or (frozenset(), frozenset())
    published = {**dict.fromkeys((day for day in off if day.weekday() < 5), OFF), **dict.fromkeys(worked, ON)}
    return [
        {
            "id": own[day].id if day in own else day.isoformat(),
            "day": day.isoformat(),
            "kind": own[day].kind if day in own else published[day],
            "name": own[day].name if day in own else "",
            "source": "本会录入" if day in own else "国务院办公厅通知",
        }
        for day in sorted({*own, *published})
    ]


def set_day(session: Session, day: date, kind: str, name: str = "") -> dict[str, Any]:
    """Enter a day off or a day worked; "" takes the office's entry back. The year counts as known from then on."""
    found = session.scalars(select(CalendarDay).filter_by(day=day)).first()
    if not kind:
        if found is not None:
            session.delete(found)
        session.flush()
        return {}
    if kind not in CALENDAR_KINDS:
        raise BadInput(f"安排应为“{OFF}”或“{ON}”。", "kind")
    if found is None:
        found = CalendarDay(office_id=identity.own_office_id(session), day=day)
        session.add(found)
    found.kind, found.name = kind, name
    session.flush()
    return records.to_json(found)


def last_day(starts_on: date, days: int, kind: str, table: WorkdayTable) -> date | UnknownYear:
    """Return the day on which so many full days after the first are over (the first day is not counted)."""
    if days < 1 or days > 365:
        raise BadInput("公示天数应在1至365之间。", "days")
    return workday_after(starts_on, days, table) if kind == WORKING else starts_on + timedelta(days=days)


def counted(starts_on: date, ends_on: date, kind: str, table: WorkdayTable) -> int | UnknownYear:
    """Count the days of a publicity, first and last included."""
    return count_workdays(starts_on, ends_on, table) if kind == WORKING else len(days_of(starts_on, ends_on))


def prepared(session: Session, starts_on: date, days: int, kind: str) -> Publicity:
    """Return a publicity with its last day worked out, not stored yet; NotAllowed asks for an unknown year."""
    if kind not in DAY_KINDS:
        raise BadInput(f"计算方式应为“{WORKING}”或“{PLAIN}”。", "day_kind")
    ends_on = last_day(starts_on, days, kind, workday_table(session))
    if isinstance(ends_on, UnknownYear):
        raise NotAllowed(ends_on.message, "calendar_days")
    office = identity.own_office_id(session)
    return Publicity(office_id=office, starts_on=starts_on, ends_on=ends_on, days=days, day_kind=kind)


def begin(
    session: Session, noun: str, record_id: str, starts_on: date, days: int, kind: str, **more: Any
) -> dict[str, Any]:
    """Begin a publicity of a record; `more` may hold place, contact, workflow, at_state, facts, ends_on."""
    made = prepared(session, starts_on, days, kind)
    made.subject_noun, made.subject_id = noun, record_id
    for name, value in more.items():
        setattr(made, name, value)
    if made.ends_on < made.starts_on:
        raise BadInput("公示截止日不能早于开始日。", "ends_on")
    session.add(made)
    session.flush()
    return records.to_json(made)


def facts_at(law: Regulation, workflow: Workflow, state: str) -> str:
    """Return the beginning of the names of the facts that the rules around a state read for its publicity."""
    for step in workflow.transition:
        rules = step.ensures if step.to == state else step.requires if step.from_ == state else ()
        for name in (name for rule in rules for name in facts_read(law.rule(rule))):
            if name.endswith("publicity_start"):
                return name.removesuffix("_start")
    return "publicity"


def written_at(law: Regulation, workflow: Workflow, state: str) -> Written | None:
    """Return what the text writes of the length of a state's publicity; None where it writes no days."""
    facts = facts_at(law, workflow, state)
    for rule in law.rules:
        check = rule.check
        if isinstance(check, PeriodDays) and check.start == f"{facts}_start":
            return Written(check.min, WORKING if check.unit == "workday" else PLAIN, rule.article, rule.title)
    return None


def clock(session: Session, publicity: Publicity, on: date) -> Clock:
    """Say how far a publicity has come on a day."""
    table = workday_table(session)
    whole = counted(publicity.starts_on, publicity.ends_on, publicity.day_kind, table)
    first = counted(publicity.starts_on, publicity.starts_on, publicity.day_kind, table)
    if isinstance(whole, UnknownYear) or isinstance(first, UnknownYear):
        asked = whole if isinstance(whole, UnknownYear) else first
        assert isinstance(asked, UnknownYear)
        return Clock(0, 0, 0, on > publicity.ends_on, asked.message, asked)
    left = counted(max(on, publicity.starts_on), publicity.ends_on, publicity.day_kind, table)
    days_left = left if isinstance(left, int) and on <= publicity.ends_on else 0
    until = f"{chinese(publicity.starts_on)}至{chinese(publicity.ends_on)}，{whole}个{publicity.day_kind}（含首日）"
    rest = f"还剩{days_left}个{publicity.day_kind}" if on <= publicity.ends_on else "已期满"
    return Clock(whole, whole - first, days_left, on > publicity.ends_on, f"{until}，{rest}")


def of_record(session: Session, record_id: str) -> list[Publicity]:
    """Return the publicities of a record, the earliest first."""
    rows = session.scalars(select(Publicity).filter_by(subject_id=record_id))
    return in_written_order(session, "publicities", rows, lambda one: one.starts_on)


def objections(session: Session, publicity_id: str) -> list[Objection]:
    """Return the objections raised in a publicity, the earliest first."""
    rows = session.scalars(select(Objection).filter_by(publicity_id=publicity_id))
    return in_written_order(session, "objections", rows, lambda one: one.received_on)


def register_objection(
    session: Session, publicity_id: str, content: str, by: str, on: date, raised_by: str = "", contact: str = ""
) -> dict[str, Any]:
    """Register an objection; one received after the last day is registered all the same, with its day."""
    get(session, Publicity, publicity_id, "公示")
    if not content.strip():
        raise BadInput("请写明反映的内容。", "content")
    made = Objection(
        publicity_id=publicity_id,
        received_on=on,
        received_by=by,
        raised_by=raised_by,
        contact=contact,
        content=content.strip(),
    )
    session.add(made)
    session.flush()
    return records.to_json(made)


def settle_objection(
    session: Session, objection_id: str, finding: str, handling: str, by: str, on: date
) -> dict[str, Any]:
    """Settle an objection: found true (成立) or not (不成立), and what was done about it."""
    found = get(session, Objection, objection_id, "异议")
    if finding not in ("成立", "不成立") or not handling.strip():
        raise BadInput("请写明核实结论（成立或不成立）和处理情况。", "finding")
    if on < found.received_on:
        raise BadInput("办结日期不能早于收到日期。", "on")
    found.finding, found.handling, found.settled_by, found.settled_on = finding, handling.strip(), by, on
    session.flush()
    return records.to_json(found)


def close(session: Session, publicity_id: str, by: str, on: date) -> dict[str, Any]:
    """Record that a publicity is over: only after its last day, and when every objection is settled."""
    found = get(session, Publicity, publicity_id, "公示")
    raised = objections(session, publicity_id)
    if on <= found.ends_on:
        raise NotAllowed(f"公示到{chinese(found.ends_on)}为止，期满后才能登记结果。", "on")
    if any(not one.finding for one in raised):
        raise NotAllowed("还有异议没有办结，请先登记核实结论。", "objections")
    found.result = "有异议" if any(one.finding == "成立" for one in raised) else "无异议"
    found.closed_on, found.closed_by = on, by
    session.flush()
    return records.to_json(found)


def require_over(
    session: Session, record_id: str, workflow: Workflow, state: str, to: str, on: date, reason: str
) -> None:
    """Refuse to go on from a publicity on record that still runs, or whose objections are not settled.

    An objection found true lets the record go on only with a reason. A refusal is always open.
    """
    if not workflow.is_marked(state, "publicity") or workflow.leaves(to):
        return
    for one in of_record(session, record_id):
        if (one.workflow, one.at_state) != (workflow.id, state):
            continue
        raised = objections(session, one.id)
        if on <= one.ends_on:
            raise NotAllowed(f"公示到{chinese(one.ends_on)}为止，期满后才能到“{to}”。", "publicities")
        if any(not each.finding for each in raised):
            raise NotAllowed(f"公示中有异议还没有办结，办结后才能到“{to}”。", "objections")
        if any(each.finding == "成立" for each in raised) and not reason.strip():
            raise NotAllowed("公示中有异议经核实成立，继续办理要写明理由。", "reason")
