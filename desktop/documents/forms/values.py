"""Values of forms: their types, their JSON Schema, and how each is printed."""

from dataclasses import dataclass

from desktop.documents.fields import Fields
from desktop.documents.kind import Schema
from desktop.documents.money_fields import MONEY, money
from desktop.documents.numerals import amount_text, date_text

BLANK_DAY = "　　　年　　月　　日"
"""Room for a date written by hand."""
LONG_TEXT = 4000
SCHEMAS: dict[str, Schema] = {
    "text": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "money": MONEY,
    "whole": {"type": "integer"},
    "paragraphs": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
}


@dataclass(frozen=True)
class Entry:
    """One value of a form: its field, its label, its type (text, date, money, whole, paragraphs).

    `wide` values take a whole row at least `height` mm high; a form is refused without its `needed` ones and has no row
    for an `optional` one that is not given.
    """

    name: str
    label: str
    type: str = "text"
    wide: bool = False
    height: float = 9.5
    needed: bool = False
    optional: bool = False

    @property
    def schema(self) -> Schema:
        """The value's JSON Schema with its label."""
        return {**SCHEMAS[self.type], "title": self.label}

    @property
    def whole_row(self) -> bool:
        """Tell whether the value takes a whole row."""
        return self.wide or self.type == "paragraphs"

    def read(self, fields: Fields, blank_day: str = BLANK_DAY) -> tuple[str, ...]:
        """Return the value as printed, a text a paragraph; a date not given is room to write one."""
        if self.type == "paragraphs":
            return fields.texts(self.name, LONG_TEXT, required=self.needed)
        if self.needed and not fields.has(self.name):
            fields.text(self.name)
        return (_READERS[self.type](self, fields, blank_day),)


def _text(entry: Entry, fields: Fields, _blank: str) -> str:
    return fields.text(entry.name, None if entry.needed else "", 2000)


def _date(entry: Entry, fields: Fields, blank: str) -> str:
    day = fields.day(entry.name)
    return date_text(day) if day else blank


def _money(entry: Entry, fields: Fields, _blank: str) -> str:
    if not fields.has(entry.name):
        return ""
    return amount_text(money(fields, entry.name))


def _whole(entry: Entry, fields: Fields, _blank: str) -> str:
    return str(fields.whole(entry.name)) if fields.has(entry.name) else ""


_READERS = {"text": _text, "date": _date, "money": _money, "whole": _whole}
