"""Rows that could not be imported, written back with the reason as a comment in each bad cell."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from desktop.spreadsheets.reader import SheetRows
from desktop.spreadsheets.sheet_xml import cell_text, is_quoted
from desktop.spreadsheets.table import CellError, letter, place_of
from desktop.spreadsheets.writer import HEAD_FILL, display_width, new_book, save, sheet_title

BAD_FILL: Final = PatternFill("solid", fgColor="FDE2E0")
Place = tuple[str, int, int]


def write_bad_rows(
    sheets: Sequence[SheetRows], heads: Mapping[str, range], errors: Iterable[CellError], out: Path
) -> int:
    """Write each sheet's head (rows from 0) and its bad rows, in their columns; return how many rows.

    A person corrects the marked cells there and imports the file again.
    """
    found: dict[Place, list[str]] = {}
    for error in errors:
        found.setdefault(_place(error.cell, sheets[0].name), []).append(error.message)
    book = new_book("要改正的行")
    book.remove(book.worksheets[0])
    count = 0
    for sheet in sheets:
        bad = sorted({row for name, row, _ in found if name == sheet.name} - set(heads[sheet.name]))
        if bad or not book.worksheets:
            count += _write_sheet(
                book.create_sheet(sheet_title(sheet.name, book.sheetnames)), sheet, heads[sheet.name], bad, found
            )
    save(book, out)
    return count


def _place(cell: str, default_sheet: str) -> Place:
    sheet, _, place = cell.rpartition("!")
    return sheet or default_sheet, *place_of(place)


def _write_sheet(
    target: Worksheet, sheet: SheetRows, head: range, bad: list[int], found: Mapping[Place, list[str]]
) -> int:
    for line, row in enumerate([*head, *bad], start=1):
        for column, value in enumerate(sheet.rows[row] if row < len(sheet.rows) else []):
            cell = target.cell(line, column + 1)
            _put(cell, value)
            if row in head:
                cell.font, cell.fill = Font(bold=True), HEAD_FILL
        for (name, bad_row, column), messages in found.items():
            if name == sheet.name and bad_row == row:
                cell = target.cell(line, column + 1)
                cell.fill = BAD_FILL
                cell.comment = Comment("\n".join(messages), "导入检查", height=100, width=280)
    target.freeze_panes = f"A{len(head) + 1}"
    for index in range(target.max_column):
        texts = [
            str(value) for (value,) in target.iter_rows(values_only=True, min_col=index + 1, max_col=index + 1) if value
        ]
        target.column_dimensions[letter(index)].width = max(8, min(40, max(map(display_width, texts), default=0) + 2))
    return len(bad)


def _put(cell: Cell | MergedCell, value: Any) -> None:
    """Write a raw value back as it was; a text stays a text, whatever it looks like."""
    if isinstance(value, str):
        cell.value = cell_text(value)
        cell.data_type = "s"
        cell.quotePrefix = is_quoted(value)
    else:
        cell.value = int(value) if isinstance(value, float) and value.is_integer() else value
