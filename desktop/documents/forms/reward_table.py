"""奖励分配表: who is rewarded how much out of a grant, by role and cap, with the reasons for what is above one."""

from dataclasses import dataclass
from typing import Any

from desktop.documents.elements import Flow, number_pages, print_code
from desktop.documents.fields import Fields
from desktop.documents.forms.fitting import fitted
from desktop.documents.forms.sheet import draw_basis
from desktop.documents.forms.values import BLANK_DAY
from desktop.documents.kind import Data, Kind, Schema, Setting
from desktop.documents.money_fields import MONEY, money
from desktop.documents.numerals import amount_text, capital_amount, date_text
from desktop.documents.page import Book
from desktop.documents.styles import Role, Style
from desktop.documents.tables import CELL_HEAD, Align, Cell, Row, Table

NOTE = Style(Role.FANGSONG, 12)
HEADS = ("序号", "姓名", "角色", "奖励的成果", "金额（元）", "上限（元）", "说明")
WIDTHS = (12.0, 25.0, 29.0, 30.0, 23.0, 23.0, 14.0)

ROW: Schema = {
    "type": "object",
    "required": ["name", "role", "amount_yuan"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "title": "姓名"},
        "role": {"type": "string", "title": "角色"},
        "result": {"type": "string", "title": "奖励的成果"},
        "amount_yuan": {**MONEY, "title": "金额（税后）"},
        "cap_yuan": {**MONEY, "title": "上限"},
        "note": {"type": "string", "title": "说明"},
    },
}
FIELDS: Schema = {
    "type": "object",
    "required": ["workroom_name", "grant_total_yuan", "rows"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "title": "标题"},
        "workroom_name": {"type": "string", "title": "工作室名称"},
        "unit_name": {"type": "string", "title": "所在单位"},
        "year": {"type": "integer", "title": "年度"},
        "grant_total_yuan": {**MONEY, "title": "补助总额"},
        "basis": {"type": "string", "title": "依据"},
        "rows": {"type": "array", "title": "奖励", "items": ROW},
        "operating_yuan": {**MONEY, "title": "建设与运行经费"},
        "reasons": {"type": "array", "title": "超出“一般”标准的理由", "items": {"type": "string"}},
        "date": {"type": "string", "format": "date", "title": "日期"},
    },
}


@dataclass(frozen=True)
class Reward:
    """One line; amounts in 分."""

    name: str
    role: str
    result: str
    amount_fen: int
    cap_fen: int | None
    note: str


@dataclass(frozen=True)
class RewardTable:
    """The whole table; amounts in 分."""

    title: str
    workroom_name: str
    unit_name: str
    grant_total_fen: int
    basis: str
    rewards: tuple[Reward, ...]
    operating_fen: int
    reasons: tuple[str, ...]
    date: str

    @property
    def total_fen(self) -> int:
        """Sum of the rewards, 分."""
        return sum(reward.amount_fen for reward in self.rewards)


def read(data: Any) -> RewardTable:
    """Read the table from plain data; BadInput names the field that is missing, unknown or of the wrong type."""
    fields = Fields(data)
    year = fields.whole("year") if fields.has("year") else None
    day = fields.day("date")
    table = RewardTable(
        title=fields.text("title", f"{year or ''}{'年' if year else ''}创新工作室补助资金奖励分配表"),
        workroom_name=fields.text("workroom_name"),
        unit_name=fields.text("unit_name", ""),
        grant_total_fen=money(fields, "grant_total_yuan"),
        basis=fields.text("basis", "", 600),
        rewards=tuple(_reward(part) for part in fields.parts("rows", required=True)),
        operating_fen=money(fields, "operating_yuan", 0),
        reasons=fields.texts("reasons", 1000),
        date=date_text(day) if day else "",
    )
    fields.done()
    return table


def _reward(part: Fields) -> Reward:
    reward = Reward(
        name=part.text("name"),
        role=part.text("role"),
        result=part.text("result", ""),
        amount_fen=money(part, "amount_yuan"),
        cap_fen=money(part, "cap_yuan") if part.has("cap_yuan") else None,
        note=part.text("note", ""),
    )
    part.done()
    return reward


def percent(part: int, whole: int) -> str:
    """Return a share as per cent with at most two places, cut off and never rounded up over a limit."""
    if whole <= 0:
        return "0%"
    hundredths = part * 10000 // whole
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".") + "%"


def book(data: Data, setting: Setting) -> Book:
    """Return the form's pages."""
    table, setter = read(data), setting.setter()
    made = fitted(lambda scale: _drawn(table, setting, scale)).book
    number_pages(made, setter)
    if setting.code:
        print_code(made, setter, setting.code)
    return made


def _drawn(table: RewardTable, setting: Setting, scale: float) -> Flow:
    flow = Flow(Book(table.title, setting.store), setting.setter())
    flow.scale = scale
    flow.title(table.title)
    flow.space(4)
    _head(flow, table)
    height = max(flow.give(9.0, 1.3), 7.5)
    flow.table(Table(WIDTHS, [_heads(), *_rows(table, height), *_sums(table, height)], head=1, field="rows"))
    flow.space(3)
    for number, reason in enumerate(table.reasons, start=1):
        flow.text(f"说明{number}：{reason}", f"reasons[{number - 1}]", NOTE)
    flow.space(2)
    flow.table(_signatures(flow.give(36.0, 1.2)))
    return flow


def _head(flow: Flow, table: RewardTable) -> None:
    flow.text(f"工作室：{table.workroom_name}", "workroom_name", NOTE, indent=0)
    if table.unit_name:
        flow.text(f"所在单位：{table.unit_name}", "unit_name", NOTE, indent=0)
    if table.date:
        flow.text(f"制表日期：{table.date}", "date", NOTE, indent=0)
    draw_basis(flow, table.basis, Align.START)
    flow.space(2)


def _heads() -> Row:
    return Row([Cell(head, CELL_HEAD) for head in HEADS], 9)


def _rows(table: RewardTable, height: float) -> list[Row]:
    return [
        Row(
            [
                Cell(str(number)),
                Cell(one.name, field=f"rows[{number - 1}].name"),
                Cell(one.role),
                Cell(one.result, align=Align.START, field=f"rows[{number - 1}].result"),
                Cell(amount_text(one.amount_fen), align=Align.END),
                Cell(amount_text(one.cap_fen) if one.cap_fen is not None else "", align=Align.END),
                Cell(one.note, align=Align.START, field=f"rows[{number - 1}].note"),
            ],
            height,
        )
        for number, one in enumerate(table.rewards, start=1)
    ]


def _sums(table: RewardTable, height: float) -> list[Row]:
    remainder = table.grant_total_fen - table.total_fen - table.operating_fen
    said = [
        ("奖励合计", f"{amount_text(table.total_fen)}元（大写：{capital_amount(table.total_fen)}），"
         f"占补助总额的{percent(table.total_fen, table.grant_total_fen)}"),
        ("建设与运行经费", f"{amount_text(table.operating_fen)}元；未分配{amount_text(remainder)}元"),
        ("补助总额", f"{amount_text(table.grant_total_fen)}元（大写：{capital_amount(table.grant_total_fen)}）"),
    ]  # fmt: skip
    return [
        Row([Cell(label, CELL_HEAD, columns=3), Cell(text, align=Align.START, columns=4)], height)
        for label, text in said
    ]


def _signatures(height: float) -> Table:
    boxes = [
        Cell("创新工作室领衔人（签字）", CELL_HEAD, valign=Align.START, foot=("　", BLANK_DAY)),
        Cell("基层工会（盖章）", CELL_HEAD, valign=Align.START, foot=("负责人签字：　　　　　　", BLANK_DAY)),
    ]
    return Table((78.0, 78.0), [Row(boxes, height)], field="签章栏")


KIND = Kind(id="reward-table", name="奖励分配表", fields=FIELDS, book=book)
