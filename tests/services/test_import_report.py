"""What an import brought, told again later, and the report on paper."""

import io
from datetime import date

import pypdfium2
import pytest

from desktop.errors import NotFound
from desktop.services import compaction, exchange
from desktop.services.parcel import brought, report
from tests.services.desks import carry, pack, settle, take


def told(desk, import_id):
    with desk.database.reading() as session:
        return brought.brought(session, import_id)


def words(_noun, _field, value):
    return "（空）" if value in (None, "") else str(value)


def shown(result):
    """Changes by record, comparable whatever their order; a new record's empty fields say nothing."""
    return {
        (one["noun"], one["id"]): (
            one["kind"],
            one["label"],
            sorted((f["title"], repr(f["old"]), repr(f["new"])) for f in one["fields"]),
        )
        for one in result["changes"]
    }


def test_what_was_brought_is_told_as_the_preview_told_it(tmp_path, offices):
    city, county = offices
    kept, gone = county.workroom("甲工作室", note="起初"), county.workroom("乙工作室")
    settle([city, county], tmp_path)
    county.run("UPDATE workrooms SET note = '改了', unit_funding_fen = 123400 WHERE id = :id", id=kept)
    county.run("UPDATE workrooms SET note = '又改了' WHERE id = :id", id=kept)
    county.run("DELETE FROM workrooms WHERE id = :id", id=gone)
    made = county.workroom("丙工作室", leader_id=county.person("李四", id_number="150102199001011234"))
    parcel = pack(county, city, tmp_path)
    preview = take(city, parcel, preview=True)
    result = take(city, parcel)
    found = told(city, result["import_id"])
    assert found["counts"] == preview["counts"] == {"new": 2, "changed": 1, "deleted": 1}
    assert shown(found).keys() == shown(preview).keys()
    assert shown(found)["workrooms", kept] == shown(preview)["workrooms", kept]
    assert ("备注", "'起初'", "'又改了'") in shown(found)["workrooms", kept][2]
    assert ("workrooms", made) in shown(found)
    assert shown(found)["workrooms", gone][:2] == ("deleted", "乙工作室")
    assert found["maker"]["name"] == "乙县总工会"
    assert (found["number"], found["package_sha256"]) == (result["number"], result["package_sha256"])


def test_a_record_without_a_name_is_called_by_what_it_refers_to(tmp_path, offices):
    city, county = offices
    room = county.workroom("甲工作室")
    member = county.member(room, county.person("王五"))
    settle([city, county], tmp_path)
    county.run("DELETE FROM members WHERE id = :id", id=member)
    parcel = pack(county, city, tmp_path)
    assert [one["label"] for one in take(city, parcel, preview=True)["changes"]] == ["王五 · 甲工作室"]
    result = take(city, parcel)
    assert [one["label"] for one in told(city, result["import_id"])["changes"]] == ["王五 · 甲工作室"]


def test_a_folded_import_is_told_by_what_stands(tmp_path, offices):
    city, county = offices
    kept, gone = county.workroom("甲工作室", note="起初"), county.workroom("乙工作室")
    settle([city, county], tmp_path)
    county.run("UPDATE workrooms SET note = '改了' WHERE id = :id", id=kept)
    county.run("DELETE FROM workrooms WHERE id = :id", id=gone)
    result = carry(county, city, tmp_path)
    for _ in range(2):
        settle([city, county], tmp_path)
        for desk in offices:
            desk.workroom("又一个")
    settle([city, county], tmp_path)
    assert compaction.compact(city.database, tmp_path / "归档.wrpack", 0)
    found = told(city, result["import_id"])
    changed = next(one for one in found["changes"] if one["id"] == kept)
    assert [(field["title"], field["new"]) for field in changed["fields"]] == [("备注", "改了")]
    assert any(one["id"] == gone and one["kind"] == "deleted" for one in found["changes"])
    assert report.report_data(found, words, "甲市总工会", date(2026, 9, 1))["rows"]


def test_its_conflicts_are_those_that_are_open_now(tmp_path, offices):
    city, county = offices
    county.workroom("甲", note="起初")
    settle([city, county], tmp_path)
    county.run("UPDATE workrooms SET note = '县'")
    city.run("UPDATE workrooms SET note = '市'")
    result = carry(county, city, tmp_path)
    assert len(told(city, result["import_id"])["conflicts"]) == 1
    with city.edit() as session:
        exchange.resolve(session, result["conflicts"][0]["id"], value="定了")
    assert told(city, result["import_id"])["conflicts"] == []


def test_an_import_taken_back_has_nothing_left_and_an_unknown_one_is_named(tmp_path, offices):
    city, county = offices
    county.workroom("甲")
    result = carry(county, city, tmp_path)
    exchange.undo_import(city.database, result["import_id"])
    found = told(city, result["import_id"])
    assert found["changes"] == []
    assert found["undone_at"]
    with pytest.raises(NotFound, match="没有这次导入"):
        told(city, "00000000-0000-0000-0000-000000000000")


def test_the_report_on_paper_names_every_change_and_dispute(tmp_path, offices):
    city, county = offices
    room = county.workroom("甲工作室", note="起初", contact="张三")
    settle([city, county], tmp_path)
    county.run("UPDATE workrooms SET note = '县里写的', contact = '李四' WHERE id = :id", id=room)
    city.run("UPDATE workrooms SET note = '市里写的'")
    result = carry(county, city, tmp_path)
    pdf = report.import_report(told(city, result["import_id"]), words, "甲市总工会", date(2026, 9, 1))
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    text = "".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "")
    for said in ("数据包带回情况报告", "乙县总工会", "甲工作室", "李四", "市里写的", "县里写的", "审核人", "已带回"):
        assert said in text, said


def test_texts_are_cut_and_made_printable():
    assert report.printable("一\n二\t三") == "一 二 三"
    assert report.printable("🙂好") == "□好"
    assert len(report.printable("长" * 999)) == report.LONGEST + 2
    assert report.printable("a\x07b") == "a□b"
    assert report.moment("2026-09-01T08:05:00+08:00") == "2026年9月1日 08:05"
    assert report.moment("从前") == "从前"


def test_a_preview_and_an_undone_import_say_so_and_a_long_report_is_cut(monkeypatch):
    monkeypatch.setattr(report, "MOST_ROWS", 2)
    field = {"field": "note", "title": "备注", "old": "", "new": "新"}
    change = {"noun": "workrooms", "noun_title": "工作室", "label": "甲", "kind": "changed", "fields": [field] * 3}
    result = {
        "maker": {"name": "乙会"},
        "number": 1,
        "made_at": "2026-09-01T08:00:00+08:00",
        "package_sha256": "a" * 64,
        "counts": {"new": 0, "changed": 1, "deleted": 0},
        "changes": [change, {**change, "kind": "deleted", "fields": []}],
        "conflicts": [],
        "waiting": [{"text": "在等待"}],
    }
    data = report.report_data({**result, "preview": True}, words, "甲会", date(2026, 9, 1))
    assert data["state"] == "预览，尚未带回"
    assert len(data["rows"]) == 2
    assert data["notes"]
    assert data["counts"] == "修改 1 条，还在等待 1 项。"
    undone = report.report_data({**result, "undone_at": "2026-09-02T08:00:00+08:00"}, words, "甲会", date(2026, 9, 1))
    assert undone["state"] == "已撤销（2026年9月2日 08:00）"
