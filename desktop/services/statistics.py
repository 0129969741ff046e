"""Counts over the register by one expression each, so that every number opens exactly the records it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, String, case, cast, extract, func, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.assessment import Award
from desktop.models.base import Base
from desktop.models.grant import Expenditure, Grant
from desktop.models.outcome import Outcome
from desktop.models.person import RANKS, Person
from desktop.models.unit import Unit
from desktop.models.workroom import Member, Workroom
from desktop.rules.evaluator import judge
from desktop.services.derived import tallies
from desktop.services.record.json import all_to_json
from desktop.services.regulation import office_regulations
from desktop.spreadsheets.table import Column, Table
from desktop.spreadsheets.writer import write_table

BLANK: Final = "（未填）"
ENDED: Final = ("已退出", "已撤销")


@dataclass(frozen=True)
class Group:
    """One breakdown: the noun it counts, the words of a record's group, and the money that is summed, if any."""

    key: str
    title: str
    model: type[Base]
    words: Callable[[date], ColumnElement[Any]]
    condition: Callable[[date], ColumnElement[bool]]
    joined: tuple[Any, Any] | None = None
    money: Any = None
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One number: its group's words, how many records, and their money in 分 where the breakdown sums any."""

    words: str
    count: int
    fen: int | None = None


@dataclass(frozen=True)
class Breakdown:
    """One chart and table."""

    key: str
    title: str
    noun: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Target:
    """A target that a regulation names, with what the register holds against it."""

    title: str
    article: str
    status: str
    message: str
    text: str


def _every(_on: date) -> ColumnElement[bool]:
    return Workroom.id.is_not(None)


def _living(_on: date) -> ColumnElement[bool]:
    return Workroom.state.not_in(ENDED)


def _in_team(_on: date) -> ColumnElement[bool]:
    return Member.left_on.is_(None)


def _any(column: Any) -> Callable[[date], ColumnElement[bool]]:
    return lambda _on: column.is_not(None)


def _column(column: Any) -> Callable[[date], ColumnElement[Any]]:
    return lambda _on: func.coalesce(func.nullif(column, ""), BLANK)


def _year(column: Any) -> Callable[[date], ColumnElement[Any]]:
    return lambda _on: func.coalesce(cast(extract("year", column), String), BLANK)


def _age(on: date) -> ColumnElement[Any]:
    """Return the age group by the year of birth, as the yearly returns count it."""
    age = on.year - extract("year", Person.birth_date)
    bands = ((age < 30, "30岁以下"), (age < 40, "30—39岁"), (age < 50, "40—49岁"), (age < 60, "50—59岁"))
    return case((Person.birth_date.is_(None), BLANK), *bands, else_="60岁及以上")


PERSON: Final = (Person, Person.id == Member.person_id)
AGES: Final = ("30岁以下", "30—39岁", "40—49岁", "50—59岁", "60岁及以上")
GROUPS: Final = {
    group.key: group
    for group in (
        Group("level", "工作室（按级别）", Workroom, _column(Workroom.level), _living, order=RANKS),
        Group("kind", "工作室（按类型）", Workroom, _column(Workroom.kind), _living),
        Group("industry", "工作室（按行业）", Workroom, _column(Workroom.industry), _living),
        Group("region", "工作室（按地区）", Workroom, _column(Workroom.region), _living),
        Group("state", "工作室（按状态）", Workroom, _column(Workroom.state), _every),
        Group("named", "历年命名", Workroom, _year(Workroom.named_on), _any(Workroom.named_on)),
        Group("unit_class", "工作室（按单位性质）", Workroom, _column(Unit.unit_class), _living,
              (Unit, Unit.id == Workroom.unit_id)),
        Group("role", "成员（按角色）", Member, _column(Member.role), _in_team),
        Group("age", "成员（按年龄）", Member, _age, _in_team, PERSON, order=AGES),
        Group("education", "成员（按学历）", Member, _column(Person.education), _in_team, PERSON),
        Group("skill", "成员（按技能等级）", Member, _column(Person.skill_grade), _in_team, PERSON),
        Group("outcome_kind", "成果（按种类）", Outcome, _column(Outcome.kind), _any(Outcome.id)),
        Group("outcome_level", "成果（按认定级别）", Outcome, _column(Outcome.level), _any(Outcome.id), order=RANKS),
        Group("outcome_year", "历年成果和经济效益", Outcome, _year(Outcome.date), _any(Outcome.id),
              money=Outcome.benefit_fen),
        Group("grant_year", "历年补助", Grant, _column(cast(Grant.year, String)), _any(Grant.id),
              money=Grant.grant_total_fen),
        Group("grant_state", "补助（按进度）", Grant, _column(Grant.state), _any(Grant.id),
              money=Grant.grant_total_fen),
        Group("spent", "支出（按用途）", Expenditure, _column(Expenditure.category), _any(Expenditure.id),
              money=Expenditure.amount_fen),
        Group("award", "成果奖励（按奖项）", Award, _column(Award.award_kind), _any(Award.id), money=Award.award_fen),
    )
}  # fmt: skip


def breakdowns(session: Session, on: date) -> list[Breakdown]:
    """Return every breakdown of the register as it stands on a day; empty ones are left out."""
    found = [breakdown(session, key, on) for key in GROUPS]
    return [one for one in found if one.figures]


def breakdown(session: Session, key: str, on: date) -> Breakdown:
    """Return one breakdown; years in their order, named orders as named, else the greatest first."""
    group = _group(key)
    words = group.words(on)
    model: Any = group.model
    money = func.sum(group.money) if group.money is not None else func.count()
    query = select(words, func.count(model.id), money).select_from(model).where(group.condition(on))
    if group.joined is not None:
        query = query.outerjoin(*group.joined)
    rows = session.execute(query.group_by(words)).all()
    with_money = group.money is not None
    figures = [Figure(str(row[0]), row[1], int(row[2] or 0) if with_money else None) for row in rows]
    return Breakdown(key, group.title, model.__tablename__, tuple(sorted(figures, key=_place(group))))


def _place(group: Group) -> Callable[[Figure], tuple[Any, ...]]:
    def place(figure: Figure) -> tuple[Any, ...]:
        known = group.order.index(figure.words) if figure.words in group.order else len(group.order)
        by_year = group.key in ("named", "outcome_year", "grant_year")
        return (figure.words == BLANK, known, figure.words if by_year else "", -figure.count, figure.words)

    return place


def _group(key: str) -> Group:
    if key not in GROUPS:
        raise BadInput(f"没有这种统计：{key}。", "key")
    return GROUPS[key]


def records_of(session: Session, key: str, words: str, on: date) -> list[dict[str, Any]]:
    """Return the records that one figure counts, in JSON form, with `workroom_name` and `person_name` where known."""
    group = _group(key)
    model: Any = group.model
    query = select(model).where(group.condition(on), group.words(on) == words).order_by(model.id)
    if group.joined is not None:
        query = query.outerjoin(*group.joined)
    rows = all_to_json(session, model.__tablename__, list(session.scalars(query)))
    rooms = _names(session, Workroom)
    people = _names(session, Person) if "person_id" in model.__table__.c else {}
    return [
        {
            **row,
            "workroom_name": rooms.get(row["id"]) or rooms.get(row.get("workroom_id") or "", ""),
            "person_name": people.get(row.get("person_id") or "", ""),
        }
        for row in rows
    ]


def _names(session: Session, model: Any) -> dict[str, str]:
    return dict(session.execute(select(model.id, model.name)).all())


COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "workrooms": (Column("workroom_name", "工作室"), Column("level", "级别"), Column("state", "状态"),
                  Column("industry", "行业"), Column("region", "地区"), Column("named_on", "命名日期", "date")),
    "members": (Column("person_name", "姓名"), Column("role", "角色"), Column("workroom_name", "工作室"),
                Column("joined_on", "加入日期", "date")),
    "outcomes": (Column("name", "成果"), Column("kind", "种类"), Column("level", "级别"),
                 Column("date", "日期", "date"), Column("benefit_yuan", "经济效益", "money", unit="元"),
                 Column("workroom_name", "工作室")),
    "grants": (Column("workroom_name", "工作室"), Column("year", "年度", "number"), Column("state", "进度"),
               Column("grant_total_yuan", "补助总额", "money", unit="元")),
    "expenditures": (Column("category", "用途"), Column("amount_yuan", "金额", "money", unit="元"),
                     Column("paid_on", "日期", "date"), Column("source", "来源"), Column("workroom_name", "工作室")),
    "awards": (Column("project_name", "项目"), Column("award_kind", "奖项"), Column("person_name", "第一完成人"),
               Column("award_yuan", "奖励金额", "money", unit="元")),
}  # fmt: skip


def export_list(session: Session, key: str, words: str, on: date, out: Path) -> int:
    """Write the records that a figure counts as a workbook; return how many."""
    noun = _group(key).model.__tablename__
    table = Table(noun, f"{_group(key).title}：{words}", COLUMNS[noun])
    return write_table(table, records_of(session, key, words, on), out)


def export_report(session: Session, on: date, out: Path) -> int:
    """Write every breakdown as one workbook; return how many lines."""
    columns = (Column("title", "统计"), Column("words", "分组"), Column("count", "数量", "number"),
               Column("yuan", "金额", "money", unit="元"))  # fmt: skip
    rows = [
        {"title": one.title, "words": each.words, "count": each.count, "yuan": _yuan(each.fen)}
        for one in breakdowns(session, on)
        for each in one.figures
    ]
    return write_table(Table("statistics", "统计", columns), rows, out)


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else f"{fen // 100}.{fen % 100:02d}"


def targets(session: Session, on: date) -> list[Target]:
    """Return the targets of the office's regulations with what the register holds; only who holds it whole can tell."""
    found = []
    for law in office_regulations(session, on):
        wanted = [rule for rule in law.rules if rule.kind == "target"]
        known = tallies.tallies(session, law, on) if wanted else {}
        judged = {one.rule: one for one in judge(law, {**known, "reference_date": on.isoformat()}).findings}
        for rule in wanted:
            one = judged[rule.id]
            found.append(Target(rule.title, rule.article, one.status, one.message, rule.text))
    return found
