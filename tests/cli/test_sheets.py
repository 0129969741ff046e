"""Workbooks from the command line."""

from pathlib import Path

import openpyxl
import pytest

KINDS = ("workrooms", "members", "outcomes", "allocations", "expenditures", "experts")


@pytest.mark.parametrize("kind", KINDS)
def test_template_and_export_of_every_kind(desk, tmp_path: Path, kind):
    template, out = tmp_path / "t.xlsx", tmp_path / "e.xlsx"
    assert desk("sheet", "template", kind, template).code == 0
    answer = desk("sheet", "export", kind, out)
    assert answer.code == 0, answer.err
    book = openpyxl.load_workbook(out)
    assert book.active.max_row >= answer.json["rows"]
    book.close()


def test_an_export_comes_back_unchanged(desk, tmp_path: Path):
    out = tmp_path / "e.xlsx"
    desk("sheet", "export", "experts", out)
    before = desk("list", "experts").json
    answer = desk("sheet", "import", "experts", out, "--preview")
    assert answer.code == 0, answer.err
    assert desk("list", "experts").json == before


def test_every_bad_cell_is_named_and_nothing_is_taken_in(desk, tmp_path: Path):
    template = tmp_path / "t.xlsx"
    desk("sheet", "template", "workrooms", template)
    book = openpyxl.load_workbook(template)
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if any(cell.value == "工作室名称" for cell in row))
    columns = {cell.value: cell.column for cell in head if cell.value}
    row = head[0].row + 1
    sheet.cell(row, columns["工作室名称"], "甲工作室")
    sheet.cell(row, columns["场地面积"] if "场地面积" in columns else columns["场地面积（㎡）"], "很大")
    book.save(template)
    before = desk("list", "workrooms").json
    answer = desk("sheet", "import", "workrooms", template)
    assert answer.code == 1
    cells = answer.json["error"]["cells"]
    assert cells[0]["value"] == "很大"
    assert cells[0]["cell"].endswith(str(row))
    assert cells[0]["message"]
    assert desk("list", "workrooms").json == before


def test_what_is_no_workbook(desk, tmp_path: Path):
    junk = tmp_path / "x.xlsx"
    junk.write_bytes(b"junk")
    assert desk("sheet", "import", "workrooms", junk).code == 1
    old = tmp_path / "x.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" * 20)
    assert "xlsx" in desk("sheet", "import", "workrooms", old).json["error"]["message"]
    assert desk("sheet", "import", "workrooms", tmp_path / "none.xlsx").code == 1


def test_dates_of_a_month_are_taken_when_asked(desk, tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["工作室名称", "成立时间"])
    book.active.append(["只有月份的创新工作室", "2019年5月"])
    book.save(tmp_path / "月.xlsx")
    refused = desk("sheet", "import", "workrooms", tmp_path / "月.xlsx")
    assert [cell["cell"] for cell in refused.json["error"]["cells"]] == ["B2"]
    assert desk("sheet", "import", "workrooms", tmp_path / "月.xlsx", "--months").code == 0
    found = desk("list", "workrooms", "--where", "name=只有月份的创新工作室").json
    assert [room["established_on"] for room in next(iter(found.values()))] == ["2019-05-01"]
