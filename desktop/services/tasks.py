"""Alarms ahead of time: what will fall due, come to an end or want a person's decision before long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from desktop.documents.numerals import document_number
from desktop.models.assessment import Assessment, Plan
from desktop.models.document import Document
from desktop.models.outcome import Outcome
from desktop.models.person import Person
from desktop.models.plaque import Plaque
from desktop.models.publicity import Publicity
from desktop.models.rectification import AssessmentRound, Rectification
from desktop.models.step import Hold, Step
from desktop.models.workroom import STANDING, Workroom
from desktop.rules.calendar import add_months, add_years, chinese
from desktop.rules.regulation import Regulation, Transition
from desktop.services import identity
from desktop.services.regulation import office_regulations
from desktop.services.road.waiting import titles
from desktop.services.work import assessing, publishing

AHEAD: Final = 60
"""Days before a day from which it is told."""
RETIREMENT_AHEAD: Final = 365
NO_OUTCOME_YEARS: Final = 3
REPORTING: Final = "reporting"
"""The kind of the rules that ask for a report."""
EARLIEST_AGE: Final = {"男": 60, "女": 50}
"""Before this age nobody retires."""
RAISED_FROM: Final = date(2025, 1, 1)
"""The first day of the gradual raise of the retirement age (国务院关于渐进式延迟法定退休年龄的办法)."""


@dataclass(frozen=True)
class Alarm:
    """One thing ahead: what, about what, the day, and where it is dealt with (view, noun, id)."""

    title: str
    detail: str
    day: date
    view: str
    noun: str
    record_id: str


def waiting(session: Session, on: date, ahead: int = AHEAD) -> list[Alarm]:
    """Return every alarm that is due or will be within `ahead` days, the earliest first."""
    until = on + timedelta(days=ahead)
    found = [
        *_without_outcomes(session, on, until),
        *_retirements(session, on),
        *_leaders_gone(session, on),
        *_assessments(session, until),
        *_publicities(session, until),
        *_holds(session, until),
        *_rectifications(session, until),
        *_rounds(session, until),
        *_reports(session, on, until),
        *_plaques(session),
        *_publications(session, on, until),
        *_numbers_twice(session, on),
    ]
    return sorted(found, key=lambda one: (one.day, one.title, one.record_id))


def _without_outcomes(session: Session, on: date, until: date) -> Iterable[Alarm]:
    """Three years from the later of plaque (or naming) and last outcome, counted by corresponding days."""
    last = select(Outcome.workroom_id, func.max(Outcome.date).label("day")).group_by(Outcome.workroom_id).subquery()
    # One day more than the years, so that the corresponding day of a 29 February is not missed; told apart below.
    since = add_years(until, -NO_OUTCOME_YEARS) + timedelta(days=1)
    begun = func.coalesce(Workroom.plaque_on, Workroom.named_on)
    query = (
        select(Workroom.id, Workroom.name, Workroom.plaque_on, Workroom.named_on, last.c.day)
        .outerjoin(last, last.c.workroom_id == Workroom.id)
        .where(Workroom.state.in_(STANDING))
        .where(or_(begun.is_(None), begun <= since), or_(last.c.day.is_(None), last.c.day <= since))
    )
    for room_id, name, plaque_on, named_on, outcome_on in session.execute(query):
        days = [day for day in (plaque_on or named_on, outcome_on) if day is not None]
        if days and add_years(max(days), NO_OUTCOME_YEARS) <= until:
            day = add_years(max(days), NO_OUTCOME_YEARS)
            words = f"{name}（自{chinese(max(days))}起）"
            yield Alarm(f"{'已' if day <= on else '将'}满三年没有新成果", words, day, "course", "workrooms", room_id)


def retirement_day(born: date, gender: str, post: str = "") -> date | None:
    """Return the statutory retirement day; None without a gender. A person confirms: the law leaves choices.

    Before the raise 60 for men, 55 for women in cadre posts, else 50; from 2025 on a month more for every four (two
    for those who retired at 50) that the old day lies after the end of 2024, at most three (five) years.
    """
    cadre = any(word in post for word in ("管理", "技术", "教师", "医", "工程师", "主任", "干部"))
    if gender not in ("男", "女"):
        return None
    age = 60 if gender == "男" else 55 if cadre else 50
    old = add_years(born, age)
    if old < RAISED_FROM:
        return old
    months = (old.year - RAISED_FROM.year) * 12 + old.month - RAISED_FROM.month
    every, most = (2, 60) if age == 50 else (4, 36)
    return add_months(old, min(months // every + 1, most))


def _retirements(session: Session, on: date) -> Iterable[Alarm]:
    until = on + timedelta(days=RETIREMENT_AHEAD)
    # One day more, so that the corresponding day of a 29 February is not missed; told apart below.
    born_by = {gender: add_years(until, -age) + timedelta(days=1) for gender, age in EARLIEST_AGE.items()}
    query = (
        select(Workroom.id, Workroom.name, Person.name, Person.birth_date, Person.gender, Person.post)
        .join(Person, Person.id == Workroom.leader_id)
        .where(Workroom.state.in_(STANDING), Person.status == "在职")
        .where(or_(*(and_(Person.gender == word, Person.birth_date <= day) for word, day in born_by.items())))
    )
    for room_id, room, leader, born, gender, post in session.execute(query):
        day = retirement_day(born, gender, post) if born is not None else None
        if day is not None and day <= until:
            words = f"{room}：{leader}（请本人所在单位确认）"
            yield Alarm(f"领衔人{'已' if day <= on else '将'}到退休年龄", words, day, "course", "workrooms", room_id)


def _leaders_gone(session: Session, on: date) -> Iterable[Alarm]:
    """Leaders who are no longer in their post while their workroom still stands in their name."""
    query = (
        select(Workroom.id, Workroom.name, Person.name, Person.status)
        .join(Person, Person.id == Workroom.leader_id)
        .where(Workroom.state.in_(STANDING), Person.status.not_in(("在职", "")))
    )
    for room_id, room, leader, status in session.execute(query.order_by(Workroom.name)):
        yield Alarm("领衔人变动，还没有办理变更", f"{room}：{leader}（{status}）", on, "course", "workrooms", room_id)


def _assessments(session: Session, until: date) -> Iterable[Alarm]:
    """The rounds that each workroom is due for by its regulation."""
    for one in assessing.due(session, until):
        words = f"{one.name}（{one.article}每{one.years}年；上次{chinese(one.last)}）"
        yield Alarm("周期考核到期", words, one.day, "rounds", "workrooms", one.workroom_id)


def _publicities(session: Session, until: date) -> list[Alarm]:
    rows = list(session.scalars(select(Publicity).where(Publicity.result == "", Publicity.ends_on <= until)))
    names = titles(session, ((row.subject_noun, row.subject_id) for row in rows))
    return [
        Alarm("公示期满", names.get(row.subject_id, ""), row.ends_on, "course", row.subject_noun, row.subject_id)
        for row in rows
    ]


def _holds(session: Session, until: date) -> list[Alarm]:
    rows = list(session.scalars(select(Hold).where(Hold.closed_on.is_(None), Hold.due_on <= until)))
    names = titles(session, ((row.subject_noun, row.subject_id) for row in rows))
    return [
        Alarm("补正期限", names.get(row.subject_id, ""), row.due_on, "course", row.subject_noun, row.subject_id)
        for row in rows
        if row.due_on is not None
    ]


def _rectifications(session: Session, until: date) -> Iterable[Alarm]:
    query = (
        select(Rectification.due_on, Workroom.id, Workroom.name)
        .join(Workroom, Workroom.id == Rectification.workroom_id)
        .where(Rectification.result == "", Rectification.due_on <= until)
    )
    for day, room_id, name in session.execute(query):
        if day is not None:
            yield Alarm("整改期限", name, day, "course", "workrooms", room_id)


def _rounds(session: Session, until: date) -> Iterable[Alarm]:
    """Rounds whose day is near, but for those in which every workroom has been assessed."""
    of_it = Assessment.round_id == AssessmentRound.id
    done = and_(exists().where(of_it), ~exists().where(of_it, Assessment.assessed_on.is_(None)))
    query = select(AssessmentRound).where(AssessmentRound.state == "进行中", AssessmentRound.due_on <= until, ~done)
    for row in session.scalars(query):
        if row.due_on is not None:
            yield Alarm("考核截止", row.title, row.due_on, "course", "assessment_rounds", row.id)


def _reports(session: Session, on: date, until: date) -> Iterable[Alarm]:
    """The year's summary of a named workroom, where a text asks for it, none is filed and the year's end is near."""
    day = date(on.year, 12, 31)
    laws = [law for law in office_regulations(session) if any(rule.kind == REPORTING for rule in law.rules)]
    if day > until or not laws:
        return
    filed = select(Plan.workroom_id).where(Plan.kind == "年度总结", Plan.year == on.year, Plan.filed_on.is_not(None))
    query = select(Workroom.id, Workroom.name).where(Workroom.state.in_(STANDING), Workroom.id.not_in(filed))
    for room_id, name in session.execute(
        query.where(Workroom.id.not_in(_reported(laws, on.year))).order_by(Workroom.name)
    ):
        yield Alarm(f"{on.year}年年度总结还没有报", name, day, "registry", "workrooms", room_id)


def _reported(laws: Sequence[Regulation], year: int) -> Select[str]:
    """Return the workrooms whose report of the year went up on the road of its assessment."""
    reports = [
        and_(Step.workflow == flow.id, Step.to_state == step.to)
        for law in laws
        for flow in law.workflows
        for step in flow.transition
        if flow.noun == "assessments" and _reports_by(law, step)
    ]
    corrected = select(Step.corrects_id).where(Step.corrects_id.is_not(None))
    gone_up = select(Step.subject_id).where(or_(false(), *reports), Step.id.not_in(corrected))
    return select(Assessment.workroom_id).where(Assessment.year == year, Assessment.id.in_(gone_up))


def _reports_by(law: Regulation, step: Transition) -> bool:
    """Tell whether a step hands in the year's report: by it a duty to report comes true."""
    ensured = {rule.kind for rule in law.rules if rule.id in step.ensures}
    return REPORTING in ensured and ("报告" in step.paper or "总结" in step.paper)


def _publications(session: Session, on: date, until: date) -> Iterable[Alarm]:
    """Tell of the end of the twelve months in which a supported workroom publishes its outcomes."""
    for one in publishing.short_of(session, on, until):
        words = f"{one.name}（已发布{one.published}项，应不少于{one.wanted}项）"
        yield Alarm("成果发布期限", words, one.last, "registry", "workrooms.publications", one.workroom_id)


def _plaques(session: Session) -> Iterable[Alarm]:
    query = select(Plaque, Workroom.name).join(Workroom, Workroom.id == Plaque.workroom_id)
    for row, name in session.execute(query.where(Plaque.state == "待收回")):
        if row.recover_from is not None:
            yield Alarm("牌匾待收回", name, row.recover_from, "course", "workrooms", row.workroom_id)


def _numbers_twice(session: Session, on: date) -> Iterable[Alarm]:
    """Document numbers that two papers in force bear, as when two PCs of the office took one apart."""
    number = (Document.number_code, Document.number_year, Document.number_serial)
    query = (
        select(*number, func.count())
        .where(Document.number_serial.is_not(None), Document.state != "已作废")
        .where(Document.office_id == identity.own_office_id(session))
        .group_by(*number)
        .having(func.count() > 1)
    )
    for code, year, serial, count in session.execute(query):
        number_words = document_number(code, int(year or 0), int(serial or 0))
        words = f"{number_words}：{count}份公文用了同一个号，请作废重发"
        yield Alarm("发文字号重号", words, on, "numbers", "sequence", f"{code}{year}")
