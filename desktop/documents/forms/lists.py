"""Lists of ruled forms: numbered rows under heads that every page repeats, with a sum."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.elements import Flow
from desktop.documents.fields import Fields
from desktop.documents.forms.blocks import SMALL_HEAD, SMALL_TEXT
from desktop.documents.forms.values import Entry
from desktop.documents.kind import Schema
from desktop.documents.money_fields import money
from desktop.documents.numerals import amount_text, capital_amount
from desktop.documents.styles import Style
from desktop.documents.tables import CELL_HEAD, CELL_TEXT, Align, Cell, Row, Table

NUMBER_WIDTH = 10.0
"""mm; the column of ordinals."""


@dataclass(frozen=True)
class Column:
    """A column of a list: its value, and its share of the table's width."""

    entry: Entry
    share: float

    @property
    def align(self) -> Align:
        """Where its values stand: amounts right, long texts left."""
        if self.entry.type == "money":
            return Align.END
        return Align.START if self.entry.wide else Align.CENTRE


def column(name: str, label: str, share: float, type: str = "text", wide: bool = False, needed: bool = False) -> Column:
    """Describe a column in one line; `wide` texts stand at the left."""
    return Column(Entry(name, label, type, wide, needed=needed), share)


@dataclass(frozen=True)
class Rows:
    """A list in the field `name`: numbered rows under heads, at least `least` of them so that a hand can go on.

    `total` names the amount whose sum closes the list, with the capitals beside it.
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    least: int = 0
    total: str = ""
    height: float = 8.0
    small: bool = True
    heading: bool = False

    def properties(self) -> dict[str, Schema]:
        """Return the schema of the list."""
        entries = [column.entry for column in self.columns]
        item = {
            "type": "object",
            "additionalProperties": False,
            "required": [entry.name for entry in entries if entry.needed],
            "properties": {entry.name: entry.schema for entry in entries},
        }
        return {self.name: {"type": "array", "title": self.label, "items": item}}

    def required(self) -> Sequence[str]:
        """Return nothing: a list may be empty, to be filled by hand."""
        return ()

    def draw(self, flow: Flow, fields: Fields) -> None:
        """Set the list over as many pages as it takes, its heads leading each."""
        style, head = (SMALL_TEXT, SMALL_HEAD) if self.small else (CELL_TEXT, CELL_HEAD)
        shares = sum(column.share for column in self.columns)
        room = flow.width - NUMBER_WIDTH
        widths = (NUMBER_WIDTH, *(room * column.share / shares for column in self.columns))
        heads = Row([Cell("序号", head), *(Cell(one.entry.label, head) for one in self.columns)], self.height + 1)
        parts = fields.parts(self.name)
        rows = [self._row(number, part, style) for number, part in enumerate(parts, start=1)]
        blanks = [self._blank(number, style) for number in range(len(rows) + 1, self.least + 1)]
        if self.heading:
            flow.table(Table((flow.width,), [Row([Cell(self.label, CELL_HEAD)], 9)], field=self.name))
        sums = [self._sum(parts, style, head)] if self.total else []
        flow.table(Table(widths, [heads, *rows, *blanks, *sums], head=1, field=self.label))

    def _row(self, number: int, part: Fields, style: Style) -> Row:
        cells = [Cell(str(number), style)]
        for column in self.columns:
            texts = column.entry.read(part, "")
            cells.append(Cell(texts, style, align=column.align, field=part.path(column.entry.name)))
        part.done()
        return Row(cells, self.height)

    def _blank(self, number: int, style: Style) -> Row:
        return Row([Cell(str(number), style), *(Cell("") for _ in self.columns)], self.height)

    def _sum(self, parts: Sequence[Fields], style: Style, head: Style) -> Row:
        total = sum(money(part, self.total) for part in parts if part.has(self.total))
        place = next(index for index, one in enumerate(self.columns) if one.entry.name == self.total)
        words = f"合计（大写）：{capital_amount(total)}" if parts else "合计（大写）："
        amount = Cell(amount_text(total) if parts else "", style, align=Align.END)
        blanks = [Cell("") for _ in self.columns[place + 1 :]]
        return Row([Cell(words, head, align=Align.START, columns=place + 1), amount, *blanks], self.height)
