"""Facts about assessments, yearly reports, activities and the pool of experts."""

from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from desktop.models.assessment import Assessment, Plan
from desktop.services.derived.fact import ABSENT, derives
from desktop.services.derived.subject import Subject

CYCLE, SPECIAL, SUMMARY = "周期考核", "专项考核", "年度总结"
SENIOR = "正高级"
EXCHANGES = frozenset({"技术交流", "互学互鉴"})


def done_assessments(subject: Subject) -> list[Assessment]:
    """Return the assessments made by the day, the earliest first, or only the one that is being judged."""
    if subject.assessment is not None:
        return [subject.assessment]
    made = [one for one in subject.assessments if one.assessed_on is not None and one.assessed_on <= subject.on]
    return sorted(made, key=lambda one: (one.assessed_on or date.min, one.id))


def _known_gap(subject: Subject) -> Any:
    """Return None, known to be none, for a named workroom without such an assessment: the register would hold it."""
    named = subject.workroom is not None and subject.workroom.named_on is not None
    return None if named else ABSENT


@derives
def last_assessed_on(subject: Subject) -> Any:
    """Day of the latest assessment; known to be none for a named workroom without one."""
    made = done_assessments(subject)
    return (made[-1].assessed_on or ABSENT) if made else _known_gap(subject)


@derives
def last_cycle_assessed_on(subject: Subject) -> Any:
    """Day of the latest assessment of a cycle; the one being judged is not its own forerunner."""
    made = [one for one in subject.assessments if one.kind == CYCLE]
    past = [one.assessed_on for one in made if one.assessed_on and one is not subject.assessment]
    return max((day for day in past if day <= subject.on), default=None) or _known_gap(subject)


@derives
def assessment_filed(subject: Subject) -> Any:
    """An assessment of the year is on record."""
    made = [one for one in done_assessments(subject) if one.assessed_on and one.assessed_on.year == subject.on.year]
    return True if made else ABSENT


@derives
def assessment_year(subject: Subject) -> Any:
    """Year of the latest assessment."""
    made = done_assessments(subject)
    return (made[-1].year or ABSENT) if made else ABSENT


@derives
def assessor(subject: Subject) -> Any:
    """Name of the union that made the latest assessment."""
    made = done_assessments(subject)
    office = subject.assessors.get(made[-1].id) if made else None
    return ABSENT if office is None else office.name


@derives
def recommender(subject: Subject) -> Any:
    """Name of the union that recommended the workroom for the naming."""
    recommended = bool(subject.named_applications) and subject.office is not None
    return subject.office.name if recommended and subject.office is not None else ABSENT


def _assessed_by(subject: Subject, level: str) -> Any:
    offices = [subject.assessors.get(one.id) for one in done_assessments(subject)]
    return True if any(office is not None and office.level == level for office in offices) else ABSENT


@derives
def district_assessment_filed(subject: Subject) -> Any:
    """A union of county level assessed the workroom."""
    return _assessed_by(subject, "县级")


@derives
def unit_assessment_filed(subject: Subject) -> Any:
    """The union of the unit assessed the workroom."""
    return _assessed_by(subject, "基层")


@derives
def reassessment_grade(subject: Subject) -> Any:
    """Grade of the special assessment after the leader changed."""
    since = max((one.left_on for one in subject.former_leaders if one.left_on is not None), default=None)
    made = [one for one in done_assessments(subject) if one.kind == SPECIAL and one.grade]
    after = [one for one in made if since is not None and one.assessed_on is not None and one.assessed_on >= since]
    return after[-1].grade if after else ABSENT


def _latest_summary(subject: Subject) -> Plan | None:
    filed = [p for p in subject.plans if p.kind == SUMMARY and p.filed_on is not None and p.filed_on <= subject.on]
    return max(filed, key=lambda plan: (plan.year, plan.id), default=None)


@derives
def annual_report_on(subject: Subject) -> Any:
    """Day on which the latest yearly summary was filed."""
    summary = _latest_summary(subject)
    return ABSENT if summary is None or summary.filed_on is None else summary.filed_on


@derives
def report_year(subject: Subject) -> Any:
    """Year that the latest yearly summary is about."""
    summary = _latest_summary(subject)
    return ABSENT if summary is None else summary.year


@derives
def report_sections(subject: Subject) -> Any:
    """Sections of the latest yearly summary."""
    summary = _latest_summary(subject)
    return ABSENT if summary is None or not summary.sections else list(summary.sections)


@derives
def running_reports_in_year(subject: Subject) -> Any:
    """How many summaries were filed in the year; unknown while there is none."""
    days = [plan.filed_on for plan in subject.plans if plan.kind == SUMMARY and plan.filed_on is not None]
    return sum(day.year == subject.on.year and day <= subject.on for day in days) or ABSENT


def _held(subject: Subject, *kinds: str) -> int:
    return sum(one.kind in kinds and (one.date is None or one.date <= subject.on) for one in subject.activities)


@derives
def activity_records(subject: Subject) -> Any:
    """Activities are on record."""
    return True if subject.activities else ABSENT


@derives
def exchange_held(subject: Subject) -> Any:
    """An exchange is on record."""
    return True if _held(subject, *EXCHANGES) else ABSENT


@derives
def training_measures(subject: Subject) -> Any:
    """Masters who train apprentices are on record."""
    return True if _held(subject, "师带徒") else ABSENT


@derives
def publicity_count(subject: Subject) -> Any:
    """How many exhibitions and reports in the media are on record."""
    return _held(subject, "展示宣传") if subject.workroom is not None else ABSENT


@derives
def publicity_done(subject: Subject) -> Any:
    """An exhibition or a report in the media is on record."""
    return True if _held(subject, "展示宣传") else ABSENT


@derives
def pool_senior_share_pct(subject: Subject) -> Any:
    """Share of 正高级 experts in the pool in per cent, cut to two places; unknown for an empty pool."""
    if not subject.experts:
        return ABSENT
    senior = sum(expert.title_rank == SENIOR for expert in subject.experts)
    return per_cent(senior, len(subject.experts))


def per_cent(part: int, whole: int) -> Decimal:
    """Return a share in per cent, cut to two places so that a half is never rounded up to more than a half."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_DOWN).normalize()
