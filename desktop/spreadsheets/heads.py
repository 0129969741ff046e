"""Finding the head row of a list and guessing which column holds what."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from desktop.spreadsheets.table import Column, Table

# Titles, notes and units stand above the head; it is looked for no further down from the first line that says anything.
LOOKED_AT: Final = 20
FEWEST: Final = 2
IN_BRACKETS: Final = re.compile(r"[(（\[【].*?[)）\]】]")
NOISE: Final = re.compile(r"[\s*＊:：。.、★_\-—/]+|^\d+[.、]")


@dataclass(frozen=True)
class Head:
    """The head of a sheet: its first row (from 0), how many rows it spans, and what was recognised.

    `columns` and `factors` go by column index; `unknown` holds the heads that nothing was recognised in.
    """

    row: int
    depth: int
    columns: dict[int, Column]
    factors: dict[int, int]
    texts: dict[int, str]
    unknown: dict[int, str] = field(default_factory=dict)

    @property
    def first_data_row(self) -> int:
        """The row (from 0) under the head."""
        return self.row + self.depth

    def missing(self, table: Table) -> list[Column]:
        """Return the required columns that the sheet lacks."""
        found = {column.name for column in self.columns.values()}
        return [column for column in table.columns if column.required and column.name not in found]


def plain_head(text: Any) -> str:
    """Return a head as it is compared: no brackets, spaces or marks."""
    folded = unicodedata.normalize("NFKC", str(text if text is not None else "")).lower()
    return NOISE.sub("", IN_BRACKETS.sub("", folded))


def factor_of(text: str) -> int:
    """Return what a number under the head counts: 10000 under 万元, 1000 under 千元, else 1."""
    return 10_000 if "万元" in text else 1_000 if "千元" in text else 1


def find_head(rows: Sequence[Sequence[Any]], table: Table, chosen: Mapping[str, str] | None = None) -> Head | None:
    """Return the head that explains most columns, one line or two; None when nothing looks like one.

    `chosen` maps head texts to column names, as a person decided them ("" leaves a column out); it goes first.
    """
    names = _names(table)
    best: Head | None = None
    for row in _looked_at(rows):
        for depth in (1, 2):
            # A line with one cell is a title over the head, not its upper half.
            if row + depth <= len(rows) and (depth == 1 or _filled(rows[row]) > 1):
                head = _read(rows, row, depth, table, names, chosen or {})
                if best is None or len(head.columns) > len(best.columns) or _completes(rows, best, head):
                    best = head
    fewest = 1 if chosen else min(FEWEST, len(table.columns))
    return best if best is not None and len(best.columns) >= fewest else None


def bare_head(rows: Sequence[Sequence[Any]]) -> Head | None:
    """Return the line that looks most like a head although nothing in it was recognised, for a person to explain."""
    row = max(_looked_at(rows), key=lambda row: _filled(rows[row]), default=0)
    texts = {index: text for index in range(len(rows[row]) if rows else 0) if (text := _text(rows[row], index))}
    return Head(row, 1, {}, {}, texts, texts) if len(texts) >= FEWEST else None


def _looked_at(rows: Sequence[Sequence[Any]]) -> range:
    first = next((row for row, line in enumerate(rows) if any(value not in (None, "") for value in line)), 0)
    return range(first, min(first + LOOKED_AT, len(rows)))


def _names(table: Table) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in table.columns:
        found.setdefault(plain_head(column.title), column)
    for column in table.columns:
        for text in column.aliases:
            found.setdefault(plain_head(text), column)
    return found


def _read(
    rows: Sequence[Sequence[Any]],
    row: int,
    depth: int,
    table: Table,
    names: dict[str, Column],
    chosen: Mapping[str, str],
) -> Head:
    head = Head(row, depth, {}, {}, {})
    taken: set[str] = set()
    group = ""
    for index in range(max(len(line) for line in rows[row : row + depth])):
        upper = _text(rows[row], index)
        # A group's title stands over its first column only when its cells are merged.
        group = upper or group
        lower = _text(rows[row + 1], index) if depth == 2 else ""
        shown = lower or upper if depth == 2 else upper
        column = _chosen(table, chosen, shown) if shown in chosen else _match(names, upper, lower, group, depth)
        if not shown:
            continue
        head.texts[index] = shown
        if column is None or column.name in taken:
            head.unknown[index] = shown
            continue
        taken.add(column.name)
        head.columns[index] = column
        head.factors[index] = factor_of(upper + lower + group)
    return head


def _completes(rows: Sequence[Sequence[Any]], one_line: Head, head: Head) -> bool:
    """Tell whether a second line belongs to the head although it adds no column: it stands under a group's blank."""
    if (head.row, one_line.depth, head.depth) != (one_line.row, 1, 2) or len(head.columns) < len(one_line.columns):
        return False
    upper, lower = rows[head.row], rows[head.row + 1]
    under_group = any(_text(lower, index) and not _text(upper, index) for index in range(len(lower)))
    needed = [index for index, column in one_line.columns.items() if column.required]
    return under_group and all(_text(lower, index) in ("", _text(upper, index)) for index in needed)


def _filled(line: Sequence[Any]) -> int:
    return sum(bool(_text(line, index)) for index in range(len(line)))


def _text(line: Sequence[Any], index: int) -> str:
    value = line[index] if index < len(line) else None
    return value.strip() if isinstance(value, str) else ""


def _chosen(table: Table, chosen: Mapping[str, str], text: str) -> Column | None:
    return next((column for column in table.columns if column.name == chosen[text]), None)


def _match(names: dict[str, Column], upper: str, lower: str, group: str, depth: int) -> Column | None:
    """Try the lower line after its group, the lower line alone, then a head that runs over both lines."""
    if depth == 1:
        return _named(names, upper)
    if lower:
        return _named(names, group + lower) or _named(names, lower)
    return _named(names, upper)


def _named(names: dict[str, Column], text: str) -> Column | None:
    head = plain_head(text)
    if not head or head in names:
        return names.get(head)
    longer = [name for name in names if len(name) >= 3 and (head.startswith(name) or head.endswith(name))]
    found = {names[name].name: names[name] for name in longer}
    return next(iter(found.values())) if len(found) == 1 else None
