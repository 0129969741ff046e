"""Binding a workroom's dossier, its ledgers or a grant's audit pack from 办理."""

from datetime import date
from pathlib import Path
from typing import Any

from desktop.views.course.form_runner import FormRunner
from desktop.views.dossier_menu import DossierMenu, bound_words
from desktop.views.saving import ask_for_file

PACK = "补助审计资料"


class DossierMaker(FormRunner):
    """Asks where to, and binds beside the living window."""

    def _connect_signals(self) -> None:
        self.choices = DossierMenu(self._desk, self._road)
        self.choices.said.connect(self.said)
        self.choices.refused.connect(self.refused)
        self._road.dossier.clicked.connect(self.ask)

    def ask(self) -> None:
        """Offer the years of the workroom's dossier; a grant's audit pack is asked for at once."""
        page = self._road.page()
        if page.noun != "grants":
            self.choices.open_for(page.workroom_id, page.title, self._road.dossier)
            return
        out = ask_for_file(self._road, f"{page.title}-{PACK}", "pdf", title=f"存{PACK}")
        if out is not None:
            self.write_pack(out)

    def write_pack(self, out: Path) -> None:
        """Write a grant's audit pack, the PDF and the workbook beside it; what could not be bound is named."""
        from desktop.services.funds import audit

        grant_id, today = self._road.page().record_id, date.today()

        def told(pack: Any) -> None:
            words, kind = bound_words(pack.pdf)
            self.said.emit(f"{words}；同名的 Excel 有 {pack.lines} 行", kind)

        self._desk.operations.read_long(
            "编制审计资料",
            lambda session, _progress: audit.audit_pack(session, grant_id, out, today),
            told,
            self.refused.emit,
        )
