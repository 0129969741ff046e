"""统计: the register's breakdowns as cards in columns; a number opens its list, both are exported."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.views import formats, theme
from desktop.views.desk import View
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.statistics.bar_list import BarList
from desktop.views.table_view import TableView

COLUMN_PX: Final = 400
KINDS: Final = {"date": "date", "money": "money", "number": "number"}
SHEET: Final = "Excel 工作簿 (*.xlsx)"


class StatisticsView(View):
    """Charts, and the list behind a number."""

    nouns = frozenset({"workrooms", "members", "people", "outcomes", "grants", "expenditures", "awards", "units"})

    def _build_layout(self) -> None:
        self._shown: tuple[str, str] | None = None
        self.cards: list[BarList] = []
        self.back = Button("返回图表", "chevron-left")
        self.export = Button("导出", "export")
        self.title = theme.label("统计", "title")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        head.addWidget(self.export)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._charts())
        self.table = TableView(dense=True)
        self.table.setAccessibleName("名单")
        self.stack.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.strip)
        layout.addWidget(self.stack, 1)
        self.back.hide()

    def _charts(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        self.targets = QVBoxLayout()
        self.grid = QGridLayout()
        self.grid.setSpacing(theme.px(12))
        column.addLayout(self.targets)
        column.addLayout(self.grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        return area

    def _connect_signals(self) -> None:
        self.back.clicked.connect(self.show_charts)
        self.export.clicked.connect(self._ask_export)
        self.table.opened.connect(self._open_record)

    def arrive(self) -> None:
        """Count."""
        self.operations.when_ready(self._read)

    def refresh(self, nouns: frozenset[str]) -> None:
        """Count again."""
        self._read()

    def _read(self) -> None:
        from desktop.services import statistics

        on = date.today()
        found, targets = self.operations.read(
            lambda session: (statistics.breakdowns(session, on), statistics.targets(session, on))
        )
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [BarList(one) for one in found]
        for card in self.cards:
            card.opened.connect(self.show_list)
        self._place()
        self._show_targets(targets)
        if self._shown is not None:
            self.show_list(*self._shown)

    def _place(self) -> None:
        """Lay the cards out in as many columns as are readable."""
        columns = max(1, self.width() // theme.px(COLUMN_PX))
        for number, card in enumerate(self.cards):
            self.grid.addWidget(card, number // columns, number % columns)

    def _show_targets(self, targets: Any) -> None:
        while (item := self.targets.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for one in targets:
            if one.status not in ("n/a", "unknown"):
                words = theme.label(f"目标　{one.title}（{one.article}）：{one.message}", "quiet", wrap=True)
                words.setToolTip(one.text)
                self.targets.addWidget(words)

    def resizeEvent(self, event: Any) -> None:
        """Lay the cards out anew."""
        super().resizeEvent(event)
        self._place()

    def show_charts(self) -> None:
        """Go back from a list to the charts."""
        self._shown = None
        self.title.setText("统计")
        self.back.hide()
        self.stack.setCurrentIndex(0)

    def show_list(self, key: str, words: str) -> None:
        """Show the records that one number counts."""
        from desktop.services import statistics

        on = date.today()
        rows = self.operations.read(lambda session: statistics.records_of(session, key, words, on))
        group = statistics.GROUPS[key]
        columns = tuple(
            Column(one.name, one.head, 0 if "name" in one.name else 130, KINDS.get(one.kind, "text"))
            for one in statistics.COLUMNS[group.model.__tablename__]
        )
        self._model = RecordTableModel(columns, self)
        self._model.set_rows(rows)
        self.table.setModel(self._model)
        self._shown = (key, words)
        self.title.setText(f"{group.title}：{words}（{len(rows)}）")
        self.back.show()
        self.stack.setCurrentWidget(self.table)
        self.table.setFocus()

    def _open_record(self, row: int) -> None:
        record = self._model.record(row)
        workroom_id = record.get("workroom_id") or (record["id"] if "named_on" in record else "")
        if workroom_id:
            self.desk.go.emit("registry", "workrooms", workroom_id)

    def _ask_export(self) -> None:
        name = "统计.xlsx" if self._shown is None else f"{self.title.text()}.xlsx"
        file, _filter = QFileDialog.getSaveFileName(self, "导出", name, SHEET)
        if file:
            self.export_to(Path(file))

    def export_to(self, out: Path) -> None:
        """Write what is in front: the list, or every chart's numbers."""
        from desktop.services import statistics

        on, shown = date.today(), self._shown

        def work(session: Any, _progress: Any) -> int:
            if shown is None:
                return statistics.export_report(session, on, out)
            return statistics.export_list(session, *shown, on, out)

        def done(count: Any) -> None:
            self.strip.show_message(f"已导出 {count} 行：{out}（{formats.date_text(on)}）", "pass")

        self.operations.read_long("导出统计", work, done, self.tell)
