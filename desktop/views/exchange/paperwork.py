"""Papers of the exchange: the key card and the report of an import, saved or printed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.errors import DesktopError
from desktop.views import saving
from desktop.views.document.outlet import ask_for_printer
from desktop.views.document.printing import print_pdf
from desktop.views.value_words import value_words

if TYPE_CHECKING:
    from desktop.views.exchange.exchange_view import ExchangeView

Make = Callable[[Any], bytes]
"""Makes a PDF from a session."""


class Paperwork(QObject):
    """Prints; where no printer is wanted the paper is saved instead. `ask`, `ask_printer` can be replaced."""

    def __init__(self, view: "ExchangeView") -> None:
        super().__init__(view)
        self._view = view
        self.ask = saving.ask_for_file
        self.ask_printer = ask_for_printer

    def print_key_card(self) -> None:
        """Print this office's key card."""
        from desktop.services.trust import card

        self._print("密钥卡", lambda session: card.key_card(session, date.today()))

    def save_key_card(self, out: Path) -> None:
        """Save this office's key card as PDF."""
        from desktop.services.trust import card

        self._save("密钥卡", lambda session: card.key_card(session, date.today()), out)

    def print_result(self, result: dict[str, Any]) -> None:
        """Print the report on a preview or on a past import."""
        self._print("带回情况报告", lambda session: self._report(session, result))

    def save_result(self, result: dict[str, Any], out: Path) -> None:
        """Save that report as PDF."""
        self._save("带回情况报告", lambda session: self._report(session, result), out)

    def _report(self, session: Any, result: dict[str, Any]) -> bytes:
        from desktop.services import identity, records
        from desktop.services.parcel import report

        office = records.get_record(session, "offices", identity.own_office_id(session))["name"]

        def describe(noun: str, field: str, value: Any) -> str:
            return value_words(session, noun, field, value)

        return report.import_report(result, describe, str(office), date.today())

    def _print(self, words: str, make: Make) -> None:
        printer = self.ask_printer(self._view.window())
        if printer is None:
            return

        def done(pdf: bytes) -> None:
            try:
                pages = print_pdf(pdf, printer)
            except DesktopError as error:
                self._view.tell(error)
                return
            name = printer.printerName() or "文件"
            self._view.strip.show_message(f"{words}已送打印机“{name}”，共{pages}页。", "pass")

        self._view.operations.read_long(f"排版{words}", lambda session, _progress: make(session), done, self._view.tell)

    def _save(self, words: str, make: Make, out: Path) -> None:
        def write(session: Any, _progress: Any) -> Path:
            from desktop.services import blobs

            blobs.write_whole(out, make(session))
            return out

        def done(path: Path) -> None:
            self._view.strip.show_message(f"{words}已保存到 {path}。", "pass")

        self._view.operations.read_long(f"保存{words}", write, done, self._view.tell)
