"""Drawing experts at random by a recorded seed, so that anyone can draw again and meet the same people."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.assessment import Expert
from desktop.models.expert_draw import ExpertDraw
from desktop.models.unit import Unit
from desktop.models.workroom import Workroom
from desktop.services import identity, records
from desktop.services.attestations import attest
from desktop.services.derived.subject import get
from desktop.services.review.scoring import VOTES, Ranked, Tally, items_for, ranking, score, tally

__all__ = [
    "METHOD",
    "RANDOM",
    "VOTES",
    "Checked",
    "Ranked",
    "Tally",
    "check",
    "chosen",
    "conflicts",
    "draw",
    "draws_of",
    "items_for",
    "order",
    "pool_of",
    "ranking",
    "replace_one",
    "score",
    "tally",
]

METHOD: Final = "按“种子、专家编号”的 SHA-256 值由小到大取前若干名"
RANDOM: Final = "随机抽取"


@dataclass(frozen=True)
class Checked:
    """Whether a draw, done again from what is recorded, gives the same people."""

    same: bool
    drawn: tuple[str, ...]
    names: tuple[str, ...]


def order(pool: Sequence[str], seed: str) -> list[str]:
    """Return the pool in the order that a seed gives: by the SHA-256 of seed and id, the least first.

    Anyone can work this out by hand; no version of any random generator is needed.
    """
    return sorted(pool, key=lambda one: (hashlib.sha256(f"{seed}\n{one}".encode()).hexdigest(), one))


def chosen(pool: Sequence[str], recusals: Mapping[str, str], seed: str, count: int) -> list[str]:
    """Return the people a draw gives: the first of the order who do not recuse themselves."""
    return [one for one in order(pool, seed) if one not in recusals][:count]


def pool_of(session: Session, speciality: str = "") -> list[Expert]:
    """Return the experts in the pool, of one field where one is named, by id."""
    query = select(Expert).filter_by(active=True).order_by(Expert.id)
    found = list(session.scalars(query))
    return [one for one in found if speciality in one.speciality] if speciality else found


def conflicts(session: Session, workroom_ids: Sequence[str], pool: Sequence[Expert]) -> dict[str, str]:
    """Return experts who come from the unit of a workroom under review, with the reason; a person decides."""
    query = select(Unit.name).join(Workroom, Workroom.unit_id == Unit.id).where(Workroom.id.in_(workroom_ids))
    units = set(session.scalars(query))
    return {one.id: f"来自被评审单位（{one.unit_name}）" for one in pool if one.unit_name and one.unit_name in units}


def draw(
    session: Session,
    title: str,
    count: int,
    by: str,
    on: date,
    *,
    noun: str = "applications",
    subjects: Sequence[str] = (),
    speciality: str = "",
    recusals: Mapping[str, str] | None = None,
    witnesses: Sequence[str] = (),
    seed: str = "",
    replaces: str | None = None,
) -> dict[str, Any]:
    """Draw experts and record pool, recusals, seed, witnesses and people.

    NotAllowed when fewer are left than are to be drawn; BadInput for a recusal without a reason. The records under
    review are told how their experts were found, as the regulation asks.
    """
    pool = pool_of(session, speciality)
    out = {who: why.strip() for who, why in (recusals or {}).items()}
    _require(title, count, pool, out)
    used = seed.strip() or secrets.token_hex(16)
    ids = [one.id for one in pool]
    made = ExpertDraw(
        office_id=identity.own_office_id(session),
        subject_noun=noun,
        subjects=list(subjects),
        title=title.strip(),
        drawn_on=on,
        drawn_by=by,
        witnesses=list(witnesses),
        count=count,
        speciality=speciality,
        method=METHOD,
        seed=used,
        pool=ids,
        names={one.id: one.name for one in pool},
        recusals=out,
        drawn=chosen(ids, out, used, count),
        replaces_id=replaces,
    )
    return _recorded(session, made)


def _recorded(session: Session, made: ExpertDraw) -> dict[str, Any]:
    session.add(made)
    session.flush()
    for subject in made.subjects:
        attest(session, subject, "expert_draw_method", RANDOM, made.drawn_by, made.drawn_on)
    return records.to_json(made)


def _require(title: str, count: int, pool: Sequence[Expert], out: Mapping[str, str]) -> None:
    if count < 1 or not title.strip():
        raise BadInput("请写明评审事项和抽取人数。", "count")
    if any(not why for why in out.values()):
        raise BadInput("回避要写明原因。", "recusals")
    left = [one for one in pool if one.id not in out]
    if len(left) < count:
        raise NotAllowed(f"可抽取的专家只有{len(left)}名，不够{count}名。请补充专家库或放宽专业范围。", "experts")


def replace_one(session: Session, draw_id: str, who: str, why: str, by: str, on: date) -> dict[str, Any]:
    """Draw again without one who cannot come: the next in the same seed's order takes the place."""
    before = get(session, ExpertDraw, draw_id, "专家抽取")
    if who not in before.drawn:
        raise BadInput("要替换的专家不在抽中的名单里。", "who")
    return draw(
        session,
        before.title,
        before.count,
        by,
        on,
        noun=before.subject_noun,
        subjects=before.subjects,
        speciality=before.speciality,
        recusals={**before.recusals, who: why},
        witnesses=before.witnesses,
        seed=before.seed,
        replaces=before.id,
    )


def check(session: Session, draw_id: str) -> Checked:
    """Draw again from what was recorded and compare."""
    kept = get(session, ExpertDraw, draw_id, "专家抽取")
    again = chosen(kept.pool, kept.recusals, kept.seed, kept.count)
    return Checked(again == kept.drawn, tuple(again), tuple(str(kept.names.get(one, one)) for one in again))


def draws_of(session: Session, record_id: str) -> list[dict[str, Any]]:
    """Return the draws for a record, the latest first."""
    found = session.scalars(select(ExpertDraw).order_by(ExpertDraw.drawn_on.desc(), ExpertDraw.id))
    return [records.to_json(one) for one in found if record_id in one.subjects]
