"""A form put together from blocks: its head, its blocks, page numbers and short code."""

from collections.abc import Sequence

from desktop.documents.elements import Flow, number_pages, print_code
from desktop.documents.fields import Fields
from desktop.documents.forms.blocks import Block
from desktop.documents.forms.fitting import fitted
from desktop.documents.kind import Data, Kind, Schema, Setting
from desktop.documents.numerals import date_text
from desktop.documents.page import Book
from desktop.documents.tables import CELL_TEXT, Align
from desktop.documents.titles import break_title

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
    def draw(scale: float) -> Flow:
        return _drawn(data, setting, title, blocks, landscape, scale)

    book = fitted(draw).book
    setter = setting.setter()
    number_pages(book, setter)
    if setting.code:
        print_code(book, setter, setting.code)
    return book


def _drawn(data: Data, setting: Setting, title: str, blocks: Sequence[Block], landscape: bool, scale: float) -> Flow:
    fields = Fields(data)
    title = fields.text("title", title) or title
    flow = Flow(Book(title, setting.store), setting.setter(), landscape)
    flow.scale = scale
    flow.title(title)
    _head(flow, fields)
    for block in blocks:
        block.draw(flow, fields)
    fields.done()
    return flow


def _head(flow: Flow, fields: Fields) -> None:
    """Set the basis under the title, then who fills the form in and when."""
    basis, by, day = fields.text("basis", "", 600), fields.text("filled_by", ""), fields.day("date")
    flow.space(1)
    draw_basis(flow, basis)
    said = [f"填表单位：{by}" if by else "", f"填表日期：{date_text(day)}" if day else ""]
    line = "　　".join(part for part in said if part)
    if line:
        flow.text(line, "filled_by", CELL_TEXT, indent=0)
    flow.space(2)


def draw_basis(flow: Flow, basis: str, align: Align = Align.CENTRE) -> None:
    """Set the regulation under a form's title, broken between its title, its number and its articles."""
    if not basis:
        return
    room = flow.width / CELL_TEXT.em - 0.5
    for line in break_title(f"依据：{basis}", room):
        flow.text(line, "basis", CELL_TEXT, indent=0, align=align)
