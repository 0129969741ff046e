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
