"""Parts of the register by themselves: the rows of a workroom, the history in words, values, files, columns."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.views.message_strip import MessageStrip
from desktop.views.record_table_model import Column
from desktop.views.registry.attachment_list import copy_under_name, size_text
from desktop.views.registry.child_table import ChildTable
from desktop.views.registry.history_list import FIRST, HistoryLine, HistoryList, history_lines, moment_words
from desktop.views.value_words import NOTHING, record_name, specs_of, value_words

COLUMNS = (Column("name", "课题名称", 0, editable=True), Column("status", "进展", 100))


@pytest.fixture
def room(desk):
    return desk.operations.read(lambda session: records.list_records(session, "workrooms"))[0]


def listed(desk, noun, **where):
    return desk.operations.read(lambda session: records.list_records(session, noun, where))


@pytest.fixture
def strip(qtbot):
    made = MessageStrip()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def topics(desk, room, strip, qtbot):
    table = ChildTable(desk, strip, "topics", "课题", COLUMNS, lambda: {"workroom_id": room["id"], "name": "新课题"})
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    table.reread = lambda *_: table.show_rows(listed(desk, "topics", workroom_id=room["id"]))
    desk.operations.changed.connect(table.reread)
    table.reread()
    return table


def test_rows_or_a_word_that_there_are_none(topics):
    topics.show_rows([])
    assert topics.nothing.isVisible()
    assert topics.nothing.text() == "还没有课题。"
    assert not topics.table.isVisible()
    assert not topics.delete_button.isVisible()
    topics.reread()
    assert topics.table.isVisible() is (topics.count() > 0)


def test_a_row_is_added_and_opened_for_typing(topics, desk, room, qtbot):
    before = topics.count()
    with qtbot.waitSignal(topics.added) as added:
        qtbot.mouseClick(topics.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: topics.model.row_of(added.args[0]) in topics.table.selected_rows())
    assert topics.count() == before + 1
    assert topics.delete_button.isEnabled()


def test_an_edit_is_stored_and_a_refusal_told(topics, desk, strip, qtbot):
    topics.add()
    row = topics.count() - 1
    record = topics.model.record(row)
    topics.model.setData(topics.model.index(row, 0), "改了名")
    stored = desk.operations.read(lambda session: records.get_record(session, "topics", record["id"]))
    assert stored["name"] == "改了名"
    topics.model.edited.emit(topics.model.row_of(record["id"]), "status", "随便")
    assert "随便" in strip.text()
    again = desk.operations.read(lambda session: records.get_record(session, "topics", record["id"]))
    assert again == stored


def test_deleted_rows_come_back_as_they_were(topics, desk, strip):
    topics.add()
    topics.add()
    before = listed(desk, "topics")
    topics._delete([0, 1])
    assert len(listed(desk, "topics")) == len(before) - 2
    assert "已删除2条课题" in strip.text()
    desk.operations.undo()
    assert listed(desk, "topics") == before


def test_a_table_that_adds_nothing_has_no_button(desk, strip, qtbot):
    table = ChildTable(desk, strip, "topics", "课题", COLUMNS)
    qtbot.addWidget(table)
    table.show()
    table.show_rows([])
    assert not table.add_button.isVisible()
    table.add()
    assert table.count() == 0


def test_history_tells_each_change_in_words_the_newest_first(desk, room):
    for data in ({"unit_funding_yuan": "1500.00"}, {"venue_fixed": not room["venue_fixed"]}):
        desk.operations.run(
            "改", lambda session, data=data: records.put_records(session, "workrooms", {"id": room["id"], **data})
        )
    lines = desk.operations.read(lambda session: history_lines(session, "workrooms", room["id"]))
    assert "场地固定" in lines[0].words
    assert "→ 1,500.00 元" in lines[1].words
    assert lines[-1].words.startswith("新增（")
    assert all("王敏" in line.who for line in lines)


def test_a_moment_that_cannot_be_read_is_shown_as_it_is():
    assert moment_words("昨天") == "昨天"
    here = datetime(2026, 9, 3, 14, 5).astimezone()
    assert moment_words(here.isoformat()) == "2026年9月3日 14:05"


def test_a_long_history_is_shown_bit_by_bit(qtbot):
    shown = HistoryList()
    qtbot.addWidget(shown)
    shown.show()
    lines = [HistoryLine(f"{number}日", "王敏", "改") for number in range(FIRST + 3)]
    shown.show_lines(lines)
    assert shown._rows.count() == FIRST * 3
    assert shown.more.text() == "再看更早的 3 条"
    qtbot.mouseClick(shown.more, Qt.MouseButton.LeftButton)
    assert shown._rows.count() == len(lines) * 3
    assert not shown.more.isVisible()
    shown.show_lines(list(lines))
    assert shown._rows.count() == len(lines) * 3
    shown.show_lines(lines[:1])
    assert shown._rows.count() == 3


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("unit_funding_yuan", "1500.00", "1,500.00 元"),
        ("unit_funding_yuan", None, NOTHING),
        ("named_on", "2026-09-01", "2026年9月1日"),
        ("venue_area_sqm", 60.5, "60.5"),
        ("venue_fixed", False, "否"),
        ("venue_fixed", None, NOTHING),
        ("tags", ["甲", "乙"], "甲、乙"),
        ("tags", [], NOTHING),
        ("name", "", NOTHING),
        ("from_a_newer_program", 7, "7"),
    ],
)
def test_values_in_words(desk, field, value, words):
    assert desk.operations.read(lambda session: value_words(session, "workrooms", field, value)) == words


def test_references_in_words(desk, room):
    def read(field, value):
        return desk.operations.read(lambda session: value_words(session, "workrooms", field, value))

    unit = desk.operations.read(lambda session: records.get_record(session, "units", room["unit_id"]))
    assert read("unit_id", room["unit_id"]) == unit["name"]
    assert read("unit_id", "nobody") == "（不在本机的记录）"
    assert read("unit_id", None) == NOTHING


def test_a_noun_of_a_newer_program_has_no_fields(desk):
    assert specs_of("inventions") == {}
    assert "不在" in desk.operations.read(lambda session: record_name(session, "inventions", "x"))


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (None, ""),
        (0, ""),
        (1, "1 KB"),
        (1023, "1 KB"),
        (655_360, "640 KB"),
        (1_048_576, "1.0 MB"),
        (2_411_725, "2.3 MB"),
    ],
)
def test_sizes_in_words(size, words):
    assert size_text(size) == words


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("照片.jpg", "照片.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/abs/证书.pdf", "证书.pdf"),
        ("..", "附件"),
        ("夹/", "夹"),
        ("坏\x00名:流?.pdf", "坏名流.pdf"),
        ("", "附件"),
    ],
)
def test_a_name_from_elsewhere_never_leaves_its_folder(tmp_path, name, kept):
    source = tmp_path / "blob"
    source.write_bytes(b"content")
    copy = copy_under_name(source, name)
    assert copy.name == kept
    assert copy.parent.name.startswith("workroom-desk-")
    assert copy.read_bytes() == source.read_bytes() == b"content"


def test_a_member_is_not_added_twice(desk, room, strip, qtbot):
    from desktop.services import workroom
    from desktop.views.registry.member_table import MemberTable

    members = desk.operations.read(lambda session: workroom.sheet(session, room["id"])).members
    table = MemberTable(desk, strip)
    qtbot.addWidget(table)
    table.show_members(room["id"], members)
    table.person.committed.emit(members[1]["person_id"])
    assert f"“{members[1]['person']['name']}”已在成员中" in strip.text()
    assert table.table.selected_rows() == [1]
    assert len(desk.operations.read(lambda session: workroom.sheet(session, room["id"])).members) == len(members)
