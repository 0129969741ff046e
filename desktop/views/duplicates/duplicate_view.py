"""Workrooms, people and units kept twice: the pairs, their differences by field, and one button that unites them."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.services import uniting
from desktop.services.duplicates import NOUNS, Duplicate, duplicates
from desktop.services.record.fields import title_of
from desktop.services.uniting import Difference, United
from desktop.views import theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.background import CancelledError, Progress
from desktop.views.desk import View
from desktop.views.empty_state import EmptyState
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView
from desktop.views.value_words import value_words

BESIDE: Final = 1060
"""The width in px at scale 1 from which the pair stands beside its differences."""
SHOWN: Final = 500
"""Pairs listed at once; those that share what settles the question come first."""
FIRST, SECOND = "保留的", "另一条的"
PAIRS: Final = (
    Column("noun", "种类", 64, show=lambda row: title_of(row["noun"])),
    Column("name", "保留", 0),
    Column("other_name", "另一条", 0),
    Column("reason", "为什么", 176),
)
FIELDS: Final = (
    Column("title", "栏目", 128),
    Column("keep", "保留的", 0),
    Column("other", "另一条", 0),
    Column("choice", "采用", 96, editable=True, choices=(FIRST, SECOND)),
)
NONE: Final = "".join(
    (
        "工作室按名称、读音、单位和领衔人，单位按信用代码、名称和读音，",
        "人员按身份证号、电话、姓名和读音查过，没有像是同一个的。",
    )
)


class DuplicateView(View):
    """Nothing is united before the button; what is united can be undone."""

    nouns = frozenset({"people", "units", "members", "workrooms"})

    def _build_layout(self) -> None:
        self._is_looking = self._look_again = False
        self.pairs, self.fields = RecordTableModel(PAIRS), RecordTableModel(FIELDS)
        self.pair_table, self.field_table = TableView(dense=True), TableView(dense=True)
        self.count = theme.label(role="quiet")
        self.swap = Button("对调", tip="改为保留另一条")
        self.part = Button("不是同一个", tip="以后不再列出这一对")
        self.unite = Button("合并为一条", "pass", "primary")
        for table, model, name in (
            (self.pair_table, self.pairs, "可能重复的工作室、单位和人员"),
            (self.field_table, self.fields, "两条记录不同的栏目"),
        ):
            table.setModel(model)
            table.setAccessibleName(name)
        self.none = EmptyState("people", "没有发现重复的工作室、单位或人员", NONE)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.none)
        self.stack.addWidget(self._splitter())
        head = beside(theme.label("查重与合并", "title"), Wide(self.count), self.part, self.swap, self.unite, spacing=8)
        stacked(head, self.strip, Wide(self.stack), on=self, margins=(24, 16, 24, 16), spacing=8)

    def _splitter(self) -> QSplitter:
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.words = theme.label(role="quiet", wrap=True)
        layout.addWidget(self.words)
        layout.addWidget(self.field_table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(12)
        splitter.addWidget(self.pair_table)
        splitter.addWidget(right)
        splitter.setSizes([620, 660])
        self.splitter = splitter
        return splitter

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand one under the other where both tables would be cut beside each other."""
        super().resizeEvent(event)
        beside = event.size().width() >= theme.px(BESIDE)
        self.splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def _connect_signals(self) -> None:
        self.pair_table.selectionModel().currentRowChanged.connect(lambda *_: self._show_pair())
        self.fields.edited.connect(self._choose)
        self.swap.clicked.connect(self._swap)
        self.part.clicked.connect(self._tell_apart)
        self.unite.clicked.connect(self._unite)

    def arrive(self) -> None:
        """Look for duplicates beside the window."""
        self.look()

    def refresh(self, nouns: frozenset[str]) -> None:
        """Look again after a change."""
        self.look()

    def look(self) -> None:
        """Find the pairs anew."""
        apart = [(first, second) for first, _, second in (pair.partition(" ") for pair in self.desk.settings.apart)]

        def query(session: Any, progress: Progress) -> list[Duplicate] | None:
            try:
                return [pair for noun in NOUNS for pair in duplicates(session, noun, apart, _teller(progress, noun))]
            except CancelledError:
                return None

        # One look at a time: what changed meanwhile is looked at once more afterwards.
        self._look_again = self._is_looking
        if not self._is_looking:
            self._is_looking = True
            self.operations.read_long("查重", query, self._looked, self._not_looked)

    def _looked(self, found: list[Duplicate] | None) -> None:
        again, self._is_looking, self._look_again = self._look_again, False, False
        if found is not None:
            self._show_pairs(found)
        if found is not None and again:
            self.look()

    def _not_looked(self, error: DesktopError) -> None:
        self._is_looking = False
        self.tell(error)

    def _show_pairs(self, found: list[Duplicate]) -> None:
        row = self.pair_table.currentIndex().row()
        listed = found[:SHOWN]
        self.pairs.set_rows([{**vars(pair), "id": f"{pair.keep} {pair.other}"} for pair in listed])
        beyond = f"，先列出最要紧的 {SHOWN:,} 对" if len(found) > SHOWN else ""
        self.count.setText(f"{len(found):,} 对{beyond}" if found else "")
        self.stack.setCurrentIndex(1 if found else 0)
        for button in (self.part, self.swap, self.unite):
            button.setEnabled(bool(found) and not (button is not self.swap and self.operations.read_only))
        if found:
            self.pair_table.selectRow(min(max(row, 0), len(listed) - 1))
            self._show_pair()

    def pair(self) -> dict[str, Any] | None:
        """Return the pair under the cursor."""
        row = self.pair_table.currentIndex().row()
        return self.pairs.record(row) if 0 <= row < self.pairs.rowCount() else None

    def _show_pair(self) -> None:
        pair = self.pair()
        if pair is not None:
            self.words.setText(_what_follows(pair["name"], pair["other_name"]))
            self.fields.set_rows(self.operations.read(partial(_field_rows, pair)))

    def _choose(self, row: int, _key: str, choice: str) -> None:
        rows = self.fields.rows()
        rows[row] = {**rows[row], "choice": choice}
        self.fields.set_rows(rows)

    def _swap(self) -> None:
        pair, row = self.pair(), self.pair_table.currentIndex().row()
        if pair is not None:
            other = {
                "keep": pair["other"],
                "other": pair["keep"],
                "name": pair["other_name"],
                "other_name": pair["name"],
            }
            rows = self.pairs.rows()
            rows[row] = {**pair, **other}
            self.pairs.set_rows(rows)
            self.pair_table.selectRow(row)
            self._show_pair()

    def _tell_apart(self) -> None:
        pair = self.pair()
        if pair is not None:
            self.desk.remember(apart=(*self.desk.settings.apart, f"{pair['keep']} {pair['other']}"))
            self.look()

    def _unite(self) -> None:
        pair = self.pair()
        if pair is not None:
            take = [row["id"] for row in self.fields.rows() if row["choice"] == SECOND]
            self.operations.run(
                f"合并{title_of(pair['noun'])}",
                lambda session: uniting.unite(session, pair["noun"], pair["keep"], pair["other"], take),
                partial(self._united, pair),
                self.tell,
            )

    def _united(self, gone: dict[str, Any], united: United) -> None:
        # Gone from the list at once: of a very long register looking anew takes its time.
        self.pairs.set_rows([row for row in self.pairs.rows() if gone["other"] not in (row["keep"], row["other"])])
        self._show_pair()
        words = f"已把“{gone['other_name']}”并入“{united.kept['name']}”，{united.moved} 条记录随之改动。"
        if united.notices:
            words += "；".join(united.notices) + "。"
        self.strip.show_message(words, "warn" if united.notices else "pass", "撤销", self.operations.undo)


def _teller(progress: Progress, noun: str) -> Callable[[int, int], None]:
    return lambda done, total: progress.report(done, total, f"查重：{title_of(noun)}")


def _what_follows(name: str, other: str) -> str:
    if name == other:
        return f"两条都叫“{name}”。合并后，属于另一条的内容都归到保留的这一条；修改记录都保留。"
    return f"合并后，凡是登记为“{other}”的地方都改为“{name}”；修改记录都保留。"


def _field_rows(pair: dict[str, Any], session: Any) -> list[dict[str, Any]]:
    found = uniting.differences(session, pair["noun"], pair["keep"], pair["other"])
    return [_field_row(session, one) for one in found]


def _field_row(session: Any, one: Difference) -> dict[str, Any]:
    field = one.name.rpartition("/")[2]
    words = {side: value_words(session, one.noun, field, getattr(one, side)) for side in ("keep", "other")}
    return {"id": one.name, "title": one.title, "choice": SECOND if one.take else FIRST, **words}
