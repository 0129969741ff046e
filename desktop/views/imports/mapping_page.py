"""Which column of a sheet holds what: guessed, shown with samples, changed by a person where the guess is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.services.sheet.kinds import KINDS, table_of
from desktop.services.sheet.reading import Guess
from desktop.views import theme
from desktop.views.arranging import Wide, beside
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

LEFT_OUT: Final = "（不导入）"
WORDS: Final = "按表头猜出每一列是什么；不对的在“读作”里改。改过的会记住，下次同样的表头照此办理。"
EVERY_SHEET: Final = "全部工作表"


class MappingPage(QWidget):
    """`kind_chosen(kind)` asks to read the heads as another list; `confirmed` goes on, `left` goes back."""

    kind_chosen = Signal(str)
    confirmed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guesses: list[Guess] = []
        self._kind = ""
        self._titles: dict[str, str] = {}
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.title = theme.label(role="heading", wrap=True)
        self.kind = ChoiceEditor([(kind, f"{table_of(kind).title}名册") for kind in KINDS])
        self.kind.setAccessibleName("这是哪种名册")
        self.sheet = ChoiceEditor([("", EVERY_SHEET)])
        self.sheet.setAccessibleName("读取哪个工作表")
        for choice in (self.kind, self.sheet):
            choice.setFixedWidth(theme.px(168))
        self.back = Button("换一个文件")
        self.go_on = Button("下一步：核对", role="primary")
        self.months = QCheckBox("只写到月的日期，按当月1日")
        self.months.setToolTip("名册里的“2019年5月”记作2019年5月1日；不勾选时，这样的日期要先补全")
        self.note = MessageStrip()
        self.model = RecordTableModel(())
        self.table = TableView(dense=True)
        self.table.setAccessibleName("表格的列与台账的栏目")
        head = beside(Wide(self.title), self.kind, self.sheet, self.back, self.go_on, spacing=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        below = beside(Wide(theme.label(WORDS, "quiet", wrap=True)), self.months, spacing=8)
        layout.addLayout(below)
        layout.addWidget(self.note)
        layout.addWidget(self.table, 1)

    def _connect_signals(self) -> None:
        self.kind.committed.connect(lambda kind: self.kind_chosen.emit(str(kind)))
        self.sheet.committed.connect(lambda _name: self._show_sheet())
        self.back.clicked.connect(self.left)
        self.go_on.clicked.connect(self.confirmed)

    def show_guesses(self, name: str, kind: str, guesses: Sequence[Guess]) -> None:
        """Show what the sheets of a file were taken for, as a list of `kind`."""
        self._guesses, self._kind = list(guesses), kind
        self.title.setText(name)
        self.kind.set_value(kind)
        sheets = [(guess.sheet, guess.sheet) for guess in guesses]
        self.sheet.set_choices([("", EVERY_SHEET), *sheets] if len(sheets) > 1 else sheets)
        self.sheet.set_value("" if len(sheets) > 1 else sheets[0][0])
        self.sheet.setVisible(len(sheets) > 1)
        self._show_sheet()

    def _show_sheet(self) -> None:
        self._titles = {"": LEFT_OUT} | {column.name: column.title for column in table_of(self._kind).columns}
        choices = tuple(self._titles.values())
        self.model = RecordTableModel(
            (
                Column("letter", "列", 48),
                Column("head", "表头", 0),
                Column("samples", "内容示例", 0),
                Column("title", "读作", 200, editable=True, choices=choices),
            )
        )
        self.model.edited.connect(self._choose)
        self.table.setModel(self.model)
        self.model.set_rows(self._rows())
        self._tell_missing()

    def _rows(self) -> list[dict[str, Any]]:
        rows: dict[str, dict[str, Any]] = {}
        for guess in self._guesses:
            if self.sheet_name() in ("", guess.sheet):
                for letter, head, column, samples in guess.columns:
                    row = {"letter": letter, "head": head, "title": self._titles[column]}
                    rows.setdefault(head, {"id": head, "samples": "、".join(samples), **row})
        return list(rows.values())

    def _choose(self, row: int, _key: str, title: str) -> None:
        # A column is read from one place: the head that was taken for it before is left out.
        rows = [{**one, "title": LEFT_OUT} if one["title"] == title else one for one in self.model.rows()]
        rows[row] = {**rows[row], "title": title}
        self.model.set_rows(rows)
        self._tell_missing()

    def _tell_missing(self) -> None:
        read = set(self.chosen().values())
        lacking = [
            column.title for column in table_of(self._kind).columns if column.required and column.name not in read
        ]
        self.go_on.setEnabled(not lacking)
        if lacking:
            words = "、".join(f"“{title}”" for title in lacking)
            self.note.show_message(f"还缺必需的栏目：{words}。请在“读作”里指出哪一列是它，或换一种名册。", "warn")
        else:
            self.note.clear()

    def chosen(self) -> Mapping[str, str]:
        """Return for each head the column it is read as, "" for one that is left out."""
        names = {title: name for name, title in self._titles.items()}
        return {row["head"]: names[row["title"]] for row in self.model.rows()}

    def changed(self) -> Mapping[str, str]:
        """Return the heads that a person read otherwise than they were guessed."""
        guessed = {head: column for guess in self._guesses for _, head, column, _ in guess.columns}
        return {head: column for head, column in self.chosen().items() if guessed.get(head) != column}

    def sheet_name(self) -> str:
        """Return the one sheet to be read, "" for every one."""
        return str(self.sheet.value() or "") if len(self._guesses) > 1 else ""
