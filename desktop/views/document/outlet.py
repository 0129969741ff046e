"""Where a paper goes: to a printer or into a file, set beside the window's thread."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from desktop.errors import DesktopError
from desktop.services import blobs, document
from desktop.services.document import KindInfo
from desktop.services.paper.composing import PaperDraft
from desktop.services.paper.filed import content_of
from desktop.views import saving
from desktop.views.document import printable
from desktop.views.document.printing import LEAST_DOTS_PER_INCH, is_on_both_sides, print_pdf
from desktop.views.operation import Operations


class Outlet(QObject):
    """Prints and saves drafts; `done` carries a sentence, `failed` a refusal.

    `cautioned` carries what a printer would cut off, and what prints all the same.
    """

    done = Signal(str)
    failed = Signal(object)
    cautioned = Signal(str, object)

    def __init__(self, operations: Operations, window: QWidget) -> None:
        super().__init__(window)
        self._operations = operations
        self._window = window
        self.ask = saving.ask_for_file
        self.ask_printer = ask_for_printer

    def save(self, draft: PaperDraft, form: str) -> None:
        """Ask where to, then write the paper as pdf, docx or xlsx."""
        out = self.ask(self._window, str(draft.data.get("title") or draft.kind), form)
        if out is None:
            return

        def write(_progress: object) -> Path:
            blobs.write_whole(out, content_of(draft, form))
            return out

        self._operations.in_background("保存公文", write, lambda path: self.done.emit(f"已保存到 {path}。"), self._fail)

    def print_draft(self, draft: PaperDraft) -> None:
        """Ask for a printer, then print at true size."""
        printer = self.ask_printer(self._window)
        if printer is None:
            return
        self._operations.in_background(
            "准备打印",
            lambda _progress: content_of(draft, "pdf"),
            lambda pdf: self._print(pdf, printer),
            self._fail,
        )

    def _print(self, pdf: bytes, printer: QPrinter) -> None:
        """Print, or first say what the printer would cut off."""
        found = printable.cautions(pdf, printer)
        if found:
            self.cautioned.emit("".join(f"{words}。" for words in found), lambda: self.send(pdf, printer))
        else:
            self.send(pdf, printer)

    def send(self, pdf: bytes, printer: QPrinter) -> None:
        """Send the pages to the printer."""
        try:
            pages = print_pdf(pdf, printer)
        except DesktopError as error:
            self._fail(error)
            return
        said = f"已送打印机“{printer.printerName() or '文件'}”，共{pages}页"
        said += f"，{printer.copyCount()}份" if printer.copyCount() > 1 else ""
        self.done.emit(f"{said}，双面。" if is_on_both_sides(printer) and pages > 1 else f"{said}。")

    def _fail(self, error: DesktopError) -> None:
        self.failed.emit(error)

    def title_of(self, draft: PaperDraft, kind: KindInfo) -> str:
        """Return how a paper is called: its title, else its kind."""
        return str(draft.data.get("title") or kind.title)

    def paper_words(self, draft: PaperDraft, kind: KindInfo) -> str:
        """Name the paper that is about to be issued, with the number it would take."""
        number = document.number_words(draft)
        return (
            f"将以{number}发出{kind.title}《{self.title_of(draft, kind)}》"
            if number
            else f"将发出{self.title_of(draft, kind)}"
        )


DRAFT_WORDS = "这是草稿，文号还没有占用；正式印发请先“出文”。"


def issued_words(filed: dict[str, Any], kind: str) -> str:
    """Return what is said of a paper just issued, with its number and its file."""
    number = filed.get("document_number") or filed.get("short_code") or ""
    said = "已出文并用印" if filed.get("seal_uses") else "已出文"
    return f"{said}：{filed['title'] or kind}　{number}。文件在 {filed['file']}"


def ask_for_printer(window: QWidget) -> QPrinter | None:
    """Ask for printer, pages, copies and sides; None when the person thinks better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(max(LEAST_DOTS_PER_INCH, min(printer.resolution(), 600)))
    # Official papers are printed on both sides; on a single page it makes no difference.
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    dialog = QPrintDialog(printer, window)
    dialog.setWindowTitle("打印公文")
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None
