"""Blocks of ruled forms: labelled values, opinion boxes, places to sign, notes; each knows its own fields."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.documents.elements import Flow
from desktop.documents.fields import Fields
from desktop.documents.forms.values import BLANK_DAY, LONG_TEXT, Entry
from desktop.documents.kind import Schema
from desktop.documents.styles import Role, Style
from desktop.documents.tables import CELL_HEAD, FRAME, PADDING, Align, Cell, Row, Table
from desktop.documents.titles import MOST_LABEL_LINES, break_label

SMALL_TEXT, SMALL_HEAD = Style(Role.FANGSONG, 10.5), Style(Role.HEI, 10.5)
SECTION = Style(Role.HEI, 14)
LABEL_WIDTH = 32.5
"""mm; a label of seven characters, 补助总额（元）, stands on one line."""
ROOMY, LOWEST = 20.0, 7.5
"""mm; a row this high is room to write and gives way, a lower one is for one line and keeps at least the second."""
STAMP = ("（盖章）", BLANK_DAY)
SIGNED = ("签字：　　　　　　　", BLANK_DAY)
SIGNED_AND_STAMPED = ("负责人签字：　　　　　　（盖章）", BLANK_DAY)


class Block(Protocol):
    """A part of a form: the fields it takes, and how it is set."""

    def properties(self) -> dict[str, Schema]:
        """Return the JSON Schema of each field."""
        ...

    def required(self) -> Sequence[str]:
        """Return the fields that must be given."""
        ...

    def draw(self, flow: Flow, fields: Fields) -> None:
        """Read the fields and set the block."""
        ...


def label(text: str, field: str = "", columns: int = 1, width: float = LABEL_WIDTH, style: Style = CELL_HEAD) -> Cell:
    """Return a label's cell; one too long for a line is broken between words."""
    room = max((width - 2 * PADDING - FRAME) / style.em, 1.0)
    lines = break_label(text, room)
    return Cell(lines if len(lines) <= MOST_LABEL_LINES else text, style, columns=columns, field=field)


@dataclass(frozen=True)
class Entries:
    """Labelled values, two to a row; wide ones and paragraphs take a row of their own."""

    entries: tuple[Entry, ...]
    label_width: float = LABEL_WIDTH

    def properties(self) -> dict[str, Schema]:
        """Return the schema of every value."""
        return {entry.name: entry.schema for entry in self.entries}

    def required(self) -> Sequence[str]:
        """Return the values that must be given."""
        return [entry.name for entry in self.entries if entry.needed]

    def draw(self, flow: Flow, fields: Fields) -> None:
        """Set the values as one table."""
        half = flow.width / 2 - self.label_width
        widths = (self.label_width, half, self.label_width, half)
        rows = [replace(row, height=_given(flow, row.height)) for row in self._rows(fields)]
        if rows:
            flow.table(Table(widths, rows, field=self.entries[0].name))

    def _rows(self, fields: Fields) -> list[Row]:
        rows: list[Row] = []
        waiting: list[Entry] = []
        for entry in self.entries:
            if entry.optional and not fields.has(entry.name):
                continue
            if entry.whole_row:
                rows += _pair(waiting, fields)
                waiting = []
                rows.append(_wide(entry, fields))
                continue
            waiting.append(entry)
            if len(waiting) == 2:
                rows += _pair(waiting, fields)
                waiting = []
        return rows + _pair(waiting, fields)


def _given(flow: Flow, height: float) -> float:
    """Return a row's height at the flow's scale; rows of one line hardly change."""
    return flow.give(height) if height >= ROOMY else max(flow.give(height, 1.25), LOWEST)


def _pair(entries: Sequence[Entry], fields: Fields) -> list[Row]:
    if not entries:
        return []
    cells: list[Cell] = []
    for place, entry in enumerate(entries):
        columns = 3 if len(entries) == 1 and place == 0 else 1
        field = fields.path(entry.name)
        cells += [label(entry.label), Cell(entry.read(fields), columns=columns, field=field)]
    return [Row(cells, max(entry.height for entry in entries))]


def _wide(entry: Entry, fields: Fields) -> Row:
    long = entry.type == "paragraphs"
    texts = entry.read(fields)
    value = Cell(
        texts,
        align=Align.START,
        valign=Align.START if long else Align.CENTRE,
        columns=3,
        indent=2 if long else 0,
        field=fields.path(entry.name),
    )
    return Row([label(entry.label), value], entry.height, breakable=long)


@dataclass(frozen=True)
class Box:
    """An opinion box: who gives the opinion, and the lines at its foot."""

    label: str
    foot: tuple[str, ...] = STAMP
    height: float = 40.0


@dataclass(frozen=True)
class Boxes:
    """Opinion boxes with room to write, to stamp and to date; the field `opinions` replaces or fills them."""

    boxes: tuple[Box, ...]
    name: str = "opinions"
    label_width: float = LABEL_WIDTH

    def properties(self) -> dict[str, Schema]:
        """Return the schema: labels, or labels with the opinion's words."""
        filled = {
            "type": "object",
            "additionalProperties": False,
            "required": ["label"],
            "properties": {"label": {"type": "string"}, "text": {"type": "string"}},
        }
        item = {"oneOf": [{"type": "string"}, filled]}
        return {self.name: {"type": "array", "title": "意见栏", "items": item}}

    def required(self) -> Sequence[str]:
        """Return nothing: the usual boxes stand where none are named."""
        return ()

    def draw(self, flow: Flow, fields: Fields) -> None:
        """Set each box whole on one page."""
        for box, text in self._given(fields):
            words = Cell(
                text,
                align=Align.START,
                valign=Align.START,
                indent=2,
                foot=box.foot,
                foot_indent=2,
                field=fields.path(self.name),
            )
            head = label(box.label, fields.path(self.name), width=self.label_width)
            widths = (self.label_width, flow.width - self.label_width)
            flow.table(Table(widths, [Row([head, words], flow.give(box.height))], field="意见"))

    def _given(self, fields: Fields) -> list[tuple[Box, str]]:
        raw = fields.raw(self.name)
        if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
            return [(box, "") for box in self.boxes]
        found = []
        shape = self.boxes[0] if self.boxes else Box("")
        for index, one in enumerate(raw):
            part = Fields({"label": one} if isinstance(one, str) else one, f"{fields.path(self.name)}[{index}]")
            name, text = part.text("label"), part.text("text", "", LONG_TEXT)
            part.done()
            known = next((box for box in self.boxes if box.label == name), Box(name, shape.foot, shape.height))
            found.append((known, text))
        return found


@dataclass(frozen=True)
class Signatures:
    """Equal boxes side by side in which people sign and date."""

    labels: tuple[str, ...]
    height: float = 30.0
    foot: tuple[str, ...] = ("　", BLANK_DAY)

    def properties(self) -> dict[str, Schema]:
        """Return nothing: hands fill it."""
        return {}

    def required(self) -> Sequence[str]:
        """Return nothing."""
        return ()

    def draw(self, flow: Flow, fields: Fields) -> None:
        """Set the boxes."""
        width = flow.width / len(self.labels)
        style = CELL_HEAD if width > 45 else SMALL_HEAD
        foot = self.foot if width > 45 else (*self.foot[:-1], "　　年　月　日")
        cells = [Cell(label, style, valign=Align.START, foot=foot, foot_indent=0.5) for label in self.labels]
        flow.table(Table((width,) * len(cells), [Row(cells, flow.give(self.height, 1.3))], field="签字栏"))


@dataclass(frozen=True)
class Sections:
    """Long parts of a report in the field `sections`: a title and its paragraphs, ruled, running on over pages."""

    titles: tuple[str, ...] = ()
    name: str = "sections"
    height: float = 30.0

    def properties(self) -> dict[str, Schema]:
        """Return the schema of the parts."""
        item = {
            "type": "object",
            "additionalProperties": False,
            "required": ["title"],
            "properties": {"title": {"type": "string"}, "text": Entry("text", "内容", "paragraphs").schema},
        }
        return {self.name: {"type": "array", "title": "各部分内容", "items": item}}

    def required(self) -> Sequence[str]:
        """Return nothing: the usual parts stand empty where none are given."""
        return ()

    def draw(self, flow: Flow, fields: Fields) -> None:
        """Set the parts one under the other."""
        rows = []
        for title, texts, path in self._given(fields):
            words = Cell(texts, align=Align.START, valign=Align.START, indent=2, field=path)
            rows.append(Row([label(title, path), words], flow.give(self.height), breakable=True))
        if rows:
            flow.table(Table((LABEL_WIDTH, flow.width - LABEL_WIDTH), rows, field=self.name))

    def _given(self, fields: Fields) -> list[tuple[str, tuple[str, ...], str]]:
        found = []
        for part in fields.parts(self.name):
            found.append((part.text("title"), part.texts("text", LONG_TEXT), part.path("text")))
            part.done()
        return found or [(title, (), self.name) for title in self.titles]


@dataclass(frozen=True)
class Notes:
    """Lines under the table: words that belong to the form, then the field `notes`."""

    words: tuple[str, ...] = ()

    def properties(self) -> dict[str, Schema]:
        """Return the schema of the notes."""
        return {"notes": {"type": "array", "title": "附注", "items": {"type": "string"}}}

    def required(self) -> Sequence[str]:
        """Return nothing."""
        return ()

    def draw(self, flow: Flow, fields: Fields) -> None:
        """Set the lines in small type."""
        flow.space(2)
        for text in (*fields.texts("notes", LONG_TEXT), *self.words):
            flow.text(text, "notes", SMALL_TEXT)


@dataclass(frozen=True)
class Gap:
    """Blank between two tables of a form, mm."""

    height: float = 4.0

    def properties(self) -> dict[str, Schema]:
        """Return nothing."""
        return {}

    def required(self) -> Sequence[str]:
        """Return nothing."""
        return ()

    def draw(self, flow: Flow, fields: Fields) -> None:
        """Go down."""
        flow.space(self.height)
