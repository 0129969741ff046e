"""The pages of 数据交换: what is carried and onto which stick, what lies on sticks, past imports, receipts, alarms."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from desktop.services import exchange, records
from desktop.services.parcel import stick
from desktop.services.trust import alarms, anchor
from desktop.views.background import CancelledError
from desktop.views.exchange.bringing import undone_words
from desktop.views.exchange.carry_page import ELSEWHERE
from desktop.views.exchange.change_rows import author_words, change_rows, counts, detail_rows
from desktop.views.exchange.conflict_card import papers_words
from desktop.views.exchange.found_packages import package_words
from desktop.views.exchange.packing import unused
from desktop.views.exchange.partner_list import partner_words
from desktop.views.exchange.stick_watch import StickWatch, size_words
from desktop.views.exchange.trusting import trust
from tests.services.desks import make_desk


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def rest(qtbot, *windows):
    for window in windows:
        qtbot.waitUntil(lambda window=window: not window.operations.is_busy(), timeout=15_000)


def plug_in(qtbot, window):
    """Let the window see the sticks now."""
    view = window.view("exchange")
    view.watch.sticks = stick.sticks()
    view.watch.changed.emit(view.watch.sticks)
    rest(qtbot, window)
    return view


def carry_onto_stick(qtbot, window):
    view = plug_in(qtbot, window)
    view.front.partners.item(0).setCheckState(Qt.CheckState.Checked)
    click(qtbot, view.front.carry)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.carry_page, timeout=10_000)
    return view


def bring_from_stick(qtbot, window):
    view = plug_in(qtbot, window)
    click(qtbot, view.front.bring)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.preview, timeout=15_000)
    click(qtbot, view.preview.take)
    qtbot.waitUntil(lambda: "已带回" in view.strip.text(), timeout=15_000)
    rest(qtbot, window)
    return view


def delivered(qtbot, county, city):
    """The county's register on the stick, taken in at the city."""
    view = carry_onto_stick(qtbot, county)
    click(qtbot, view.carry_page.go)
    qtbot.waitUntil(lambda: "已带走" in view.strip.text(), timeout=15_000)
    rest(qtbot, county)
    return bring_from_stick(qtbot, city)


def test_before_it_is_made_a_package_says_for_whom_what_and_how_many(pair, usb, qtbot):
    county, _city = pair
    view = carry_onto_stick(qtbot, county)
    page = view.carry_page
    assert page.whom.text() == "某市总工会"
    assert "工作室 12 条" in page.what.text()
    assert "还没有确认收到的" in page.note.text()
    assert page.place() == usb[0]
    assert list(usb[0].iterdir()) == []
    page.full.setChecked(True)
    rest(qtbot, county)
    assert page.note.text() == "全部内容。"
    click(qtbot, page.back)
    assert view.stack.currentWidget() is view.front


def test_a_package_is_made_on_the_stick_which_is_then_ejected(pair, usb, qtbot, monkeypatch):
    county, _city = pair
    view = carry_onto_stick(qtbot, county)
    view.carry_page.sealed.setChecked(True)
    click(qtbot, view.carry_page.go)
    qtbot.waitUntil(lambda: "读回核对无误" in view.strip.text(), timeout=15_000)
    (made,) = usb[0].iterdir()
    assert made.name.startswith("左旗总工会-")
    assert exchange.inspect(made) | {"encrypted": True, "readable": False} == exchange.inspect(made)
    ejected = []
    monkeypatch.setattr(stick, "eject", lambda path: ejected.append(path) or len(ejected) > 1)
    for words in ("安全弹出", "可以拔下了"):
        view.packing.eject(usb[0])
        qtbot.waitUntil(lambda words=words: words in view.strip.text(), timeout=5000)
    assert ejected == [usb[0]] * 2


def test_for_several_offices_each_gets_a_package_of_its_own(pair, usb, qtbot, tmp_path):
    county, city = pair
    delivered(qtbot, county, city)
    other = make_desk(tmp_path, "右旗总工会", "县级")
    view = city.view("exchange")
    trust(view, other.document, "child")
    other.database.close()
    rest(qtbot, city)
    plug_in(qtbot, city)
    for row in range(2):
        view.front.partners.item(row).setCheckState(Qt.CheckState.Checked)
    click(qtbot, view.front.carry)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.carry_page, timeout=10_000)
    told = view.carry_page.what.text().splitlines()
    assert sorted(line.split("：")[0] for line in told) == ["右旗总工会", "左旗总工会"]
    assert "每个工会各做一个数据包" in view.carry_page.note.text()
    click(qtbot, view.carry_page.go)
    qtbot.waitUntil(lambda: "2 个工会各一个数据包" in view.strip.text(), timeout=20_000)
    made = {path.name.split("-")[1]: exchange.inspect(path) for path in usb[0].glob("某市总工会-致*.wrpack")}
    assert {name: len(found["recipients"]) for name, found in made.items()} == {"致左旗总工会": 1, "致右旗总工会": 1}


def test_a_stick_that_is_pulled_is_no_longer_offered(pair, usb, qtbot):
    county, _city = pair
    view = carry_onto_stick(qtbot, county)
    assert [button.text() for button, _path in view.carry_page._places][-1] == ELSEWHERE
    usb[1].clear()
    plug_in(qtbot, county)
    assert view.carry_page.place() is None
    assert "没有找到U盘" in view.carry_page._places[0][0].text()


def test_packages_on_the_stick_are_listed_and_the_red_action_is_the_one_due(pair, usb, qtbot):
    county, city = pair
    assert plug_in(qtbot, city).front.no_stick.isVisible()
    view = delivered(qtbot, county, city)
    assert view.front.found.item(0).text().endswith("已带回")
    assert view.front.carry.property("role") == "primary"
    records_of = county.operations.read(lambda session: records.list_records(session, "workrooms"))
    county.operations.run(
        "改名", lambda session: records.put_records(session, "workrooms", {"id": records_of[0]["id"], "name": "新名字"})
    )
    page = carry_onto_stick(qtbot, county)
    click(qtbot, page.carry_page.go)
    qtbot.waitUntil(lambda: "已带走" in page.strip.text(), timeout=15_000)
    (usb[0] / "坏.wrpack").write_bytes(b"broken")
    view = plug_in(qtbot, city)
    listed = [view.front.found.item(row).text() for row in range(view.front.found.count())]
    assert len(listed) == 3
    assert "处修改" in listed[0]
    assert listed[1].endswith("已带回")
    assert listed[2] == "坏.wrpack　打不开"
    assert view.front.bring.property("role") == "primary"


def test_a_preview_is_looked_through_by_kind(pair, usb, qtbot):
    county, city = pair
    delivered(qtbot, county, city)
    room = county.operations.read(lambda session: records.list_records(session, "workrooms"))[0]["id"]
    for window, name in ((county, "县名"), (city, "市名")):
        window.operations.run(
            "改名", lambda session, n=name: records.put_records(session, "workrooms", {"id": room, "name": n})
        )
    view = carry_onto_stick(qtbot, county)
    click(qtbot, view.carry_page.go)
    qtbot.waitUntil(lambda: "已带走" in view.strip.text(), timeout=15_000)
    view = plug_in(qtbot, city)
    click(qtbot, view.front.bring)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.preview, timeout=15_000)
    preview = view.preview
    disputed = preview.kind_buttons["conflict"]
    assert disputed.isVisible()
    assert not preview.kind_buttons["deleted"].isVisible()
    click(qtbot, disputed)
    row = next(row for row in range(preview.records.rowCount()) if preview.records.record(row)["title"] == "工作室名称")
    preview.record_table.selectRow(row)
    assert preview.field_table.model() is preview.parties
    assert {one["new"] for one in preview.parties.rows()} == {"县名", "市名"}
    assert {one["title"] for one in preview.parties.rows()} == {"左旗总工会", "某市总工会"}
    click(qtbot, preview.kind_buttons[""])
    assert preview.records.rowCount() == int(preview.kind_buttons[""].text().split()[1])


def test_a_past_import_is_looked_at_and_reported_on_paper(pair, usb, qtbot, tmp_path):
    county, city = pair
    view = delivered(qtbot, county, city)
    view.front.log.table.selectRow(0)
    click(qtbot, view.front.log.look_button)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.preview, timeout=10_000)
    assert not view.preview.take.isVisible()
    assert view.preview.receipt.isVisible()
    assert "已带回" in view.preview.summary.text()
    labels = {row["label"] for row in view.preview.records.rows() if row["noun"] == "workrooms"}
    assert len(labels) == 12
    view.paperwork.save_result(view.bringing.result, tmp_path / "报告.pdf")
    qtbot.waitUntil(lambda: "已保存到" in view.strip.text(), timeout=20_000)
    with pypdfium2.PdfDocument(tmp_path / "报告.pdf") as book:
        words = "".join(page.get_textpage().get_text_range() for page in book)
    assert "数据包带回情况报告" in words
    assert "左旗总工会" in words


def test_a_receipt_is_written_and_what_was_returned_waits_below(pair, usb, qtbot):
    county, city = pair
    view = delivered(qtbot, county, city)
    view.front.log.table.selectRow(0)
    click(qtbot, view.front.log.look_button)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.preview, timeout=10_000)
    click(qtbot, view.preview.receipt)
    page = view.receipt_page
    assert view.stack.currentWidget() is page
    assert {row["verdict"] for row in page.model.rows()} == {"接收"}
    place = next(n for n in range(page.model.rowCount()) if page.model.record(n)["noun"] == "workrooms")
    page.table.selectRow(place)
    click(qtbot, page.give_back)
    assert page.reason.error() == "请写明退回的原因"
    qtbot.keyClicks(page.reason.control, "no photo")
    click(qtbot, page.give_back)
    assert page.model.record(place)["verdict"] == "退回"
    page.table.selectRow(place)
    click(qtbot, page.take)
    assert page.model.record(place)["verdict"] == "接收"
    page.table.selectRow(place)
    click(qtbot, page.give_back)
    view.receipting.write(usb[0] / "回执.wrpack")
    qtbot.waitUntil(lambda: "退回 1 条" in view.strip.text(), timeout=15_000)
    rest(qtbot, city)
    assert not view.front.returned.isVisible()
    exchange.import_package(county.operations.database, usb[0] / "回执.wrpack")
    mine = county.view("exchange")
    mine.refresh(frozenset())
    mine.go_front()
    assert mine.front.returned.text() == "上级退回 1 条，去修改"
    click(qtbot, mine.front.returned)
    assert mine.receipt_page.model.record(0)["reason"] == "no photo"
    asked = []
    county.desk.go.connect(lambda *place: asked.append(place))
    click(qtbot, mine.receipt_page.go)
    assert asked[0][:2] == ("registry", "workrooms")


def test_many_conflicts_alike_are_settled_by_one_click(pair, usb, qtbot):
    county, city = pair
    delivered(qtbot, county, city)
    rooms = county.operations.read(lambda session: records.list_records(session, "workrooms"))
    for window, who in ((county, "县"), (city, "市")):
        rows = [{"id": room["id"], "contact": f"{who}{room['name'][:4]}"} for room in rooms]
        window.operations.run("改联系人", lambda session, rows=rows: records.put_records(session, "workrooms", rows))
    page = carry_onto_stick(qtbot, county)
    click(qtbot, page.carry_page.go)
    qtbot.waitUntil(lambda: "已带走" in page.strip.text(), timeout=15_000)
    view = bring_from_stick(qtbot, city)
    click(qtbot, view.front.disputes)
    group = next(one for one in view.conflicts.groups if len(one._group.ids) == 12)
    button = next(button for button, _office in group.buttons if "左旗总工会" in button.text())
    click(qtbot, button)
    qtbot.waitUntil(lambda: "已一次定下 12 处" in view.strip.text(), timeout=15_000)
    rest(qtbot, city)
    held = city.operations.read(lambda session: records.list_records(session, "workrooms"))
    assert {room["contact"][:1] for room in held} == {"县"}
    assert not [card for card in view.conflicts.cards if card.conflict["title"] == "联系人"]


def test_a_long_list_of_conflicts_comes_in_portions(pair, usb, qtbot, monkeypatch):
    county, city = pair
    delivered(qtbot, county, city)
    rooms = county.operations.read(lambda session: records.list_records(session, "workrooms"))
    for window, who in ((county, "县"), (city, "市")):
        rows = [{"id": room["id"], "contact": who, "region": who} for room in rooms]
        window.operations.run("改", lambda session, rows=rows: records.put_records(session, "workrooms", rows))
    page = carry_onto_stick(qtbot, county)
    click(qtbot, page.carry_page.go)
    qtbot.waitUntil(lambda: "已带走" in page.strip.text(), timeout=15_000)
    view = bring_from_stick(qtbot, city)
    click(qtbot, view.front.disputes)
    assert view.settling.total >= 24
    assert len(view.conflicts.cards) == 20
    assert view.conflicts.more.isVisible()
    click(qtbot, view.conflicts.more)
    assert len(view.conflicts.cards) == view.settling.total
    assert not view.conflicts.more.isVisible()


def test_an_alarm_stays_until_it_was_read(city, qtbot):
    city.operations.run(
        "提醒", lambda session: anchor.raise_alarm(alarms.capture.driver(session.connection()), "fork", "同一编号")
    )
    view = city.view("exchange")
    view.refresh(frozenset())
    assert view.strip.text() == "同一编号"
    click(qtbot, view.strip._button)
    assert city.operations.read(alarms.unseen) == []
    view.refresh(frozenset())
    assert view.strip.text() == ""


def test_the_key_card_is_saved(city, qtbot, tmp_path):
    view = city.view("exchange")
    view.paperwork.save_key_card(tmp_path / "密钥卡.pdf")
    qtbot.waitUntil(lambda: "已保存到" in view.strip.text(), timeout=15_000)
    with pypdfium2.PdfDocument(tmp_path / "密钥卡.pdf") as book:
        assert "某市总工会" in book[0].get_textpage().get_text_range()


@pytest.mark.parametrize("stage", ["核对签名", "写入台账"])
def test_taking_in_can_be_cancelled_and_changes_nothing(pair, usb, qtbot, stage):
    county, city = pair
    above = city.desk.office_id
    county.operations.run("带走", lambda session: exchange.export_package(session, usb[0] / "a.wrpack", [above]))

    def cancel(_done, _total, words):
        if words == stage:
            raise CancelledError

    with pytest.raises(CancelledError):
        exchange.import_package(city.operations.database, usb[0] / "a.wrpack", report_progress=cancel)
    assert city.operations.read(lambda session: records.list_records(session, "workrooms")) == []
    assert city.operations.read(exchange.exchanges) == []


def test_making_can_be_cancelled_and_leaves_no_file(pair, usb):
    county, city = pair

    def cancel(_done, _total, words):
        if words == "写入并读回核对":
            raise CancelledError

    above = city.desk.office_id
    with pytest.raises(CancelledError):
        county.operations.run(
            "带走",
            lambda session: exchange.export_package(session, usb[0] / "a.wrpack", [above], report_progress=cancel),
        )
    assert list(usb[0].iterdir()) == []
    assert county.operations.read(exchange.exchanges) == []


def test_the_watch_tells_only_of_changes(usb, qtbot):
    watch = StickWatch()
    heard = []
    watch.changed.connect(heard.append)
    for _ in range(3):
        watch._begin()
        watch._thread.join()
        qtbot.wait(20)
    assert [[one.name for one in found] for found in heard] == [["我的U盘"]]
    usb[1].clear()
    watch._begin()
    watch._thread.join()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1] == []


def test_words():
    assert [size_words(count) for count in (12, 4_100, 64_000_000, 8_000_000_000)] == [
        "12 字节",
        "4.1 KB",
        "64 MB",
        "8.0 GB",
    ]
    assert papers_words([]) == "还没有公文用过"
    papers = [{"number": f"甲工发〔2026〕{n}号", "title": "", "id": str(n)} for n in range(5)]
    assert papers_words(papers).endswith("等 5 份")
    found = {"fault": "坏了", "path": str(Path("/x/坏.wrpack"))}
    assert package_words(found) == "坏.wrpack　打不开"
    partner = {"name": "某会", "relation": "child", "last_heard": None, "revoked_at": "2026"}
    assert partner_words(partner, 3) == "某会（下级）　待带走 3 条　还没有收到过它的数据包　密钥已作废"
    assert author_words({"operator": "张三", "at": "不是时间"}) == "张三"


def test_rows_of_waiting_and_deleted():
    waiting = {"kind": "record", "text": "在等待上一个包"}
    gone = {
        "noun": "workrooms", "noun_title": "工作室", "id": "1", "label": "甲", "kind": "deleted",
        "fields": [{"field": "name", "title": "名称", "old": "甲", "new": None}],
    }  # fmt: skip
    result = {"changes": [gone], "conflicts": [], "waiting": [waiting], "counts": {"deleted": 7}}
    rows = change_rows(result)
    assert counts(rows, result) == {"new": 0, "changed": 0, "deleted": 7, "conflict": 0, "waiting": 1}
    words = [detail_rows(row, lambda _noun, _field, value: str(value)) for row in rows]
    assert words == [[{"title": "名称", "old": "甲", "new": ""}], [{"title": "", "old": "", "new": "在等待上一个包"}]]


def test_a_package_made_in_the_same_second_replaces_no_other(tmp_path):
    first = tmp_path / "县-致市-20260901-080000.wrpack"
    assert unused(first) == first
    first.write_bytes(b"1")
    second = unused(first)
    assert second.name == "县-致市-20260901-080000-2.wrpack"
    second.write_bytes(b"2")
    assert unused(first).name == "县-致市-20260901-080000-3.wrpack"


@pytest.mark.parametrize(
    ("records", "kept", "words"),
    [
        (3, 0, "已撤销此次导入，其后的修改都保留。"),
        (3, 2, "已撤销此次导入：收回 3 条；2 条后来又改过，保持现状，需要时请手工更正。"),
        (0, 2, "没有可以收回的内容：2 条后来又改过，保持现状，需要时请手工更正。"),
    ],
)
def test_an_import_taken_back_tells_what_stays(records, kept, words):
    assert undone_words({"records": records, "kept": kept}) == words
