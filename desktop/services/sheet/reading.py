"""From a workbook to checked lines: sheets and heads found, every cell read, every fault kept with its place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from desktop.errors import BadInput
from desktop.services.record import checks as record_checks
from desktop.services.record import values as record_values
from desktop.services.record.fields import FieldSpec, field_map
from desktop.services.sheet.aside import Aside
from desktop.services.sheet.births import Births
from desktop.services.sheet.kinds import KINDS, MEMBER_COLUMNS, offered, table_of
from desktop.services.sheet.report import ImportReport, Line, Question
from desktop.services.sheet.stages import no_report
from desktop.spreadsheets.cells import SEPARATORS, SERIALS, BadCellError, UnknownWordError, is_empty, read_cell
from desktop.spreadsheets.heads import Head, bare_head, find_head
from desktop.spreadsheets.reader import SheetRows, read_workbook
from desktop.spreadsheets.table import CellError, Column, Table, cell_name, shown

SAMPLES: Final = 3
TOLD_EVERY: Final = 500
LATER_1904: Final = 1462
"""Days between the beginnings of the two ways to count days in a workbook."""
COUNTED: Final = frozenset({"code", "date", "month", "money", "decimal", "number", "choice"})
"""Kinds of columns in which one of these words is no value."""
NO_VALUE: Final = frozenset({"无", "暂无", "暂缺", "缺", "不详", "未知", "待定", "空", "没有", "未填", "无此项"})
UNREAD: Final = object()
NOTHING: Final = object()


@dataclass(frozen=True)
class Guess:
    """What a sheet's columns were taken for: for each head its letter, text, column name ("" for none) and samples."""

    sheet: str
    head_row: int
    columns: tuple[tuple[str, str, str, tuple[str, ...]], ...]


def guess(kind: str, file: Path, chosen: Mapping[str, str] | None = None) -> list[Guess]:
    """Return what each sheet's columns would be read as, with samples, for a person to confirm or change."""
    found = []
    for sheet in read_workbook(file):
        head = _head(sheet, table_of(kind), chosen) or bare_head(sheet.rows)
        if head is not None:
            found.append(Guess(sheet.name, head.row + 1, tuple(_guessed(sheet, head))))
    return found


def likely_kind(file: Path) -> str:
    """Return which list a workbook most likely holds: the one whose head explains most columns; "" for none."""
    sheets, best, most = read_workbook(file), "", 0
    for kind in KINDS:
        heads = [find_head(sheet.rows, table_of(kind)) for sheet in sheets]
        found = max((len(head.columns) for head in heads if head and not head.missing(table_of(kind))), default=0)
        if found > most:
            best, most = kind, found
    return best


def _head(sheet: SheetRows, table: Table, chosen: Mapping[str, str] | None) -> Head | None:
    """Return a sheet's head; a column of the list's own numbers that is called 编号 is not the one of this program."""
    head = find_head(sheet.rows, table, chosen)
    place = next((index for index, column in head.columns.items() if column.name == "id"), -1) if head else -1
    if head is None or place < 0 or head.texts[place] in (chosen or ()):
        return head
    below = (row[place] for row in sheet.rows[head.first_data_row :] if place < len(row))
    filled = [value for value in below if not is_empty(value)]
    if not filled or any(record_values.is_id(str(value).strip().lower()) for value in filled):
        return head
    columns = {index: column for index, column in head.columns.items() if index != place}
    return replace(head, columns=columns, unknown={**head.unknown, place: head.texts[place]})


def _guessed(sheet: SheetRows, head: Head) -> list[tuple[str, str, str, tuple[str, ...]]]:
    below = sheet.rows[head.first_data_row :]
    guessed = []
    for index, text in sorted(head.texts.items()):
        filled = [shown(row[index]) for row in below if index < len(row) and not is_empty(row[index])]
        name = head.columns[index].name if index in head.columns else ""
        letters = cell_name(0, index).rstrip("1")
        guessed.append((letters, text, name, tuple(filled[:SAMPLES])))
    return guessed


def read_lines(
    kind: str,
    file: Path,
    report: ImportReport,
    chosen: Mapping[str, str] | None = None,
    only_sheet: str = "",
    months: bool = False,
    tell: Callable[[int, int], None] = no_report,
    words: Mapping[str, str] | None = None,
) -> list[Line]:
    """Return the lines of every sheet that has the list's head; cell faults go into the report.

    With `months` a date that tells only the month is taken for its first day. `tell` hears (done, total). `words` are
    answers to a report's questions: by “column/word” the choice that is meant, "" for none.

    BadInput when no sheet has the head, naming the columns that are missing.
    """
    table = table_of(kind)
    sheets = [sheet for sheet in read_workbook(file) if only_sheet in ("", sheet.name)]
    heads = [(sheet, _head(sheet, table, chosen)) for sheet in sheets]
    usable = [(sheet, head) for sheet, head in heads if head is not None and not head.missing(table)]
    if not usable:
        raise BadInput(_no_head(table, [head for _, head in heads if head is not None]), str(file))
    named, total = len(usable) > 1, 2 * sum(len(sheet.rows) for sheet, _ in usable)
    lines: list[Line] = []
    # The first half is done: the file is read.
    done = total // 2
    for sheet, head in usable:
        report.sheets.append(sheet)
        report.heads[sheet.name] = range(head.row, head.first_data_row)
        head = _by_month(head) if months else head
        for line in _sheet_lines(table, sheet, head, report, sheet.name if named else "", words or {}):
            lines.append(line)
            if len(lines) % TOLD_EVERY == 0:
                tell(done + len(lines), total)
    _notice_left_out(report, sheets, heads, usable)
    report.rows = len(lines)
    if not lines and not report.errors:
        raise BadInput(f"“{file.name}”里没有可以导入的行。请在表头下填写后再导入。", str(file))
    return lines


def _by_month(head: Head) -> Head:
    columns = {
        i: replace(column, kind="month") if column.kind == "date" else column for i, column in head.columns.items()
    }
    return replace(head, columns=columns)


def _no_head(table: Table, heads: Sequence[Head]) -> str:
    if not heads:
        wanted = "、".join(column.title for column in table.columns[:4])
        return f"没有找到{table.title}名册的表头（如 {wanted}）。请检查是否选对了文件，或用“导出模板”得到的表格填写。"
    nearest = max(heads, key=lambda head: len(head.columns))
    lacking = "、".join(f"“{column.title}”" for column in nearest.missing(table))
    return f"第{nearest.row + 1}行的表头缺少必需的列：{lacking}。请补上这些列，或指定哪一列是它。"


def _notice_left_out(
    report: ImportReport, sheets: Sequence[SheetRows], heads: Sequence[Any], usable: Sequence[tuple[SheetRows, Head]]
) -> None:
    read = {sheet.name for sheet, _ in usable}
    for sheet in sheets:
        if sheet.name not in read:
            report.notices.append(f"工作表“{sheet.name}”没有这种名册的表头，没有读取。")
    for sheet, head in usable:
        if head.unknown:
            words = "、".join(f"“{text}”" for text in head.unknown.values())
            report.notices.append(f"工作表“{sheet.name}”中不认识的列没有读取：{words}。")
        hidden = "、".join(f"“{head.texts[index]}”" for index in sorted(head.columns) if index in sheet.hidden_columns)
        if hidden:
            report.notices.append(f"工作表“{sheet.name}”有隐藏的列，也一并读取了：{hidden}。请确认是否需要。")


def _sheet_lines(
    table: Table, sheet: SheetRows, head: Head, report: ImportReport, name: str, words: Mapping[str, str]
) -> Iterator[Line]:
    columns = {column.name: index for index, column in head.columns.items()}
    cells = [
        _Cells(table.kind, index, column, head.factors[index], words, since_1904=sheet.since_1904)
        for index, column in head.columns.items()
    ]
    births = Births(head.columns) if table.kind == "members" else None
    aside = Aside(head)
    hidden = []
    for row in range(head.first_data_row, len(sheet.rows)):
        raw = sheet.rows[row]
        if aside.holds(raw):
            continue
        line = Line(name, row, {}, columns, raw)
        before = len(report.errors)
        _read_line(line, cells, report)
        if births is not None:
            births.complete(line, report, before)
        yield line
        if row in sheet.hidden:
            hidden.append(str(row + 1))
    if hidden:
        report.notices.append(
            f"工作表“{sheet.name}”有隐藏的行，也一并读取了：第{'、'.join(hidden)}行。请确认是否需要。"
        )


class _Cells:
    """The cells of one column as they are read; lists repeat themselves, so a value understood once is kept."""

    def __init__(
        self, kind: str, index: int, column: Column, factor: int, words: Mapping[str, str], *, since_1904: bool
    ) -> None:
        start = f"{column.name}/"
        self.answers = {key[len(start) :]: choice for key, choice in words.items() if key.startswith(start)}
        if self.answers:
            column = replace(column, synonyms={**column.synonyms, **self.answers})
        self.name, self.index, self.column, self.factor = column.name, index, column, factor
        self.later = LATER_1904 if since_1904 and column.kind in ("date", "month") else 0
        self.spec = spec_of(kind, column.name)
        self.known: dict[Any, Any] = {None: NOTHING}

    def read(self, raw: Any) -> Any:
        """Return the value of a cell not met before, NOTHING when it is empty; BadCellError when it cannot be taken."""
        empty = is_empty(raw) or self._says_nothing(raw)
        meant = raw + self.later if self.later and isinstance(raw, float) and raw in SERIALS else raw
        value = NOTHING if empty else read_cell(self.column, meant, self.factor)
        # A word may have been said to stand for nothing.
        nothing = value is NOTHING or (value == "" and self.answers)
        found = NOTHING if nothing else _checked(self.spec, value)
        if not isinstance(raw, bool):
            # True would be found as 1.
            self.known[raw] = found
        return found

    def _says_nothing(self, raw: Any) -> bool:
        word = raw.strip() if isinstance(raw, str) and self.column.kind in COUNTED else ""
        return word in NO_VALUE and word not in self.column.choices and word not in self.column.synonyms

    def question(self, word: str) -> Question:
        """Return what is asked about a word of this column."""
        return Question(self.name, self.column.title, word, offered(self.column, word), answer=self.answers.get(word))


def _read_line(line: Line, columns: Sequence[_Cells], report: ImportReport) -> None:
    raw, values, width = line.raw, line.values, len(line.raw)
    for cells in columns:
        index = cells.index
        cell = raw[index] if index < width else None
        try:
            value = cells.known.get(cell, UNREAD) if cell.__class__ is not bool else UNREAD
            if value is UNREAD:
                value = cells.read(cell)
                if cells.answers:
                    _note_answers(cells, cell, line, report)
        except BadCellError as error:
            report.errors.append(line.error(cells.name, str(error)))
            if isinstance(error, UnknownWordError):
                report.ask(cells.question(error.word), line.cell(cells.name))
            continue
        if value is not NOTHING:
            values[cells.name] = value
        elif cells.column.required:
            report.errors.append(CellError(line.cell(cells.name), "", f"“{cells.column.title}”不能为空"))


def _note_answers(cells: _Cells, raw: Any, line: Line, report: ImportReport) -> None:
    """Note the first cell of each way to write a word that was answered, so that the answer can be changed."""
    for word in (re.sub(r"\s+", "", part) for part in SEPARATORS.split(raw) if part) if isinstance(raw, str) else ():
        if word in cells.answers:
            report.ask(cells.question(word), line.cell(cells.name))


def _checked(spec: FieldSpec | None, value: Any) -> Any:
    """Return the value as the register keeps it, in JSON form; what it cannot keep is told in the cell."""
    if spec is None:
        return value
    try:
        stored = record_values.read(spec, value)
    except BadInput as error:
        # The cell is named already; only the reason is wanted.
        raise BadCellError(error.message.split("）", 1)[-1].split("；给出的是")[0]) from error
    return record_checks.tidied(spec.noun, spec.name, stored) if spec.type == "text" else value


@cache
def spec_of(kind: str, name: str) -> FieldSpec | None:
    """Return the field behind a column; None for columns that call another record by its name, and the id."""
    if kind == "members" and name not in MEMBER_COLUMNS:
        return field_map("people").get(name)
    if kind == "allocations" and name == "name":
        return None
    spec = field_map(KINDS[kind]).get(name)
    return spec or (field_map("units").get(name) if name == "credit_code" else None)
