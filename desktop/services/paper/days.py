"""Days on a paper that a person should look at twice: ahead of today, long past, or in the wrong order."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from desktop.services.paper.composing import chinese_date

LONG_PAST = 90
"""Days after which a 成文日期 is no longer taken for today's work."""


def unusual_days(data: Mapping[str, Any], today: date) -> Iterator[str]:
    """Yield a sentence for each unusual day of a paper; the paper may be right all the same."""
    day = _day(data, "date")
    if day is None:
        return
    if day > today:
        yield f"成文日期{chinese_date(day)}还没有到，请核对。"
    if (today - day).days > LONG_PAST:
        yield f"成文日期{chinese_date(day)}已过去{(today - day).days}天，请核对。"
    printed = _day(data, "printed_on")
    if printed is not None and printed < day:
        yield f"印发日期{chinese_date(printed)}早于成文日期，请核对。"


def unusual_period(given: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence where a publicity or a time limit ends before it begins."""
    start, end = _day(given, "publicity_start"), _day(given, "publicity_end")
    if start is not None and end is not None and end < start:
        yield f"公示结束日期{chinese_date(end)}早于开始日期{chinese_date(start)}，请核对。"
    due, day = _day(given, "deadline"), _day(data, "date")
    if due is not None and day is not None and due <= day:
        yield f"期限{chinese_date(due)}不晚于成文日期{chinese_date(day)}，请核对。"


def _day(values: Mapping[str, Any], name: str) -> date | None:
    value = values.get(name)
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
