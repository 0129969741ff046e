"""Facts about topics, outcomes, publications, plans and assessments."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from desktop.models.outcome import Outcome
from desktop.models.workroom import Topic
from desktop.rules.reading import facts_read
from desktop.services.derived.fact import ABSENT, derives
from desktop.services.derived.review import done_assessments
from desktop.services.derived.subject import Subject

# A running support year is pending until it is over or has this many (补助资金办法第九条：不少于3项).
PUBLICATIONS_EXPECTED = 3
TRAINING_KINDS = frozenset({"技能培训", "技术交流", "师带徒", "互学互鉴"})


@derives
def projects(subject: Subject) -> Any:
    """Topics as one item a calendar year; one that spans years counts in each of them."""
    if not subject.topics:
        return [] if subject.workroom is not None else ABSENT
    return [item for topic in subject.topics for item in _topic_years(topic, subject.on)]


def _topic_years(topic: Topic, on: date) -> Iterable[dict[str, Any]]:
    if topic.started_on is None:
        return
    last = topic.ended_on or (on if topic.status == "进行中" else topic.started_on)
    for year in range(topic.started_on.year, max(last.year, topic.started_on.year) + 1):
        item: dict[str, Any] = {"year": year, "name": topic.name}
        for flag in ("registered", "recognised"):
            if getattr(topic, flag) is not None:
                item[flag] = getattr(topic, flag)
        yield item


@derives
def results(subject: Subject) -> Any:
    """Outcomes with date, form, level and whether they were recognised."""
    if subject.workroom is None:
        return ABSENT
    return [_result(outcome) for outcome in subject.outcomes if outcome.date is not None]


def _result(outcome: Outcome) -> dict[str, Any]:
    item: dict[str, Any] = {
        "name": outcome.name,
        "date": outcome.date,
        "year": outcome.date.year if outcome.date else None,
        "form": outcome.form,
        "recognised": outcome.form != "未认定",
    }
    if outcome.level and outcome.form != "未认定":
        item["level"] = outcome.level
    elif outcome.form == "未认定":
        item["level"] = None
    return item


@derives
def result_count(subject: Subject) -> Any:
    """How many outcomes are on record."""
    return len(subject.outcomes) if subject.workroom is not None else ABSENT


@derives
def project_count(subject: Subject) -> Any:
    """How many topics are on record."""
    return len(subject.topics) if subject.workroom is not None else ABSENT


@derives
def activity_count(subject: Subject) -> Any:
    """How many activities are on record."""
    return len(subject.activities) if subject.workroom is not None else ABSENT


@derives
def trainings(subject: Subject) -> Any:
    """Trainings and exchanges, each with its date and year."""
    held = [a for a in subject.activities if a.kind in TRAINING_KINDS and a.date is not None]
    if subject.workroom is None:
        return ABSENT
    return [{"date": activity.date, "year": activity.date.year} for activity in held if activity.date]


@derives
def benefit_economic(subject: Subject) -> Any:
    """Whether any outcome brought an economic benefit; an amount of benefit says so too."""
    return _any_marked(True if outcome.benefit_fen else outcome.benefit_economic for outcome in subject.outcomes)


@derives
def benefit_social(subject: Subject) -> Any:
    """Whether any outcome brought a social benefit."""
    return _any_marked(outcome.benefit_social for outcome in subject.outcomes)


@derives
def result_has_benefit(subject: Subject) -> Any:
    """Whether any outcome brought a benefit of either kind."""
    found = (benefit_economic(subject), benefit_social(subject))
    if True in found:
        return True
    return False if found == (False, False) else ABSENT


@derives
def leader_led_result(subject: Subject) -> Any:
    """A recognised outcome names the leader among those who completed it."""
    name = subject.leader.name if subject.leader is not None else ""
    led = [one for one in subject.outcomes if one.form != "未认定" and name and name in _names(one.completed_by)]
    return True if led else ABSENT


def _names(text: str) -> list[str]:
    return re.split(r"[、，,；;\s]+", text.strip())


@derives
def publications(subject: Subject) -> Any:
    """Publications with their day, platform, and whether the regulation names the platform."""
    if subject.workroom is None:
        return ABSENT
    listed = _platforms(subject)
    return [
        {"name": one.title, "date": one.published_on, "platform": one.platform}
        | ({"platform_listed": _bare(one.platform) in listed} if listed and one.platform else {})
        for one in subject.publications
        if one.published_on is None or one.published_on <= subject.on
    ]


def _platforms(subject: Subject) -> str:
    """Return the sentences that name platforms: those of the rules that look at publications."""
    rules = subject.law.rules if subject.law is not None else ()
    return _bare("".join(rule.text for rule in rules if "publications" in facts_read(rule)))


def _bare(text: str) -> str:
    return re.sub(r"[\s“”‘’\"'《》]", "", text).upper()


def _any_marked(marks: Iterable[bool | None]) -> Any:
    known = list(marks)
    if any(known):
        return True
    return False if known and None not in known else ABSENT


def support_years(subject: Subject) -> list[tuple[date, date]]:
    """Return the twelve-month periods from the support notice to `subject.on`, the running one last; ends excluded."""
    start = subject.workroom.supported_on if subject.workroom is not None else None
    periods: list[tuple[date, date]] = []
    while start is not None and _shift(start, len(periods)) <= subject.on:
        periods.append((_shift(start, len(periods)), _shift(start, len(periods) + 1)))
    return periods


def _shift(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)


@derives
def published_results_in_period(subject: Subject) -> Any:
    """Distinct outcomes published in the support year; while a year runs and is short, the last full one counts."""
    counts = [_published(subject, period) for period in support_years(subject)]
    if counts and counts[-1] >= PUBLICATIONS_EXPECTED:
        return counts[-1]
    return counts[-2] if len(counts) > 1 else ABSENT


def _published(subject: Subject, period: tuple[date, date]) -> int:
    return len(
        {
            p.outcome_id or p.id
            for p in subject.publications
            if p.published_on is not None and period[0] <= p.published_on < period[1]
        }
    )


@derives
def named_on(subject: Subject) -> Any:
    """Day of naming; known to be none for a workroom that no level has named."""
    workroom = subject.workroom
    if workroom is None:
        return ABSENT
    if workroom.named_on is not None:
        return workroom.named_on
    return None if not workroom.named_levels and workroom.state in {"筹建", "已建成", "申报中"} else ABSENT


@derives
def named_levels(subject: Subject) -> Any:
    """Levels at which the workroom was named before; an empty list says none."""
    return list(subject.workroom.named_levels) if subject.workroom is not None else ABSENT


def _plan_on_file(subject: Subject, kind: str, year: int) -> Any:
    filed = any(p.kind == kind and p.year == year and p.filed_on is not None for p in subject.plans)
    return True if filed else ABSENT


@derives
def annual_plan_filed(subject: Subject) -> Any:
    """A plan of the year is on file."""
    return _plan_on_file(subject, "年度计划", subject.on.year)


@derives
def annual_summary_filed(subject: Subject) -> Any:
    """A summary of the year is on file."""
    return _plan_on_file(subject, "年度总结", subject.on.year)


@derives
def fund_budget_filed(subject: Subject) -> Any:
    """A budget of the year is on file."""
    return _plan_on_file(subject, "资金预算", subject.on.year)


@derives
def performance_evaluation_filed(subject: Subject) -> Any:
    """A performance evaluation of the year is on file."""
    return _plan_on_file(subject, "绩效评价", subject.on.year)


def _latest_assessment(subject: Subject, column: str) -> Any:
    made = done_assessments(subject)
    value = getattr(made[-1], column) if made else None
    return ABSENT if value in (None, "", []) else value


@derives
def activity_normal(subject: Subject) -> Any:
    """What the latest assessment found."""
    return _latest_assessment(subject, "activity_normal")


@derives
def output_not_obvious(subject: Subject) -> Any:
    """What the latest assessment found."""
    return _latest_assessment(subject, "output_not_obvious")


@derives
def role_not_obvious(subject: Subject) -> Any:
    """What the latest assessment found."""
    return _latest_assessment(subject, "role_not_obvious")


@derives
def assessment_grade(subject: Subject) -> Any:
    """Grade of the latest assessment."""
    return _latest_assessment(subject, "grade")


@derives
def assessment_items(subject: Subject) -> Any:
    """Items that the latest assessment looked at."""
    return _latest_assessment(subject, "items")
