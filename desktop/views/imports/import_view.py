"""Taking a list into the register: a file, its columns, what it would change, and then all of it or nothing."""

from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QWidget

from desktop.errors import DesktopError
from desktop.services import spreadsheet
from desktop.services.sheet.kinds import KINDS, table_of
from desktop.services.sheet.report import ImportReport
from desktop.services.spreadsheet import BadCells, Choices
from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.desk import Desk, View
from desktop.views.empty_state import EmptyState
from desktop.views.imports.mapping_page import MappingPage
from desktop.views.imports.review_page import ReviewPage, report_words
from desktop.views.saving import ask_for_file, documents

BOOKS: Final = "表格文件 (*.xlsx *.xlsm *.xls *.et *.csv *.ods)"
WORDS: Final = (
    "工作室、成员、成果、奖励分配、支出和专家的名册都可以。表头的写法、列的顺序不限；"
    "先看清楚会改动什么，再一次全部导入，也可以撤销。也可以把文件拖到窗口里。"
)


class ImportView(View):
    """`open_file` begins with a file; nothing is written before 全部导入."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)

    def _build_layout(self) -> None:
        self.file = Path()
        self.report: ImportReport | None = None
        self._decided = Choices()
        self.setAcceptDrops(True)
        self.start = EmptyState("import", "导入名册", WORDS, "选择文件", "写空白模板…")
        self.templates = QMenu(self)
        self.mapping, self.review = MappingPage(), ReviewPage()
        self.stack = QStackedWidget()
        for page in (self.start, self.mapping, self.review):
            self.stack.addWidget(page)
        stacked(
            theme.label("导入名册", "title"), self.strip, Wide(self.stack), on=self, margins=(24, 16, 24, 16), spacing=8
        )

    def _connect_signals(self) -> None:
        self.start.first.connect(self._ask_file)
        self.start.second.connect(self._offer_templates)
        for kind in KINDS:
            action = self.templates.addAction(f"{table_of(kind).title}名册…")
            action.triggered.connect(lambda _on=False, kind=kind: self._ask_template(kind))
        self.mapping.kind_chosen.connect(self._read_heads)
        self.mapping.left.connect(self.begin)
        self.mapping.confirmed.connect(self._confirm)
        self.review.left.connect(lambda: self.stack.setCurrentWidget(self.mapping))
        self.review.written_back.connect(self._ask_bad_rows)
        self.review.accepted.connect(self.apply)
        self.review.words.answered.connect(self.answer)

    def begin(self) -> None:
        """Go back to the choice of a file."""
        self.stack.setCurrentWidget(self.start)

    def show_record(self, noun: str, record_id: str) -> None:
        """Begin with a file, when the window asks for one by its path."""
        if noun == "file":
            self.open_file(Path(record_id))

    # -- the file ------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, "选择名册", str(documents()), BOOKS)
        if chosen:
            self.open_file(Path(chosen))

    def _offer_templates(self) -> None:
        button = self.start.other
        self.templates.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def _ask_template(self, kind: str) -> None:
        out = ask_for_file(self, f"{table_of(kind).title}名册模板", "xlsx")
        if out is not None:
            self.write_template(out, kind)

    def write_template(self, out: Path, kind: str = "workrooms") -> None:
        """Write an empty workbook of a list."""
        done = partial(self._told, f"已写好模板：{out}。填好以后在这里导入。")
        self.operations.in_background("写模板", lambda _progress: spreadsheet.template(kind, out), done)

    def _told(self, words: str, _value: Any = None) -> None:
        self.strip.show_message(words, "pass")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin with a dropped file."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open_file(Path(paths[0]))

    def open_file(self, file: Path) -> None:
        """Find out which list a workbook holds and how its columns are to be read."""
        self.strip.clear()
        self.file = file
        self.operations.in_background(
            f"读取 {file.name}", lambda _progress: spreadsheet.likely_kind(file), self._read_heads, self._refused
        )

    def _refused(self, error: DesktopError) -> None:
        self.tell(error)
        self.begin()

    # -- the columns ---------------------------------------------------------------------------------------------

    def _read_heads(self, kind: str) -> None:
        kind = kind or "workrooms"
        file, remembered = self.file, self.remembered(kind)
        self.operations.in_background(
            f"读取 {file.name}",
            lambda _progress: spreadsheet.guess(kind, file, remembered),
            partial(self._show_mapping, kind),
            self._refused,
        )

    def _show_mapping(self, kind: str, guesses: list[spreadsheet.Guess]) -> None:
        if not guesses:
            self.strip.show_message(
                f"“{self.file.name}”里没有认得出的表头。请检查选对了文件；或用模板填写，再导入。", "fail"
            )
            return
        self.mapping.show_guesses(self.file.name, kind, guesses)
        self.stack.setCurrentWidget(self.mapping)

    def remembered(self, kind: str) -> dict[str, str]:
        """Return the columns that were chosen for heads of this list before."""
        return _of_kind(self.desk.settings.import_heads, kind)

    def _confirm(self) -> None:
        kind, changed = self.kind(), self.mapping.changed()
        if changed:
            kept = self.desk.settings.import_heads | {f"{kind}/{head}": column for head, column in changed.items()}
            self.desk.remember(import_heads=kept)
        self._decided = Choices()
        self.preview()

    def kind(self) -> str:
        """Return which list is being imported."""
        return str(self.mapping.kind.value())

    # -- what it would do ----------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Look what the import would do, writing nothing."""
        arguments = self._arguments(self._decided)
        self.operations.read_long(
            f"核对 {self.file.name}",
            lambda session, progress: spreadsheet.import_rows(
                session, preview=True, report_progress=progress.report, **arguments
            ),
            self._show_report,
        )

    def _arguments(self, choices: Choices) -> dict[str, Any]:
        return {
            "kind": self.kind(),
            "file": self.file,
            "chosen": dict(self.mapping.chosen()),
            "sheet": self.mapping.sheet_name(),
            "choices": choices,
            "months": self.mapping.months.isChecked(),
            "words": _of_kind(self.desk.settings.import_words, self.kind()),
        }

    def answer(self, words: dict[str, str]) -> None:
        """Take what words of the list stand for, remember it for the next one, and look again."""
        self._decided = self.review.choices()
        kept = self.desk.settings.import_words | {f"{self.kind()}/{key}": choice for key, choice in words.items()}
        self.desk.remember(import_words=kept)
        self.preview()

    def _show_report(self, report: ImportReport) -> None:
        self.report = report
        self.review.show_report(self.file.name, report, self._decided)
        self.stack.setCurrentWidget(self.review)

    def _ask_bad_rows(self) -> None:
        out = ask_for_file(self, f"{self.file.stem}-待改正", "xlsx")
        if out is not None:
            self.write_bad_rows(out)

    def write_bad_rows(self, out: Path) -> None:
        """Write the rows that cannot be taken to a workbook, the reasons as comments."""
        report = self.report
        assert report is not None
        words = f"已写出有问题的行：{out}。改好标红的单元格，再导入这个文件。"
        self.operations.in_background(
            "写出有问题的行",
            lambda progress: spreadsheet.bad_rows(report, out, progress.report),
            partial(self._told, words),
        )

    # -- doing it ------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """Import everything in one transaction, which can be cancelled while it runs and undone afterwards."""
        self._decided = self.review.choices()
        arguments = self._arguments(self._decided)
        self.operations.run_long(
            f"导入 {self.file.name}",
            lambda session, progress: spreadsheet.import_rows(session, report_progress=progress.report, **arguments),
            self._applied,
            self._not_applied,
        )

    def _applied(self, report: ImportReport) -> None:
        self.begin()
        self.strip.show_message(
            f"已导入“{self.file.name}”。{report_words(report)}", "pass", "撤销", self.operations.undo
        )
        self.desk.registry.upkeep.begin()

    def _not_applied(self, error: DesktopError) -> None:
        # The register has changed since the preview: what cannot be taken any more is shown in its cells.
        if isinstance(error, BadCells):
            self._show_report(error.report)
        self.tell(error)


def _of_kind(remembered: dict[str, str], kind: str) -> dict[str, str]:
    """Return what was remembered for one kind of list."""
    start = f"{kind}/"
    return {key[len(start) :]: value for key, value in remembered.items() if key.startswith(start)}
