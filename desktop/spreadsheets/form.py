"""A list as a form that is printed, signed and sent up: a title, who fills it in, ruled cells, lines to sign."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from desktop.spreadsheets.sheet_xml import FIRST_SERIAL, as_text, cell_text, is_quoted
from desktop.spreadsheets.table import Column, Table, letter
from desktop.spreadsheets.writer import FORMATS, display_width, new_book, save, sheet_title

LINE: Final = Side("thin", color="000000")
RULED: Final = Border(LINE, LINE, LINE, LINE)
TITLE_FONT: Final = Font(name="方正小标宋简体", size=18)
HEAD_FONT: Final = Font(name="黑体", size=11)
BODY_FONT: Final = Font(name="仿宋", size=11)
MIDDLE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT: Final = Alignment(horizontal="left", vertical="center", wrap_text=True)
CENTRED: Final = frozenset({"number", "date", "choice", "code", "bool"})
HEAD_ROW: Final = 3
"""Under the title and the line that says who fills the form in."""
LINE_PT: Final = 16
MARGIN_INCHES: Final = 0.5


def write_form(table: Table, rows: Sequence[Mapping[str, Any]], above: str, below: str, out: Path) -> int:
    """Write a form to `out` and return how many rows; `above` stands under the title, `below` under the last row.

    A4 across, all columns on one page; the head is repeated on each page and stays in sight on the screen.
    """
    book = new_book(table.title)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_title(table.title)
    width = len(table.columns)
    _across(sheet, 1, width, table.title, TITLE_FONT, MIDDLE, 32)
    _across(sheet, 2, width, above, BODY_FONT, LEFT, 22)
    for index, column in enumerate(table.columns, start=1):
        head = sheet.cell(HEAD_ROW, index, column.title)
        head.font, head.alignment, head.border = HEAD_FONT, MIDDLE, RULED
        sheet.column_dimensions[letter(index - 1)].width = column.width or 12
    sheet.row_dimensions[HEAD_ROW].height = 2 * LINE_PT + 4
    for number, row in enumerate(rows, start=HEAD_ROW + 1):
        _put_row(sheet, number, table.columns, row)
    _across(sheet, HEAD_ROW + len(rows) + 1, width, below, BODY_FONT, LEFT, 28)
    _set_page(sheet)
    save(book, out)
    return len(rows)


def _across(sheet: Worksheet, row: int, width: int, text: str, font: Font, place: Alignment, height: float) -> None:
    cell = sheet.cell(row, 1)
    _put_text(cell, text)
    cell.font, cell.alignment = font, place
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    sheet.row_dimensions[row].height = height


def _put_row(sheet: Worksheet, number: int, columns: Sequence[Column], row: Mapping[str, Any]) -> None:
    lines = 1
    for index, column in enumerate(columns, start=1):
        cell, value = sheet.cell(number, index), row.get(column.name)
        _put(cell, column, value)
        cell.font, cell.border = BODY_FONT, RULED
        cell.alignment = MIDDLE if column.kind in CENTRED else LEFT
        lines = max(lines, -(-display_width(as_text(value)) // max(1, int(column.width or 12) - 1)))
    sheet.row_dimensions[number].height = lines * LINE_PT + 4


def _put(cell: Cell | MergedCell, column: Column, value: Any) -> None:
    if value in (None, ""):
        return
    cell.number_format = FORMATS.get(column.kind, "General")
    if column.kind == "date" and value >= FIRST_SERIAL:
        cell.value = date.fromisoformat(value)
    elif column.kind in {"money", "decimal"}:
        cell.value = Decimal(str(value))
    elif column.kind == "number":
        cell.value = int(value)
    else:
        _put_text(cell, as_text(value))


def _put_text(cell: Cell | MergedCell, text: str) -> None:
    cell.value = cell_text(text)
    cell.data_type = "s"
    cell.quotePrefix = is_quoted(text)


def _set_page(sheet: Worksheet) -> None:
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    properties = sheet.sheet_properties.pageSetUpPr
    assert properties is not None
    properties.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = MARGIN_INCHES
    sheet.print_options.horizontalCentered = True
    footer = sheet.HeaderFooter.oddFooter
    assert footer is not None
    footer.center.text = "第 &P 页，共 &N 页"
