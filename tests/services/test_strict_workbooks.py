"""Every workbook that the program writes keeps the rules that Excel and WPS are strict about, whatever stands in it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from desktop.documents.kinds import KINDS as PAPERS
from desktop.errors import BadInput
from desktop.models.tables import NOUNS
from desktop.services import identity, records, sample, spreadsheet, store
from desktop.services.figures import report as figures
from desktop.services.paper.sheets import has_table, sheet
from desktop.services.sheet.kinds import KINDS
from desktop.spreadsheets.booklet import write_sheets
from desktop.spreadsheets.form import write_form
from desktop.spreadsheets.sheet_xml import CUT, LONGEST_TEXT
from desktop.spreadsheets.table import Column, Table
from desktop.spreadsheets.writer import write_table
from tests.documents.form_samples import full, least
from tests.spreadsheets.strict_package import faults

NASTY = (
    "=1+1", "＝1+1", "+86", "-1", "@x", "\t=1", "\r\n=1", "  =HYPERLINK(1)", "a\x01b\x0b\x1f", "_x0001_", "_x000D_",
    "\ufffe\uffff", "<b>&amp;", "\ud83d", "𠮷野家", "长" * 40_000, "𠮷" * 20_000, "行\n" * 300, "'", '"', "[A]:*?/\\",
)  # fmt: skip
COLUMNS = (
    Column("text", "内容"),
    Column("name", "名称", "name"),
    Column("code", "号码", "code"),
    Column("day", "日期", "date"),
    Column("money", "金额", "money", unit="元"),
    Column("count", "数", "number"),
    Column("list", "多项", "list"),
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    database = identity.initialise(tmp_path_factory.mktemp("desk") / "desk.db", "某旗总工会", "县级", "某旗")
    with store.writing(database, "张三") as session:
        sample.fill_sample(session, 8)
        room = records.list_records(session, "workrooms")[0]["id"]
        records.put_records(
            session, "workrooms", {"id": room, "note": "=cmd|' /C calc'!A0", "established_on": "1899-05-01"}
        )
        yield session
    database.close()


@pytest.mark.parametrize("noun", sorted({*NOUNS, *KINDS}))
def test_every_list(register: Session, tmp_path: Path, noun: str):
    spreadsheet.export(register, noun, tmp_path / "a.xlsx")
    assert faults(tmp_path / "a.xlsx") == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_template(tmp_path: Path, kind: str):
    spreadsheet.template(kind, tmp_path / "a.xlsx")
    assert faults(tmp_path / "a.xlsx") == []


def test_the_summary_the_statistics_and_bad_rows(register: Session, tmp_path: Path):
    rooms = [row["id"] for row in records.list_records(register, "workrooms")]
    spreadsheet.export_summary(register, tmp_path / "summary.xlsx", rooms, date(2026, 9, 1))
    spreadsheet.export(register, "workrooms", tmp_path / "bad.xlsx", columns=("name", "phone", "leader_name"))
    book = load_workbook(tmp_path / "bad.xlsx")
    for row in range(2, 6):
        book.worksheets[0].cell(row, 3).value = "张三、李四"
    book.save(tmp_path / "bad.xlsx")
    report = spreadsheet.import_rows(register, "workrooms", tmp_path / "bad.xlsx", preview=True)
    assert spreadsheet.bad_rows(report, tmp_path / "back.xlsx") == 4
    figures.export_report(register, date(2026, 9, 1), tmp_path / "figures.xlsx")
    for name in ("summary", "back", "figures"):
        assert faults(tmp_path / f"{name}.xlsx") == []


def nasty_rows() -> list[dict[str, object]]:
    days = ("1850-01-01", "1900-02-28", "1900-03-01", "2026-11-21", "9999-12-31")
    return [
        {
            "text": text, "name": text, "code": text, "day": days[number % 5], "money": "-0.01", "count": -number,
            "list": [text, "乙"],
        }
        for number, text in enumerate(NASTY)
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["[甲]:*?/\\乙", "'" * 40, "长" * 60, "", "History"])
def test_whatever_stands_in_a_list_and_however_it_is_called(tmp_path: Path, title: str):
    table = Table("any", title, COLUMNS)
    write_table(table, nasty_rows(), tmp_path / "list.xlsx")
    write_form(table, nasty_rows(), "=上", "@下", tmp_path / "form.xlsx")
    write_sheets([(table, nasty_rows()), (table, [])], tmp_path / "book.xlsx")
    for name in ("list", "form", "book"):
        assert faults(tmp_path / f"{name}.xlsx") == [], name


def test_what_could_be_a_formula_is_marked_as_text_and_dates_keep_their_day(tmp_path: Path):
    write_table(Table("any", "表", COLUMNS), nasty_rows(), tmp_path / "a.xlsx")
    cells = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    for row in range(2, 10):
        assert cells.cell(row, 1).quotePrefix, cells.cell(row, 1).value
        assert cells.cell(row, 1).data_type == "s"
    assert [cells.cell(row, 4).value for row in (2, 3)] == ["1850-01-01", "1900-02-28"]
    assert cells.cell(4, 4).value.date() == date(1900, 3, 1)
    assert cells.max_row == len(NASTY) + 1
    read = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    assert read[5][3] == date(9999, 12, 31)
    long = read[1 + NASTY.index("长" * 40_000)][0]
    assert long.endswith(CUT)
    assert len(long) == LONGEST_TEXT


@pytest.mark.parametrize("kind", sorted(name for name, kind in PAPERS.items() if "rows" in kind.fields["properties"]))
def test_every_paper_with_rows_as_a_workbook(tmp_path: Path, kind: str):
    (tmp_path / "a.xlsx").write_bytes(sheet(PAPERS[kind], full(PAPERS[kind].fields)))
    assert faults(tmp_path / "a.xlsx") == []


@pytest.mark.parametrize("kind", sorted(name for name, kind in PAPERS.items() if has_table(kind)))
def test_a_paper_without_rows_yet_is_a_workbook_of_its_heads_or_refused(tmp_path: Path, kind: str):
    fields = PAPERS[kind].fields
    data = least(fields)
    if "rows" not in fields["properties"]:
        with pytest.raises(BadInput):
            sheet(PAPERS[kind], data)
    elif "rows" not in fields["required"]:
        data.pop("rows", None)
        (tmp_path / "a.xlsx").write_bytes(sheet(PAPERS[kind], data))
        assert faults(tmp_path / "a.xlsx") == []
        told = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
        heads = [one["title"] for one in fields["properties"]["rows"]["items"]["properties"].values()]
        (row,) = (row for row in told if str(row[0]).startswith(heads[0]))
        assert all(str(cell).startswith(head) for cell, head in zip(row, heads, strict=True))


def test_a_workbook_says_what_it_is_and_which_program_wrote_it(register: Session, tmp_path: Path):
    out = tmp_path / "a.xlsx"
    rooms = [room["id"] for room in records.list_records(register, "workrooms")]
    for write, title in (
        (lambda: spreadsheet.export(register, "members", out), "成员"),
        (lambda: spreadsheet.template("members", out), "成员模板"),
        (lambda: spreadsheet.export_summary(register, out, rooms), "创新工作室推荐汇总表"),
    ):
        write()
        told = load_workbook(out).properties
        assert (told.creator, told.title) == ("创新工作室管理", title)
