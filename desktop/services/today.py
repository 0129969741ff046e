"""What waits for this office today, and the year's picture: the front page's figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.models.allocation import Allocation
from desktop.models.application import Application
from desktop.models.document import Document
from desktop.models.grant import Grant
from desktop.models.person import RANKS
from desktop.models.step import Hold
from desktop.models.workroom import Workroom
from desktop.rules.calendar import chinese
from desktop.services import tasks
from desktop.services.allotment import reward_ban
from desktop.services.record.fields import title_of
from desktop.services.regulation import catalogue
from desktop.services.road.hold import RETURNED, words_of
from desktop.services.road.waiting import titles
from desktop.services.tasks import Alarm

YEARS: Final = 5
ALIKE: Final = 3
"""From how many on things alike are told in one line."""
NAMED: Final = 2
"""How many of them that line names."""
SHARED_OUT: Final = "工作室"
"""The track of the grants of which rewards are shared out."""
# The papers without which a submitted application, or a settled share-out, has not left this office.
APPLICATION_PAPER: Final = "application-form"
REWARD_PAPER: Final = "reward-table"


@dataclass(frozen=True)
class Task:
    """One thing to do: what, about what, why now, and where it is done (view, noun, id).

    One that stands for several alike holds them in `members`, each with its own day; it has no place of its own, and
    `kind` says what it is about, whatever the day: by it the same line is known again.
    """

    title: str
    detail: str
    view: str
    noun: str
    record_id: str
    members: tuple["Task", ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Today:
    """The front page: what is due, what came back to be corrected, which papers wait to be made."""

    due: tuple[Task, ...]
    returned: tuple[Task, ...]
    papers: tuple[Task, ...]


@dataclass(frozen=True)
class YearPicture:
    """Counts of the register: workrooms by level, namings and grants (count, 分) by year, the oldest year first."""

    workrooms: int
    by_level: tuple[tuple[str, int], ...]
    named: tuple[tuple[int, int], ...]
    grants: tuple[tuple[int, int, int], ...]


def today(session: Session, on: date, reminder_days: int = 30) -> Today:
    """Return what waits on the day `on`; a grant received `reminder_days` ago and not passed on is mentioned."""
    return Today(
        due=(*_alarms(session, on), *_drafts(session), *_grants(session, on, reminder_days)),
        returned=tuple(_returned(session)),
        papers=(*_application_papers(session), *_reward_papers(session)),
    )


def _alarms(session: Session, on: date) -> list[Task]:
    found = tasks.waiting(session, on)
    known: dict[str, list[Alarm]] = {}
    for one in found:
        known.setdefault(one.title, []).append(one)
    return [task for alike in known.values() for task in _together(alike)]


def _together(alike: list[Alarm]) -> list[Task]:
    """Return alarms of one kind, the earliest first, as they are, or in one line where they are many."""
    if len(alike) < ALIKE:
        return [
            Task(f"{one.title}：{chinese(one.day)}", one.detail, one.view, one.noun, one.record_id) for one in alike
        ]
    single = [Task(one.detail, chinese(one.day), one.view, one.noun, one.record_id) for one in alike]
    first, last = alike[0].day, alike[-1].day
    when = chinese(first) if first == last else f"最早{chinese(first)}"
    return [_group(f"{alike[0].title}：{when}", alike[0].title, single)]


def _group(title: str, kind: str, members: list[Task]) -> Task:
    names = "、".join(one.title for one in members[:NAMED])
    return Task(title, f"共{len(members)}件：{names}等", "", "", "", tuple(members), kind)


def _applications(
    session: Session, state: str, *also: ColumnElement[bool]
) -> Sequence[Row[str, int | None, date | None, str, str]]:
    query = (
        select(
            Application.id,
            Application.year,
            Application.reference_date,
            Application.returned_reason,
            func.coalesce(Workroom.name, "").label("name"),
        )
        .outerjoin(Workroom, Workroom.id == Application.workroom_id)
        .where(Application.state == state, *also)
        .order_by(Application.reference_date, Application.id)
    )
    return session.execute(query).all()


def _drafts(session: Session) -> list[Task]:
    waiting = []
    for row in _applications(session, "草稿"):
        day = row.reference_date
        words = f"认定基准日{chinese(day)}" if day else "还没有定认定基准日"
        waiting.append(Task(row.name, words, "wizard", "applications", row.id))
    return _told("申报还没有提交", waiting)


def _told(title: str, members: list[Task]) -> list[Task]:
    """Return things alike in one line where they are many, else each under the title that they share."""
    if len(members) >= ALIKE:
        return [_group(title, title, members)]
    return [Task(title, one.title, one.view, one.noun, one.record_id) for one in members]


def _returned(session: Session) -> list[Task]:
    return [
        Task(row.name, row.returned_reason or "退回修改，没有写明原因", "wizard", "applications", row.id)
        for row in _applications(session, "退回修改")
    ] + _sent_back(session)


def _sent_back(session: Session) -> list[Task]:
    """Return what else was sent back, on the road on which it was: plans, grants, changes …"""
    rows = session.scalars(select(Hold).where(Hold.closed_on.is_(None), Hold.kind == RETURNED))
    found = sorted((one for one in rows if one.subject_noun != "applications"), key=_opened)
    names = titles(session, ((one.subject_noun, one.subject_id) for one in found))
    return [
        Task(
            names[one.subject_id],
            f"{title_of(one.subject_noun)}　{words_of(one.reasons)}",
            "course",
            f"{one.subject_noun}.{one.workflow}" if one.workflow else one.subject_noun,
            one.subject_id,
        )
        for one in found
        if one.subject_id in names
    ]


def _opened(hold: Hold) -> tuple[date, str]:
    return hold.opened_on or date.min, hold.id


def _grants(session: Session, on: date, reminder_days: int) -> list[Task]:
    kept_too_long = and_(Grant.transferred_on.is_(None), Grant.received_on <= on - timedelta(days=reminder_days))
    rewarding = [law.id for law in catalogue(session).values() if reward_ban(law) is None]
    divided_at_all = and_(Grant.regulation.in_(rewarding), Grant.track == SHARED_OUT)
    undivided = and_(
        Grant.transferred_on.is_not(None), divided_at_all, or_(Allocation.state.is_(None), Allocation.state == "草稿")
    )
    query = (
        select(Grant.id, Grant.received_on, Grant.transferred_on, Workroom.name)
        .outerjoin(Workroom, Workroom.id == Grant.workroom_id)
        .outerjoin(Allocation, Allocation.grant_id == Grant.id)
        .where(or_(kept_too_long, undivided))
        .order_by(Grant.received_on, Grant.id)
    )
    late, whole = [], []
    for grant_id, received, transferred, name in session.execute(query):
        if transferred is None:
            days = (on - (received or on)).days
            late.append(Task(name or "", f"到账{days}天", "allocation", "grants", grant_id))
        else:
            words = f"{chinese(transferred)}拨付"
            whole.append(Task(name or "", words, "allocation", "grants", grant_id))
    return [*_told(f"补助到账{reminder_days}天以上，还没有拨付", late), *_told("补助已拨付，奖励还没有分配", whole)]


def _application_papers(session: Session) -> list[Task]:
    unmade = ~_made(APPLICATION_PAPER, Application.id)
    found = _applications(session, "已提交", unmade)
    waiting = [Task(row.name, f"{row.year}年申报", "document", "applications", row.id) for row in found]
    return _told("申报已提交，还没有出申报表", waiting)


def _reward_papers(session: Session) -> list[Task]:
    query = (
        select(Allocation.grant_id, Workroom.name, Allocation.decided_on)
        .join(Grant, Grant.id == Allocation.grant_id)
        .outerjoin(Workroom, Workroom.id == Grant.workroom_id)
        .where(Allocation.state == "已定", ~_made(REWARD_PAPER, Allocation.grant_id))
        .order_by(Allocation.decided_on, Allocation.id)
    )
    found = session.execute(query)
    days = [(grant_id, name or "", f"{chinese(day)}定" if day else "") for grant_id, name, day in found]
    waiting = [Task(name, words, "document", "grants", grant_id) for grant_id, name, words in days]
    return _told("分配方案已定，还没有出奖励分配表", waiting)


def _made(kind: str, subject: Any) -> ColumnElement[bool]:
    """Return the condition that a paper of a kind was made of the record whose id a column holds."""
    return exists().where(Document.kind == kind, Document.subject_id == subject)


def year_picture(session: Session, on: date) -> YearPicture:
    """Return the register's picture over the last five years to `on`."""
    counted = session.execute(select(Workroom.level, func.count()).group_by(Workroom.level))
    levels: dict[str, int] = {row[0]: row[1] for row in counted}
    years = range(on.year - YEARS + 1, on.year + 1)
    days = session.scalars(select(Workroom.named_on).where(Workroom.named_on.is_not(None)))
    named = Counter(day.year for day in days if day is not None)
    money: dict[int | None, tuple[int, int]] = {
        year: (count, int(total or 0))
        for year, count, total in session.execute(
            select(Grant.year, func.count(), func.sum(Grant.grant_total_fen)).group_by(Grant.year)
        )
    }
    ranks = [*RANKS, *sorted(set(levels) - set(RANKS))]
    return YearPicture(
        workrooms=sum(levels.values()),
        by_level=tuple((level, levels[level]) for level in ranks if levels.get(level)),
        named=tuple((year, named.get(year, 0)) for year in years),
        grants=tuple((year, *money.get(year, (0, 0))) for year in years),
    )
