"""一室一档: binds a workroom's dossier, of a chosen year or of its whole life, beside the living window."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.views.desk import Desk
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip


class DossierButton(Button):
    """Offers the years in which anything is on record."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__("一室一档", "folder", tip="把这个工作室的台账、公文和附件编成一个 PDF")
        self._desk, self._strip = desk, strip
        self._workroom_id, self._name = "", ""
        self.choices = QMenu(self)
        self.clicked.connect(self._open)

    def set_workroom(self, workroom_id: str, name: str) -> None:
        """Bind this workroom's dossier from now on."""
        self._workroom_id, self._name = workroom_id, name

    def _open(self) -> None:
        self.fill_choices()
        self.choices.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def fill_choices(self) -> None:
        """Offer the whole life, and each year on record."""
        from desktop.services import dossier

        years = self._desk.operations.read(lambda session: dossier.years(session, self._workroom_id))
        self.choices.clear()
        for year in (None, *years):
            action = self.choices.addAction(f"{year}年…" if year else "全部年度…")
            action.triggered.connect(lambda _on=False, wanted=year: self._ask(wanted))

    def _ask(self, year: int | None) -> None:
        name = f"{self._name}-档案{f'（{year}年）' if year else ''}.pdf"
        file, _filter = QFileDialog.getSaveFileName(self, "存一室一档", name, "PDF (*.pdf)")
        if file:
            self.write(Path(file), year)

    def write(self, out: Path, year: int | None) -> None:
        """Write it; what could not be bound is named."""
        from desktop.services import dossier

        workroom_id = self._workroom_id

        def told(made: Any) -> None:
            left = f"。没有并入：{'；'.join(made.problems)}" if made.problems else ""
            words = f"已存：{made.file}（公文{made.papers}份，附件{made.attachments}件）{left}"
            self._strip.show_message(words, "warn" if left else "pass")

        self._desk.operations.read_long(
            "编制一室一档",
            lambda session, _progress: dossier.make(session, workroom_id, out, year),
            told,
            self._strip.show_error,
        )
