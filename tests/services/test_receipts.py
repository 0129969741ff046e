"""Receipts: what an office above accepted or returned comes back and shows on each record."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import BadInput, NotAllowed, NotFound, StorageFault
from desktop.services import exchange, receipts
from tests.services.desks import carry, make_desk, pack, settle, state_of, take


def give_back(desk, import_id, noun, row, reason):
    with desk.edit("王科员") as session:
        return receipts.return_record(session, import_id, noun, row, reason)


def answer(giver, taker, import_id, folder, **options):
    told = receipts.write_receipt(giver.database, folder / "回执.wrpack", import_id, "王科员", **options)
    take(taker, folder / "回执.wrpack")
    return told


def heard(desk, row, noun="workrooms"):
    with desk.database.reading() as session:
        return receipts.receipts_for(session, noun, row)


def verdicts(desk, row):
    return [(one["verdict"], one["reason"], one["current"]) for one in heard(desk, row)]


def test_what_was_accepted_and_what_was_returned_shows_below_on_each_record(offices, tmp_path):
    city, county = offices
    good, bad = county.workroom("焊接工作室"), county.workroom("电工工作室")
    import_id = carry(county, city, tmp_path)["import_id"]
    assert heard(county, good) == []
    give_back(city, import_id, "workrooms", bad, "场地面积没有填写")
    told = answer(city, county, import_id, tmp_path)
    assert {(item["id"], item["verdict"], item["reason"]) for item in told["items"] if item["noun"] == "workrooms"} == {
        (good, "接收", ""),
        (bad, "退回", "场地面积没有填写"),
    }
    assert (told["returned"], told["accepted"]) == (1, len(told["items"]) - 1)
    assert verdicts(county, good) == [("接收", "", True)]
    assert verdicts(county, bad) == [("退回", "场地面积没有填写", True)]
    said = heard(county, bad)[0]
    assert (said["office"], said["operator"], said["package_number"]) == ("甲市总工会", "王科员", 1)
    assert verdicts(city, bad) == verdicts(county, bad)


def test_a_verdict_is_about_one_version_and_a_mended_record_gets_another(offices, tmp_path):
    city, county = offices
    room = county.workroom("电工工作室")
    first = carry(county, city, tmp_path)["import_id"]
    give_back(city, first, "workrooms", room, "名称不规范")
    answer(city, county, first, tmp_path)
    with county.database.reading() as session:
        assert [(one["id"], one["reason"]) for one in receipts.returned_records(session)] == [(room, "名称不规范")]
        assert receipts.latest_verdicts(session, "workrooms", [room]) == {room: "退回"}
    county.run("UPDATE workrooms SET name = '王五电工创新工作室' WHERE id = :row", row=room)
    assert verdicts(county, room) == [("退回", "名称不规范", False)]
    with county.database.reading() as session:
        assert receipts.returned_records(session) == []
        assert receipts.latest_verdicts(session, "workrooms", [room]) == {}
    second = carry(county, city, tmp_path)["import_id"]
    answer(city, county, second, tmp_path)
    assert verdicts(county, room) == [("接收", "", True), ("退回", "名称不规范", False)]
    assert heard(county, room)[0]["version"] != heard(county, room)[1]["version"]


def test_the_list_of_exchanges_tells_what_was_said_of_each_package(offices, tmp_path):
    city, county = offices
    room = county.workroom("电工工作室")
    first = carry(county, city, tmp_path)["import_id"]
    give_back(city, first, "workrooms", room, "名称不规范")
    answer(city, county, first, tmp_path)
    county.run("UPDATE workrooms SET name = '王五电工创新工作室' WHERE id = :row", row=room)
    answer(city, county, carry(county, city, tmp_path)["import_id"], tmp_path)
    county.run("UPDATE workrooms SET note = '还没有送' WHERE id = :row", row=room)
    pack(county, city, tmp_path)
    said = {"office": "甲市总工会", "returned": 1}
    for desk, direction in ((county, "export"), (city, "import")):
        with desk.database.reading() as session:
            found = {
                one["number"]: one["receipt"] for one in exchange.exchanges(session) if one["direction"] == direction
            }
        assert found == {1: said, 2: {**said, "returned": 0}} | ({3: None} if desk is county else {})


def test_the_verdicts_of_a_whole_list_are_those_of_each_record(offices, tmp_path):
    city, county = offices
    rooms = [county.workroom(f"工作室{number}", leader_id=county.person(phone=str(number))) for number in range(8)]
    for turn in range(3):
        import_id = carry(county, city, tmp_path)["import_id"]
        give_back(city, import_id, "workrooms", rooms[turn], "缺材料") if turn < 1 else None
        answer(city, county, import_id, tmp_path)
        for room in rooms[: 3 - turn]:
            county.run("UPDATE workrooms SET note = :note WHERE id = :room", note=f"第{turn}稿", room=room)
    county.run("DELETE FROM workrooms WHERE id = :room", room=rooms[7])
    for desk in offices:
        with desk.database.reading() as session:
            found = receipts.latest_verdicts(session, "workrooms", [*rooms, "没有这条"])
            each = {room: receipts.receipts_for(session, "workrooms", room) for room in rooms}
        assert found == {room: said[0]["verdict"] for room, said in each.items() if said and said[0]["current"]}
    with county.database.reading() as session:
        assert receipts.latest_verdicts(session, "workrooms", rooms) == dict.fromkeys(rooms[1:7], "接收")


def test_a_receipt_written_again_says_what_is_said_now(offices, tmp_path):
    city, county = offices
    room, other = county.workroom("电工工作室"), county.workroom("焊接工作室")
    import_id = carry(county, city, tmp_path)["import_id"]
    give_back(city, import_id, "workrooms", room, "缺材料")
    first = answer(city, county, import_id, tmp_path)
    again = receipts.write_receipt(city.database, tmp_path / "again.wrpack", import_id, "王科员")
    assert again["receipt"] == first["receipt"]
    assert take(county, tmp_path / "again.wrpack")["applied"] == 0
    with city.edit() as session:
        receipts.accept_record(session, import_id, "workrooms", room)
    give_back(city, import_id, "workrooms", other, "重复申报")
    answer(city, county, import_id, tmp_path)
    assert verdicts(county, room) == [("接收", "", True)]
    assert verdicts(county, other) == [("退回", "重复申报", True)]
    assert county.value("SELECT count(*) FROM receipts") == 1


def test_a_receipt_can_be_sealed_and_survives_a_stick_that_failed(offices, tmp_path):
    city, county = offices
    room = county.workroom("电工工作室")
    import_id = carry(county, city, tmp_path)["import_id"]
    give_back(city, import_id, "workrooms", room, "机密原因")
    with pytest.raises(StorageFault):
        receipts.write_receipt(city.database, tmp_path / "nowhere" / "a.wrpack", import_id)
    answer(city, county, import_id, tmp_path, encrypt=True)
    assert exchange.inspect(tmp_path / "回执.wrpack")["readable"] is False
    assert verdicts(county, room) == [("退回", "机密原因", True)]


def test_only_what_was_brought_can_be_returned_and_only_with_a_reason(offices, tmp_path):
    city, county = offices
    room = county.workroom("电工工作室")
    import_id = carry(county, city, tmp_path)["import_id"]
    later = county.workroom("后来的工作室")
    with pytest.raises(NotFound):
        give_back(city, import_id, "workrooms", later, "不在其中")
    with pytest.raises(NotFound):
        give_back(city, "没有这次", "workrooms", room, "不在其中")
    for reason in ("", "  ", "长" * 2_001):
        with pytest.raises(BadInput):
            give_back(city, import_id, "workrooms", room, reason)
    city.run("UPDATE workrooms SET note = '上级批注' WHERE id = :row", row=room)
    down = carry(city, county, tmp_path)["import_id"]
    with county.database.reading() as session, pytest.raises(NotAllowed, match="上级"):
        receipts.items_of_import(session, down)
    exchange.undo_import(city.database, import_id)
    with pytest.raises(NotAllowed, match="撤销"):
        give_back(city, import_id, "workrooms", room, "迟了")


def test_nobody_below_can_give_himself_a_receipt(offices, tmp_path):
    """A row in the office's own scope is not the word of the office above: the author of the write decides."""
    city, county = offices
    room = county.workroom("电工工作室")
    import_id = carry(county, city, tmp_path)["import_id"]
    give_back(city, import_id, "workrooms", room, "缺材料")
    answer(city, county, import_id, tmp_path)
    changes = county.value("SELECT changes FROM receipts")
    county.run(
        "INSERT INTO receipts (id, office_id, package_number, package_sha256, package_made_at, changes, issued_by) "
        "VALUES ('forged', :office, 9, '', '', :changes, '甲市总工会')",
        office=county.office,
        changes=changes,
    )
    assert verdicts(county, room) == [("退回", "缺材料", True)]
    county.run("DELETE FROM receipt_items")
    carry(county, city, tmp_path)
    assert [one["receipt"] for one in heard(city, room)] != ["forged"]
    county.run("UPDATE receipts SET issued_by = '别人' WHERE id != 'forged'")
    assert heard(county, room) == []


def test_a_sister_office_never_sees_the_reasons(offices, tmp_path):
    city, county = offices
    sister = make_desk(tmp_path, "丙县总工会", "县级", city)
    room = county.workroom("电工工作室")
    import_id = carry(county, city, tmp_path)["import_id"]
    give_back(city, import_id, "workrooms", room, "只告诉乙县")
    answer(city, county, import_id, tmp_path)
    carry(city, sister, tmp_path, full=True)
    assert sister.rows("SELECT * FROM receipts") == []
    assert sister.rows("SELECT * FROM receipt_items") == []
    assert "只告诉乙县".encode() not in pack(city, sister, tmp_path, full=True).read_bytes()
    sister.database.close()


def test_a_deleted_record_and_one_made_in_several_steps_have_their_verdict(offices, tmp_path):
    city, county = offices
    person = county.person("李四", id_number="152301198001010011")
    room = county.workroom("焊接工作室", leader_id=person)
    county.run("UPDATE workrooms SET note = '补充' WHERE id = :row", row=room)
    carry(county, city, tmp_path)
    county.run("DELETE FROM workrooms WHERE id = :row", row=room)
    import_id = carry(county, city, tmp_path)["import_id"]
    told = answer(city, county, import_id, tmp_path)
    assert room in {item["id"] for item in told["items"]}
    assert verdicts(county, room) == [("接收", "", True)]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.booleans()), min_size=4, max_size=12))
def test_every_version_that_arrived_has_exactly_one_verdict_and_both_sides_agree(tmp_path_factory, plan):
    folder = tmp_path_factory.mktemp("receipts")
    city = make_desk(folder, "甲市总工会", "市级")
    county = make_desk(folder, "乙县总工会", "县级", city)
    rooms = [county.workroom(f"工作室{number}") for number in range(5)]
    expected: dict[str, list[str]] = {room: [] for room in rooms}
    for number, (place, returned, carried) in enumerate(plan):
        county.run("UPDATE workrooms SET note = :note WHERE id = :row", note=f"第{number}次", row=rooms[place])
        if carried:
            import_id = carry(county, city, folder)["import_id"]
            with city.database.reading() as session:
                items = {one["id"] for one in receipts.items_of_import(session, import_id) if one["id"] in rooms}
            if returned:
                give_back(city, import_id, "workrooms", rooms[place], f"原因{number}")
            answer(city, county, import_id, folder)
            for room in items:
                expected[room].insert(0, "退回" if returned and room == rooms[place] else "接收")
    settle([city, county], folder)
    for room in rooms:
        assert [one["verdict"] for one in heard(county, room)] == expected[room]
        assert heard(county, room) == heard(city, room)
        assert sum(one["current"] for one in heard(county, room)) <= 1
    assert state_of(city)
    for desk in (city, county):
        desk.database.close()
