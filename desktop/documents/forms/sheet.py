"""A form put together from blocks: its head, its blocks, page numbers and short code."""

from collections.abc import Sequence

from desktop.documents.elements import Flow, number_pages, print_code
from desktop.documents.fields import Fields
from desktop.documents.forms.blocks import Block
from desktop.documents.kind import Data, Kind, Schema, Setting
from desktop.documents.numerals import date_text
from desktop.documents.page import Book
from desktop.documents.tables import CELL_TEXT, Align

HEAD_FIELDS: dict[str, Schema] = {
    "title": {"type": "string", "title": "标题"},
    "basis": {"type": "string", "title": "依据"},
    "filled_by": {"type": "string", "title": "填表单位"},
    "date": {"type": "string", "format": "date", "title": "填表日期"},
}


def form(identity: str, name: str, blocks: Sequence[Block], title: str = "", landscape: bool = False) -> Kind:
    """Return the kind of paper that blocks make; `title` is what stands over a form whose data brings none."""

    def book(data: Data, setting: Setting) -> Book:
        return _set(data, setting, title or name, blocks, landscape)

    return Kind(id=identity, name=name, fields=_schema(blocks), book=book)


def _schema(blocks: Sequence[Block]) -> Schema:
    properties = dict(HEAD_FIELDS)
    required: list[str] = []
    for block in blocks:
        properties |= block.properties()
        required += block.required()
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _set(data: Data, setting: Setting, title: str, blocks: Sequence[Block], landscape: bool) -> Book:
    fields, setter = Fields(data), setting.setter()
    title = fields.text("title", title) or title
    book = Book(title, setting.store)
    flow = Flow(book, setter, landscape)
    flow.title(title)
    _head(flow, fields)
    for block in blocks:
        block.draw(flow, fields)
    fields.done()
    number_pages(book, setter)
    if setting.code:
        print_code(book, setter, setting.code)
    return book


def _head(flow: Flow, fields: Fields) -> None:
    """Set the basis under the title, then who fills the form in and when."""
    basis, by, day = fields.text("basis", "", 600), fields.text("filled_by", ""), fields.day("date")
    flow.space(1)
    if basis:
        flow.text(f"（依据{basis}）", "basis", CELL_TEXT, indent=0, align=Align.CENTRE)
    said = [f"填表单位：{by}" if by else "", f"填表日期：{date_text(day)}" if day else ""]
    line = "　　".join(part for part in said if part)
    if line:
        flow.text(line, "filled_by", CELL_TEXT, indent=0)
    flow.space(2)
