"""The first page: nothing is made before a button is pressed, mistakes are told beside their field."""

import pytest
from PySide6.QtCore import Qt

from desktop.services import identity, records, store
from desktop.views.first_run import SAMPLE_OFFICE, FirstRun
from tests.views.input_method import type_text


@pytest.fixture
def page(tmp_path, qtbot):
    shown = FirstRun(tmp_path / "new" / "desk.db")
    qtbot.addWidget(shown)
    shown.show()
    return shown


def offices(path):
    with store.opened(path) as database, store.reading(database) as session:
        own = identity.own_office_id(session)
        return records.get_record(session, "offices", own), records.list_records(session, "workrooms")


def test_the_identity_is_made_from_what_was_typed(page, qtbot, tmp_path):
    type_text(qtbot, page.office.control, "某某县总工会")
    type_text(qtbot, page.region.control, "某某县")
    type_text(qtbot, page.operator.control, "王敏")
    assert not (tmp_path / "new").exists()
    with qtbot.waitSignal(page.made, timeout=10_000) as made:
        qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert made.args == ["王敏"]
    office, rooms = offices(tmp_path / "new" / "desk.db")
    assert (office["name"], office["level"], office["region"]) == ("某某县总工会", "县级", "某某县")
    assert rooms == []


def test_the_office_begins_with_the_regulations_of_its_region(page, qtbot, tmp_path):
    type_text(qtbot, page.office.control, "揭阳市总工会")
    qtbot.keyClick(page.office.control, Qt.Key.Key_Return)
    told = "按揭工总〔2022〕39号办理，以后可在“本工会的资料”里改"
    qtbot.waitUntil(lambda: page.laws.text() == told)
    type_text(qtbot, page.operator.control, "王敏")
    with qtbot.waitSignal(page.made, timeout=10_000):
        qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert offices(tmp_path / "new" / "desk.db")[0]["regulations"] == ["jy-2022"]


@pytest.mark.parametrize(("name", "operator", "wrong"), [("", "王", "office"), ("县总工会", "", "operator")])
def test_what_is_missing_is_told_beside_its_field(page, qtbot, tmp_path, name, operator, wrong):
    type_text(qtbot, page.office.control, name)
    type_text(qtbot, page.operator.control, operator)
    qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert "请填写" in getattr(page, wrong).error()
    assert not (tmp_path / "new").exists()


def test_the_keyboard_alone_begins(page, qtbot, tmp_path):
    for editor, words in ((page.office, "某某县总工会"), (page.level, ""), (page.region, "某某县")):
        type_text(qtbot, editor.control, words)
        qtbot.keyClick(editor.control, Qt.Key.Key_Return)
    type_text(qtbot, page.operator.control, "王敏")
    with qtbot.waitSignal(page.made, timeout=10_000):
        qtbot.keyClick(page.operator.control, Qt.Key.Key_Return)
    assert offices(tmp_path / "new" / "desk.db")[0]["region"] == "某某县"


def test_the_last_enter_leads_back_to_what_is_missing(page, qtbot, tmp_path):
    page.activateWindow()
    page.operator.setFocus()
    type_text(qtbot, page.operator.control, "王敏")
    qtbot.keyClick(page.operator.control, Qt.Key.Key_Return)
    assert "请填写" in page.office.error()
    assert page.focusWidget() is page.office.control
    assert not (tmp_path / "new").exists()


def test_a_sample_county_to_try(page, qtbot, tmp_path):
    with qtbot.waitSignal(page.made, timeout=20_000):
        qtbot.mouseClick(page.sample, Qt.MouseButton.LeftButton)
    office, rooms = offices(tmp_path / "new" / "desk.db")
    assert office["name"] == SAMPLE_OFFICE[0]
    assert office["regulations"] == ["nm-2026-build", "nm-2026-fund"]
    assert len(rooms) == 37


def test_a_refusal_lets_one_try_again(page, qtbot, tmp_path):
    (tmp_path / "new").write_text("a file where the folder should be")
    type_text(qtbot, page.office.control, "某某县总工会")
    type_text(qtbot, page.operator.control, "王敏")
    with qtbot.captureExceptions() as caught:
        qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(caught) or bool(page.strip.text()), timeout=5000)
    assert page.start.isEnabled()
    assert page.strip.text()
