"""导出: the reward table and the signature sheet of a grant, as PDF or workbook."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from desktop.services import blobs, document
from desktop.views import saving
from desktop.views.icons import Button
from desktop.views.operation import Operations

PAPERS = (
    ("reward-table", "奖励分配表", "pdf"),
    ("reward-table", "奖励分配表", "xlsx"),
    ("signature-sheet", "签领表", "pdf"),
    ("signature-sheet", "签领表", "xlsx"),
)


class ExportButton(Button):
    """A button with a menu of the four files; the writing is done beside the window's thread."""

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, operations: Operations) -> None:
        super().__init__("导出", "export")
        self._operations = operations
        self._grant_id = ""
        self.ask = saving.ask_for_file
        self._fill_menu()

    def _fill_menu(self) -> None:
        self.choices = QMenu(self)
        for kind, title, form in PAPERS:
            action = self.choices.addAction(f"{title}（{form.upper()}）…")
            action.triggered.connect(lambda _on=False, k=kind, t=title, f=form: self.export(k, t, f))
        self.clicked.connect(lambda: self.choices.popup(self.mapToGlobal(self.rect().bottomLeft())))

    def set_grant(self, grant_id: str) -> None:
        """Export this grant from now on."""
        self._grant_id = grant_id

    def export(self, kind: str, title: str, form: str) -> None:
        """Ask where to, then compose and write one file."""
        out = self.ask(self, title, form)
        if out is None:
            return
        grant_id = self._grant_id

        def write(session: Any, progress: Any) -> Path:
            draft = document.paper_data(session, kind, "grants", [grant_id])
            progress.report(1, 2, f"正在生成{title}")
            blobs.write_whole(out, document.render(kind, draft.data, form))
            return out

        self._operations.read_long(
            f"导出{title}", write, lambda path: self.done.emit(f"已导出：{path}"), self.failed.emit
        )
