"""Lists as workbooks: templates, export of any list, and import that takes everything or changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.services.search import keys as search_keys
from desktop.services.sheet.building import build
from desktop.services.sheet.export import rows_of
from desktop.services.sheet.kinds import KINDS, is_known, plain_table, table_of
from desktop.services.sheet.reading import Guess, guess, likely_kind, read_lines
from desktop.services.sheet.register import Choices, Register
from desktop.services.sheet.report import BadCells, ImportReport
from desktop.services.sheet.stages import Stages
from desktop.services.sheet.summary import TABLE as SUMMARY
from desktop.services.sheet.summary import filled_by, summary_rows
from desktop.spreadsheets.table import Table

__all__ = [
    "KINDS",
    "BadCells",
    "Choices",
    "Guess",
    "ImportReport",
    "bad_rows",
    "export",
    "export_summary",
    "guess",
    "import_rows",
    "likely_kind",
    "template",
]

Progress = Callable[[int, int, str], None]

# What writes workbooks is brought in by those who write: a window that only reads one does not wait for it.


def no_progress(_done: int, _total: int, _words: str) -> None:
    """Tell nobody how far the work is."""


def template(kind: str, out: Path) -> None:
    """Write an empty workbook of a kind with drop-downs and hints; BadInput when the file cannot be written."""
    from desktop.spreadsheets.template import write_template

    table = table_of(kind)
    write_template(table, out)


def export(
    session: Session,
    kind: str,
    out: Path,
    where: Mapping[str, str] | None = None,
    search: str = "",
    columns: Sequence[str] = (),
    rooms: Sequence[str] | None = None,
    report_progress: Progress = no_progress,
) -> int:
    """Write a list, filtered as `list` filters, and return how many rows; `kind` is a list or any noun.

    `columns` names those wanted, in their order; without it all are written. `rooms` are the ids of the workrooms to
    which the list is kept, in their order. `report_progress` hears (done, total, words) and may raise to cancel.
    """
    from desktop.spreadsheets.writer import write_table

    table = plain_table(kind) if kind not in KINDS and is_known(kind) else table_of(kind)
    if columns:
        table = Table(table.kind, table.title, tuple(table.column(name) for name in columns))
    words = f"导出{table.title}"
    rows = rows_of(session, kind, where or {}, search, rooms, lambda done, total: report_progress(done, total, words))
    return write_table(table, rows, out)


def export_summary(
    session: Session,
    out: Path,
    rooms: Sequence[str],
    on: date | None = None,
    report_progress: Progress = no_progress,
) -> int:
    """Write the 汇总表 of these workrooms (ids, in their order) as it stands on a day, else today; return how many."""
    from desktop.spreadsheets.form import write_form

    day = on or date.today()
    rows = summary_rows(session, rooms, day, lambda done, total: report_progress(done, total, f"导出{SUMMARY.title}"))
    above = f"填报单位（盖章）：{filled_by(session)}　　　　填报日期：{day.year}年{day.month}月{day.day}日"
    return write_form(
        SUMMARY, rows, above, "单位负责人：　　　　　　审核人：　　　　　　填表人：　　　　　　联系电话：", out
    )


def import_rows(
    session: Session,
    kind: str,
    file: Path,
    preview: bool = False,
    *,
    chosen: Mapping[str, str] | None = None,
    sheet: str = "",
    choices: Choices | None = None,
    months: bool = False,
    words: Mapping[str, str] | None = None,
    report_progress: Progress = no_progress,
) -> ImportReport:
    """Read a list into the register: all rows or, when any cell cannot be taken, none (BadCells lists them all).

    `preview` writes nothing and returns the report with its errors. `chosen` maps head texts to column names as a
    person decided; `sheet` reads that sheet alone; with `months` a date without its day is the first of the month;
    `choices` says what to do with rows that meet kept records, `words` what words of the list stand for that no column
    knows (by “column/word”, as the report's questions ask). Empty cells never clear what is stored. The search keys
    of a long list are made afterwards (search_keys.refresh); until then searching is right, only slower.
    `report_progress` hears (done, total, words), also while the session commits, and may raise to cancel.
    """
    report = ImportReport(kind, str(file), preview)
    stages = Stages("核对" if preview else "导入", report_progress, preview)
    lines = read_lines(kind, file, report, chosen, sheet, months, stages.begin("读取表格"), words)
    register = Register(session, report, choices=choices or Choices())
    build(register, kind, lines, stages.begin("核对"))
    register.count_made(KINDS[kind])
    report.errors.sort(key=lambda error: _place(error.cell))
    if not report.errors:
        # The rows are kept only to be written back.
        report.sheets.clear()
    elif not preview:
        raise BadCells(report)
    if not preview:
        register.write(stages.begin("写入"))
        search_keys.refresh_small(session)
        # Sealed when the session commits.
        session.info["report_progress"] = stages.begin("记入历程")
    register.let_go(lines)
    return report


def _place(cell: str) -> tuple[str, int, int, str]:
    sheet, _, place = cell.rpartition("!")
    letters = place.rstrip("0123456789")
    return sheet, int(place[len(letters) :]), len(letters), letters


def bad_rows(report: ImportReport, out: Path, report_progress: Progress = no_progress) -> int:
    """Write the rows of a report's errors to a workbook, the reasons as comments in their cells; return how many.

    `report_progress` hears (done, total, words) and may raise to cancel.
    """
    from desktop.spreadsheets.bad_rows import write_bad_rows

    return write_bad_rows(
        report.sheets,
        report.heads,
        report.errors,
        out,
        lambda done, total: report_progress(done, total, "写出有问题的行"),
    )
