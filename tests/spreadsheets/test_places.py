"""Where workbooks are written: an unwritable place is told in words, and what stood there stays."""

import errno
from pathlib import Path

import pytest

from desktop.errors import BadInput, StorageFault
from desktop.spreadsheets import writer
from desktop.spreadsheets.bad_rows import write_bad_rows
from desktop.spreadsheets.booklet import write_sheets
from desktop.spreadsheets.form import write_form
from desktop.spreadsheets.reader import SheetRows
from desktop.spreadsheets.table import CellError, Column, Table
from desktop.spreadsheets.template import write_template
from desktop.spreadsheets.writer import write_table

TABLE = Table("workrooms", "名册", (Column("name", "名称"),))
ROWS = [{"name": "甲"}]
SHEET = SheetRows("名册", [["名称"], ["甲"]])
WRITERS = {
    "a list": lambda out: write_table(TABLE, ROWS, out),
    "a template": lambda out: write_template(TABLE, out),
    "a form": lambda out: write_form(TABLE, ROWS, "", "", out),
    "sheets": lambda out: write_sheets([(TABLE, ROWS)], out),
    "bad rows": lambda out: write_bad_rows([SHEET], {"名册": range(1)}, [CellError("名册!A2", "甲", "不对")], out),
}


@pytest.fixture(params=WRITERS.values(), ids=WRITERS.keys())
def write(request):
    return request.param


def test_a_folder_that_is_not_there_is_named(write, tmp_path: Path):
    with pytest.raises(BadInput, match=r"没有这个文件夹.*别处"):
        write(tmp_path / "别处" / "名册.xlsx")


@pytest.mark.parametrize("name", ["名册", "名册.xls", "名册.xlsx.pdf"])
def test_a_workbook_is_named_as_one(write, tmp_path: Path, name: str):
    with pytest.raises(BadInput, match=r"\.xlsx"):
        write(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_in_the_place_of_the_file_stays(write, tmp_path: Path):
    place = tmp_path / "名册.xlsx"
    (place / "里面").mkdir(parents=True)
    with pytest.raises(StorageFault, match="不能写入文件") as refused:
        write(place)
    assert refused.value.where == str(place)
    assert [one.name for one in tmp_path.iterdir()] == ["名册.xlsx"]


def test_a_full_disk_leaves_the_earlier_workbook(tmp_path: Path, monkeypatch):
    out = tmp_path / "名册.xlsx"
    write_table(TABLE, ROWS, out)
    before = out.read_bytes()

    def full(_frame, _columns, _rows, _last, target):
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writer, "pour", full)
    with pytest.raises(StorageFault, match="空间已满"):
        write_table(TABLE, ROWS, out)
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]
