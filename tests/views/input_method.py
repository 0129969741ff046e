"""Typing Chinese in tests the way an input method does: composing, then committing."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent


def compose_text(widget, text):
    """Show `text` as not yet decided (pre-edit)."""
    QCoreApplication.sendEvent(widget, QInputMethodEvent(text, []))


def commit_text(widget, text):
    """Enter `text` as decided."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def type_text(qtbot, widget, text):
    """Type text: letters and digits by keys, Chinese as the input method gives it."""
    for letter in text:
        if letter.isascii():
            qtbot.keyClicks(widget, letter)
        else:
            commit_text(widget, letter)
