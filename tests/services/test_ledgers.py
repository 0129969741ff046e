"""A workroom's ledgers under the regulations that name them, printed and as sheets."""

import pytest
from openpyxl import load_workbook
from pikepdf import Pdf

from desktop.services import identity, records
from desktop.services.work import ledgers


@pytest.fixture
def county(county):
    room = county.ids["room"]
    for day, kind in (("2025-03-01", "技能培训"), ("2026-04-01", "技术交流"), ("2026-05-01", "师带徒")):
        county.put("activities", workroom_id=room, title=f"{kind}活动", kind=kind, date=day, people_count=12)
    county.put("outcomes", workroom_id=room, name="托辊巡检装置", date="2026-06-01", benefit_yuan="12000.00")
    return county


def under(county, *laws):
    with county.writing() as session:
        records.put_records(session, "offices", {"id": identity.own_office_id(session), "regulations": list(laws)})


def read(county, year=None):
    with county.reading() as session:
        return ledgers.ledgers(session, county.ids["room"], year)


NAMED = {
    "wx-2021-model": ["成员台账", "活动台账", "成果台账"],
    "wx-2021-staff": ["创建活动台账", "创新成果台账", "成员发展台账"],
    "jy-2022": ["创新成果数据库", "人才培养数据库", "获得荣誉档案", "交流活动档案"],
    "hn-2024": ["成员台账", "活动台账", "成果台账"],
}


@pytest.mark.parametrize(("law", "names"), NAMED.items())
def test_ledgers_bear_the_names_of_the_text(county, law, names):
    under(county, law)
    found = read(county)
    assert [one.name for one in found] == names
    assert all(one.article for one in found) == (law != "hn-2024")


def test_each_ledger_holds_what_its_name_says(county):
    under(county, "jy-2022")
    results, taught, titles, shared = read(county)
    assert [row["name"] for row in results.rows][-1] == "托辊巡检装置"
    assert [row["title"] for row in taught.rows] == ["技能培训活动", "师带徒活动"]
    assert [row["kind"] for row in titles.rows] == ["劳动模范"]
    assert [row["title"] for row in shared.rows] == ["技术交流活动"]
    under(county, "wx-2021-model")
    people, deeds, _results = read(county)
    assert "骨干0" in {row["name"] for row in people.rows}
    assert len(deeds.rows) == 3


def test_a_year_holds_its_own_lines_and_the_members_of_that_time(county):
    under(county, "wx-2021-model")
    with county.writing() as session:
        rows = records.list_records(session, "members")
        first, second, *others = rows
        records.put_records(session, "members", {"id": first["id"], "joined_on": "2020-01-01", "left_on": "2025-06-30"})
        records.put_records(session, "members", {"id": second["id"], "joined_on": "2026-02-01"})
        for row in others:
            records.put_records(session, "members", {"id": row["id"], "joined_on": None, "left_on": None})
    people, deeds, _results = read(county, 2026)
    assert [row["date"] for row in deeds.rows] == ["2026-04-01", "2026-05-01"]
    ids = {row["id"] for row in people.rows}
    assert first["id"] not in ids
    assert second["id"] in ids
    assert ids >= {row["id"] for row in others}
    assert first["id"] in {row["id"] for row in read(county, 2025)[0].rows}


def test_ledgers_are_printed_with_bookmarks_and_written_as_sheets(county, tmp_path):
    under(county, "wx-2021-staff")
    pdf, book = tmp_path / "台账.pdf", tmp_path / "台账.xlsx"
    with county.reading() as session:
        printed = ledgers.print_ledgers(session, county.ids["room"], pdf)
        written = ledgers.export_ledgers(session, county.ids["room"], book)
    assert printed == written == sum(len(one.rows) for one in read(county))
    with Pdf.open(pdf) as found, found.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[0] == "目录"
    assert [title.partition("（")[0] for title in titles[1:]] == NAMED["wx-2021-staff"]
    sheets = load_workbook(book)
    assert sheets.sheetnames == NAMED["wx-2021-staff"]
    lines = list(sheets["创新成果台账"].values)
    assert lines[0][1] == "成果"
    assert any("托辊巡检装置" in line and 12000 in line for line in lines[1:])
