"""Sentences about dates, windows, years and the order of steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.rules.calendar import chinese, window_start
from desktop.rules.checks_time import Cycle, Gap, PeriodDays, Recent, Span, Steps, YearEq, YearGap, Yearly
from desktop.rules.context import Context
from desktop.rules.outcome import Said
from desktop.rules.phrases import listed


def length(years: int, months: int = 0) -> str:
    """Say a span: 2年, 6个月, 1年6个月."""
    return (f"{years}年" if years else "") + (f"{months}个月" if months else "")


def ran(start: date, end: date) -> str:
    """Say how long lies between two days in whole years, months and days."""
    if end < start:
        return f"还没有开始（{chinese(start)}才开始）"
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    if months < 1:
        return f"{(end - start).days}天"
    return length(*divmod(months, 12)) if months >= 12 else f"{months}个月"


def span(check: Span, start: date, end: date, due: date, ctx: Context) -> Said:
    """Say how long something has run and from which day it is long enough."""
    wanted = length(check.years, check.months)
    label = ctx.label(check.from_)
    return Said(
        actual=f"{ran(start, end)}（{chinese(start)}至{chinese(end)}）",
        required=f"满{wanted}",
        good=f"{label}{chinese(start)}，到{chinese(end)}已满{wanted}",
        bad=f"{label}{chinese(start)}，到{chinese(end)}是{ran(start, end)}，未满{wanted}",
        cure=f"{chinese(due)}起满{wanted}",
    )


def no_date(label: str, required: str) -> Said:
    """Say that a date is known to be none."""
    return Said("无", required, f"{label}：无", f"没有{label}：应{required}", f"请补上{label}")


def within(label: str, day: date, end: date, years: int) -> Said:
    """Say a day and the window it should lie in."""
    first = window_start(end, years)
    return Said(
        actual=chinese(day),
        required=f"{chinese(first)}至{chinese(end)}之间",
        good=f"{label}{chinese(day)}，在近{years}年内",
        bad=f"{label}{chinese(day)}，不在近{years}年内（{chinese(first)}至{chinese(end)}）",
        cure=f"应在{chinese(first)}至{chinese(end)}之间",
    )


def recent(check: Recent, found: int, end: date, ctx: Context) -> Said:
    """Say how many rows lie in the window and how many are lacking."""
    label, first = ctx.label(check.list), window_start(end, check.years)
    window = f"{chinese(first)}至{chinese(end)}"
    qualified = f"符合要求的{label}" if check.where is not None else label
    return Said(
        actual=f"{found}项",
        required=f"近{check.years}年不少于{check.min}项",
        good=f"{window}有{qualified}{found}项",
        bad=f"{window}有{qualified}{found}项，还差{check.min - found}项",
        cure=f"再有{max(check.min - found, 0)}项即符合",
    )


def yearly(check: Yearly, counts: dict[int, int], ctx: Context) -> Said:
    """Say the count of each year and which years are short."""
    label = ctx.label(check.list)
    qualified = f"符合要求的{label}" if check.where is not None else label
    short = [year for year, count in counts.items() if count < check.min]
    each = "，".join(f"{year}年{count}项" for year, count in counts.items())
    years = "、".join(f"{year}年" for year in short)
    return Said(
        actual=each,
        required=f"每年不少于{check.min}项",
        good=f"{qualified}：{each}",
        bad=f"{qualified}：{each}，{years}不足{check.min}项",
        cure="如确有，请补录" if short else "",
    )


def gap(check: Gap, latest: date, due: date, ctx: Context) -> Said:
    """Say since when there has been no row, and the day on which the years are full."""
    label = ctx.label(check.list)
    return Said(
        actual=f"{chinese(latest)}以后没有{label}",
        required=f"连续{check.years}年没有{label}",
        good=f"{chinese(latest)}以后没有{label}，到{chinese(due)}已满{check.years}年",
        bad=f"最近一次（或挂牌）是{chinese(latest)}，未满{check.years}年",
        cure=f"{chinese(due)}前有新的{label}即不构成",
    )


def year_eq(check: YearEq, year: int, wanted: int, ctx: Context) -> Said:
    """Say a year and the year it should be."""
    label = ctx.label(check.fact)
    return Said(
        f"{year}年", f"{wanted}年", f"{label}在{year}年", f"{label}在{year}年，应在{wanted}年", f"应在{wanted}年"
    )


def year_gap(check: YearGap, first: date, last: date, ctx: Context) -> Said:
    """Say how many calendar years two days lie apart."""
    label, apart = ctx.label(check.from_), last.year - first.year
    due = first.year + check.max
    return Said(
        actual=f"相隔{apart}个年度",
        required=f"不超过{check.max}个年度",
        good=f"{label}{chinese(first)}，相隔{apart}个年度",
        bad=f"{label}{chinese(first)}，已隔{apart}个年度，超过{check.max}个年度",
        cure=f"应在{due}年底前办理，请尽快补办",
    )


def cycle(check: Cycle, year: int, ctx: Context) -> Said:
    """Say a year and whether it fits the cycle."""
    following = year + (check.base - year) % check.every
    return Said(
        actual=f"{year}年",
        required=f"自{check.base}年起每{check.every}年一次",
        good=f"{year}年合于自{check.base}年起每{check.every}年一次",
        bad=f"{year}年不在自{check.base}年起每{check.every}年一次之列",
        cure=f"下一次是{max(following, check.base)}年",
    )


def not_after(label: str, day: date, limit: date) -> Said:
    """Say a day and the last day allowed."""
    return Said(
        actual=chinese(day),
        required=f"不迟于{chinese(limit)}",
        good=f"{label}{chinese(day)}，不迟于{chinese(limit)}",
        bad=f"{label}{chinese(day)}，迟于{chinese(limit)}",
        cure=f"应不迟于{chinese(limit)}",
    )


def period(check: PeriodDays, start: date, end: date, strict: int, full_on: date | None, guessed: int) -> Said:
    """Say how long a period was, its first day not counted; `guessed` is a year whose holidays are not known."""
    unit = "个工作日" if check.unit == "workday" else "天"
    until = f"，期满日为{chinese(full_on)}" if full_on else ""
    doubt = f"（还没有{guessed}年的放假安排，暂按周一至周五计算）" if guessed else ""
    first = "（首日不计）" if strict < check.min else ""
    return Said(
        actual=f"{strict}{unit}{first}",
        required=f"{check.min}{unit}",
        good=f"{chinese(start)}至{chinese(end)}满{strict}{unit}{doubt}",
        bad=f"{chinese(start)}至{chinese(end)}，首日不计为{strict}{unit}，应满{check.min}{unit}{until}{doubt}",
        cure=f"请延长到{chinese(full_on)}" if full_on else f"请延长到满{check.min}{unit}",
    )


def steps(check: Steps, lacking: Sequence[str], reversed_at: str, ctx: Context) -> Said:
    """Say which steps are lacking or out of order."""
    order = " → ".join(step.split("|")[0] for step in check.order)
    lack = f"缺少步骤：{listed(lacking)}" if lacking else ""
    problem = lack or f"次序颠倒：{reversed_at}"
    done = len(check.order) - len(lacking)
    return Said(
        actual=f"已办{done}步，{problem}" if lacking or reversed_at else f"{done}步齐全、次序正确",
        required=order,
        good=f"{ctx.label(check.fact)}齐全、次序正确",
        bad=problem,
        cure="请按次序补办" if lacking else "请核对各步骤的日期",
    )
