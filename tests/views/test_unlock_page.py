"""The page before an encrypted database."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop import app
from desktop.models import cipher
from desktop.services import store
from desktop.settings import Settings
from desktop.views.unlock_page import UnlockPage

PASSPHRASE = "一个够长的口令口令"


@pytest.fixture
def locked(tmp_path):
    path = tmp_path / "desk.db"
    store.found(path, "某县总工会", "县级", "某县", operator="王敏", passphrase=PASSPHRASE)
    cipher.lock_all()
    yield path
    cipher.lock_all()


def test_a_wrong_passphrase_is_told_and_the_right_one_opens(qtbot, locked):
    page = UnlockPage(locked)
    qtbot.addWidget(page)
    page.show()
    assert page.passphrase.echoMode() == QLineEdit.EchoMode.Password
    page.passphrase.setText("不对的口令不对的口令")
    with qtbot.assertNotEmitted(page.unlocked):
        qtbot.mouseClick(page.open, Qt.MouseButton.LeftButton)
    assert "口令不对" in page.strip.text()
    assert cipher.is_locked(locked)
    assert page.passphrase.selectedText()
    page.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(page.unlocked):
        qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert not cipher.is_locked(locked)


def test_the_window_waits_for_the_passphrase_and_then_works(qtbot, locked):
    session = app.DeskSession(locked, Settings(operator="王敏"))
    session.open_window()
    assert session.window is None
    page = session.first_run
    assert isinstance(page, UnlockPage)
    try:
        page.passphrase.setText(PASSPHRASE)
        page.open.click()
        qtbot.waitUntil(lambda: session.window is not None and session.window.operations.is_ready, timeout=20_000)
        assert not session.window.operations.read_only
        assert not page.isVisible()
    finally:
        session.close()
