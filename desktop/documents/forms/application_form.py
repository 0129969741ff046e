"""申报表: a workroom's application with its team, topics, outcomes, the regulation's conditions and the opinions."""

from collections.abc import Sequence
from typing import Any

from desktop.documents.elements import Flow, number_pages, print_code
from desktop.documents.fields import Fields
from desktop.documents.forms.application_fields import FIELDS
from desktop.documents.forms.reward_table import BLANK_DAY
from desktop.documents.kind import Data, Kind, Setting
from desktop.documents.numerals import date_text
from desktop.documents.page import Book
from desktop.documents.styles import Role, Style
from desktop.documents.tables import CELL_HEAD, CELL_TEXT, Align, Cell, Row, Table

SECTION = Style(Role.HEI, 14)
SMALL_TEXT, SMALL_HEAD = Style(Role.FANGSONG, 10.5), Style(Role.HEI, 10.5)
ROW = 9.5
ORDINALS = "一二三四五六七八九十"


class Form:
    """The form while it is being set: the flow down the pages and the number of the next section."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._sections = 0

    def section(self, title: str, room: float = 34.0) -> None:
        """Begin a section on a page that still has `room` mm for its head and first rows."""
        self.flow.need(room)
        self.flow.space(4)
        self.flow.text(f"{ORDINALS[self._sections]}、{title}", "section", SECTION, indent=0)
        self.flow.space(1)
        self._sections += 1


def book(data: Data, setting: Setting) -> Book:
    """Return the form's pages; BadInput names a wrong field."""
    fields, setter = Fields(data), setting.setter()
    title = fields.text("title")
    made = Book(title, setting.store)
    form = Form(Flow(made, setter))
    _cover(form.flow, title, fields)
    _workroom(form, fields.part("workroom") or Fields({}, "workroom"))
    _leader(form, fields.part("leader"))
    for name, heading, columns in LISTS:
        _list(form, heading, columns, fields.parts(name))
    _criteria(form, fields.parts("criteria"))
    _reasons(form, fields.parts("reasons"))
    _opinions(form, fields.texts("opinions"))
    fields.done()
    number_pages(made, setter)
    if setting.code:
        print_code(made, setter, setting.code)
    return made


def _cover(flow: Flow, title: str, fields: Fields) -> None:
    flow.title(title)
    flow.space(2)
    basis, day = fields.text("basis", "", 300), fields.day("date")
    if basis:
        flow.text(f"（依据{basis}）", "basis", CELL_TEXT, indent=0, align=Align.CENTRE)
    applicant = fields.text("applicant", "")
    said = [f"申报单位：{applicant}"] if applicant else []
    if day:
        said.append(f"申报日期：{date_text(day)}")
    line = "　　".join(said)
    if line:
        flow.text(line, "applicant", CELL_TEXT, indent=0, align=Align.CENTRE)


def _pairs(pairs: Sequence[tuple[str, str, str]]) -> list[Row]:
    """Return rows of two labelled values each; (label, value, field)."""
    rows = []
    for index in range(0, len(pairs), 2):
        cells: list[Cell] = []
        for label, value, field in pairs[index : index + 2]:
            cells += [Cell(label, CELL_HEAD), Cell(value, align=Align.START, field=field)]
        if len(pairs[index : index + 2]) == 1:
            cells[-1] = Cell(cells[-1].text, align=Align.START, columns=3, field=cells[-1].field)
        rows.append(Row(cells, ROW))
    return rows


def _wide(label: str, value: str, field: str, height: float = ROW) -> Row:
    return Row([Cell(label, CELL_HEAD), Cell(value, align=Align.START, columns=3, field=field)], height)


PAIR_WIDTHS = (30.0, 48.0, 30.0, 48.0)


def _workroom(form: Form, part: Fields) -> None:
    def pair(label: str, name: str) -> tuple[str, str, str]:
        return label, part.text(name, ""), part.path(name)

    established = part.day("established_on")
    rows = [
        _wide("工作室名称", part.text("name"), part.path("name")),
        _wide("所在单位", part.text("unit_name", ""), part.path("unit_name")),
        *_pairs(
            [
                pair("统一社会信用代码", "credit_code"),
                pair("单位性质", "unit_type"),
                pair("行业", "industry"),
                pair("现有级别", "level"),
                ("开始运行日期", date_text(established) if established else "", part.path("established_on")),
                pair("场地面积", "venue_area"),
                pair("联系人", "contact"),
                pair("联系电话", "phone"),
            ]
        ),
        _wide("场地地址", part.text("venue_address", ""), part.path("venue_address")),
        _wide("主要设备设施", part.text("equipment", "", 2000), part.path("equipment"), 14),
        _wide("工作制度", part.text("systems", "", 2000), part.path("systems"), 14),
    ]
    part.done()
    form.section("工作室基本情况")
    form.flow.table(Table(PAIR_WIDTHS, rows, field="workroom"))


def _leader(form: Form, part: Fields | None) -> None:
    if part is None:
        return
    labels = (
        ("姓名", "name"),
        ("性别", "gender"),
        ("出生年月", "born"),
        ("民族", "ethnicity"),
        ("学历", "education"),
        ("政治面貌", "politics"),
        ("职务或岗位", "post"),
        ("职称", "professional_title"),
        ("技能等级", "skill_grade"),
        ("电话", "phone"),
    )
    rows = _pairs([(label, part.text(name, ""), part.path(name)) for label, name in labels])
    honours = part.texts("honours")
    rows.append(_wide("专业特长", part.text("speciality", "", 1000), part.path("speciality")))
    rows.append(_wide("获得荣誉", "；".join(honours), part.path("honours"), 14))
    part.done()
    form.section("领衔人情况")
    form.flow.table(Table(PAIR_WIDTHS, rows, field="leader"))


Columns = tuple[tuple[str, str, float], ...]
LISTS: tuple[tuple[str, str, Columns], ...] = (
    (
        "members",
        "团队成员",
        (
            ("姓名", "name", 22.0),
            ("性别", "gender", 12.0),
            ("年龄", "age", 12.0),
            ("学历", "education", 20.0),
            ("职称或技能等级", "title", 30.0),
            ("角色", "role", 24.0),
            ("分工", "division", 26.0),
        ),
    ),
    ("topics", "创新课题和攻关项目", (("名称", "name", 92.0), ("起止时间", "period", 40.0), ("进展", "status", 14.0))),
    (
        "outcomes",
        "创新成果",
        (
            ("名称", "name", 50.0),
            ("种类", "kind", 22.0),
            ("日期", "date", 26.0),
            ("认定部门及级别", "recognised", 28.0),
            ("效益", "benefit", 20.0),
        ),
    ),
)


def _list(form: Form, heading: str, columns: Columns, parts: Sequence[Fields]) -> None:
    rows = [Row([Cell("序号", SMALL_HEAD), *(Cell(label, SMALL_HEAD) for label, _, _ in columns)], 8)]
    for number, part in enumerate(parts, start=1):
        values = [Cell(part.text(name, "", 500), SMALL_TEXT, field=part.path(name)) for _, name, _ in columns]
        part.done()
        rows.append(Row([Cell(str(number), SMALL_TEXT), *values], 8))
    if not parts:
        rows.append(Row([Cell(""), Cell("无", SMALL_TEXT, columns=len(columns))], 8))
    form.section(heading)
    form.flow.table(Table((10.0, *(width for _, _, width in columns)), rows, head=1, field=heading))


def _criteria(form: Form, parts: Sequence[Fields]) -> None:
    """Set each condition of the regulation with what was found, as the program judged it on the application's day."""
    if not parts:
        return
    rows = [Row([Cell(head, SMALL_HEAD) for head in ("条件", "依据", "实际情况", "对照")], 8)]
    for part in parts:
        said = [part.text("title"), part.text("article", ""), part.text("actual", "", 1000), part.text("status", "")]
        cells: list[Any] = [
            Cell(text, SMALL_TEXT, align=Align.CENTRE if index in (1, 3) else Align.START, field=part.path("title"))
            for index, text in enumerate(said)
        ]
        part.done()
        rows.append(Row(cells, 8))
    form.section("条件对照")
    form.flow.table(Table((52.0, 26.0, 60.0, 18.0), rows, head=1, field="criteria"))


def _reasons(form: Form, parts: Sequence[Fields]) -> None:
    if not parts:
        return
    form.section("与“原则上”“一般”标准不一致的说明")
    for part in parts:
        words = f"{part.text('article', '')}“{part.text('title')}”：{part.text('actual', '', 500)}。理由："
        form.flow.text(words + part.text("reason", longest=1000), part.path("reason"), CELL_TEXT)
        part.done()


def _opinions(form: Form, opinions: Sequence[str]) -> None:
    """Set a box for each opinion, with room to write, for the seal and the date."""
    if not opinions:
        return
    form.section("意见", room=60.0)
    for opinion in opinions:
        label = Cell(opinion, CELL_HEAD, field="opinions")
        box = Cell("", align=Align.START, valign=Align.START, foot=("（盖章）", BLANK_DAY), foot_indent=3)
        form.flow.table(Table((30.0, 126.0), [Row([label, box], 42)], field="opinions"))


KIND = Kind(id="application-form", name="申报表", fields=FIELDS, book=book)
