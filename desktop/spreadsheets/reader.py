"""Reading workbooks: every visible sheet as rows of raw values, fast, and never changed."""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from desktop.errors import BadInput
from desktop.spreadsheets.table import BrokenCell, place_of
from desktop.spreadsheets.text_table import read_text_table

LARGEST: Final = 200 * 1024 * 1024
OLD_FORMATS: Final = {
    ".xls": "这是旧的 .xls 格式。请用 WPS 或 Excel 打开它，“另存为”选择“Excel 工作簿（*.xlsx）”，再导入另存的文件。",
    ".et": "这是 WPS 自己的 .et 格式。请在 WPS 中“另存为”选择“Excel 工作簿（*.xlsx）”，再导入另存的文件。",
    ".ods": "这是 .ods 格式。请“另存为”Excel 工作簿（*.xlsx）后再导入。",
}
TEXT_FORMATS: Final = frozenset({".csv", ".tsv", ".txt"})
OLE_MARK: Final = b"\xd0\xcf\x11\xe0"
MARKS: Final = (b"hidden=", b't="e"')
FORMULA: Final = b"<f"
AFTER_FORMULA: Final = b" />"
"""What follows the name of a formula's element; <firstHeader> and <formula1> begin alike and are met in many sheets."""
LONGEST_MARK: Final = max(map(len, MARKS))
PIECE: Final = 1 << 20
PROLOGUE: Final = 2000
PREFIXED: Final = re.compile(rb"<(\w+):worksheet\b")
HIDDEN_COLUMN: Final = re.compile(rb'<col\b(?=[^>]*\bmin="(\d+)")(?=[^>]*\bmax="(\d+)")(?=[^>]*\bhidden="(?:1|true)")')
SINCE_1904: Final = re.compile(rb'<(?:\w+:)?workbookPr\b[^>]*\bdate1904="(?:1|true)"')
LAST_COLUMN: Final = 1024
HIDDEN_ROW: Final = re.compile(rb'<row\b(?=[^>]*\br="(\d+)")(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
FAULTY_CELL: Final = re.compile(
    rb'<c\b(?=[^>]*\br="([A-Z]+\d+)")(?=[^>]*\bt="e")[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?\s*<v>([^<]*)</v>'
)
UNCOUNTED_CELL: Final = re.compile(
    rb'<c\b(?=[^>]*\br="([A-Z]+\d+)")[^>]*>\s*(?:<f\b[^>]*/>|<f\b[^>]*>([^<]*)</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)


@dataclass(frozen=True)
class SheetRows:
    """A visible sheet: its name, its rows from the first line of the sheet, which rows and columns (from 0) are hidden.

    With `since_1904` the serial numbers of its dates count from that year on.
    """

    name: str
    rows: list[list[Any]]
    hidden: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    since_1904: bool = False


def read_workbook(path: Path) -> list[SheetRows]:
    """Return the visible sheets that hold anything; BadInput says what to do with a file that cannot be read.

    A text file (.csv) is one sheet. Blank cells are None. A cell merged over several rows of one column holds its value
    in each of them.
    """
    _refuse_wrong_kind(path)
    if path.suffix.lower() in TEXT_FORMATS:
        lines: list[list[Any]] = list(read_text_table(path))
        return [SheetRows(path.stem, lines)] if any(map(any, lines)) else []
    try:
        # The one reader works outside of Python's lock, so the other costs no time beside it.
        with ThreadPoolExecutor(1) as beside, CalamineWorkbook.from_path(str(path)) as workbook:
            looking = beside.submit(_marks, path)
            visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
            sheets = [(name, _rows(workbook, name)) for name in visible]
            marks = looking.result()
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise BadInput(
            f"打不开这个工作簿：{path.name}。文件可能已损坏或加了密码，请用 WPS 或 Excel 打开检查。", str(path)
        ) from error
    told = [(name, rows, marks.get(name, _Marks())) for name, rows in sheets]
    for _name, rows, found in told:
        _put_broken(rows, found.broken)
    return [
        SheetRows(name, rows, found.hidden, found.hidden_columns, found.since_1904)
        for name, rows, found in told
        if any(any(row) for row in rows)
    ]


def _refuse_wrong_kind(path: Path) -> None:
    if not path.is_file():
        raise BadInput(f"找不到文件：{path}。请检查文件名和位置。", str(path))
    if path.stat().st_size > LARGEST:
        raise BadInput(f"文件太大：{path.name}，最多{LARGEST // 2**20}MB。请拆成几个文件导入。", str(path))
    with path.open("rb") as opened:
        start = opened.read(4)
    if path.suffix.lower() in TEXT_FORMATS and not start.startswith((b"PK", OLE_MARK)):
        return
    advice = OLD_FORMATS.get(path.suffix.lower())
    if start == OLE_MARK and advice is None:
        advice = "这个文件其实是旧的 .xls 格式，或加了密码。请用 WPS 或 Excel 打开，去掉密码，“另存为”.xlsx 后再导入。"
    if advice is None and not start.startswith(b"PK"):
        advice = "这不是 Excel 工作簿（*.xlsx）。请检查选的文件，或另存为 .xlsx 后再导入。"
    if advice is not None:
        raise BadInput(f"{path.name}：{advice}", str(path))


def _rows(workbook: CalamineWorkbook, name: str) -> list[list[Any]]:
    sheet = workbook.get_sheet_by_name(name)
    # Row by row where it can be, so that other threads have their turn; a sheet that begins further in is padded whole.
    found = sheet.iter_rows() if sheet.start == (0, 0) else sheet.to_python(skip_empty_area=False)
    rows: list[list[Any]] = [
        [None if value == "" else value for value in row] if "" in row else list(row) for row in found
    ]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        # One cell over several lines says the same of each of them; a title across columns does not.
        if left == right and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return rows


@dataclass(frozen=True)
class _Marks:
    """What the fast reader does not tell of a sheet: what is hidden (from 0), and cells whose formula gave nothing."""

    hidden: frozenset[int] = frozenset()
    broken: tuple[tuple[str, str], ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    since_1904: bool = False


def _marks(path: Path) -> dict[str, _Marks]:
    found = {}
    with zipfile.ZipFile(path) as package:
        parts = _parts(package)
        since_1904 = bool(parts and SINCE_1904.search(package.read("xl/workbook.xml")))
        for name, part in parts.items():
            content = _unprefixed(package.read(part)) if _has_marks(package, part) else b""
            rows = HIDDEN_ROW.findall(content) if b"hidden=" in content else []
            spans = HIDDEN_COLUMN.findall(content) if b"hidden=" in content else []
            columns = (range(int(first) - 1, min(int(last), LAST_COLUMN)) for first, last in spans)
            found[name] = _Marks(
                frozenset(int(row) - 1 for row in rows),
                tuple(_broken(content)),
                frozenset(chain.from_iterable(columns)),
                since_1904,
            )
    return found


def _has_marks(package: zipfile.ZipFile, part: str) -> bool:
    """Tell whether a part says anything that is looked for; most say nothing and are never read whole."""
    before = b""
    with package.open(part) as opened:
        while piece := opened.read(PIECE):
            text = before + piece
            if _has_formula(text) or any(mark in text for mark in MARKS) or PREFIXED.search(text, 0, PROLOGUE):
                return True
            before = text[-LONGEST_MARK:]
    return False


def _has_formula(text: bytes) -> bool:
    place = text.find(FORMULA)
    while place >= 0:
        if text[place + 2 : place + 3] in AFTER_FORMULA:
            return True
        place = text.find(FORMULA, place + 2)
    return False


def _unprefixed(content: bytes) -> bytes:
    """Return a sheet without the prefix that some programs write before the name of every element."""
    found = PREFIXED.search(content, 0, PROLOGUE)
    if found is None:
        return content
    return content.replace(b"<" + found[1] + b":", b"<").replace(b"</" + found[1] + b":", b"</")


def _broken(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the cells that hold an error, or a formula whose result was never worked out and kept."""
    if b't="e"' in content:
        for cell, fault in FAULTY_CELL.findall(content):
            yield cell.decode(), html.unescape(fault.decode("utf-8", "replace"))
    if _has_formula(content):
        for cell, formula in UNCOUNTED_CELL.findall(content):
            yield cell.decode(), "=" + html.unescape(formula.decode("utf-8", "replace"))


def _put_broken(rows: list[list[Any]], cells: Sequence[tuple[str, str]]) -> None:
    for cell, words in cells:
        row, column = place_of(cell)
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend(None for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = BrokenCell(words)


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name, as the workbook's relationships tell it."""
    names = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for tag in re.findall(r"<Relationship\b[^>]*>", relations):
        key, target = (re.search(rf'\b{word}="([^"]*)"', tag) for word in ("Id", "Target"))
        if key and target:
            targets[key[1]] = target[1].removeprefix("/xl/")
    found = {}
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", package.read("xl/workbook.xml").decode("utf-8", "replace")):
        name, key = re.search(r'\bname="([^"]*)"', tag), re.search(r'\br:id="([^"]*)"', tag)
        part = "xl/" + targets.get(key[1], "") if key else ""
        if name and part in names:
            found[html.unescape(name[1])] = part
    return found
