"""The line on a record that tells what the office above said: accepted, returned, overtaken, and of its parts."""

from desktop.services import receipts
from desktop.services.parcel import noted
from tests.services.desks import pack, settle, take


def note(desk, noun, row):
    with desk.database.reading() as session:
        return noted.note_for(session, noun, row)


def answered(tmp_path, city, county, *returned):
    """Report upward, answer with a receipt that returns these (noun, id, reason), bring it back."""
    settle([city, county], tmp_path, rounds=1)
    result = take(city, pack(county, city, tmp_path, full=True))
    import_id = result["import_id"] or city.value("SELECT uuid FROM sync_import ORDER BY id DESC LIMIT 1")
    for noun, row, reason in returned:
        with city.edit() as session:
            receipts.return_record(session, import_id, noun, row, reason)
    out = tmp_path / f"回执{len(list(tmp_path.glob('回执*')))}.wrpack"
    receipts.write_receipt(city.database, out, import_id, "王处长")
    take(county, out)


def test_nothing_is_said_before_a_receipt(offices):
    _city, county = offices
    assert note(county, "workrooms", county.workroom()) is None


def test_an_accepted_record_says_so_and_an_edit_overtakes_it(tmp_path, offices):
    city, county = offices
    room = county.workroom("甲工作室")
    answered(tmp_path, city, county)
    found = note(county, "workrooms", room)
    assert not found.returned
    assert "甲市总工会于" in found.words
    assert found.words.endswith("接收。")
    county.run("UPDATE workrooms SET note = '又改了'")
    assert "此后又有修改" in note(county, "workrooms", room).words


def test_a_returned_record_tells_why_until_it_is_changed(tmp_path, offices):
    city, county = offices
    room, other = county.workroom("甲工作室"), county.workroom("乙工作室")
    answered(tmp_path, city, county, ("workrooms", room, "面积不足"))
    found = note(county, "workrooms", room)
    assert found.returned
    assert "退回，原因：面积不足" in found.words
    assert not note(county, "workrooms", other).returned
    county.run("UPDATE workrooms SET venue_area_sqm = 4000 WHERE id = :id", id=room)
    assert not note(county, "workrooms", room).returned


def test_a_returned_member_shows_on_its_workroom(tmp_path, offices):
    city, county = offices
    room, other = county.workroom("甲工作室"), county.workroom("乙工作室")
    member = county.member(room, county.person("王五"))
    answered(tmp_path, city, county, ("members", member, "年龄不符"))
    found = note(county, "workrooms", room)
    assert found.returned
    assert "成员“王五 · 甲工作室”被退回：年龄不符" in found.words
    assert not note(county, "workrooms", other).returned
