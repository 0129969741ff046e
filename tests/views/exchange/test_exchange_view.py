"""数据交换 by hand: two offices, a package there and back, its preview, undo, conflicts, refusals."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from desktop.services import identity, records
from desktop.views.exchange.change_rows import change_words
from desktop.views.exchange.exchange_log import partner_names
from desktop.views.exchange.partner_list import heard_text
from desktop.views.exchange.trusting import write_identity
from desktop.views.value_words import specs_of, value_words


def carry(qtbot, giver, taker, path):
    giver.view("exchange").export_to(path, [taker.desk.office_id])
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not giver.operations.is_busy())
    return path


def preview(qtbot, taker, path):
    view = taker.view("exchange")
    view.inspect(path)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.preview, timeout=10_000)
    return view


def bring(qtbot, taker, path):
    view = preview(qtbot, taker, path)
    qtbot.mouseClick(view.preview.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已带回" in view.strip.text(), timeout=10_000)
    qtbot.waitUntil(lambda: not taker.operations.is_busy())
    return view


def rooms(window):
    return window.operations.read(lambda session: records.list_records(session, "workrooms"))


def rename(window, room, name):
    window.operations.run("改名", lambda session: records.put_records(session, "workrooms", {"id": room, "name": name}))


def about_name(view):
    return next((card for card in view.conflicts.cards if card.conflict["title"] == "工作室名称"), None)


def test_alone_there_is_nobody_to_carry_to(window, settled):
    window.show_view("exchange")
    settled(window)
    view = window.view("exchange")
    assert view.front.nobody.isVisible()
    assert not view.front.log.table.isVisible()


def test_a_register_goes_up_and_is_looked_at_first(pair, qtbot, tmp_path):
    county, city = pair
    assert "待带走" in county.view("exchange").front.partners.item(0).text()
    path = carry(qtbot, county, city, tmp_path / "上报.wrpack")
    assert "已带走" in county.view("exchange").strip.text()
    view = preview(qtbot, city, path)
    assert view.preview.title.text().startswith("左旗总工会 的第 1 号数据包")
    assert "新增" in view.preview.summary.text()
    assert rooms(city) == []
    labels = [record["label"] for record in view.preview.records.rows() if record["noun"] == "workrooms"]
    assert sorted(labels) == sorted(room["name"] for room in rooms(county))
    row = next(n for n, record in enumerate(view.preview.records.rows()) if record["noun"] == "workrooms")
    view.preview.record_table.selectRow(row)
    assert any(field["title"] == "工作室名称" for field in view.preview.fields.rows())
    qtbot.mouseClick(view.preview.leave, Qt.MouseButton.LeftButton)
    assert view.stack.currentWidget() is view.front
    assert rooms(city) == []


def test_taking_in_is_logged_and_taken_back(pair, qtbot, tmp_path):
    county, city = pair
    path = carry(qtbot, county, city, tmp_path / "上报.wrpack")
    view = bring(qtbot, city, path)
    assert len(rooms(city)) == 12
    assert view.front.log.model.record(0)["partner"] == "左旗总工会"
    again = preview(qtbot, city, path)
    assert "都已经有了" in again.preview.note.text()
    assert not again.preview.take.isEnabled()
    again.go_front()
    view.front.log.table.selectRow(0)
    assert view.front.log.undo_button.isEnabled()
    qtbot.mouseClick(view.front.log.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rooms(city) == [])
    qtbot.waitUntil(lambda: "已撤销" in view.strip.text())
    view.front.log.table.selectRow(0)
    assert not view.front.log.undo_button.isEnabled()


def test_what_was_carried_no_longer_waits(pair, qtbot, tmp_path):
    county, city = pair
    assert county.desk.waiting_count() > 0
    assert county.desk.waiting_tasks()[0].title == "某市总工会"
    carry(qtbot, county, city, tmp_path / "一.wrpack")
    assert county.desk.waiting_count() == 0
    rename(county, rooms(county)[0]["id"], "又改了")
    assert county.desk.waiting_count() == 1
    qtbot.waitUntil(lambda: county.status.waiting.text() == "待带走 1 条")


def test_two_edits_apart_are_listed_and_one_is_taken(pair, qtbot, tmp_path):
    county, city = pair
    bring(qtbot, city, carry(qtbot, county, city, tmp_path / "一.wrpack"))
    room = rooms(county)[0]["id"]
    rename(county, room, "县里改的")
    rename(city, room, "市里改的")
    view = bring(qtbot, city, carry(qtbot, county, city, tmp_path / "二.wrpack"))
    assert view.front.disputes.isVisible()
    qtbot.mouseClick(view.front.disputes, Qt.MouseButton.LeftButton)
    card = about_name(view)
    names = [button.accessibleName() for button, _write in card.buttons]
    chosen = next(button for button, _write in card.buttons if "县里改的" in button.accessibleName())
    assert any("市里改的" in name for name in names)
    qtbot.mouseClick(chosen, Qt.MouseButton.LeftButton)
    assert next(r for r in rooms(city) if r["id"] == room)["name"] == "县里改的"
    assert about_name(view) is None
    for left in list(view.conflicts.cards):
        assert not any(len(button.accessibleName()) > 80 for button, _write in left.buttons)
    # Each office entered the other as its parent or child: that is settled the same way.
    while view.conflicts.cards:
        qtbot.mouseClick(view.conflicts.cards[0].buttons[0][0], Qt.MouseButton.LeftButton)
    assert "没有冲突" in view.conflicts.title.text()


def test_a_third_value_settles_a_conflict_too(pair, qtbot, tmp_path):
    county, city = pair
    bring(qtbot, city, carry(qtbot, county, city, tmp_path / "一.wrpack"))
    room = rooms(county)[0]["id"]
    rename(county, room, "县")
    rename(city, room, "市")
    view = bring(qtbot, city, carry(qtbot, county, city, tmp_path / "二.wrpack"))
    qtbot.mouseClick(view.front.disputes, Qt.MouseButton.LeftButton)
    card = about_name(view)
    assert not card.give.isEnabled()
    qtbot.keyClicks(card.other.control, "Third")
    qtbot.mouseClick(card.give, Qt.MouseButton.LeftButton)
    assert next(r for r in rooms(city) if r["id"] == room)["name"] == "Third"


def test_a_damaged_package_is_refused_in_words(pair, qtbot, tmp_path, settled):
    county, city = pair
    path = carry(qtbot, county, city, tmp_path / "坏.wrpack")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    view = city.view("exchange")
    view.inspect(path)
    qtbot.waitUntil(lambda: bool(view.strip.text()))
    assert view.stack.currentWidget() is view.front
    assert rooms(city) == []
    view.inspect(tmp_path / "没有.wrpack")
    qtbot.waitUntil(lambda: "没有.wrpack" in view.strip.text())


def test_a_stick_that_cannot_be_written_is_told(pair, qtbot, tmp_path):
    county, city = pair
    view = county.view("exchange")
    view.export_to(tmp_path / "没有这个盘" / "x" / "y.wrpack", [city.desk.office_id])
    qtbot.waitUntil(lambda: bool(view.strip.text()), timeout=5000)
    assert county.desk.waiting_count() > 0 or "已带走" in view.strip.text()


def test_a_dropped_package_is_previewed(pair, qtbot, tmp_path):
    county, city = pair
    path = carry(qtbot, county, city, tmp_path / "拖.wrpack")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    city.dropEvent(event)
    view = city.view("exchange")
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.preview)


def test_nothing_is_carried_to_nobody(pair):
    county, _city = pair
    view = county.view("exchange")
    view.front.partners.item(0).setCheckState(Qt.CheckState.Unchecked)
    view.packing.begin()
    assert "勾选" in view.strip.text()


def test_the_identity_file_is_written_with_its_fingerprint(window, tmp_path, settled):
    window.show_view("exchange")
    view = window.view("exchange")
    write_identity(view, tmp_path / "身份.json")
    document = identity.load_identity(tmp_path / "身份.json")
    assert document["fingerprint"] in view.strip.text()
    write_identity(view, tmp_path / "没有" / "身份.json")
    assert "不能写入" in view.strip.text()


def test_values_are_told_in_words(window):
    room = rooms(window)[0]

    def words(field, value):
        return window.operations.read(lambda session: value_words(session, "workrooms", field, value))

    told = [
        words(*pair)
        for pair in (
            ("name", ""),
            ("venue_fixed", True),
            ("tags", ["甲", "乙"]),
            ("unit_funding_yuan", "1200.00"),
            ("established_on", "2026-09-01"),
            ("venue_area_sqm", 25.5),
            ("nonsense", "x"),
        )
    ]
    assert told == ["（空）", "是", "甲、乙", "1,200.00 元", "2026年9月1日", "25.5", "x"]
    assert words("office_id", room["office_id"]) == "左旗总工会"
    assert words("unit_id", "00000000-0000-0000-0000-000000000000") == "（不在本机的记录）"
    assert specs_of("nothing of the kind") == {}


def test_words_of_counts_and_names():
    result = {"counts": {"new": 2, "changed": 0, "deleted": 1}, "conflicts": [1], "waiting": []}
    assert change_words(result) == "新增 2 条，删除 1 条，两边都改过 1 处。"
    assert change_words({"counts": {}, "conflicts": [], "waiting": []}) == "没有新的变化。"
    assert heard_text(None) == "还没有收到过它的数据包"
    assert partner_names({"with": '["a", "b"]'}, {"a": "甲会"}) == "甲会、b"
