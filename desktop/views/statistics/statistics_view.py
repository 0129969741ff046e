"""统计: the register's figures as cards in parts; a number opens its list; both are exported, the whole is printed."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget

from desktop.views import formats, theme
from desktop.views.arranging import ROOM, Wide, beside, stacked
from desktop.views.desk import View
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.saving import ask_for_file
from desktop.views.statistics.chart_page import ChartPage
from desktop.views.table_view import TableView

KINDS: Final = {"date": "date", "money": "money", "number": "number"}
MOST_LISTED: Final = 2000
"""Lines of a list on the screen; the workbook holds all."""


class StatisticsView(View):
    """Charts, and the list behind a number."""

    nouns = frozenset(
        {"workrooms", "members", "people", "outcomes", "grants", "expenditures", "awards", "units"}
        | {"publications", "activities", "assessments", "offices"}
    )

    def _build_layout(self) -> None:
        self._shown: tuple[str, str] | None = None
        self._totals: dict[tuple[str, str], int] = {}
        self.back = Button("返回图表", "chevron-left")
        self.paper = Button("存PDF", "document")
        self.print = Button("打印", "print")
        self.export = Button("导出Excel", "export")
        self.title = theme.label("统计", "title")
        self.day = theme.label("", "quiet")
        head = beside(self.back, self.title, self.day, ROOM, self.print, self.paper, self.export, spacing=theme.px(8))
        self.stack = QStackedWidget()
        self.charts = ChartPage()
        self.stack.addWidget(self.charts)
        self.table = TableView(dense=True)
        self.table.setAccessibleName("名单")
        self.stack.addWidget(self.table)
        stacked(head, self.strip, Wide(self.stack), on=self, margins=(16, 12, 16, 12), spacing=8)
        self.back.hide()

    def _connect_signals(self) -> None:
        self.back.clicked.connect(self.show_charts)
        self.export.clicked.connect(self._ask_export)
        self.paper.clicked.connect(self._ask_paper)
        self.print.clicked.connect(self._ask_print)
        self.charts.opened.connect(self.show_list)
        self.table.opened.connect(self._open_record)

    # -- counting --------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Count beside the living window: years of life take longer than one should wait."""
        from desktop.services import statistics

        on = date.today()

        def query(session: Any, _progress: Any) -> Any:
            return statistics.breakdowns(session, on), statistics.targets(session, on), statistics.coverage(session)

        self.operations.read_long("统计", query, self._show, self.tell)

    def _show(self, found: Any) -> None:
        breakdowns, targets, coverage = found
        self._totals = {(one.key, figure.words): figure.count for one in breakdowns for figure in one.figures}
        self.charts.show_figures(breakdowns, targets, coverage)
        self.day.setText("" if self._shown is not None else f"截至{formats.date_text(date.today())}")
        if self._shown is not None:
            self.show_list(*self._shown)

    def show_charts(self) -> None:
        """Go back from a list to the charts."""
        self._shown = None
        self.title.setText("统计")
        self.day.setText(f"截至{formats.date_text(date.today())}")
        self.back.hide()
        self.stack.setCurrentIndex(0)
        self._show_buttons()

    def show_list(self, key: str, words: str) -> None:
        """Show the records that one number counts."""
        from desktop.services import statistics

        on = date.today()
        rows = self.operations.read(lambda session: statistics.records_of(session, key, words, on, MOST_LISTED))
        columns = tuple(
            Column(one.name, one.head, 0 if one.name in WIDE else 130, KINDS.get(one.kind, "text"))
            for one in statistics.columns_of(key)
        )
        self._model = RecordTableModel(columns, self)
        self._model.set_rows(rows)
        self.table.setModel(self._model)
        self._shown = (key, words)
        total = max(self._totals.get((key, words), 0), len(rows))
        title = statistics.group_of(key).title
        self.title.setText(f"{title}（{total:,}）" if words == "全部" else f"{title}：{words}（{total:,}）")
        self.day.setText(f"先列出前 {MOST_LISTED:,} 条，导出的表里是全部" if total > len(rows) else "")
        self.back.show()
        self.stack.setCurrentWidget(self.table)
        self.table.setFocus()
        self._show_buttons()

    def _show_buttons(self) -> None:
        for button in (self.print, self.paper):
            button.setVisible(self._shown is None)

    def _open_record(self, row: int) -> None:
        record = self._model.record(row)
        workroom_id = record.get("workroom_id") or (record["id"] if "named_on" in record else "")
        if workroom_id:
            self.desk.go.emit("registry", "workrooms", workroom_id)

    # -- leaving the desk ------------------------------------------------------------------------------------------

    def _ask_export(self) -> None:
        words = "统计" if self._shown is None else self.title.text().replace("：", "-")
        out = ask_for_file(self, words, "xlsx", title="导出")
        if out is not None:
            self.export_to(out)

    def export_to(self, out: Path) -> None:
        """Write what is in front: the list, or every chart's numbers."""
        from desktop.services import statistics

        on, shown = date.today(), self._shown

        def work(session: Any, _progress: Any) -> int:
            if shown is None:
                return statistics.export_report(session, on, out)
            return statistics.export_list(session, *shown, on, out)

        def done(count: Any) -> None:
            self.strip.show_message(f"已导出 {count} 行：{out}", "pass")

        self.operations.read_long("导出统计", work, done, self.tell)

    def _ask_paper(self) -> None:
        out = ask_for_file(self, "创新工作室统计报表", "pdf", title="存PDF")
        if out is not None:
            self.save_paper(out)

    def save_paper(self, out: Path) -> None:
        """Write the report as a PDF."""
        self._set(out, lambda charts: self.strip.show_message(f"已存统计报表（{charts} 张图表）：{out}", "pass"))

    def _set(self, out: Path, then: Any) -> None:
        from desktop.services import statistics

        on = date.today()
        self.operations.read_long(
            "编制统计报表", lambda session, _progress: statistics.print_report(session, on, out), then, self.tell
        )

    def _ask_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.print_on(printer)

    def print_on(self, printer: Any) -> None:
        """Print the report at its true size."""
        import tempfile

        from desktop.views.document.printing import print_pdf

        folder = tempfile.TemporaryDirectory()
        out = Path(folder.name) / "report.pdf"

        def done(_charts: Any) -> None:
            pages = print_pdf(out.read_bytes(), printer)
            folder.cleanup()
            self.strip.show_message(f"已送打印：{pages} 页", "pass")

        self._set(out, done)


WIDE: Final = frozenset({"workroom_name", "name", "project_name", "title", "conclusion"})
"""Columns that share the room that is left."""
