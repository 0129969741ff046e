"""奖励签领表: each recipient's amount in hand with room to sign, and the sentence on income tax."""

from typing import Any

from desktop.documents.elements import Flow, number_pages, print_code
from desktop.documents.fields import Fields
from desktop.documents.forms.blocks import label
from desktop.documents.forms.fitting import fitted
from desktop.documents.forms.reward_table import NOTE
from desktop.documents.forms.sheet import draw_basis
from desktop.documents.forms.values import BLANK_DAY
from desktop.documents.kind import Data, Kind, Schema, Setting
from desktop.documents.money_fields import MONEY, money
from desktop.documents.numerals import amount_text, capital_amount, date_text
from desktop.documents.page import Book
from desktop.documents.tables import CELL_HEAD, Align, Cell, Row, Table

HEADS = ("序号", "姓名", "角色", "身份证号后四位", "银行卡号后四位", "实领金额（元）", "本人签字", "日期")
WIDTHS = (12.0, 25.0, 29.0, 17.0, 17.0, 23.0, 20.0, 13.0)

RECIPIENT: Schema = {
    "type": "object",
    "required": ["name", "amount_yuan"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "title": "姓名"},
        "role": {"type": "string", "title": "角色"},
        "id_tail": {"type": "string", "title": "身份证号后四位", "maxLength": 4},
        "bank_tail": {"type": "string", "title": "银行卡号后四位", "maxLength": 4},
        "amount_yuan": {**MONEY, "title": "实领金额"},
    },
}
FIELDS: Schema = {
    "type": "object",
    "required": ["workroom_name", "rows"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "title": "标题"},
        "workroom_name": {"type": "string", "title": "工作室名称"},
        "union_name": {"type": "string", "title": "发放工会"},
        "year": {"type": "integer", "title": "年度"},
        "basis": {"type": "string", "title": "依据"},
        "rows": {"type": "array", "title": "领取人", "items": RECIPIENT},
        "tax_notice": {"type": "string", "title": "个人所得税提示"},
        "date": {"type": "string", "format": "date", "title": "制表日期"},
    },
}


def book(data: Data, setting: Setting) -> Book:
    """Return the sheet's pages; BadInput names a wrong field."""
    made, setter = fitted(lambda scale: _drawn(data, setting, scale)).book, setting.setter()
    number_pages(made, setter)
    if setting.code:
        print_code(made, setter, setting.code)
    return made


def _drawn(data: Data, setting: Setting, scale: float) -> Flow:
    fields = Fields(data)
    year = fields.whole("year") if fields.has("year") else None
    title = fields.text("title", f"{year or ''}{'年' if year else ''}创新工作室补助资金奖励签领表")
    flow = Flow(Book(title, setting.store), setting.setter())
    flow.scale = scale
    flow.title(title)
    flow.space(4)
    _head(flow, fields)
    amounts, rows = _recipients(fields, max(flow.give(12.0, 1.2), 9.0))
    total_fen = sum(amounts)
    total = Row(
        [
            Cell("合计", CELL_HEAD, columns=3),
            Cell(f"{amount_text(total_fen)}元（大写：{capital_amount(total_fen)}）", align=Align.START, columns=5),
        ],
        10,
    )
    heads = [label(head, width=width) for head, width in zip(HEADS, WIDTHS, strict=True)]
    flow.table(Table(WIDTHS, [Row(heads, 12), *rows, total], head=1, field="rows"))
    _foot(flow, fields)
    return flow


def _head(flow: Flow, fields: Fields) -> None:
    flow.text(f"工作室：{fields.text('workroom_name')}", "workroom_name", NOTE, indent=0)
    union = fields.text("union_name", "", 600)
    if union:
        flow.text(f"发放工会：{union}", "union_name", NOTE, indent=0)
    draw_basis(flow, fields.text("basis", "", 600), Align.START)
    flow.space(2)


def _recipients(fields: Fields, height: float) -> tuple[list[int], list[Row]]:
    amounts, rows = [], []
    for number, part in enumerate(fields.parts("rows", required=True), start=1):
        amount = money(part, "amount_yuan")
        cells: list[Any] = [
            Cell(str(number)),
            Cell(part.text("name"), field=part.path("name")),
            Cell(part.text("role", "")),
            Cell(part.text("id_tail", "", 4)),
            Cell(part.text("bank_tail", "", 4)),
            Cell(amount_text(amount), align=Align.END),
            Cell(""),
            Cell(""),
        ]
        part.done()
        amounts.append(amount)
        rows.append(Row(cells, height))
    return amounts, rows


def _foot(flow: Flow, fields: Fields) -> None:
    notice, day = fields.text("tax_notice", "", 1000), fields.day("date")
    fields.done()
    flow.space(3)
    if day:
        flow.text(f"制表日期：{date_text(day)}", "date", NOTE)
    if notice:
        flow.text(f"提示：{notice}", "tax_notice", NOTE)
    flow.text("本表一式两份，一份由基层工会财务存档，一份报拨付工会备查。", "footnote", NOTE)
    flow.space(2)
    boxes = [
        Cell("经办人（签字）", CELL_HEAD, valign=Align.START, foot=("　", BLANK_DAY)),
        Cell("财务审核（签字）", CELL_HEAD, valign=Align.START, foot=("　", BLANK_DAY)),
        Cell("基层工会（签字、盖章）", CELL_HEAD, valign=Align.START, foot=("　", BLANK_DAY)),
    ]
    flow.table(Table((52.0, 52.0, 52.0), [Row(boxes, flow.give(32.0, 1.2))], field="签章栏"))


KIND = Kind(id="signature-sheet", name="奖励签领表", fields=FIELDS, book=book)
