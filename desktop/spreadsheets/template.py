"""Empty workbooks to fill in: drop-downs, hints, typed columns, and a page that explains each column."""

from pathlib import Path
from typing import Final

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from desktop.spreadsheets.table import Column, Table, letter
from desktop.spreadsheets.writer import (
    CENTRED,
    FORMATS,
    HEAD_BORDER,
    HEAD_FILL,
    fitting_width,
    new_book,
    save,
    sheet_title,
)

ROWS: Final = 1000
REQUIRED_FILL: Final = PatternFill("solid", fgColor="FBE9E7")
CHOICES_SHEET: Final = "选项"
TYPE_WORDS: Final = {
    "date": "日期，如 2026-09-01",
    "money": "金额（元），最多两位小数",
    "decimal": "数字，最多两位小数",
    "number": "整数",
    "bool": "填“是”或“否”",
    "code": "号码，按文本填写，不要丢掉位数",
    "list": "多项之间用“、”分开",
    "choice": "从下拉列表中选择",
}


def write_template(table: Table, out: Path) -> None:
    """Write an empty list of a kind: the first sheet to fill in, the second says what each column takes."""
    book = new_book(f"{table.title}模板")
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_title(table.title)
    sheet.freeze_panes = "A2"
    guide, choices = book.create_sheet("填写说明"), book.create_sheet(CHOICES_SHEET)
    for index, column in enumerate(table.columns):
        _add_column(sheet, choices, index, column)
    _explain(guide, table)
    choices.sheet_state = "hidden"
    save(book, out)


def _add_column(sheet: Worksheet, choices: Worksheet, index: int, column: Column) -> None:
    head = sheet.cell(1, index + 1, column.head)
    head.font, head.border, head.alignment = Font(bold=True), HEAD_BORDER, CENTRED
    head.fill = REQUIRED_FILL if column.required else HEAD_FILL
    head.comment = Comment(hint_of(column), "填写说明", height=90, width=240)
    letters = letter(index)
    sheet.column_dimensions[letters].width = column.width or max(fitting_width(column, []), 12)
    form = FORMATS.get(column.kind, "@")
    sheet.column_dimensions[letters].number_format = form
    for row in range(2, 102):
        sheet.cell(row, index + 1).number_format = form
    check = _validation(choices, index, column)
    sheet.add_data_validation(check)
    check.add(f"{letters}2:{letters}{ROWS}")


def hint_of(column: Column) -> str:
    """Return what is said beside a column: whether it must be filled, what it takes, and its own hint."""
    must = "必填。" if column.required else ""
    words = [TYPE_WORDS.get(column.kind, ""), column.hint]
    return must + "；".join(filter(None, words)) + ("。" if any(words) else "可填文字。")


def _validation(choices: Worksheet, index: int, column: Column) -> DataValidation:
    words = list(column.choices) if column.kind == "choice" else ["是", "否"] if column.kind == "bool" else []
    if words:
        for row, word in enumerate(filter(None, words), start=1):
            choices.cell(row, index + 1, word)
        span = f"'{CHOICES_SHEET}'!${letter(index)}$1:${letter(index)}${len(list(filter(None, words)))}"
        check = DataValidation("list", formula1=span, allow_blank=True)
    elif column.kind == "date":
        check = DataValidation("date", operator="greaterThan", formula1="7000", allow_blank=True)
    elif column.kind in {"money", "decimal", "number"}:
        check = DataValidation(
            "whole" if column.kind == "number" else "decimal",
            operator="greaterThanOrEqual",
            formula1="0",
            allow_blank=True,
        )
    else:
        check = DataValidation(allow_blank=True)
    check.promptTitle, check.prompt = column.title[:32], hint_of(column)[:255]
    check.errorTitle, check.error = "请核对", hint_of(column)[:225]
    # Only a warning: lists are checked on import, and a negative line may be a reversal.
    check.errorStyle, check.showInputMessage, check.showErrorMessage = "warning", True, True
    return check


def _explain(guide: Worksheet, table: Table) -> None:
    guide.append([f"{table.title}：填写说明"])
    guide["A1"].font = Font(bold=True, size=14)
    guide.append(["列", "是否必填", "怎么填", "可选内容"])
    for column in table.columns:
        words = "、".join(filter(None, column.choices))
        guide.append([column.head, "必填" if column.required else "", hint_of(column), words])
    for cell in guide[2]:
        cell.font, cell.fill = Font(bold=True), HEAD_FILL
    for letters, width in (("A", 24), ("B", 10), ("C", 56), ("D", 70)):
        guide.column_dimensions[letters].width = width
    for line in guide.iter_rows(min_row=3):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    guide.freeze_panes = "A3"
