"""Writing lists as workbooks row by row: memory stays flat whatever their length."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from desktop.spreadsheets.table import Column, Table, letter

Row = Mapping[str, Any]
# openpyxl's write-only sheet and cells get their attributes at run time.
Sheet = Any
StyledCell = Any
# A cell that begins so could be taken for a formula when the sheet is edited or saved as text.
FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r")
MEASURED_ROWS: Final = 200
NARROWEST: Final = 6
# More characters than this on one page across could not be read in print.
WIDEST_PAGE: Final = 220
WIDEST: Final = 48
FORMATS: Final = {"date": "yyyy-mm-dd", "money": "#,##0.00", "decimal": "0.##", "number": "0", "code": "@"}
HEAD_FILL: Final = PatternFill("solid", fgColor="F2F4F7")
HEAD_FONT: Final = Font(bold=True)
HEAD_BORDER: Final = Border(bottom=Side("thin", color="8A94A3"))
CENTRED: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)


def write_table(table: Table, rows: Iterable[Row], out: Path) -> int:
    """Write a list to `out` and return how many rows it has; values are in JSON form (dates and money as text).

    The head stays in sight, widths fit, dates and money are typed, codes are text, and no cell becomes a formula.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_title(table.title))
    iterator = iter(rows)
    first = list(islice(iterator, MEASURED_ROWS))
    _prepare(sheet, table, first)
    sheet.append([_head_cell(sheet, column.head) for column in table.columns])
    count = 0
    for values in _typed(sheet, table, chain(first, iterator)):
        sheet.append(values)
        count += 1
    sheet.auto_filter.ref = f"A1:{letter(len(table.columns) - 1)}{count + 1}"
    save(book, out)
    return count


def save(book: Workbook, out: Path) -> None:
    """Write a workbook whole or not at all."""
    partial = out.with_name(out.name + ".part")
    try:
        book.save(partial)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


def sheet_title(text: str) -> str:
    """Return a title that a sheet may have: 31 characters without the forbidden ones."""
    return "".join(" " if mark in "[]:*?/\\" else mark for mark in text)[:31].strip("' ") or "Sheet1"


def _prepare(sheet: Sheet, table: Table, first: list[Row]) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.oddHeader.center.text = table.title
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    widths = [column.width or fitting_width(column, first) for column in table.columns]
    for index, width in enumerate(widths):
        sheet.column_dimensions[letter(index)].width = width
    if sum(widths) <= WIDEST_PAGE:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0


def fitting_width(column: Column, rows: list[Row]) -> float:
    """Return the width in characters that shows head and values, within limits."""
    widest = max((display_width(as_text(row.get(column.name))) for row in rows), default=0)
    return max(NARROWEST, min(WIDEST, max(widest, display_width(column.head)) + 2.5))


def display_width(text: str) -> int:
    """Return how many columns a text takes: Chinese two, other characters one; the longest line counts."""
    return max(sum(2 if ord(mark) > 0x2E7F else 1 for mark in line) for line in text.split("\n"))


def as_text(value: Any) -> str:
    """Return a value as it is shown in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list | tuple) else str(value)


def _head_cell(sheet: Sheet, text: str) -> StyledCell:
    cell: StyledCell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill, cell.border, cell.alignment = HEAD_FONT, HEAD_FILL, HEAD_BORDER, CENTRED
    return cell


def _typed(sheet: Sheet, table: Table, rows: Iterable[Row]) -> Iterator[list[Any]]:
    """Yield the cells of each row; one styled cell a column is used again and again, since rows are written at once."""
    styled = [_styled_cell(sheet, column) for column in table.columns]
    quoted = [_styled_cell(sheet, column, quoted=True) for column in table.columns]
    columns = list(enumerate(table.columns))
    for row in rows:
        cells: list[Any] = []
        for index, column in columns:
            value = row.get(column.name)
            cells.append(None if value is None or value == "" else _cell(column, value, styled[index], quoted[index]))
        yield cells


def _styled_cell(sheet: Sheet, column: Column, *, quoted: bool = False) -> StyledCell:
    cell: StyledCell = WriteOnlyCell(sheet, "")
    if column.kind in FORMATS:
        cell.number_format = FORMATS[column.kind]
    if quoted:
        cell.quotePrefix = True
    return cell


def _cell(column: Column, value: Any, styled: StyledCell, quoted: StyledCell) -> Any:
    if column.kind == "date" and isinstance(value, str):
        styled.value = date.fromisoformat(value)
        return styled
    if column.kind in {"money", "decimal"}:
        styled.value = Decimal(str(value))
        return styled
    if column.kind == "number":
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", as_text(value))
    if text.startswith(FORMULA_MARKS):
        return as_plain_text(quoted, text)
    if column.kind == "code":
        return as_plain_text(styled, text)
    return text


def as_plain_text(cell: StyledCell, text: str) -> StyledCell:
    """Put a text into a cell so that it stays a text, even one that looks like a formula, error or number."""
    cell.value = text
    cell.data_type = "s"
    return cell
