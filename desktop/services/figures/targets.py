"""Targets that regulations name, and how far the register covers what it should."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from desktop.models.office import Office
from desktop.models.unit import Unit
from desktop.models.workroom import OVER, Workroom
from desktop.rules.checks_plain import Num
from desktop.rules.evaluator import judge
from desktop.rules.reading import facts_read
from desktop.rules.regulation import Rule
from desktop.services import identity
from desktop.services.derived import tallies
from desktop.services.figures.groups import WHOLE
from desktop.services.regulation import office_regulations

# The list that a target's number opens, and the count of it in this register, by the fact that the rule reads.
OPENS: Final = {
    "region_workroom_total": "all",
    "city_workroom_total": "all",
    "region_supported_total": "all_supported",
}


@dataclass(frozen=True)
class Target:
    """A target of a regulation: what is wanted, what this register holds, and the list behind it (`key`).

    `is_whole` says whether this office holds the whole register that the target speaks of; else what it holds is only
    its own part, and the finding's `status` is unknown.
    """

    title: str
    article: str
    law: str
    status: str
    message: str
    text: str
    held: int
    wanted: int
    key: str
    is_whole: bool


@dataclass(frozen=True)
class Coverage:
    """A part of a whole, and the figure (`key`, `words`) whose list it opens."""

    title: str
    count: int
    whole: int
    key: str
    words: str


def targets(session: Session, on: date) -> list[Target]:
    """Return the targets of the office's regulations with what the register holds."""
    found = []
    for law in office_regulations(session, on):
        wanted = [rule for rule in law.rules if rule.kind == "target" and isinstance(rule.check, Num)]
        known = tallies.tallies(session, law, on) if wanted else {}
        judged = {one.rule: one for one in judge(law, {**known, "reference_date": on.isoformat()}).findings}
        for rule in wanted:
            finding = judged[rule.id]
            fact = rule.check.fact if isinstance(rule.check, Num) else ""
            key = OPENS.get(fact, "all")
            found.append(
                Target(
                    rule.title,
                    rule.article,
                    law.title,
                    finding.status,
                    finding.message,
                    rule.text,
                    _held(session, key),
                    _wanted(rule),
                    key,
                    fact in known,
                )
            )
    return found


def _wanted(rule: Rule) -> int:
    least: Any = getattr(rule.check, "min", None)
    return int(least or 0)


def _held(session: Session, key: str) -> int:
    condition = Workroom.state.not_in(OVER) if key == "all" else Workroom.supported_by_region.is_(True)
    return session.scalar(select(func.count()).select_from(Workroom).where(condition)) or 0


def coverage(session: Session) -> list[Coverage]:
    """Return how far workrooms reach: units, offices beneath, non-public enterprises, and the marks the texts want."""
    living = Workroom.state.not_in(OVER)
    rooms = _count(session, select(func.count()).select_from(Workroom).where(living))
    of_units = select(func.count(distinct(Unit.id))).select_from(Unit)
    having = of_units.join(Workroom, Workroom.unit_id == Unit.id).where(living)
    private = Unit.unit_class == "非公企业"
    own = identity.own_office_id(session)
    beneath = select(func.count(distinct(Office.id))).where(Office.parent_id == own)
    reached = beneath.join(Workroom, Workroom.office_id == Office.id).where(living)
    found = [
        Coverage("有工作室的单位", _count(session, having), _count(session, of_units), "all", WHOLE),
        Coverage("其中非公企业", _count(session, having.where(private)), _count(session, of_units.where(private)),
                 "unit_class", "非公企业"),
        Coverage("有工作室的下级工会", _count(session, reached), _count(session, beneath), "all", WHOLE),
    ]  # fmt: skip
    asked = _asked(session)
    marked = (
        ("入驻职工之家APP", Workroom.app_registered, "app"),
        ("列入经费审计范围", Workroom.in_audit_scope, "audit"),
    )
    for title, column, key in marked:
        if column.key in asked:
            found.append(Coverage(title, _flagged(session, column), rooms, key, "是"))
    return [one for one in found if one.whole]


def _asked(session: Session) -> set[str]:
    """Return the facts that the texts of this office speak of: what none asks for is no coverage here."""
    return {name for law in office_regulations(session) for rule in law.rules for name in facts_read(rule)}


def _count(session: Session, query: Any) -> int:
    return session.scalar(query) or 0


def _flagged(session: Session, column: Any) -> int:
    living = Workroom.state.not_in(OVER)
    return _count(session, select(func.count()).select_from(Workroom).where(living, column.is_(True)))
