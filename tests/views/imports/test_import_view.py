"""导入名册 by hand: a file dropped, its columns set right and remembered, bad cells, merging field by field, undo."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from desktop.services import records
from desktop.views.imports.import_view import ImportView
from desktop.views.imports.mapping_page import LEFT_OUT
from desktop.views.imports.review_page import KEEP, TAKE
from tests.views.showing import shown


@pytest.fixture
def book(tmp_path):
    def make(*rows, name="名册.xlsx"):
        made = Workbook()
        for row in rows:
            made.active.append(row)
        made.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def view(desk, qtbot):
    def settle(_view):
        qtbot.waitUntil(lambda: not desk.operations.is_busy(), timeout=10_000)

    with shown(qtbot, ImportView(desk), settle) as made:
        yield made


def rooms(view):
    found = view.operations.read(lambda session: records.list_records(session, "workrooms"))
    return {room["name"]: room for room in found}


def opened(qtbot, view, file):
    view.open_file(file)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.mapping, timeout=10_000)


def reviewed(qtbot, view, file):
    opened(qtbot, view, file)
    qtbot.mouseClick(view.mapping.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.review, timeout=10_000)


def applied(qtbot, view):
    qtbot.mouseClick(view.review.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已导入" in view.strip.text(), timeout=10_000)
    qtbot.waitUntil(lambda: not view.operations.is_busy(), timeout=10_000)


def test_a_dropped_list_is_taken_in_and_taken_back(view, qtbot, book):
    file = book(["2026年工作室名册", None, None], ["序号", "工作室名称", "单位名称"], [1, "新甲创新工作室", "某公司"])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    left, nothing = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, left, nothing))
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.mapping, timeout=10_000)
    assert view.kind() == "workrooms"
    assert [row["title"] for row in view.mapping.model.rows()] == [LEFT_OUT, "工作室名称", "所在单位"]
    assert view.mapping.model.record(1)["samples"] == "新甲创新工作室"
    before = rooms(view)
    qtbot.mouseClick(view.mapping.go_on, left)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.review, timeout=10_000)
    assert "新增 1" in view.review.summary.text()
    (new,) = view.review.additions.rows()
    assert (new["name"], new["words"]) == ("新甲创新工作室", "所在单位 某公司")
    assert view.review.added_part.isVisibleTo(view.review)
    assert rooms(view) == before
    applied(qtbot, view)
    assert rooms(view).keys() - before.keys() == {"新甲创新工作室"}
    view.operations.undo()
    assert rooms(view) == before


def test_a_wrong_guess_is_set_right_and_remembered(view, qtbot, book):
    file = book(["室名", "挂靠", "工作室名称"], ["真名创新工作室", "某公司", "假名"])
    opened(qtbot, view, file)
    table = {row["head"]: number for number, row in enumerate(view.mapping.model.rows())}
    view.mapping.model.edited.emit(table["室名"], "title", "工作室名称")
    view.mapping.model.edited.emit(table["挂靠"], "title", "所在单位")
    assert view.mapping.model.record(table["工作室名称"])["title"] == LEFT_OUT
    qtbot.mouseClick(view.mapping.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.review, timeout=10_000)
    applied(qtbot, view)
    assert "真名创新工作室" in rooms(view)
    assert view.desk.settings.import_heads["workrooms/室名"] == "name"
    opened(qtbot, view, file)
    assert [row["title"] for row in view.mapping.model.rows()] == ["工作室名称", "所在单位", LEFT_OUT]


def test_without_a_required_column_it_does_not_go_on(view, qtbot, book):
    opened(qtbot, view, book(["工作室名称", "单位"], ["甲", "乙"]))
    view.mapping.model.edited.emit(0, "title", LEFT_OUT)
    assert not view.mapping.go_on.isEnabled()
    assert "工作室名称" in view.mapping.note.text()
    view.mapping.model.edited.emit(1, "title", "工作室名称")
    assert view.mapping.go_on.isEnabled()


def test_every_bad_cell_is_named_and_written_back(view, qtbot, book, tmp_path):
    file = book(
        ["工作室名称", "开始运行日期", "场地面积"], ["甲工作室", "2023-02-30", "大约"], ["乙工作室", "2023-02-03", 40]
    )
    before = rooms(view)
    reviewed(qtbot, view, file)
    assert [row["cell"] for row in view.review.faults.rows()] == ["B2", "C2"]
    assert "不是存在的日期" in view.review.faults.record(0)["message"]
    assert not view.review.take.isEnabled()
    view.write_bad_rows(tmp_path / "坏.xlsx")
    qtbot.waitUntil(lambda: "已写出" in view.strip.text(), timeout=10_000)
    sheet = load_workbook(tmp_path / "坏.xlsx").worksheets[0]
    assert "不是存在的日期" in sheet["B2"].comment.text
    assert sheet.max_row == 2
    assert rooms(view) == before


def test_fields_of_a_known_workroom_are_merged_one_by_one(view, qtbot, book):
    name, room = next(iter(rooms(view).items()))
    file = book(["工作室名称", "行业", "备注"], [name, "新的行业", "新的备注"])
    reviewed(qtbot, view, file)
    titles = [row["title"] for row in view.review.meetings.rows()]
    assert titles == ["行业", "备注"]
    view.review.meetings.edited.emit(0, "choice", KEEP)
    applied(qtbot, view)
    after = rooms(view)[name]
    assert (after["industry"], after["note"]) == (room["industry"], "新的备注")


def test_a_name_that_sounds_the_same_may_be_the_same(view, qtbot, book, desk):
    desk.operations.run(
        "新增",
        lambda session: records.put_records(session, "workrooms", {"name": "张伟焊接创新工作室", "industry": "机械"}),
    )
    count = len(rooms(view))
    file = book(["工作室名称", "行业"], ["张玮焊接创新工作室", "电力"])
    reviewed(qtbot, view, file)
    row = view.review.meetings.record(0)
    assert (row["old"], row["new"], row["choice"]) == ("张伟焊接创新工作室", "张玮焊接创新工作室", TAKE)
    qtbot.mouseClick(view.review.keep_all, Qt.MouseButton.LeftButton)
    applied(qtbot, view)
    assert len(rooms(view)) == count
    assert rooms(view)["张玮焊接创新工作室"]["industry"] == "电力"


def test_an_old_workbook_is_told_what_to_do(view, qtbot, tmp_path):
    old = tmp_path / "旧.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    view.open_file(old)
    qtbot.waitUntil(lambda: "另存为" in view.strip.text(), timeout=10_000)
    assert view.stack.currentWidget() is view.start


def test_a_file_that_is_no_list_is_told(view, qtbot, book):
    view.open_file(book(["随便写写"], ["一"]))
    qtbot.waitUntil(lambda: "没有认得出的表头" in view.strip.text(), timeout=10_000)
    assert view.stack.currentWidget() is view.start


def test_members_are_known_for_members(view, qtbot, book):
    name = next(iter(rooms(view)))
    opened(qtbot, view, book(["工作室", "姓名", "身份证号", "角色"], [name, "欧阳测", "", "骨干"]))
    assert view.kind() == "members"
    view.mapping.kind.committed.emit("outcomes")
    qtbot.waitUntil(lambda: view.mapping.kind.value() == "outcomes", timeout=10_000)
    assert view.mapping.note.text()


def test_a_template_is_written(view, qtbot, tmp_path):
    view.write_template(Path(tmp_path / "模板.xlsx"))
    qtbot.waitUntil(lambda: "已写好模板" in view.strip.text(), timeout=10_000)
    assert load_workbook(tmp_path / "模板.xlsx").worksheets[0]["A1"].value == "工作室名称"


def test_an_import_through_the_window_is_undone_there_too(window, settled, qtbot, book):
    file = book(["工作室", "单位"], *([f"窗口{number}创新工作室", "某公司"] for number in range(30)))
    window.go("imports", "file", str(file))
    view = window.current()
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.mapping, timeout=10_000)
    qtbot.mouseClick(view.mapping.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.review, timeout=10_000)
    qtbot.mouseClick(view.review.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已导入" in view.strip.text(), timeout=10_000)
    settled(window)
    qtbot.mouseClick(window.way_back.button, Qt.MouseButton.LeftButton)
    registry = window.view("registry")
    qtbot.waitUntil(lambda: registry.model.rowCount() == 42, timeout=10_000)
    registry.tools.field.setText("ck29cx")
    assert registry.model.rowCount() == 1
    window.undo()
    registry.tools.clear()
    qtbot.waitUntil(lambda: registry.model.rowCount() == 12, timeout=10_000)


def test_an_import_under_way_is_told_and_cancelled_in_the_window(window, settled, qtbot, book, monkeypatch):
    file = book(["工作室", "单位"], *([f"窗口{number}创新工作室", "某公司"] for number in range(900)))
    window.go("imports", "file", str(file))
    view, told = window.current(), []
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.mapping, timeout=10_000)
    qtbot.mouseClick(view.mapping.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.review, timeout=20_000)
    before = rooms(view)

    def stop(words, done, total):
        told.append((words, done, total))
        window.operations.cancel()

    window.operations.working.connect(lambda *progress: told or stop(*progress))
    qtbot.mouseClick(view.review.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: told and not view.operations.is_busy(), timeout=20_000)
    assert rooms(view) == before
    assert view.stack.currentWidget() is view.review


def test_months_are_taken_as_their_first_day_when_ticked(view, qtbot, book):
    file = book(["工作室名称", "成立时间"], ["只有月份的创新工作室", "2019年5月"])
    reviewed(qtbot, view, file)
    assert view.review.faults.rowCount() == 1
    qtbot.mouseClick(view.review.back, Qt.MouseButton.LeftButton)
    view.mapping.months.setChecked(True)
    qtbot.mouseClick(view.mapping.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.review and view.review.take.isEnabled(), timeout=10_000)
    applied(qtbot, view)
    assert rooms(view)["只有月份的创新工作室"]["established_on"] == "2019-05-01"


def test_an_empty_form_of_every_list_is_offered(view, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(tmp_path / Path(asked[2]).name), ""))
    assert [action.text() for action in view.templates.actions()][:2] == ["工作室名册…", "成员名册…"]
    view.templates.actions()[1].trigger()
    qtbot.waitUntil(lambda: "已写好模板" in view.strip.text(), timeout=10_000)
    assert load_workbook(tmp_path / "成员名册模板.xlsx").worksheets[0]["B1"].value == "姓名"


def test_a_name_that_only_sounds_alike_is_asked_about_and_may_be_the_kept_one(view, desk, qtbot, book):
    unit = desk.operations.read(lambda session: records.list_records(session, "units"))[0]
    desk.operations.run("改名", lambda s: records.put_records(s, "units", {"id": unit["id"], "name": "宏昌机械厂"}))
    file = book(["工作室名称", "所在单位"], ["读音创新工作室", "红昌机械厂"])
    reviewed(qtbot, view, file)
    assert "有 1 处名称与台账中的读音相同" in view.review.summary.text()
    qtbot.mouseClick(view.review.keep_all, Qt.MouseButton.LeftButton)
    applied(qtbot, view)
    assert rooms(view)["读音创新工作室"]["unit_id"] == unit["id"]


def test_a_long_import_is_cancelled_while_it_is_being_signed(view, qtbot, book):
    rows = ([f"长名册{number}创新工作室", f"长名册单位{number}"] for number in range(900))
    reviewed(qtbot, view, book(["工作室名称", "所在单位"], *rows))
    before, heard = rooms(view), []

    def hear(words, done, total):
        heard.append((words, done, total))
        if words == "导入：记入历程" and done > 700:
            view.operations.cancel()

    # Told in the thread of the work, so that the work cannot be over before it is heard.
    view.operations._background.working.connect(hear, Qt.ConnectionType.DirectConnection)
    qtbot.mouseClick(view.review.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not view.operations.is_busy(), timeout=30_000)
    assert heard[-1][0] == "导入：记入历程"
    assert rooms(view) == before
    # Nothing is told as an error, and the same list can be taken in at once.
    assert view.strip.text() == ""
    assert view.stack.currentWidget() is view.review
    view.operations._background.working.disconnect(hear)
    applied(qtbot, view)
    assert len(rooms(view)) == len(before) + 900


def test_a_word_nobody_knows_is_asked_once_and_remembered(view, qtbot, book):
    room = next(iter(rooms(view)))
    people = [[room, f"新人{number}", word] for number, word in enumerate(["研究生", "研究生", "本科", "怪词"])]
    file = book(["工作室", "姓名", "学历"], *people)
    reviewed(qtbot, view, file)
    asked = view.review.words
    assert list(asked.editors) == ["education/研究生", "education/怪词"]
    offered = [asked.editors["education/研究生"].control.itemText(number) for number in range(3)]
    assert offered == ["（请选择）", "硕士", "博士"]
    assert asked.editors["education/研究生"].control.currentText() == "（请选择）"
    assert view.review.faults.rowCount() == 0
    assert "有 2 个词要先说明" in view.review.summary.text()
    assert not view.review.take.isEnabled()
    assert not asked.read_so.isEnabled()
    for key, word in (("education/研究生", "博士"), ("education/怪词", "")):
        control = asked.editors[key].control
        control.setCurrentIndex(control.findData(word))
        control.activated.emit(control.currentIndex())
    assert asked.read_so.isEnabled()
    qtbot.mouseClick(asked.read_so, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.review.take.isEnabled(), timeout=10_000)
    assert asked.isVisibleTo(view.review)
    assert not asked.read_so.isEnabled()
    applied(qtbot, view)
    people = view.operations.read(lambda session: records.list_records(session, "people", {}, "新人"))
    assert {one["name"]: one["education"] for one in people} == {
        "新人0": "博士", "新人1": "博士", "新人2": "本科", "新人3": "",
    }  # fmt: skip
    assert view.desk.settings.import_words == {"members/education/研究生": "博士", "members/education/怪词": ""}
    reviewed(qtbot, view, book(["工作室", "姓名", "学历"], [room, "后来人", "研究生"], name="又一份.xlsx"))
    assert view.review.take.isEnabled()
    assert asked.answers() == {"education/研究生": "博士"}


def test_a_list_without_strange_words_asks_nothing(view, qtbot, book):
    reviewed(qtbot, view, book(["工作室名称", "级别"], ["新乙创新工作室", "县级"]))
    assert not view.review.words.isVisibleTo(view.review)
    assert view.review.take.isEnabled()
