"""What is bound or listed of a workroom: its dossier (一室一档), and its ledgers as PDF or sheets, by year or whole."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.views.desk import Desk
from desktop.views.saving import ask_for_file

DOSSIER, PRINTED, SHEETS = "一室一档", "台账（打印）", "台账（Excel）"
FILES: Final = {
    DOSSIER: ("档案", "pdf"),
    PRINTED: ("台账", "pdf"),
    SHEETS: ("台账", "xlsx"),
}
"""By what is wanted: the word in the file's name, and its ending."""


class DossierMenu(QMenu):
    """Offers the years on record; writes beside the living window. `said(words, kind)`, `refused(error)` tell how."""

    said = Signal(str, str)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self._workroom_id, self._name = "", ""
        self.lists = {wanted: QMenu(wanted, self) for wanted in (PRINTED, SHEETS)}

    def open_for(self, workroom_id: str, name: str, under: QWidget) -> None:
        """Offer what there is of a workroom, under a button."""
        self.fill(workroom_id, name)
        self.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def fill(self, workroom_id: str, name: str) -> None:
        """Offer the dossier of the whole life and of each year on record, and the ledgers beneath."""
        from desktop.services import dossier

        self._workroom_id, self._name = workroom_id, name
        years = self._desk.operations.read(lambda session: dossier.years(session, workroom_id))
        self.clear()
        self._offer(self, DOSSIER, years)
        self.addSeparator()
        for wanted, menu in self.lists.items():
            menu.clear()
            self.addMenu(menu)
            self._offer(menu, wanted, years)

    def _offer(self, menu: QMenu, wanted: str, years: list[int]) -> None:
        for year in (None, *years):
            action = menu.addAction(f"{year}年…" if year else "全部年度…")
            action.triggered.connect(lambda _on=False, year=year: self._ask(wanted, year))

    def _ask(self, wanted: str, year: int | None) -> None:
        word, form = FILES[wanted]
        name = f"{self._name}-{word}{f'（{year}年）' if year else ''}"
        out = ask_for_file(self._parent, name, form, title=f"存{wanted}")
        if out is not None:
            self.write(wanted, out, year)

    def write(self, wanted: str, out: Path, year: int | None = None) -> None:
        """Write it; what could not be bound is named."""
        workroom_id = self._workroom_id

        def work(session: Any, _progress: Any) -> Any:
            from desktop.services import dossier
            from desktop.services.work import ledgers

            if wanted == DOSSIER:
                return dossier.make(session, workroom_id, out, year)
            return (ledgers.print_ledgers if wanted == PRINTED else ledgers.export_ledgers)(
                session, workroom_id, out, year
            )

        self._desk.operations.read_long(f"编制{wanted}", work, lambda made: self._tell(out, made), self.refused.emit)

    def _tell(self, out: Path, made: Any) -> None:
        if isinstance(made, int):
            self.said.emit(f"已存：{out}（共{made}条）", "pass")
            return
        self.said.emit(*bound_words(made))


def bound_words(made: Any) -> tuple[str, str]:
    """Return in a sentence what was bound into a file and what could not be, and its kind: pass or warn."""
    left = f"。没有并入：{'；'.join(made.problems)}" if made.problems else ""
    return f"已存：{made.file}（公文{made.papers}份，附件{made.attachments}件）{left}", "warn" if left else "pass"
