"""Writing lists as workbooks: a finished frame into which the rows are poured, so that memory stays flat."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from desktop.errors import BadInput, StorageFault, reason_of
from desktop.spreadsheets.sheet_xml import ILLEGAL, QUOTED_ROW, TYPED_ROW, as_text, pour
from desktop.spreadsheets.table import Column, Table, letter

Row = Mapping[str, Any]
MEASURED_ROWS: Final = 200
LONGEST_TITLE: Final = 31
RESERVED: Final = "History"
WRITTEN_BY: Final = "创新工作室管理"
NARROWEST: Final = 6
WIDEST: Final = 48
# More characters than this on one page across could not be read in print.
WIDEST_PAGE: Final = 220
# Stands in the frame for the number of the last row, which is known only at the end; the greatest row a sheet has.
LAST_ROW: Final = "1048576"
FORMATS: Final = {"date": "yyyy-mm-dd", "money": "#,##0.00", "decimal": "0.##", "number": "0", "code": "@"}
HEAD_FILL: Final = PatternFill("solid", fgColor="F2F4F7")
HEAD_FONT: Final = Font(bold=True)
HEAD_BORDER: Final = Border(bottom=Side("thin", color="8A94A3"))
CENTRED: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)


def new_book(title: str) -> Workbook:
    """Return an empty workbook that says by its properties what it is and which program wrote it."""
    book = Workbook()
    book.properties.creator = WRITTEN_BY
    book.properties.title = title
    return book


def write_table(table: Table, rows: Iterable[Row], out: Path) -> int:
    """Write a list to `out` and return how many rows it has; values are in JSON form (dates and money as text).

    The head stays in sight, widths fit, dates and money are typed, codes are text, and no cell becomes a formula.
    BadInput for a name without .xlsx or a folder that is not there, StorageFault where it cannot be written.
    """
    iterator = iter(rows)
    first = list(islice(iterator, MEASURED_ROWS))
    with _whole(out) as partial:
        return pour(_frame(table, first), table.columns, chain(first, iterator), LAST_ROW, partial)


def save(book: Workbook, out: Path) -> None:
    """Write a workbook whole or not at all (BadInput, StorageFault)."""
    with _whole(out) as partial:
        book.save(partial)


@contextmanager
def _whole(out: Path) -> Iterator[Path]:
    """Give a file to write that takes its place only when it is whole; an unwritable place is told in words."""
    if out.suffix.lower() != ".xlsx":
        raise BadInput(f"文件名应以 .xlsx 结尾：{out.name}。", str(out))
    if not out.parent.is_dir():
        raise BadInput(f"没有这个文件夹：{out.parent}。请换一个位置。", str(out))
    partial = out.with_name(out.name + ".part")
    try:
        yield partial
        partial.replace(out)
    except OSError as error:
        advice = "请换一个位置，或先关闭打开它的程序。"
        raise StorageFault(f"不能写入文件：{out}（{reason_of(error)}）。{advice}", str(out)) from error
    finally:
        with suppress(OSError):
            partial.unlink()


def sheet_title(text: str, taken: Iterable[str] = ()) -> str:
    """Return a title that a sheet may have beside those `taken`: 31 characters without the forbidden ones."""
    plain = "".join(" " if mark in "[]:*?/\\" else mark for mark in ILLEGAL.sub("", text)).strip("' ")
    title = _cut(plain, LONGEST_TITLE) or "Sheet1"
    used, number = {one.casefold() for one in (*taken, RESERVED)}, 2
    while title.casefold() in used:
        title = _cut(plain, LONGEST_TITLE - len(str(number)) - 1) + f"_{number}"
        number += 1
    return title


def _cut(text: str, units: int) -> str:
    """Return as much of a text as so many UTF-16 units hold."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").strip("' ")


def _frame(table: Table, first: list[Row]) -> bytes:
    """Return a workbook with the head, the page's form, and specimen rows that carry the columns' styles."""
    book = new_book(table.title)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_title(table.title)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.HeaderFooter.oddHeader.center.text = table.title
    sheet.HeaderFooter.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.auto_filter.ref = f"A1:{letter(len(table.columns) - 1)}{LAST_ROW}"
    _fit(sheet, [max(column.width, fitting_width(column, first)) for column in table.columns])
    for index, column in enumerate(table.columns, start=1):
        _add_column(sheet, index, column)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fit(sheet: Worksheet, widths: list[float]) -> None:
    for index, width in enumerate(widths):
        sheet.column_dimensions[letter(index)].width = width
    if sum(widths) <= WIDEST_PAGE:
        properties = sheet.sheet_properties.pageSetUpPr
        assert properties is not None
        properties.fitToPage = True
        sheet.page_setup.fitToHeight = 0


def _add_column(sheet: Worksheet, index: int, column: Column) -> None:
    head = sheet.cell(1, index, column.head)
    head.font, head.fill, head.border, head.alignment = HEAD_FONT, HEAD_FILL, HEAD_BORDER, CENTRED
    for row in (TYPED_ROW, QUOTED_ROW):
        cell = sheet.cell(row, index, 0)
        cell.number_format = FORMATS.get(column.kind, "General")
    sheet.cell(QUOTED_ROW, index).quotePrefix = True


def fitting_width(column: Column, rows: list[Row]) -> float:
    """Return the width in characters that shows head and values, within limits."""
    widest = max((display_width(as_text(row.get(column.name))) for row in rows), default=0)
    return max(NARROWEST, min(WIDEST, max(widest, display_width(column.head)) + 2.5))


def display_width(text: str) -> int:
    """Return how many columns a text takes: Chinese two, other characters one; the longest line counts."""
    return max(sum(2 if ord(mark) > 0x2E7F else 1 for mark in line) for line in text.split("\n"))
