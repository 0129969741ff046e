"""The yearly plan of support: who is in it, how it stands against the text's number, and the issue of the quotas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.grant import Grant
from desktop.models.workroom import Alliance, Workroom
from desktop.rules.regulation import Regulation
from desktop.services import identity, records
from desktop.services.derived.subject import get
from desktop.services.funds.trail import trail
from desktop.services.money import yuan
from desktop.services.regulation import office_regulations, regulation
from desktop.services.road.road import acting
from desktop.services.road.step import advance


@dataclass(frozen=True)
class PlanLine:
    """One grant of the plan: whose, how much, how far it is, and its quota's number and day."""

    grant_id: str
    name: str
    track: str
    amount_fen: int
    state: str
    quota_number: str
    quota_on: date | None


@dataclass(frozen=True)
class YearPlan:
    """The plan of a year under a regulation: its lines, their sum, and for each track count and the text's number."""

    regulation: str
    year: int
    lines: tuple[PlanLine, ...]
    total_fen: int
    issued_fen: int
    tracks: tuple[tuple[str, int, str], ...]


def year_plan(session: Session, regulation_id: str, year: int) -> YearPlan:
    """Return the plan of a year: every grant under the regulation, those without a quota first."""
    law = regulation(regulation_id, session)
    query = (
        select(Grant, func.coalesce(Alliance.name, Workroom.name, ""))
        .outerjoin(Workroom, Workroom.id == Grant.workroom_id)
        .outerjoin(Alliance, Alliance.id == Grant.alliance_id)
        .where(Grant.regulation == regulation_id, Grant.year == year)
        .order_by(Grant.quota_issued_on.is_not(None), Grant.track, Workroom.name, Grant.id)
    )
    lines = tuple(
        PlanLine(row.id, name, row.track, row.grant_total_fen, row.state, row.quota_number, row.quota_issued_on)
        for row, name in session.execute(query)
    )
    tracks = tuple(
        (track, sum(1 for line in lines if line.track == track), text) for track, text in _numbers(law).items()
    )
    issued = sum(line.amount_fen for line in lines if line.quota_on is not None)
    return YearPlan(regulation_id, year, lines, sum(line.amount_fen for line in lines), issued, tracks)


def _numbers(law: Regulation) -> dict[str, str]:
    """Return what the text writes of the yearly number, by track (每年支持50个左右), empty where it writes none."""
    found = {grant.track: "" for grant in law.grants} or {"工作室": ""}
    for rule in law.rules:
        fact = getattr(rule.check, "fact", "")
        for track, name in (("工作室", "supported_workrooms_this_year"), ("联盟", "supported_alliances_this_year")):
            if fact == name and track in found:
                found[track] = f"{rule.title}（{rule.article}）"
    return found


def add_to_plan(
    session: Session,
    regulation_id: str,
    year: int,
    workroom_ids: Sequence[str],
    on: date,
    alliance_ids: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """Plan a grant for each workroom and alliance with the text's amount; NotAllowed names one that is in it."""
    law = regulation(regulation_id, session)
    given = [("工作室", "workroom_id", one) for one in workroom_ids] + [
        ("联盟", "alliance_id", one) for one in alliance_ids
    ]
    rows = []
    for track, field, record_id in given:
        _refuse_second(session, regulation_id, year, field, record_id)
        rows.append(
            {
                field: record_id,
                "office_id": identity.own_office_id(session),
                "regulation": regulation_id,
                "track": track,
                "year": year,
                "grant_total_yuan": yuan(_amount_fen(law, track)),
                "planned_on": on.isoformat(),
            }
        )
    for row in rows:
        if row.get("alliance_id"):
            row["workroom_id"] = get(session, Alliance, str(row["alliance_id"]), "联盟").lead_workroom_id
    return records.put_records(session, "grants", rows) if rows else []


def _refuse_second(session: Session, regulation_id: str, year: int, field: str, record_id: str) -> None:
    own = {"regulation": regulation_id, "year": year, field: record_id}
    track = "联盟" if field == "alliance_id" else "工作室"
    if session.scalars(select(Grant.id).filter_by(**own, track=track)).first():
        model: Any = Alliance if field == "alliance_id" else Workroom
        name = get(session, model, record_id, track).name
        raise NotAllowed(f"“{name}”已在{year}年的计划里，不能再列一次。", field)


def _amount_fen(law: Regulation, track: str) -> int:
    found = next((grant for grant in law.grants if grant.track == track), None)
    amount = (found.amount_fen or found.amount_min_fen) if found is not None else None
    if not amount:
        raise BadInput(f"“{law.title}”没有写{track}的补助金额，请逐笔登记补助。", "grant_total_yuan")
    return amount


def issue_quota(
    session: Session, grant_ids: Sequence[str], number: str, by: str, on: date, reason: str = ""
) -> list[dict[str, Any]]:
    """Issue the quotas of planned grants under one paper's number; all of them or, when one is refused, none."""
    if not number.strip():
        raise BadInput("请填写指标下达的文号。", "quota_number")
    found = []
    for grant_id in grant_ids:
        grant = get(session, Grant, grant_id, "补助资金")
        if grant.quota_issued_on is not None:
            raise NotAllowed(f"这笔补助的指标已在{grant.quota_issued_on}下达。", grant_id)
        step = next((hop for hop in trail(session, grant_id, on).hops if hop.status == "now"), None)
        if step is not None and _is_quota(session, grant, step.name):
            advance(session, "grants", grant_id, step.name, by, on, reason)
        grant.quota_number, grant.quota_issued_on = number.strip(), on
        session.flush()
        found.append(records.to_json(grant))
    return found


def _is_quota(session: Session, grant: Grant, state: str) -> bool:
    law = regulation(grant.regulation, session)
    return any(flow.is_marked(state, "quota") for flow in law.workflows if flow.noun == "grants")


def planned_here(session: Session) -> list[tuple[str, str]]:
    """Return id and title of the office's regulations whose quotas this office itself issues."""
    found = []
    for law in office_regulations(session):
        steps = [
            step
            for flow in law.workflows
            for step in flow.transition
            if flow.noun == "grants" and flow.is_marked(step.to, "quota")
        ]
        if any(acting(session, law, step) == "own" for step in steps):
            found.append((law.id, law.title))
    return found
