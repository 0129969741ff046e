"""Binding a workroom's dossier or a grant's audit pack from 办理."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from desktop.views.course.form_runner import FormRunner


class DossierMaker(FormRunner):
    """Asks where to, and binds beside the living window."""

    def _connect_signals(self) -> None:
        self._road.dossier.clicked.connect(self.ask)

    def ask(self) -> None:
        """Ask where to write the workroom's dossier, or a grant's audit pack, and write it."""
        page = self._road.page()
        name = "补助审计资料" if page.noun == "grants" else "一室一档"
        file, _filter = QFileDialog.getSaveFileName(self._road, f"存{name}", f"{page.title}-{name}.pdf", "PDF (*.pdf)")
        if file:
            self.write(Path(file))

    def write(self, out: Path) -> None:
        """Write it beside the living window; what could not be bound is named."""
        from desktop.services import dossier, records

        page = self._road.page()

        def work(session: Any, _progress: Any) -> Any:
            if page.noun == "grants":
                return dossier.audit_pack(session, page.record_id, out)
            row = records.get_record(session, page.noun, page.record_id)
            return dossier.make(session, row.get("workroom_id") or page.record_id, out)

        def done(made: Any) -> None:
            words = f"已存：{made.file}（公文{made.papers}份，附件{made.attachments}件）"
            left = f"。没有并入：{'；'.join(made.problems)}" if made.problems else ""
            self.said.emit(words + left, "warn" if left else "pass")

        self._desk.operations.read_long("编制档案", work, done, self.refused.emit)
