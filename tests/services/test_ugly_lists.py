"""Lists as offices really send them: every workbook is made here, read whole, what is wrong named in its cell."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.services import records, spreadsheet
from desktop.services.spreadsheet import BadCells, ImportReport

FIRST, SECOND = "110105198010010018", "110105198202020026"
Filled = Callable[[Callable[[Worksheet], None]], Path]


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    def make(fill: Callable[[Worksheet], None]) -> Path:
        book = Workbook()
        fill(book.active)
        book.save(tmp_path / "名册.xlsx")
        return tmp_path / "名册.xlsx"

    return make


def appended(*rows: list[object], merged: tuple[str, ...] = ()) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)
        for span in merged:
            sheet.merge_cells(span)

    return fill


def previewed(session: Session, kind: str, file: Path, **options: object) -> tuple[ImportReport, dict[str, str]]:
    report = spreadsheet.import_rows(session, kind, file, preview=True, **options)
    return report, {error.cell: error.message for error in report.errors}


def test_a_list_with_titles_a_head_of_two_lines_a_total_and_notes(session: Session, filled: Filled, tmp_path: Path):
    file = filled(
        appended(
            ["附件2"],
            ["2025年度某市劳模和工匠人才创新工作室一览表"],
            ["填报单位：某市总工会　　填报时间：2025.6.1"],
            ["序号", "工作室基本情况", None, None, "领军人物", None, "建设情况", None, None, "备 注"],
            [None, "工作室名称", "所属单位", "统一社会信用代码", "姓 名", "联系方式", "成立时间", "场地面积（平方米）",
             "单位投入（万元）"],
            [1, "张 三劳模创新工作室", "某市供电公司", "９１１１００００６０００３７３４１Ｌ", "张  三",
             "１３８００００００００", "2024.5", "60㎡", "5", "无"],
            [2, "李四\n创新工作室", "某市热力公司", None, "李四", "13900000001", "二〇二四年五月", "80.5", "3.2万"],
            [],
            [3, "王五创新工作室", None, None, "王五", "13900000002", "2024年5月1日", 45, "2万元"],
            [4, "赵六工匠创新工作室", "\u200b某市水务公司\xa0", None, "赵六", 13900000003, 45413, "约100平方米", 1.5],
            ["合计", "4个", None, None, None, None, None, 285.5, 11.7],
            ["注：1.场地面积填建筑面积；2.单位投入填上年度。"],
            ["填表人：孙七", None, None, "审核人：周八", None, None, "联系电话：0475-8210000"],
            merged=("A1:J1", "A2:J2", "A3:J3", "B4:D4", "E4:F4", "G4:I4", "A4:A5", "J4:J5"),
        )
    )  # fmt: skip
    report, errors = previewed(session, "workrooms", file)
    assert report.rows == 4
    assert set(errors) == {"G6", "G7", "H10"}
    assert "没有写明是哪一天" in errors["G7"]
    with pytest.raises(BadCells):
        spreadsheet.import_rows(session, "workrooms", file, months=True)
    assert records.list_records(session, "workrooms") == []
    report, errors = previewed(session, "workrooms", file, months=True)
    assert set(errors) == {"H10"}
    spreadsheet.bad_rows(report, tmp_path / "待改正.xlsx")
    book = load_workbook(tmp_path / "待改正.xlsx")
    sheet = book.worksheets[0]
    # Head of two lines, then the one bad row; it is put right there and taken in again.
    assert "应为数字" in sheet["H3"].comment.text
    sheet["H3"].value = 100
    book.save(tmp_path / "待改正.xlsx")
    spreadsheet.import_rows(session, "workrooms", tmp_path / "待改正.xlsx", months=True)
    (room,) = records.list_records(session, "workrooms")
    unit = records.get_record(session, "units", room["unit_id"])
    assert (room["name"], unit["name"], room["phone"]) == ("赵六工匠创新工作室", "某市水务公司", "13900000003")
    assert (room["established_on"], room["venue_area_sqm"]) == ("2024-05-01", 100)
    assert room["unit_funding_yuan"] == "15000.00"


def test_births_of_a_month_are_completed_by_the_identity_number(session: Session, filled: Filled):
    records.put_records(session, "workrooms", {"name": "张三劳模创新工作室"})
    head = ["所在工作室", "成员姓名", "身份证号码", "出生年月", "职务/职称", "电话"]
    file = filled(
        appended(
            head,
            # 1980.1 as a number is October here: the nought is lost.
            ["张三劳模创新工作室", "钱 一", FIRST, 1980.1, "高级工程师", "0475-8888888"],
            [None, "欧阳  二", SECOND, "1982年2月", "技师", "138 0000 0001"],
            [None, "孙三·买买提", None, "1983.3", "工程师", None],
            [None, "李四", SECOND[:-1] + "0", "1982-02", None, None],
            [None, "周五", 152301198001011234, "1980.13", None, None],
            merged=("A2:A6",),
        )
    )
    report, errors = previewed(session, "members", file)
    assert set(errors) == {"D4", "C5", "D5", "C6", "D6"}
    assert "已经丢失" in errors["C6"]
    assert errors["D6"] == "没有这个月份"
    assert report.warnings == []
    file = filled(appended(head, ["张三劳模创新工作室", "钱一", FIRST, 1980.1], [None, "欧阳二", SECOND, "1982年2月"],
                           merged=("A2:A3",)))  # fmt: skip
    spreadsheet.import_rows(session, "members", file)
    born = {row["name"]: row["birth_date"] for row in records.list_records(session, "people")}
    assert born == {"钱一": "1980-10-01", "欧阳二": "1982-02-02"}


def test_sheets_with_numbers_of_their_own_hidden_columns_and_a_cover(session: Session, tmp_path: Path):
    book = Workbook()
    book.active.append(["某市总工会创新工作室台账"])
    for sheet, level in (("市级", "市级"), ("旗县级", "县级")):
        page = book.create_sheet(sheet)
        page.append([f"{sheet}创新工作室"])
        page.append(["编号", "名称", "单位", "负责人", "命名级别", "命名时间", "电话"])
        for number in range(3):
            page.append(
                [f"{sheet}-{number}", f"{sheet}{number}工作室", f"{sheet}{number}厂", None, level, date(2020, 1, 1)]
            )
    page.column_dimensions["C"].hidden = True
    page.row_dimensions[4].hidden = True
    old = book.create_sheet("旧")
    old.append(["名称", "单位"])
    old.append(["旧工作室", "旧厂"])
    old.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    report, errors = previewed(session, "workrooms", tmp_path / "a.xlsx")
    assert (report.created, errors) == (6, {})
    told = "".join(report.notices)
    for words in (
        "隐藏的列，也一并读取了：“单位”",
        "隐藏的行，也一并读取了：第4行",
        "“封面”",
        "不认识的列没有读取：“编号”",
    ):
        assert words in told.replace("“Sheet”", "“封面”")
    assert spreadsheet.likely_kind(tmp_path / "a.xlsx") == "workrooms"


def test_our_own_numbers_are_known_among_empty_ones(session: Session, filled: Filled):
    made = records.put_records(session, "workrooms", {"name": "甲工作室"})[0]["id"]
    rows = [["编号", "工作室名称"], [made.upper(), "改名工作室"], [None, "新工作室"]]
    spreadsheet.import_rows(session, "workrooms", filled(appended(*rows)))
    assert {row["name"] for row in records.list_records(session, "workrooms")} == {"改名工作室", "新工作室"}
    report, errors = previewed(session, "workrooms", filled(appended(*rows, ["甲-1", "又一工作室"])))
    assert report.rows == 3
    assert list(errors) == ["A4"]


def test_days_that_count_from_1904(session: Session, tmp_path: Path):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["工作室名称", "成立时间", "场地面积"])
    book.active.append(["甲工作室", date(2020, 5, 6), 42495])
    # The same day, its cell never told to be one.
    book.active.append(["乙工作室", 42495, 60])
    book.save(tmp_path / "a.xlsx")
    spreadsheet.import_rows(session, "workrooms", tmp_path / "a.xlsx")
    found = {
        row["name"]: (row["established_on"], row["venue_area_sqm"])
        for row in records.list_records(session, "workrooms")
    }
    assert found == {"甲工作室": ("2020-05-06", 42495), "乙工作室": ("2020-05-06", 60)}


def test_a_head_far_down_two_leaders_in_a_cell_and_a_formula_without_result(session: Session, filled: Filled):
    def fill(sheet: Worksheet) -> None:
        for column, words in enumerate(("工作室  名称 *", "所在\n单位", "创建\n年月\n日", "领衔人（负责人）"), start=3):
            sheet.cell(26, column, words)
        for column, value in enumerate((" 甲　工作室 ", "某厂", "'2019-05-01", "李四、王五"), start=3):
            sheet.cell(27, column, value)
        for column, value in enumerate(("乙工作室", '="某"&"厂"', "二〇一九年十二月三十一日", "李四"), start=3):
            sheet.cell(28, column, value)

    report, errors = previewed(session, "workrooms", filled(fill))
    assert report.rows == 2
    assert set(errors) == {"F27", "D28"}
    assert "一名领衔人" in errors["F27"]
    assert [error.value for error in report.errors if error.cell == "D28"] == ['="某"&"厂"']


def test_a_text_list_in_the_encoding_of_old_programs(session: Session, tmp_path: Path):
    (tmp_path / "成员.csv").write_bytes(
        f"工作室,姓名,身份证号,手机\r\n甲工作室,镕基,{FIRST},13800000000\r\n".encode("gbk")
    )
    records.put_records(session, "workrooms", {"name": "甲工作室"})
    assert spreadsheet.likely_kind(tmp_path / "成员.csv") == "members"
    spreadsheet.import_rows(session, "members", tmp_path / "成员.csv")
    (person,) = records.list_records(session, "people")
    assert (person["name"], person["id_number"]) == ("镕基", FIRST)


def test_a_protected_workbook_and_a_page_of_the_web_are_told_what_to_do(session: Session, tmp_path: Path):
    (tmp_path / "加密.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "网页.xls").write_text("<html><table><tr><td>工作室名称</td></tr></table></html>", "utf-8")
    for name, words in (("加密.xlsx", "去掉密码"), ("网页.xls", "另存为")):
        with pytest.raises(BadInput, match=words):
            spreadsheet.import_rows(session, "workrooms", tmp_path / name)


def test_words_for_nothing_leave_numbers_days_and_choices_empty(session: Session, filled: Filled):
    heads = ["工作室名称", "所在单位", "领衔人姓名", "工作室级别", "成立日期", "占地面积（平方米）", "联系电话", "备注"]
    fresh = records.put_records(session, "workrooms", {"name": "丁"})[0]
    rows = (
        ["甲创新工作室", "甲公司", "张一", "旗级", "不详", "无", " 暂缺 ", "无"],
        ["乙创新工作室", "甲公司", "张二", "县（区）级", "2020.05.06", "１２０㎡", "13800000000", "待定"],
        ["丙创新工作室", "甲公司", "张三", "无", "待定", "100", "无", None],
    )
    file = filled(appended(heads, *rows))
    report = spreadsheet.import_rows(session, "workrooms", file)
    assert (report.created, report.errors, report.warnings, report.questions) == (3, [], [], [])
    found = {room["name"][0]: room for room in records.list_records(session, "workrooms", {})}
    fields = ("level", "established_on", "venue_area_sqm", "phone", "note")
    assert [found["甲"][name] for name in fields] == ["县级", None, None, "", "无"]
    assert [found["乙"][name] for name in fields] == ["县级", "2020-05-06", 120, "13800000000", "待定"]
    assert [found["丙"][name] for name in fields[:4]] == [fresh["level"], None, 100, ""]


def test_a_required_cell_with_a_word_for_nothing_is_empty(session: Session, filled: Filled):
    records.put_records(session, "workrooms", {"name": "甲创新工作室"})
    file = filled(appended(["工作室", "姓名", "金额（元）", "年度"], ["甲创新工作室", "张一", 500, "暂缺"]))
    report = spreadsheet.import_rows(session, "allocations", file, preview=True)
    assert ("D2", "“年度”不能为空") in [(error.cell, error.message) for error in report.errors]
