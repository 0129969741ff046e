"""What a list is as a sheet: its columns, how each is typed and called, and what was found wrong in a cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

KINDS: Final = ("text", "name", "code", "date", "month", "money", "number", "decimal", "bool", "choice", "list")


@dataclass(frozen=True)
class Column:
    """A column: `name` of the value, `title` in the head row, `kind` one of KINDS.

    `aliases` are other heads under which offices keep the same thing, `synonyms` other words for its choices;
    `width` is in characters, 0 for one that fits.
    """

    name: str
    title: str
    kind: str = "text"
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    hint: str = ""
    unit: str = ""
    width: float = 0

    @property
    def head(self) -> str:
        """The words of the head row, with the unit of money and sizes."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True)
class Table:
    """A kind of list: its id, Chinese title and columns."""

    kind: str
    title: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return the column of a name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class CellError:
    """A cell that cannot be taken: where, what stands there, and why in words."""

    cell: str
    value: str
    message: str

    def as_json(self) -> dict[str, str]:
        """Return the error as the command line prints it."""
        return {"cell": self.cell, "value": self.value, "message": self.message}


def letter(index: int) -> str:
    """Return the letters of a column counted from 0: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(cell: str) -> tuple[int, int]:
    """Return row and column, counted from 0, of a cell as a spreadsheet calls it."""
    letters = cell.rstrip("0123456789")
    column = 0
    for mark in letters:
        column = column * 26 + ord(mark) - 64
    return int(cell[len(letters) :]) - 1, column - 1


def cell_name(row: int, column: int, sheet: str = "") -> str:
    """Return how a cell is called, row and column counted from 0; with several sheets read, after its sheet."""
    place = f"{letter(column)}{row + 1}"
    return f"{sheet}!{place}" if sheet else place


class BrokenCell(str):
    """What stands in a cell whose formula gave no value: the fault (#N/A) or the formula itself."""


def shown(value: Any) -> str:
    """Return a raw cell as a person sees it in a message."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return str(value)
