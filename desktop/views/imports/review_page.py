"""What an import would do, before anything is written: bad cells in place, and rows that meet what is kept."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from desktop.services.record.fields import title_of
from desktop.services.sheet.register import SHOWN_NEW
from desktop.services.sheet.report import ImportReport
from desktop.services.spreadsheet import Choices
from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.icons import Button
from desktop.views.imports.word_questions import WordQuestions
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

SHOWN: Final = 2000
"""Bad cells listed at once; all are in the workbook that can be written."""
TAKE, KEEP = "采用表中的", "保留台账的"
FAULTS: Final = (
    Column("status", "", 84),
    Column("cell", "位置", 96),
    Column("value", "表中内容", 148),
    Column("message", "原因", 0),
)
MEETINGS: Final = (
    Column("cell", "位置", 120),
    Column("title", "栏目", 150),
    Column("old", "台账中", 0),
    Column("new", "表中", 0),
    Column("choice", "处理", 132, editable=True, choices=(TAKE, KEEP)),
)


ADDITIONS: Final = (Column("cell", "位置", 120), Column("name", "名称", 0), Column("words", "内容", 0))


class ReviewPage(QWidget):
    """`accepted` follows 全部导入, `left` 返回, `written_back` the wish for a workbook of the bad rows."""

    accepted = Signal()
    left = Signal()
    written_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.title = theme.label(role="heading", wrap=True)
        self.summary = theme.label(role="quiet", wrap=True)
        self.back = Button("返回")
        self.write_back = Button("写出有问题的行", "export", tip="写成一个工作簿，原因写在单元格的批注里；改好后再导入")
        self.take = Button("全部导入", "import", "primary")
        self.faults, self.meetings = RecordTableModel(FAULTS), RecordTableModel(MEETINGS)
        self.additions = RecordTableModel(ADDITIONS)
        self.fault_table, self.meeting_table, self.added_table = (TableView(dense=True) for _ in range(3))
        self.take_all, self.keep_all = Button(f"全部{TAKE}", role="link"), Button(f"全部{KEEP}", role="link")
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(12)
        self.words = WordQuestions()
        self.words.hide()
        self.splitter.addWidget(self.words)
        self.fault_part = self._part("要改正或留意的单元格", self.fault_table, self.faults)
        self.meeting_part = self._part(
            "与台账重合的内容", self.meeting_table, self.meetings, self.take_all, self.keep_all
        )
        self.added_part = self._part(f"将新增的内容（最多列出 {SHOWN_NEW} 条）", self.added_table, self.additions)
        words = stacked(self.title, self.summary, spacing=4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        for widget in (self.back, self.write_back, self.take):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        stacked(head, Wide(self.splitter), Wide(None, 0), on=self, margins=0, spacing=8)

    def _part(self, title: str, table: TableView, model: RecordTableModel, *buttons: Button) -> QWidget:
        part = QWidget()
        table.setModel(model)
        table.setAccessibleName(title)
        # What has no room is scrolled: a small screen shows several of these parts.
        table.setMinimumHeight(theme.px(56))
        part.hide()
        head = QHBoxLayout()
        head.addWidget(theme.label(title, "strong"), 1)
        for button in buttons:
            head.addWidget(button)
        stacked(head, Wide(table), on=part, margins=0, spacing=4)
        self.splitter.addWidget(part)
        return part

    def _connect_signals(self) -> None:
        self.take.clicked.connect(self.accepted)
        self.back.clicked.connect(self.left)
        self.write_back.clicked.connect(self.written_back)
        self.meetings.edited.connect(self._decide)
        self.take_all.clicked.connect(lambda: self._decide_all(TAKE))
        self.keep_all.clicked.connect(lambda: self._decide_all(KEEP))

    def show_report(self, name: str, report: ImportReport, choices: Choices) -> None:
        """Show what a preview found; `choices` are those it was made with."""
        self.title.setText(name)
        self.summary.setText(report_words(report))
        self.words.show_questions(report.questions)
        self.faults.set_rows(_fault_rows(report))
        self.meetings.set_rows(_meeting_rows(report, choices))
        self.fault_part.setVisible(self.faults.rowCount() > 0)
        self.meeting_part.setVisible(self.meetings.rowCount() > 0)
        self.additions.set_rows([{"id": one.cell, **vars(one)} for one in report.added])
        # What is wrong comes first; what would be new is looked at once nothing is.
        self.added_part.setVisible(bool(report.added) and not report.errors)
        self.take.setEnabled(not report.errors and report.created + report.updated > 0)
        self.write_back.setVisible(bool(report.errors))

    def _decide(self, row: int, _key: str, choice: str) -> None:
        rows = self.meetings.rows()
        rows[row] = {**rows[row], "choice": choice}
        self.meetings.set_rows(rows)

    def _decide_all(self, choice: str) -> None:
        self.meetings.set_rows([{**row, "choice": choice} for row in self.meetings.rows()])

    def choices(self) -> Choices:
        """Return what is decided: fields that stay as they are kept, and names that stand for a kept record."""
        kept = [row for row in self.meetings.rows() if row["choice"] == KEEP]
        return Choices(
            left=[(row["cell"], row["title"]) for row in kept if not row["alike"]],
            same={row["cell"]: row["alike"] for row in kept if row["alike"]},
        )


def report_words(report: ImportReport) -> str:
    """Return the counts of a report in a sentence."""
    made = "".join(f"，另建{title_of(noun)} {count} 条" for noun, count in report.made.items())
    counts = f"共 {report.rows} 行：新增 {report.created}，更新 {report.updated}，相同 {report.unchanged}{made}。"
    if report.errors:
        asked = sum(question.answer is None for question in report.questions)
        counts += f"有 {asked} 个词要先说明是什么意思。" if asked else ""
        others = len(report.errors) - len(_asked_cells(report))
        counts += f"有 {others} 个单元格不能导入，改正以后才能导入；现在什么都没有改动。" if others else ""
    if report.similar:
        counts += (
            f"有 {len(report.similar)} 处名称与台账中的读音相同：是同一个的，在“处理”里选“{KEEP}”；不选就另建一条。"
        )
    return "".join([counts, *report.notices])


def _asked_cells(report: ImportReport) -> set[str]:
    return {cell for question in report.questions if question.answer is None for cell in question.cells}


def _fault_rows(report: ImportReport) -> list[dict[str, Any]]:
    rows, asked = [], _asked_cells(report)
    errors = [error for error in report.errors if error.cell not in asked][:SHOWN]
    for status, found in (("不能导入", errors), ("请留意", report.warnings[:SHOWN])):
        rows += [{"id": f"{status}{number}", "status": status, **one.as_json()} for number, one in enumerate(found)]
    return rows


def _meeting_rows(report: ImportReport, choices: Choices) -> list[dict[str, Any]]:
    rows = [
        {
            "id": f"{one.cell}/{one.id}", "cell": one.cell, "title": f"{title_of(one.noun)}（{one.reason}）",
            "old": one.name, "new": one.value, "choice": TAKE, "alike": one.id,
        }
        for one in report.similar
    ]  # fmt: skip
    for match in report.matches:
        rows += [
            {"id": f"{match.cell}/{title}", "cell": match.cell, "title": title, "old": old, "new": new,
             "choice": KEEP if (match.cell, title) in choices.left else TAKE, "alike": ""}
            for title, old, new in match.fields
        ]  # fmt: skip
    return rows
