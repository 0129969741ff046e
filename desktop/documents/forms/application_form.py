"""申报表: a workroom's application with its team, topics, outcomes, the regulation's conditions and the opinions."""

from collections.abc import Sequence

from desktop.documents.elements import Flow, number_pages, print_code
from desktop.documents.fields import Fields
from desktop.documents.forms.application_fields import FIELDS
from desktop.documents.forms.blocks import LOWEST, SECTION, SIGNED_AND_STAMPED, SMALL_HEAD, SMALL_TEXT
from desktop.documents.forms.blocks import label as label_cell
from desktop.documents.forms.fitting import fitted
from desktop.documents.forms.shared import findings
from desktop.documents.forms.sheet import draw_basis
from desktop.documents.kind import Data, Kind, Setting
from desktop.documents.numerals import date_text
from desktop.documents.page import Book
from desktop.documents.tables import CELL_TEXT, Align, Cell, Row, Table

ROW, SECTION_HEAD = 9.0, 13.0
"""mm; a row of one line, and a section's head with the blank around it."""
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
    made = fitted(lambda scale: _drawn(data, setting, scale)).book
    number_pages(made, setting.setter())
    if setting.code:
        print_code(made, setting.setter(), setting.code)
    return made


def _drawn(data: Data, setting: Setting, scale: float) -> Flow:
    fields = Fields(data)
    title = fields.text("title")
    form = Form(Flow(Book(title, setting.store), setting.setter()))
    form.flow.scale = scale
    _cover(form.flow, title, fields)
    _workroom(form, fields.part("workroom") or Fields({}, "workroom"))
    _leader(form, fields.part("leader"))
    for name, heading, columns in LISTS:
        _list(form, heading, columns, fields.parts(name))
    _criteria(form, fields)
    _reasons(form, fields.parts("reasons"))
    _opinions(form, fields.texts("opinions"))
    fields.done()
    return form.flow


def _cover(flow: Flow, title: str, fields: Fields) -> None:
    flow.title(title)
    flow.space(2)
    basis, day = fields.text("basis", "", 300), fields.day("date")
    draw_basis(flow, basis)
    applicant = fields.text("applicant", "")
    said = [f"申报单位：{applicant}"] if applicant else []
    if day:
        said.append(f"申报日期：{date_text(day)}")
    line = "　　".join(said)
    if line:
        flow.text(line, "applicant", CELL_TEXT, indent=0, align=Align.CENTRE)


def _height(flow: Flow) -> float:
    return max(flow.give(ROW, 1.15), LOWEST)


def _pairs(pairs: Sequence[tuple[str, str, str]], height: float) -> list[Row]:
    """Return rows of two labelled values each; (label, value, field)."""
    rows = []
    for index in range(0, len(pairs), 2):
        cells: list[Cell] = []
        for label, value, field in pairs[index : index + 2]:
            cells += [label_cell(label), Cell(value, align=Align.START, field=field)]
        if len(pairs[index : index + 2]) == 1:
            cells[-1] = Cell(cells[-1].text, align=Align.START, columns=3, field=cells[-1].field)
        rows.append(Row(cells, height))
    return rows


def _wide(label: str, value: str, field: str, height: float) -> Row:
    return Row([label_cell(label), Cell(value, align=Align.START, columns=3, field=field)], height)


PAIR_WIDTHS = (30.0, 48.0, 30.0, 48.0)


def _workroom(form: Form, part: Fields) -> None:
    def pair(label: str, name: str) -> tuple[str, str, str]:
        return label, part.text(name, ""), part.path(name)

    established, height = part.day("established_on"), _height(form.flow)
    rows = [
        _wide("工作室名称", part.text("name"), part.path("name"), height),
        _wide("所在单位", part.text("unit_name", ""), part.path("unit_name"), height),
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
            ],
            height,
        ),
        _wide("场地地址", part.text("venue_address", ""), part.path("venue_address"), height),
        _wide("主要设备设施", part.text("equipment", "", 2000), part.path("equipment"), height * 1.3),
        _wide("工作制度", part.text("systems", "", 2000), part.path("systems"), height * 1.3),
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
    height = _height(form.flow)
    rows = _pairs([(label, part.text(name, ""), part.path(name)) for label, name in labels], height)
    honours = part.texts("honours")
    rows.append(_wide("专业特长", part.text("speciality", "", 1000), part.path("speciality"), height))
    rows.append(_wide("获得荣誉", "；".join(honours), part.path("honours"), height * 1.3))
    part.done()
    form.section("领衔人情况", room=SECTION_HEAD + height * (len(rows) + 0.3))
    form.flow.table(Table(PAIR_WIDTHS, rows, field="leader"))


Columns = tuple[tuple[str, str, float], ...]
LISTS: tuple[tuple[str, str, Columns], ...] = (
    (
        "members",
        "团队成员",
        (
            ("姓名", "name", 22.0),
            ("性别", "gender", 11.0),
            ("年龄", "age", 11.0),
            ("学历", "education", 22.0),
            ("职称或技能等级", "title", 27.0),
            ("角色", "role", 26.0),
            ("分工", "division", 27.0),
        ),
    ),
    ("topics", "创新课题和攻关项目", (("名称", "name", 87.0), ("起止时间", "period", 44.0), ("进展", "status", 15.0))),
    (
        "outcomes",
        "创新成果",
        (
            ("名称", "name", 39.0),
            ("种类", "kind", 22.0),
            ("日期", "date", 30.0),
            ("认定部门及级别", "recognised", 30.0),
            ("效益", "benefit", 25.0),
        ),
    ),
)


def _list(form: Form, heading: str, columns: Columns, parts: Sequence[Fields]) -> None:
    height = _list_height(form.flow)
    rows = [
        Row(
            [Cell("序号", SMALL_HEAD), *(label_cell(label, "", 1, width, SMALL_HEAD) for label, _, width in columns)],
            height,
        )
    ]
    for number, part in enumerate(parts, start=1):
        values = [
            Cell(part.text(name, "", 500), SMALL_TEXT, align=_side(name), field=part.path(name))
            for _, name, _ in columns
        ]
        part.done()
        rows.append(Row([Cell(str(number), SMALL_TEXT), *values], height))
    if not parts:
        rows.append(Row([Cell(""), Cell("无", SMALL_TEXT, columns=len(columns))], height))
    form.section(heading)
    form.flow.table(Table((10.0, *(width for _, _, width in columns)), rows, head=1, field=heading))


def _list_height(flow: Flow) -> float:
    return max(flow.give(8.0, 1.2), 7.0)


def _side(name: str) -> Align:
    return Align.CENTRE if name != "name" else Align.START


CRITERIA = findings(0, "条件对照", "criteria")


def _criteria(form: Form, fields: Fields) -> None:
    """Set the regulation's conditions under their heads with what was found on the application's day."""
    if not fields.has("criteria"):
        return
    form.section("条件对照")
    CRITERIA.draw(form.flow, fields)


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
    height = form.flow.give(40.0, 1.6)
    form.section("意见", room=SECTION_HEAD + height)
    for opinion in opinions:
        head = label_cell(opinion, "opinions")
        box = Cell("", align=Align.START, valign=Align.START, foot=SIGNED_AND_STAMPED, foot_indent=2)
        form.flow.table(Table((30.0, 126.0), [Row([head, box], height)], field="opinions"))


KIND = Kind(id="application-form", name="申报表", fields=FIELDS, book=book)
