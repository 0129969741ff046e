"""Facts about an application for an award: its first person, its money and its standing."""

from typing import Any

from desktop.services.derived.fact import ABSENT, derives
from desktop.services.derived.subject import Subject
from desktop.services.money import yuan

TITLED = frozenset({"初级", "中级", "副高级", "正高级"})


@derives
def first_person_frontline(subject: Subject) -> Any:
    """Whether the first person is a frontline worker."""
    mark = subject.awardee.frontline if subject.awardee is not None else None
    return ABSENT if mark is None else mark


@derives
def first_person_roles(subject: Subject) -> Any:
    """What the register says the first person is: a frontline worker, or holder of a professional title."""
    person = subject.awardee
    if person is None:
        return ABSENT
    frontline = ["一线职工"] if person.frontline else []
    return (frontline + (["专业技术人员"] if person.title_rank in TITLED else [])) or ABSENT


@derives
def awardee_rank(subject: Subject) -> Any:
    """The award goes to the first person whom the record names."""
    return 1 if subject.awardee is not None else ABSENT


@derives
def award_yuan(subject: Subject) -> Any:
    """The prize, in 元: as decided, else what was paid of it."""
    if subject.award is None:
        return ABSENT
    paid = sum(row.amount_fen for row, _filed in subject.payments if row.kind == "发放")
    amount = paid or None if subject.award.award_fen is None else subject.award.award_fen
    return ABSENT if amount is None else yuan(amount)


@derives
def payments(subject: Subject) -> Any:
    """The prize as paid out, each with its day and whether the bank's receipt is kept: its number or its file."""
    if subject.award is None or not subject.payments:
        return ABSENT
    return [
        {"name": subject.award.project_name, "date": row.paid_on, "amount_yuan": yuan(row.amount_fen)}
        | {"bank_receipt": filed or bool(row.receipt_number.strip())}
        for row, filed in subject.payments
        if row.kind == "发放"
    ] or ABSENT


@derives
def award_revoked(subject: Subject) -> Any:
    """The award was revoked: a step of that name was passed."""
    return _passed(subject, "撤销")


@derives
def medal_proposed(subject: Subject) -> Any:
    """The medal was given: a step of that name was passed."""
    return _passed(subject, "授予")


def _passed(subject: Subject, beginning: str) -> Any:
    return True if any(str(step["step"]).startswith(beginning) for step in subject.steps.get("awards", ())) else ABSENT
