"""Lists in and out of the register: tolerant of how offices keep them, all or nothing, every bad cell named."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotFound, StorageFault
from desktop.models.database import Database
from desktop.models.tables import NOUNS
from desktop.services import records, sample, spreadsheet, workroom
from desktop.services.record.fields import field_map
from desktop.services.search import keys as search_keys
from desktop.services.sheet.summary import whole_years

Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    def make(*rows: list[object], name: str = "名册.xlsx", title: str = "Sheet1") -> Path:
        made = Workbook()
        made.active.title = title
        for row in rows:
            made.active.append(row)
        made.save(tmp_path / name)
        return tmp_path / name

    return make


def everything(session: Session) -> dict[str, list[dict[str, Any]]]:
    return {noun: records.list_records(session, noun, {}) for noun in NOUNS}


def refused(session: Session, kind: str, file: Path) -> list[tuple[str, str]]:
    before = everything(session)
    with pytest.raises(spreadsheet.BadCells) as caught:
        spreadsheet.import_rows(session, kind, file)
    assert everything(session) == before
    cells = caught.value.as_dict()["cells"]
    previewed = spreadsheet.import_rows(session, kind, file, preview=True).as_json()["errors"]
    assert previewed == cells
    assert caught.value.as_dict()["code"] == "bad_cells"
    return [(cell["cell"], cell["message"]) for cell in cells]


@pytest.mark.parametrize("kind", list(spreadsheet.KINDS))
def test_what_is_exported_comes_in_again_unchanged(session: Session, tmp_path: Path, kind: str):
    sample.fill_sample(session, 12)
    before = everything(session)
    rows = spreadsheet.export(session, kind, tmp_path / "a.xlsx")
    assert rows > 2
    report = spreadsheet.import_rows(session, kind, tmp_path / "a.xlsx")
    assert (report.rows, report.unchanged, report.created, report.updated) == (rows, rows, 0, 0)
    assert (report.warnings, report.notices, report.made) == ([], [], {})
    assert everything(session) == before


@pytest.mark.parametrize("kind", ["workrooms", "outcomes", "experts"])
def test_a_list_fills_an_empty_register(session: Session, tmp_path: Path, kind: str):
    sample.fill_sample(session, 8)
    for each in {"workrooms", kind}:
        spreadsheet.export(session, each, tmp_path / f"{each}.xlsx")
    before = everything(session)
    other = records_of_fresh_register(tmp_path, kind)
    found = {row["id"]: row["name"] for row in other[kind]}
    assert found == {row["id"]: row["name"] for row in before[kind]}
    assert len(other["workrooms"]) == 8


def test_members_fill_an_empty_register_and_meet_their_leaders(session: Session, tmp_path: Path):
    sample.fill_sample(session, 8)
    for kind in ("workrooms", "members"):
        spreadsheet.export(session, kind, tmp_path / f"{kind}.xlsx")
    before = everything(session)
    other = records_of_fresh_register(tmp_path, "members")

    def teams(found: dict[str, list[dict[str, Any]]]) -> set[tuple[str, ...]]:
        people = {person["id"]: person for person in found["people"]}
        return {
            (m["workroom_id"], m["role"], people[m["person_id"]]["id_number"], m["division"]) for m in found["members"]
        }

    assert teams(other) == teams(before)
    assert len(other["people"]) == len(before["people"])


def records_of_fresh_register(tmp_path: Path, kind: str) -> dict[str, list[dict[str, Any]]]:
    from desktop.models.database import connect
    from desktop.models.tables import Base

    database = connect(tmp_path / "other.db")
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        spreadsheet.import_rows(session, "workrooms", tmp_path / "workrooms.xlsx")
        if kind != "workrooms":
            spreadsheet.import_rows(session, kind, tmp_path / f"{kind}.xlsx")
        session.commit()
        found = everything(session)
    database.close()
    return found


def test_a_list_as_offices_keep_it(session: Session, book: Book):
    file = book(
        ["某旗创新工作室情况汇总表"],
        ["填报单位：某旗总工会", None, None, None, None, "2026年8月"],
        [
            "序号",
            "工作室\n名称",
            "所属单位",
            "统一社会信用代码",
            "领衔人",
            "成立时间",
            "面积（平方米）",
            "投入资金（万元）",
            "级别",
            "联系方式",
            "意见",
        ],
        [
            1,
            "单 喆 工作室",
            "某 厂",
            "９１１１００００６０００３７３４１L",
            "单　喆",
            "2021年3月1日",
            "86.5㎡",
            3.5,
            "旗县级",
            13800000001,
            "同意",
        ],
        [2, "任珺工作室", "某厂", None, "任珺", 44256, 20, "5万元", "单位", "0475-8210000", None],
        [],
        ["合计", None, None, None, None, None, 106.5],
        ["注：本表一式两份"],
    )
    report = spreadsheet.import_rows(session, "workrooms", file)
    assert (report.rows, report.created, report.made) == (2, 2, {"units": 1, "people": 2, "members": 2})
    assert any("“意见”" in notice for notice in report.notices)
    first, second = records.list_records(session, "workrooms", {})
    assert second["name"] == "单喆工作室"
    assert (second["established_on"], second["venue_area_sqm"], second["unit_funding_yuan"]) == (
        "2021-03-01",
        86.5,
        "35000.00",
    )
    assert (second["level"], second["phone"]) == ("县级", "13800000001")
    assert (first["established_on"], first["unit_funding_yuan"], first["level"]) == ("2021-03-01", "50000.00", "单位级")
    assert first["unit_id"] == second["unit_id"]
    assert records.list_records(session, "units", {})[0]["credit_code"] == "91110000600037341L"
    assert [m["person"]["name"] for m in workroom.sheet(session, second["id"]).members] == ["单喆"]
    assert search_keys.stale_count(session) == 0


def test_every_bad_cell_is_named_and_nothing_is_kept(session: Session, book: Book):
    file = book(
        ["工作室名称", "所在单位", "信用代码", "领衔人", "开始运行日期", "场地面积", "级别", "场地固定"],
        ["甲工作室", "某厂", "91110000600037341M", "张三", "2021年3月", 30, "县级", "是"],
        [None, "某厂", None, "李四", "2021-02-30", "约30", "盟", "大概"],
        ["甲 工作室", "某厂", None, "李四", None, None, None, None],
        ["乙工作室", "某厂", 150502198001010010, "李四", None, None, None, None],
    )
    found = dict(refused(session, "workrooms", file))
    assert "没有写明是哪一天" in found["E2"]
    assert "校验位" in found["C2"]
    assert "不能为空" in found["A3"]
    assert "不是存在的日期" in found["E3"]
    assert "数字" in found["F3"]
    assert "是" in found["H3"]
    assert "与第2行重复" in found["A4"]
    assert "已经丢失" in found["C5"]


def test_bad_rows_come_back_as_a_workbook(session: Session, book: Book, tmp_path: Path):
    file = book(["工作室名称", "开始运行日期"], ["甲", "2021-01-01"], ["乙", "去年"])
    report = spreadsheet.import_rows(session, "workrooms", file, preview=True)
    assert spreadsheet.bad_rows(report, tmp_path / "待改.xlsx") == 1
    sheet = load_workbook(tmp_path / "待改.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["乙", "去年"]
    assert "不是日期" in sheet["B2"].comment.text
    sheet["B2"].value = "2022-05-01"
    sheet.parent.save(tmp_path / "已改.xlsx")
    assert spreadsheet.import_rows(session, "workrooms", tmp_path / "已改.xlsx").created == 1


def enter(session: Session, name: str, unit: str, leader: str, **given: Any) -> dict[str, Any]:
    """Enter a workroom with its unit and its leader, who is its first member."""
    unit_id = records.put_records(session, "units", {"name": unit})[0]["id"]
    leader_id = records.put_records(session, "people", {"name": leader, "unit_id": unit_id})[0]["id"]
    room = {"name": name, "unit_id": unit_id, "leader_id": leader_id, **given}
    made = records.put_records(session, "workrooms", room)[0]
    records.put_records(session, "members", {"workroom_id": made["id"], "person_id": leader_id, "role": "领衔人"})
    return made


def test_a_preview_changes_nothing(session: Session, book: Book):
    before = everything(session)
    report = spreadsheet.import_rows(
        session, "workrooms", book(["工作室名称", "所在单位"], ["甲", "某厂"]), preview=True
    )
    assert (report.created, report.made) == (1, {"units": 1})
    assert everything(session) == before
    assert not session.new


def test_the_same_name_is_the_same_workroom_and_empty_cells_clear_nothing(session: Session, book: Book):
    made = enter(session, "甲工作室", "某厂", "张三", contact="李四", level="县级")
    file = book(["工作室名称", "联系人", "级别", "领衔人"], ["甲 工作室", None, "市级", "张三"])
    report = spreadsheet.import_rows(session, "workrooms", file)
    assert (report.created, report.updated) == (0, 1)
    match = report.as_json()["matches"][0]
    assert match["fields"] == [{"field": "级别", "old": "县级", "new": "市级"}]
    assert records.get_record(session, "workrooms", made["id"]) == {**made, "level": "市级"}
    assert spreadsheet.import_rows(session, "workrooms", file).unchanged == 1


def test_units_are_known_by_credit_code(session: Session, book: Book):
    records.put_records(session, "units", {"name": "某厂", "credit_code": "91110000600037341L"})
    file = book(
        ["工作室名称", "所在单位", "信用代码"],
        ["甲", "某 厂", "91110000600037341l"],
        ["乙", None, "91110000600037341L"],
    )
    assert spreadsheet.import_rows(session, "workrooms", file).made == {}
    wrong = book(["工作室名称", "所在单位", "信用代码"], ["丙", "另一厂", "91110000600037341L"])
    assert refused(session, "workrooms", wrong) == [("C2", "是“某厂”的信用代码，与所填单位不一致")]


def team(session: Session) -> dict[str, Any]:
    return enter(session, "甲工作室", "某厂", "张三")


def test_members_are_people_of_the_register(session: Session, book: Book):
    room = team(session)
    file = book(
        ["工作室名称", "姓 名", "身份证号码", "性别", "出生年月日", "角色", "一线", "加入时间"],
        ["甲工作室", "张三", None, "男", None, "负责人", "是", None],
        ["甲工作室", "单 喆", "11010519491231002X", "女", "1949.12.31", "骨干", "√", "2024-5-1"],
        ["甲工作室", "王五", None, None, None, "其他", None, None],
    )
    report = spreadsheet.import_rows(session, "members", file)
    assert (report.created, report.updated, report.made) == (2, 1, {"people": 2})
    members = workroom.sheet(session, room["id"]).members
    assert [(m["person"]["name"], m["role"]) for m in members] == [
        ("张三", "领衔人"),
        ("单喆", "骨干成员"),
        ("王五", "其他参与人员"),
    ]
    assert members[0]["person"]["gender"] == "男"
    assert members[1]["person"]["unit_id"] == room["unit_id"]
    assert (members[1]["person"]["frontline"], members[1]["joined_on"]) == (True, "2024-05-01")


def test_who_a_member_is(session: Session, book: Book):
    team(session)
    head = ["工作室名称", "姓名", "身份证号"]
    spreadsheet.import_rows(session, "members", book(head, ["甲工作室", "单喆", "11010519491231002X"]))
    assert refused(session, "members", book(head, ["甲工作室", "单吉吉", "11010519491231002X"])) == [
        ("C2", "是“单喆”的身份证号，与所填姓名不一致")
    ]
    assert (
        "没有这个工作室，是不是“甲工作室”" in refused(session, "members", book(head, ["甲工作间室", "丁", None]))[0][1]
    )
    assert "重复" in refused(session, "members", book(head, ["甲工作室", "丁", None], ["甲工作室", "丁 ", None]))[0][1]
    lost = refused(session, "members", book(head, ["甲工作室", "丁", 110105194912310021]))
    assert lost[0][0] == "C2"
    assert "已经丢失" in lost[0][1]
    assert "校验位" in refused(session, "members", book(head, ["甲工作室", "丁", "110105194912310021"]))[0][1]


def test_another_identity_number_is_another_person(session: Session, book: Book):
    team(session)
    head = ["工作室名称", "姓名", "身份证号"]
    spreadsheet.import_rows(session, "members", book(head, ["甲工作室", "单喆", "11010519491231002X"]))
    report = spreadsheet.import_rows(session, "members", book(head, ["甲工作室", "单喆", "440524188001010014"]))
    assert report.made == {"people": 1}
    assert len(records.list_records(session, "people", {"name": "单喆"})) == 2


def test_contradictions_warn_beside_their_cell(session: Session, book: Book):
    team(session)
    head = ["工作室名称", "姓名", "身份证号", "性别", "联系电话"]
    report = spreadsheet.import_rows(
        session, "members", book(head, ["甲工作室", "丁", "11010519491231002X", "男", "1380"])
    )
    assert {(w.cell, w.message[:4]) for w in report.warnings} == {("D2", "与身份证"), ("E2", "1380")}


def test_merged_cells_and_several_sheets(session: Session, tmp_path: Path):
    team(session)
    records.put_records(session, "workrooms", {"name": "乙工作室"})
    made = Workbook()
    for title, rows in {
        "甲": [["工作室", "姓名"], ["甲工作室", "丁"], [None, "戊"]],
        "乙": [["名单"], ["工作室", "姓名"], ["乙工作室", "己"], ["没有的", "庚"]],
        "说明": [["请如实填写"]],
    }.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made["甲"].merge_cells("A2:A3")
    made["乙"].row_dimensions[3].hidden = True
    made.remove(made.worksheets[0])
    made.save(tmp_path / "a.xlsx")
    report = spreadsheet.import_rows(session, "members", tmp_path / "a.xlsx", preview=True)
    assert [error.cell for error in report.errors] == ["乙!A4"]
    assert any("“说明”没有" in notice for notice in report.notices)
    assert any("隐藏" in notice and "第3行" in notice for notice in report.notices)
    assert spreadsheet.bad_rows(report, tmp_path / "b.xlsx") == 1
    assert spreadsheet.import_rows(session, "members", tmp_path / "a.xlsx", sheet="甲").created == 2


def test_a_two_line_head(session: Session, book: Book):
    file = book(
        ["序号", "工作室名称", "领衔人", None, "级别"],
        [None, None, "姓名", "荣誉", None],
        [1, "甲工作室", "张三", "劳模", "县级"],
    )
    spreadsheet.import_rows(session, "workrooms", file)
    room = records.list_records(session, "workrooms", {})[0]
    sheet = workroom.sheet(session, room["id"])
    assert sheet.leader is not None
    assert (room["level"], sheet.leader["name"]) == ("县级", "张三")


def test_a_person_may_say_which_column_is_which(session: Session, book: Book):
    file = book(["名头", "何处"], ["甲工作室", "某厂"])
    with pytest.raises(BadInput, match="没有找到"):
        spreadsheet.import_rows(session, "workrooms", file)
    chosen = {"名头": "name", "何处": "unit_name"}
    (found,) = spreadsheet.guess("workrooms", file, chosen)
    assert found.columns == (("A", "名头", "name", ("甲工作室",)), ("B", "何处", "unit_name", ("某厂",)))
    assert spreadsheet.import_rows(session, "workrooms", file, chosen=chosen).created == 1


def test_missing_columns_and_empty_lists_are_told(session: Session, book: Book):
    with pytest.raises(BadInput, match="缺少必需的列：“工作室名称”"):
        spreadsheet.import_rows(session, "workrooms", book(["所在单位", "级别"], ["某厂", "县级"]))
    with pytest.raises(BadInput, match="没有可以导入的行"):
        spreadsheet.import_rows(session, "workrooms", book(["工作室名称", "级别"]))
    with pytest.raises(NotFound, match="workrooms"):
        spreadsheet.import_rows(session, "flowers", book(["a"]))


def granted(session: Session) -> dict[str, Any]:
    room = team(session)
    given = {"workroom_id": room["id"], "regulation": "nm-2026-fund", "year": 2026, "grant_total_yuan": 50000}
    records.put_records(session, "grants", given)
    return room


def test_allocations_go_to_the_draft(session: Session, book: Book):
    granted(session)
    head = ["工作室", "年度", "姓名", "角色", "用途", "奖励金额（万元）"]
    file = book(
        head, ["甲工作室", 2026, "张三", "领衔人", "成员奖励", 0.8], ["甲工作室", "2026年", None, None, "技能培训", 1]
    )
    report = spreadsheet.import_rows(session, "allocations", file)
    assert (report.created, report.made) == (2, {"allocations": 1})
    lines = records.list_records(session, "allocation_lines", {})
    assert {(line["kind"], line["amount_yuan"]) for line in lines} == {("reward", "8000.00"), ("operating", "10000.00")}
    assert spreadsheet.import_rows(session, "allocations", file).unchanged == 2
    bad = book(head, ["甲工作室", 2025, "张三", None, None, 1], ["甲工作室", 2026, "外人", None, None, 1])
    found = dict(refused(session, "allocations", bad))
    assert "没有2025年补助" in found["B2"]
    assert "成员名册" in found["C3"]


def test_a_line_that_carries_its_number_says_which_of_two_namesakes_it_means(
    session: Session, book: Book, tmp_path: Path
):
    room = granted(session)
    grant = records.list_records(session, "grants", {})[0]
    allocation = records.put_records(session, "allocations", {"grant_id": grant["id"]})[0]
    for amount in (3000, 4000):
        person = records.put_records(session, "people", {"name": "其木格"})[0]
        records.put_records(session, "members", {"workroom_id": room["id"], "person_id": person["id"]})
        line = {"allocation_id": allocation["id"], "person_id": person["id"], "amount_yuan": amount, "kind": "reward"}
        records.put_records(session, "allocation_lines", line)
    before = everything(session)
    assert spreadsheet.export(session, "allocations", tmp_path / "a.xlsx") == 2
    assert spreadsheet.import_rows(session, "allocations", tmp_path / "a.xlsx").unchanged == 2
    assert everything(session) == before
    unnumbered = book(["工作室", "年度", "姓名", "金额"], ["甲工作室", 2026, "其木格", 100])
    assert "2名同名成员" in refused(session, "allocations", unnumbered)[0][1]


def test_a_decided_allocation_is_not_touched(session: Session, book: Book):
    granted(session)
    grant = records.list_records(session, "grants", {})[0]
    records.put_records(session, "allocations", {"grant_id": grant["id"], "state": "已定"})
    file = book(["工作室", "年度", "姓名", "金额"], ["甲工作室", 2026, "张三", 100])
    assert "已定，不能再导入" in refused(session, "allocations", file)[0][1]


def test_expenditures_find_their_grant(session: Session, book: Book):
    granted(session)
    head = ["工作室", "年度", "支出日期", "用途", "金额", "资金来源", "凭证号"]
    file = book(
        head,
        ["甲工作室", 2026, "2026/8/1", "技能培训", 1200.5, None, 12],
        ["甲工作室", None, "2026/8/2", "设备购置", 300, "单位", 13],
    )
    assert spreadsheet.import_rows(session, "expenditures", file).created == 2
    rows = records.list_records(session, "expenditures", {})
    assert [(row["grant_id"] is None, row["voucher_number"], row["amount_yuan"]) for row in rows] == [
        (False, "12", "1200.50"),
        (True, "13", "300.00"),
    ]
    assert spreadsheet.import_rows(session, "expenditures", file).unchanged == 2


def test_filters_reach_the_export(session: Session, tmp_path: Path):
    sample.fill_sample(session)
    named = records.list_records(session, "workrooms", {"state": "已命名"})
    assert spreadsheet.export(session, "workrooms", tmp_path / "a.xlsx", {"state": "已命名"}) == len(named)
    search_keys.refresh(session)
    assert spreadsheet.export(session, "workrooms", tmp_path / "a.xlsx", {}, "没有这样的") == 0
    assert spreadsheet.export(session, "allocations", tmp_path / "a.xlsx", {"state": "草稿"}) > 2
    assert spreadsheet.export(session, "allocations", tmp_path / "a.xlsx", {"year": "2025"}) == 0
    assert spreadsheet.export(session, "units", tmp_path / "a.xlsx") == 23
    assert load_workbook(tmp_path / "a.xlsx").worksheets[0]["A1"].value == "所属工会"
    spreadsheet.export(session, "workrooms", tmp_path / "a.xlsx", columns=["leader_name", "name"])
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["领衔人", "工作室名称"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("kind", list(spreadsheet.KINDS))
def test_a_template_is_taken_back_once_filled(session: Session, tmp_path: Path, kind: str):
    spreadsheet.template(kind, tmp_path / "a.xlsx")
    with pytest.raises(BadInput, match="没有可以导入的行"):
        spreadsheet.import_rows(session, kind, tmp_path / "a.xlsx")


def test_where_a_workbook_cannot_be_written(session: Session, tmp_path: Path):
    with pytest.raises(BadInput, match="xlsx"):
        spreadsheet.template("workrooms", tmp_path / "a.xls")
    with pytest.raises(BadInput, match="文件夹"):
        spreadsheet.export(session, "workrooms", tmp_path / "没有" / "a.xlsx")
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(StorageFault, match="不能写入"):
        spreadsheet.export(session, "workrooms", tmp_path / "a.xlsx")


def test_an_import_is_one_transaction(database: Database, book: Book):
    file = book(["工作室名称", "级别"], *[[f"第{number}工作室", "县级"] for number in range(300)])
    with database.writing() as session:
        spreadsheet.import_rows(session, "workrooms", file)
    with database.reading() as session:
        assert records.list_records(session, "workrooms", {}) == []


CELLS = st.one_of(
    st.none(), st.text(max_size=8), st.floats(allow_nan=False), st.integers(-5, 10**6), st.booleans(), st.dates()
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=4))
def test_any_cells_at_all_are_taken_or_named(session: Session, tmp_path: Path, rows: list[list[object]]):
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    made = Workbook()
    made.active.append(["工作室名称", "所在单位", "信用代码", "领衔人", "开始运行日期", "单位年度经费"])
    for row in rows:
        made.active.append([ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell for cell in row])
    made.save(tmp_path / "a.xlsx")
    before = everything(session)
    kept = True
    try:
        spreadsheet.import_rows(session, "workrooms", tmp_path / "a.xlsx")
    except BadInput:
        kept = False
    assert kept or everything(session) == before


def test_a_name_that_sounds_like_a_kept_one_is_told_and_may_be_it(session: Session, book: Book):
    unit = records.put_records(session, "units", {"name": "宏昌机械厂"})[0]["id"]
    file = book(["工作室名称", "所在单位"], ["甲工作室", "洪昌机械厂"])
    report = spreadsheet.import_rows(session, "workrooms", file, preview=True)
    assert [(one.cell, one.noun, one.id, one.name) for one in report.similar] == [("B2", "units", unit, "宏昌机械厂")]
    spreadsheet.import_rows(session, "workrooms", file, choices=spreadsheet.Choices(same={"B2": unit}))
    assert [row["name"] for row in records.list_records(session, "units", {})] == ["宏昌机械厂"]
    assert records.list_records(session, "workrooms", {})[0]["unit_id"] == unit


@pytest.mark.parametrize(
    ("file_name", "kind"),
    [("workrooms", "workrooms"), ("members", "members"), ("outcomes", "outcomes"), ("experts", "experts")],
)
def test_the_kind_of_a_list_is_known_by_its_head(session: Session, tmp_path: Path, file_name: str, kind: str):
    spreadsheet.template(file_name, tmp_path / "a.xlsx")
    assert spreadsheet.likely_kind(tmp_path / "a.xlsx") == kind


def test_everything_wrong_is_told_at_once_even_where_the_workroom_is_unknown(session: Session, book: Book):
    file = book(["工作室", "姓名", "身份证号", "电话"], ["没有的工作室", "甲", "11010519491231002A", "12"])
    assert [cell for cell, _ in refused(session, "members", file)] == ["A2", "C2"]
    report = spreadsheet.import_rows(session, "members", file, preview=True)
    assert [warning.cell for warning in report.warnings] == ["D2"]


def test_dates_without_a_day_are_taken_when_a_person_says_so(session: Session, book: Book):
    file = book(["工作室名称", "成立时间"], ["甲创新工作室", "2019年5月"], ["乙创新工作室", "2020-02-03"])
    assert refused(session, "workrooms", file)[0][0] == "B2"
    spreadsheet.import_rows(session, "workrooms", file, months=True)
    assert {room["established_on"] for room in records.list_records(session, "workrooms", {})} == {
        "2019-05-01",
        "2020-02-03",
    }


def test_a_leader_whose_name_sounds_like_one_of_the_unit_is_pointed_out(session: Session, book: Book):
    unit = records.put_records(session, "units", {"name": "某公司"})[0]["id"]
    known = records.put_records(session, "people", {"name": "龙东伟", "unit_id": unit})[0]["id"]
    records.put_records(session, "people", {"name": "龙冬伟"})
    file = book(["工作室名称", "所在单位", "领衔人"], ["甲创新工作室", "某公司", "龙冬伟"])
    report = spreadsheet.import_rows(session, "workrooms", file, preview=True)
    assert [(one.cell, one.id) for one in report.similar] == [("C2", known)]
    choices = spreadsheet.Choices(same={"C2": known})
    spreadsheet.import_rows(session, "workrooms", file, choices=choices)
    assert records.list_records(session, "workrooms", {})[0]["leader_id"] == known


@pytest.mark.parametrize(
    ("word", "kept"), [("大学本科", "本科"), ("硕士研究生", "硕士"), ("专科", "大专"), ("高中", "高中或中专")]
)
def test_educations_are_taken_in_the_words_of_lists(session: Session, book: Book, word: str, kept: str):
    records.put_records(session, "workrooms", {"name": "甲创新工作室"})
    file = book(["工作室", "姓名", "文化程度", "角色"], ["甲创新工作室", "乙", word, "参与"])
    spreadsheet.import_rows(session, "members", file)
    assert records.list_records(session, "people", {})[0]["education"] == kept
    assert records.list_records(session, "members", {})[0]["role"] == "其他参与人员"


def test_the_summary_counts_what_the_register_holds(session: Session, tmp_path: Path):
    sample.fill_sample(session, 8)
    rooms = [room["id"] for room in records.list_records(session, "workrooms", {})][::-1]
    day = date(2026, 9, 1)
    assert spreadsheet.export_summary(session, tmp_path / "汇总表.xlsx", [*rooms, "gone"], day) == 8
    lines = list(load_workbook(tmp_path / "汇总表.xlsx").worksheets[0].iter_rows(values_only=True))
    assert lines[0][0] == "创新工作室推荐汇总表"
    assert "2026年9月1日" in lines[1][0]
    heads = dict(zip(lines[2], range(99), strict=False))
    for line, room in zip(lines[3:-1], rooms, strict=True):
        sheet = workroom.sheet(session, room)
        members = {m["person_id"] for m in sheet.members if not m["left_on"] or m["left_on"] > "2026-09-01"}
        assert line[heads["工作室名称"]] == sheet.workroom["name"]
        assert line[heads["领衔人"]] == sheet.leader["name"]
        assert line[heads["团队人数"]] == len(members | {sheet.leader["id"]})
        assert line[heads["成果数"]] == len(sheet.outcomes)
        assert (line[heads["领衔人荣誉"]] or "").count("、") == max(0, len(sheet.honours) - 1)
        assert line[heads["推荐排序"]] is None


@pytest.mark.parametrize(
    ("since", "years"),
    [(date(2020, 9, 1), 6), (date(2020, 9, 2), 5), (date(2026, 9, 1), 0), (date(2027, 1, 1), None), (None, None)],
)
def test_years_are_whole_ones(since: date | None, years: int | None):
    assert whole_years(since, date(2026, 9, 1)) == years


FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
HEADS = {
    "name": ("工作室名称", "创新工作室", " 工作室  名称 *", "工作室名称（全称）"),
    "unit_name": ("所在单位", "单位名称", "依托单位"),
    "established_on": ("开始运行日期", "成立时间", "创建日期"),
    "venue_area_sqm": ("场地面积", "面积（平方米）", "活动场地面积"),
    "phone": ("联系电话", "手机号码", "联系方式"),
}
DATES = ("{:%Y-%m-%d}", "{:%Y/%m/%d}", "{:%Y.%m.%d}", "{:%Y年%m月%d日}", "{:%Y%m%d}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(data=st.data())
def test_the_same_list_however_it_is_laid_out(session: Session, tmp_path: Path, data: st.DataObject):
    """Titles above, columns in any order under other names, dates, digits and spaces in any usual way: one list."""
    rows = [
        {
            "name": f"工作室{place}号",
            "unit_name": "太和厂",
            "established_on": day,
            "venue_area_sqm": area,
            "phone": phone,
        }
        for place, (day, area, phone) in enumerate(
            data.draw(
                st.lists(
                    st.tuples(
                        st.dates(date(1990, 1, 1), date(2026, 1, 1)),
                        st.integers(1, 99_999),
                        st.integers(13_000_000_000, 13_999_999_999),
                    ),
                    min_size=1,
                    max_size=5,
                )
            )
        )
    ]
    order = data.draw(st.permutations(list(HEADS)))
    made = Workbook()
    for title in data.draw(st.lists(st.sampled_from(["附件1", "2026年名册", None]), max_size=3)):
        made.active.append([title])
    made.active.append(["序号", *(data.draw(st.sampled_from(HEADS[name])) for name in order)])
    for number, row in enumerate(rows, start=1):
        made.active.append([number, *(data.draw(drawn(name, row[name])) for name in order)])
    made.active.append(["合计", None, None])
    made.save(tmp_path / "列.xlsx")
    nested = session.begin_nested()
    report = spreadsheet.import_rows(session, "workrooms", tmp_path / "列.xlsx")
    assert (report.created, report.errors) == (len(rows), [])
    stored = {room["name"]: room for room in records.list_records(session, "workrooms", {})}
    for row in rows:
        kept = stored[str(row["name"])]
        assert kept["established_on"] == row["established_on"].isoformat()
        assert kept["venue_area_sqm"] == row["venue_area_sqm"] / 100
        assert kept["phone"] == str(row["phone"])
    assert [unit["name"] for unit in records.list_records(session, "units", {})] == ["太和厂"]
    nested.rollback()


def drawn(name: str, value: Any) -> st.SearchStrategy[Any]:
    """Return the ways in which people write a value."""
    if name == "established_on":
        serial = (value - date(1899, 12, 30)).days
        return st.sampled_from([value, serial, str(serial), *(form.format(value) for form in DATES)])
    if name == "venue_area_sqm":
        text = f"{value // 100}.{value % 100:02d}"
        return st.sampled_from([value / 100, text, text.translate(FULL_WIDTH), f" {text} 平方米", f"{text}㎡"])
    text = str(value)
    if name == "phone":
        return st.sampled_from([value, text, text.translate(FULL_WIDTH), f"{text[:3]} {text[3:7]} {text[7:]}"])
    return st.sampled_from([text, f" {text} ", " ".join(text) if text == "太和厂" else text, f"　{text}"])


GRADUATES = (
    ["工作室", "姓名", "文化程度"],
    ["甲创新工作室", "乙", "研究生"],
    ["甲创新工作室", "丙", "研究 生"],
    ["甲创新工作室", "丁", "博士研究生"],
)


def educations(session: Session) -> dict[str, str]:
    return {person["name"]: person["education"] for person in records.list_records(session, "people", {})}


def test_a_word_that_may_mean_several_things_is_asked_about_once(session: Session, book: Book):
    records.put_records(session, "workrooms", {"name": "甲创新工作室"})
    file = book(*GRADUATES)
    report = spreadsheet.import_rows(session, "members", file, preview=True)
    (question,) = report.questions
    assert (question.key, question.title, question.cells) == ("education/研究生", "学历", ["C2", "C3"])
    assert question.choices[:2] == ("硕士", "博士")
    assert set(question.choices) == {choice for choice in field_map("people")["education"].choices if choice}
    assert [error.cell for error in report.errors] == ["C2", "C3"]
    with pytest.raises(spreadsheet.BadCells):
        spreadsheet.import_rows(session, "members", file)
    words = {"education/研究生": "硕士", "politics/研究生": "群众"}
    report = spreadsheet.import_rows(session, "members", file, words=words)
    assert educations(session) == {"乙": "硕士", "丙": "硕士", "丁": "博士"}
    assert [(one.word, one.answer) for one in report.questions] == [("研究生", "硕士")]


def test_a_word_said_to_mean_nothing_leaves_its_cells_empty(session: Session, book: Book):
    records.put_records(session, "workrooms", {"name": "甲创新工作室"})
    file = book(*GRADUATES)
    spreadsheet.import_rows(session, "members", file, words={"education/研究生": "本科"})
    spreadsheet.import_rows(session, "members", file, words={"education/研究生": ""})
    assert educations(session)["乙"] == "本科"


def test_an_answer_of_nothing_is_kept_with_the_question(session: Session, book: Book):
    records.put_records(session, "workrooms", {"name": "甲创新工作室"})
    file = book(["工作室", "成果名称", "种类"], ["甲创新工作室", "某成果", "怪类"])
    first = spreadsheet.import_rows(session, "outcomes", file, preview=True)
    (question,) = first.questions
    again = spreadsheet.import_rows(session, "outcomes", file, preview=True, words={question.key: ""})
    assert question.column == "kind"
    assert not again.errors
    assert again.questions[0].answer == ""
    file = book(["工作室名称", "级别"], ["甲工作室", "怪级"])
    (question,) = spreadsheet.import_rows(session, "workrooms", file, preview=True).questions
    again = spreadsheet.import_rows(session, "workrooms", file, preview=True, words={question.key: ""})
    assert again.errors == []


def test_a_column_of_strange_words_is_not_asked_about_word_by_word(session: Session, book: Book):
    records.put_records(session, "workrooms", {"name": "甲创新工作室"})
    rows = [["甲创新工作室", f"人{number}", f"怪{number}"] for number in range(9)]
    report = spreadsheet.import_rows(session, "members", book(["工作室", "姓名", "学历"], *rows), preview=True)
    assert len(report.errors) == 9
    assert report.questions == []
    fewer = book(["工作室", "姓名", "学历"], *rows[:8])
    assert len(spreadsheet.import_rows(session, "members", fewer, preview=True).questions) == 8
