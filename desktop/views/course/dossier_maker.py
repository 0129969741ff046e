"""Binding a workroom's dossier or a grant's audit pack from 办理."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.views.course.form_runner import FormRunner


class DossierMaker(FormRunner):
    """Asks where to, and binds beside the living window."""

    def _connect_signals(self) -> None:
        self.choices = QMenu(self._road)
        self._road.dossier.clicked.connect(self.ask)

    def ask(self) -> None:
        """Offer the years of the workroom's dossier; a grant's audit pack is asked for at once."""
        if self._road.page().noun == "grants":
            self._ask_file(None)
            return
        self.fill_choices()
        button = self._road.dossier
        self.choices.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def fill_choices(self) -> None:
        """Offer the whole life, and each year on record."""
        from desktop.services import dossier

        workroom_id = self._road.page().workroom_id
        years = self._desk.operations.read(lambda session: dossier.years(session, workroom_id))
        self.choices.clear()
        for year in (None, *years):
            action = self.choices.addAction(f"{year}年…" if year else "全部年度…")
            action.triggered.connect(lambda _on=False, wanted=year: self._ask_file(wanted))

    def _ask_file(self, year: int | None) -> None:
        page = self._road.page()
        name = "补助审计资料" if page.noun == "grants" else f"一室一档{f'（{year}年）' if year else ''}"
        file, _filter = QFileDialog.getSaveFileName(self._road, f"存{name}", f"{page.title}-{name}.pdf", "PDF (*.pdf)")
        if file:
            self.write(Path(file), year)

    def write(self, out: Path, year: int | None = None) -> None:
        """Write it beside the living window; what could not be bound is named."""
        from desktop.services import dossier

        page = self._road.page()

        def work(session: Any, _progress: Any) -> Any:
            if page.noun == "grants":
                return dossier.audit_pack(session, page.record_id, out)
            return dossier.make(session, page.workroom_id, out, year)

        def done(made: Any) -> None:
            words = f"已存：{made.file}（公文{made.papers}份，附件{made.attachments}件）"
            left = f"。没有并入：{'；'.join(made.problems)}" if made.problems else ""
            self.said.emit(words + left, "warn" if left else "pass")

        self._desk.operations.read_long("编制档案", work, done, self.refused.emit)
