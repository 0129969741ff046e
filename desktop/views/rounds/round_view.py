"""考核: left the rounds, right one round's progress, its workrooms and the result of the one in hand."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.views import theme
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import DateEditor, NumberEditor
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import LedgerPage, button_row, pane
from desktop.views.panes import pane_width
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.rounds.result_form import ResultForm
from desktop.views.table_view import TableView

KINDS: Final = ("年度考核", "周期考核", "专项考核")
ROUNDS: Final = (
    Column("title", "考核", 0),
    Column("progress", "进度", 72, show=lambda row: f"{row['assessed']} / {row['total']}"),
    Column("due_on", "截止", 116, "date"),
    Column("state", "状态", 68),
)
ROOMS: Final = (
    Column("workroom_name", "工作室", 0),
    Column("assessed_on", "考核日期", 128, "date"),
    Column("grade", "等次", 60),
    Column("state", "环节", 120, show=lambda row: "未开始" if row["state"] == "草稿" else row["state"]),
    Column("conclusion", "结论", 0),
)


class RoundView(LedgerPage):
    """Opens a round for the workrooms it reaches, and records what was found of each."""

    title_words = "考核"
    empty = ("pass", "还没有开展考核", "开展一次考核，已命名的工作室各有一份；也可以只抽查其中几个。", "开展考核")
    nouns = frozenset({"assessment_rounds", "assessments", "workrooms", "steps"})

    def _actions(self) -> tuple[QWidget, ...]:
        self.finish = Button("本轮办结")
        self.open_round = Button("开展考核…", "add", "primary")
        return self.finish, self.open_round

    def _content(self) -> QWidget:
        self.rounds, self.rooms = RecordTableModel(ROUNDS), RecordTableModel(ROOMS)
        self.round_table, self.room_table = TableView(dense=True), TableView(dense=True)
        for table, model, name in (
            (self.round_table, self.rounds, "考核轮次"),
            (self.room_table, self.rooms, "工作室"),
        ):
            table.setModel(model)
            table.setAccessibleName(name)
        # A long name is told apart by its end: the leader's.
        self.room_table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.progress = theme.label("", "quiet", wrap=True)
        self.record = Button("登记结果…", "edit")
        self.road = Button("办理流程", "handling", tip="到“办理”看这份考核走到哪一步")
        self.sheet = Button("考核表", "print", tip="到“公文生成”打印这份考核表")
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(16)
        splitter.addWidget(pane(self.round_table, stretch=0))
        buttons = button_row(self.record, self.road, self.sheet)
        splitter.addWidget(pane(self.progress, self.room_table, buttons, stretch=1))
        splitter.setSizes([pane_width(440), pane_width(840)])
        splitter.setChildrenCollapsible(False)
        return splitter

    def _connect_signals(self) -> None:
        self.open_round.clicked.connect(self.add)
        self.nothing.first.connect(self.add)
        self.finish.clicked.connect(self._finish)
        self.record.clicked.connect(self.ask_result)
        self.road.clicked.connect(lambda: self._go("course", "assessments"))
        self.sheet.clicked.connect(lambda: self._go("document", "assessments.assessment-sheet"))
        self.room_table.opened.connect(lambda _row: self.ask_result())
        self.round_table.selectionModel().currentRowChanged.connect(lambda *_: self._show_round())
        self.room_table.selectionModel().currentRowChanged.connect(lambda *_: self._show_buttons())

    def _read(self) -> None:
        from desktop.services import round as rounds

        found = self.operations.read(rounds.all_rounds)
        self.rounds.set_rows(found)
        self.count.setText(f"{len(found)} 轮" if found else "")
        self.show_content(bool(found))
        if found and not self.round_table.currentIndex().isValid():
            self.round_table.selectRow(0)
        self._show_round()

    def chosen_round(self) -> dict[str, Any] | None:
        """Return the round under the cursor."""
        row = self.round_table.currentIndex().row()
        return self.rounds.record(row) if 0 <= row < self.rounds.rowCount() else None

    def chosen(self) -> dict[str, Any] | None:
        """Return the workroom's assessment under the cursor."""
        row = self.room_table.currentIndex().row()
        return self.rooms.record(row) if 0 <= row < self.rooms.rowCount() else None

    def _show_round(self) -> None:
        from desktop.services import round as rounds

        one = self.chosen_round()
        if one is None:
            self.rooms.set_rows([])
        else:
            found = self.operations.read(lambda session: rounds.progress(session, one["id"]))
            self.rooms.set_rows(self.operations.read(lambda session: rounds.assessments_of(session, one["id"])))
            grades = "，".join(f"{grade} {number}" for grade, number in found.grades.items())
            self.progress.setText(
                f"{one['title']}：共 {found.total} 个工作室，已考核 {found.assessed} 个"
                + (f"（{grades}）" if grades else "")
                + f"。考核内容：{'、'.join(one['items']) or '本办法没有列出，由本会掌握'}。"
                + ("" if one["grades"] else "本办法没有规定等次。")
            )
            if self.rooms.rowCount() and not self.room_table.currentIndex().isValid():
                self.room_table.selectRow(0)
        self._show_buttons()

    def _show_buttons(self) -> None:
        one, held = self.chosen(), self.chosen_round()
        for button in (self.record, self.road, self.sheet):
            button.setEnabled(one is not None)
        done = held is not None and held["assessed"] == held["total"] and held["state"] != "已办结"
        self.finish.setEnabled(done and not self.operations.read_only)

    def show_record(self, noun: str, record_id: str) -> None:
        """Show a round, or the round of an assessment."""
        from desktop.services import records

        self._read()
        wanted = record_id
        if noun == "assessments":
            row = self.operations.read(lambda session: records.get_record(session, noun, record_id))
            wanted = row["round_id"] or ""
        if self.rounds.row_of(wanted) >= 0:
            self.round_table.selectRow(self.rounds.row_of(wanted))
        if self.rooms.row_of(record_id) >= 0:
            self.room_table.selectRow(self.rooms.row_of(record_id))

    # -- acts ------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask which round is opened."""
        from desktop.services import round as rounds

        laws = self.operations.read(rounds.laws_with_assessments)
        named = self.operations.read(rounds.reached)
        today = date.today()
        words = f"已命名和整改中的工作室共 {len(named)} 个；按所选办法命名的各开一份考核。只抽查几个时，写它们的名称。"
        form = AskForm("开展考核", "开展", words)
        form.add("regulation", "适用办法", ChoiceEditor(laws), laws[0][0] if laws else None)
        form.add("kind", "类别", ChoiceEditor(KINDS), KINDS[0])
        form.add("year", "年度", NumberEditor(), today.year)
        form.add("due_on", "截止日期（可不填）", DateEditor(), f"{today.year}-12-31")
        form.add("only", "只抽查（可不填）", ResultForm.rooms_editor())
        self.show_form(form, lambda given: self._open(given, named))

    def _open(self, given: dict[str, Any], named: list[tuple[str, str]]) -> None:
        from desktop.services import round as rounds

        due = date.fromisoformat(given["due_on"]) if given["due_on"] else None
        words = given["only"] or []
        self.run(
            "开展考核",
            lambda session: rounds.open_round(
                session,
                given["regulation"] or "",
                given["kind"] or KINDS[0],
                int(given["year"] or 0),
                due,
                rounds.named_by(words, named),
            ),
            "已开展",
            lambda made: self.show_record("assessment_rounds", made["id"]),
        )

    def ask_result(self) -> None:
        """Ask what was found of the workroom in hand."""
        one, held = self.chosen(), self.chosen_round()
        if one is not None and held is not None:
            self.show_form(ResultForm(one, held, date.today()), lambda given: self._record(one["id"], given))

    def _record(self, assessment_id: str, given: dict[str, Any]) -> None:
        from desktop.services import round as rounds

        on = date.fromisoformat(given["on"]) if given["on"] else date.today()
        self.run(
            "登记考核结果",
            lambda session: rounds.record(
                session, assessment_id, on, given["scores"], given.get("grade") or "", given["conclusion"] or ""
            ),
            "已登记结果",
        )

    def _finish(self) -> None:
        from desktop.services import round as rounds

        one = self.chosen_round()
        if one is not None:
            self.run("考核办结", lambda session: rounds.close_round(session, one["id"]), "本轮考核已办结")

    def _go(self, view: str, noun: str) -> None:
        one = self.chosen()
        if one is not None:
            self.desk.go.emit(view, noun, str(one["id"]))
