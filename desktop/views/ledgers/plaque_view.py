"""牌匾台账: what was handed to whom, what is to be taken back, what is lost."""

from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import DateEditor, ParagraphEditor, TextEditor
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.record_choice import record_editor
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

COLUMNS: Final = (
    Column("workroom_name", "工作室", 0),
    Column("title", "牌匾名称", 0),
    Column("level", "级别", 64),
    Column("number", "编号", 120),
    Column("awarded_on", "颁发日期", 116, "date"),
    Column("received_by", "领取人", 80),
    Column("state", "状态", 76),
    Column("recover_from", "应收回", 116, "date"),
    Column("recovered_on", "收回日期", 116, "date"),
    Column("note", "备注", 120),
)
STATES: Final = (("", "全部"), ("在用", "在用"), ("待收回", "待收回"), ("已收回", "已收回"), ("遗失", "遗失"))


class PlaqueView(LedgerPage):
    """The ledger with its three acts; those to be taken back stand first."""

    title_words = "牌匾台账"
    empty = ("medal", "还没有颁发牌匾", "颁发一块就登记一块；工作室退出或撤销后，要收回的会排在最前面。", "颁发牌匾")
    nouns = frozenset({"plaques", "workrooms"})

    def _actions(self) -> tuple[QWidget, ...]:
        self.states = ChoiceEditor(STATES)
        self.states.setAccessibleName("状态")
        self.states.set_value("")
        self.print_register = Button("登记表", "print", tip="到“公文生成”打印选中工作室的牌匾登记表")
        self.lose = Button("登记遗失…")
        self.recover = Button("登记收回…")
        self.hand_out = Button("颁发牌匾…", "medal", "primary")
        return self.states, self.print_register, self.lose, self.recover, self.hand_out

    def _content(self) -> QWidget:
        self.model = RecordTableModel(COLUMNS)
        self.table = TableView(dense=True)
        self.table.setModel(self.model)
        self.table.setAccessibleName("牌匾")
        self.none_of_state = theme.label("没有这种状态的牌匾。", "quiet")
        holder = QWidget()
        stacked(self.none_of_state, Wide(self.table), on=holder, margins=0)
        return holder

    def _connect_signals(self) -> None:
        self.hand_out.clicked.connect(self.add)
        self.nothing.first.connect(self.add)
        self.recover.clicked.connect(self.ask_recovery)
        self.lose.clicked.connect(self.ask_loss)
        self.print_register.clicked.connect(self._print)
        self.states.edited.connect(lambda _state: self._read())
        self.table.opened.connect(lambda row: self._open(row))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())

    def _read(self) -> None:
        from desktop.services import plaque

        every = self.operations.read(plaque.ledger)
        wanted = self.states.value() or ""
        shown = [row for row in every if wanted in ("", row["state"])]
        self.model.set_rows(shown)
        waiting = sum(row["state"] == plaque.TO_RECOVER for row in every)
        self.count.setText(f"共 {len(every)} 块" + (f"，待收回 {waiting} 块" if waiting else "") if every else "")
        self.none_of_state.setHidden(bool(shown))
        self.show_content(bool(every))
        if shown and not self.table.selected_rows():
            self.table.selectRow(0)
        self._show_buttons()

    def chosen(self) -> dict[str, Any] | None:
        """Return the plaque under the cursor."""
        return self.model.first_of(self.table.selected_rows())

    def _show_buttons(self) -> None:
        from desktop.services import plaque

        one = self.chosen()
        out = one is not None and plaque.is_out(one["state"])
        for button in (self.recover, self.lose):
            button.setEnabled(out and not self.operations.read_only)
        self.print_register.setEnabled(one is not None)
        self.hand_out.setEnabled(not self.operations.read_only)

    def show_record(self, noun: str, record_id: str) -> None:
        """Show a plaque, or those of a workroom; one without begins to be handed out."""
        self.states.set_value("")
        self._read()
        key = "workroom_id" if noun == "workrooms" else "id"
        row = next((row for row, one in enumerate(self.model.rows()) if one[key] == record_id), -1)
        if row >= 0:
            self.table.selectRow(row)
        elif noun == "workrooms":
            self.ask_handing(record_id)

    def add(self) -> None:
        """Ask for a plaque to hand out."""
        self.ask_handing("")

    def ask_handing(self, workroom_id: str) -> None:
        """Ask what is handed to whom."""
        form = AskForm("颁发牌匾", "颁发", "编号只用一次；牌匾名称不填就用工作室的名称。")
        form.add("workroom_id", "工作室（必填）", record_editor(self.desk, "workrooms"), workroom_id or None)
        form.add("number", "编号", TextEditor())
        form.add("title", "牌匾名称", TextEditor())
        form.add("on", "颁发日期", DateEditor(), date.today().isoformat())
        form.add("received_by", "领取人", TextEditor())
        self.show_form(form, self._hand_out)

    def _hand_out(self, given: dict[str, Any]) -> None:
        from desktop.services import plaque

        self.run(
            "颁发牌匾",
            lambda session: plaque.hand_out(
                session,
                given["workroom_id"] or "",
                _day(given["on"]),
                given["number"] or "",
                given["received_by"] or "",
                given["title"] or "",
            ),
            "已登记颁发",
        )

    def ask_recovery(self) -> None:
        """Ask when and in what state a plaque was taken back."""
        one = self.chosen()
        if one is None:
            return
        form = AskForm(f"收回牌匾：{one['title']}", "登记收回", one["recover_reason"])
        form.add("on", "收回日期", DateEditor(), date.today().isoformat())
        form.add("by", "收回人", TextEditor(), self.desk.operator)
        form.add("note", "备注", ParagraphEditor())
        self.show_form(form, lambda given: self._take_back(one["id"], given))

    def _take_back(self, plaque_id: str, given: dict[str, Any]) -> None:
        from desktop.services import plaque

        by = given["by"] or self.desk.operator
        self.run(
            "收回牌匾",
            lambda session: plaque.recover(session, plaque_id, by, _day(given["on"]), given["note"] or ""),
            "已登记收回",
        )

    def ask_loss(self) -> None:
        """Ask what is known of a plaque that is lost."""
        one = self.chosen()
        if one is None:
            return
        form = AskForm(f"牌匾遗失：{one['title']}", "登记遗失", "登记后不能再收回；补做的牌匾另行颁发。")
        form.add("note", "遗失情况（必填）", ParagraphEditor())
        self.show_form(form, lambda given: self._lost(one["id"], given["note"] or ""))

    def _lost(self, plaque_id: str, note: str) -> None:
        from desktop.services import plaque

        self.run("登记牌匾遗失", lambda session: plaque.lose(session, plaque_id, note), "已登记遗失")

    def _open(self, row: int) -> None:
        self.desk.go.emit("registry", "workrooms", str(self.model.record(row)["workroom_id"]))

    def _print(self) -> None:
        one = self.chosen()
        if one is not None:
            self.desk.go.emit("document", "workrooms.plaque-register", one["workroom_id"])


def _day(value: str | None) -> date:
    return date.fromisoformat(value) if value else date.today()
