"""The way of a grant's money: each hop with its day, the days since the hop before, and what the text writes of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.models.grant import Grant
from desktop.rules.calendar import chinese
from desktop.rules.regulation import Regulation, Transition, Workflow
from desktop.services.derived.subject import get
from desktop.services.regulation import regulation
from desktop.services.road.chain import Done, chain
from desktop.services.road.waiting import next_of

# The grant's own fields that hold day and amount of a hop, by the mark of the state it leads to.
FIELDS: Final = {
    "quota": ("quota_issued_on", "grant_total_fen"),
    "received": ("received_on", "received_fen"),
    "paid": ("transferred_on", "transferred_fen"),
}
CONVENTION: Final = "约定"


@dataclass(frozen=True)
class Hop:
    """One hop: to which state, by whom, when, how many days after the hop before, how much, and what the text says.

    `status` is done, now (where the money is waited for) or ahead; `days` counts to the asked day while it is now.
    `limit` is the time that the text writes, empty where it writes none; `cite` is empty for a convention.
    """

    name: str
    actor: str
    status: str
    on: date | None
    days: int | None
    amount_fen: int | None
    paper: str
    limit: str
    cite: str


@dataclass(frozen=True)
class Trail:
    """All hops, the days from the quota to the grassroots account, and what is said of them in one sentence."""

    grant_id: str
    hops: tuple[Hop, ...]
    transit_days: int | None
    is_arrived: bool
    sentence: str


def trail(session: Session, grant_id: str, today: date) -> Trail:
    """Return the way of a grant's money as it stands on a day."""
    grant = get(session, Grant, grant_id, "补助资金")
    law = regulation(grant.regulation, session, today)
    flow = _flow(law, grant)
    if flow is None:
        return Trail(grant_id, (), None, False, f"“{law.title}”没有写补助资金的拨付程序。")
    hops = _hops(session, grant, flow, today)
    begun, ended = _transit(grant, flow, hops)
    days = ((ended or today) - begun).days if begun is not None else None
    return Trail(grant_id, hops, days, ended is not None, _sentence(begun, ended, days))


def _flow(law: Regulation, grant: Grant) -> Workflow | None:
    """Return the course of a grant of this track."""
    flows = [flow for flow in law.workflows if flow.noun == "grants"]
    fitting = [flow for flow in flows if grant.track in flow.where.get("track", (grant.track,))]
    return next(iter(fitting), None)


def _hops(session: Session, grant: Grant, flow: Workflow, today: date) -> tuple[Hop, ...]:
    walked = {step.to_state: step for step in chain(session, grant.id, flow.id, flow.initial).done}
    found: list[Hop] = []
    # Without a planned day the first hop has nothing to be counted from.
    last = grant.planned_on
    way = _way(flow, walked)
    # A state that was entered by hand is reached, whether or not its steps and their days are recorded.
    reached = next((place for place, step in enumerate(way) if step.to == grant.state), -1)
    waiting = False
    for place, step in enumerate(way):
        on = _day(grant, flow, step.to, walked)
        passed = on is not None or place <= reached
        status = "done" if passed and not waiting else "ahead" if waiting else "now"
        waiting = waiting or status == "now"
        until = on if status == "done" else today if status == "now" else None
        days = (until - last).days if until is not None and last is not None else None
        found.append(
            Hop(step.to, step.actor, status, on, days, _amount(grant, flow, step.to, on), step.paper, *_written(step))
        )
        last = on if status == "done" and on is not None else last
    return tuple(found)


def _way(flow: Workflow, walked: dict[str, Done]) -> list[Transition]:
    """Return the steps as they were taken and, from where the grant stands, as they usually follow."""
    found: list[Transition] = []
    state = flow.initial
    while len(found) <= len(flow.states):
        onward = [step for step in flow.transition if step.from_ == state and step.to not in _behind(found)]
        if not onward:
            break
        usual = next_of(flow, state)
        step = next((one for one in onward if one.to in walked), usual if usual in onward else onward[0])
        found.append(step)
        state = step.to
    return found


def _behind(found: list[Transition]) -> set[str]:
    return {step.from_ for step in found}


def _written(step: Transition) -> tuple[str, str]:
    return step.limit, basis(step)


def basis(step: Transition) -> str:
    """Return what a step rests on: its article, or 约定 where the text writes none."""
    return step.cite if step.source == "text" else CONVENTION


def _day(grant: Grant, flow: Workflow, state: str, walked: dict[str, Done]) -> date | None:
    taken = walked[state].on if state in walked else None
    return taken or _of_field(grant, flow, state, 0)


def _amount(grant: Grant, flow: Workflow, state: str, on: date | None) -> int | None:
    return _of_field(grant, flow, state, 1) if on is not None else None


def _of_field(grant: Grant, flow: Workflow, state: str, place: int) -> Any:
    fields = [names[place] for mark, names in FIELDS.items() if flow.is_marked(state, mark)]
    return getattr(grant, fields[0]) if fields else None


def _transit(grant: Grant, flow: Workflow, hops: tuple[Hop, ...]) -> tuple[date | None, date | None]:
    """Return the day the money set out (quota, or its first receipt) and the day it reached the grassroots account."""
    paid = next((hop.on for hop in hops if flow.is_marked(hop.name, "paid")), None)
    return grant.quota_issued_on or grant.received_on or grant.planned_on, paid or grant.transferred_on


def _sentence(begun: date | None, ended: date | None, days: int | None) -> str:
    if begun is None:
        return "还没有登记指标下达或收款日期。"
    if ended is not None:
        return f"{chinese(begun)}下达，{chinese(ended)}到基层工会账户，在途{days}天。"
    return f"{chinese(begun)}下达，还没有到基层工会账户，已在途{days}天。"
