"""The statistics as a report: on paper with bars and tables, and as a workbook with one sheet of all figures."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.documents.report import Bar, Chart, report_pdf
from desktop.services import blobs
from desktop.services.figures.counting import Breakdown, Figure, breakdowns
from desktop.services.figures.targets import Coverage, Target, coverage, targets
from desktop.services.money import grouped_yuan, yuan
from desktop.services.office import own_office
from desktop.spreadsheets.table import Column, Table
from desktop.spreadsheets.writer import write_table

HEADS = (
    Column("part", "部分"),
    Column("title", "统计"),
    Column("words", "分组"),
    Column("count", "数量", "number"),
    Column("yuan", "金额", "money", unit="元"),
    Column("people", "人次", "number"),
)


def export_report(session: Session, on: date, out: Path) -> int:
    """Write targets, coverage and every breakdown as one workbook; return how many lines."""
    rows = [
        {"part": "目标", "title": f"{one.title}（{one.article}）", "words": f"目标 {one.wanted}", "count": one.held}
        for one in targets(session, on)
    ]
    rows += [
        {"part": "覆盖", "title": one.title, "words": f"共 {one.whole}", "count": one.count}
        for one in coverage(session)
    ]
    for one in breakdowns(session, on):
        rows += [_row(one, each) for each in (*one.figures, one.total)]
    return write_table(Table("statistics", "统计", HEADS), rows, out)


def _row(one: Breakdown, each: Figure) -> dict[str, object]:
    row: dict[str, object] = {"part": one.part, "title": one.title, "words": each.words, "count": each.count}
    if each.amount is not None:
        row["yuan" if one.unit == "元" else "people"] = yuan(each.amount) if one.unit == "元" else each.amount
    return row


def print_report(session: Session, on: date, out: Path) -> int:
    """Write the whole as a PDF to print; return how many charts it holds."""
    office = own_office(session)
    charts = [_targets(targets(session, on)), _coverage(coverage(session))]
    charts += [_chart(one) for one in breakdowns(session, on)]
    shown = [chart for chart in charts if chart.bars]
    title = "创新工作室统计报表"
    blobs.write_whole(out, report_pdf(title, office.name, on, shown))
    return len(shown)


def _targets(found: list[Target]) -> Chart:
    bars = [
        Bar(f"{one.title}（{one.article}）", f"{one.held} / {one.wanted}", one.held / one.wanted if one.wanted else 0.0)
        for one in found
    ]
    note = "" if all(one.is_whole for one in found) else "只统计本工会登记的工作室；全域总数由制定办法的工会统计。"
    return Chart("目标", "目标", ("目标", "现有 / 目标"), tuple(bars), note)


def _coverage(found: list[Coverage]) -> Chart:
    bars = tuple(Bar(one.title, f"{one.count} / {one.whole}", one.count / one.whole) for one in found)
    return Chart("覆盖", "覆盖情况", ("项目", "数量 / 总数"), bars)


def _chart(one: Breakdown) -> Chart:
    measured = [each.amount if each.amount is not None else each.count for each in one.figures]
    most = max((abs(value) for value in measured), default=0) or 1
    bars = tuple(
        Bar(each.words, str(each.count), abs(value) / most, _amount(one, each))
        for each, value in zip(one.figures, measured, strict=True)
    )
    total = Bar("合计", str(one.total.count), 0.0, _amount(one, one.total))
    heads = ("分组", "数量", f"金额（{one.unit}）" if one.unit == "元" else one.unit)
    return Chart(one.part, one.title, heads if one.unit else heads[:2], (*bars, total))


def _amount(one: Breakdown, each: Figure) -> str:
    if each.amount is None:
        return ""
    return grouped_yuan(each.amount) if one.unit == "元" else f"{each.amount:,}"
