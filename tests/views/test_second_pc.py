"""A second PC of one office, from the menu of the first to the first page of the second."""

import pytest
from PySide6.QtCore import Qt

from desktop.services import identity, records, store
from desktop.views.first_run import FirstRun
from desktop.views.second_pc import EnrolBox
from tests.views.input_method import type_text

LEFT = Qt.MouseButton.LeftButton
SECRET = "红旗 2026 左旗"


@pytest.fixture
def enrolling(desk, qtbot, tmp_path):
    box = EnrolBox(desk, None)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(box)
    box.ask = lambda *_: tmp_path / "左旗.enrol"
    box.show()
    return box


@pytest.fixture
def joining(qtbot, tmp_path):
    page = FirstRun(tmp_path / "second" / "desk.db")
    qtbot.addWidget(page)
    page.show()
    box = page.ask_to_join()
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return page, box


def write(box, qtbot, first=SECRET, again=SECRET):
    box.passphrase.set_value(first)
    box.again.set_value(again)
    qtbot.mouseClick(box.accept_button, LEFT)


def own(path):
    with store.opened(path) as database, store.reading(database) as session:
        return identity.identity_document(session)["id"], records.list_records(session, "offices")


def test_the_second_pc_starts_with_the_identity_of_the_first(enrolling, joining, qtbot, tmp_path, county):
    with qtbot.waitSignal(enrolling.written) as written:
        write(enrolling, qtbot)
    assert SECRET.encode() not in written.args[0].read_bytes()
    page, box = joining
    box.file.set_value(str(written.args[0]))
    box.passphrase.set_value(SECRET)
    type_text(qtbot, box.operator.control, "李四")
    with qtbot.waitSignal(page.made, timeout=10_000) as made:
        qtbot.mouseClick(box.accept_button, LEFT)
    assert made.args == ["李四"]
    joined, offices = own(tmp_path / "second" / "desk.db")
    assert joined == own(county)[0]
    assert [office["name"] for office in offices] == ["左旗总工会"]


@pytest.mark.parametrize(
    ("first", "again", "field", "words"),
    [
        ("", "", "passphrase", "请写一个口令"),
        (SECRET, "", "again", "请再输一次"),
        (SECRET, "别的口令啊啊啊", "again", "不同"),
    ],
)
def test_a_passphrase_is_asked_twice(enrolling, qtbot, tmp_path, first, again, field, words):
    write(enrolling, qtbot, first, again)
    assert words in getattr(enrolling, field).error()
    assert not list(tmp_path.glob("*.enrol"))


def test_a_short_passphrase_is_refused_in_words(enrolling, qtbot, tmp_path):
    write(enrolling, qtbot, "短", "短")
    assert "口令太短" in enrolling.passphrase.error()
    assert not list(tmp_path.glob("*.enrol"))


def test_a_wrong_passphrase_makes_nothing_and_can_be_tried_again(enrolling, joining, qtbot, tmp_path):
    write(enrolling, qtbot)
    page, box = joining
    box.file.set_value(str(tmp_path / "左旗.enrol"))
    box.passphrase.set_value("不对的口令不对")
    box.operator.set_value("李四")
    qtbot.mouseClick(box.accept_button, LEFT)
    qtbot.waitUntil(lambda: "口令不对" in box.strip.text(), timeout=10_000)
    assert not (tmp_path / "second" / "desk.db").exists()
    box.passphrase.set_value(SECRET)
    with qtbot.waitSignal(page.made, timeout=10_000):
        qtbot.mouseClick(box.accept_button, LEFT)


def test_what_is_missing_is_said_at_its_field(joining, qtbot):
    _page, box = joining
    qtbot.mouseClick(box.accept_button, LEFT)
    assert "请选择" in box.file.error()
