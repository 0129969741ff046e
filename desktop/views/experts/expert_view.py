"""专家与评审: left the pool, right the draws and what each recorded."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.views import theme
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import ParagraphEditor
from desktop.views.experts.draw_form import DrawForm
from desktop.views.experts.draw_sheet import DrawSheet
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import LedgerPage, pane, scrolling
from desktop.views.panes import pane_width
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.registry.child_table import ChildTable
from desktop.views.table_view import TableView

RANKS: Final = ("正高级", "副高级", "中级", "其他")
POOL: Final = (
    Column("name", "姓名", 84, editable=True),
    Column("unit_name", "单位", 0, editable=True),
    Column("speciality", "专业", 96, editable=True),
    Column("title_rank", "职称", 72, "choice", True, RANKS),
    Column("phone", "电话", 116, editable=True),
    Column("active", "在库", 52, "bool", True),
)
DRAWS: Final = (
    Column("title", "评审事项", 0),
    Column("drawn_on", "日期", 116, "date"),
    Column("people", "抽中", 0),
)
MOST_SEEN: Final = 5
"""Draws that are listed before the list scrolls."""
NO_DRAW: Final = "还没有抽取过专家。评审的事项到了评审这一步，从“抽取专家”开始。"


class ExpertView(LedgerPage):
    """The pool is edited in place; a draw is recorded once and never edited."""

    title_words = "专家与评审"
    empty = (
        "people",
        "专家库还是空的",
        "把能评审的专家登记进来，或从名册导入；抽取、回避和评分都从这里开始。",
        "登记专家",
    )
    nouns = frozenset({"experts", "expert_draws", "expert_scores", "documents"})

    def _actions(self) -> tuple[QWidget, ...]:
        self.imports = Button("导入名册", "import", tip="从表格导入专家名单")
        self.draw = Button("抽取专家…", "people", "primary")
        return self.imports, self.draw

    def _content(self) -> QWidget:
        fresh = {"name": "新专家", "active": True}
        self.pool = ChildTable(self.desk, self.strip, "experts", "专家", POOL, lambda: self._fresh(fresh))
        self.draws = RecordTableModel(DRAWS)
        self.draw_table = TableView(dense=True)
        self.draw_table.setModel(self.draws)
        self.draw_table.setAccessibleName("抽取记录")
        self.no_draw = theme.label(NO_DRAW, "quiet", wrap=True)
        self.sheet = DrawSheet()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(16)
        splitter.addWidget(scrolling(pane(self.pool, title="专家库")))
        splitter.addWidget(scrolling(pane(self.no_draw, self.draw_table, self.sheet, title="抽取")))
        splitter.setSizes([pane_width(600), pane_width(640)])
        splitter.setChildrenCollapsible(False)
        return splitter

    def _connect_signals(self) -> None:
        self.draw.clicked.connect(lambda: self.ask_draw(()))
        self.imports.clicked.connect(lambda: self.desk.go.emit("imports", "experts", ""))
        self.nothing.first.connect(self.add)
        self.draw_table.selectionModel().currentRowChanged.connect(lambda *_: self._show_draw())
        self.sheet.checked.connect(self.check)
        self.sheet.replaced.connect(self.ask_replacement)
        self.sheet.printed.connect(self._print)
        self.sheet.scored.connect(lambda draw_id: self.desk.go.emit("scores", "expert_draws", draw_id))

    def _fresh(self, given: dict[str, Any]) -> dict[str, Any]:
        return {**given, "office_id": self.desk.office_id}

    def add(self) -> None:
        """Add an expert and begin to type the name."""
        self.show_content(True)
        self.pool.add()

    def _read(self) -> None:
        from desktop.services import records
        from desktop.services.review import candidates

        experts = self.operations.read(lambda session: records.list_records(session, "experts"))
        draws = self.operations.read(candidates.draws)
        self.pool.show_rows(experts)
        self.draws.set_rows(draws)
        here = [one for one in experts if one["active"]]
        senior = sum(one["title_rank"] == RANKS[0] for one in here)
        self.count.setText(f"在库 {len(here)} 名，其中正高级 {senior} 名" if experts else "")
        self.draw.setEnabled(bool(here) and not self.operations.read_only)
        self.no_draw.setHidden(bool(draws))
        for widget in (self.draw_table, self.sheet):
            widget.setHidden(not draws)
        self.draw_table.setFixedHeight(self.draw_table.content_height(min(len(draws), MOST_SEEN)))
        self.show_content(bool(experts or draws))
        if draws and not self.draw_table.currentIndex().isValid():
            self.draw_table.selectRow(0)
        self._show_draw()

    def chosen_draw(self) -> dict[str, Any] | None:
        """Return the draw under the cursor."""
        row = self.draw_table.currentIndex().row()
        return self.draws.record(row) if 0 <= row < self.draws.rowCount() else None

    def _show_draw(self) -> None:
        one = self.chosen_draw()
        if one is not None:
            self.sheet.show_draw(one)

    def show_record(self, noun: str, record_id: str) -> None:
        """Show a draw, or begin one for a record under review."""
        self._read()
        row = self.draws.row_of(record_id)
        if row >= 0:
            self.draw_table.selectRow(row)
        elif noun in ("applications", "awards", "assessments"):
            self.ask_draw((record_id,))

    # -- drawing ---------------------------------------------------------------------------------------------------

    def ask_draw(self, record_ids: tuple[str, ...]) -> None:
        """Ask what is drawn for."""
        from desktop.services.review import candidates

        waiting = self.operations.read(lambda session: candidates.under_review(session, date.today()))
        experts = [row for row in self.pool.model.rows() if row["active"]]
        fields = tuple(dict.fromkeys(row["speciality"] for row in experts if row["speciality"]))
        form = DrawForm(waiting, fields, date.today())
        form.conflicts_wanted.connect(lambda ids: form.show_experts(experts, self._conflicts(ids)))
        form.show_experts(experts, {})
        form.choose(record_ids)
        self.show_form(form, self._draw)

    def _conflicts(self, record_ids: tuple[str, ...]) -> dict[str, str]:
        from desktop.services.review import candidates

        return dict(self.operations.read(lambda session: candidates.conflicts_of(session, record_ids)))

    def _draw(self, given: dict[str, Any]) -> None:
        from desktop.services import draw

        on = date.fromisoformat(given["on"]) if given["on"] else date.today()
        self.run(
            "抽取专家",
            lambda session: draw.draw(
                session,
                given["title"] or "",
                int(given["count"] or 0),
                self.desk.operator,
                on,
                noun=given["noun"],
                subjects=given["subjects"],
                speciality=given.get("speciality") or "",
                recusals=given["recusals"],
                witnesses=given["witnesses"] or (),
                seed=given["seed"] or "",
            ),
            "已抽取，请打印抽取记录由监督人签字",
            self._show_made,
            undoable=False,
        )

    def _show_made(self, made: dict[str, Any]) -> None:
        self.draw_table.selectRow(self.draws.row_of(made["id"]))

    def ask_replacement(self, draw_id: str) -> None:
        """Ask who cannot come, and why."""
        one = self.chosen_draw()
        assert one is not None
        people = [(who, str(one["names"].get(who, who))) for who in one["drawn"]]
        form = AskForm("有人不能参加", "抽取替补", "由同一种子的次序里下一名替补；原来的抽取记录保留。")
        form.add("who", "不能参加的专家", ChoiceEditor(people), people[0][0])
        form.add("why", "原因（必填）", ParagraphEditor())
        self.show_form(form, lambda given: self._replace(draw_id, given))

    def _replace(self, draw_id: str, given: dict[str, Any]) -> None:
        from desktop.services import draw

        self.run(
            "抽取替补专家",
            lambda session: draw.replace_one(
                session, draw_id, given["who"] or "", given["why"] or "", self.desk.operator, date.today()
            ),
            "已抽取替补",
            self._show_made,
            undoable=False,
        )

    def check(self, draw_id: str) -> None:
        """Draw again from what was recorded and say whether it agrees."""
        from desktop.services import draw

        found = self.operations.read(lambda session: draw.check(session, draw_id))
        self.sheet.show_verdict(same=found.same, names=found.names)

    def _print(self, draw_id: str) -> None:
        self.desk.go.emit("document", "expert_draws.expert-draw", draw_id)
