"""Rows that could not be imported, written back with the reason as a comment in each bad cell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from desktop.spreadsheets.reader import SheetRows
from desktop.spreadsheets.sheet_xml import cell_text, is_quoted
from desktop.spreadsheets.table import CellError, letter, place_of
from desktop.spreadsheets.writer import HEAD_FILL, MEASURED_ROWS, display_width, new_book, save, sheet_title

BAD_FILL: Final = PatternFill("solid", fgColor="FDE2E0")
MOST_COMMENTS: Final = 1000
"""Cells with a comment: with many more of these any spreadsheet program becomes slow."""
REASONS: Final = "要改正的原因"
TOLD_EVERY: Final = 100
Place = tuple[str, int, int]


def no_report(_done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


def write_bad_rows(
    sheets: Sequence[SheetRows],
    heads: Mapping[str, range],
    errors: Iterable[CellError],
    out: Path,
    report: Callable[[int, int], None] = no_report,
) -> int:
    """Write each sheet's head (rows from 0) and its bad rows, in their columns; return how many rows.

    A person corrects the marked cells there and imports the file again. Of very many the later rows have their reasons
    in a column at the end. `report` hears (done, total) and may raise to stop.
    """
    found: dict[str, dict[int, dict[int, list[str]]]] = {}
    for error in errors:
        sheet, row, column = _place(error.cell, sheets[0].name)
        found.setdefault(sheet, {}).setdefault(row, {}).setdefault(column, []).append(error.message)
    writing = _Writing(report, sum(map(len, found.values())))
    book = new_book("要改正的行")
    book.remove(book.worksheets[0])
    for one in sheets:
        bad = {row: cells for row, cells in found.get(one.name, {}).items() if row not in heads[one.name]}
        if bad or not book.worksheets:
            target = book.create_sheet(sheet_title(one.name, book.sheetnames))
            writing.write_sheet(target, one, heads[one.name], bad)
    report(writing.total, writing.total)
    save(book, out)
    return writing.done


def _place(cell: str, default_sheet: str) -> Place:
    sheet, _, place = cell.rpartition("!")
    return sheet or default_sheet, *place_of(place)


class _Writing:
    """How many rows and comments are written by now."""

    def __init__(self, report: Callable[[int, int], None], total: int) -> None:
        self._report, self.total = report, total
        self.done = self._comments = 0

    def write_sheet(
        self, target: Worksheet, sheet: SheetRows, head: range, bad: Mapping[int, Mapping[int, list[str]]]
    ) -> None:
        for line, row in enumerate(head, start=1):
            for cell in _write_row(target, line, sheet, row):
                cell.font, cell.fill = Font(bold=True), HEAD_FILL
        last = max((len(row) for row in sheet.rows), default=0) + 1
        for line, row in enumerate(sorted(bad), start=len(head) + 1):
            if self.done % TOLD_EVERY == 0:
                self._report(self.done, self.total)
            _write_row(target, line, sheet, row)
            self._mark(target, line, bad[row], last, len(head))
            self.done += 1
        target.freeze_panes = f"A{len(head) + 1}"
        _fit(target)

    def _mark(self, target: Worksheet, line: int, cells: Mapping[int, list[str]], last: int, heads: int) -> None:
        for column in cells:
            target.cell(line, column + 1).fill = BAD_FILL
        if self._comments < MOST_COMMENTS:
            self._comments += len(cells)
            for column, messages in cells.items():
                target.cell(line, column + 1).comment = Comment("\n".join(messages), "导入检查", height=100, width=280)
            return
        head = target.cell(max(heads, 1), last, REASONS)
        head.font, head.fill = Font(bold=True), HEAD_FILL
        reasons = (f"{letter(column)}列：{'；'.join(messages)}" for column, messages in sorted(cells.items()))
        _put(target.cell(line, last), "。".join(reasons))


def _write_row(target: Worksheet, line: int, sheet: SheetRows, row: int) -> list[Cell | MergedCell]:
    written = []
    for column, value in enumerate(sheet.rows[row] if row < len(sheet.rows) else []):
        cell = target.cell(line, column + 1)
        _put(cell, value)
        written.append(cell)
    return written


def _fit(target: Worksheet) -> None:
    widest: dict[int, int] = {}
    for row in target.iter_rows(values_only=True, max_row=MEASURED_ROWS):
        for index, value in enumerate(row):
            widest[index] = max(widest.get(index, 0), display_width(str(value)) if value else 0)
    for index, width in widest.items():
        target.column_dimensions[letter(index)].width = max(8, min(40, width + 2))


def _put(cell: Cell | MergedCell, value: Any) -> None:
    """Write a raw value back as it was; a text stays a text, whatever it looks like."""
    if isinstance(value, str):
        cell.value = cell_text(value)
        cell.data_type = "s"
        cell.quotePrefix = is_quoted(value)
    else:
        cell.value = int(value) if isinstance(value, float) and value.is_integer() else value
