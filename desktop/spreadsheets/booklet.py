"""Several short lists as the sheets of one workbook."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from desktop.spreadsheets.sheet_xml import FIRST_SERIAL, as_text, cell_text, is_quoted
from desktop.spreadsheets.table import Table, letter
from desktop.spreadsheets.writer import (
    CENTRED,
    FORMATS,
    HEAD_BORDER,
    HEAD_FILL,
    HEAD_FONT,
    fitting_width,
    new_book,
    save,
    sheet_title,
)

Sheet = tuple[Table, Sequence[Mapping[str, Any]]]


def write_sheets(sheets: Iterable[Sheet], out: Path) -> int:
    """Write each list as a sheet of its own and return how many rows there are; values are in JSON form."""
    book = new_book("名册")
    blank = book.active
    count = 0
    for table, rows in sheets:
        _fill(book.create_sheet(sheet_title(table.title, book.sheetnames[1:])), table, rows)
        count += len(rows)
    if blank is not None and len(book.sheetnames) > 1:
        book.remove(blank)
    save(book, out)
    return count


def _fill(sheet: Worksheet, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    header, footer = sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter
    assert header is not None
    assert footer is not None
    header.center.text, footer.center.text = table.title, "第 &P 页，共 &N 页"
    for index, column in enumerate(table.columns, start=1):
        head = sheet.cell(1, index, column.head)
        head.font, head.fill, head.border, head.alignment = HEAD_FONT, HEAD_FILL, HEAD_BORDER, CENTRED
        sheet.column_dimensions[letter(index - 1)].width = column.width or fitting_width(column, list(rows))
        for place, row in enumerate(rows, start=2):
            _write(sheet.cell(place, index), column.kind, row.get(column.name))


def _write(cell: Any, kind: str, value: Any) -> None:
    """Write one value by its kind; text never becomes a formula."""
    assert isinstance(cell, Cell)
    if value in (None, ""):
        return
    if kind == "date" and str(value) >= FIRST_SERIAL:
        cell.value = date.fromisoformat(str(value))
    elif kind in ("money", "decimal"):
        cell.value = Decimal(str(value))
    elif kind == "number":
        cell.value = int(value)
    else:
        cell.value, cell.data_type, cell.quotePrefix = cell_text(as_text(value)), "s", is_quoted(as_text(value))
    cell.number_format = FORMATS.get(kind, "General")
