"""Lists of ruled forms: numbered rows under heads that every page repeats, with a sum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.documents.elements import Flow
from desktop.documents.fields import Fields
from desktop.documents.forms.blocks import SMALL_HEAD, SMALL_TEXT, label
from desktop.documents.forms.values import Entry
from desktop.documents.kind import Schema
from desktop.documents.money_fields import money
from desktop.documents.numerals import amount_text, capital_amount
from desktop.documents.styles import Style
from desktop.documents.tables import CELL_HEAD, CELL_TEXT, Align, Cell, Row, Table

NUMBER_WIDTH = 10.0
"""mm; the column of ordinals."""
LEAST_HEIGHT = 7.0
FEWEST = 3
"""Rows that even a list with little room keeps for hands."""


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

    `total` names the amount whose sum closes the list, with the capitals beside it; `grouped` rows stand under the
    heads that their field `group` names. An `optional` list without rows is not set at all.
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    least: int = 0
    total: str = ""
    height: float = 8.0
    small: bool = True
    heading: bool = False
    grouped: bool = False
    optional: bool = False

    def properties(self) -> dict[str, Schema]:
        """Return the schema of the list."""
        entries = [column.entry for column in self.columns]
        group = {"group": {"type": "string", "title": "所属条件"}} if self.grouped else {}
        item = {
            "type": "object",
            "additionalProperties": False,
            "required": [entry.name for entry in entries if entry.needed],
            "properties": {**group, **{entry.name: entry.schema for entry in entries}},
        }
        return {self.name: {"type": "array", "title": self.label, "items": item}}

    def required(self) -> Sequence[str]:
        """Return nothing: a list may be empty, to be filled by hand."""
        return ()

    def draw(self, flow: Flow, fields: Fields) -> None:
        """Set the list over as many pages as it takes, its heads leading each."""
        if self.optional and not fields.has(self.name):
            return
        style, head = (SMALL_TEXT, SMALL_HEAD) if self.small else (CELL_TEXT, CELL_HEAD)
        shares = sum(column.share for column in self.columns)
        number = NUMBER_WIDTH if self.small else NUMBER_WIDTH + 2
        room = flow.width - number
        widths = (number, *(room * column.share / shares for column in self.columns))
        height = max(flow.give(self.height, 1.5), LEAST_HEIGHT)
        labels = [
            label(one.entry.label, width=width, style=head) for one, width in zip(self.columns, widths[1:], strict=True)
        ]
        heads = Row([Cell("序号", head), *labels], max(height, 9))
        parts = fields.parts(self.name)
        rows = list(self._rows(parts, style, head, height))
        least = max(round(self.least * min(flow.scale, 1.0)), min(self.least, FEWEST))
        blanks = [self._blank(number, style, height) for number in range(len(parts) + 1, least + 1)]
        if self.heading:
            flow.table(Table((flow.width,), [Row([Cell(self.label, CELL_HEAD)], 9)], field=self.name))
        sums = [self._sum(parts, style, head, height)] if self.total else []
        flow.table(Table(widths, [heads, *rows, *blanks, *sums], head=1, field=self.label))

    def _rows(self, parts: Sequence[Fields], style: Style, head: Style, height: float) -> Iterator[Row]:
        group = ""
        for number, part in enumerate(parts, start=1):
            said = part.text("group", "") if self.grouped else ""
            row = self._row(number, part, style, height)
            if said and said != group:
                yield _head(said, part.path("group"), row, head, height)
            yield row
            group = said or group

    def _row(self, number: int, part: Fields, style: Style, height: float) -> Row:
        cells = [Cell(str(number), style)]
        for column in self.columns:
            texts = column.entry.read(part, "")
            cells.append(Cell(texts, style, align=column.align, field=part.path(column.entry.name)))
        part.done()
        return Row(cells, height)

    def _blank(self, number: int, style: Style, height: float) -> Row:
        return Row([Cell(str(number), style), *(Cell("") for _ in self.columns)], height)

    def _sum(self, parts: Sequence[Fields], style: Style, head: Style, height: float) -> Row:
        total = sum(money(part, self.total) for part in parts if part.has(self.total))
        place = next(index for index, one in enumerate(self.columns) if one.entry.name == self.total)
        words = f"合计（大写）：{capital_amount(total)}" if parts else "合计（大写）："
        amount = Cell(amount_text(total) if parts else "", style, align=Align.END)
        blanks = [Cell("") for _ in self.columns[place + 1 :]]
        return Row([Cell(words, head, align=Align.START, columns=place + 1), amount, *blanks], height)


def _head(text: str, field: str, first: Row, style: Style, height: float) -> Row:
    """Return the row that heads a group; it never stands alone at a page's foot."""
    columns = len(first.cells)
    return Row([Cell(text, style, align=Align.START, columns=columns, field=field)], height, keep=True)
