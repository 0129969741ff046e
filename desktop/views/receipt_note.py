"""The word of the office above on a record, as a line under its title; not there while nothing was said."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, beside
from desktop.views.icons import StatusIcon


class ReceiptNote(QFrame):
    """Shows a note of `parcel.noted`; None puts it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self.hide()

    def _build_layout(self) -> None:
        self._icon = StatusIcon()
        self.words = theme.label(wrap=True)
        beside(self._icon, Wide(self.words), on=self, margins=(12, 6, 12, 6), spacing=8)

    def show_note(self, note: Any) -> None:
        """Show what was said, in the colour of what is to be done."""
        if note is None:
            self.hide()
            return
        self.words.setText(note.words)
        self._icon.show_status("warn" if note.returned else "pass")
        theme.set_role(self, "strip-warn" if note.returned else "strip-pass")
        self.setAccessibleName(note.words)
        self.show()


def read_note(session: Any, noun: str, record_id: str) -> Any:
    """Return the note on a record, to be read in the same query as the record."""
    from desktop.services.parcel import noted

    return noted.note_for(session, noun, record_id)


def read_verdicts(session: Any, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return what the office above last said (接收, 退回) of each of some records (noun, id), where it has spoken."""
    from desktop.services import receipts

    by_noun: dict[str, list[str]] = {}
    for noun, record_id in keys:
        by_noun.setdefault(noun, []).append(record_id)
    return {
        (noun, record_id): verdict
        for noun, ids in by_noun.items()
        for record_id, verdict in receipts.latest_verdicts(session, noun, ids).items()
    }
