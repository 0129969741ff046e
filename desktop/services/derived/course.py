"""Facts about how far a record has come: steps passed, papers issued, naming, support and revocation."""

from collections.abc import Iterable, Sequence
from typing import Any

from desktop.models.document import Document
from desktop.services.derived.fact import ABSENT, derives
from desktop.services.derived.subject import Subject
from desktop.services.road.passed_steps import Passed

PUBLICITY, RECOMMENDATION, SIGNATURES = "publicity", "recommendation", "signature-sheet"
COMMENDATION = "commendation"
NAMINGS = frozenset({"naming-decision", "decision"})
REVIEWED = frozenset({"初审通过", "已推荐", "已命名"})
REVOKED = "已撤销"
MONEY_STEPS = (
    ("年度支持建设计划", "planned_on"),
    ("指标下达", "quota_issued_on"),
    ("上级工会收款", "received_on"),
    ("拨付基层工会账户", "transferred_on"),
)


def _together(*sources: Iterable[Passed]) -> list[Passed]:
    """Return the steps of all sources; one named twice keeps the date of the first source."""
    found: dict[str, Passed] = {}
    for source in sources:
        for step in source:
            found.setdefault(str(step["step"]), step)
    return list(found.values())


def _attested(subject: Subject, fact: str) -> Sequence[Passed]:
    return next((row.value for row in reversed(subject.attestations) if row.fact == fact and row.value), ())


@derives
def steps_done(subject: Subject) -> Any:
    """Steps with their dates: as a person gave them, as the grant's dates tell, as the record went along its course."""
    passed = [step for noun, steps in subject.steps.items() if noun != "workrooms" for step in steps]
    given, money = _attested(subject, "steps_done"), _money_steps(subject)
    if subject.grant is None and not given and not passed:
        return ABSENT
    return _together(given, money, passed)


def _money_steps(subject: Subject) -> list[Passed]:
    dated = [(name, getattr(subject.grant, column, None)) for name, column in MONEY_STEPS]
    return [{"step": name, "date": day} for name, day in dated if day is not None]


@derives
def change_steps_done(subject: Subject) -> Any:
    """Steps of a change of the workroom."""
    return _together(_attested(subject, "change_steps_done"), subject.steps.get("workrooms", ())) or ABSENT


@derives
def cycle_steps_done(subject: Subject) -> Any:
    """Steps of the assessment of a cycle."""
    return _together(_attested(subject, "cycle_steps_done"), subject.steps.get("assessments", ())) or ABSENT


def _paper(subject: Subject, *kinds: str) -> Document | None:
    """Return the latest paper in force of one of the kinds that was issued by the day."""
    issued = [one for one in subject.documents if one.kind in kinds]
    return next((one for one in reversed(issued) if one.issued_on is None or one.issued_on <= subject.on), None)


def _day_of_publicity(subject: Subject, facts: str, column: str) -> Any:
    """Return a day of the latest publicity on record, else as its paper says."""
    held = [one for one in subject.publicities if one.facts == facts]
    if held:
        return getattr(max(held, key=lambda one: (one.starts_on, one.id)), column)
    paper = _paper(subject, PUBLICITY)
    name = "publicity_start" if column == "starts_on" else "publicity_end"
    return (paper.data.get(name) if paper is not None and facts == PUBLICITY else None) or ABSENT


@derives
def publicity_start(subject: Subject) -> Any:
    """First day of the publicity, as its record or its paper says."""
    return _day_of_publicity(subject, "publicity", "starts_on")


@derives
def publicity_end(subject: Subject) -> Any:
    """Last day of the publicity, as its record or its paper says."""
    return _day_of_publicity(subject, "publicity", "ends_on")


@derives
def unit_publicity_start(subject: Subject) -> Any:
    """First day of the publicity inside the unit."""
    return _day_of_publicity(subject, "unit_publicity", "starts_on")


@derives
def unit_publicity_end(subject: Subject) -> Any:
    """Last day of the publicity inside the unit."""
    return _day_of_publicity(subject, "unit_publicity", "ends_on")


def _reviews(subject: Subject, noun: str) -> list[Passed]:
    """Return the steps passed from which a record is recommended on: what the office beneath does with it."""
    if subject.law is None:
        return []
    flows = [flow for flow in subject.law.workflows if flow.noun == noun]
    before = {
        step.from_
        for flow in flows
        for step in flow.transition
        if flow.is_marked(step.to, "recommended") and not flow.is_marked(step.from_, "filed")
    }
    return [step for step in subject.steps.get(noun, ()) if step["step"] in before]


@derives
def recommended_on(subject: Subject) -> Any:
    """Day of the report that recommends; of an award the day on which its union recommended it."""
    paper = _paper(subject, RECOMMENDATION)
    if paper is not None and paper.issued_on is not None:
        return paper.issued_on
    days = [step["date"] for step in _reviews(subject, "awards") if step["date"]]
    return min(days) if days else ABSENT


@derives
def list_published(subject: Subject) -> Any:
    """A decision that names has been issued."""
    return True if _paper(subject, *NAMINGS) is not None else ABSENT


@derives
def commended(subject: Subject) -> Any:
    """The decision that commends the award, or names it, has been issued."""
    papers = (COMMENDATION, *NAMINGS)
    return True if subject.award is not None and _paper(subject, *papers) is not None else ABSENT


@derives
def tax_notice_on_sheet(subject: Subject) -> Any:
    """The signature sheet was issued with its sentence on income tax."""
    paper = _paper(subject, SIGNATURES)
    return True if paper is not None and paper.data.get("tax_notice") else ABSENT


@derives
def recommender_reviewed(subject: Subject) -> Any:
    """The office beneath has reviewed: an opinion or its step is on record, or the application went on."""
    application = subject.application
    done = application is not None and (application.review_opinion.strip() or application.state in REVIEWED)
    return True if done or (application is not None and _reviews(subject, "applications")) else ABSENT


@derives
def recommendation_ranked(subject: Subject) -> Any:
    """The recommended are in an order of priority."""
    record = subject.award or subject.application
    return True if record is not None and record.rank is not None else ABSENT


@derives
def application_date(subject: Subject) -> Any:
    """Day of submission; before that the day for which the application is made."""
    application = subject.application
    if application is None or subject.grant is not None:
        return ABSENT
    return application.submitted_on or application.reference_date or ABSENT


@derives
def naming_year(subject: Subject) -> Any:
    """Year in which the naming is applied for, or was made."""
    if subject.application is not None and subject.application.year is not None:
        return subject.application.year
    named = subject.workroom.named_on if subject.workroom is not None else None
    return ABSENT if named is None else named.year


@derives
def naming_revoked(subject: Subject) -> Any:
    """The naming was revoked; a workroom that stands may still be in the course of it."""
    return True if subject.workroom is not None and subject.workroom.state == REVOKED else ABSENT


@derives
def named_by_city(subject: Subject) -> Any:
    """市级 is among the levels at which the workroom was named."""
    return "市级" in subject.workroom.named_levels if subject.workroom is not None else ABSENT


@derives
def named_by_unit(subject: Subject) -> Any:
    """单位级 is among the levels; units seldom enter it, so nothing says no."""
    return True if subject.workroom is not None and "单位级" in subject.workroom.named_levels else ABSENT


@derives
def level_recorded(subject: Subject) -> Any:
    """The register holds the workroom with its level."""
    return True if subject.workroom is not None and subject.workroom.level else ABSENT


@derives
def support_notice_on(subject: Subject) -> Any:
    """Day of the notice that lists the supported workrooms."""
    day = subject.workroom.supported_on if subject.workroom is not None else None
    return ABSENT if day is None else day


@derives
def in_alliance(subject: Subject) -> Any:
    """The workroom belongs to an alliance on record, or leads one."""
    return True if subject.joined_alliances else ABSENT
