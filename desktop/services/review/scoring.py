"""What the experts found of a record: points by item, votes, their mean, and the order of those under one review."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.assessment import Expert
from desktop.models.expert_draw import ExpertScore
from desktop.rules.regulation import Regulation, Rule
from desktop.services import records
from desktop.services.derived.subject import get
from desktop.services.judged import judged
from desktop.services.questions import pages_of
from desktop.services.road.waiting import titles
from desktop.services.round import items_of

RECUSED: Final = "回避"
PROCEDURE: Final = frozenset({"definition", "quota", "scope", "time_limit", "workflow"})
VOTES: Final = ("同意", "不同意", RECUSED)
HUNDREDTH: Final = Decimal("0.01")


def score(
    session: Session,
    noun: str,
    record_id: str,
    expert_id: str,
    on: date,
    *,
    items: Mapping[str, str] | None = None,
    vote: str = "",
    opinion: str = "",
    draw_id: str | None = None,
) -> dict[str, Any]:
    """Record what one expert found: points by item (their sum is the score), a vote, an opinion; again replaces it."""
    get(session, Expert, expert_id, "专家")
    points = {item: _points(item, value) for item, value in (items or {}).items()}
    if vote and vote not in VOTES:
        raise BadInput(f"意见应为：{'、'.join(VOTES)}。", "vote")
    if not points and not vote and not opinion.strip():
        raise BadInput("请填写得分、意见或评审意见之一。", "score")
    query = select(ExpertScore).filter_by(subject_id=record_id, expert_id=expert_id, draw_id=draw_id)
    found = session.scalars(query).first() or ExpertScore(
        subject_noun=noun, subject_id=record_id, expert_id=expert_id, draw_id=draw_id
    )
    found.items = {item: str(value) for item, value in points.items()}
    found.score = sum(points.values(), Decimal()) if points else None
    found.vote, found.opinion, found.scored_on = vote, opinion.strip(), on
    session.add(found)
    session.flush()
    return records.to_json(found)


def _points(item: str, value: str) -> Decimal:
    try:
        points = Decimal(str(value))
    except ArithmeticError as error:
        raise BadInput(f"“{item}”的得分不是数字。", item) from error
    if not points.is_finite() or not 0 <= points <= 1000 or points != round(points, 2):
        raise BadInput(f"“{item}”的得分应在0至1000之间，最多两位小数。", item)
    return points


@dataclass(frozen=True)
class Tally:
    """What the experts found of a record: mean score in hundredths (cut), votes for and against, recused."""

    scores: int
    mean: Decimal | None
    agreed: int
    disagreed: int
    recused: int


def tally(session: Session, record_id: str) -> Tally:
    """Sum up the experts' findings of one record; those who recused themselves count for nothing else."""
    return tally_of(list(session.scalars(select(ExpertScore).filter_by(subject_id=record_id))))


def tally_of(rows: Sequence[ExpertScore]) -> Tally:
    """Sum up the findings given."""
    given = [row.score for row in rows if row.score is not None and row.vote != RECUSED]
    votes = [row.vote for row in rows]
    mean = (sum(given, Decimal()) / len(given)).quantize(HUNDREDTH, "ROUND_DOWN") if given else None
    return Tally(len(given), mean, votes.count("同意"), votes.count("不同意"), votes.count(RECUSED))


def items_for(session: Session, noun: str, record_id: str) -> tuple[str, ...]:
    """Return what a record's regulation has the experts look at: its assessment items, else its conditions by title.

    How many points an item carries no text says; the office sets it.
    """
    if noun == "assessments":
        one = judged(session, record_id)
        return items_of(one.law, one.record.kind) or _conditions(one.law, one.stage or "", one.sheet)
    one = judged(session, record_id)
    return _conditions(one.law, one.stage or "申报", one.sheet)


def _conditions(law: Regulation, stage: str, sheet: Any) -> tuple[str, ...]:
    pages = [page for page in pages_of(law, stage, sheet) if page.article]
    graded = [page for page in pages if _is_graded([law.rule(name) for name in page.rules])]
    return tuple(dict.fromkeys(page.title for page in graded or pages))


def _is_graded(rules: Sequence[Rule]) -> bool:
    """Tell whether experts can give points for a page: not for whom the text shuts out, nor for how things go on."""
    return all(rule.polarity == "require" for rule in rules) and any(rule.kind not in PROCEDURE for rule in rules)


@dataclass(frozen=True)
class Ranked:
    """One record under review with what was found of it; `place` counts from 1, equal means share it, 0 without score.

    `scores` holds each expert's points by item, vote and opinion by the expert's id.
    """

    noun: str
    record_id: str
    title: str
    place: int
    tally: Tally
    scores: Mapping[str, dict[str, Any]]


def ranking(session: Session, noun: str, record_ids: Sequence[str], draw_id: str | None = None) -> tuple[Ranked, ...]:
    """Return the records of one review in the order of their means; those without any score come last."""
    query = select(ExpertScore).where(ExpertScore.subject_id.in_(record_ids)).order_by(ExpertScore.id)
    rows = [row for row in session.scalars(query) if draw_id is None or row.draw_id == draw_id]
    names = titles(session, [(noun, one) for one in record_ids])
    of_record = {one: [row for row in rows if row.subject_id == one] for one in record_ids}
    tallies = {one: tally_of(found) for one, found in of_record.items()}
    ordered = sorted(record_ids, key=lambda one: (-(_mean(tallies[one])), names.get(one, ""), one))
    means = [_mean(tallies[one]) for one in ordered]
    return tuple(
        Ranked(
            noun,
            one,
            names.get(one, "（资料还没有收到）"),
            means.index(mean) + 1 if mean >= 0 else 0,
            tallies[one],
            _by_expert(of_record[one]),
        )
        for one, mean in zip(ordered, means, strict=True)
    )


def _mean(found: Tally) -> Decimal:
    return Decimal(-1) if found.mean is None else found.mean


def _by_expert(rows: Iterable[ExpertScore]) -> dict[str, dict[str, Any]]:
    return {str(row.expert_id): records.to_json(row) for row in rows}
