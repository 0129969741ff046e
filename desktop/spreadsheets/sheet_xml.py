"""Rows of a sheet written straight as XML (ECMA-376 Part 1, 18.3) into a workbook that is otherwise ready."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from desktop.spreadsheets.table import Column, letter

# What XML 1.0 cannot hold.
ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A cell that begins so could be taken for a formula when the sheet is edited or saved as text.
FORMULA_MARKS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
LONGEST_TEXT: Final = 32_767
"""Characters (UTF-16 units) of a cell; a workbook with more in one is taken for damaged."""
CUT: Final = "……（内容过长，未写完）"
FIRST_SERIAL: Final = "1900-03-01"
"""Days before it are counted differently by different programs, or not at all, and stand as text."""
DIMENSION: Final = re.compile(r"<dimension [^>]*/>")
# Text that a reader would take for an escaped character.
ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
SERIAL_ZERO: Final = date(1899, 12, 30).toordinal()
SHEET_PART: Final = "xl/worksheets/sheet1.xml"
TYPED_ROW: Final = 2
QUOTED_ROW: Final = 3
ROWS_AT_ONCE: Final = 500
Cell = Callable[[Any, str], str]
Row = Mapping[str, Any]


def pour(skeleton: bytes, columns: tuple[Column, ...], rows: Iterable[Row], span: str, out: Path) -> int:
    """Write a workbook with rows poured in under its head, and return how many.

    In the skeleton's first sheet, row 2 holds each column's style and row 3 its style for texts that must stay texts;
    `span` stands wherever the last row's number is wanted.
    """
    count = 0

    def counted() -> Iterator[str]:
        nonlocal count
        for xml in _rows(columns, _styles(top_and_styles, len(columns)), rows):
            count += 1
            yield xml

    with (
        zipfile.ZipFile(BytesIO(skeleton)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        sheet = source.read(SHEET_PART).decode()
        top_and_styles, _, bottom = sheet.partition("</sheetData>")
        # How far the rows go is not known yet, and what is not written cannot be wrong.
        top = DIMENSION.sub("", top_and_styles[: top_and_styles.index(f'<row r="{TYPED_ROW}"')])
        with target.open(SHEET_PART, "w") as part:
            part.write(top.encode())
            for piece in _pieces(counted()):
                part.write(piece.encode())
            part.write(("</sheetData>" + bottom.replace(span, str(count + 1))).encode())
        for name in source.namelist():
            if name != SHEET_PART:
                target.writestr(name, source.read(name).replace(span.encode(), str(count + 1).encode()))
    return count


def _pieces(rows: Iterator[str]) -> Iterator[str]:
    gathered: list[str] = []
    for row in rows:
        gathered.append(row)
        if len(gathered) == ROWS_AT_ONCE:
            yield "".join(gathered)
            gathered.clear()
    yield "".join(gathered)


def _styles(sheet: str, width: int) -> list[tuple[str, str]]:
    """Return each column's attribute for its ordinary cells and for its quoted ones."""
    found = dict(re.findall(r'<c r="([A-Z]+\d)"( s="\d+")?', sheet))
    return [(found[f"{letter(n)}{TYPED_ROW}"], found[f"{letter(n)}{QUOTED_ROW}"]) for n in range(width)]


def _rows(columns: tuple[Column, ...], styles: list[tuple[str, str]], rows: Iterable[Row]) -> Iterator[str]:
    cells = [(column.name, letter(index), _cell(column, *styles[index])) for index, column in enumerate(columns)]
    for number, row in enumerate(rows, start=2):
        shown = [
            cell(value, f'<c r="{letters}{number}"')
            for name, letters, cell in cells
            if (value := row.get(name)) is not None and value != ""
        ]
        yield f'<row r="{number}">{"".join(shown)}</row>'


def _cell(column: Column, style: str, quoted: str) -> Cell:
    """Return the function that writes a column's cells: value and opening of the element in, element out."""
    if column.kind == "date":
        return lambda value, opening: (
            f"{opening}{style}><v>{date.fromisoformat(value).toordinal() - SERIAL_ZERO}</v></c>"
            if value >= FIRST_SERIAL
            else f"{opening}{style}{_inline(value)}"
        )
    if column.kind in {"money", "decimal", "number"}:
        return lambda value, opening: f"{opening}{style}><v>{value}</v></c>"

    def text_cell(value: Any, opening: str) -> str:
        text = value if isinstance(value, str) else as_text(value)
        if is_quoted(text):
            return f"{opening}{quoted}{_inline(text)}"
        return f"{opening}{style}{_inline(text)}"

    return text_cell


def is_quoted(text: str) -> bool:
    """Tell whether a text could be taken for a formula, and so is marked as text; blanks before it change nothing."""
    return text.startswith(FORMULA_MARKS) or text.lstrip().startswith(FORMULA_MARKS)


def cell_text(text: str) -> str:
    """Return a text as a cell may hold it: nothing that XML forbids, nothing read as an escape, not too long."""
    clean = ESCAPED.sub("_x005F_", ILLEGAL.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
    if len(clean) <= LONGEST_TEXT // 2:
        return clean
    units = clean.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return clean
    return units[: 2 * (LONGEST_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _inline(text: str) -> str:
    clean = cell_text(text)
    safe = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'


def as_text(value: Any) -> str:
    """Return a value as it is shown in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list | tuple) else str(value)
