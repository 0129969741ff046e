"""What is left of a grant, and its spending by source: which use is banned or not listed, which has its receipt."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.allocation import Allocation, AllocationLine
from desktop.models.document import Attachment
from desktop.models.grant import Expenditure, Grant
from desktop.rules.checks_money import Uses
from desktop.rules.regulation import Regulation, Rule
from desktop.rules.words import common_words, fold
from desktop.services.derived.subject import get
from desktop.services.expenses import STAGE, concerns
from desktop.services.regulation import regulation

REWARD: Final = "成员奖励"
GRANT: Final = "补助资金"


@dataclass(frozen=True)
class Spent:
    """One expense as the ledger judges it: `use` is listed, unlisted, banned or own (not the grant's money).

    `cite` is the article that lists or bans; `receipts` counts the files attached to it.
    """

    expense_id: str
    category: str
    amount_fen: int
    source: str
    use: str
    cite: str
    receipts: int


@dataclass(frozen=True)
class Balance:
    """A grant's total, what rewards and expenses took of it, what is left, and the spending by source; in 分."""

    total_fen: int
    rewards_fen: int
    spent_fen: int
    left_fen: int
    by_source: tuple[tuple[str, int, int], ...]
    lines: tuple[Spent, ...]

    @property
    def without_receipt(self) -> int:
        """How many expenses of the grant have no receipt attached."""
        return sum(1 for line in self.lines if line.source == GRANT and not line.receipts)


def balance(session: Session, grant_id: str) -> Balance:
    """Return the balance of a grant; rewards count once, as allotted, or as booked where they were booked."""
    grant = get(session, Grant, grant_id, GRANT)
    law = regulation(grant.regulation, session)
    rows = list(session.scalars(select(Expenditure).filter_by(grant_id=grant_id).order_by(Expenditure.paid_on)))
    receipts = _receipts(session, [row.id for row in rows])
    lines = tuple(_line(law, grant.track, row, receipts.get(row.id, 0)) for row in rows)
    booked = sum(line.amount_fen for line in lines if line.source == GRANT and line.category == REWARD)
    rewards = booked or _allotted(session, grant_id)
    spent = sum(line.amount_fen for line in lines if line.source == GRANT and line.category != REWARD)
    left = grant.grant_total_fen - rewards - spent
    return Balance(grant.grant_total_fen, rewards, spent, left, _by_source(lines), lines)


def _receipts(session: Session, ids: list[str]) -> dict[str, int]:
    query = select(Attachment.owner_id, func.count()).where(Attachment.owner_id.in_(ids)).group_by(Attachment.owner_id)
    return dict(session.execute(query).all())


def _allotted(session: Session, grant_id: str) -> int:
    """Return the rewards of the grant's allocation with the tax withheld, 分."""
    line = AllocationLine
    query = select(func.sum(func.coalesce(line.amount_fen, 0) + line.tax_withheld_fen)).join(
        Allocation, Allocation.id == line.allocation_id
    )
    return session.scalar(query.where(Allocation.grant_id == grant_id, line.kind == "reward")) or 0


def _by_source(lines: tuple[Spent, ...]) -> tuple[tuple[str, int, int], ...]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        counts[line.source][0] += 1
        counts[line.source][1] += line.amount_fen
    return tuple((source, count, fen) for source, (count, fen) in sorted(counts.items()))


def _line(law: Regulation, track: str, row: Expenditure, receipts: int) -> Spent:
    use, cite = use_of(law, row.category, track) if row.source == GRANT else ("own", "")
    return Spent(row.id, row.category, row.amount_fen, row.source, use, cite, receipts)


def use_of(law: Regulation, category: str, track: str = "") -> tuple[str, str]:
    """Say whether a use of the money of a kind of grant is listed, banned or unlisted, and by which article."""
    rules = [rule for rule in law.rules if STAGE in rule.stage and concerns(rule, track)]
    checks = [(rule, rule.check) for rule in rules if isinstance(rule.check, Uses)]
    for mode, word in (("prohibited", "banned"), ("listed", "listed")):
        for rule, check in checks:
            if check.mode == mode and _stands_in(category, check.set):
                return word, rule.article
    listing: Rule | None = next((rule for rule, check in checks if check.mode == "listed"), None)
    return ("unlisted", listing.article) if listing is not None else ("listed", "")


def _stands_in(category: str, words: tuple[str, ...]) -> bool:
    """Tell whether a use falls under one of the text's words, everyday words included."""
    return not {fold(word) for word in words}.isdisjoint(common_words().category(category))
