"""Papers of a draw and of a meeting as they were recorded: the witnessed sheet of a draw, the minutes of a meeting."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotFound
from desktop.models.assessment import Expert
from desktop.models.collective_decision import CollectiveDecision
from desktop.models.document import Document
from desktop.models.expert_draw import ExpertDraw
from desktop.rules.regulation import Workflow
from desktop.services.derived.subject import get
from desktop.services.office import own_office
from desktop.services.paper.case import MODELS, Case, case
from desktop.services.paper.composing import Given, PaperDraft, PaperField, chinese_date, overlaid
from desktop.services.paper.composing_decisions import official_draft
from desktop.services.paper.drafts import form_draft, form_fields, present
from desktop.services.paper.recipes import RECIPES
from desktop.services.review.votes import votes_of

DRAW, MINUTES = "expert-draw", "meeting-minutes"
DRAWS, MEETINGS = "expert_draws", "collective_decisions"
ACTS: Final[dict[str, tuple[Any, Any]]] = {
    DRAW: (ExpertDraw, ExpertDraw.drawn_on),
    MINUTES: (CollectiveDecision, CollectiveDecision.met_on),
}
"""By the kind of paper that tells of it: the act on record, and its day."""
OUT_OF, DRAWN = "回避", "抽中"


def expert_draw(one: Case) -> PaperDraft:
    """Fill 专家抽取记录 from the draw recorded for these records; blanks where none is recorded yet."""
    draw = _draw_of(one)
    if draw is None:
        data = {"purpose": f"{one.year}年{one.what}评审", "articles": one.sentences()}
        return form_draft(one, DRAW, data, warnings=("还没有登记专家抽取，请先在“办理”里抽取。",))
    return form_draft(one, DRAW, {**_drawn_data(one.session, draw), "articles": one.sentences()})


def _draw_of(one: Case) -> ExpertDraw | None:
    wanted = {item.record.id for item in one.items}
    return next((draw for draw in _acts(one.session, DRAW) if wanted & set(draw.subjects)), None)


def _acts(session: Session, kind: str) -> Iterator[Any]:
    """Return the draws or meetings whose paper is of a kind, the latest first."""
    model, day = ACTS[kind]
    return iter(session.scalars(select(model).order_by(day.desc(), model.id)))


def draw_sheet(session: Session, noun: str, ids: Sequence[str], on: date, given: Given) -> PaperDraft:
    """Fill 专家抽取记录 of one draw, whatever it was made for: records, a whole batch, or nothing yet.

    What the regulation says of a draw is quoted where that of the records under review writes one.
    """
    draw = get(session, ExpertDraw, _only(ids), "专家抽取")
    found = _reviewed(session, draw, on, given)
    if found is not None:
        return form_draft(found, DRAW, {**_drawn_data(session, draw), "articles": found.sentences()})
    head = {"title": "专家抽取记录", "filled_by": own_office(session).name, "date": on.isoformat()}
    merged = overlaid({**head, **present(_drawn_data(session, draw))}, given, ())
    return PaperDraft(DRAW, merged, form_fields(DRAW, merged))


def _only(ids: Sequence[str]) -> str:
    if len(ids) != 1:
        raise BadInput("这种文书一次只写一份。请只选一次抽取或一次会议。", "ids")
    return ids[0]


def _reviewed(session: Session, draw: ExpertDraw, on: date, given: Given) -> Case | None:
    """Return the case of the records drawn for, where they are still there and their regulation writes a draw."""
    if draw.subject_noun not in MODELS:
        return None
    try:
        return case(session, draw.subject_noun, draw.subjects, on, given, RECIPES[DRAW], "专家抽取记录")
    except (BadInput, NotFound):
        return None


def _drawn_data(session: Session, draw: ExpertDraw) -> dict[str, Any]:
    experts = {row.id: row for row in session.scalars(select(Expert).where(Expert.id.in_(draw.pool)))}
    senior = sum(1 for expert in experts.values() if "正高" in expert.title_rank)
    before = session.get(ExpertDraw, draw.replaces_id) if draw.replaces_id else None
    replaced = f"，替补{chinese_date(before.drawn_on)}的抽取" if before is not None else ""
    return {
        "purpose": draw.title + replaced,
        "drawn_at": chinese_date(draw.drawn_on),
        "pool": len(draw.pool),
        "senior": f"{senior}人",
        "recused": "；".join(f"{draw.names.get(who, who)}（{why}）" for who, why in draw.recusals.items()),
        "wanted": draw.count,
        "seed": draw.seed,
        "method": draw.method,
        "witnesses": "、".join(draw.witnesses),
        "rows": [_drawn(draw, who, experts.get(who)) for who in draw.drawn],
        "pool_rows": [
            present({"name": draw.names.get(who, who), "expert_id": who, "result": _result(draw, who)})
            for who in draw.pool
        ],
    }


def _result(draw: ExpertDraw, who: str) -> str:
    return OUT_OF if who in draw.recusals else DRAWN if who in draw.drawn else ""


def _drawn(draw: ExpertDraw, who: str, expert: Expert | None) -> dict[str, Any]:
    known = (
        {} if expert is None else {name: getattr(expert, name) for name in ("unit_name", "title_rank", "speciality")}
    )
    return present({"name": draw.names.get(who) or (expert.name if expert else who), **known})


def minutes(one: Case) -> PaperDraft:
    """Compose 会议纪要 of the meeting that decided on these records: the one on record, else what a person types."""
    return _minutes(one, _act_about(one.session, MINUTES, [item.record.id for item in one.items]))


def _act_about(session: Session, kind: str, ids: Sequence[str]) -> Any:
    """Return the latest draw or meeting that all of these records were before; None where there is none."""
    return next((act for act in _acts(session, kind) if set(ids) <= set(act.subjects)), None)


def meeting_minutes(session: Session, noun: str, ids: Sequence[str], on: date, given: Given) -> PaperDraft:
    """Compose 会议纪要 of one meeting on record, about every record that it decided on."""
    meeting = get(session, CollectiveDecision, _only(ids), "集体研究")
    found = case(session, meeting.subject_noun, meeting.subjects, on, given, RECIPES[MINUTES], "会议纪要")
    return _minutes(found, meeting)


def _minutes(one: Case, meeting: CollectiveDecision | None) -> PaperDraft:
    held = str(one.given.get("held_on") or (meeting.met_on if meeting else one.on).isoformat())
    attending = one.given.get("present") or (meeting.present if meeting else [])
    absent = one.given.get("absent") or (meeting.absent if meeting else [])
    inputs = (
        PaperField("held_on", "会议日期", "date", held, True),
        PaperField("present", "出席人员", "names", attending, True, not attending),
        PaperField("absent", "请假人员", "names", absent),
    )
    what = "获奖项目" if one.noun == "awards" else f"{one.what}考核" if one.noun == "assessments" else one.what
    body = [
        _opening(one, what, date.fromisoformat(held), meeting),
        f"会议依据{one.basis}，研究了{len(one.items)}项{'考核' if one.noun == 'assessments' else '申报'}。",
        *one.sentences(),
        *(_found(one, meeting) if meeting else [f"会议同意：{'、'.join(item.name for item in one.items)}。"]),
        f"出席：{'、'.join(attending) or '　　　　'}",
        f"请假：{'、'.join(absent)}" if absent else "",
    ]
    title = f"研究{one.year}年{what}有关事项的会议纪要"
    return official_draft(one, MINUTES, title=title, body=body, numbered=False, inputs=inputs)


def _opening(one: Case, what: str, held: date, meeting: CollectiveDecision | None) -> str:
    place = f"在{meeting.place}" if meeting and meeting.place else ""
    chair = f"{meeting.chair}主持会议。" if meeting and meeting.chair else ""
    return (
        f"{chinese_date(held)}，{one.office.name}{place}召开会议，研究{one.year}年{what}有关事项。{chair}"
        "会议听取了申报、审核和评审情况的汇报，进行了研究。现纪要如下。"
    )


def _found(one: Case, meeting: CollectiveDecision) -> list[str]:
    """Return what the meeting found, its conclusions in the course's order, with recusals and what was said."""
    flow = next((each for each in one.law.workflows if each.id == meeting.workflow), None)
    by_end: dict[str, list[str]] = {}
    for item in one.items:
        found = meeting.opinions.get(item.record.id) or {}
        by_end.setdefault(str(found.get("conclusion", "")), []).append(item.name + _votes(found))
    states = flow.states if flow is not None else ()
    ordered = sorted(by_end, key=lambda end: states.index(end) if end in states else len(states))
    said = [f"{_concluded(flow, meeting.at_state, end)}：{'、'.join(by_end[end])}。" for end in ordered]
    out = "；".join(f"{who}（{why}）" for who, why in meeting.recusals.items())
    return [meeting.discussion, *said, f"表决时回避：{out}。" if out else ""]


def _votes(found: dict[str, Any]) -> str:
    said = votes_of(found)
    return f"（{said}）" if said else ""


def _concluded(flow: Workflow | None, state: str, end: str) -> str:
    if flow is None or end not in flow.states:
        return f"会议决定{end}" if end else "会议研究了"
    if flow.is_marked(end, "graded"):
        return f"会议确定考核结果为{end}"
    return f"会议决定{end}" if flow.is_marked(end, "refused") else f"会议同意进入{end}"


def claim(session: Session, paper: Document, noun: str, ids: Sequence[str]) -> list[str]:
    """Tell the draw or meeting that an issued paper is its sheet or minutes; return the records it is about."""
    if paper.kind not in ACTS:
        return []
    model, _day = ACTS[paper.kind]
    found = session.get(model, ids[0]) if noun in (DRAWS, MEETINGS) else _act_about(session, paper.kind, ids)
    if found is None:
        return []
    found.document_id = paper.id
    return [str(one) for one in found.subjects]


def drawn(session: Session) -> bool:
    """Tell whether any draw is on record: its sheet may be printed under whatever regulation."""
    return session.scalars(select(ExpertDraw.id).limit(1)).first() is not None
