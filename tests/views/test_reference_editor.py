"""The editor that holds a record's id and shows its name: finding, choosing, adding, refusing, the input method."""

import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.views.record_choice import OFFERED, record_editor
from desktop.views.reference_editor import WAIT_MS, ReferenceEditor
from tests.views.input_method import commit_text, compose_text, type_text

NAMES = {"1": "张建成", "2": "张建国", "3": "李卫东"}


class Book:
    """A few records, and what was asked of them."""

    def __init__(self):
        self.names = dict(NAMES)
        self.asked = []

    def find(self, text):
        self.asked.append(text)
        return [(key, name) for key, name in self.names.items() if text in name]

    def create(self, text):
        self.names["new"] = text
        return "new"


@pytest.fixture
def book():
    return Book()


@pytest.fixture
def make(placed, book):
    def made(create=True):
        return placed(ReferenceEditor(book.find, book.names.__getitem__, book.create if create else None))

    return made


def offered(editor):
    return editor._words.stringList()


def test_it_shows_the_name_and_holds_the_id(make):
    editor = make()
    editor.set_value("1")
    assert editor.control.text() == "张建成"
    assert editor.value() == "1"
    editor.set_value(None)
    assert (editor.control.text(), editor.value(), editor.told) == ("", None, [])


def test_typing_asks_once_it_rests(make, book, qtbot):
    editor = make()
    type_text(qtbot, editor.control, "张建")
    assert book.asked == []
    qtbot.waitUntil(lambda: book.asked == ["张建"], timeout=WAIT_MS * 10)
    assert offered(editor) == ["张建成", "张建国", "＋ 新增“张建”"]


def test_choosing_commits_the_id(make, qtbot):
    editor = make()
    type_text(qtbot, editor.control, "张")
    editor.offer()
    editor._completer.activated.emit("张建国")
    assert editor.told == ["2"]
    assert editor.control.text() == "张建国"
    assert editor.error() == ""


def test_the_first_answer_can_be_taken(make, qtbot):
    editor = make()
    type_text(qtbot, editor.control, "李")
    editor.choose_first()
    assert editor.told == ["3"]


def test_a_new_one_is_made_only_when_that_is_chosen(make, book, qtbot):
    editor = make()
    type_text(qtbot, editor.control, "王敏")
    editor.offer()
    assert "new" not in book.names
    editor.choose_first()
    assert book.names["new"] == "王敏"
    assert editor.told == ["new"]


def test_where_nothing_may_be_added_nothing_is_offered(make, qtbot):
    editor = make(create=False)
    type_text(qtbot, editor.control, "王")
    editor.choose_first()
    assert offered(editor) == []
    assert editor.told == []


@pytest.mark.parametrize(("create", "words"), [(True, "或选“新增”"), (False, "选一个")])
def test_a_name_that_was_not_chosen_is_no_value(make, qtbot, create, words):
    editor = make(create)
    editor.set_value("1")
    editor.control.selectAll()
    type_text(qtbot, editor.control, "张某")
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)
    assert words in editor.error()
    assert editor.told == []
    assert editor.value() == "1"
    qtbot.keyClick(editor.control, Qt.Key.Key_Escape)
    assert editor.control.text() == "张建成"
    assert editor.error() == ""


def test_an_emptied_field_names_nobody(make, qtbot):
    editor = make()
    editor.set_value("1")
    editor.control.selectAll()
    qtbot.keyClick(editor.control, Qt.Key.Key_Delete)
    editor.commit()
    assert editor.told == [None]


def test_nothing_is_asked_during_pre_edit(make, book, qtbot):
    editor = make()
    commit_text(editor.control, "张")
    compose_text(editor.control, "jian")
    editor.offer()
    assert book.asked == []
    commit_text(editor.control, "建")
    editor.offer()
    assert book.asked == ["张建"]


def test_an_empty_field_asks_for_nothing(make, book):
    editor = make()
    editor.offer()
    assert book.asked == []


def test_after_use_it_can_be_emptied_for_the_next(make, qtbot):
    editor = make()
    for _ in range(2):
        type_text(qtbot, editor.control, "李")
        editor.choose_first()
        editor.set_value_back_to_empty()
        assert (editor.control.text(), editor.value()) == ("", None)
    assert editor.told == ["3", "3"]


@pytest.fixture
def unit_editor(desk, qtbot):
    editor = record_editor(desk, "units")
    qtbot.addWidget(editor)
    return editor


def first_unit(desk):
    return desk.operations.read(lambda session: records.list_records(session, "units"))[0]


def test_stored_records_are_found_by_name(desk, unit_editor):
    unit = first_unit(desk)
    unit_editor.set_value(unit["id"])
    assert unit_editor.control.text() == unit["name"]
    assert (unit["id"], unit["name"]) in unit_editor._find(unit["name"][:4])
    assert len(unit_editor._find(unit["name"][0])) <= OFFERED


def test_a_person_is_told_apart_by_the_unit(desk, qtbot):
    editor = record_editor(desk, "people")
    qtbot.addWidget(editor)
    person = next(
        row
        for row in desk.operations.read(lambda session: records.list_records(session, "people"))
        if row["unit_id"] is not None
    )
    unit = desk.operations.read(lambda session: records.get_record(session, "units", person["unit_id"]))
    assert (person["id"], f"{person['name']}　{unit['name']}") in editor._find(person["name"])


def test_a_unit_added_on_the_way_belongs_to_this_office_and_can_be_undone(desk, unit_editor):
    made = unit_editor._create("新开的厂")
    unit = desk.operations.read(lambda session: records.get_record(session, "units", made))
    assert (unit["name"], unit["office_id"]) == ("新开的厂", desk.office_id)
    desk.operations.undo()
    assert unit_editor._find("新开的厂") == []


def test_a_record_that_has_not_come_yet_is_said_so(unit_editor):
    unit_editor.set_value("00000000-0000-4000-8000-000000000000")
    assert "没有收到" in unit_editor.control.text()


def test_only_people_and_units_are_added_by_name(desk, qtbot):
    editor = record_editor(desk, "workrooms")
    qtbot.addWidget(editor)
    assert editor._create is None


def test_two_of_one_name_in_one_unit_are_told_apart_by_their_numbers(desk, qtbot):
    unit = desk.operations.read(lambda session: records.list_records(session, "units"))[0]["id"]
    rows = [{"name": "欧阳同名", "unit_id": unit, "phone": phone} for phone in ("13800000001", "13800000002", "", "")]
    made = []
    desk.operations.run("准备", lambda session: records.put_records(session, "people", rows), made.extend)
    editor = record_editor(desk, "people")
    qtbot.addWidget(editor)
    editor.show()
    editor.control.setText("欧阳同")
    editor.offer()
    words = offered(editor)[:-1]
    assert len(set(words)) == 4
    told = []
    editor.committed.connect(told.append)
    editor._choose(next(word for word in words if "13800000002" in word))
    assert told == [made[1]["id"]]


def test_the_page_of_the_record_is_offered_while_there_is_one(desk, qtbot):
    person = desk.operations.read(lambda session: records.list_records(session, "people"))[0]["id"]
    editor = record_editor(desk, "people")
    qtbot.addWidget(editor)
    editor.show()
    asked = []
    editor.open_wanted.connect(asked.append)
    editor.offer_page("打开这个人的页面")
    qtbot.keyClick(editor.control, Qt.Key.Key_F4)
    assert (asked, editor._page.isVisible()) == ([], False)
    editor.set_value(person)
    assert editor._page.isVisible()
    qtbot.keyClick(editor.control, Qt.Key.Key_F4)
    editor._page.trigger()
    assert asked == [person, person]
    editor.set_value(None)
    assert not editor._page.isVisible()
