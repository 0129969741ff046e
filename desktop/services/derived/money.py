"""Facts about a grant: rewards, expenses, transfers and earlier grants."""

from typing import Any

from desktop.models.grant import Grant
from desktop.services.derived.fact import ABSENT, derives
from desktop.services.derived.subject import Subject
from desktop.services.money import yuan


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
    """Days from receipt to transfer; until transferred, the days that have passed; dates at odds say nothing."""
    grant = subject.grant
    if grant is None or grant.received_on is None:
        return ABSENT
    days = ((grant.transferred_on or subject.on) - grant.received_on).days
    return days if days >= 0 else ABSENT


@derives
def prior_grants(subject: Subject) -> Any:
    """Other grants on the same track: regulation, whether of the same year, and whether for the same title."""
    if subject.grant is None:
        return ABSENT
    return [_prior(subject, earlier) for earlier in subject.prior_grants] or None


def _prior(subject: Subject, earlier: Grant) -> dict[str, Any]:
    assert subject.grant is not None
    item = {
        "regulation": earlier.regulation,
        "track": earlier.track,
        "year": earlier.year,
        "same_year": earlier.year == subject.grant.year,
    }
    titles = (_title_of(subject, earlier), _title_of(subject, subject.grant))
    if all(titles):
        item["same_title"] = titles[0] == titles[1]
    return item


def _title_of(subject: Subject, grant: Grant) -> str:
    """Return for which title a grant was made: the one whose sum in the regulation is the grant's; empty if not one."""
    if subject.law is None or grant.regulation != subject.law.id:
        return ""
    named = [one.track for one in subject.law.grants if one.amount_fen == grant.grant_total_fen]
    return named[0] if len(named) == 1 else ""


UNIT_MONEY = "单位资金"
REWARDING = ("奖励", "成员奖励", "奖金")


@derives
def unit_matching_yuan(subject: Subject) -> Any:
    """What the unit itself spent on the workroom, in 元; unknown while nothing is on record."""
    total = sum(one.amount_fen for one in subject.expenditures if one.source == UNIT_MONEY)
    return yuan(total) if total > 0 else ABSENT


@derives
def unit_matching_given(subject: Subject) -> Any:
    """The unit spent money of its own on the workroom."""
    return True if unit_matching_yuan(subject) is not ABSENT else ABSENT


@derives
def unit_reward_given(subject: Subject) -> Any:
    """The unit paid rewards out of its own money."""
    paid = any(one.source == UNIT_MONEY and one.category in REWARDING for one in subject.expenditures)
    return True if paid else ABSENT


@derives
def work_funds_available(subject: Subject) -> Any:
    """The unit's yearly money for the workroom is on record."""
    amount = subject.workroom.unit_funding_fen if subject.workroom is not None else None
    return True if amount else ABSENT


@derives
def fund_manager_workroom(subject: Subject) -> Any:
    """The workroom that manages an alliance's grant, where the grant names one."""
    if subject.grant is None or subject.grant.track != "联盟":
        return ABSENT
    return subject.grant.workroom_id or ABSENT
