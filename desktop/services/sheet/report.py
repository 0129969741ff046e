"""What an import found and did: lines of a list, the report, and the refusal that lists every bad cell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from desktop.errors import BadInput
from desktop.spreadsheets.reader import SheetRows
from desktop.spreadsheets.table import CellError, cell_name, shown

SHOWN_IN_MESSAGE = 3
MOST_WORDS = 8
"""A column with more words that nobody knows is no column of choices in other words, but another column."""


@dataclass
class Line:
    """One row of a list: where it stands and its values in JSON form by column name; empty cells are left out."""

    sheet: str
    row: int
    values: dict[str, Any]
    columns: dict[str, int]
    raw: Sequence[Any]

    @property
    def number(self) -> int:
        """The row as the spreadsheet numbers it."""
        return self.row + 1

    def cell(self, name: str) -> str:
        """Return the cell of a column, or the row's first cell when the sheet lacks the column."""
        return cell_name(self.row, self.columns.get(name, 0), self.sheet)

    def get(self, name: str, default: Any = "") -> Any:
        """Return the value of a column."""
        return self.values.get(name, default)

    def error(self, name: str, message: str) -> CellError:
        """Return an error about one of the row's cells."""
        index = self.columns.get(name, -1)
        raw = self.raw[index] if 0 <= index < len(self.raw) else None
        return CellError(self.cell(name), shown(raw), message)


@dataclass(frozen=True)
class Match:
    """A row that stands for a record already kept; `fields` are (title, stored, given) where they differ."""

    cell: str
    id: str
    message: str
    fields: tuple[tuple[str, str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the match in JSON form."""
        fields = [{"field": title, "old": old, "new": new} for title, old, new in self.fields]
        return {"cell": self.cell, "id": self.id, "message": self.message, "fields": fields}


@dataclass(frozen=True)
class Similar:
    """A row that would make a new record although one much like it is kept: `id` and `name` are that record's."""

    cell: str
    value: str
    noun: str
    id: str
    name: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Return the likeness in JSON form."""
        return asdict(self)


@dataclass(frozen=True)
class Added:
    """A row that makes a new record: what it is called and what else it says, in words."""

    cell: str
    name: str
    words: str


@dataclass
class Question:
    """A word of a list's column that a person must say the meaning of: one of the `choices`, or nothing ("")."""

    column: str
    title: str
    word: str
    choices: tuple[str, ...]
    cells: list[str] = field(default_factory=list)
    answer: str | None = None

    @property
    def key(self) -> str:
        """By what the answer is known."""
        return f"{self.column}/{self.word}"


@dataclass
class ImportReport:
    """What an import would do or did: counts of the list's own records, what else was made, and all that was noticed.

    `errors` refuse the import, `warnings` and `notices` do not; `sheets` and `heads` are kept to write bad rows back,
    `added` is the beginning of what would be new, to be looked at, `words` what is asked about the words of columns.
    """

    kind: str
    file: str
    preview: bool
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    made: dict[str, int] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    sheets: list[SheetRows] = field(default_factory=list)
    heads: dict[str, range] = field(default_factory=dict)
    words: dict[str, Question] = field(default_factory=dict)

    @property
    def questions(self) -> list[Question]:
        """The words whose meaning a person can say, and those already answered; an unanswered one is also an error."""
        counts = Counter(question.column for question in self.words.values())
        return [question for question in self.words.values() if counts[question.column] <= MOST_WORDS]

    def ask(self, question: Question, cell: str) -> None:
        """Note a cell with a word that is asked about."""
        self.words.setdefault(question.key, question).cells.append(cell)

    def as_json(self) -> dict[str, Any]:
        """Return the report as the command line prints it."""
        return {
            "kind": self.kind,
            "file": self.file,
            "preview": self.preview,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "made": self.made,
            "errors": [error.as_json() for error in self.errors],
            "warnings": [warning.as_json() for warning in self.warnings],
            "matches": [match.as_json() for match in self.matches],
            "similar": [similar.as_json() for similar in self.similar],
            "notices": self.notices,
        }


class BadCells(BadInput):
    """An import refused for its cells; all of them are listed."""

    code = "bad_cells"

    def __init__(self, report: ImportReport) -> None:
        first = "；".join(f"{error.cell}“{error.value}”{error.message}" for error in report.errors[:SHOWN_IN_MESSAGE])
        rest = len(report.errors) - SHOWN_IN_MESSAGE
        more = f"；另有{rest}处" if rest > 0 else ""
        super().__init__(f"有{len(report.errors)}个单元格不能导入，没有改动任何内容。{first}{more}。", report.file)
        self.report = report

    def as_dict(self) -> dict[str, Any]:
        """Return the error with every bad cell."""
        return {**super().as_dict(), "cells": [error.as_json() for error in self.report.errors]}
