"""密钥 by clicks: fingerprints shown, the key changed, one declared void, shares written; nothing without a yes."""

import pytest
from PySide6.QtCore import Qt

from desktop.services import identity, keyring


@pytest.fixture
def page(pair, qtbot):
    _county, city = pair
    view = city.view("exchange")
    qtbot.mouseClick(view.front.keys, Qt.MouseButton.LeftButton)
    assert view.stack.currentWidget() is view.key_page
    return view.key_page


@pytest.fixture
def view(pair):
    return pair[1].view("exchange")


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(page, relation):
    row = next(row for row in range(page.model.rowCount()) if page.model.record(row)["relation"] == relation)
    page.table.selectRow(row)
    return page.model.record(row)


def test_the_keys_are_listed_with_their_fingerprints(pair, page):
    county, city = pair
    listed = {one["name"]: one["fingerprint"] for one in page.model.rows()}
    for window in (county, city):
        document = window.operations.read(identity.identity_document)
        assert listed[document["name"]] == document["fingerprint"]


def test_the_key_is_changed_only_after_a_yes(page, view, qtbot):
    before = view.operations.read(identity.identity_document)["fingerprint"]
    asked = []
    view.key_keeping.confirm = lambda title, words: asked.append(words) or len(asked) > 1
    click(qtbot, page.change)
    assert view.operations.read(identity.identity_document)["fingerprint"] == before
    click(qtbot, page.change)
    after = view.operations.read(identity.identity_document)["fingerprint"]
    assert after != before
    assert "不能撤销" in asked[0]
    assert after in view.strip.text() or "换用" in view.strip.text()
    assert after in {one["fingerprint"] for one in page.model.rows()}


def test_a_key_beneath_is_declared_void_with_a_reason(pair, page, view, qtbot):
    _county, city = pair
    view.key_keeping.confirm = lambda _title, _words: True
    choose(page, "self")
    assert not page.revoke.isEnabled()
    chosen = choose(page, "child")
    click(qtbot, page.revoke)
    assert page.reason.error() == "请写明作废的原因"
    qtbot.keyClicks(page.reason.control, "stolen")
    click(qtbot, page.revoke)
    qtbot.waitUntil(lambda: "作废" in view.strip.text(), timeout=10_000)
    qtbot.waitUntil(lambda: not city.operations.is_busy())
    (declared,) = city.operations.read(keyring.declarations)
    assert (declared["key"], declared["reason"]) == (chosen["key"], "stolen")
    held = next(one for one in page.model.rows() if one["key"] == chosen["key"])
    assert held["revoked_at"]


def test_shares_are_written_into_a_folder(page, view, qtbot, tmp_path):
    folder = tmp_path / "份额"
    folder.mkdir()
    view.key_keeping.ask_folder = lambda: None
    click(qtbot, page.share)
    assert list(folder.iterdir()) == []
    view.key_keeping.ask_folder = lambda: folder
    click(qtbot, page.share)
    assert len(list(folder.iterdir())) == 3
    assert "凑齐任意两份" in view.strip.text()
    click(qtbot, page.back)
    assert view.stack.currentWidget() is view.front
