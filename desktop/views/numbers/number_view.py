"""发文字号登记: which serials are borne by which paper, which are kept, and why one is borne by none."""

from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor, TruthEditor
from desktop.views.editors import NumberEditor, TextEditor
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.saving import ask_for_file
from desktop.views.table_view import TableView

COLUMNS: Final = (
    Column("number", "发文字号", 170),
    Column("state", "状态", 110),
    Column("title", "标题", 0),
    Column("issued_on", "成文日期", 130, "date"),
    Column("reason", "说明", 0),
)
GAP, KEPT, TWICE = "空缺待说明", "预留", "重号"


class NumberView(LedgerPage):
    """One sequence at a time; gaps are explained where they stand, ranges are kept for the office's other PCs."""

    title_words = "发文字号登记"
    empty = (
        "document",
        "还没有用过文号",
        "出一份带文号的公文，就在这里登记一号。此前纸质发文已用的号，先登记为手工用号，程序从下一号取起。",
        "登记已用的号",
    )
    nouns = frozenset({"documents", "number_ranges", "offices"})

    def _actions(self) -> tuple[QWidget, ...]:
        self.ask_save = ask_for_file
        self.sequence = ChoiceEditor([(None, "")])
        self.sequence.setAccessibleName("机关代字和年份")
        self.sequence.setMinimumWidth(theme.px(180))
        self.export = Button("导出…", "table")
        self.print_register = Button("登记簿…", "print", tip="发文字号登记簿，PDF")
        self.take = Button("取用到本机", "import", tip="本机以后从选中的预留号段取号")
        self.withdraw = Button("撤去", "delete", tip="撤去选中的号段或说明")
        self.reserve = Button("预留号段…", "lock")
        self.explain = Button("说明空号…", "edit", "primary")
        return self.sequence, self.export, self.print_register, self.take, self.withdraw, self.reserve, self.explain

    def _content(self) -> QWidget:
        self._chosen: tuple[str, int] | None = None
        self._sequences: list[tuple[str, int]] = []
        self.model = RecordTableModel(COLUMNS)
        self.table = TableView(dense=True)
        self.table.setModel(self.model)
        self.table.setAccessibleName("发文字号")
        self.figures = theme.label("", "quiet")
        holder = QWidget()
        stacked(self.figures, Wide(self.table), on=holder, margins=0)
        return holder

    def _connect_signals(self) -> None:
        self.sequence.edited.connect(self._choose)
        self.nothing.first.connect(self.add)
        self.explain.clicked.connect(self.add)
        self.reserve.clicked.connect(self.ask_range)
        self.take.clicked.connect(self._take)
        self.withdraw.clicked.connect(self._withdraw)
        self.export.clicked.connect(partial(self._write, "xlsx"))
        self.print_register.clicked.connect(partial(self._write, "pdf"))
        self.table.opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())

    def show_record(self, noun: str, record_id: str) -> None:
        """Show the sequence that 机关代字 and year together name; a number that comes twice is selected."""
        self._read_sequences()
        self._chosen = next((one for one in self._sequences if f"{one[0]}{one[1]}" == record_id), self._chosen)
        self._read()
        twice = next((row for row, line in enumerate(self.model.rows()) if line["state"] == TWICE), -1)
        if twice >= 0:
            self.table.selectRow(twice)

    def _choose(self, name: str | None) -> None:
        self._chosen = next((one for one in self._sequences if _name(one) == name), self._chosen)
        self._read()

    def _read(self) -> None:
        from desktop.services.numbering import register, sequence

        self._read_sequences()
        lines: list[dict[str, Any]] = []
        said: tuple[str, ...] = ()
        if self._chosen is not None:
            chosen = self._chosen
            lines = self.operations.read(lambda session: register.register(session, *chosen))
            said = self.operations.read(lambda session: sequence.cautions(session, *chosen))
            following = self.operations.read(lambda session: sequence.next_serial(session, *chosen))
            counts = [f"{state} {count}" for state, count in register.counts(lines).items() if count]
            self.figures.setText("，".join([*counts, f"下一号 {following}"]))
        self.model.set_rows([{**line, "id": f"{line['serial']}-{line['document_id']}"} for line in lines])
        self.show_content(bool(lines))
        if said:
            self.strip.show_message("".join(said), "warn")
        self._show_buttons()

    def _read_sequences(self) -> None:
        from desktop.services.numbering import register

        found = self.operations.read(register.sequences)
        self._sequences = [(one["code"], one["year"]) for one in found]
        if self._chosen not in self._sequences:
            self._chosen = self._sequences[0] if self._sequences else None
        self.sequence.set_choices([(_name(one), _name(one)) for one in self._sequences])
        self.sequence.set_value(_name(self._chosen) if self._chosen else None)
        self.sequence.setVisible(bool(self._sequences))

    def chosen_lines(self) -> list[dict[str, Any]]:
        """Return the selected serials."""
        return [self.model.record(row) for row in self.table.selected_rows() if row < self.model.rowCount()]

    def _show_buttons(self) -> None:
        free, lines = not self.operations.read_only, self.chosen_lines()
        self.explain.setEnabled(free)
        self.reserve.setEnabled(free)
        self.take.setEnabled(free and len(lines) == 1 and lines[0]["state"] == KEPT)
        self.withdraw.setEnabled(free and len(lines) == 1 and bool(lines[0].get("range_id")))
        for button in (self.export, self.print_register):
            button.setEnabled(self._chosen is not None)

    # -- the acts --------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask why serials are borne by no paper; those of the selected gaps stand there already."""
        gaps = [line["serial"] for line in self.chosen_lines() if line["state"] == GAP]
        gaps = gaps or [line["serial"] for line in self.model.rows() if line["state"] == GAP][:1] or [1]
        form = AskForm("说明空号", "登记", "每个空号都要有交代；登记以后程序不再取这些号。可以撤销。")
        self._add_span(form, gaps[0], gaps[-1])
        form.add("reason", "原因（必填）", TextEditor())
        form.add("by_hand", "已用于本程序以外的发文", TruthEditor(), False)
        self.show_form(form, self._explain)

    def _explain(self, given: dict[str, Any]) -> None:
        from desktop.services.numbering import register

        span, reason, by_hand = _span(given), given["reason"] or "", bool(given["by_hand"])
        self._chosen = (span[0], span[1])
        self.run("说明空号", lambda session: register.explain(session, *span, reason, by_hand), "已登记", self._saved)

    def ask_range(self) -> None:
        """Ask which serials to keep for which PC."""
        last = max((line["serial"] for line in self.model.rows()), default=0)
        words = "同一个工会有几台电脑各自取号时，给每台预留一段，互不重号。另一台导入数据包以后，在这一页“取用到本机”。"
        form = AskForm("预留号段", "预留", words)
        self._add_span(form, last + 1, last + 50)
        form.add("holder", "哪台电脑或哪个人用（必填）", TextEditor())
        form.add("here", "给本机用", TruthEditor(), False)
        self.show_form(form, self._reserve)

    def _add_span(self, form: AskForm, first: int, last: int) -> None:
        code, year = self._chosen or self._own_sequence()
        form.add("code", "机关代字", TextEditor(), code)
        form.add("year", "年份", NumberEditor(), year)
        form.add("first", "起号", NumberEditor(), first)
        form.add("last", "止号", NumberEditor(), last)

    def _own_sequence(self) -> tuple[str, int]:
        from desktop.services.numbering import register

        code, year = self.operations.read(register.own_sequence)
        return str(code), int(year)

    def _reserve(self, given: dict[str, Any]) -> None:
        from desktop.services.numbering import register

        span, holder, here = _span(given), given["holder"] or "", bool(given["here"])
        self._chosen = (span[0], span[1])
        self.run("预留号段", lambda session: register.reserve(session, *span, holder, here), "已预留", self._saved)

    def _saved(self, _value: Any) -> None:
        said = self.strip.text()
        self._read()
        self.strip.show_message(said, "pass")

    def _take(self) -> None:
        from desktop.services.numbering import register

        lines = self.chosen_lines()
        if lines:
            span = str(lines[0]["range_id"])
            self.run("取用号段", lambda session: register.take_range(session, span), "本机以后从这一段取号")

    def _withdraw(self) -> None:
        from desktop.services.numbering import register

        lines = self.chosen_lines()
        if lines:
            span = str(lines[0]["range_id"])
            self.run("撤去号段", lambda session: register.withdraw(session, span), "已撤去", self._saved)

    def _open(self, row: int) -> None:
        found = self.model.record(row)
        if found["document_id"]:
            from desktop.services import records

            paper = self.operations.read(lambda session: records.get_record(session, "documents", found["document_id"]))
            noun = f"{paper['subject_noun']}.{paper['kind']}"
            self.desk.go.emit("document", noun, paper["subject_id"])

    def _write(self, form: str) -> None:
        from desktop.services.numbering import register

        chosen = self._chosen
        out = self.ask_save(self, f"{chosen[1]}年{chosen[0]}发文字号登记", form) if chosen else None
        if out is None or chosen is None:
            return
        self.operations.read_long(
            "写发文字号登记",
            lambda session, _progress: register.write(session, *chosen, out),
            lambda count: self.strip.show_message(f"已写到 {out}，共 {count} 号。", "pass"),
            self.tell,
        )


def _name(sequence: tuple[str, int]) -> str:
    return f"{sequence[0]}〔{sequence[1]}〕"


def _span(given: dict[str, Any]) -> tuple[str, int, int, int]:
    numbers = [int(given[name] or 0) for name in ("year", "first", "last")]
    return given["code"] or "", numbers[0], numbers[1], numbers[2]
