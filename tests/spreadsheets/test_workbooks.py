"""Workbooks written and read: typed cells, nothing taken for a formula, templates, and files that cannot be read."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from desktop.errors import BadInput
from desktop.spreadsheets import reader
from desktop.spreadsheets.bad_rows import MOST_COMMENTS, REASONS, write_bad_rows
from desktop.spreadsheets.cells import is_empty, read_cell
from desktop.spreadsheets.heads import find_head
from desktop.spreadsheets.reader import SheetRows, read_workbook
from desktop.spreadsheets.table import BrokenCell, CellError, Column, Table, cell_name, letter, place_of
from desktop.spreadsheets.template import write_template
from desktop.spreadsheets.writer import display_width, sheet_title, write_table

TABLE = Table(
    "people",
    "人员",
    (
        Column("name", "姓名", "name", required=True, hint="与身份证一致"),
        Column("id_number", "身份证号", "code"),
        Column("born", "出生日期", "date"),
        Column("money", "金额", "money", unit="元"),
        Column("area", "面积", "decimal", unit="㎡"),
        Column("count", "人数", "number"),
        Column("active", "在库", "bool"),
        Column("role", "角色", "choice", choices=("", "领衔人", "骨干成员")),
        Column("systems", "制度", "list"),
        Column("note", "备注", "text"),
    ),
)
ROW = {
    "name": "𠮷珺",
    "id_number": "11010519491231002X",
    "born": "1949-12-31",
    "money": "50000.50",
    "area": 86.5,
    "count": 12,
    "active": True,
    "role": "骨干成员",
    "systems": ["甲", "乙"],
    "note": '=HYPERLINK("http://x")',
}


def written(tmp_path: Path, *rows: dict[str, object]) -> Path:
    out = tmp_path / "名册.xlsx"
    assert write_table(TABLE, rows, out) == len(rows)
    return out


def test_cells_are_typed_and_the_head_stays(tmp_path: Path):
    sheet = load_workbook(written(tmp_path, ROW)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:J2"
    assert [cell.value for cell in sheet[1]][:4] == ["姓名", "身份证号", "出生日期", "金额（元）"]
    name, number, born, money, area, count, active, role, systems, note = sheet[2]
    assert name.value == "𠮷珺"
    assert (number.value, number.data_type, number.number_format) == ("11010519491231002X", "s", "@")
    assert (born.value, born.number_format) == (datetime(1949, 12, 31), "yyyy-mm-dd")
    assert (money.value, money.number_format) == (50000.5, "#,##0.00")
    assert area.value == 86.5
    assert count.value == 12
    assert (active.value, role.value, systems.value) == ("是", "骨干成员", "甲、乙")
    assert note.data_type == "s"
    assert note.quotePrefix


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "-"])
def test_no_text_becomes_a_formula(tmp_path: Path, text: str):
    cell = load_workbook(written(tmp_path, {"name": "甲", "note": text, "id_number": text})).worksheets[0]["J2"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix


def test_widths_fit_and_stay_within_limits(tmp_path: Path):
    sheet = load_workbook(written(tmp_path, {"name": "甲" * 15, "note": "长" * 200})).worksheets[0]
    assert sheet.column_dimensions["A"].width == 32.5
    assert sheet.column_dimensions["J"].width == 48
    assert display_width("ab甲\n甲") == 4


def test_a_long_list_is_written_whole(tmp_path: Path):
    out = tmp_path / "长.xlsx"
    assert write_table(TABLE, ({"name": str(n), "count": n} for n in range(2500)), out) == 2500
    rows = read_workbook(out)[0].rows
    assert len(rows) == 2501
    assert rows[-1][0] == "2499"


def test_a_failed_write_leaves_nothing_and_keeps_what_was_there(tmp_path: Path):
    out = written(tmp_path, ROW)
    before = out.read_bytes()

    def rows():
        yield {"name": "甲"}
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_table(TABLE, rows(), out)
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.text("张三丰喆珺𠮷abc", min_size=1, max_size=4),
                "id_number": st.text("0123456789X", max_size=18),
                "born": st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2050, 1, 1)).map(date.isoformat)),
                "money": st.one_of(st.none(), st.integers(0, 10**11).map(lambda fen: f"{Decimal(fen) / 100:.2f}")),
                "count": st.one_of(st.none(), st.integers(0, 10**6)),
                "active": st.one_of(st.none(), st.booleans()),
                "note": TEXT,
            }
        ),
        max_size=4,
    )
)
def test_what_is_written_is_read_back(tmp_path: Path, rows: list[dict[str, object]]):
    out = tmp_path / "往返.xlsx"
    write_table(TABLE, rows, out)
    read = read_workbook(out)[0].rows[1:]
    for row, cells in zip(rows, read, strict=False):
        for index, column in enumerate(TABLE.columns):
            given, cell = row.get(column.name), cells[index] if index < len(cells) else None
            if is_empty(given):
                assert is_empty(cell)
            elif isinstance(given, str) and column.kind in {"text", "code"}:
                assert read_cell(column, cell) == read_cell(column, given)
            else:
                assert read_cell(column, cell) == given


def test_templates_carry_choices_hints_and_formats(tmp_path: Path):
    out = tmp_path / "模板.xlsx"
    write_template(TABLE, out)
    book = load_workbook(out)
    sheet = book.worksheets[0]
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    assert checks["H2:H1000"].formula1 == "'选项'!$H$1:$H$2"
    assert [cell.value for cell in book["选项"]["H"]][:2] == ["领衔人", "骨干成员"]
    assert book["选项"].sheet_state == "hidden"
    assert "必填" in str(sheet["A1"].comment.text)
    assert "与身份证一致" in str(checks["A2:A1000"].prompt)
    assert sheet["B50"].number_format == "@"
    assert sheet["D2"].number_format == "#,##0.00"
    assert sheet.freeze_panes == "A2"
    assert book["填写说明"]["A3"].value == "姓名"
    assert [sheet.title for sheet in map(book.__getitem__, book.sheetnames)] == ["人员", "填写说明", "选项"]


def test_hidden_sheets_are_left_alone_and_hidden_rows_told(tmp_path: Path):
    book = Workbook()
    book.active.title = "名册 & 其他"
    book.active.append(["姓名"])
    book.active.append(["甲"])
    book.active.append(["乙"])
    book.active.row_dimensions[3].hidden = True
    hidden = book.create_sheet("隐藏")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空")
    book.save(tmp_path / "a.xlsx")
    sheets = read_workbook(tmp_path / "a.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("名册 & 其他", frozenset({2}))]


def test_a_sheet_whose_elements_are_written_with_a_prefix(tmp_path: Path):
    book = Workbook()
    for row in (["姓名", "人数"], ["甲", "=1+1"], ["乙", 2]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "plain.xlsx")
    rewritten(
        tmp_path / "plain.xlsx",
        tmp_path / "a.xlsx",
        lambda sheet: re.sub(r"<(/?)(?=\w)", r"<\1x:", sheet).replace("xmlns=", "xmlns:x="),
    )
    (sheet,) = read_workbook(tmp_path / "a.xlsx")
    assert sheet.hidden == frozenset({2})
    assert sheet.rows[1] == ["甲", "=1+1"]
    assert isinstance(sheet.rows[1][1], BrokenCell)
    assert sheet.rows[2] == ["乙", 2]


def rewritten(source: Path, target: Path, change: Callable[[str], str]) -> None:
    """Copy a workbook with another text of its first sheet."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()) if name == "xl/worksheets/sheet1.xml" else data)


def test_a_sheet_that_says_nothing_special_is_not_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What our own writer puts under a list (<firstHeader>) begins like a formula and is none."""
    file = written(tmp_path, {"name": "甲"})
    searched: list[bytes] = []
    monkeypatch.setattr(reader, "_broken", lambda content: searched.append(content) or iter(()))
    with zipfile.ZipFile(file) as package:
        assert b"<firstHeader" in package.read("xl/worksheets/sheet1.xml")
    assert read_workbook(file)[0].rows[1][0] == "甲"
    assert searched == [b""]


def test_cells_merged_down_say_the_same_in_each_row(tmp_path: Path):
    book = Workbook()
    for row in (["一览表", None], ["工作室", "姓名"], ["甲", "张三"], [None, "李四"], ["乙", "王五"]):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("A3:A4")
    book.save(tmp_path / "a.xlsx")
    rows = read_workbook(tmp_path / "a.xlsx")[0].rows
    assert rows[0] == ["一览表", None]
    assert [row[0] for row in rows[2:]] == ["甲", "甲", "乙"]


def test_rows_keep_their_numbers_under_blank_lines(tmp_path: Path):
    book = Workbook()
    book.active["C5"] = "甲"
    book.save(tmp_path / "a.xlsx")
    assert read_workbook(tmp_path / "a.xlsx")[0].rows[4][2] == "甲"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "另存为"),
        ("a.et", b"\xd0\xcf\x11\xe0", "WPS"),
        ("a.csv", b"\x00\x01\x02\xff", "不是文本"),
        ("a.csv", b"\xd0\xcf\x11\xe0rest", "另存为"),
        ("a.ods", b"PK\x03\x04", "ods"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0rest", "密码"),
        ("a.xlsx", b"", "不是 Excel"),
        ("a.xlsx", b"hello", "不是 Excel"),
        ("a.xlsx", b"PK\x03\x04 broken", "打不开"),
    ],
)
def test_other_files_are_told_what_to_do(tmp_path: Path, name: str, data: bytes, words: str):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput, match=words):
        read_workbook(tmp_path / name)


def test_no_file_and_an_empty_package(tmp_path: Path):
    with pytest.raises(BadInput, match="找不到"):
        read_workbook(tmp_path / "没有.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("readme.txt", "x")
    with pytest.raises(BadInput, match="打不开"):
        read_workbook(tmp_path / "a.xlsx")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_refused_or_read_never_a_fault(tmp_path: Path, data: st.DataObject):
    source = tmp_path / "good.xlsx"
    if not source.exists():
        write_table(TABLE, [ROW], source)
    content = bytearray(source.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(content[: data.draw(st.integers(4, len(content)))])
    sheets, words = None, ""
    try:
        sheets = read_workbook(broken)
    except BadInput as error:
        words = error.message
    assert (sheets is None) == ("broken.xlsx" in words)


def test_bad_rows_are_written_back_with_comments(tmp_path: Path):
    rows = [["人员名册"], ["姓名", "出生日期"], ["甲", "去年"], ["乙", 20260901.0], ["=丙", "明年"]]
    errors = [CellError("B3", "去年", "不是日期"), CellError("B5", "明年", "不是日期"), CellError("A5", "=丙", "有误")]
    out = tmp_path / "待改.xlsx"
    assert write_bad_rows([SheetRows("名册", rows)], {"名册": range(1, 2)}, errors, out) == 2
    sheet = load_workbook(out)["名册"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["姓名", "出生日期"],
        ["甲", "去年"],
        ["=丙", "明年"],
    ]
    assert "不是日期" in sheet["B2"].comment.text
    assert sheet["A2"].comment is None
    assert sheet["A3"].data_type == "s"
    assert "有误" in sheet["A3"].comment.text


def test_how_cells_and_sheets_are_called():
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert cell_name(6, 2) == "C7"
    assert cell_name(6, 2, "一月") == "一月!C7"
    assert sheet_title("a/b:c[1]") == "a b c 1"
    assert len(sheet_title("长" * 40)) == 31
    assert sheet_title("///") == "Sheet1"


def test_faults_and_formulas_without_a_result_are_seen_where_they_stand(tmp_path: Path):
    book = Workbook()
    rows = [["姓名", "金额", "说明"], ["甲", "#N/A", "=1+2"], ["乙", 3, None], ["丙", None, '=HYPERLINK("a<b")']]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "公式.xlsx")
    (sheet,) = read_workbook(tmp_path / "公式.xlsx")
    found = {
        (row, column): value
        for row, line in enumerate(sheet.rows)
        for column, value in enumerate(line)
        if isinstance(value, BrokenCell)
    }
    assert found == {(1, 1): "#N/A", (1, 2): "=1+2", (3, 2): '=HYPERLINK("a<b")'}
    assert sheet.rows[2][:2] == ["乙", 3]


@pytest.mark.parametrize(("cell", "place"), [("A1", (0, 0)), ("C7", (6, 2)), ("Z10", (9, 25)), ("AB3", (2, 27))])
def test_places_and_cells_are_one(cell: str, place: tuple[int, int]):
    assert place_of(cell) == place
    assert cell_name(*place) == cell


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_list_kept_as_text_is_read_with_all_its_digits(tmp_path: Path, encoding: str, separator: str):
    rows = [["姓名", "身份证号", "备注"], ["㐂三", "11010519491231002X", "甲；乙"], ["李四", '="013800000000"', ""]]
    text = "\r\n".join(separator.join(row) for row in rows)
    (tmp_path / "名册.csv").write_bytes(text.encode(encoding))
    (sheet,) = read_workbook(tmp_path / "名册.csv")
    assert sheet.name == "名册"
    assert sheet.rows == [
        ["姓名", "身份证号", "备注"],
        ["㐂三", "11010519491231002X", "甲；乙"],
        ["李四", "013800000000", None],
    ]


def test_hidden_columns_and_the_beginning_of_days_are_told(tmp_path: Path):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["姓名", "电话", "日期", "备注"])
    book.active.append(["甲", "1", date(2020, 5, 6), 42495])
    book.active.column_dimensions.group("B", "C", hidden=True)
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_workbook(tmp_path / "a.xlsx")
    assert sheet.hidden_columns == frozenset({1, 2})
    assert sheet.since_1904
    assert sheet.rows[1] == ["甲", "1", date(2020, 5, 6), 42495.0]


def test_of_very_many_bad_rows_the_later_ones_have_their_reasons_at_the_end(tmp_path: Path):
    """So many comments would make any spreadsheet program slow; the cells are marked all the same."""
    count = MOST_COMMENTS + 30
    rows = [["姓名", "出生日期"], *([f"人{number}", "去年"] for number in range(count))]
    errors = [CellError(f"B{number + 2}", "去年", "不是日期") for number in range(count)]
    errors += [CellError(f"A{count + 1}", "人", "有误")]
    told: list[tuple[int, int]] = []
    out = tmp_path / "待改.xlsx"
    begun = process_time()
    sheets = [SheetRows("名册", rows)]
    assert write_bad_rows(sheets, {"名册": range(1)}, errors, out, lambda *at: told.append(at)) == count
    assert process_time() - begun < 20
    assert told[0] == (0, count)
    assert told[-1] == (count, count)
    assert told == sorted(told)
    sheet = load_workbook(out)["名册"]
    assert sheet["C1"].value == REASONS
    assert sheet.cell(MOST_COMMENTS + 1, 2).comment is not None
    assert sheet.cell(MOST_COMMENTS + 1, 3).value is None
    later = sheet.cell(MOST_COMMENTS + 2, 2)
    assert later.comment is None
    assert later.fill.fgColor.rgb.endswith("FDE2E0")
    assert sheet.cell(MOST_COMMENTS + 2, 3).value == "B列：不是日期"
    assert sheet.cell(count + 1, 3).value == "A列：有误。B列：不是日期"
    (again,) = read_workbook(out)
    head = find_head(again.rows, TABLE)
    assert head is None or REASONS in head.unknown.values()


def test_writing_bad_rows_is_given_up_without_a_trace(tmp_path: Path):
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    sheet = SheetRows("名册", [["姓名"], ["甲"]])
    with pytest.raises(KeyboardInterrupt):
        write_bad_rows([sheet], {"名册": range(1)}, [CellError("A2", "甲", "有误")], tmp_path / "a.xlsx", stop)
    assert list(tmp_path.iterdir()) == []
