"""What the statistics count: each breakdown as one expression, so that its numbers open exactly what they count."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, String, case, cast, func, literal

from desktop.errors import BadInput
from desktop.models.assessment import Assessment, Award
from desktop.models.base import Base
from desktop.models.grant import Expenditure, Grant
from desktop.models.outcome import Activity, Outcome, Publication
from desktop.models.person import RANKS, SKILL_GRADES, TITLE_RANKS, Person
from desktop.models.unit import Unit
from desktop.models.workroom import OVER, Member, Workroom

BLANK: Final = "（未填）"
WHOLE: Final = "全部"
AGES: Final = ("30岁以下", "30—39岁", "40—49岁", "50—59岁", "60岁及以上")
Expression = Callable[[date], ColumnElement[Any]]


@dataclass(frozen=True, eq=False)
class Family:
    """Breakdowns that are counted in one reading: the records of a table that meet a condition."""

    model: type[Base]
    condition: Callable[[date], ColumnElement[bool]]
    joined: tuple[Any, Any] | None = None


@dataclass(frozen=True, eq=False)
class Words:
    """A record's group in words: as an expression that finds the records, and folded from a value read raw.

    The database groups raw values much faster than words; both must say the same, which a test holds them to.
    """

    expression: Expression
    raw: Any
    fold: Callable[[Any, date], str]


@dataclass(frozen=True)
class Group:
    """One breakdown: its part of the page, the family it counts, a record's group in words, and the summed amount.

    `unit` says what `amount` sums: 元 (the column holds 分) or 人次; empty where there is nothing to sum.
    """

    key: str
    title: str
    part: str
    family: Family
    words: Words
    amount: Any = None
    unit: str = ""
    order: tuple[str, ...] = ()
    yearly: bool = False


def _column(column: Any) -> Words:
    return Words(
        lambda _on: func.coalesce(func.nullif(column, ""), BLANK), column, lambda value, _on: str(value or BLANK)
    )


def _number(column: Any) -> Words:
    words = cast(column, String)
    return Words(
        lambda _on: func.coalesce(words, BLANK), column, lambda value, _on: BLANK if value is None else str(value)
    )


def _year(column: Any) -> Words:
    """Take the year of a day off its text, which is much quicker than asking for its calendar."""
    year = func.substr(cast(column, String), 1, 4)
    return Words(lambda _on: func.coalesce(year, BLANK), year, lambda value, _on: value or BLANK)


def _truth(column: Any, yes: str, no: str) -> Words:
    told = {None: BLANK, True: yes, False: no}
    return Words(
        lambda _on: case((column.is_(None), BLANK), (column.is_(True), yes), else_=no),
        column,
        lambda value, _on: told[value],
    )


def _age_of(year: str | None, on: date) -> str:
    """Return the age group by the year of birth, as the yearly returns count it."""
    if year is None:
        return BLANK
    return AGES[min(max((on.year - int(year)) // 10 - 2, 0), len(AGES) - 1)]


def _age() -> Words:
    year = func.substr(cast(Person.birth_date, String), 1, 4)

    def expression(on: date) -> ColumnElement[Any]:
        age = on.year - cast(year, Integer)
        bands = tuple((age < 10 * (place + 3), words) for place, words in enumerate(AGES[:-1]))
        return case((Person.birth_date.is_(None), BLANK), *bands, else_=AGES[-1])

    return Words(expression, year, _age_of)


def _everything() -> Words:
    return Words(lambda _on: literal(WHOLE), literal(WHOLE), lambda _value, _on: WHOLE)


PERSON: Final = (Person, Person.id == Member.person_id)
LIVING: Final = Family(Workroom, lambda _on: Workroom.state.not_in(OVER), (Unit, Unit.id == Workroom.unit_id))
EVERY: Final = Family(Workroom, lambda _on: Workroom.id.is_not(None))
NAMED: Final = Family(Workroom, lambda _on: Workroom.named_on.is_not(None))
SUPPORTED: Final = Family(Workroom, lambda _on: Workroom.supported_by_region.is_(True))
TEAMS: Final = Family(Member, lambda _on: Member.left_on.is_(None), PERSON)
OUTCOMES: Final = Family(Outcome, lambda _on: Outcome.id.is_not(None))
PUBLISHED: Final = Family(Publication, lambda _on: Publication.id.is_not(None))
ACTIVITIES: Final = Family(Activity, lambda _on: Activity.id.is_not(None))
GRANTS: Final = Family(Grant, lambda _on: Grant.id.is_not(None))
SPENT: Final = Family(Expenditure, lambda _on: Expenditure.id.is_not(None))
ASSESSED: Final = Family(Assessment, lambda _on: Assessment.state != "草稿")
AWARDED: Final = Family(Award, lambda _on: Award.id.is_not(None))

ROOMS, TEAM, WORK, MONEY, REVIEW = "工作室", "队伍结构", "成果和活动", "补助和使用", "考核和奖励"
PARTS: Final = (ROOMS, TEAM, WORK, MONEY, REVIEW)
GROUPS: Final = {
    group.key: group
    for group in (
        Group("level", "工作室（按级别）", ROOMS, LIVING, _column(Workroom.level), order=RANKS),
        Group("kind", "工作室（按类型）", ROOMS, LIVING, _column(Workroom.kind)),
        Group("industry", "工作室（按行业）", ROOMS, LIVING, _column(Workroom.industry)),
        Group("region", "工作室（按地区）", ROOMS, LIVING, _column(Workroom.region)),
        Group("unit_class", "工作室（按单位性质）", ROOMS, LIVING, _column(Unit.unit_class)),
        Group("state", "工作室（按状态）", ROOMS, EVERY, _column(Workroom.state)),
        Group("named", "历年命名", ROOMS, NAMED, _year(Workroom.named_on), yearly=True),
        Group("supported", "上级重点支持（按级别）", ROOMS, SUPPORTED, _column(Workroom.level), order=RANKS),
        Group("role", "成员（按角色）", TEAM, TEAMS, _column(Member.role)),
        Group("age", "成员（按年龄）", TEAM, TEAMS, _age(), order=AGES),
        Group("gender", "成员（按性别）", TEAM, TEAMS, _column(Person.gender)),
        Group("frontline", "成员（一线职工）", TEAM, TEAMS, _truth(Person.frontline, "一线职工", "其他职工")),
        Group("education", "成员（按学历）", TEAM, TEAMS, _column(Person.education)),
        Group("title", "成员（按职称级别）", TEAM, TEAMS, _column(Person.title_rank), order=TITLE_RANKS),
        Group("skill", "成员（按技能等级）", TEAM, TEAMS, _column(Person.skill_grade), order=SKILL_GRADES),
        Group("outcome_kind", "成果（按种类）", WORK, OUTCOMES, _column(Outcome.kind)),
        Group("outcome_level", "成果（按认定级别）", WORK, OUTCOMES, _column(Outcome.level), order=RANKS),
        Group("outcome_year", "历年成果和经济效益", WORK, OUTCOMES, _year(Outcome.date),
              Outcome.benefit_fen, "元", yearly=True),
        Group("platform", "成果发布（按平台）", WORK, PUBLISHED, _column(Publication.platform)),
        Group("published", "历年成果发布", WORK, PUBLISHED, _year(Publication.published_on), yearly=True),
        Group("activity", "活动（按类别）", WORK, ACTIVITIES, _column(Activity.kind), Activity.people_count, "人次"),
        Group("active", "历年活动", WORK, ACTIVITIES, _year(Activity.date), Activity.people_count, "人次", yearly=True),
        Group("grant_year", "历年补助", MONEY, GRANTS, _number(Grant.year),
              Grant.grant_total_fen, "元", yearly=True),
        Group("grant_state", "补助（按进度）", MONEY, GRANTS, _column(Grant.state), Grant.grant_total_fen, "元"),
        Group("spent", "支出（按用途）", MONEY, SPENT, _column(Expenditure.category), Expenditure.amount_fen, "元"),
        Group("source", "支出（按资金来源）", MONEY, SPENT, _column(Expenditure.source), Expenditure.amount_fen, "元"),
        Group("spent_year", "历年支出", MONEY, SPENT, _year(Expenditure.paid_on), Expenditure.amount_fen, "元",
              yearly=True),
        Group("grade", "考核（按等次）", REVIEW, ASSESSED, _column(Assessment.grade)),
        Group("assessed", "历年考核", REVIEW, ASSESSED, _number(Assessment.year), yearly=True),
        Group("award", "成果奖励（按奖项）", REVIEW, AWARDED, _column(Award.award_kind), Award.award_fen, "元"),
    )
}  # fmt: skip
# Not shown as charts: the lists that a target or a coverage opens.
LISTS: Final = {
    group.key: group
    for group in (
        Group("all", "在册工作室", ROOMS, LIVING, _everything()),
        Group("all_supported", "重点支持的工作室", ROOMS, SUPPORTED, _everything()),
        Group("app", "入驻职工之家", ROOMS, LIVING, _truth(Workroom.app_registered, "是", "否")),
        Group("audit", "列入审计范围", ROOMS, LIVING, _truth(Workroom.in_audit_scope, "是", "否")),
    )
}


def group_of(key: str) -> Group:
    """Return a breakdown by its key; BadInput when there is none."""
    found = GROUPS.get(key) or LISTS.get(key)
    if found is None:
        raise BadInput(f"没有这种统计：{key}。可用：{'、'.join(GROUPS)}。", "key")
    return found
