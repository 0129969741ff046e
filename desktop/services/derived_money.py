"""Facts about a grant: rewards, expenses, transfers and earlier grants."""

from datetime import date
from typing import Any

from desktop.services.derived import ABSENT, derives
from desktop.services.money import yuan
from desktop.services.subject import Subject


@derives
def track(subject: Subject) -> Any:
    """工作室 or 联盟."""
    record = subject.grant or subject.application
    return record.track if record is not None else ABSENT


@derives
def grant_total_yuan(subject: Subject) -> Any:
    """The grant as awarded, in 元."""
    return yuan(subject.grant.grant_total_fen) if subject.grant is not None else ABSENT


@derives
def rewards(subject: Subject) -> Any:
    """Reward lines of the allocation; a line names the result that it rewards."""
    if subject.allocation is None:
        return ABSENT
    return [
        {
            "name": person.name if person is not None else "",
            "person_id": line.person_id,
            "role": line.role,
            "amount_yuan": yuan(line.amount_fen or 0),
            "tax_withheld_yuan": yuan(line.tax_withheld_fen),
            "result_ref": line.outcome_id or line.result_ref,
        }
        for line, person in subject.lines
        if line.kind == "reward"
    ]


@derives
def expenses(subject: Subject) -> Any:
    """Expenses with category and source; a person's reward stands once, in `rewards`."""
    if subject.grant is None:
        return ABSENT
    return [
        {"category": e.category, "amount_yuan": yuan(e.amount_fen), "source": e.source}
        for e in subject.expenditures
        if e.category != "成员奖励" or subject.allocation is None
    ]


@derives
def reward_total_yuan(subject: Subject) -> Any:
    """Sum of the reward lines, tax withheld included."""
    return _sum_of_lines(subject, "reward")


@derives
def operating_total_yuan(subject: Subject) -> Any:
    """Sum of the operating lines."""
    return _sum_of_lines(subject, "operating")


def _sum_of_lines(subject: Subject, kind: str) -> Any:
    if subject.allocation is None:
        return ABSENT
    return yuan(sum((ln.amount_fen or 0) + ln.tax_withheld_fen for ln, _ in subject.lines if ln.kind == kind))


@derives
def received_yuan(subject: Subject) -> Any:
    """Money received from above."""
    return _amount(subject, "received_fen")


@derives
def transferred_yuan(subject: Subject) -> Any:
    """Money transferred to the grassroots union."""
    return _amount(subject, "transferred_fen")


def _amount(subject: Subject, column: str) -> Any:
    amount = getattr(subject.grant, column) if subject.grant is not None else None
    return ABSENT if amount is None else yuan(amount)


@derives
def transfer_days(subject: Subject) -> Any:
    """Days from receipt to transfer; until transferred, the days that have passed."""
    grant = subject.grant
    if grant is None or grant.received_on is None:
        return ABSENT
    return ((grant.transferred_on or subject.on) - grant.received_on).days


STEPS = (
    ("年度支持建设计划", "planned_on"),
    ("指标下达", "quota_issued_on"),
    ("上级工会收款", "received_on"),
    ("拨付基层工会账户", "transferred_on"),
)


@derives
def steps_done(subject: Subject) -> Any:
    """Steps of the money's road with their dates."""
    if subject.grant is None:
        return ABSENT
    dated: list[tuple[str, date | None]] = [(name, getattr(subject.grant, column)) for name, column in STEPS]
    return [{"step": name, "date": day} for name, day in dated if day is not None]


@derives
def prior_grants(subject: Subject) -> Any:
    """Other grants on the same track, each with its regulation and whether of the same year."""
    if subject.grant is None:
        return ABSENT
    year = subject.grant.year
    return [
        {"regulation": grant.regulation, "year": grant.year, "same_year": grant.year == year}
        for grant in subject.prior_grants
    ] or None


@derives
def fund_manager_workroom(subject: Subject) -> Any:
    """The workroom that manages an alliance's grant, where the grant names one."""
    if subject.grant is None or subject.grant.track != "联盟":
        return ABSENT
    return subject.grant.workroom_id or ABSENT
