"""Prize money of awards: what each is due, what was paid against which receipt, and what came back after revocation."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.assessment import Award
from desktop.models.person import Person
from desktop.models.step import Step
from desktop.rules.regulation import Regulation
from desktop.services import records
from desktop.services.derived.prize_rows import payments, with_receipts
from desktop.services.derived.subject import get
from desktop.services.money import grouped_yuan, yuan
from desktop.services.regulation import catalogue, regulation

PAID, RECOVERED = "发放", "追回"
REVOKED: Final = ("撤销奖励", "追回奖金、奖牌、证书", "通报")
PRIZED: Final = (
    *("公布表扬", "授予五一劳动奖章", "奖金发放", "归档", "办结"),
    *("已获奖", "举报或发现", "查证属实", "查无实据"),
    *REVOKED,
)
"""States of an award that carry a prize, or carried one."""


@dataclass(frozen=True)
class Prize:
    """One award with its money in 分: due by the text or as decided, paid, recovered; `receipts` of `payments` kept."""

    award_id: str
    project_name: str
    award_kind: str
    person_name: str
    state: str
    due_fen: int
    paid_fen: int
    recovered_fen: int
    payments: int
    receipts: int
    is_revoked: bool

    @property
    def rest_fen(self) -> int:
        """What is still to be paid out, or of a revoked prize to be recovered, in 分."""
        rest = self.paid_fen - self.recovered_fen if self.is_revoked else self.due_fen - self.paid_fen
        return max(rest, 0)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be paid out, or to be recovered."""
        return self.rest_fen > 0

    @property
    def may_be_paid(self) -> bool:
        """Whether a payment can be entered: something is left, or nobody has said yet how much it is."""
        return not self.is_revoked and (self.is_open or not self.due_fen)


@dataclass(frozen=True)
class PrizeSheet:
    """The prizes of a year: all lines, and their sums in 分."""

    year: int
    lines: tuple[Prize, ...]
    due_fen: int
    paid_fen: int
    recovered_fen: int

    @property
    def without_receipt(self) -> int:
        """How many payments no receipt is kept of."""
        return sum(line.payments - line.receipts for line in self.lines)

    def of(self, award_ids: Collection[str]) -> list[Prize]:
        """Return the prizes of these awards."""
        return [line for line in self.lines if line.award_id in award_ids]


def rest_of(lines: Iterable[Prize]) -> int:
    """Return what is left to pay of these prizes, or to recover of revoked ones, in 分."""
    return sum(line.rest_fen for line in lines)


def years(session: Session) -> list[int]:
    """Return the years of which there are prizes, the latest first."""
    query = select(Award.award_year).where(Award.state.in_(PRIZED), Award.award_year.is_not(None)).distinct()
    return sorted((year for year in session.scalars(query) if year is not None), reverse=True)


def year_sheet(session: Session, year: int) -> PrizeSheet:
    """Return the prizes of a year by award and project."""
    query = (
        select(Award, func.coalesce(Person.name, ""))
        .outerjoin(Person, Person.id == Award.person_id)
        .where(Award.award_year == year, Award.state.in_(PRIZED))
        .order_by(Award.award_kind, Award.rank, Award.project_name, Award.id)
    )
    laws = catalogue(session)
    lines = tuple(_prize(session, laws, award, name) for award, name in session.execute(query))
    return PrizeSheet(
        year,
        lines,
        sum(one.due_fen for one in lines),
        sum(one.paid_fen for one in lines),
        sum(one.recovered_fen for one in lines),
    )


def _prize(session: Session, laws: dict[str, Regulation], award: Award, name: str) -> Prize:
    rows = with_receipts(session, payments(session, award.id))
    out = [(row, kept) for row, kept in rows if row.kind == PAID]
    return Prize(
        award.id,
        award.project_name,
        award.award_kind,
        name,
        award.state,
        due_fen(laws.get(award.regulation), award),
        sum(row.amount_fen for row, _kept in out),
        sum(row.amount_fen for row, _kept in rows if row.kind == RECOVERED),
        len(out),
        sum(1 for row, kept in out if kept or row.receipt_number.strip()),
        _is_revoked(session, award),
    )


def due_fen(law: Regulation | None, award: Award) -> int:
    """Return what an award is due: as decided, else the least that the regulation gives for its kind; 0 if neither."""
    if award.award_fen:
        return award.award_fen
    kinds = law.grants if law is not None else ()
    near = [one for one in kinds if one.track in award.award_kind or award.award_kind in one.track]
    return (near[0].amount_min_fen or near[0].amount_fen or 0) if near else 0


def pay(
    session: Session, award_id: str, amount_fen: int, on: date, receipt_number: str = "", note: str = ""
) -> dict[str, Any]:
    """Record that a prize, or a part of it, was paid; NotAllowed before the decision, once revoked, or beyond it."""
    award = get(session, Award, award_id, "成果奖励")
    if award.state not in PRIZED or _is_revoked(session, award):
        raise NotAllowed(f"“{award.project_name}”现在是“{award.state}”，公布表扬后才能发放奖金。", "state")
    due = due_fen(regulation(award.regulation, session) if award.regulation else None, award)
    before = sum(row.amount_fen for row in payments(session, award_id) if row.kind == PAID)
    if due and before + amount_fen > due:
        due_yuan, before_yuan, more_yuan = map(grouped_yuan, (due, before, amount_fen))
        raise NotAllowed(f"应发{due_yuan}元，已发{before_yuan}元，再发{more_yuan}元就超出了。", "amount_yuan")
    return _record(session, award, PAID, amount_fen, on, receipt_number, note)


def pay_rest(session: Session, award_ids: Sequence[str], on: date, receipt_number: str = "") -> list[dict[str, Any]]:
    """Record for each award that what is left of its prize was paid; those paid in full are passed over.

    BadInput when nothing is left to pay; one that is refused refuses all.
    """
    made = []
    for award_id in award_ids:
        award = get(session, Award, award_id, "成果奖励")
        due = due_fen(regulation(award.regulation, session) if award.regulation else None, award)
        left = due - sum(row.amount_fen for row in payments(session, award_id) if row.kind == PAID)
        if left > 0:
            made.append(pay(session, award_id, left, on, receipt_number))
    if not made:
        raise BadInput("选中的奖金都已发完，没有要登记的。", "award_id")
    return made


def recover(
    session: Session, award_id: str, amount_fen: int, on: date, receipt_number: str = "", note: str = ""
) -> dict[str, Any]:
    """Record that money of a revoked award came back; NotAllowed before the revocation or beyond what was paid."""
    award = get(session, Award, award_id, "成果奖励")
    if not _is_revoked(session, award):
        raise NotAllowed(f"“{award.project_name}”没有撤销，不能登记追回。请先在“办理”里办撤销。", "state")
    rows = payments(session, award_id)
    left = sum(row.amount_fen if row.kind == PAID else -row.amount_fen for row in rows)
    if amount_fen > left:
        raise NotAllowed(f"还没有追回的是{grouped_yuan(left)}元，不能登记{grouped_yuan(amount_fen)}元。", "amount_yuan")
    return _record(session, award, RECOVERED, amount_fen, on, receipt_number, note)


def payment_rows(session: Session, award_id: str) -> list[dict[str, Any]]:
    """Return an award's payments and recoveries in their JSON form, `filed` telling of a receipt attached to one."""
    return [
        {**records.to_json(row), "filed": kept} for row, kept in with_receipts(session, payments(session, award_id))
    ]


def _is_revoked(session: Session, award: Award) -> bool:
    # A step that was put right did not happen.
    corrected = select(Step.corrects_id).where(Step.subject_id == award.id, Step.corrects_id.is_not(None))
    taken = select(Step.id).where(Step.subject_id == award.id, Step.corrects_id.is_(None), Step.id.not_in(corrected))
    revoked = taken.where(Step.to_state.in_(REVOKED))
    return award.state in REVOKED or session.scalars(revoked.limit(1)).first() is not None


def _record(
    session: Session, award: Award, kind: str, amount_fen: int, on: date, receipt_number: str, note: str
) -> dict[str, Any]:
    if amount_fen <= 0:
        raise BadInput("金额应大于零。", "amount_yuan")
    given = {"award_id": award.id, "kind": kind, "person_id": award.person_id, "amount_yuan": yuan(amount_fen)}
    given |= {"paid_on": on.isoformat(), "receipt_number": receipt_number.strip(), "note": note}
    return records.put_records(session, "award_payments", given)[0]
