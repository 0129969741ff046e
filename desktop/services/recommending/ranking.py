"""The ranked list of a year's recommendations within the quota, and whether each name follows the naming rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.application import Application
from desktop.models.assessment import Award
from desktop.models.person import Person
from desktop.models.quota import Quota
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, Workroom
from desktop.rules.evaluator import judge
from desktop.rules.regulation import Regulation
from desktop.services import identity, records
from desktop.services.regulation import regulation

NOT_IN: Final = ("草稿", "退回修改", "已撤回", "未通过")
"""States in which a record is not recommended."""
ROOM: Final = "工作室"


@dataclass(frozen=True)
class Place:
    """One record of the list: its rank (None while unranked), whether it is within the quota, what stands against it.

    `name_problem` says in words how the name departs from the regulation's naming rule, empty where it follows it.
    """

    record_id: str
    rank: int | None
    name: str
    unit_name: str
    leader_name: str
    state: str
    opinion: str
    within: bool
    name_problem: str


@dataclass(frozen=True)
class Ranking:
    """The list of one regulation, year and track (or award): its places, and the quota, None where none is known."""

    noun: str
    regulation: str
    year: int
    track: str
    places: tuple[Place, ...]
    quota: int | None

    @property
    def sentence(self) -> str:
        """How many are ranked against how many may be recommended."""
        ranked = sum(1 for place in self.places if place.rank is not None)
        if self.quota is None:
            return f"已排序{ranked}个，还没有登记名额。"
        over = ranked - self.quota
        return f"名额{self.quota}个，已排序{ranked}个" + (f"，超出{over}个。" if over > 0 else "。")


def choices(session: Session) -> list[tuple[str, str, int, str]]:
    """Return what there are lists of: noun, regulation, year and track or award, the latest year first."""
    found: list[tuple[str, str, int, str]] = []
    for model, track, year in (
        (
            Application,
            Application.track,
            func.coalesce(Application.year, func.substr(Application.reference_date, 1, 4)),
        ),
        (Award, Award.award_kind, Award.award_year),
    ):
        rows: Any = session.execute(select(model.regulation, year, track).where(_listed(model)).distinct())
        found += [(model.__tablename__, law, int(when), kind) for law, when, kind in rows if when]
    return sorted(found, key=lambda one: (-one[2], one[0], one[1], one[3]))


def _year_of_application() -> Any:
    return func.coalesce(Application.year, func.substr(Application.reference_date, 1, 4))


def _listed(model: Any) -> Any:
    return model.state.not_in(NOT_IN)


def ranking(session: Session, noun: str, regulation_id: str, year: int, track: str = ROOM) -> Ranking:
    """Return the list: the ranked in their order, then the others by name."""
    quota = quota_of(session, regulation_id, year, track)
    law = regulation(regulation_id, session)
    rows = (
        _awards(session, regulation_id, year, track)
        if noun == "awards"
        else _applications(session, regulation_id, year, track)
    )
    ordered = sorted(rows, key=lambda row: (row[0].rank is None, row[0].rank or 0, row[1], row[0].id))
    places = tuple(
        Place(
            record.id,
            record.rank,
            name,
            unit,
            leader,
            record.state,
            getattr(record, "review_opinion", ""),
            quota is None or (record.rank is not None and record.rank <= quota),
            _name_problem(law, name, leader) if noun == "applications" and track == ROOM else "",
        )
        for record, name, unit, leader in ordered
    )
    return Ranking(noun, regulation_id, year, track, places, quota)


def _applications(session: Session, law: str, year: int, track: str) -> list[Any]:
    when = _year_of_application()
    query = (
        select(
            Application,
            func.coalesce(Alliance.name, Workroom.name, ""),
            func.coalesce(Unit.name, ""),
            func.coalesce(Person.name, ""),
        )
        .outerjoin(Workroom, Workroom.id == Application.workroom_id)
        .outerjoin(Alliance, Alliance.id == Application.alliance_id)
        .outerjoin(Unit, Unit.id == Workroom.unit_id)
        .outerjoin(Person, Person.id == Workroom.leader_id)
        .where(Application.regulation == law, Application.track == track, when == year, _listed(Application))
    )
    return list(session.execute(query))


def _awards(session: Session, law: str, year: int, kind: str) -> list[Any]:
    query = (
        select(Award, Award.project_name, func.coalesce(Unit.name, ""), func.coalesce(Person.name, ""))
        .outerjoin(Unit, Unit.id == Award.unit_id)
        .outerjoin(Person, Person.id == Award.person_id)
        .where(Award.regulation == law, Award.award_kind == kind, Award.award_year == year, _listed(Award))
    )
    return list(session.execute(query))


def _name_problem(law: Regulation, name: str, leader: str) -> str:
    """Judge a workroom's name by the regulation's naming rule, where it writes one."""
    wanted = {rule.id for rule in law.rules if getattr(rule.check, "fact", "") == "workroom_name"}
    if not wanted or not leader:
        return ""
    findings = judge(law, {"workroom_name": name, "leader_name": leader}).findings
    return next((one.message for one in findings if one.rule in wanted and one.status in ("fail", "warn")), "")


def set_order(session: Session, noun: str, record_ids: Sequence[str]) -> None:
    """Rank these records 1, 2, 3 … in the order given; BadInput when one stands twice or is under way elsewhere."""
    if len(set(record_ids)) != len(record_ids):
        raise BadInput("同一项在排序里出现了两次。", "rank")
    rows = [{"id": record_id, "rank": place} for place, record_id in enumerate(record_ids, start=1)]
    kept = [records.get_record(session, noun, record_id) for record_id in record_ids]
    if len({(row["regulation"], row.get("award_kind", row.get("track"))) for row in kept}) > 1:
        raise BadInput("排序只能在同一办法、同一类别里进行。", "rank")
    changed = [row for row, old in zip(rows, kept, strict=True) if row["rank"] != old["rank"]]
    if changed:
        records.put_records(session, noun, changed)


def take_out(session: Session, noun: str, record_id: str) -> None:
    """Take a record off the order; those behind it move up."""
    record = records.get_record(session, noun, record_id)
    year = record.get("award_year") or record.get("year") or (record.get("reference_date") or "0000")[:4]
    track = record.get("award_kind") or record.get("track") or ROOM
    places = ranking(session, noun, record["regulation"], int(year), track).places
    records.put_records(session, noun, {"id": record_id, "rank": None})
    set_order(session, noun, [one.record_id for one in places if one.rank is not None and one.record_id != record_id])


def quota_of(session: Session, regulation_id: str, year: int, track: str = ROOM) -> int | None:
    """Return how many this office may recommend, as it was told; None where nothing is recorded."""
    row = _quota(session, regulation_id, year, track)
    return row.count if row is not None else None


def _quota(session: Session, regulation_id: str, year: int, track: str) -> Quota | None:
    own = identity.own_office_id(session)
    query = select(Quota).filter_by(given_to_id=own, regulation=regulation_id, year=year, track=track)
    return session.scalars(query.order_by(Quota.issued_on.desc(), Quota.id)).first()


def set_quota(
    session: Session, regulation_id: str, year: int, track: str, count: int, number: str = "", on: date | None = None
) -> dict[str, Any]:
    """Record the quota that this office was given; NotAllowed where the office above recorded another one itself."""
    if count < 0:
        raise BadInput("名额不能小于零。", "count")
    own = identity.own_office_id(session)
    found = _quota(session, regulation_id, year, track)
    if found is not None and found.office_id not in (None, own) and found.count != count:
        raise NotAllowed(f"上级下达的名额是{found.count}个，不能自行改动。", "count")
    given = {"regulation": regulation_id, "year": year, "track": track, "count": count, "given_to_id": own}
    given |= {"document_number": number, "issued_on": on.isoformat() if on else None}
    return records.put_records(session, "quotas", {**given, "id": found.id} if found else {**given, "office_id": own})[
        0
    ]
