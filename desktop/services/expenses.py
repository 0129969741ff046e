"""The spending of a grant: its expenses, the uses that its regulation lists or bans, and the verdict over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.rules.checks_money import Uses
from desktop.rules.evaluator import judge
from desktop.rules.regulation import Regulation, Rule
from desktop.rules.verdict import Verdict
from desktop.services import records
from desktop.services.facts import FactSheet, grant_facts
from desktop.services.regulation import regulation

STAGE = "支出"
REWARD = "成员奖励"


@dataclass(frozen=True)
class Ledger:
    """The expenses of one grant as records, with the facts and the regulation that judge them."""

    grant: Mapping[str, Any]
    expenses: Sequence[Mapping[str, Any]]
    regulation: Regulation
    sheet: FactSheet

    @property
    def verdict(self) -> Verdict:
        """The findings of the stage 支出."""
        return judge(self.regulation, self.sheet.facts, stage=STAGE)

    @property
    def uses(self) -> list[str]:
        """The uses that the regulation permits for a grant of this kind."""
        return listed_uses(self.regulation, self.grant["track"])

    @property
    def first_use(self) -> str:
        """The use to offer for a new expense."""
        return first_use(self.regulation, self.grant["track"])


def ledger(session: Session, grant_id: str, today: date | None = None) -> Ledger:
    """Read a grant's expenses, the earliest first."""
    grant = records.get_record(session, "grants", grant_id)
    expenses = records.list_records(session, "expenditures", {"grant_id": grant_id})
    ordered = sorted(expenses, key=lambda expense: (expense["paid_on"] or "9999", expense["id"]))
    return Ledger(
        grant, ordered, regulation(grant["regulation"], session, today), grant_facts(session, grant_id, today)
    )


def listed_uses(law: Regulation, track: str = "") -> list[str]:
    """Return the uses that the regulation permits at the stage 支出, in its order: of one kind of grant, or of all."""
    checks = [rule.check for rule in law.rules if STAGE in rule.stage and concerns(rule, track)]
    words = [word for check in checks if isinstance(check, Uses) and check.mode == "listed" for word in check.set]
    return list(dict.fromkeys(words))


def first_use(law: Regulation, track: str = "") -> str:
    """Return the use to offer for a new expense: the first listed one that is no reward."""
    return next((use for use in listed_uses(law, track) if use != REWARD), "日常运行")


def concerns(rule: Rule, track: str) -> bool:
    """Say whether a rule is for grants of a kind; what a workroom may pay for is not what an alliance may."""
    guards = [guard for guard in rule.when if guard.fact == "track" and guard.is_ is not None]
    return not track or all(guard.is_ == track for guard in guards)


def add_expense(session: Session, grant_id: str, category: str, on: date) -> str:
    """Begin an expense of the grant with nothing spent yet, and return its id."""
    grant = records.get_record(session, "grants", grant_id)
    (saved,) = records.put_records(
        session,
        "expenditures",
        {
            "grant_id": grant_id,
            "workroom_id": grant["workroom_id"],
            "paid_on": on.isoformat(),
            "category": category,
            "amount_yuan": "0.00",
        },
    )
    return str(saved["id"])


def remove(session: Session, expense_ids: Sequence[str]) -> None:
    """Take expenses off the ledger."""
    for expense_id in expense_ids:
        records.delete_record(session, "expenditures", expense_id)
