"""Recording a collective decision (集体研究) and taking the step that it is, for every record it decided on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.collective_decision import CollectiveDecision
from desktop.rules.regulation import Workflow
from desktop.services import identity, records
from desktop.services.review.decided import LATER, MINUTES, found_of, meeting_states, meetings_of, ways_on
from desktop.services.review.votes import VOTES, votes_of
from desktop.services.road.papers import issued_since
from desktop.services.road.road import Road, road_of
from desktop.services.road.step import advance
from desktop.services.road.waiting import next_of, titles, waiting


@dataclass(frozen=True)
class Sitting:
    """What a meeting is asked: at which step of which course, about which records, what it may find, who sat last.

    `records` are (id, title) of those that may be decided together, the one asked for first.
    """

    noun: str
    workflow: str
    state: str
    cite: str
    title: str
    usual: str
    conclusions: tuple[str, ...]
    records: tuple[tuple[str, str], ...]
    place: str = ""
    chair: str = ""
    present: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """One meeting as a person gives it; `opinions` by record id as `CollectiveDecision` holds them."""

    workflow: str
    state: str
    met_on: date
    chair: str
    present: Sequence[str]
    opinions: Mapping[str, Mapping[str, Any]]
    title: str = ""
    place: str = ""
    absent: Sequence[str] = ()
    recusals: Mapping[str, str] = field(default_factory=dict)
    discussion: str = ""
    reason: str = ""


def sitting(session: Session, noun: str, record_id: str, workflow: str, on: date) -> Sitting:
    """Return what the meeting on a record is asked; NotAllowed where its course has no meeting at hand."""
    road = road_of(session, noun, record_id, workflow, on)
    flow, state = road.workflow, _state_at_hand(road)
    step = next(one for one in flow.transition if one.to == state)
    others = [
        one.record_id for one in waiting(session, on) if _together(one, flow, state) and one.record_id != record_id
    ]
    names = titles(session, [(noun, one) for one in (record_id, *others)])
    last = _last_of(session, flow)
    return Sitting(
        noun,
        flow.id,
        state,
        step.cite,
        f"研究{on.year}年{flow.title}",
        next_of(flow, state).to,
        ways_on(flow, state),
        tuple((one, names.get(one, "（未命名）")) for one in (record_id, *others)),
        last.place if last else "",
        last.chair if last else "",
        tuple(last.present) if last else (),
    )


def _state_at_hand(road: Road) -> str:
    states = meeting_states(road.workflow)
    ahead = [one.transition.to for one in road.gates]
    found = next((one for one in (*ahead, road.state) if one in states), None)
    if found is None:
        raise NotAllowed(f"“{road.state}”的下一步不是集体研究，不用登记会议。", "workflow")
    return found


def _together(one: Any, flow: Workflow, state: str) -> bool:
    return bool(one.workflow == flow.id and state in (one.next_step, one.state) and not one.held)


def _last_of(session: Session, flow: Workflow) -> CollectiveDecision | None:
    query = select(CollectiveDecision).filter_by(workflow=flow.id, office_id=identity.own_office_id(session))
    return session.scalars(query.order_by(CollectiveDecision.met_on.desc(), CollectiveDecision.id)).first()


def decide(session: Session, noun: str, given: Meeting, by: str) -> dict[str, Any]:
    """Record a meeting and take its step for each record it did not put off; returns it in its JSON form.

    BadInput names what is missing or does not add up; a step that something stands against refuses the whole.
    """
    if not given.opinions:
        raise BadInput("请至少勾选一个研究对象。", "subjects")
    # Of the record itself: it keeps the version of the regulation under which it was submitted.
    road = road_of(session, noun, next(iter(given.opinions)), given.workflow, given.met_on)
    flow = road.workflow
    _require(given, flow)
    made = CollectiveDecision(
        office_id=identity.own_office_id(session),
        subject_noun=noun,
        subjects=list(given.opinions),
        regulation=road.regulation.id,
        workflow=flow.id,
        at_state=given.state,
        title=given.title.strip() or f"研究{given.met_on.year}年{flow.title}",
        met_on=given.met_on,
        place=given.place.strip(),
        chair=given.chair.strip(),
        present=list(given.present),
        absent=list(given.absent),
        recusals={who: why.strip() for who, why in given.recusals.items()},
        opinions={one: _plain(found) for one, found in given.opinions.items()},
        discussion=given.discussion.strip(),
        recorded_by=by,
    )
    session.add(made)
    session.flush()
    paper = issued_since(session, made.subjects, {MINUTES})
    made.document_id = paper.id if paper is not None else None
    for record_id in made.subjects:
        _take_step(session, noun, record_id, flow, made, given.reason, by)
    return records.to_json(made)


def _take_step(
    session: Session, noun: str, record_id: str, flow: Workflow, made: CollectiveDecision, reason: str, by: str
) -> None:
    found = found_of(made, record_id)
    if found["conclusion"] == LATER:
        return
    if road_of(session, noun, record_id, flow.id, made.met_on).state == made.at_state:
        return
    words = reason.strip() or said_of(made, record_id)
    advance(session, noun, record_id, made.at_state, by, made.met_on, words, workflow=flow.id)


def said_of(made: CollectiveDecision, record_id: str) -> str:
    """Return in words what a meeting found of one record, without naming who said what."""
    found = found_of(made, record_id)
    votes = votes_of(found)
    return f"{made.at_state}结论：{found.get('conclusion', '')}" + (f"（{votes}）" if votes else "")


def _plain(found: Mapping[str, Any]) -> dict[str, Any]:
    votes = {name: int(found[name]) for name, _title in VOTES if found.get(name) is not None}
    return {
        "conclusion": str(found.get("conclusion") or ""),
        **votes,
        **({"note": str(found["note"]).strip()} if found.get("note") else {}),
    }


def _require(given: Meeting, flow: Workflow) -> None:
    if given.state not in meeting_states(flow):
        raise BadInput(f"“{flow.title}”没有“{given.state}”这个研究环节。", "state")
    if not given.chair.strip() or not given.present:
        raise BadInput("请填写主持人和出席人员。", "present")
    both = sorted(set(given.present) & set(given.absent))
    if both:
        raise BadInput(f"{'、'.join(both)}既在出席人员里，又在请假人员里。请核对。", "absent")
    if given.chair.strip() not in given.present:
        raise BadInput(f"主持人{given.chair.strip()}不在出席人员里。请把主持人也填进出席人员。", "chair")
    strange = [who for who in given.recusals if who not in given.present]
    if strange or any(not why.strip() for why in given.recusals.values()):
        raise BadInput("回避的应是出席人员，并逐人写明原因（姓名：原因）。", "recusals")
    for record_id, found in given.opinions.items():
        _require_opinion(given, flow, record_id, found)


def _require_opinion(given: Meeting, flow: Workflow, record_id: str, found: Mapping[str, Any]) -> None:
    allowed = ways_on(flow, given.state)
    if found.get("conclusion") not in allowed:
        raise BadInput(f"每个研究对象都要有结论：{'、'.join(allowed)}。", record_id)
    votes = [found[name] for name, _title in VOTES if found.get(name) is not None]
    if any(isinstance(one, bool) or int(one) != one or one < 0 for one in votes):
        raise BadInput("票数应是不小于0的整数。", record_id)
    voting = len(given.present) - len(given.recusals)
    if sum(votes) > voting:
        raise BadInput(f"票数合计{sum(votes)}，多于可以表决的{voting}人（出席减去回避）。请核对。", record_id)


def listed(session: Session, record_id: str) -> list[dict[str, Any]]:
    """Return the meetings on a record in their JSON form with what each found of it in words (`said`)."""
    return [{**records.to_json(one), "said": said_of(one, record_id)} for one in meetings_of(session, [record_id])]
