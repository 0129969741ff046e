"""The search over everything: pages and workrooms, the keys, the mark, going away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.services import records
from desktop.views.catalogue import TABS
from desktop.views.search_box import SHOWN, TARGET, SearchBox
from tests.views.input_method import compose_text, type_text


@pytest.fixture
def box(desk, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 700)
    made = SearchBox(desk, host)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    desk.registry.reload()
    qtbot.waitUntil(lambda: desk.registry.registry is not None)
    made.host = host
    made.gone = []
    desk.go.connect(lambda *target: made.gone.append(target))
    made.open_box()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def answers(box):
    return [box.answers.item(row).text() for row in range(box.answers.count())]


def targets(box):
    return [box.answers.item(row).data(TARGET) for row in range(box.answers.count())]


def look(box, text):
    box.field.setText(text)
    box._search()


def test_it_opens_empty_with_all_pages(box):
    assert answers(box) == [tab.title for tab in TABS]
    look(box, "台账")
    box.hide()
    box.open_box()
    assert box.field.text() == ""
    assert len(answers(box)) == len(TABS)


def test_it_stands_inside_the_window(box):
    for width in (1000, 640, 500):
        box.host.resize(width, 500)
        box.open_box()
        look(box, "工")
        assert box.host.rect().contains(box.geometry())
        assert abs(box.geometry().center().x() - width // 2) <= 1


def test_a_page_is_found_by_part_of_its_name(box):
    look(box, "分配")
    assert targets(box)[0][0] == "allocation"


def test_workrooms_are_told_with_leader_and_unit_and_not_too_many(box):
    look(box, "工作室")
    rooms = [target for target in targets(box) if target[1] == "workrooms"]
    assert 0 < len(rooms) <= SHOWN
    assert len({target[2] for target in rooms}) == len(rooms)
    name, leader, unit = answers(box)[-1].split("　")
    assert name
    assert leader
    assert unit


@pytest.mark.parametrize("spaces", ["{}", "  {}  "])
def test_a_leader_is_found_by_name(box, spaces):
    look(box, "工作室")
    leader = answers(box)[-1].split("　")[1]
    look(box, spaces.format(leader))
    assert all(leader in line for line in answers(box))


def test_the_mark_moves_and_stops_at_both_ends(box, qtbot):
    assert box.answers.currentRow() == 0
    qtbot.keyClick(box.field, Qt.Key.Key_Up)
    assert box.answers.currentRow() == 0
    for _ in range(len(TABS) + 3):
        qtbot.keyClick(box.field, Qt.Key.Key_Down)
    assert box.answers.currentRow() == len(TABS) - 1
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert box.gone == [(TABS[-1].view, "", "")]
    assert box.isHidden()


def test_enter_at_once_goes_to_what_was_typed(box, qtbot):
    type_text(qtbot, box.field, "首页")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert box.gone == [("home", "", "")]


def test_an_answer_can_be_clicked(box, qtbot):
    item = box.answers.item(1)
    spot = box.answers.visualItemRect(item).center()
    qtbot.mouseClick(box.answers.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert box.gone == [(TABS[1].view, "", "")]


def test_nothing_found_leads_nowhere(box, qtbot):
    look(box, "绝无此名𠮷")
    assert "绝无此名𠮷" in answers(box)[0]
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert box.gone == []
    assert box.isVisible()


def test_half_typed_words_search_for_nothing(box, qtbot):
    before = answers(box)
    compose_text(box.field, "gongzuoshi")
    qtbot.wait(100)
    assert answers(box) == before


def test_it_goes_away_with_escape_and_when_it_is_left(box, qtbot):
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert box.isHidden()
    box.open_box()
    box.field.clearFocus()
    assert box.isHidden()
    assert box.gone == []


def test_people_units_and_pages_without_a_tab_are_found(box, desk, qtbot):
    person = desk.operations.read(lambda session: records.list_records(session, "people"))[0]
    look(box, person["name"])
    assert ("people", "people", person["id"]) in targets(box)
    unit = desk.operations.read(lambda session: records.list_records(session, "units"))[0]
    look(box, unit["name"])
    assert ("units", "units", unit["id"]) in targets(box)
    look(box, "查重")
    assert ("duplicates", "", "") in targets(box)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert box.gone == [("duplicates", "", "")]


def test_a_member_says_why_a_workroom_is_found(box, desk):
    rows = desk.operations.read(lambda session: records.list_records(session, "members"))
    rooms = {room["id"]: room for room in desk.operations.read(lambda s: records.list_records(s, "workrooms"))}
    member = next(row for row in rows if row["person_id"] != rooms[row["workroom_id"]]["leader_id"])
    name = desk.operations.read(lambda session: records.get_record(session, "people", member["person_id"]))["name"]
    look(box, name)
    assert any(f"成员 {name}" in answer for answer in answers(box))
